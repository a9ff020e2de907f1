"""Decks' files written: under a lock, whole or not at all, and only onto what was read; several together or none.

What another program writes meanwhile is read again and kept.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from quizapp import atomic
from quizapp.decks import schema
from quizapp.decks.proof import CannotSpliceError
from quizapp.decks.schema_file import ensure_schema
from quizapp.errors import EditError

Change = Callable[[bytes], bytes]  # what a file holds into what it shall hold

_TRIES = 20  # times that a file is read again because another program wrote it


class Written(NamedTuple):
    """What one file held before and after an edit; None for a file that wasn't there."""

    file: str
    before: bytes | None
    after: bytes


class DeckFiles:
    """The files of one collection. What can't be done is an EditError."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def shown(self, file: str) -> str:
        """A file as a learner reads its name."""
        return f"{self.root.name}/{file}"

    def made(self, file: str, change: Change, beginning: bytes | None = None) -> Written:
        """What a file would hold; nothing is written. `beginning` is for a file that isn't there."""
        path = self.root / file
        with self._in_words(file):
            before = path.read_bytes() if path.exists() or beginning is None else None
            return Written(file, before, change(beginning or b"" if before is None else before))

    def write(
        self, file: str, change: Change, beginning: bytes | None = None, made: Written | None = None
    ) -> Written:
        """Write a file anew, as it was `made` if that still holds; the change is made again if somebody was faster."""
        path = self.root / file
        with self._in_words(file), atomic.locked(self.root):
            for _ in range(_TRIES):
                atomic.sweep(path)
                written = made or self.made(file, change, beginning)
                if written.before == written.after or self._put(path, written.before, written.after):
                    return written
                made = None
        raise EditError(f"{self.shown(file)} keeps changing; try again in a moment")

    def write_all(self, changes: Mapping[str, Change]) -> list[Written]:
        """Write several files, one after the other; none is changed if one of them can't be."""
        made = [self.made(file, change) for file, change in changes.items()]
        done: list[Written] = []
        try:
            done.extend(self.write(one.file, changes[one.file], made=one) for one in made)
        except EditError:
            self.put_back(done)
            raise
        return done

    def put_back(self, files: Sequence[Written]) -> None:
        """Give files that were just written what they held before; what has changed since stays."""
        with suppress(OSError), atomic.locked(self.root):
            for written in reversed(files):
                with suppress(OSError):
                    self._put_one_back(written)

    def take_back(self, files: Sequence[Written]) -> None:
        """Put files back as they were. EditError if one of them has changed since; then none is."""
        with self._in_words(files[-1].file), atomic.locked(self.root):
            self.demand_untouched(files)
            for written in reversed(files):
                if not self._put_one_back(written):
                    raise EditError(f"{self.shown(written.file)} has changed since; it was left alone")

    def demand_untouched(self, files: Sequence[Written]) -> None:
        """EditError if one of the files isn't as it was written."""
        for written in files:
            with self._in_words(written.file):
                path = self.root / written.file
                if not path.is_file() or path.read_bytes() != written.after:
                    raise EditError(f"{self.shown(written.file)} has changed since; nothing was taken back")

    def _put_one_back(self, written: Written) -> bool:
        path = self.root / written.file
        if written.before == written.after:
            return True
        if written.before is not None:
            return atomic.replace(path, written.after, written.before)
        if path.read_bytes() != written.after:
            return False
        path.unlink()
        with suppress(OSError):  # the folders that were made for it, as far as nothing else is in them
            for folder in path.relative_to(self.root).parents[:-1]:
                (self.root / folder).rmdir()
        return True

    def _put(self, path: Path, before: bytes | None, after: bytes) -> bool:
        if before is not None:
            return atomic.replace(path, before, after)
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.sweep(self.root / schema.FILE)
        ensure_schema(self.root)
        return atomic.create(path, after)

    @contextmanager
    def _in_words(self, file: str) -> Iterator[None]:
        """What goes wrong, said to the learner."""
        try:
            yield
        except CannotSpliceError as error:
            raise EditError(f"{self.shown(file)}: {error}") from error
        except OSError as error:
            raise EditError(f"{self.shown(file)} can't be written: {error.strerror or error}") from error
