"""What is done to several cards at once, such as those of a note, and the one undo for all of it."""

import json

import pytest

from quizapp.errors import UnknownCardError


@pytest.fixture
def collection(opened, make_deck):
    decks = {"a.yaml": make_deck("t", kind="term") + "  - {q: Other?, a: o, id: other}\n"}
    return opened(decks, "[study]\nbury_siblings = false\n")


def flags(collection):
    return {
        card: (collection.row(card).suspended, collection.row(card).buried > 0)
        for card in ("t", "t.r", "other")
    }


def test_a_note_is_suspended_with_all_its_cards_and_one_undo_takes_it_back(collection, at):
    collection.suspend_note("t.r", at("2026-11-22T09:00"))
    suspended = flags(collection)
    event = collection.undo(at("2026-11-22T09:01"))

    assert suspended == {"t": (True, False), "t.r": (True, False), "other": (False, False)}
    assert event.kind == "suspend"
    assert flags(collection) == dict.fromkeys(("t", "t.r", "other"), (False, False))
    assert collection.undo(at("2026-11-22T09:02")) is None


def test_a_note_is_buried_until_tomorrow_and_one_undo_takes_it_back(collection, at):
    collection.bury_note("t", at("2026-11-22T09:00"))
    left, tomorrow = (
        collection.counts(now=at("2026-11-22T10:00")),
        collection.counts(now=at("2026-11-23T10:00")),
    )
    collection.undo(at("2026-11-22T09:01"))

    assert (left.new, tomorrow.new) == (1, 3)
    assert collection.counts(now=at("2026-11-22T10:00")).new == 3


def test_cards_suspended_one_by_one_are_taken_back_one_by_one(collection, at):
    collection.suspend("t", at("2026-11-22T09:00"))
    collection.suspend("t.r", at("2026-11-22T09:01"))
    collection.undo(at("2026-11-22T09:02"))

    assert flags(collection)["t"] == (True, False)
    assert flags(collection)["t.r"] == (False, False)


def test_what_is_done_to_a_note_counts_after_what_another_clock_wrote_ahead(collection, at):
    collection.mark("t.r", at("2026-11-22T09:05"))
    collection.suspend_note("t", at("2026-11-22T09:00"))

    assert flags(collection)["t.r"] == (True, False)
    collection.undo(at("2026-11-22T09:06"))
    assert flags(collection) == dict.fromkeys(("t", "t.r", "other"), (False, False))
    assert collection.row("t.r").marked


EACH = {
    "suspend": lambda collection, cards, now: collection.suspend_cards(cards, now),
    "bury": lambda collection, cards, now: collection.bury_cards(cards, now),
    "mark": lambda collection, cards, now: collection.mark_cards(cards, now),
    "resume": lambda collection, cards, now: collection.resume_cards(cards, now),
    "unmark": lambda collection, cards, now: collection.mark_cards(cards, now, on=False),
}


def standing(collection):
    return {
        card: (row.suspended, row.buried > 0, row.marked)
        for card in ("t", "t.r", "other")
        for row in [collection.row(card)]
    }


@pytest.mark.parametrize("kind", EACH)
def test_what_is_done_to_cards_of_several_notes_is_taken_back_by_one_undo(collection, at, kind):
    now = at("2026-11-22T09:00")  # the clock stands still: every act has an instant of its own all the same
    if kind in ("resume", "unmark"):
        collection.suspend_cards(["t", "other"], now)
        collection.mark_cards(["t", "other"], now)
    before = standing(collection)
    EACH[kind](collection, ["other", "t", "other"], now)
    done = standing(collection)
    undone = collection.undo(now)

    assert {card for card in done if done[card] != before[card]} == {"t", "other"}
    assert (undone.kind, collection.happened_to(undone)) == (kind, 2)
    assert standing(collection) == before


def test_two_acts_at_one_time_are_two(collection, at):
    now = at("2026-11-22T09:00")
    collection.suspend_cards(["t"], now)
    collection.suspend_cards(["other"], now)
    collection.undo(now)

    assert [card for card, flags in standing(collection).items() if flags[0]] == ["t"]


def test_a_stranger_among_the_cards_means_that_nothing_happens(collection, at):
    with pytest.raises(UnknownCardError, match="stranger"):
        collection.suspend_cards(["t", "stranger"], at("2026-11-22T09:00"))

    assert not any(flags[0] for flags in standing(collection).values())
    assert not list(collection.history.glob("*.jsonl"))


def test_what_is_done_to_no_card_is_nothing(collection, at):
    collection.suspend_cards([], at("2026-11-22T09:00"))

    assert collection.undo(at("2026-11-22T09:01")) is None


def test_the_log_has_a_line_for_each_card(collection, at):
    collection.bury_cards(["t", "other"], at("2026-11-22T09:00"))
    (file,) = collection.history.glob("*.jsonl")
    lines = [json.loads(line) for line in file.read_text().splitlines()]

    assert [(line["card"], line["event"], line["until"]) for line in lines] == [
        ("t", "bury", "2026-11-23"),
        ("other", "bury", "2026-11-23"),
    ]
