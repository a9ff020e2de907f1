"""A package's zip: its entries, unpacked within limits, whatever they say about themselves.

No entry's name is ever a path: entries are asked for by names that Anki gives them, and go where the caller says.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import IO

from quizapp.formats.rows import FormatError

_MOST_ENTRIES = 250_000  # twice the media of the largest collections known
_DIRECTORY = 32_000_000  # bytes: what the names of so many take
_FREE = 64_000_000  # bytes that anything may unpack to
_RATIO = 100  # what is larger may unpack to so many times its size; databases get to 30, media to 10
_PIECE = 1 << 18
_WINDOW = 1 << 27  # zstd's own largest; Anki's needs 8 MB
_ENCRYPTED = 1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # zipfile unpacks the others without a limit
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    ArithmeticError,
)


class Archive:
    """An open zip. Everything raises FormatError when it can't be read."""

    __slots__ = ("_entries", "_zip", "size")

    def __init__(self, file: zipfile.ZipFile, size: int) -> None:
        self._zip = file
        self._entries = _entries(file)
        self.size = size

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def content(self, name: str, limit: int, *, zstd: bool = False) -> bytes:
        """All of an entry, `limit` bytes at most."""
        return b"".join(self.pieces(name, limit, zstd=zstd))

    def pieces(self, name: str, limit: int, *, zstd: bool = False) -> Iterator[bytes]:
        """An entry piece by piece; `zstd` if it is packed once more with that."""
        entry = self._entries.get(name)
        if entry is None:
            raise FormatError(f'it has no entry "{name}"')
        if entry.flag_bits & _ENCRYPTED:
            raise FormatError(f'its entry "{name}" is encrypted')
        if entry.compress_type not in _METHODS:
            raise FormatError(f'its entry "{name}" is packed in a way that Anki doesn\'t use')
        allowed = min(limit, max(_FREE, _RATIO * min(entry.compress_size, self.size)))
        too_much = FormatError(
            f'its entry "{name}" unpacks to more than {allowed // 1_000_000} MB; no such package is read'
        )
        if not zstd and entry.file_size > allowed:
            raise too_much
        given = 0
        for piece in self._unpacked(entry, zstd=zstd):
            given += len(piece)
            if given > allowed:
                raise too_much
            yield piece

    def _unpacked(self, entry: zipfile.ZipInfo, *, zstd: bool) -> Iterator[bytes]:
        with _told(f'its entry "{entry.filename}" is broken'), self._zip.open(entry) as packed:
            if zstd:
                yield from _zstd(packed, entry.filename)
            else:
                while piece := packed.read(_PIECE):
                    yield piece


def _zstd(packed: IO[bytes], name: str) -> Iterator[bytes]:
    import zstandard  # noqa: PLC0415 (only the latest packages need it)

    unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    try:
        with unpacker.stream_reader(packed, read_across_frames=True, closefd=False) as reader:
            while piece := reader.read(_PIECE):
                yield piece
    except zstandard.ZstdError as error:
        raise FormatError(
            f'its entry "{name}" is broken: it is not packed with zstd as it should be'
        ) from error


@contextmanager
def archive(path: Path) -> Iterator[Archive]:
    """Open a package's zip."""
    with ExitStack() as stack:
        try:
            status = path.stat()
            if not S_ISREG(status.st_mode):
                raise FormatError("it is a folder" if S_ISDIR(status.st_mode) else "it is no file")
            file = stack.enter_context(_Measured(path.open("rb", buffering=0)))
        except OSError as error:
            raise FormatError(f"it can't be read: {error.strerror or error}") from error
        with _told("it is no package of Anki's: no zip, or one that is cut off"):
            opened = stack.enter_context(zipfile.ZipFile(file))
        yield Archive(opened, status.st_size)


class _Measured(io.BufferedReader):
    """A file of which no large piece is read: zipfile reads all of a zip's directory at once."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _DIRECTORY:
            raise FormatError("it has too many entries")
        return super().read(size)


def _entries(file: zipfile.ZipFile) -> Mapping[str, zipfile.ZipInfo]:
    infos = file.infolist()
    if len(infos) > _MOST_ENTRIES:
        raise FormatError(f"it has {len(infos)} entries; {_MOST_ENTRIES} are read at most")
    entries = {info.filename: info for info in infos}
    if len(entries) < len(infos):
        raise FormatError("it has two entries of one name")
    return entries


@contextmanager
def _told(sentence: str) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise FormatError(sentence) from error
