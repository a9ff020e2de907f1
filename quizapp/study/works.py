"""What a collection works with under one quizapp.toml: index, schedulers, keeper and queues.

Settings that change while the collection is open mean other works: memory made by two models is never mixed.
"""

from __future__ import annotations

import sqlite3
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from quizapp.errors import CollectionError
from quizapp.index.changes import FUTURE, Sources, look
from quizapp.index.store import Index
from quizapp.journal.instant import instant
from quizapp.memory.schedulers import Schedulers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from quizapp.journal.log import Writer
    from quizapp.problem import Problem
    from quizapp.settings import Settings
    from quizapp.study.desk import Desks
    from quizapp.study.keeper import Keeper

    Progress = Callable[[str, int, int], None]

P = ParamSpec("P")
R = TypeVar("R")


class Asking(Protocol):
    """Whoever asks the index by way of the works."""

    @property
    def _works(self) -> Works: ...


Asker = TypeVar("Asker", bound=Asking)


def mending(ask: Callable[Concatenate[Asker, P], R]) -> Callable[Concatenate[Asker, P], R]:
    """Let what only reads make a damaged index anew, and read again."""

    @wraps(ask)
    def mended(asker: Asker, /, *args: P.args, **more: P.kwargs) -> R:
        try:
            return ask(asker, *args, **more)
        except (sqlite3.DatabaseError, ValueError, LookupError) as error:  # what it holds makes no sense
            asker._works.make_anew(error)  # noqa: SLF001  what makes it an asker
            return ask(asker, *args, **more)

    return mended


class Works:
    """`disk_clock` gives the file system's time in ns; `open_writer` opens this machine's history."""

    def __init__(
        self,
        root: Path,
        history: Path,
        settings: Settings,
        *,
        index: Path | None,
        disk_clock: Callable[[], int],
        open_writer: Callable[[], Writer],
        progress: Progress,
    ) -> None:
        self.settings = settings
        self.schedulers = Schedulers(settings)
        self.sources = Sources(root, history, self.schedulers, disk_clock)
        self.index = Index(index, self.schedulers.key)
        self.reaching: Sequence[Problem] = ()  # files that could not be reached at the last look
        self.open_writer = open_writer
        self._progress = progress
        self._looked_at: datetime | None = None
        self._foreign = self.index.foreign_changes()

    @property
    def settled(self) -> Index:
        """The index, with all answers in it."""
        if "keeper" in self.__dict__:
            self.keeper.settle()
        return self.index

    @cached_property
    def keeper(self) -> Keeper:
        """What writes the log; made when first needed."""
        from quizapp.study.keeper import Keeper  # noqa: PLC0415  not for what only counts

        return Keeper(self.index, self.sources, self.open_writer, self._progress)

    @cached_property
    def desks(self) -> Desks:
        """The queues in use; made when first needed."""
        from quizapp.study.desk import Desks  # noqa: PLC0415  as above

        return Desks(self.index, lambda: self.settled, self.settings, self.schedulers)

    def take_in(self, at: datetime) -> None:
        """Take in what changed on disk."""
        self._looked_at = at
        found = look(self.settled.db, self.sources, instant(at + FUTURE))
        self.reaching = found.problems
        matters = found.matter or self.settled.unsettled()
        if matters or found.any:
            self.keeper.refresh(at, found)
            self.reaching = self.keeper.problems
        if matters or self.others_wrote:
            self.desks.clear()
        self._foreign = self.index.foreign_changes()

    def looked_before(self, at: datetime) -> bool:
        """Whether the index holds what somebody has seen; `at` is when to look if it turns out to be damaged."""
        self._looked_at = at
        try:
            return self.index.one("SELECT 1 FROM decks LIMIT 1") is not None
        except sqlite3.DatabaseError:
            return False

    @property
    def others_wrote(self) -> bool:
        """Whether another process has written to the index since what changed was last taken in."""
        return self.index.foreign_changes() != self._foreign

    def make_anew(self, error: Exception) -> None:
        """Throw the index away: it is damaged, as `error` shows."""
        if isinstance(error, sqlite3.ProgrammingError):
            raise error  # of ours, such as asking a closed index
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise CollectionError(
                "another quizapp is busy with this collection; try again in a minute"
            ) from error
        if self._looked_at is None:
            raise error
        self.index.start_again()
        self.desks.clear()
        self.take_in(self._looked_at)

    def close(self) -> None:
        """Let go of all files."""
        if "keeper" in self.__dict__:
            self.keeper.close()
        self.index.close()
