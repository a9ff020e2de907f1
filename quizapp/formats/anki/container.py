"""An Anki package, .apkg or .colpkg, of any of the three formats: what it holds, or one sentence about why not.

The latest format packs its collection with zstd and adds an older one with a single note that asks for a newer Anki;
the formats before hold a plain collection. The newest one in the package counts.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from quizapp.formats.anki.archive import Archive, archive
from quizapp.formats.anki.contents import Contents
from quizapp.formats.anki.database import read_database
from quizapp.formats.anki.media_map import media
from quizapp.formats.anki.wire import Message
from quizapp.formats.rows import FormatError

_PACKED = "collection.anki21b"
_COLLECTIONS = (_PACKED, "collection.anki21", "collection.anki2")  # the newest first
_LARGEST = 1_000_000_000  # bytes of a database: three times what AnkiWeb takes
_META = 1_000_000
_LATEST = 3  # the version of packages with a packed collection
_ENDINGS = (".colpkg", ".apkg")  # which the note that asks for a newer Anki names in every language


@contextmanager
def opened(path: Path) -> Iterator[Contents]:
    """What a package holds; its media can be read as long as it is open. FormatError if it can't be used."""
    with ExitStack() as stack:
        try:
            zipped = stack.enter_context(archive(path))
            contents = replace(_contents(zipped), media=media(zipped))
        except FormatError as error:
            raise FormatError(f"{path}: {error}") from error
        yield contents


def _contents(zipped: Archive) -> Contents:
    version = _version(zipped)
    name = next((name for name in _COLLECTIONS if name in zipped), None)
    if name is None:
        raise FormatError("it is no package of Anki's: it has no collection")
    asks_for_newer = FormatError(
        "it holds but a note that asks for a newer Anki; export it from Anki once more"
    )
    if version == _LATEST and name != _PACKED:
        raise asks_for_newer
    with TemporaryDirectory(prefix="quizapp-") as folder:
        database = Path(folder) / "collection"
        try:
            with database.open("wb") as file:
                for piece in zipped.pieces(name, _LARGEST, zstd=name == _PACKED):
                    file.write(piece)
            contents = read_database(database)
        except OSError as error:
            raise FormatError(f"its collection can't be unpacked: {error.strerror or error}") from error
    if name == _COLLECTIONS[-1] and _is_dummy(contents):
        raise asks_for_newer
    return contents


def _version(zipped: Archive) -> int:
    """What the package says about its format; 0 if it doesn't."""
    if "meta" not in zipped:
        return 0
    version = Message(zipped.content("meta", _META), {1: int}, "what it says of its format").number(1)
    if version > _LATEST:
        raise FormatError(f"it was made by a newer Anki than is known here (format {version})")
    return version


def _is_dummy(contents: Contents) -> bool:
    if len(contents.notes) != 1:
        return False
    said = "".join(contents.notes[0].fields)
    return all(ending in said for ending in _ENDINGS)
