"""Writing into the decks the ids that their notes have."""

import sqlite3
from pathlib import Path

from quizapp import atomic


def write_ids(db: sqlite3.Connection, root: Path) -> int:
    """Give every studied note without an `id:` the one it has; how many were written.

    A file that changed since it was read is left for the next time. Raises OSError.
    """
    from quizapp.decks.fixing import with_ids  # noqa: PLC0415  loads PyYAML
    from quizapp.decks.reading import read_deck  # noqa: PLC0415

    written = 0
    missing: dict[str, dict[tuple[int, int], str]] = {}
    rows = db.execute(
        "SELECT d.file, n.line, n.col, n.id FROM notes n JOIN decks d ON d.num = n.deck"
        " WHERE json_extract(n.body, '$[1]') IS NULL AND n.id IS NOT NULL"
    )
    for file, line, column, note in rows:
        missing.setdefault(file, {})[line, column] = note
    for file, ids in missing.items():
        before = (root / file).read_bytes()
        read = read_deck(before, name=file, file=file)
        if {(n.line, n.column): n.derived for n in read.notes if n.declared is None}.items() >= ids.items():
            after = with_ids(before, ids)
            if after != before and atomic.replace(root / file, before, after):
                now = read_deck(after, name=file, file=file).notes
                written += sum(note.declared is not None for note in now) - sum(
                    note.declared is not None for note in read.notes
                )
    return written
