"""The decks as a tree in rows: folders above their decks, each with what it would bring."""

from collections.abc import Sequence
from typing import NamedTuple

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


def deck_rows(together: Counts, counts: Sequence[DeckCounts]) -> list[DeckRow]:
    """Everything first, then the tree of decks and folders, of each of which `counts` has a row."""
    below: dict[str, list[DeckCounts]] = {}
    for row in counts:
        below.setdefault(row.name.rpartition("/")[0], []).append(row)
    rows = [DeckRow(None, "all decks", 0, *together, sum(row.total for row in below.get("", [])))]
    waiting = [(row, 0) for row in reversed(below.get("", []))]
    while waiting:
        (name, *numbers), depth = waiting.pop()
        rows.append(DeckRow(name, name.rpartition("/")[2], depth, *numbers))
        waiting += [(child, depth + 1) for child in reversed(below.get(name, []))]
    return rows
