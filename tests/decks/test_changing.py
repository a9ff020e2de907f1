"""A note that says something else: the bytes before and after."""

from dataclasses import replace

import pytest

from quizapp.decks.changing import Change, changed
from quizapp.decks.draft import Draft, draft_of
from quizapp.decks.note import Kind
from quizapp.decks.proof import CannotSpliceError, read

HEAD = "title: T\ncards:\n  - {q: First?, a: x}  # one\n"
TAIL = "\n  # last\n  - q: Last?\n    a: y\n"


def with_change(content, note_id=None, **fields):
    """The file in which the note that asks `A?` says something else."""
    content = content.encode()
    deck = read(content)
    (note,) = [note for note in deck.notes if note.question.startswith("A?")]
    draft = replace(draft_of(note, deck.source, deck.tags), **fields)
    return changed(content, [Change(note, draft, note_id)]).decode()


@pytest.mark.parametrize(
    ("before", "fields", "after"),
    [
        ("  - q: A?\n    a: b\n", {"answer": ("c",)}, "  - q: A?\n    a: c\n"),
        (
            "  - q: A?   # so\n    a: b   # it is\n",
            {"answer": ("c",)},
            "  - q: A?   # so\n    a: c   # it is\n",
        ),
        ("  - q: A?\n    a: 'b'\n", {"answer": ("it's",)}, "  - q: A?\n    a: 'it''s'\n"),
        ('  - q: A?\n    a: "b"\n', {"answer": ('say "c"',)}, "  - q: A?\n    a: 'say \"c\"'\n"),
        ("  - q: A?\n    a: b\n", {"answer": ("2017",)}, '  - q: A?\n    a: "2017"\n'),
        (
            "  - q: A?\n    a: b  # so\n",
            {"answer": ("c\nd",)},
            "  - q: A?\n    a: |  # so\n      c\n      d\n",
        ),
        (
            "  - q: A?\n    a: |\n        b\n\n        c\n",
            {"answer": ("d",)},
            "  - q: A?\n    a: |\n      d\n",
        ),
        (
            "  - q: A?\n    a: >  # so\n      b\n      c\n",
            {"answer": ("b d",)},
            "  - q: A?\n    a: >  # so\n      b d\n",
        ),
        (
            "  - q: A?\n    a: b\n      c\n    hint: h\n",
            {"answer": ("d",)},
            "  - q: A?\n    a: d\n    hint: h\n",
        ),
        ("  - q: A?\n    a: b\n", {"hint": "h"}, "  - q: A?\n    a: b\n    hint: h\n"),
        (
            "  - a: b\n    # between\n    q: A?\n",
            {"extra": "e"},
            "  - a: b\n    # between\n    q: A?\n    extra: e\n",
        ),
        ("  - q: A?\n    hint: h\n    a: b\n", {"hint": ""}, "  - q: A?\n    a: b\n"),
        ("  - hint: h\n    q: A?\n    a: b\n", {"hint": ""}, "  - q: A?\n    a: b\n"),
        ("  - q: A?\n    a: b\n    hint: |\n      h\n", {"hint": ""}, "  - q: A?\n    a: b\n"),
        ("  - {q: A?, a: b}\n", {"hint": "h"}, "  - {q: A?, a: b, hint: h}\n"),
        ("  - {q: A?, hint: h, a: b}\n", {"hint": ""}, "  - {q: A?, a: b}\n"),
        ("  - {q: A?, a: b}\n", {"answer": ("c, d",)}, '  - {q: A?, a: "c, d"}\n'),
        ("  - {q: A?,\n     a: b}  # so\n", {"answer": ("c",)}, "  - {q: A?,\n     a: c}  # so\n"),
        ("  - q: A?\n    a: b\n", {"tags": ("t", "u")}, "  - q: A?\n    a: b\n    tags: [t, u]\n"),
        (
            "  - q: A?\n    a: b\n    tags: [t]  # so\n",
            {"tags": ("t", "u")},
            "  - q: A?\n    a: b\n    tags: [t, u]  # so\n",
        ),
        (
            "  - q: A?\n    a: b\n    tags:\n      - 't'  # one\n      - v\n",
            {"tags": ("t", "u")},
            "  - q: A?\n    a: b\n    tags:\n      - 't'  # one\n      - u\n",
        ),
        (
            "  - q: A?\n    steps:\n    - one\n    # then\n    - |\n      two\n    - three\n",
            {"answer": ("one", "zwei", "three", "four")},
            "  - q: A?\n    steps:\n    - one\n    # then\n    - |\n      zwei\n    - three\n    - four\n",
        ),
        (
            "  - q: A?\n    choices: [b, c]\n    a: b\n",
            {"choices": ("b", "c", "d"), "answer": ("b", "d")},
            "  - q: A?\n    choices: [b, c, d]\n    a: [b, d]\n",
        ),
        ("  - q: A?\n    a: b\n    type: true\n", {"kind": Kind.BASIC}, "  - q: A?\n    a: b\n"),
    ],
)
def test_only_what_differs_is_written(before, fields, after):
    whole, meant = HEAD + before + TAIL, HEAD + after + TAIL

    assert with_change(whole, **fields) == meant
    assert with_change(whole.replace("\n", "\r\n"), **fields) == meant.replace("\n", "\r\n")
    assert with_change("\ufeff" + HEAD + before.rstrip("\n"), **fields).rstrip("\n") == (
        "\ufeff" + HEAD + after
    ).rstrip("\n")


