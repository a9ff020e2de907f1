import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.decks import reading

BROKEN = "  - q: What: is it?\n    a: x\n"


def questions(deck):
    return [note.question for note in deck.notes]


def places(deck):
    return [(problem.line, problem.column) for problem in deck.problems]


def test_whole_cards_of_a_broken_file_keep_their_places(read):
    deck = read("# c\ntags: [t]\ncards:\n\n  - q: A\n    a: b\n" + BROKEN + "  # c\n  - q: C\n    a: d\n")

    assert [(note.question, note.line, note.column, note.tags) for note in deck.notes] == [
        ("A", 5, 5, ("t",)),
        ("C", 10, 5, ("t",)),
    ]
    assert places(deck) == [(7, 12)]


def test_every_broken_card_is_named(read):
    deck = read("cards:\n" + BROKEN + "  - q: A\n    a: b\n" + BROKEN)

    assert questions(deck) == ["A"]
    assert places(deck) == [(2, 12), (6, 12)]


def test_cards_without_bad_bytes_are_read(read):
    deck = read(b"cards:\n  - q: A\n    a: b\n  - q: caf\xc3\xa9 \xe9\n    a: x\n  - q: C\n    a: d\n")

    assert questions(deck) == ["A", "C"]
    assert places(deck) == [(4, 13)]


def test_a_broken_head_costs_no_card(read):
    deck = read("title: a: b\ncards:\n- q: A\n  a: b\ntags: [t]\n")

    assert questions(deck) == ["A"]
    assert places(deck) == [(1, 9)]


def test_the_keys_of_a_broken_deck_are_read_on_both_sides_of_its_cards(read):
    deck = read("title: T\ncards:\n  - q: A\n    a: b\n" + BROKEN + "tags: [t]\nread:\n  - {url: u}\n")

    assert (deck.title, deck.tags, len(deck.read)) == ("T", ("t",), 1)
    assert deck.notes[0].tags == ("t",)
    assert len(deck.problems) == 1


def test_a_list_without_its_key_is_still_found(read):
    deck = read("cards\n  - q: A\n    a: b\n")

    assert questions(deck) == ["A"]
    assert places(deck) == [(1, 1)]


def test_cards_after_a_second_document_are_read(read):
    deck = read("cards:\n  - q: A\n    a: b\n---\ncards:\n  - q: B\n    a: b\n")

    assert questions(deck) == ["A", "B"]
    assert [problem.code for problem in deck.problems] == ["several-documents"]


def test_part_of_a_card_is_never_taken_for_the_card(read):
    deck = read("cards:\n  - q: A\n    a: |\n      one\ntwo\n  - q: B\n    a: b\n" + BROKEN)

    assert questions(deck) == ["B"]
    assert places(deck)[0][0] in (2, 3, 4, 5, 6)


def test_a_windows_file_is_salvaged_as_any_other(read):
    text = "cards:\n  - q: A\n    a: b\n" + BROKEN + "  - q: C\n    a: |\n      d\n      e\n"

    assert read(text.replace("\n", "\r\n")) == read(text)


TEXT = st.text("abc .,?!é猫-#'\"[]{}:&*!|>%@`\\\n\t", min_size=0, max_size=40)


@given(TEXT)
def test_damage_to_one_card_costs_no_other(read, damage):
    """Whatever stands within a card, as long as its lines stay indented, the others are read."""
    cards = [f"  - q: Question {n}?\n    a: answer {n}\n" for n in range(10)]
    whole = read("cards:\n" + "".join(cards))
    cards[4] = "  - " + damage.replace("\n", "\n    ") + "\n"
    damaged = read("cards:\n" + "".join(cards))
    shift = cards[4].count("\n") - 2

    assert damaged.notes[:4] == whole.notes[:4]
    assert questions(damaged)[-5:] == questions(whole)[-5:]
    assert [note.line - shift for note in damaged.notes[-5:]] == [note.line for note in whole.notes[-5:]]
    assert all(6 <= problem.line <= 20 for problem in damaged.problems[:1])


texts = st.text("abc .?é'\"[]{}:&#|>-\n", max_size=12).map(lambda text: "x" + text)


def _quoted(text):
    return "'" + text.replace("'", "''").replace("\n", "\n\n      ") + "'"


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=6), st.booleans())
def test_cards_read_one_by_one_are_the_same_as_read_at_once(pairs, indented):
    cards = "".join(f"- q: {_quoted(q)}\n  a: {_quoted(a)}\n\n# c\n" for q, a in pairs)
    body = "  " + cards.replace("\n", "\n  ").rstrip(" ") if indented else cards
    content = f"title: T\ncards:\n{body}tags: [t]\n"
    at_once = reading.read_deck(content.encode(), name="d", file="d.yaml")
    one_by_one = reading.read_deck(f"{content}source: a: b\n".encode(), name="d", file="d.yaml")

    assert len(at_once.notes) == len(pairs)
    assert [replace(note, tags=("t",)) for note in one_by_one.notes] == list(at_once.notes)


@pytest.mark.long
@pytest.mark.parametrize("count", [120_000])
def test_a_very_long_deck_is_read(read, count):
    content = "cards:\n" + "".join(f"  - q: question {n}?\n    a: answer {n}\n" for n in range(count))
    started = time.perf_counter()
    deck = read(content)

    assert len(content) > reading.AT_ONCE
    assert (len(deck.notes), deck.problems) == (count, ())
    assert deck.notes[-1].line == 2 * count
    assert time.perf_counter() - started < 30
