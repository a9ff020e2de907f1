"""Which notes the log knows, which of them are gone, and what they may have become."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quizapp.decks.identity import base
from quizapp.index.history import entries_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable

    from quizapp.decks.recognition import Text

_NOTE_LINES = (
    "SELECT coalesce(owner, card), line FROM events WHERE kind = 'note' AND out = 0 ORDER BY instant, line"
)
_BULK = 2000  # notes; above, one statement for all is faster than one for each
_SILENT = frozenset(["note", "undo", "rename", "forget"])


def learn(db: sqlite3.Connection, cards: Collection[str]) -> None:
    """Keep of these events' notes that they have history, and the last hash of their text."""
    notes = {base(card) for card in cards if card}
    db.executemany("INSERT OR IGNORE INTO known (id) VALUES (?)", [(note,) for note in notes])
    if len(notes) > _BULK:
        rows = [(owner, json.loads(line)["hash"]) for owner, line in db.execute(_NOTE_LINES)]
    else:
        rows = [
            (note, entry.data["hash"])
            for note in notes
            for entry in entries_of(db, note)
            if entry.kind == "note"
        ]
    db.executemany(
        "UPDATE known SET hash = ?2 WHERE id = ?1", [(base(owner), hash_) for owner, hash_ in rows]
    )


def judge(db: sqlite3.Connection, notes: Collection[str]) -> None:
    """Say of these notes whether they are gone from the decks, or their text is another than the log's."""
    sql = (
        "UPDATE known SET orphan = NOT EXISTS (SELECT 1 FROM notes n WHERE n.id = known.id),"
        " stale = EXISTS (SELECT 1 FROM notes n JOIN decks d ON d.num = n.deck"
        "  WHERE n.id = known.id AND n.hash != known.hash"
        "  AND NOT (length(known.hash) = 30 AND substr(n.hash, 1, 30) = known.hash)"  # an older version's line
        "  AND (d.whole OR substr(n.hash, 1, 20) != substr(known.hash, 1, 20)))"  # half a deck may lack tags
    )
    if len(notes) > _BULK:
        db.execute(sql)
    else:
        db.executemany(f"{sql} WHERE id = ?", [(note,) for note in notes])


def match_orphans(db: sqlite3.Connection, *, sure: bool) -> None:
    """Find what the notes that are gone may have become.

    Nothing is gone while a deck can't be read whole, or (not `sure`) can't be reached. A note of which the log has
    nothing but its text, since it went to another program, keeps its name there if that is certain; nobody is asked.
    """
    db.execute("DELETE FROM matches")
    orphans = [note for (note,) in db.execute("SELECT id FROM known WHERE orphan")]
    if not (orphans and sure) or db.execute("SELECT 1 FROM decks WHERE NOT whole").fetchone():
        return
    gone = {note: text for note in orphans if (text := last_text(db, note))}
    sent = [text for note in orphans if note not in gone and (text := _sent(db, note))]
    if not (gone or sent):
        return
    from quizapp.decks.recognition import recognise  # noqa: PLC0415  only for notes that are gone

    unknown = _unknown(db)
    certain, possible = recognise([*gone.values()], unknown)
    taken = {*certain.values(), *(new for candidates in possible.values() for new in candidates)}
    certain |= recognise(sent, [text for text in unknown if text.id not in taken])[0]
    db.executemany("INSERT INTO matches VALUES (?, ?, 1)", certain.items())
    for old in gone.keys() - certain.keys():
        db.execute("INSERT INTO matches VALUES (?, ?, 0)", (old, json.dumps(possible.get(old, ()))))


def last_text(db: sqlite3.Connection, note: str) -> Text | None:
    """The last text the log has of a note, None if the note has no history that counts."""
    return _text(db, note) if _has_history(db, note) else None


def _sent(db: sqlite3.Connection, note: str) -> Text | None:
    """The last text of a note to which nothing happened, and which was not let go since the log has it."""
    entries = entries_of(db, note)
    return _text(db, note) if entries and entries[-1].kind == "note" else None


def _text(db: sqlite3.Connection, note: str) -> Text:
    from quizapp.decks.recognition import Text  # noqa: PLC0415

    lines = [entry.data for entry in entries_of(db, note) if entry.kind == "note"]
    last = lines[-1] if lines else {}
    return Text(note, str(last.get("hash", "")), str(last.get("q", "")), str(last.get("a", "")))


def _has_history(db: sqlite3.Connection, note: str) -> bool:
    """Whether anything that counts happened to a card of the note."""
    return any(is_remembered(db, card) for card in [note, *_parts(db, note)])


def _parts(db: sqlite3.Connection, note: str) -> Iterable[str]:
    """The ids of a note's further cards that have events."""
    rows = db.execute(
        "SELECT DISTINCT card FROM events WHERE owner IS NULL AND card >= ?1 || '.' AND card < ?1 || '/'"
        " UNION SELECT DISTINCT owner FROM events WHERE owner >= ?1 || '.' AND owner < ?1 || '/'",
        (note,),
    )
    return [card for (card,) in rows]


def is_remembered(db: sqlite3.Connection, card: str) -> bool:
    """Whether anything happened to a card that was not forgotten since."""
    remembered = False
    for entry in entries_of(db, card):
        remembered = entry.kind != "forget" and (remembered or entry.kind not in _SILENT)
    return remembered


def _unknown(db: sqlite3.Connection) -> list[Text]:
    """The notes of the decks that have no history, be it that it went with a rename, or with the undo of one."""
    from quizapp.decks.recognition import Text  # noqa: PLC0415

    renamed = (
        "SELECT card FROM events WHERE kind = 'rename' AND out = 0"
        " UNION SELECT json_extract(line, '$.to') FROM events WHERE kind = 'rename' AND out = 1"
    )
    present = db.execute(f"SELECT id FROM known WHERE NOT orphan AND id IN ({renamed})").fetchall()  # noqa: S608  constant
    back = [note for (note,) in present if not _has_history(db, note)]
    rows = db.execute(
        "SELECT id, hash, json_extract(body, '$[2]'), json_extract(body, '$[3]') FROM notes WHERE id IS NOT NULL"
        " AND (id NOT IN (SELECT id FROM known) OR id IN (SELECT value FROM json_each(?)))",
        (json.dumps(back),),
    )
    return [
        Text(note, hash_, question, "\n".join(json.loads(answer))) for note, hash_, question, answer in rows
    ]
