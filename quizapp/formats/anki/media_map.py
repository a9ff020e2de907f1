"""The media of a package: which names notes use for them, and what reads them.

The map is JSON in older packages, a message packed with zstd in the latest; a file's entry in the zip is called by
its number in the map. Names are what notes say, never paths: one that isn't a plain file name is made one, as Anki
would.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple
from unicodedata import normalize

from quizapp.formats.anki.archive import Archive
from quizapp.formats.anki.values import members, text
from quizapp.formats.anki.wire import Message, fields
from quizapp.formats.rows import FormatError

_MAP = "media"
_NAMES = "the names of its media"
_ZSTD = b"\x28\xb5\x2f\xfd"
_LARGEST_MAP = 16_000_000  # bytes: 250,000 names
_LARGEST_FILE = 200_000_000  # twice what AnkiWeb takes
_MOST_FILES = 250_000
_DIGITS = 10
_SPARE = 100_000_000  # bytes that all files together may unpack to
_RATIO = (
    20  # a larger package's files may unpack to so many times its size: what is in them is packed already
)
_ENTRIES = 1
_FORBIDDEN = re.compile(r'[\[\]<>:"?*^|\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)", re.IGNORECASE)
_LONGEST = 120  # bytes of a name, as in Anki


class _File(NamedTuple):
    """A file of the package: `entry` in the zip; its size and sha1 where the map says them."""

    entry: str
    name: str
    size: int = 0
    sha1: bytes = b""


class _Media:
    """Reads files, and keeps count of what they unpacked to: many entries of a zip may be the same bytes."""

    __slots__ = ("_archive", "_given", "_total", "_zstd")

    def __init__(self, archive: Archive, *, zstd: bool) -> None:
        self._archive = archive
        self._zstd = zstd
        self._given: set[str] = set()
        self._total = 0

    def read(self, file: _File) -> bytes:
        """A file's content."""
        if file.entry not in self._archive:
            raise FormatError(f'its file "{file.name}" is missing')
        content = self._archive.content(file.entry, _LARGEST_FILE, zstd=self._zstd)
        if (file.size and len(content) != file.size) or (file.sha1 and _sha1(content) != file.sha1):
            raise FormatError(f'its file "{file.name}" is not what it should be')
        if file.entry not in self._given:
            self._given.add(file.entry)
            self._total += len(content)
        if self._total > max(_SPARE, _RATIO * self._archive.size):
            raise FormatError("its media unpack to far more than it holds")
        return content


def media(archive: Archive) -> dict[str, Callable[[], bytes]]:
    """What reads each file, by the name that notes use."""
    if _MAP not in archive:
        return {}  # old AnkiDroids wrote none
    written = archive.content(_MAP, _LARGEST_MAP)
    is_latest = written.startswith(_ZSTD)
    if is_latest:
        files = list(_latest(archive.content(_MAP, _LARGEST_MAP, zstd=True)))
    else:
        files = list(_legacy(written))
    reader = _Media(archive, zstd=is_latest)
    found: dict[str, Callable[[], bytes]] = {}
    for file in sorted(files, key=lambda file: plain_name(file.name) != file.name):
        if name := plain_name(file.name):
            found.setdefault(name, partial(reader.read, file._replace(name=name)))
    return found


def _legacy(written: bytes) -> Iterator[_File]:
    names: Mapping[str, object] = members(written, _NAMES) if written.strip() else {}
    for entry, name in names.items():
        if entry.isascii() and entry.isdigit() and len(entry) < _DIGITS:
            yield _File(entry, text(name))


def _latest(written: bytes) -> Iterator[_File]:
    count = 0
    for number, content in fields(written, _NAMES):
        if number != _ENTRIES or not isinstance(content, bytes):
            continue
        if count >= _MOST_FILES:
            raise FormatError(f"it has more than {_MOST_FILES} media files")
        entry = Message(content, {1: bytes, 2: int, 3: bytes}, _NAMES)
        yield _File(str(count), entry.text(1), entry.number(2), entry.content(3))
        count += 1


def plain_name(name: str) -> str:
    """A name without folders and without what no file's name may hold; "" if nothing is left."""
    last = re.split(r"[/\\]", text(name))[-1]
    plain = _FORBIDDEN.sub("", normalize("NFC", last)).replace("\xa0", " ").strip(" ")
    if not plain.strip("."):
        return ""
    plain = _DEVICE.sub(r"\1_\2", plain, count=1) if _DEVICE.match(plain) else plain
    if len(plain.encode()) <= _LONGEST:
        return plain
    stem, dot, ending = plain.rpartition(".")
    ending = f".{ending}" if dot and len(ending.encode()) <= 10 else ""
    stem = plain.removesuffix(ending)
    return stem.encode()[: _LONGEST - len(ending.encode())].decode("utf-8", "ignore") + ending


def _sha1(content: bytes) -> bytes:
    return hashlib.sha1(content, usedforsecurity=False).digest()
