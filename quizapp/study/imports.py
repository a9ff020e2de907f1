"""What the collection has of a file that is imported: notes that came from it, and notes that ask the same."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizapp.decks.draft import Draft, draft_of
from quizapp.decks.identity import base
from quizapp.decks.origin import whole_hash
from quizapp.index.deck_rows import decode

_SELECT = (
    "SELECT n.id, n.derived, n.body, n.line, n.col, d.name, d.file, d.header"
    " FROM notes n JOIN decks d ON d.num = n.deck WHERE n.id IS NOT NULL AND"
)
_LINES = (
    "SELECT coalesce(owner, card), json_extract(line, '$.row'), json_extract(line, '$.written') FROM events"
    " WHERE kind = 'note' AND out = 0 AND json_extract(line, '$.from') = ? ORDER BY instant, line"
)
_ROWS = (
    "SELECT coalesce(owner, card), json_extract(line, '$.row'), json_extract(line, '$.written') FROM events"
    " WHERE kind = 'note' AND out = 0 AND json_extract(line, '$.row') NOT NULL"
    " AND coalesce(owner, card) IN (SELECT value FROM json_each(?)) ORDER BY instant, line"
)
_RENAMED = (
    "SELECT card, owner FROM events WHERE owner NOT NULL AND out = 0 AND card IN (SELECT value FROM json_each(?))"
    " ORDER BY instant"
)
_STEADY = (
    "SELECT coalesce(owner, card), min(json_extract(line, '$.hash')), max(json_extract(line, '$.hash')) FROM events"
    " WHERE kind = 'note' AND out = 0 AND coalesce(owner, card) IN (SELECT value FROM json_each(?)) GROUP BY 1"
)
_ID = re.compile(rb"""\bid["']?[ \t]*:[ \t]*["']?([A-Za-z0-9_-]+)""")
_ORPHANS = "SELECT id FROM known WHERE orphan AND id IN (SELECT value FROM json_each(?))"


Head = tuple[str, tuple[str, ...]]  # a deck's source and tags


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """A note as the collection has it: its id, deck, place as shown to the learner, and what it says itself."""

    note: str
    deck: str
    place: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class Imported:
    """What the log tells of an imported note (see `Origin`); `standing` is None if the note is in no deck."""

    note: str
    row: str
    written: str
    standing: PlacedNote | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the collection has: all that came from a file of this name, and notes by the id of their question.

    `decks` are those it has of the ones asked for, each with the source and the tags that all its notes have.
    """

    imported: Sequence[Imported]
    asked: Mapping[str, PlacedNote]
    decks: Mapping[str, Head]


@dataclass(frozen=True, slots=True)
class KnownNotes:
    """What the collection has of notes by the ids that they have elsewhere, which may be from before a rename.

    `rows` are, by our ids, the last row and what was written of it, for those that were imported; `gone` are those
    with a history that no deck has any more, as far as can be told: `whole` says whether all decks could be read.
    `unread` are the ids that stand in those that could not, of notes that were read, too. `asked` and `decks` as in
    `Known`.
    """

    standing: Mapping[str, PlacedNote]
    rows: Mapping[str, tuple[str, str]]
    gone: frozenset[str]
    asked: Mapping[str, PlacedNote]
    decks: Mapping[str, Head]
    whole: bool = True
    unread: frozenset[str] = frozenset()


def known_notes(
    db: sqlite3.Connection, root: Path, ids: Iterable[str], questions: Iterable[str], decks: Iterable[str]
) -> KnownNotes:
    """What there is of notes by their ids, of questions by the ids they give, and of decks by their names.

    `root` is the collection's folder.
    """
    called = {note: note for note in ids}
    for card, owner in db.execute(_RENAMED, (json.dumps([*called]),)):
        called[base(card)] = base(owner)
    there = {note: found for note, _, found in _standing(db, root.name, "n.id", {*called, *called.values()})}
    standing = {note: there.get(note) or there.get(now) for note, now in called.items()}
    asked = {derived: found for _, derived, found in _standing(db, root.name, "n.derived", questions)}
    rows: dict[str, tuple[str, str]] = {}
    notes = {*called.values(), *(found.note for found in asked.values())}
    for card, row, written in db.execute(_ROWS, (json.dumps(sorted(notes)),)):
        if isinstance(row, str) and row.isascii():
            rows[base(card)] = whole_hash(row), whole_hash(written if isinstance(written, str) else row)
    orphans = {note for (note,) in db.execute(_ORPHANS, (json.dumps([*called.values()]),))}
    torn = [root / file for (file,) in db.execute("SELECT file FROM decks WHERE NOT whole")]
    return KnownNotes(
        {note: found for note, found in standing.items() if found},
        rows,
        frozenset(note for note, now in called.items() if now in orphans),
        asked,
        _heads(db, decks),
        not torn,
        frozenset(note for path in torn for note in _ids_in(path)),
    )


def steady(db: sqlite3.Connection, notes: Iterable[str]) -> frozenset[str]:
    """Those of these notes that the log has never known to say anything else than they do now."""
    wanted = json.dumps([*notes])
    sql = "SELECT id, hash FROM notes WHERE id IN (SELECT value FROM json_each(?))"
    now = dict(db.execute(sql, (wanted,)))
    said = db.execute(_STEADY, (wanted,))
    return frozenset(note for note, least, most in said if least == most == now.get(note))


def _ids_in(deck: Path) -> Iterator[str]:
    """The ids that stand in a deck's text, whatever else does."""
    with suppress(OSError):
        yield from (found.decode() for found in _ID.findall(deck.read_bytes()))


def known(
    db: sqlite3.Connection, folder: str, file: str, questions: Iterable[str], decks: Iterable[str]
) -> Known:
    """What there is of a file of this name, of questions by the ids they give, and of decks by their names.

    `folder` is the collection's name, with which places begin.
    """
    lines: dict[str, tuple[str, str]] = {}
    for card, row, written in db.execute(_LINES, (file,)):
        if isinstance(row, str) and row.isascii():
            lines[base(card)] = whole_hash(row), whole_hash(written if isinstance(written, str) else row)
    there = {note: standing for note, _, standing in _standing(db, folder, "n.id", lines)}
    imported = [Imported(note, row, written, there.get(note)) for note, (row, written) in lines.items()]
    asked = {derived: standing for _, derived, standing in _standing(db, folder, "n.derived", questions)}
    return Known(imported, asked, _heads(db, decks))


def _heads(db: sqlite3.Connection, decks: Iterable[str]) -> dict[str, Head]:
    sql = "SELECT name, header FROM decks WHERE name IN (SELECT value FROM json_each(?))"
    return {name: _head(header) for name, header in db.execute(sql, (json.dumps([*decks]),))}


def _standing(
    db: sqlite3.Connection, folder: str, column: str, values: Iterable[str]
) -> list[tuple[str, str, PlacedNote]]:
    """The notes with one of these values, each with its id and that of its question; the first of equals last."""
    sql = f"{_SELECT} {column} IN (SELECT value FROM json_each(?)) ORDER BY d.rank DESC, n.position DESC"  # noqa: S608
    heads: dict[str, Head] = {}
    found = []
    for note, derived, body, line, col, deck, file, header in db.execute(sql, (json.dumps([*values]),)):
        if deck not in heads:
            heads[deck] = _head(header)
        draft = draft_of(decode(body, line, col), *heads[deck])
        found.append((note, derived, PlacedNote(note, deck, f"{folder}/{file}:{line}", draft)))
    return found


def _head(header: str) -> Head:
    read: dict[str, Any] = json.loads(header)
    return read["source"], tuple(read["tags"])
