"""The rows of folders: what a session of the folder brings, whatever caps it has."""

import pytest

from quizapp.memory.state import Rating
from quizapp.study.counts import DeckCounts, tree_counts

NOW = "2026-11-22T08:00"
CAPPED = "[study]\nnew_per_day = 10\n[decks.f]\nnew_per_day = 3\n[decks.'f/x']\nnew_per_day = 2\n"


@pytest.fixture
def tree(at):
    """The rows of a collection, by name; and all together as None."""

    def tree(collection, decks=None):
        moment = collection._moment(at(NOW))
        together, rows = tree_counts(collection._works.settled, collection.settings, moment, decks)
        return {None: together} | {row.name: row for row in rows}

    return tree


@pytest.fixture
def folders(opened, make_deck):
    """Open a folder of two decks, one of them with a deck below it, and a deck beside it."""
    names = {"f/x.yaml": "abcdef", "f/x/deep.yaml": "ghi", "f/y.yaml": "jklmno", "z.yaml": "pq"}
    return lambda settings: opened({name: make_deck(*ids) for name, ids in names.items()}, settings)


@pytest.mark.parametrize("settings", ["", CAPPED, "[study]\nnew_per_day = 4\n"])
def test_a_folders_row_is_what_a_session_of_it_brings(folders, tree, exhaust, settings, at):
    collection = folders(settings)
    collection.answer("a", Rating.EASY, at(NOW))
    rows = tree(collection)

    assert list(rows) == [None, "f", "f/x", "f/x/deep", "f/y", "z"]
    for name in ["f", "f/x", "f/x/deep", "f/y", "z"]:
        counts = collection.counts([name], at(NOW))
        assert rows[name] == DeckCounts(name, *counts, len(collection.find(f"deck:{name}", at(NOW))))
    assert rows[None] == collection.counts(now=at(NOW))
    assert len(exhaust(collection, at(NOW), decks=("f",))) == rows["f"].new


def test_a_folders_own_cap_holds_for_its_row(folders, tree):
    rows = tree(folders(CAPPED))

    assert (rows["f"].new, rows["f/x"].new, rows["f/y"].new, rows["z"].new) == (3, 2, 3, 2)
    assert rows[None].new == 5


def test_only_the_decks_asked_for_and_their_folders_have_rows(folders, tree):
    rows = tree(folders(CAPPED), ["f/y"])

    assert list(rows) == [None, "f", "f/y"]
    assert (rows[None].new, rows["f"].new, rows["f"].total) == (3, 3, 15)
