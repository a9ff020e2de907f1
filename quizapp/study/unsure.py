"""Histories of notes that are gone, and what these may have become: for the learner to settle."""

import json
from dataclasses import dataclass
from datetime import datetime

from quizapp.decks.note import Kind
from quizapp.index.deck_rows import decode
from quizapp.index.history import entries_of
from quizapp.index.store import Index

_WAITING = "FROM matches WHERE certain = 0 AND new != '[]'"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A note of a deck that has no history, by its id; texts as they are written."""

    id: str
    deck: str
    kind: Kind
    question: str
    answer: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Unsure:
    """A note that is in no deck any more, though it has a history.

    Its texts are the last that the log has: "" for a note that had an id of its own, since then it has none.
    """

    id: str
    question: str
    answer: str
    reviews: int
    last_review: datetime | None
    candidates: tuple[Candidate, ...]


def count(index: Index) -> int:
    """How many histories may belong to another note."""
    row = index.one(f"SELECT count(*) {_WAITING}")
    return int(row[0]) if row else 0


def unsure(index: Index) -> list[Unsure]:
    """Each of them, with its candidates, the likeliest first."""
    rows = index.db.execute(f"SELECT old, new {_WAITING} ORDER BY old").fetchall()
    found = [_unsure(index, old, json.loads(new)) for old, new in rows]
    return [case for case in found if case.candidates]


def _unsure(index: Index, old: str, new: list[str]) -> Unsure:
    entries = [entry for part in index.remembered_parts(old) for entry in entries_of(index.db, part)]
    reviews = [entry for entry in entries if entry.rating]
    texts = [entry.data for entry in entries_of(index.db, old) if entry.kind == "note"]
    last = texts[-1] if texts else {}
    return Unsure(
        id=old,
        question=str(last.get("q", "")),
        answer=str(last.get("a", "")),
        reviews=len(reviews),
        last_review=max(reviews, key=lambda entry: entry.instant).time if reviews else None,
        candidates=tuple(found for note in new if (found := _candidate(index, note))),
    )


def _candidate(index: Index, note_id: str) -> Candidate | None:
    row = index.one(
        "SELECT n.body, n.line, n.col, d.name, d.file FROM notes n JOIN decks d ON d.num = n.deck WHERE n.id = ?",
        note_id,
    )
    if row is None:
        return None
    body, line, column, deck, file = row
    note = decode(body, line, column)
    return Candidate(note_id, deck, note.kind, note.question, "\n".join(note.answer), file, line)
