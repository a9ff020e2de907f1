"""Many decks are read in a second process: with the same result, and whatever becomes of it."""

import os

import pytest

from quizapp.collection import Collection
from quizapp.index import deck_rows
from quizapp.memory.state import Rating

DECKS = {f"d{n}.yaml": f"cards:\n  - {{q: What is {n}?, a: it is {n}, id: n{n}}}\n" for n in range(6)}


@pytest.fixture
def counted(make_collection, at, monkeypatch):
    """Open a collection of six decks, and again without an index after a change; its cards."""

    def counted(worth):
        monkeypatch.setattr(deck_rows, "WORTH_A_PROCESS", worth)
        root, now = make_collection(DECKS | {"broken.yaml": "cards:\n  - q: only\n"}), at("2026-11-22T08:00")
        with Collection.open(root, now=now) as collection:
            collection.answer("n3", Rating.EASY, now)
            found = [(card.id, card.question, card.deck) for card in collection.find("", now)]
            return found, [(p.code, p.line) for p in collection.problems], collection.memory("n3").reps

    return counted


def test_a_second_process_reads_the_same(counted):
    assert counted(worth=2) == counted(worth=1000)


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt, MemoryError])
def test_when_it_fails_the_decks_are_read_all_the_same(counted, monkeypatch, failure):
    whole = counted(worth=1000)
    here, read = os.getpid(), deck_rows.deck_rows

    def fail_elsewhere(change):
        if os.getpid() != here:
            raise failure
        return read(change)

    monkeypatch.setattr(deck_rows, "deck_rows", fail_elsewhere)

    assert counted(worth=2) == whole


def test_it_is_gone_when_the_first_process_is_interrupted(make_collection, monkeypatch):
    monkeypatch.setattr(deck_rows, "WORTH_A_PROCESS", 2)
    root = make_collection(DECKS)

    def interrupt(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr("quizapp.index.sync.read_history", interrupt)
    with pytest.raises(KeyboardInterrupt):
        Collection.open(root)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, 0)
