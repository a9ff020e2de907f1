"""Reviews just written, put into the index without reading the log again."""

import zlib
from collections.abc import Sequence
from typing import NamedTuple

from quizapp.index.history import INSERT
from quizapp.index.standing import COLUMNS, Standing, to_row
from quizapp.index.store import Index
from quizapp.journal.entry import Entry
from quizapp.journal.log import LogFile
from quizapp.memory.schedulers import Schedulers
from quizapp.memory.state import Memory, State

_MEMORY = COLUMNS[: COLUMNS.index("suspended")]
_ANSWERED = (
    f"UPDATE cards SET {', '.join(f'{name} = ?' for name in _MEMORY)},"  # noqa: S608  constant names
    " first_day = coalesce(?, first_day), review_day = coalesce(?, review_day) WHERE id = ?"
)
_READ = "REPLACE INTO files VALUES (?1, ?2, ?3, ?2, ?4, ?5, NULL)"
_KNOWN = "INSERT INTO known (id, hash) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET hash = ?2, stale = 0"


class Written(NamedTuple):
    """An answer on disk: its entries (a review, and a `note` line perhaps) and bytes, the file before and after.

    `memory` and `after` are the card's before and after the answer.
    """

    entries: Sequence[Entry]
    data: bytes
    before: LogFile
    file: LogFile
    memory: Memory | None
    after: Memory


def record_reviews(index: Index, schedulers: Schedulers, answers: Sequence[Written]) -> bool:
    """Take in answers that stand one after the other at the end of one file.

    False, and nothing done, if the index has not read the file up to there: then it must synchronise.
    """
    first, last = answers[0], answers[-1]
    with index.transaction() as db:
        seen = db.execute(
            "SELECT consumed, crc, lines FROM files WHERE name = ?", (first.before.name,)
        ).fetchone()
        consumed, crc, lines = seen or (0, 0, 0)  # a file that this answer began
        if consumed != first.before.size:
            return False
        for answer in answers:
            crc = zlib.crc32(answer.data, crc)
            lines += answer.data.count(b"\n")
        entries = [entry for answer in answers for entry in answer.entries]
        db.executemany(INSERT, entries)
        db.executemany(_ANSWERED, [_row(answer, schedulers) for answer in answers])
        db.executemany(
            _KNOWN, [(entry.card, entry.data["hash"]) for entry in entries if entry.kind == "note"]
        )
        db.execute(_READ, (last.file.name, last.file.size, last.file.mtime, crc, lines))
    return True


def _row(answer: Written, schedulers: Schedulers) -> tuple[object, ...]:
    """The values of `_ANSWERED`."""
    at = answer.after.last_review
    standing = Standing(
        answer.after,
        first=at if answer.memory is None else None,
        reviewed=at if answer.memory and answer.memory.state is State.REVIEW else None,
    )
    row = to_row(standing, schedulers.day_starts)
    return (*row[: len(_MEMORY)], *row[-2:], answer.entries[0].card)
