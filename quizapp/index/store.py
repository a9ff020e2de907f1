"""The index file: opening it, trusting it or not, and what everything else asks of it."""

import contextlib
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quizapp.errors import CollectionError
from quizapp.index.schema import TABLES, VERSION

_CACHE, _LARGE_CACHE = -4000, -16000  # KiB, as SQLite counts: to read, and while much is written
_WAIT = 120_000  # ms: as long as another process may take to rebuild


class Index:
    """An open index. It may be empty; `synchronise` (index/sync.py) fills it.

    `key` names what it was derived from beside the files: the settings that shape memory. An index of
    another version or key, or a damaged file, is thrown away. Without a path it lives in memory.
    """

    def __init__(self, path: Path | None, key: str) -> None:
        self.path = path
        self._key = f"{VERSION}:{sqlite3.sqlite_version_info[0]}:{key}"
        self.db = self._open()

    def _open(self) -> sqlite3.Connection:
        """Open the file, made anew if it is damaged; in memory, without a path, if there can be none."""
        try:
            return self._open_once()
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            self._remove()
        try:
            return self._open_once()
        except sqlite3.OperationalError:  # a folder in its place, or one that can't be written
            self.path = None
            return self._open_once()

    def _open_once(self) -> sqlite3.Connection:
        db = self._connect()
        try:
            self._prepare(db)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            db.close()
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                raise CollectionError(
                    "another quizapp is busy with this collection; try again in a minute"
                ) from error
            raise
        return db

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(
            self.path or ":memory:",
            isolation_level=None,
            timeout=_WAIT / 1000,
            cached_statements=256,
            check_same_thread=False,  # a screen takes changes in in a second thread, and waits for it
        )
        with contextlib.suppress(
            sqlite3.DatabaseError, UnicodeDecodeError
        ):  # a damaged file shows itself in _prepare
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = OFF")  # a cache: what a power cut takes, the log gives back
            db.execute(f"PRAGMA cache_size = {_CACHE}")
        return db

    def reader(self) -> sqlite3.Connection | None:
        """A further connection that only reads, for a thread of its own; None if the index is in memory."""
        if self.path is None:
            return None
        db = sqlite3.connect(self.path, isolation_level=None, timeout=_WAIT / 1000, check_same_thread=False)
        db.execute("PRAGMA query_only = 1")
        return db

    def _prepare(self, db: sqlite3.Connection) -> None:
        if self._matches(db):
            return
        db.execute("BEGIN IMMEDIATE")
        if self._matches(db):  # another process was faster
            db.execute("ROLLBACK")
            return
        tables = db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'texts_%'"
        ).fetchall()
        for (name,) in tables:
            db.execute(f'DROP TABLE "{name}"')
        for statement in TABLES.split(";"):
            db.execute(statement)
        db.execute("INSERT INTO meta VALUES ('key', ?)", (self._key,))
        db.execute("COMMIT")

    def _matches(self, db: sqlite3.Connection) -> bool:
        try:
            row = db.execute("SELECT value FROM meta WHERE key = 'key'").fetchone()
        except sqlite3.OperationalError:
            return False  # no such table
        return row is not None and row[0] == self._key

    def _remove(self) -> None:
        if self.path is None:
            return
        try:
            for suffix in ("", "-wal", "-shm", "-journal"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        except OSError:  # what stands there can't be replaced
            self.path = None

    def is_doubtful(self) -> bool:
        """Whether some text of decks or history could not be read, or is set aside."""
        row = self.one(
            "SELECT EXISTS (SELECT 1 FROM decks WHERE problems != '[]') OR EXISTS (SELECT 1 FROM lines)"
            " OR EXISTS (SELECT 1 FROM files WHERE torn NOT NULL) OR EXISTS (SELECT 1 FROM events WHERE out = 2)"
        )
        return row is not None and bool(row[0])

    def is_free(self) -> bool:
        """Whether nobody is writing to the index."""
        self.db.execute("PRAGMA busy_timeout = 0")
        try:
            self.db.execute("BEGIN IMMEDIATE")
            self.db.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return False
        finally:
            self.db.execute(f"PRAGMA busy_timeout = {_WAIT}")
        return True

    def is_ours(self) -> bool:
        """Whether the index is still the one that was opened; a process with other settings makes its own of it."""
        return self._matches(self.db)

    def start_again(self) -> None:
        """Throw the file away and begin with an empty one: it turned out to be damaged."""
        self.db.close()
        self._remove()
        self.db = self._open()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield self.db
        except BaseException:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    @contextlib.contextmanager
    def much_memory(self) -> Iterator[None]:
        """For writing much; given back afterwards."""
        self.db.execute(f"PRAGMA cache_size = {_LARGE_CACHE}")
        try:
            yield
        finally:
            self.db.execute(f"PRAGMA cache_size = {_CACHE}")

    def clear_events(self) -> None:
        """Forget every event and what came of them, within a transaction: the history is read anew."""
        for table in ("events", "files", "lines", "known", "matches"):
            self.db.execute(f"DELETE FROM {table}")  # noqa: S608  names from the line above
        self.db.execute("UPDATE cards SET fresh = 1")  # folding sets those without events back

    def one(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        """The first row of a query."""
        row: tuple[Any, ...] | None = self.db.execute(sql, values).fetchone()
        return row

    def changes(self) -> tuple[int, int]:
        """Numbers that change when this process, or another one, has written to the index."""
        return self.db.total_changes, self.foreign_changes()

    def foreign_changes(self) -> int:
        """A number that changes when another process has written to the index."""
        number: int = self.db.execute("PRAGMA data_version").fetchone()[0]
        return number

    def consumed(self, file: str) -> int:
        """How many bytes of a history file are in the index."""
        row = self.one("SELECT consumed FROM files WHERE name = ?", file)
        return row[0] if row else 0

    def card_number(self, card: str) -> int:
        """The number of a card in the index, 0 if there is none."""
        row = self.one("SELECT num FROM cards WHERE id = ?", card)
        return row[0] if row else 0

    def card_place(self, card: str) -> tuple[int, int] | None:
        """The numbers of a card and its deck, None if there is no such card."""
        row = self.one("SELECT num, deck FROM cards WHERE id = ?", card)
        return (row[0], row[1]) if row else None

    def exists(self, name: str) -> bool:
        """Whether a deck has a note or a card of this id."""
        note = self.one("SELECT 1 FROM notes WHERE id = ?", name)
        return note is not None or self.card_number(name) > 0

    def remembered_parts(self, name: str) -> list[str]:
        """The cards of a note (or the card) that the history knows by this id."""
        rows = self.db.execute(
            "SELECT DISTINCT coalesce(owner, card) AS part FROM events"
            " WHERE out = 0 AND kind NOT IN ('note', 'rename', 'undo') AND (card = ?1 OR owner = ?1"
            " OR card >= ?1 || '.' AND card < ?1 || '/' OR owner >= ?1 || '.' AND owner < ?1 || '/')",
            (name,),
        )
        return [part for (part,) in rows if part == name or part.startswith(f"{name}.")]

    def unsettled(self) -> bool:
        """Whether there are renames or changed texts that the log should know of."""
        return (
            self.one("SELECT 1 FROM known WHERE stale LIMIT 1") is not None
            or self.one("SELECT 1 FROM matches WHERE certain LIMIT 1") is not None
        )

    def close(self) -> None:
        """Close the file."""
        self.db.close()


def index_path(cache: Path, collection: Path) -> Path | None:
    """Where the index of a collection lies, after its place; None, in memory, if there can be no cache folder."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    place = zlib.crc32(str(collection).encode(errors="surrogateescape"))
    return cache / f"{collection.parent.name or 'root'}-{collection.name}-{place:08x}.sqlite"


def create_indexes(db: sqlite3.Connection, statements: str) -> None:
    """Make the indexes of some tables, unless they are there: once their bulk is in."""
    for statement in statements.split(";"):
        db.execute(statement)
