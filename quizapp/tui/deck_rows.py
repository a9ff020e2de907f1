"""The decks as a tree in rows: folders above their decks, each with what it would bring."""

from collections.abc import Sequence
from typing import NamedTuple

from quizapp.settings import lineage
from quizapp.study.counts import Counts, DeckCounts


class DeckRow(NamedTuple):
    """A deck, a folder, or (`name` None) everything. `depth` counts folders above it."""

    name: str | None
    label: str
    depth: int
    new: int
    learning: int
    review: int
    total: int


def deck_rows(together: Counts, decks: Sequence[DeckCounts]) -> list[DeckRow]:
    """Everything first, then the tree.

    A folder's numbers are the sums of its decks, but no more than the day's limits leave for everything.
    """
    sums: dict[str, list[int]] = {}
    for deck in decks:
        for name in lineage(deck.name):
            so_far = sums.get(name, [0, 0, 0, 0])
            sums[name] = [had + more for had, more in zip(so_far, deck[1:], strict=True)]
    below: dict[str, list[str]] = {}
    for name in sums:
        below.setdefault(name.rpartition("/")[0], []).append(name)
    rows = [DeckRow(None, "all decks", 0, *together, sum(deck.total for deck in decks))]
    waiting = [(name, 0) for name in reversed(below.get("", []))]
    while waiting:
        name, depth = waiting.pop()
        new, learning, review, total = sums[name]
        label = name.rpartition("/")[2]
        rows.append(
            DeckRow(name, label, depth, min(new, together.new), learning, min(review, together.review), total)
        )
        waiting += [(child, depth + 1) for child in reversed(below.get(name, []))]
    return rows
