"""Decks into the index: only changed files are parsed again."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from quizapp.decks.note import card_ids
from quizapp.index.changes import DeckChange
from quizapp.index.deck_rows import DeckRows, decode
from quizapp.problem import Problem, Severity

Progress = Callable[[str, int, int], None]

_PLACE = 1 << 12  # cards a note may have before their order within the deck blurs


def read_changes(
    db: sqlite3.Connection,
    changes: Sequence[DeckChange],
    rows: Iterator[DeckRows | None],
    now: int,
    progress: Progress,
) -> tuple[list[int], set[str]]:
    """Put the changed decks' notes in the place of the old ones; the numbers of the decks read and all ids.

    `rows` are those of the changes, `now` is the clock of the disk, in ns. The cards of these decks keep their
    rows, with `deck` 0, until `assign` finds their notes again.
    """
    read: list[int] = []
    notes: set[str] = set()
    others = False  # decks came or went
    for number, (change, deck) in enumerate(zip(changes, rows, strict=True)):
        row = db.execute("SELECT num, rank FROM decks WHERE file = ?", (change.file,)).fetchone()
        old, rank = (row[:1], row[1]) if row else (None, 0)
        others |= old is None or deck is None
        if old:
            notes.update(
                row[0] for row in db.execute("SELECT id FROM notes WHERE deck = ? AND id NOT NULL", old)
            )
            db.execute("UPDATE cards SET deck = 0 WHERE deck = ?", old)
            db.execute("DELETE FROM texts WHERE rowid IN (SELECT num FROM notes WHERE deck = ?)", old)
            db.execute("DELETE FROM tags WHERE note IN (SELECT num FROM notes WHERE deck = ?)", old)
            db.execute("DELETE FROM notes WHERE deck = ?", old)
            db.execute("DELETE FROM decks WHERE num = ?", old)
        if deck is None:
            continue
        file = (change.size, change.mtime, now, change.digest)
        cursor = db.execute(
            "INSERT INTO decks VALUES (NULL, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)",
            (deck.name, change.file, rank, *file, deck.header, deck.whole, deck.problems),
        )
        read.append(cursor.lastrowid or 0)
        _insert_notes(db, read[-1], deck)
        progress("decks", number + 1, len(changes))
    if others:
        _rank(db)
    return read, notes


def _insert_notes(db: sqlite3.Connection, num: int, deck: DeckRows) -> None:
    (first,) = db.execute("SELECT coalesce(max(num), 0) + 1 FROM notes").fetchone()
    notes = ((first + position, num, position, *row) for position, row in enumerate(deck.notes))
    db.executemany("INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", notes)
    texts = ((first + position, *words) for position, words in enumerate(deck.texts))
    db.executemany("INSERT INTO texts (rowid, question, answer) VALUES (?, ?, ?)", texts)
    tags = ((name, first + position) for position, names in enumerate(deck.tags) for name in names)
    db.executemany("INSERT INTO tags VALUES (?, ?)", tags)


def deck_problems(db: sqlite3.Connection) -> list[Problem]:
    """What is wrong within the decks."""
    rows = db.execute("SELECT problems FROM decks WHERE problems != '[]' ORDER BY rank")
    return [Problem._make((*row[:5], Severity(row[5]))) for (rows,) in rows for row in json.loads(rows)]


def _rank(db: sqlite3.Connection) -> None:
    """Number the decks as a person would sort them: `2-b` before `10-a`."""
    rows = db.execute("SELECT num, name FROM decks").fetchall()
    rows.sort(key=lambda row: (natural(row[1]), row[1]))
    db.executemany(
        "UPDATE decks SET rank = ? WHERE num = ?", [(rank, num) for rank, (num, _) in enumerate(rows)]
    )


def natural(name: str) -> list[list[tuple[int, int, str]]]:
    """A sort key for deck names: folder by folder, numbers by their value."""
    return [
        [
            (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold())
            for part in re.split(r"(\d+)", folder)
        ]
        for folder in name.split("/")
    ]


def assign(db: sqlite3.Connection, decks: Sequence[int]) -> set[str]:
    """Give every note its id, settle ids claimed twice, and make the cards of the decks just read; their notes."""
    unsettled = "SELECT num, id FROM notes WHERE id IS NOT claim"
    before = dict(db.execute(unsettled).fetchall())
    for claim in _claimed_twice(db, decks):
        _settle_claim(db, claim)
    after = dict(db.execute(unsettled).fetchall())
    moved = [(num,) for num in before.keys() | after.keys() if before.get(num) != after.get(num)]
    db.executemany("UPDATE cards SET deck = 0 WHERE note = ?", moved)
    columns = "SELECT num, deck, position, id, body, line, col FROM notes WHERE id IS NOT NULL AND"
    ids = {note for note in before.values() if note}
    for condition, values in [("deck = ?", [(deck,) for deck in decks]), ("num = ?", moved)]:
        for value in values:
            notes = db.execute(f"{columns} {condition}", value).fetchall()
            ids.update(note[3] for note in notes)
            _make_cards(db, notes)
    db.execute("DELETE FROM cards WHERE deck = 0")
    count = "UPDATE decks SET cards = (SELECT count(*) FROM cards WHERE deck = decks.num)"
    db.executemany(
        f"{count} WHERE num IN (?, (SELECT deck FROM notes WHERE num = ?))",  # noqa: S608
        [(deck, 0) for deck in decks] + [(0, num) for (num,) in moved],
    )
    return ids


def _claimed_twice(db: sqlite3.Connection, decks: Sequence[int]) -> list[str]:
    """The ids that several notes claim, as far as the decks just read matter; those settled before are reopened."""
    again = [
        claim
        for (claim,) in db.execute("SELECT claim FROM notes INDEXED BY notes_unsettled WHERE id IS NOT claim")
    ]
    db.execute("UPDATE notes SET id = claim WHERE id IS NOT claim")
    found = set(again)
    twice = (
        "SELECT claim FROM notes n WHERE deck = ?"
        " AND EXISTS (SELECT 1 FROM notes o WHERE o.claim = n.claim AND o.num != n.num)"
    )
    for deck in decks:
        found.update(claim for (claim,) in db.execute(twice, (deck,)))
    return sorted(found)


def _make_cards(db: sqlite3.Connection, notes: Iterable[tuple[Any, ...]]) -> None:
    db.executemany(
        "INSERT INTO cards (id, note, deck, place, siblings, added) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id)"
        " DO UPDATE SET note = excluded.note, deck = excluded.deck, place = excluded.place,"
        " siblings = excluded.siblings, added = excluded.added",
        [row for note in notes for row in _card_rows(note)],
    )


def _card_rows(row: tuple[Any, ...]) -> Iterable[tuple[str, int, int, int, int, str]]:
    num, deck, position, note_id, body, line, column = row
    note = decode(body, line, column)
    ids = card_ids(note, note_id)
    for ordinal, card in enumerate(ids):
        yield card, num, deck, position * _PLACE + min(ordinal, _PLACE - 1), int(len(ids) > 1), note.added


def _settle_claim(db: sqlite3.Connection, claim: str) -> None:
    """Of several notes with one id the one whose text the log knows keeps it; the others are new ones.

    They go by the id of their question; a note of whose question there is another already is not studied.
    """
    row = db.execute("SELECT hash FROM known WHERE id = ?", (claim,)).fetchone()
    logged = (row[0] or "") if row else ""
    notes = db.execute(
        "SELECT n.num, n.hash, n.derived FROM notes n JOIN decks d ON d.num = n.deck WHERE n.claim = ?"
        " ORDER BY d.rank, n.position",
        (claim,),
    ).fetchall()
    if not notes:
        return
    keeper = max(notes, key=lambda note: _likeness(note[1], logged))  # the first of equals
    for num, _, derived in notes:
        if num == keeper[0]:
            continue
        taken = db.execute("SELECT 1 FROM notes WHERE id = ? AND num != ?", (derived, num)).fetchone()
        db.execute("UPDATE notes SET id = ? WHERE num = ?", (None if taken else derived, num))


def _likeness(hash_: str, logged: str) -> int:
    parts = [(hash_[n : n + 10], logged[n : n + 10]) for n in (0, 10, 20, 30)]
    return sum(weight * (ours == theirs) for weight, (ours, theirs) in zip((8, 4, 2, 1), parts, strict=True))
