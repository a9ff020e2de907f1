"""A search that need not be waited for: it reads by a connection of its own, and can be stopped."""

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizapp.memory.schedulers import Schedulers
from quizapp.study.find import all_numbers, count, first_numbers, prepare
from quizapp.study.query import Query

if TYPE_CHECKING:
    from array import array


class StoppedError(Exception):
    """Nobody wants to know any more."""


class Search:
    """What a query finds, as numbers of cards in the order of the decks: the first ones, then all.

    Of one thread at a time; only `stop` may be called meanwhile.
    """

    def __init__(self, reader: sqlite3.Connection, schedulers: Schedulers, query: Query) -> None:
        self._db = reader
        self._query = query
        self._stopped = False
        prepare(reader, schedulers)

    def first(self, limit: int) -> list[int]:
        """The first ones, quickly. StoppedError."""
        with self._asked():
            return first_numbers(self._db, self._query, limit)

    def count(self) -> int:
        """How many there are. StoppedError."""
        with self._asked():
            return count(self._db, self._query)

    def all(self) -> "array[int]":
        """All. StoppedError."""
        with self._asked():
            return all_numbers(self._db, self._query)

    @contextlib.contextmanager
    def _asked(self) -> Iterator[None]:
        if self._stopped:
            raise StoppedError
        try:
            yield
        except sqlite3.Error as error:
            if self._stopped:
                raise StoppedError from error
            raise

    def stop(self) -> None:
        """Let whoever runs it stop. From any thread."""
        self._stopped = True
        with contextlib.suppress(sqlite3.Error):  # it is over already
            self._db.interrupt()

    def close(self) -> None:
        """Let go of the index."""
        self._db.close()
