"""Renames applied to the events in the index."""

import sqlite3

from quizapp.decks.identity import base
from quizapp.index.history import FIELDS, order
from quizapp.index.owners import owners
from quizapp.index.recognise import learn
from quizapp.journal.entry import Entry


def redirect(db: sqlite3.Connection) -> set[str]:
    """Let renamed cards' events count for their new owners; the cards whose events changed hands."""
    renames = db.execute(f"SELECT {FIELDS} FROM events WHERE kind = 'rename' AND out = 0")  # noqa: S608  constant names
    notes = {base(card) for entry in map(Entry._make, renames) for card in (entry.card, entry.data["to"])}
    notes |= {base(card) for (card,) in db.execute("SELECT card FROM events WHERE owner IS NOT NULL")}
    found = [row for note in notes for row in _events(db, note)]
    found.sort(key=lambda row: order(row[0]))
    changed: set[str] = set()
    owned = owners([entry for entry, _ in found], lambda name: _exists(db, name))
    for (entry, before), owner in zip(found, owned, strict=True):
        after = None if owner == entry.card else owner
        if before != after:
            db.execute(
                "UPDATE events SET owner = ? WHERE card = ? AND instant = ? AND kind = ?",
                (after, entry.card, entry.instant, entry.kind),
            )
            changed |= {before or entry.card, owner}
    learn(db, changed)
    return changed


def _events(db: sqlite3.Connection, note: str) -> list[tuple[Entry, str | None]]:
    """The events written for a note's cards that count, with their present owners."""
    rows = db.execute(
        f"SELECT {FIELDS}, owner FROM events"  # noqa: S608
        " WHERE out = 0 AND (card = ?1 OR card >= ?1 || '.' AND card < ?1 || '/')",
        (note,),
    )
    return [(Entry._make(row[:-1]), row[-1]) for row in rows]


def _exists(db: sqlite3.Connection, name: str) -> bool:
    table = "cards" if "." in name else "notes"
    return db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (name,)).fetchone() is not None  # noqa: S608
