"""Keeping the log and the index in step: one lock, one line appended, one row changed."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from quizapp.errors import CollectionError, HistoryError, UnknownCardError
from quizapp.index.automatic import automatic_entries, note_entries, note_entry
from quizapp.index.changes import FUTURE, Changes, Sources, bounds
from quizapp.index.history import instants_from, newest_undoable, together, undone_with
from quizapp.index.record import Written, record_reviews
from quizapp.index.store import Index
from quizapp.index.sync import Progress, synchronise
from quizapp.journal.entry import Entry, event, review
from quizapp.journal.instant import instant, to_milliseconds
from quizapp.journal.log import LogFile, Tail, Writer
from quizapp.memory.state import Memory, Rating
from quizapp.study.rows import CardRow, row_at, row_of

if TYPE_CHECKING:
    from quizapp.decks.origin import Origin
    from quizapp.problem import Problem

_MILLISECOND = timedelta(milliseconds=1)
_TOGETHER = 32  # answers taken into the index at once
_MANY = 5000  # lines made at once


class Keeper:
    """Writes what happens, and sees to it that the index knows. `writer` opens this machine's history.

    An answer is in the log at once, and in the index when `settle` is called or some have come together: until
    then `row` knows. What a killed process did not settle, the next start reads from the log.
    """

    def __init__(
        self, index: Index, sources: Sources, writer: Callable[[], Writer], progress: Progress
    ) -> None:
        self._index = index
        self._sources = sources
        self._open_writer = writer
        self._progress = progress
        self._writer: Writer | None = None
        self._pending: list[Written] = []
        self._rows: dict[str, CardRow] = {}  # cards shown and answered, as they are after what is pending
        self._numbers: dict[int, str] = {}  # of cards shown, by their number in the index: keys of `_rows`
        self._version = 0  # rises with everything but answers
        self._end: LogFile | None = None  # the file last written, as far as it is known here
        self._bounds = (0, 0)  # the newest instant that counts and the oldest set aside, when `_end` is known
        self._foreign = -1
        self.problems: Sequence[Problem] = ()  # of reaching files
        self.origins: dict[str, Origin] = {}  # where notes being imported come from, until the log has it

    def close(self) -> None:
        """Let go of the history file."""
        self.settle()
        if self._writer:
            self._writer.close()

    # --- taking in -----------------------------------------------------------------------------------------

    def refresh(self, now: datetime, found: Changes) -> None:
        """Take in what a look at the disk found, and log which notes were renamed or have another text now.

        A history that can't be written waits.
        """
        self._demand_ours()
        self._synchronise(now, found)
        self._log_changes(now)

    def settle(self) -> None:
        """Put the pending answers into the index."""
        self._rows.clear()
        self._numbers.clear()
        if self._pending:
            pending, self._pending = self._pending, []
            try:
                known = record_reviews(self._index, self._sources.schedulers, pending)
            except sqlite3.DatabaseError:
                known = False  # the answers are on disk; synchronising makes the index anew
            if not known:
                self._synchronise(pending[-1].after.last_review)

    def settle_if_free(self) -> None:
        """Settle, unless another process is writing to the index: then later."""
        if self._pending and self._index.is_free():
            self.settle()

    def _demand_ours(self) -> None:
        """Mix no two models: an index that a process with other settings made is not written to."""
        if not self._index.is_ours():
            raise CollectionError("quizapp.toml has changed meanwhile; try again in a moment")

    def _log_changes(self, now: datetime) -> None:
        """Log them if the history can be written."""
        with suppress(HistoryError):
            self.log_changes(now)

    def log_changes(self, now: datetime) -> None:
        """Log which notes were renamed or have another text now, unless the log has it. HistoryError."""
        for _ in range(3):  # a rename may bring a changed text to light
            if not self._index.unsettled():
                return
            with self._locked(now) as tail:
                if entries := automatic_entries(self._index.db, now, self.origins):
                    tail.append(entries)
                    for entry in entries:
                        if "from" in entry.data:
                            del self.origins[entry.card]
            self._synchronise(now)

    def _synchronise(self, now: datetime, found: Changes | None = None) -> None:
        """Bring the index up to date with the history, or with all that was found; a damaged one is made anew."""
        self._end = None
        self._version += 1
        self.settle()
        horizon = instant(now + FUTURE)
        try:
            problems = synchronise(
                self._index, self._sources, horizon, self._progress, decks=found is not None, found=found
            )
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                raise CollectionError(
                    "another quizapp is busy with this collection; try again in a minute"
                ) from error
            self._index.start_again()
            self.problems = synchronise(self._index, self._sources, horizon, self._progress)
        else:
            self.problems = problems if found else self.problems

    @property
    def _history(self) -> Writer:
        """This machine's history, opened when it is first written. HistoryError if it can't be."""
        if self._writer is None:
            self._writer = self._open_writer()
        return self._writer

    @contextmanager
    def _locked(self, now: datetime) -> Iterator[Tail]:
        """This machine's history file, locked; the index has read it to its end and counts as of `now`."""
        with self._history.locked(now) as tail:
            file = tail.stat()
            if self._end is None or self._end != file or self._index.foreign_changes() != self._foreign:
                self._demand_ours()
                self.settle()
                if self._index.consumed(file.name) != file.size:
                    self._synchronise(now)
                self._bounds = bounds(self._index.db)
                self._end = tail.stat()
                self._foreign = self._index.foreign_changes()
            newest, held = self._bounds
            if not newest <= instant(now + FUTURE) < held:
                self._synchronise(now)
                self._bounds = bounds(self._index.db)
            yield tail

    # --- writing -------------------------------------------------------------------------------------------

    def answer(
        self, card: str, rating: Rating, now: datetime, took: float | None
    ) -> tuple[CardRow, Memory, bool]:
        """Log an answer: the card before it, its memory after it, and whether nothing else changed meanwhile.

        On disk when this returns. UnknownCardError, or HistoryError: then nothing happened.
        """
        version = self._version
        with self._locked(now) as tail:
            alone = version == self._version
            row = self.row(card)
            at, last = self._free(card, to_milliseconds(now))
            after = self._sources.schedulers.of(row.card.deck).outcome(card, row.memory, rating, at)
            entries = [review(at, card, rating, took, after.due)]
            if row.logged != row.hash and not self._notes(row.card.note):
                after_note = at + _MILLISECOND
                entries.append(
                    note_entry(self._index.db, row.card.note, after_note, again=row.logged is not None)
                )
            before = tail.stat()
            data = tail.append(entries)
            written = Written(entries, data, before, tail.stat(), row.memory, after)
        with suppress(CollectionError, sqlite3.Error):  # it is on disk: the index may learn of it later
            if last:
                self._keep(written, row)
                return row, after, alone
            self._synchronise(now)
            return row, self.row(card).memory or after, False
        return row, after, False

    def _notes(self, note: str) -> bool:
        """Whether a `note` line of this note is among what is pending: a sibling was answered."""
        return any(e.kind == "note" and e.card == note for answer in self._pending for e in answer.entries)

    def _keep(self, written: Written, row: CardRow) -> None:
        """Remember an answer until the next settling, which is due when many have come together."""
        if self._pending and self._pending[-1].file.name != written.file.name:
            self.settle()
        self._pending.append(written)
        self._end = written.file
        newest = max(entry.instant for entry in written.entries)
        self._bounds = max(self._bounds[0], newest), self._bounds[1]
        self._rows[row.card.id] = replace(row, memory=written.after, logged=row.hash)
        if len(self._pending) >= _TOGETHER:
            self.settle()

    def undo(self, now: datetime) -> Entry | None:
        """Take back the newest event not yet undone; the event, or None if there is none.

        What was done to several cards at once is taken back as a whole.
        """
        at = to_milliseconds(now)
        with self._locked(at) as tail:
            self._synchronise(at)  # other machines' files count too
            newest = newest_undoable(self._index.db)
            if newest is None:
                return None
            undone = undone_with(self._index.db, newest)
            tail.append(
                [event(self._free(entry.card, at)[0], entry.card, "undo", of=entry.at) for entry in undone]
            )
        self._synchronise(at)
        return undone[0]

    def happened(self, cards: Sequence[str], kind: str, now: datetime, **data: str) -> None:
        """Log one event of each of these cards, at one instant."""
        with self._locked(to_milliseconds(now)) as tail:
            self.settle()
            at = to_milliseconds(now)
            later = [
                found
                for card in cards
                for found in instants_from(self._index.db, card, instant(now) // 1000 * 1000)
            ]
            if later:  # another clock runs ahead: what is done now counts after what is there
                at += timedelta(microseconds=max(later) - instant(at)) + _MILLISECOND
            while together(self._index.db, instant(at), kind):  # it is another act
                at += _MILLISECOND
            tail.append([event(to_milliseconds(at), card, kind, **data) for card in cards])
        self._synchronise(now)
        self._log_changes(now)

    def imported(self, now: datetime) -> None:
        """Log where the notes come from that an import has written and the log does not have yet (`origins`).

        Their decks have been taken in. HistoryError: the next import of the same file does it.
        """
        if not self.origins:
            return
        at = to_milliseconds(now)
        with self._locked(at) as tail:
            self.settle()
            origins, self.origins = self.origins, {}
            there = [note for note in origins if self._index.exists(note)]
            if entries := note_entries(self._index.db, there, at, origins):
                tail.append(entries)
        self._synchronise(at)

    def log_texts(self, notes: Sequence[str], steps: Mapping[str, Mapping[str, int]], now: datetime) -> None:
        """Log the texts that the log does not know, and numbers of steps, before notes go to another program."""
        if not notes and not steps:
            return
        at = to_milliseconds(now)
        plain = [note for note in notes if note not in steps]
        with self._locked(at) as tail:
            self.settle()
            for start in range(0, len(plain), _MANY):
                tail.append(note_entries(self._index.db, plain[start : start + _MANY], at))
            if steps:
                tail.append(
                    [note_entry(self._index.db, note, at, steps=found) for note, found in steps.items()]
                )
        self._synchronise(at)

    def take_past(self, entries: Sequence[Entry], now: datetime) -> int:
        """Log what happened elsewhere, each in the file of its year, unless the log has it; how much is new.

        HistoryError: what comes before is logged, and doing it again does the rest.
        """
        from quizapp.study.arriving import has_all, unknown  # noqa: PLC0415  only for imports

        self._synchronise(now)
        if has_all(self._index.db, entries):
            return 0
        with self._locked(to_milliseconds(now)):
            self._synchronise(now)
            new = unknown(self._index.db, entries)
        for _, year in groupby(new, key=lambda entry: entry.time.year):
            events = list(year)
            with self._history.locked(events[0].time) as tail:
                tail.append(events)
        self._synchronise(now)
        return len(new)

    def happened_so(self, entries: Sequence[Entry], now: datetime) -> None:
        """Log what is done now to cards, so that they stand as they do elsewhere."""
        if not entries:
            return
        with self._locked(to_milliseconds(now)) as tail:
            self.settle()
            tail.append(entries)
        self._synchronise(now)

    def row(self, card: str) -> CardRow:
        """A card with its memory and flags. UnknownCardError for a stranger."""
        row = self._rows.get(card) or row_of(self._index, card)
        if row is None:
            raise UnknownCardError(f'no card has the id "{card}"; `quizapp find WORDS` shows the ids')
        return row

    @property
    def files(self) -> dict[str, LogFile]:
        """The history's files as far as they are known here, by their names."""
        rows = self._index.db.execute("SELECT name, size, mtime FROM files").fetchall()
        known = {row[0]: LogFile._make(row) for row in rows}
        if self._end:  # which another process may have read further by now
            known[self._end.name] = max(self._end, known.get(self._end.name, self._end))
        return known

    def shown(self, num: int) -> CardRow | None:
        """The card with this number in the index, which is likely to be answered next; None if it is gone."""
        if num in self._numbers:
            return self._rows[self._numbers[num]]
        row = row_at(self._index, num)
        if row is None:
            return None
        self._numbers[num] = row.card.id
        return self._rows.setdefault(row.card.id, row)

    def _free(self, card: str, at: datetime) -> tuple[datetime, bool]:
        """The first instant from `at` on at which nothing happened to this card, and whether nothing came after."""
        if instant(at) > self._bounds[0]:  # the usual: nothing at all happened since, to any card
            return at, True
        used = set(instants_from(self._index.db, card, instant(at)))
        used |= {e.instant for answer in self._pending for e in answer.entries if e.card == card}
        while instant(at) in used:
            at += _MILLISECOND
        return at, not used or max(used) < instant(at)
