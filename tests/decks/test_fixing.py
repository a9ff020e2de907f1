import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.decks.fixing import with_ids
from quizapp.decks.reading import read_deck

DECK = """\
cards:
  - q: One?   # c
    a: 1  # trailing

  # on the second
  - q: Two?
    a: |
      text

      more
    # after


  - {q: Three?, a: b, }
  - { q: Four?, a: "x" }
  -
    q: Five?
    tags:
      - a
      - b # c
  - q: Five again?
    a: &x foo bar
  - q: Six?
    a: *x
  - q: Eight?
    a: "multi
      line"
    id: has
  - q: Nine é?
    a: >+
      folded

"""

FIXED = """\
cards:
  - q: One?   # c
    a: 1  # trailing
    id: k0

  # on the second
  - q: Two?
    a: |
      text

      more
    id: k1
    # after


  - {q: Three?, a: b, id: k2, }
  - { q: Four?, a: "x", id: k3 }
  -
    q: Five?
    tags:
      - a
      - b # c
  - q: Five again?
    a: &x foo bar
    id: k4
  - q: Six?
    a: *x
    id: k5
  - q: Eight?
    a: "multi
      line"
    id: has
  - q: Nine é?
    a: >+
      folded
    id: k7

"""


def read(content):
    return read_deck(content, name="d", file="d.yaml")


def numbered(content):
    return {(note.line, note.column): f"k{n}" for n, note in enumerate(read(content).notes)}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_ids_are_written_after_each_notes_last_value(newline, mark):
    content = (mark + DECK.replace("\n", newline)).encode()

    assert with_ids(content, numbered(content)).decode() == mark + FIXED.replace("\n", newline)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("cards:\n- q: a\n  a: b", "cards:\n- q: a\n  a: b\n  id: k0"),
        ("cards:\n- q: a\n  a: |\n    b", "cards:\n- q: a\n  a: |\n    b\n  id: k0"),
        ("cards:\n- q: a\n  a: b\n  tags:\n  - c\n", "cards:\n- q: a\n  a: b\n  tags:\n  - c\n  id: k0\n"),
        ("cards: [{q: a, a: b}]", "cards: [{q: a, a: b, id: k0}]"),
        ("cards: [{q: é, a: b, tags: [c]}]", "cards: [{q: é, a: b, tags: [c], id: k0}]"),
        ("cards: [{q: a, a: b, hint}]", "cards: [{q: a, a: b, hint, id: k0}]"),
        ("cards: [{q: a, a: b # c\n }]", "cards: [{q: a, a: b, id: k0 # c\n }]"),
        ("cards: [{q: &x a, a: *x }]", "cards: [{q: &x a, a: *x, id: k0 }]"),
        ("cards:\n- q: a\n  a: b\n  hint:\n", "cards:\n- q: a\n  a: b\n  hint:\n  id: k0\n"),
        ("cards:\n- q: a: b\n- q: c\n  a: d\n", "cards:\n- q: a: b\n- q: c\n  a: d\n  id: k0\n"),
    ],
)
def test_an_id_stands_where_it_belongs(before, after):
    assert with_ids(before.encode(), numbered(before.encode())) == after.encode()


def test_json_stays_json():
    content = b'{"cards": [{"q": "a", "a": "b"}]}'
    fixed = json.loads(with_ids(content, numbered(content)))

    assert fixed["cards"] == [{"q": "a", "a": "b", "id": "k0"}]


@pytest.mark.parametrize("note_id", ["null", "no", "12", "1e5", "0x1F", "-a", "2026-11-22", "_1"])
def test_an_id_that_another_reader_would_not_take_for_text_is_quoted(note_id):
    fixed = with_ids(b"cards:\n- q: a\n  a: b\n", {(2, 3): note_id})

    assert f'id: "{note_id}"\n'.encode() in fixed
    assert read(fixed).notes[0].declared == note_id


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"cards:\n- q: a\n  a: b\n  id: x\n", (2, 3)),  # has one
        (b"cards:\n- q: a\n  a: b\n  id:\n", (2, 3)),  # has the key
        (b"cards:\n- q: a\n", (2, 3)),  # is broken
        (b"cards:\n- q: a\n  a: b\n", (3, 3)),  # is not there
        (b"", (1, 1)),
        (b"\xff", (1, 1)),
    ],
)
def test_what_can_not_be_given_an_id_is_left_alone(content, place):
    assert with_ids(content, {place: "new"}) == content


def test_an_id_that_is_none_is_not_written():
    content = b"cards:\n- q: a\n  a: b\n"

    assert with_ids(content, {(2, 3): "a b: c"}) == content


def test_one_note_that_can_not_be_fixed_costs_no_other():
    content = b"cards:\n- q: a\n  a: b\n- q: c\n  a: d\n  id:\n- q: e\n  a: f\n"
    fixed = read(with_ids(content, numbered(content)))

    assert [note.declared for note in fixed.notes] == ["k0", None, "k2"]


def test_an_id_stands_after_a_text_that_ends_in_a_line_of_blanks():
    content = b'cards:\n  - q: "0 x"\n    a: |\n      x\n       \n\n'
    fixed = with_ids(content, numbered(content))

    assert fixed == b'cards:\n  - q: "0 x"\n    a: |\n      x\n       \n    id: k0\n\n'


TEXTS = st.text("ab é\n'\"#:{}[]|-", max_size=10).map(lambda text: "x" + text)


@st.composite
def written(draw, number):
    """A card in one of several styles."""
    question, answer = f"{number} {draw(TEXTS)}", draw(TEXTS)
    style = draw(st.sampled_from(["flow", "quoted", "block", "list"]))
    q, a = (json.dumps(text, ensure_ascii=False) for text in (question, answer))
    if style == "flow":
        return f"  - {{q: {q}, a: {a}}}{draw(st.sampled_from(['', '  # c']))}\n"
    if style == "block":
        lines = answer.replace("\n", "\n      ")
        return f"  - q: {q}\n    a: |\n      {lines}\n{draw(st.sampled_from(['', '    # c', '']))}\n"
    tail = "    tags:\n      - t\n" if style == "list" else ""
    return f"  - a: {a}{draw(st.sampled_from(['', ' # c']))}\n    q: {q}\n{tail}"


@given(st.data(), st.integers(1, 6), st.sampled_from(["\n", "\r\n"]))
def test_ids_are_only_inserted_and_read_back(data, count, newline):
    text = "cards:\n" + "".join(data.draw(written(number)) for number in range(count))
    content = text.replace("\n", newline).encode()
    before = read(content)
    chosen = data.draw(st.sets(st.sampled_from(range(count))))
    ids = {(n.line, n.column): f"k{i}" for i, n in enumerate(before.notes) if i in chosen}
    fixed = with_ids(content, ids)
    after = read(fixed)

    def plain(note):
        return replace(note, declared=None, line=1)

    assert before.whole
    assert [plain(note) for note in after.notes] == [plain(note) for note in before.notes]
    assert [note.declared for note in after.notes] == [f"k{n}" if n in chosen else None for n in range(count)]
    inserted = fixed
    for note_id in ids.values():
        for form in (f"    id: {note_id}{newline}", f", id: {note_id}"):
            inserted = inserted.replace(form.encode(), b"")
    assert inserted == content
