"""Burying and suspending a note: all its cards at once, and one undo for all."""

import pytest


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
