"""The decks as a tree in rows: folders above their decks, each with what it would bring and how well it is known."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from quizapp.settings import lineage
from quizapp.study.counts import Counts, DeckCounts


class DeckRow(NamedTuple):
    """A deck, a folder, or (`name` None) everything.

    `depth` counts folders above it; `folder` says whether it can be opened; `shut` that it is not.
    """

    name: str | None
    label: str
    depth: int
    folder: bool
    shut: bool
    new: int
    learning: int
    review: int
    total: int


def deck_rows(together: Counts, counts: Sequence[DeckCounts], shut: Collection[str] = ()) -> list[DeckRow]:
    """Everything first, then the tree of decks and folders, of each of which `counts` has a row.

    What lies in a folder that is `shut` is left out.
    """
    below: dict[str, list[DeckCounts]] = {}
    for row in counts:
        below.setdefault(row.name.rpartition("/")[0], []).append(row)
    everything = sum(row.total for row in below.get("", []))
    rows = [DeckRow(None, "all decks", 0, False, False, *together, everything)]
    waiting = [(row, 0) for row in reversed(below.get("", []))]
    while waiting:
        (name, *numbers), depth = waiting.pop()
        children = below.get(name, [])
        closed = bool(children) and name in shut
        rows.append(DeckRow(name, name.rpartition("/")[2], depth, bool(children), closed, *numbers))
        if not closed:
            waiting += [(child, depth + 1) for child in reversed(children)]
    return rows


def recalled(decks: Mapping[str, float]) -> dict[str | None, float]:
    """The cards expected to be recalled, of each deck file, summed up for folders and (None) for everything."""
    found: dict[str | None, float] = {None: sum(decks.values())}
    for deck, number in decks.items():
        for name in lineage(deck):
            found[name] = found.get(name, 0.0) + number
    return found
