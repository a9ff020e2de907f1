"""A search that need not be waited for: it reads by a connection of its own, and can be stopped."""

import contextlib
import sqlite3
import threading
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
    """What a query finds, as numbers of cards in the order of the decks: the first ones, how many, all.

    One thread at a time may ask; `close` may be called from any, at any time.
    """

    def __init__(self, reader: sqlite3.Connection, schedulers: Schedulers, query: Query) -> None:
        self._db = reader
        self._query = query
        self._asking = threading.Lock()
        self._closed = False
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
        try:
            with self._asking:
                if self._closed:
                    raise StoppedError
                yield
        except sqlite3.Error as error:
            if self._closed:
                raise StoppedError from error
            raise
        finally:
            if self._closed:
                self._db.close()

    def close(self) -> None:
        """Let whoever asks stop, and let go of the index."""
        self._closed = True
        with contextlib.suppress(sqlite3.Error):  # it is closed already
            self._db.interrupt()
        if self._asking.acquire(blocking=False):
            self._db.close()
            self._asking.release()
