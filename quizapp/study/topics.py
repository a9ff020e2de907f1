"""What one may name in order to study it: tags, and what decks say should be read."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from quizapp.index.store import Index


class Resource(NamedTuple):
    """Something to read, as a deck names it."""

    title: str
    url: str
    kind: str


def tags(index: Index, deck: int) -> Sequence[tuple[str, int]]:
    """The tags of a deck's notes, and how many have each."""
    return index.db.execute(
        "SELECT t.value, count(*) FROM notes n, json_each(n.body, '$[9]') t"
        " WHERE n.deck = ? AND n.id NOT NULL GROUP BY t.value",
        (deck,),
    ).fetchall()


def resources(index: Index, deck: str) -> list[Resource]:
    """What a deck says should be read, in its order; none for a stranger."""
    row = index.one("SELECT header FROM decks WHERE name = ?", deck)
    return [Resource._make(item) for item in json.loads(row[0])["read"]] if row else []


def source(index: Index, deck: str) -> str:
    """Where a deck's notes come from, unless they say otherwise; "" for a stranger."""
    row = index.one("SELECT header FROM decks WHERE name = ?", deck)
    return str(json.loads(row[0])["source"]) if row else ""
