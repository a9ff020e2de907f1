"""Finding cards: what a query finds, as a first page, as numbers, or as whole cards, in the order of the decks."""

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from quizapp.decks.folding import folded
from quizapp.index.store import Index
from quizapp.memory.schedulers import Schedulers
from quizapp.study.query import Query
from quizapp.study.rows import SELECT, CardRow, card_row

if TYPE_CHECKING:
    import sqlite3

_MOST = 1 << 62  # SQLite counts no further
_FEW = 1000  # notes, which are sorted sooner than decks are walked
_TOGETHER = 500  # cards asked for at once

# Deck by deck, in order, so that the first page is there before the rest was looked at; or from the words on.
_DECKS_FIRST = (
    "decks d INDEXED BY decks_in_order CROSS JOIN cards c INDEXED BY cards_of_deck ON c.deck = d.num"
)
_WORDS_FIRST = "texts CROSS JOIN cards c ON c.note = texts.rowid CROSS JOIN decks d ON d.num = c.deck"
_HAS_WORDS = "c.note IN (SELECT rowid FROM texts WHERE texts MATCH :words)"
_ORDER = "ORDER BY d.rank, c.place"


def find(index: Index, schedulers: Schedulers, query: Query, limit: int | None) -> list[CardRow]:
    """The cards that a query finds, in the order of the decks."""
    prepare(index.db, schedulers)
    if limit is not None:
        return cards_at(index, first_numbers(index.db, query, limit))
    where = " AND ".join([_HAS_WORDS] * bool(query.words) + query.conditions or ["1"])
    return [card_row(row) for row in index.db.execute(f"{SELECT} WHERE {where} {_ORDER}", query.values)]


def find_ids(index: Index, schedulers: Schedulers, query: Query) -> list[str]:
    """The ids of the cards that a query finds, in any order: quicker than the cards."""
    prepare(index.db, schedulers)
    return [card for (card,) in index.db.execute(_all("c.id", query), query.values)]


def prepare(db: "sqlite3.Connection", schedulers: Schedulers) -> None:
    """Teach a connection the functions that queries use."""

    def recall(deck: str, stability: float | None, days: int | None) -> float | None:
        if stability is None or days is None:
            return None
        return schedulers.of(deck).curve.recall(max(0, days), stability)

    db.create_function("folded", 1, folded, deterministic=True)
    db.create_function("recall", 3, recall)


def first_numbers(db: "sqlite3.Connection", query: Query, limit: int) -> list[int]:
    """The numbers of the first cards that a query finds.

    Decks are walked in their order until there are enough; if words are in few cards, these are sorted instead.
    """
    if query.words and _are_few(db, query):
        return list(all_numbers(db, query)[: min(limit, _MOST)])
    where = " AND ".join([_HAS_WORDS] * bool(query.words) + query.conditions or ["1"])
    sql = f"SELECT c.num FROM {_DECKS_FIRST} WHERE {where} {_ORDER} LIMIT {min(limit, _MOST)}"  # noqa: S608  conditions of ours
    return [num for (num,) in db.execute(sql, query.values)]


def _are_few(db: "sqlite3.Connection", query: Query) -> bool:
    probe = f"SELECT rowid FROM texts WHERE texts MATCH :words LIMIT 1 OFFSET {_FEW}"  # noqa: S608  a number of ours
    return db.execute(probe, query.values).fetchone() is None


def all_numbers(db: "sqlite3.Connection", query: Query) -> "array[int]":
    """The numbers of all cards that a query finds."""
    return array("q", (num for (num,) in db.execute(f"{_all('c.num', query)} {_ORDER}", query.values)))


def count(db: "sqlite3.Connection", query: Query) -> int:
    """How many cards a query finds."""
    row: tuple[int] = db.execute(_all("count(*)", query), query.values).fetchone()
    return row[0]


def _all(what: str, query: Query) -> str:
    where = " AND ".join(["texts MATCH :words"] * bool(query.words) + query.conditions or ["1"])
    return f"SELECT {what} FROM {_WORDS_FIRST if query.words else _DECKS_FIRST} WHERE {where}"  # noqa: S608  as above


def cards_at(index: Index, nums: Sequence[int]) -> list[CardRow]:
    """The cards with these numbers, in this order; those that are gone are left out."""
    rows: dict[int, Any] = {}
    for start in range(0, len(nums), _TOGETHER):
        some = nums[start : start + _TOGETHER]
        places = ", ".join("?" * len(some))
        for row in index.db.execute(f"{SELECT} WHERE c.num IN ({places})", tuple(some)):
            rows[row[0]] = row
    return [card_row(rows[num]) for num in nums if num in rows]