def test_a_note_that_goes_by_its_question_gets_its_id_in_writing_when_that_changes():
    before = HEAD + "  - q: A?\n    a: b\n" + TAIL

    assert (
        with_change(before, "given", question="A? And b?")
        == HEAD + "  - q: A? And b?\n    a: b\n    id: given\n" + TAIL
    )
    with_id = HEAD + "  - id: mine\n    q: A?\n    a: b\n" + TAIL
    assert with_change(with_id, "given", question="A? And b?") == with_id.replace("A?", "A? And b?")


def test_a_note_of_another_kind_keeps_its_id_its_date_and_its_place():
    before = (
        HEAD + "  - id: mine\n    q: A?\n    a: b\n    added: 2026-11-01\n    allow: [long-answer]\n" + TAIL
    )

    after = with_change(before, kind=Kind.TYPED, accept=("c",))

    assert (
        after
        == HEAD
        + (
            "  - q: A?\n    a: b\n    type: true\n    accept: [c]\n    id: mine\n    added: 2026-11-01\n"
            "    allow: [long-answer]\n"
        )
        + TAIL
    )


def test_a_deck_in_json_stays_json():
    assert with_change('{"cards": [{"q": "A?", "a": "b"}]}', hint='a "hint"', tags=("t",)) == (
        '{"cards": [{"q": "A?", "a": "b", "hint": "a \\"hint\\"", "tags": ["t"]}]}'
    )


def test_several_notes_change_at_once():
    content = b"cards:\n" + b"".join(b"  - {q: Q%d?, a: x}\n" % n for n in range(4))
    notes = read(content).notes
    changes = [Change(notes[n], Draft(notes[n].question, (f"new {n}",))) for n in (3, 0)]

    assert changed(content, changes) == content.replace(b"Q0?, a: x", b"Q0?, a: new 0").replace(
        b"Q3?, a: x", b"Q3?, a: new 3"
    )


def test_a_text_behind_an_alias_is_written_out_and_the_anchor_stays():
    before = "cards:\n  - {q: B?, a: &x b}\n  - {q: C?, a: *x}\n  - q: A?\n    a: *x  # as there\n"

    assert with_change(before, answer=("c",)) == before.replace("A?\n    a: *x", "A?\n    a: c")


def test_an_anchor_that_others_need_is_not_changed():
    with pytest.raises(CannotSpliceError, match="line 2 can't be changed without changing others"):
        with_change("cards:\n  - {q: A?, a: &x b}\n  - {q: B?, a: *x}\n", answer=("c",))


def test_a_card_among_broken_ones_is_changed_alone():
    before = "cards:\n  - q: Broken: it is\n  - q: A?\n    a: b\n  - q: Half\n"

    assert with_change(before, answer=("c",)) == before.replace("a: b", "a: c")
