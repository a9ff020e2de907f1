"""A review just written, put into the index without reading the log again."""

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
    " first_day = coalesce(?, first_day), review_day = coalesce(?, review_day) WHERE num = ?"
)


class Written(NamedTuple):
    """What was appended to a history file: its entries and bytes, and the file before and after."""

    entries: Sequence[Entry]
    data: bytes
    before: LogFile
    after: LogFile


def record_review(
    index: Index, schedulers: Schedulers, written: Written, num: int, before: Memory | None, after: Memory
) -> bool:
    """Take in a review of the card `num`, and the `note` line that may follow it.

    False, and nothing done, if the index has not read the file up to there: then it must synchronise.
    """
    day_starts = schedulers.day_starts
    at = after.last_review
    standing = Standing(
        after,
        first=at if before is None else None,
        reviewed=at if before and before.state is State.REVIEW else None,
    )
    row = to_row(standing, day_starts)
    with index.transaction() as db:
        seen = db.execute("SELECT consumed, crc, lines FROM files WHERE name = ?", (written.before.name,)).fetchone()
        if seen is None or seen[0] != written.before.size:
            return False
        db.executemany(INSERT, written.entries)
        db.execute(_ANSWERED, (*row[: len(_MEMORY)], *row[-2:], num))
        db.execute(
            "UPDATE files SET size = ?1, mtime = ?2, consumed = ?1, crc = ?3, lines = ?4, torn = NULL WHERE name = ?5",
            (
                written.after.size,
                written.after.mtime,
                zlib.crc32(written.data, seen[1]),
                seen[2] + written.data.count(b"\n"),
                written.after.name,
            ),
        )
        for entry in written.entries[1:]:
            db.execute(
                "INSERT INTO known (id, hash) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET hash = ?2, stale = 0",
                (entry.card, entry.data["hash"]),
            )
    return True
