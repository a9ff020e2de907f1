"""The history folder: reading every machine's files, appending to this machine's own."""

from __future__ import annotations

import fcntl
import os
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from quizapp.errors import CollectionError, HistoryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path
    from typing import BinaryIO

    from quizapp.journal.entry import Entry

_CHUNK = 1 << 20


class LogFile(NamedTuple):
    """A history file as it lies on disk."""

    name: str
    size: int
    mtime: int


class Line(NamedTuple):
    """A line as read: its number from 1, and its text or None if it isn't UTF-8."""

    number: int
    text: str | None


class Chunk(NamedTuple):
    """Some lines, and how far they reach: the offset after them and the CRC of all bytes up to it.

    A chunk that isn't `whole` is the file's last line without its end: half written, torn by a crash, or
    of an editor that leaves the end out.
    """

    lines: list[Line]
    end: int
    crc: int
    whole: bool = True


def log_files(history: Path) -> list[LogFile]:
    """Every `*.jsonl` of the folder, sorted by name; none if there is no folder.

    CollectionError if the folder can't be read: its cards would all look new.
    """
    try:
        with os.scandir(history) as entries:
            named = [e for e in entries if e.name.endswith(".jsonl") and not e.name.startswith(".")]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise CollectionError(f"{history}: the history can't be read: {error.strerror}") from error
    return sorted(file for file in map(_log_file, named) if file)


def _log_file(entry: os.DirEntry[str]) -> LogFile | None:
    """The file of a folder's entry; None if it is none, or is gone by now."""
    try:
        if not entry.is_file():
            return None
        stat = entry.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(entry.path, error) from error
    return LogFile(entry.name, stat.st_size, stat.st_mtime_ns)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """A history file, open for reading. CollectionError names it if it can't be read."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path | str, error: OSError) -> CollectionError:
    return CollectionError(f"{path}: this history file can't be read: {error.strerror}")


def crc_of(path: Path, size: int) -> int:
    """The CRC of the first `size` bytes: whether what was read before still stands there."""
    crc = 0
    with _opened(path) as file:
        while size > 0 and (data := file.read(min(size, _CHUNK))):
            crc = zlib.crc32(data, crc)
            size -= len(data)
    return crc


def parts_lines(path: Path, size: int) -> bool:
    """Whether a line ends after the first `size` bytes: one read without its end may have grown meanwhile."""
    with _opened(path) as file:
        file.seek(max(0, size - 1))
        around = file.read(2)
    return size == 0 or around[:1] == b"\n" or around[1:] in (b"", b"\n")


def read_lines(path: Path, start: int = 0, crc: int = 0, number: int = 0) -> Iterator[Chunk]:
    """Read a file from `start`, where line `number` ended and the CRC was `crc`, a chunk at a time."""
    with _opened(path) as file:
        file.seek(start)
        rest = b""
        while data := file.read(_CHUNK):
            whole, newline, rest = (rest + data).rpartition(b"\n")
            if not newline:
                continue
            whole += newline
            start += len(whole)
            crc = zlib.crc32(whole, crc)
            lines = []
            for raw in whole.split(b"\n")[:-1]:
                number += 1
                lines.append(Line(number, _text(raw)))
            yield Chunk(lines, start, crc)
        if rest:
            yield Chunk(
                [Line(number + 1, _text(rest))], start + len(rest), zlib.crc32(rest, crc), whole=False
            )


def _text(raw: bytes) -> str | None:
    try:
        return raw.rstrip(b"\r").decode()
    except UnicodeDecodeError:
        return None


class Writer:
    """This machine's history, open for appending."""

    def __init__(self, history: Path, machine: str) -> None:
        self._history = history
        self._machine = machine
        self._name = ""
        self._descriptor = -1

    @contextmanager
    def locked(self, at: datetime) -> Iterator[Tail]:
        """Hold the lock on the file for events of `at`'s year; others wait."""
        name = f"{at.year}-{self._machine}.jsonl"
        try:
            self._open(name)
        except OSError as error:
            self.close()
            raise HistoryError(
                f"{self._history / name}: the history can't be written: {error.strerror}"
            ) from error
        try:
            yield Tail(self._descriptor, self._history / name)
        finally:
            if self._descriptor >= 0:
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def _open(self, name: str) -> None:
        """Open and lock the file; again if it was replaced meanwhile (a sync tool renames over it)."""
        path = self._history / name
        while True:
            if name != self._name:
                self.close()
                self._history.mkdir(
                    exist_ok=True
                )  # not its parents: a collection that was moved away must not come back empty
                self._descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
                self._name = name
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
            try:
                if os.path.samestat(os.fstat(self._descriptor), os.stat(path)):  # noqa: PTH116  microseconds count here
                    return
            except FileNotFoundError:
                pass
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor = -1
        self._name = ""


class Tail:
    """The end of a locked history file."""

    def __init__(self, descriptor: int, path: Path) -> None:
        self._descriptor = descriptor
        self.path = path

    def stat(self) -> LogFile:
        """The file as it is now."""
        stat = os.fstat(self._descriptor)
        return LogFile(self.path.name, stat.st_size, stat.st_mtime_ns)

    def append(self, entries: Sequence[Entry]) -> bytes:
        """Write the entries and fsync; give back the bytes written. All or nothing: HistoryError says why."""
        size = os.fstat(self._descriptor).st_size
        data = b"".join(entry.line.encode(errors="surrogatepass") + b"\n" for entry in entries)
        if size and os.pread(self._descriptor, 1, size - 1) != b"\n":
            data = b"\n" + data  # a torn last line: it stays, and ours begins on its own
        try:
            written = os.write(self._descriptor, data)
            os.fsync(self._descriptor)
        except OSError as error:
            os.ftruncate(self._descriptor, size)
            raise HistoryError(f"{self.path}: the review was not saved: {error.strerror}") from error
        if written < len(data):
            os.ftruncate(self._descriptor, size)
            raise HistoryError(f"{self.path}: the review was not saved: no space is left on the disk")
        if size == 0:
            _sync_folder(self.path.parent)
        return data


def _sync_folder(folder: Path) -> None:
    """Make the name of a new file as durable as its content."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # some file systems can't; the file itself is synced
    finally:
        os.close(descriptor)
