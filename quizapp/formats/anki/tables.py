"""The tables of a package's database, read as if whoever made it meant harm.

Only named columns of plain tables are selected, from a file that is opened for reading alone. SQLite is told to run
nothing that the file's schema says: no view, trigger, virtual table, function or generated column. How long reading
may take, and how much it may give, goes by the file's size.
"""

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from quizapp.formats.rows import FormatError

_MAGIC = b"SQLite format 3\0"
_HEADER = 100  # bytes
_LONGEST = 100_000_000  # bytes of one value; notes with images inside have 10 MB
_SCHEMA = 100_000  # bytes of one statement of the schema; Anki's longest has 600
_STEPS = 100_000  # of SQLite's machine, between two looks at how many there were
_FREE_STEPS = 500_000
_STEPS_PER_BYTE = 1  # twice what the smallest rows need: those of the log take 12 for 27 bytes
_BYTES_PER_BYTE = 2  # what was UTF-16 comes as UTF-8; each row of a broken file may lead to the same pages
_NUMBER = {int}
_SET_UP = (
    "trusted_schema = off",
    "query_only = on",
    "cell_size_check = on",
    "mmap_size = 0",
    "temp_store = memory",
)


class Tables:
    """An open database. What goes wrong in it is a FormatError that says what SQLite found."""

    __slots__ = ("_connection", "_left", "_plain", "_steps")

    def __init__(self, connection: sqlite3.Connection, size: int) -> None:
        self._connection = connection
        self._left = size * _BYTES_PER_BYTE
        self._steps = (_FREE_STEPS + size * _STEPS_PER_BYTE) // _STEPS
        _guard(connection, self._step)
        schema = connection.execute("SELECT type, name, rootpage, sql FROM sqlite_master").fetchall()
        self._plain = {
            name
            for kind, name, root, sql in schema
            if kind == b"table" and root and isinstance(sql, bytes) and sql.startswith(b"CREATE TABLE ")
        }

    def rows(self, table: str, columns: str, most: int) -> Iterator[tuple[Any, ...]]:
        """The columns of all rows of a table, which are `most` at most; texts are bytes."""
        if table.encode() not in self._plain:
            raise FormatError(f"its database has no table {table}")
        with _told(table):
            hidden = self._connection.execute(f"PRAGMA table_xinfo({table})").fetchall()
            if any(column[6] for column in hidden):
                raise FormatError(f"its table {table} computes what it should hold")
            rows = self._connection.execute(f"SELECT {columns} FROM {table}")  # noqa: S608 (only our own words)
            for row in islice(rows, most):
                if not _NUMBER.issuperset(map(type, row)):
                    self._left -= sum(len(value) for value in row if isinstance(value, bytes))
                    if self._left < 0:
                        raise FormatError(f"its table {table} holds more than a database of its size can")
                yield row
            if rows.fetchone() is not None:
                raise FormatError(f"its table {table} has more than {most} rows; no such package is read")

    def _step(self) -> int:
        self._steps -= 1
        return self._steps < 0


@contextmanager
def tables(path: Path) -> Iterator[Tables]:
    """Open a database that nobody else has open."""
    size = _checked(path)
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None
    )
    with closing(connection):
        with _told("its schema"):
            opened = Tables(connection, size)
        yield opened


def _checked(path: Path) -> int:
    """The size of a file that begins as a database does, and is as long as it says."""
    size = path.stat().st_size
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if not header.startswith(_MAGIC) or len(header) < _HEADER:
        raise FormatError("its collection is no database")
    (page,) = struct.unpack(">H", header[16:18])
    changed, pages, valid = (struct.unpack(">I", header[at : at + 4])[0] for at in (24, 28, 92))
    if changed == valid and pages * (page if page > 1 else 65536) > size:
        raise FormatError("its database is cut off")
    return size


def _guard(connection: sqlite3.Connection, step: Any) -> None:
    for limit, value in (
        (sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST),
        (sqlite3.SQLITE_LIMIT_SQL_LENGTH, _SCHEMA),
        (sqlite3.SQLITE_LIMIT_COLUMN, 100),
        (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 20),
        (sqlite3.SQLITE_LIMIT_VDBE_OP, 10_000),
        (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    ):
        connection.setlimit(limit, value)
    connection.text_factory = bytes
    connection.create_collation("unicase", _compared)
    connection.set_progress_handler(step, _STEPS)
    for pragma in _SET_UP:
        connection.execute(f"PRAGMA {pragma}")
    connection.set_authorizer(_allowed)


def _compared(one: str, other: str) -> int:
    """Anki's order of names: without regard to case."""
    folded, against = one.casefold(), other.casefold()
    return (folded > against) - (folded < against)


def _allowed(action: int, what: str | None, _column: str | None, _base: str | None, by: str | None) -> int:
    """Reading columns, unless a view or trigger (`by`) does; and asking for a table's columns."""
    is_reading = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ) and by is None
    is_asking = action == sqlite3.SQLITE_PRAGMA and what == "table_xinfo"
    return sqlite3.SQLITE_OK if is_reading or is_asking else sqlite3.SQLITE_DENY


@contextmanager
def _told(where: str) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, UnicodeError, OverflowError) as error:
        found = "".join(letter if letter.isprintable() else "?" for letter in str(error))[:200]
        if found == "interrupted":
            found = "reading it takes longer than its size explains"
        raise FormatError(f"its database is broken ({where}: {found})") from error
