"""Keeping the log and the index in step: one lock, one line appended, one row changed."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from quizapp.errors import CollectionError, HistoryError, UnknownCardError
from quizapp.index.automatic import automatic_entries, note_entry
from quizapp.index.changes import Sources, bounds
from quizapp.index.history import newest_undoable, taken
from quizapp.index.record import Written, record_review
from quizapp.index.store import Index
from quizapp.index.sync import Progress, synchronise
from quizapp.journal.entry import Entry, event, review
from quizapp.journal.instant import instant, to_milliseconds
from quizapp.journal.log import Tail, Writer
from quizapp.memory.state import Memory, Rating
from quizapp.problem import Problem
from quizapp.study.rows import CardRow, row_of

FUTURE = timedelta(days=1)  # events further ahead of the clock are set aside
_MILLISECOND = timedelta(milliseconds=1)


class Keeper:
    """Writes what happens, and sees to it that the index knows. `writer` opens this machine's history."""

    def __init__(
        self, index: Index, sources: Sources, writer: Callable[[], Writer], progress: Progress
    ) -> None:
        self._index = index
        self._sources = sources
        self._open_writer = writer
        self._progress = progress
        self._writer: Writer | None = None
        self._bounds: tuple[int, int] | None = None  # newest and oldest instants, as of `_foreign`
        self._foreign = -1
        self.problems: Sequence[Problem] = ()  # of reaching files

    def close(self) -> None:
        """Let go of the history file."""
        if self._writer:
            self._writer.close()

    # --- taking in -----------------------------------------------------------------------------------------

    def refresh(self, now: datetime) -> None:
        """Take in what changed on disk, and log which notes were renamed or have another text now.

        A history that can't be written waits.
        """
        self._synchronise(now, decks=True)
        self._log_changes(now)

    def _log_changes(self, now: datetime) -> None:
        with suppress(HistoryError):
            for _ in range(3):  # a rename may bring a changed text to light
                if not self._index.unsettled():
                    return
                with self._locked(now) as tail:
                    if entries := automatic_entries(self._index.db, now):
                        tail.append(entries)
                self._synchronise(now)

    def _synchronise(self, now: datetime, *, decks: bool = False) -> None:
        """Bring the index up to date; a damaged one is made anew."""
        horizon = instant(now + FUTURE)
        self._bounds = None
        try:
            problems = synchronise(self._index, self._sources, horizon, self._progress, decks=decks)
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                raise CollectionError("another quizapp is busy with this collection; try again in a minute") from error
            self._index.start_again()
            decks = True
            problems = synchronise(self._index, self._sources, horizon, self._progress)
        if decks:
            self.problems = problems

    @contextmanager
    def _locked(self, now: datetime) -> Iterator[Tail]:
        """This machine's history file, locked; the index has read it to its end and counts as of `now`."""
        if self._writer is None:
            self._writer = self._open_writer()
        with self._writer.locked(now) as tail:
            foreign = self._index.foreign_changes()
            if self._bounds is None or foreign != self._foreign:
                self._bounds, self._foreign = bounds(self._index.db), foreign
            newest, held = self._bounds
            before = tail.stat()
            if self._index.consumed(before.name) != before.size or not newest <= instant(now + FUTURE) < held:
                self._synchronise(now)
            yield tail

    # --- writing -------------------------------------------------------------------------------------------

    def answer(
        self, card: str, rating: Rating, now: datetime, took: float | None, shown: CardRow | None = None
    ) -> tuple[CardRow, Memory, bool]:
        """Log an answer: the card before it, its memory after it, and whether nothing else changed meanwhile.

        On disk when this returns. `shown` is the card as the index has it, if that is known. Raises
        UnknownCardError, or HistoryError: then nothing happened.
        """
        version = self._index.changes()
        with self._locked(now) as tail:
            alone = version == self._index.changes()
            row = shown if shown and alone else self.row(card)
            at = self._free(card, to_milliseconds(now))
            scheduler = self._sources.schedulers.of(row.card.deck)
            after = scheduler.outcome(card, row.memory, rating, at)
            entries = [review(at, card, rating, took, after.due)]
            if row.logged != row.hash:
                entries.append(note_entry(self._index.db, row.card.note, at + _MILLISECOND))
            before = tail.stat()
            written = Written(entries, tail.append(entries), before, tail.stat())
            in_order = row.memory is None or row.memory.last_review < at
            if in_order and self._recorded(written, row, after):
                self._bounds = None if self._bounds is None else (max(self._bounds[0], instant(at)), self._bounds[1])
                return row, after, alone
        self._synchronise(now)
        return row, self.row(card).memory or after, False

    def _recorded(self, written: Written, row: CardRow, after: Memory) -> bool:
        """Whether the index could take in what was written at once."""
        try:
            return record_review(self._index, self._sources.schedulers, written, row.num, row.memory, after)
        except sqlite3.DatabaseError:
            return False  # the review is on disk; synchronising makes the index anew

    def undo(self, now: datetime) -> Entry | None:
        """Take back the newest event not yet undone; the event, or None if there is none."""
        at = to_milliseconds(now)
        with self._locked(at) as tail:
            self._synchronise(at)  # other machines' files count too
            newest = newest_undoable(self._index.db)
            if newest is None:
                return None
            tail.append([event(self._free(newest.card, at), newest.card, "undo", of=newest.at)])
        self._synchronise(at)
        return newest

    def happened(self, card: str, kind: str, now: datetime, **data: str) -> None:
        """Log one event."""
        at = to_milliseconds(now)
        with self._locked(at) as tail:
            tail.append([event(self._free(card, at), card, kind, **data)])
        self._synchronise(at)
        self._log_changes(at)

    def row(self, card: str) -> CardRow:
        """A card with its memory and flags. UnknownCardError for a stranger."""
        row = row_of(self._index, card)
        if row is None:
            raise UnknownCardError(f'no card has the id "{card}"; `quizapp find WORDS` shows the ids')
        return row

    def _free(self, card: str, at: datetime) -> datetime:
        """The first instant from `at` on at which nothing happened to this card."""
        while taken(self._index.db, card, instant(at)):
            at += _MILLISECOND
        return at
