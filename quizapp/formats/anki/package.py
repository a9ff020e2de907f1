"""A package for Anki, written with genanki: its note types, decks and tables are genanki's, the rows are ours.

Genanki gives all notes one time, no schedule, no order and no compression; rows by the thousand are faster, too.
The same notes give the same bytes: nothing in a package comes from the clock.
"""

import errno
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from quizapp.atomic import folder_beside
from quizapp.formats.anki.outgoing import AnkiNote
from quizapp.formats.anki.outgoing_tables import Tables
from quizapp.formats.anki.schedule import Timetable
from quizapp.study.outgoing import OutgoingDeck, Schedule

Progress = Callable[[str, int, int], None]

_DATABASE = "collection.anki2"
_TOGETHER = 1000  # notes written at once
_LEVEL = 5  # of compression; 6 takes a third longer for a fiftieth of the size
_PACKED = frozenset(
    (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".mp3", ".ogg", ".m4a", ".mp4", ".webm")
)
_CHUNK = 1 << 20


class Written(NamedTuple):
    """What is in a package, as Anki counts it; `missing` are files that notes name and that could not be read."""

    notes: int
    cards: int
    media: int
    missing: tuple[str, ...] = ()


def write_package(
    target: Path,
    decks: Sequence[OutgoingDeck],
    notes: Iterable[AnkiNote],
    root: Path,
    schedule: Schedule | None = None,
    *,
    total: int = 0,
    progress: Progress | None = None,
) -> Written:
    """Write a package, whole or not at all. Media are looked for below `root`. Raises OSError.

    `progress` hears of notes, out of `total`, and of the bytes that are packed.
    """
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    timetable = Timetable(schedule, [deck.name for deck in decks]) if schedule else None
    with folder_beside(target) as folder:
        with _failing(target), Tables(folder / _DATABASE, decks, timetable) as tables:
            for batch in _batches(notes):
                tables.add(batch)
                if progress:
                    progress("notes", tables.notes, max(tables.notes, total))
            tables.finish()
        media, missing = _media(tables.media, root)
        packed = folder / "package"
        _pack(packed, folder / _DATABASE, media, progress)
        packed.replace(target)
    return Written(tables.notes, tables.cards, len(media), missing)


@contextmanager
def _failing(target: Path) -> Iterator[None]:
    """What SQLite can't write, because the disk is full, say, is said of the package."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OSError(errno.EIO, str(error), str(target)) from error


def _batches(notes: Iterable[AnkiNote]) -> Iterator[list[AnkiNote]]:
    rest = iter(notes)
    while batch := list(islice(rest, _TOGETHER)):
        yield batch


def _media(named: Mapping[str, str], root: Path) -> tuple[list[tuple[str, Path]], tuple[str, ...]]:
    """The files that can be read, by their names in the package, and those that can't."""
    found, missing = [], []
    for name, file in sorted(named.items()):
        path = root / file
        if _readable(path):
            found.append((name, path))
        else:
            missing.append(file)
    return found, tuple(missing)


def _readable(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        path.open("rb").close()
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return False
    return True


def _pack(target: Path, database: Path, media: Sequence[tuple[str, Path]], progress: Progress | None) -> None:
    with target.open("wb") as file:
        with zipfile.ZipFile(file, "w") as archive:
            _put(archive, _DATABASE, database, progress=progress)
            names = {str(number): name for number, (name, _) in enumerate(media)}
            archive.writestr(_entry("media"), json.dumps(names))
            for number, (name, path) in enumerate(media):
                _put(archive, str(number), path, packed=Path(name).suffix.lower() in _PACKED)
                if progress:
                    progress("media", number + 1, len(media))
        file.flush()
        os.fsync(file.fileno())


def _put(
    archive: zipfile.ZipFile, name: str, path: Path, *, packed: bool = False, progress: Progress | None = None
) -> None:
    """A file into the package, piece by piece."""
    info = _entry(name, packed=packed)
    info.file_size = path.stat().st_size  # by which zipfile sees whether four gigabytes are enough
    with path.open("rb") as source, archive.open(info, "w") as entry:
        if progress is None:
            shutil.copyfileobj(source, entry, _CHUNK)
            return
        while data := source.read(_CHUNK):
            entry.write(data)
            progress("package", source.tell(), info.file_size)


def _entry(name: str, *, packed: bool = False) -> zipfile.ZipInfo:
    """An entry of the package, of no particular time. What is packed already is stored as it is."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    entry._compresslevel = _LEVEL  # type: ignore[attr-defined]  # noqa: SLF001  the only way before Python 3.13
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
