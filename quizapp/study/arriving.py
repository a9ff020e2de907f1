"""What happened to cards in another program: which of it the log lacks, and what stands otherwise there by now."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from quizapp.index.standing import COLUMNS, from_row
from quizapp.journal.entry import Entry, event
from quizapp.journal.instant import instant, to_milliseconds

_MILLISECOND = timedelta(milliseconds=1)
_NEAR = 20_000  # microseconds: other programs move reviews of one instant apart
_ABOUT = 60_000_000  # and what was done to many cards at once further
_STANDING = f"SELECT {', '.join(COLUMNS)} FROM cards WHERE id = ?"  # noqa: S608  constant names
_EVENTS = (
    "SELECT instant, kind FROM events WHERE card = ?1 UNION ALL"
    " SELECT instant, kind FROM events WHERE owner = ?1 AND card != ?1"
)


class Arriving(NamedTuple):
    """The past of cards, by our ids: reviews, `forget` and `due` events, and how each card stands there now.

    `changed` says when anything about a card was last changed there, in seconds; `dues` are days that no review gave.
    """

    entries: Sequence[Entry]
    suspended: frozenset[str] = frozenset()
    buried: frozenset[str] = frozenset()
    marked: frozenset[str] = frozenset()
    dues: Mapping[str, date] = {}
    changed: Mapping[str, int] = {}


def unknown(db: sqlite3.Connection, entries: Iterable[Entry]) -> list[Entry]:
    """Those of the entries that the log does not have, undone or not, in the order of time."""
    return sorted(_unknown(db, entries), key=lambda entry: (entry.instant, entry.card))


def has_all(db: sqlite3.Connection, entries: Iterable[Entry]) -> bool:
    """Whether none of the entries is unknown."""
    return next(_unknown(db, entries), None) is None


def _unknown(db: sqlite3.Connection, entries: Iterable[Entry]) -> Iterator[Entry]:
    by_card = sorted(entries, key=lambda entry: (entry.card, entry.instant))
    for card, group in groupby(by_card, key=lambda entry: entry.card):
        ours = {(at, kind) for at, kind in db.execute(_EVENTS, (card,))}
        theirs = {(entry.instant, entry.kind): entry for entry in group}
        left = ours - theirs.keys()
        yield from (entry for key, entry in theirs.items() if key not in ours and not _has_near(left, *key))


def _has_near(left: set[tuple[int, str]], at: int, kind: str) -> bool:
    """Whether an event nearly of this instant is there; it is taken then."""
    reach = _NEAR if kind in "1234" else _ABOUT
    near = [one for one in left if one[1] == kind and abs(one[0] - at) <= reach]
    if near:
        left.remove(min(near, key=lambda one: abs(one[0] - at)))
    return bool(near)


def newest_events(db: sqlite3.Connection, cards: Iterable[str]) -> dict[str, int]:
    """When last anything happened to each of these cards, in microseconds; 0 if nothing did."""
    sql = f"SELECT max(instant) FROM ({_EVENTS}) WHERE kind != 'note'"  # noqa: S608  constant
    return {card: db.execute(sql, (card,)).fetchone()[0] or 0 for card in cards}


def states(
    db: sqlite3.Connection, arriving: Arriving, before: Mapping[str, int], now: datetime, tomorrow: date
) -> list[Entry]:
    """The events that make cards stand as they do there, unless something happened to them here since.

    `before` are `newest_events` as they were before the reviews arrived.
    """
    last: dict[str, int] = {}
    for entry in arriving.entries:
        last[entry.card] = max(last.get(entry.card, 0), entry.instant)
    newest = newest_events(db, arriving.changed)
    found: list[Entry] = []
    for card, changed in arriving.changed.items():
        row = db.execute(_STANDING, (card,)).fetchone()
        if row is None or before[card] > max(last.get(card, 0), changed * 1_000_000):
            continue
        at = to_milliseconds(max(now, datetime.fromtimestamp(newest[card] / 1e6, UTC).astimezone(now.tzinfo)))
        for number, (kind, data) in enumerate(_differing(card, row, arriving, tomorrow), 1):
            found.append(event(at + number * _MILLISECOND, card, kind, **data))
    return found


def _differing(
    card: str, row: tuple[Any, ...], arriving: Arriving, tomorrow: date
) -> Iterator[tuple[str, dict[str, str]]]:
    """What is to happen to a card, so that it stands as it does there."""
    memory, suspended, buried, marked = from_row(row)
    if (card in arriving.suspended) != suspended:
        yield ("resume" if suspended else "suspend"), {}
    if (card in arriving.marked) != marked:
        yield ("unmark" if marked else "mark"), {}
    if card in arriving.buried and not buried:
        yield "bury", {"until": tomorrow.isoformat()}
    due = arriving.dues.get(card)
    if memory and due and due != memory.due:
        yield "due", {"due": due.isoformat()}


def beyond(entries: Iterable[Entry], horizon: datetime) -> tuple[list[Entry], int]:
    """The entries up to an instant, and how many lie after it."""
    entries = list(entries)
    kept = [entry for entry in entries if entry.instant <= instant(horizon)]
    return kept, len(entries) - len(kept)
