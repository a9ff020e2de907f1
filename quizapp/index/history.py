"""History files into the index: only what is new in them is read."""

import sqlite3
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from quizapp.journal.entry import KNOWN, Entry, parse
from quizapp.journal.log import Chunk, LogFile, read_lines

Progress = Callable[[str, int, int], None]  # what, done, of how many

FIELDS = "card, instant, kind, at, due, took, of, line"
_VALUES = "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
# Equal events count once: the one whose line comes first, whichever file was read first.
INSERT = f"""INSERT INTO events ({FIELDS}) {_VALUES}
    ON CONFLICT DO UPDATE SET at = excluded.at, due = excluded.due, took = excluded.took, of = excluded.of,
    line = excluded.line WHERE excluded.line < line"""
_STAGE = f"INSERT INTO staged {_VALUES}"
_FROM_STAGE = (
    f"INSERT OR IGNORE INTO events ({FIELDS}) SELECT * FROM staged ORDER BY card, instant, kind, line"  # noqa: S608
)
_TOGETHER = ("suspend", "resume", "bury", "mark", "unmark", "forget")  # may be done to several cards at once
_UNDOABLE = "kind NOT IN ('undo', 'note')"


class Arrived(NamedTuple):
    """The cards of new events, and the notes whose text was logged."""

    cards: set[str]
    noted: set[str]


def read_history(
    db: sqlite3.Connection, history: Path, files: Sequence[LogFile], progress: Progress
) -> Arrived:
    """Take in what is new in the files."""
    if db.execute("SELECT 1 FROM events LIMIT 1").fetchone() or not files:
        return _read_files(db, history, files, INSERT, progress)
    # Into an empty table half a million events go twice as fast when they come in its own order.
    db.execute("CREATE TEMP TABLE staged (card, instant, kind, at, due, took, of, line)")
    arrived = _read_files(db, history, files, _STAGE, progress)
    db.execute(_FROM_STAGE)
    db.execute("DROP TABLE staged")
    return arrived


def _read_files(
    db: sqlite3.Connection, history: Path, files: Sequence[LogFile], insert: str, progress: Progress
) -> Arrived:
    total, done = sum(file.size for file in files), 0
    arrived = Arrived(set(), set())
    for file in files:
        row = db.execute("SELECT consumed, crc, lines FROM files WHERE name = ?", (file.name,)).fetchone()
        consumed, crc, lines = row or (0, 0, 0)
        torn = None
        for chunk in read_lines(history / file.name, consumed, crc, lines):
            if chunk.whole or _ends_well(chunk):
                _take(db, file.name, chunk, insert, arrived)
                # a line without its end goes on where the next append gives it one
                consumed, crc, lines = chunk.end, chunk.crc, chunk.lines[-1].number - (not chunk.whole)
            else:
                torn = f"{chunk.lines[0].number}"
            progress("history", done + consumed, total)
        done += file.size
        db.execute(
            "REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)",
            (file.name, file.size, file.mtime, consumed, crc, lines, torn),
        )
    return arrived


def _ends_well(chunk: Chunk) -> bool:
    """Whether a last line without its end is a whole event all the same."""
    try:
        parse(chunk.lines[0].text or "")
    except ValueError:
        return False
    return True


def _take(db: sqlite3.Connection, file: str, chunk: Chunk, insert: str, arrived: Arrived) -> None:
    entries, bad = [], []
    for line in chunk.lines:
        try:
            if line.text is None:
                raise ValueError("not UTF-8")  # noqa: TRY301  one way to report a line
            if line.text.strip():
                entries.append(parse(line.text))
        except ValueError as error:
            bad.append((file, line.number, *_fault(line.text, error)))
    bad += _unknown(db, file, chunk, entries)
    db.executemany(insert, entries)
    db.executemany("INSERT INTO lines VALUES (?, ?, ?, ?)", bad)
    arrived.cards.update(entry.card for entry in entries if entry.kind != "note")
    arrived.noted.update(entry.card for entry in entries if entry.kind == "note")


def _fault(line: str | None, error: ValueError) -> tuple[str, str]:
    """The code and the words for a line that can't be read; a torn one was most likely never confirmed."""
    if line is not None and line.startswith("{") and not line.rstrip().endswith("}"):
        return "torn-line", "this line is torn, and passed over"
    return "bad-line", f"this line can't be read and does not count: {error}"


