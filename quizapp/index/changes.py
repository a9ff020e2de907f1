"""What changed on disk since the index last looked. This much every command asks, so it must be quick."""

import os
import sqlite3
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from quizapp.decks.files import deck_files
from quizapp.errors import CollectionError
from quizapp.journal.log import LogFile, crc_of, log_files, parts_lines
from quizapp.memory.schedulers import Schedulers
from quizapp.problem import Problem
from quizapp.settings import NAME, file_state

FUTURE = timedelta(days=1)  # events further ahead of the clock are set aside
_RACY = 2_000_000_000  # ns: a file changed this shortly before it was read may change again unseen


class Sources(NamedTuple):
    """Where an index comes from. `clock` gives the file system's time in ns."""

    root: Path
    history: Path
    schedulers: Schedulers
    clock: Callable[[], int]


class DeckChange(NamedTuple):
    """A deck file to be read, or to be forgotten (`content` is None)."""

    name: str
    file: str
    size: int
    mtime: int
    content: bytes | None
    digest: str


class Touched(NamedTuple):
    """A deck file with another time but the same content."""

    size: int
    mtime: int
    file: str


class Changes(NamedTuple):
    """All that is new. `anew`: a history file was changed, shortened or removed, so all are read again.

    `beyond`: events are set aside that now count, or the reverse.
    """

    decks: Sequence[DeckChange]
    touched: Sequence[Touched]
    files: Sequence[LogFile]
    anew: bool
    beyond: bool
    problems: Sequence[Problem]

    @property
    def any(self) -> bool:
        """Whether there is anything to take in."""
        return bool(self.touched or self.matter)

    @property
    def matter(self) -> bool:
        """Whether it is more than another time of a file whose content stayed."""
        return bool(self.decks or self.files or self.anew or self.beyond)


class Glance(NamedTuple):
    """The disk at one moment: size and time of every deck file and of the settings, and the history's files."""

    decks: dict[str, tuple[int, int]]
    settings: tuple[int, int] | None
    log: dict[str, LogFile]


def glance(root: Path, history: Path) -> Glance:
    """Look at the disk without the index; what can't be reached is left to a closer look."""
    files, _ = deck_files(root)
    above = len(os.path.join(root, ""))  # noqa: PTH118  as below
    decks = {file.where[above:]: (file.stat.st_size, file.stat.st_mtime_ns) for file in files}
    try:
        log = log_files(history)
    except CollectionError:
        log = []
    return Glance(decks, file_state(root / NAME), {file.name: file for file in log})


def known_decks(db: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """Size and time of every deck file, as the index has them."""
    return {file: (size, mtime) for file, size, mtime in db.execute("SELECT file, size, mtime FROM decks")}


def look(db: sqlite3.Connection, sources: Sources, horizon: int, *, decks: bool = True) -> Changes:
    """Compare the disk with the index; without `decks`, the history alone."""
    files, anew = _history(db, sources.history)
    newest, held = bounds(db)
    beyond = newest > horizon or held <= horizon
    if not decks:
        return Changes((), (), files, anew, beyond, ())
    changes, touched, problems = _decks(db, sources.root)
    return Changes(changes, touched, files, anew, beyond, problems)


def _decks(db: sqlite3.Connection, root: Path) -> tuple[list[DeckChange], list[Touched], list[Problem]]:
    known = {row[0]: row[1:] for row in db.execute("SELECT file, size, mtime, read_at, digest FROM decks")}
    files, problems = deck_files(root)
    changes, touched = [], []
    above = len(os.path.join(root, ""))  # noqa: PTH118  microseconds count here
    for name, where, stat in files:
        file = where[above:]
        size, mtime, read_at, digest = known.pop(file, (-1, -1, 0, ""))
        if (stat.st_size, stat.st_mtime_ns) == (size, mtime) and mtime < read_at - _RACY:
            continue
        try:
            content = Path(where).read_bytes()
        except OSError as error:
            problems.append(Problem(file, 1, 1, "unreadable", f"this deck can't be read: {error.strerror}"))
            continue
        new = _digest(content)
        if new == digest:
            touched.append(Touched(stat.st_size, stat.st_mtime_ns, file))
        else:
            changes.append(DeckChange(name, file, stat.st_size, stat.st_mtime_ns, content, new))
    hidden = tuple(problem.file for problem in problems if problem.code == "unreadable")
    changes += [DeckChange("", file, 0, 0, None, "") for file in known if not _is_within(file, hidden)]
    return changes, touched, problems


def _is_within(file: str, hidden: tuple[str, ...]) -> bool:
    """Whether a file may still be there, where nobody can look."""
    return any(place in (".", file) or file.startswith(f"{place}/") for place in hidden)


def _digest(content: bytes) -> str:
    from hashlib import blake2b  # noqa: PLC0415  7 ms, only when a deck changed

    return blake2b(content, digest_size=16).hexdigest()


def _history(db: sqlite3.Connection, history: Path) -> tuple[list[LogFile], bool]:
    """The files with something new, and whether all must be read anew."""
    seen = {row[0]: row[1:] for row in db.execute("SELECT name, size, mtime, consumed, crc FROM files")}
    files = log_files(history)
    if not seen.keys() <= {file.name for file in files}:
        return files, True
    grown = []
    for file in files:
        if file.name not in seen:
            grown.append(file)
            continue
        size, mtime, consumed, crc = seen[file.name]
        if (file.size, file.mtime) != (size, mtime):
            path = history / file.name
            if file.size < consumed or crc_of(path, consumed) != crc or not parts_lines(path, consumed):
                return files, True
            grown.append(file)
    return grown, False


def bounds(db: sqlite3.Connection) -> tuple[int, int]:
    """The newest instant that counts, and the oldest that is set aside."""
    newest = db.execute("SELECT instant FROM events WHERE out != 2 ORDER BY instant DESC LIMIT 1").fetchone()
    held = db.execute("SELECT min(instant) FROM events WHERE out = 2").fetchone()
    return (newest[0] if newest else 0), (held[0] if held[0] is not None else 1 << 62)
