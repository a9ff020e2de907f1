"""Finding and opening the collection a command is about, with progress while much is read."""

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

import click

from quizapp import places
from quizapp.collection import Collection
from quizapp.errors import CollectionError

if TYPE_CHECKING:
    from types import TracebackType

_PATIENCE = 0.5  # seconds before progress is shown


class Where(NamedTuple):
    """What `--collection` said."""

    given: str | None

    def find(self) -> Path | None:
        """The collection's folder, None if there is none."""
        return places.find_collection(self.given, os.environ, Path.cwd())

    def open(self, *, refresh: bool = True) -> Collection:
        """Open the collection; `refresh` as for `Collection.open`. CollectionError says how to make one."""
        path = self.find()
        if path is None:
            raise CollectionError("no collection here; `quizapp init` makes one")
        progress = Progress()
        try:
            return Collection.open(path, progress=progress, refresh=refresh)
        finally:
            progress.clear()


class Progress:
    """One line on a terminal's stderr, for work that takes longer than half a second."""

    def __init__(self, doing: str = "reading") -> None:
        self._doing = doing
        self._begun = time.monotonic()
        self._shown = ""
        self._over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: "TracebackType | None"
    ) -> None:
        self.clear()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show how far the work is."""
        if self._over or not sys.stderr.isatty() or time.monotonic() - self._begun < _PATIENCE:
            return
        text = f"{self._doing} {what}: {100 * done // max(1, total)} %"
        if text != self._shown:
            click.echo(f"\r{text:<40}", err=True, nl=False)
            self._shown = text

    def clear(self) -> None:
        """Take the line away; what is read from now on is little, and the screen is somebody else's."""
        self._over = True
        if self._shown:
            click.echo(f"\r{'':<40}\r", err=True, nl=False)


def named_deck(collection: Collection, deck: str) -> str:
    """The deck that an argument names: its name, or the path of its file as a shell completes it."""
    path = Path(deck)
    if path.suffix in (".yaml", ".yml") and path.absolute().is_relative_to(collection.root.absolute()):
        return path.absolute().relative_to(collection.root.absolute()).as_posix()
    return deck


def is_plain() -> bool:
    """Whether there is no screen to draw on: a pipe, or a terminal that can't. The screen is drawn on stderr."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return not all(stream.isatty() for stream in streams) or os.environ.get("TERM", "dumb") == "dumb"