def _unknown(
    db: sqlite3.Connection, file: str, chunk: Chunk, entries: list[Entry]
) -> list[tuple[str, int, str, str]]:
    """A newer version's events, each kind noted once."""
    found: list[tuple[str, int, str, str]] = []
    for kind in sorted({entry.kind for entry in entries} - KNOWN - set("1234")):
        message = f'events "{kind}" are of a newer version: kept, and passed over'
        if not db.execute("SELECT 1 FROM lines WHERE message = ?", (message,)).fetchone():
            places = (line.number for line in chunk.lines if line.text and kind in line.text)
            number = next(places, chunk.lines[0].number)
            found.append((file, number, "unknown-event", message))
    return found


def settle(db: sqlite3.Connection, horizon: int, cards: Collection[str] | None = None) -> None:
    """Say of the cards' events (None: of all) which count: not those after `horizon`, nor what was undone."""
    held = "UPDATE events SET out = 2 * (instant > ?1) WHERE out != 2 * (instant > ?1)"
    undos = "SELECT card, of FROM events WHERE kind = 'undo' AND out = 0"
    if cards is None:
        db.execute(held, (horizon,))
        rows = db.execute(undos).fetchall()
    else:
        db.executemany(f"{held} AND card = ?2", [(horizon, card) for card in cards])
        rows = [row for card in cards for row in db.execute(f"{undos} AND card = ?", (card,))]
    undone = f"UPDATE events SET out = 1 WHERE card = ? AND instant = ? AND out = 0 AND {_UNDOABLE}"  # noqa: S608
    db.executemany(undone, rows)


def cards_beyond(db: sqlite3.Connection, horizon: int) -> set[str]:
    """The cards with events that count although they lie after `horizon` (an instant), or the reverse."""
    rows = db.execute(
        "SELECT card FROM events WHERE instant > ?1 AND out != 2"
        " UNION SELECT card FROM events WHERE instant <= ?1 AND out = 2",
        (horizon,),
    )
    return {card for (card,) in rows}


def entries_of(db: sqlite3.Connection, card: str) -> list[Entry]:
    """The events that count for a card, in the order of the log: by instant, ties by the line's bytes."""
    rows = db.execute(
        f"SELECT {FIELDS} FROM events WHERE card = ?1 AND owner IS NULL AND out = 0"  # noqa: S608
        f" UNION ALL SELECT {FIELDS} FROM events WHERE owner = ?1 AND out = 0",
        (card,),
    )
    return sorted(map(Entry._make, rows), key=order)


def instants_from(db: sqlite3.Connection, card: str, at: int) -> list[int]:
    """When anything happened to a card at this instant or after it, that may count for it."""
    rows = db.execute(
        "SELECT instant FROM events WHERE card = ?1 AND instant >= ?2 AND out != 2"
        " UNION ALL SELECT instant FROM events WHERE owner = ?1 AND instant >= ?2 AND out != 2",
        (card, at),
    )
    return [instant for (instant,) in rows]


def newest_undoable(db: sqlite3.Connection) -> Entry | None:
    """The newest event that counts and can be taken back: all but notes, undos and renames logged unasked."""
    rows = db.execute(
        f"SELECT {FIELDS} FROM events WHERE out = 0 AND {_UNDOABLE} ORDER BY instant DESC, line DESC"  # noqa: S608
    )
    return next((entry for entry in map(Entry._make, rows) if _is_undoable(entry)), None)


def undone_with(db: sqlite3.Connection, newest: Entry) -> list[Entry]:
    """The events that one undo is about: those of all cards to which something was done at one instant.

    Of a whole note, the first card comes first.
    """
    if newest.kind not in _TOGETHER:
        return [newest]
    rows = db.execute(
        f"SELECT {FIELDS} FROM events WHERE instant = ? AND kind = ? AND out = 0",  # noqa: S608
        (newest.instant, newest.kind),
    )
    return sorted(map(Entry._make, rows), key=lambda entry: (len(entry.card), entry.card))


def together(db: sqlite3.Connection, at: int, kind: str) -> int:
    """To how many cards this was done at this very instant: 0 before it is."""
    row: tuple[int] = db.execute(
        "SELECT count(*) FROM events WHERE instant = ? AND kind = ?", (at, kind)
    ).fetchone()
    return row[0]


def _is_undoable(entry: Entry) -> bool:
    if not entry.card or (entry.rating is None and entry.kind not in KNOWN):
        return False
    return entry.kind != "rename" or entry.data.get("auto") is not True


def order(entry: Entry) -> tuple[int, bytes]:
    """The order of the log."""
    return entry.instant, entry.line.encode(errors="surrogatepass")
