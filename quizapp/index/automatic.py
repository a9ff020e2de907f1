"""What the log should know of the decks without being asked: renamed notes, and texts that changed."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from quizapp.decks.origin import Origin
from quizapp.index.deck_rows import decode
from quizapp.index.history import entries_of
from quizapp.journal.entry import Entry, event, noted
from quizapp.journal.instant import instant, to_milliseconds

_MILLISECOND = timedelta(milliseconds=1)
_TEXTS = """
SELECT n.id, n.hash, CASE WHEN json_extract(n.body, '$[1]') IS NULL THEN n.body END,
  EXISTS (SELECT 1 FROM events e WHERE e.card = n.id AND (e.kind = 'note' OR e.instant = ?2))
FROM json_each(?1) wanted CROSS JOIN notes n ON n.id = wanted.value ORDER BY wanted.key
"""


def automatic_entries(
    db: sqlite3.Connection, now: datetime, origins: Mapping[str, Origin] = MappingProxyType({})
) -> list[Entry]:
    """The lines to be logged: a `rename` for each note recognised for certain, else a `note` for each changed text.

    `origins` are where notes that an import has just written come from.
    """
    at = to_milliseconds(now)
    renames = db.execute("SELECT old, new FROM matches WHERE certain ORDER BY old").fetchall()
    if renames:
        found = [
            event(_after(db, old, "rename", at), old, "rename", to=new, auto=True) for old, new in renames
        ]
        return found + [note_entry(db, new, at) for old, new in renames if _lost_its_id(db, old, new)]
    stale = db.execute("SELECT id FROM known WHERE stale ORDER BY id").fetchall()
    return [note_entry(db, note, at, origin=origins.get(note)) for (note,) in stale]


def note_entry(
    db: sqlite3.Connection,
    note: str,
    at: datetime,
    *,
    again: bool = True,
    origin: Origin | None = None,
    steps: Mapping[str, int] | None = None,
) -> Entry:
    """The `note` line of a note as its deck has it now, not before `at` and, if there is one, after its last.

    A note without an id of its own is remembered with its text, by which it is recognised when it changes. `steps` are
    the numbers that other programs know its steps by.
    """
    body, hash_, line, column = db.execute(
        "SELECT body, hash, line, col FROM notes WHERE id = ?", (note,)
    ).fetchone()
    read = decode(body, line, column)
    text: dict[str, object] = {"hash": hash_}
    if read.declared is None:
        text |= {"q": read.question, "a": "\n".join(read.answer)}
    text |= origin.data if origin else {}
    text |= {"steps": steps} if steps else {}
    return event(_after(db, note, "note", at) if again else at, note, "note", **text)


def note_entries(
    db: sqlite3.Connection,
    notes: Sequence[str],
    at: datetime,
    origins: Mapping[str, Origin] = MappingProxyType({}),
) -> list[Entry]:
    """What `note_entry` gives for each of many notes, of which the log knows little: in a third of the time."""
    found = []
    for note, hash_, undeclared, happened in db.execute(_TEXTS, (json.dumps(notes), instant(at))):
        text = {"hash": hash_}
        if undeclared:
            _, _, question, answer, *_ = json.loads(undeclared)
            text |= {"q": question, "a": "\n".join(answer)}
        origin = origins.get(note)
        text |= origin.data if origin else {}
        found.append(note_entry(db, note, at, origin=origin) if happened else noted(at, note, text))
    return found


def _lost_its_id(db: sqlite3.Connection, old: str, new: str) -> bool:
    """Whether the note goes by its question now, which the log does not have: it had an id."""
    lines = [entry.data for entry in entries_of(db, old) if entry.kind == "note"]
    (derived,) = db.execute("SELECT derived FROM notes WHERE id = ?", (new,)).fetchone()
    return bool(new == derived and lines and "q" not in lines[-1])


def _after(db: sqlite3.Connection, card: str, kind: str, at: datetime) -> datetime:
    """The first free millisecond from `at` on that lies after the card's last event of this kind."""
    row = db.execute("SELECT max(instant) FROM events WHERE card = ? AND kind = ?", (card, kind)).fetchone()
    if row[0] is not None and row[0] >= instant(at):
        at = (
            to_milliseconds(datetime.fromtimestamp(row[0] / 1_000_000, UTC).astimezone(at.tzinfo))
            + _MILLISECOND
        )
    while db.execute("SELECT 1 FROM events WHERE card = ? AND instant = ?", (card, instant(at))).fetchone():
        at += _MILLISECOND
    return at
