import gc

import pytest

from quizapp.decks.note import Kind, Note
from quizapp.decks.reading import Resource

DECK = """\
# a comment
title: PyTorch tensors
source: https://example.org/notes
tags: [pytorch, tensors]
requires: [basics/python]
read:
  - {title: Broadcasting, url: https://example.org/b, kind: docs}
cards:
  - q: What is a tensor?
    a: A multi-dimensional array.
    id: k7f3q9x2ma
  - q: When are shapes broadcastable?
    a: |
      Compare them from the last dimension.

      Each pair must be **equal**.
    tags: [broadcasting, pytorch]
    hint: start at the end
    extra: shown after
    source: https://example.org/own
    added: 2026-11-22
  - term: Temperature
    means: Divides the logits.
  - cloze: A {{c1::rank-0}} tensor.
  - q: Which loss?
    choices: [mean squared error, cross-entropy]
    a: cross-entropy
  - q: Which are right?
    choices: [one, two, three]
    a: [one, three]
  - q: Which call clears the gradients?
    a: optimizer.zero_grad()
    type: true
    accept: [opt.zero_grad()]
  - q: The steps?
    steps:
      - forward
      - backward
"""


def test_a_deck_is_read_with_all_its_keys(read):
    deck = read(DECK)

    assert deck.problems == ()
    assert deck.whole
    assert (deck.name, deck.file, deck.title) == ("maths/sets", "maths/sets.yaml", "PyTorch tensors")
    assert (deck.tags, deck.requires) == (("pytorch", "tensors"), ("basics/python",))
    assert deck.read == (Resource("Broadcasting", "https://example.org/b", "docs"),)


def test_every_kind_of_note_is_read(read):
    common = {"source": "https://example.org/notes", "tags": ("pytorch", "tensors"), "column": 5}
    answer = "Compare them from the last dimension.\n\nEach pair must be **equal**."

    assert read(DECK).notes == (
        Note(Kind.BASIC, "k7f3q9x2ma", "What is a tensor?", ("A multi-dimensional array.",), line=9, **common),
        Note(
            Kind.BASIC, None, "When are shapes broadcastable?", (answer,), hint="start at the end", extra="shown after",
            source="https://example.org/own", tags=("pytorch", "tensors", "broadcasting"), added="2026-11-22",
            line=12, column=5,
        ),
        Note(Kind.TERM, None, "Temperature", ("Divides the logits.",), line=22, **common),
        Note(Kind.CLOZE, None, "A {{c1::rank-0}} tensor.", (), line=24, **common),
        Note(Kind.CHOICES, None, "Which loss?", ("cross-entropy",), ("mean squared error", "cross-entropy"), line=25, **common),
        Note(Kind.CHOICES, None, "Which are right?", ("one", "three"), ("one", "two", "three"), line=28, **common),
        Note(
            Kind.TYPED, None, "Which call clears the gradients?", ("optimizer.zero_grad()",), (), ("opt.zero_grad()",),
            line=31, **common,
        ),
        Note(Kind.STEPS, None, "The steps?", ("forward", "backward"), line=35, **common),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2017", "2017"),
        ("no", "no"),
        ("12:30", "12:30"),
        ("null", "null"),
        ("~", "~"),
        ("0x1F", "0x1F"),
        ("1e5", "1e5"),
        ("2026-11-22", "2026-11-22"),
        ("=", "="),
        ("!!str 5", "5"),
        ("'it''s'", "it's"),
        (r'"a\nb"', "a\nb"),
        ("|\n      two\n      lines\n", "two\nlines"),
        ("|+\n      two\n\n\n", "two"),
        (">\n      two\n      lines\n", "two lines"),
        ("wrapped\n      text", "wrapped text"),
        ("a # comment", "a"),
        ("C#", "C#"),
        ("Schrödinger 猫 🐈", "Schrödinger 猫 🐈"),
    ],
)
def test_text_is_taken_as_it_looks(read_card, written, text):
    (note,), problems = read_card(f"  - q: What?\n    a: {written}\n")

    assert note.answer == (text,)
    assert problems == []


def test_the_files_name_is_the_title_of_a_deck_without_one(read):
    assert read("cards: []").title == "sets"


@pytest.mark.parametrize(
    "content", ["", "\n\n", "# only a comment\n", "cards:\n", "cards: []\n", "title: T\n", "---\n"]
)
def test_an_empty_file_is_a_deck_without_cards(read, content):
    deck = read(content)

    assert (deck.notes, deck.problems) == ((), ())


def test_tags_may_be_one_text(read):
    (note,) = read("tags: maths\ncards:\n  - {q: a, a: b, tags: sets}\n").notes

    assert note.tags == ("maths", "sets")


def test_an_empty_key_is_as_none(read_card):
    (note,), problems = read_card(
        "  - q: What?\n    a: That.\n    hint:\n    id:\n    tags: []\n    source: ''\n"
    )

    assert (note.hint, note.declared, note.tags, note.source, problems) == ("", None, (), "", [])


def test_text_may_be_repeated_by_an_alias(read_card):
    (note,), problems = read_card("  - q: &text What?\n    a: *text\n")

    assert (note.question, note.answer, problems) == ("What?", ("What?",), [])


def test_a_byte_order_mark_and_windows_line_ends_are_fine(read):
    plain = read(DECK)
    odd = read(b"\xef\xbb\xbf" + DECK.replace("\n", "\r\n").encode())

    assert odd == plain


def test_a_deck_may_be_json(read):
    (note,) = read('{"title": "T", "cards": [{"q": "a", "a": "b"}]}').notes

    assert (note.question, note.answer, note.column) == ("a", ("b",), 26)


def test_keys_may_follow_the_cards(read):
    deck = read("cards:\n- q: a\n  a: b\ntags: [x]\n")

    assert deck.notes[0].tags == ("x",)


def test_the_collector_is_left_as_it_was(read):
    for enabled in (False, True):
        (gc.enable if enabled else gc.disable)()
        read("cards: [")

        assert gc.isenabled() == enabled


def test_a_question_that_stands_twice_is_named_with_both_places(read):
    deck = read("cards:\n  - q: What?\n    a: b\n  - term: what?\n    means: c\n")
    (problem,) = deck.problems

    assert len(deck.notes) == 2
    assert not deck.whole
    assert (problem.line, problem.column, problem.code) == (4, 5, "same-question")
    assert "line 2" in problem.message


def test_an_id_that_stands_twice_is_named_with_both_places(read):
    deck = read("cards:\n  - q: A?\n    a: b\n    id: x\n  - q: B?\n    a: b\n    id: x\n")
    (problem,) = deck.problems

    assert len(deck.notes) == 2
    assert (problem.line, problem.code) == (5, "duplicate-id")
    assert "line 2" in problem.message


def test_an_id_that_another_notes_question_gives_is_named(read, basic):
    deck = read(f"cards:\n  - q: A?\n    a: b\n    id: {basic('B?').derived}\n  - q: B?\n    a: b\n")

    assert [(p.line, p.code) for p in deck.problems] == [(5, "duplicate-id")]


def test_errors_come_in_the_order_of_their_places(read):
    deck = read("cards:\n  - q: A?\n  - q: B?\n    a: x\n  - a: y\nfoo: bar\n")

    assert [p.line for p in deck.problems] == [2, 5, 6]
    assert [note.question for note in deck.notes] == ["B?"]
