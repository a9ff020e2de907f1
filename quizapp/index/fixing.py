"""Writing into the decks the ids that their notes have."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp import atomic

if TYPE_CHECKING:
    from quizapp.decks.reading import Deck


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
        with atomic.locked(root):
            before = (root / file).read_bytes()
            read = read_deck(before, name=file, file=file)
            here = {(n.line, n.column): n.derived for n in read.notes if n.declared is None}
            after = with_ids(before, ids) if here.items() >= ids.items() else before
            if after != before and atomic.replace(root / file, before, after):
                written += _declared(read_deck(after, name=file, file=file)) - _declared(read)
    return written


def _declared(deck: "Deck") -> int:
    return sum(note.declared is not None for note in deck.notes)
