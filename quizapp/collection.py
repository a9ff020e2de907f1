"""Collection: the one door. Every front end, exporter and script goes through it.

It is also the only place that asks the clock, the random generator and the environment; everything below
it gets `now`, letters and folders as arguments.
"""

import secrets
import socket
import sqlite3
import string
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace as changed
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from quizapp import places, settings
from quizapp.decks.identity import base
from quizapp.decks.note import Card
from quizapp.errors import CollectionError, HistoryError, RequestError, SettingsError, UnknownCardError
from quizapp.index.automatic import automatic_entries, note_entry
from quizapp.index.fixing import write_ids
from quizapp.index.history import bounds, entries_of, newest_undoable, taken
from quizapp.index.problems import all_problems
from quizapp.index.record import Written, record_review
from quizapp.index.store import Index, index_path
from quizapp.index.sync import Progress, Sources, synchronise
from quizapp.journal.entry import Entry, event, instant, review, to_milliseconds
from quizapp.journal.log import Tail, Writer
from quizapp.journal.machine import machine_name
from quizapp.memory.days import study_day
from quizapp.memory.schedulers import Schedulers
from quizapp.memory.state import Due, Memory, Rating
from quizapp.problem import Problem
from quizapp.study.counts import Counts, DeckCounts, deck_counts
from quizapp.study.desk import Desks, Selection
from quizapp.study.find import find, parse_query
from quizapp.study.outlook import Outlook, outlook
from quizapp.study.rows import CardRow, row_at, row_of
from quizapp.study.session import Session, ends_at
from quizapp.study.waiting import Moment, moment

FUTURE = timedelta(days=1)  # events further ahead of the clock are set aside
_MILLISECOND = timedelta(milliseconds=1)


def _quiet(_what: str, _done: int, _total: int) -> None:
    """Show no progress."""


class Collection:
    """A folder of decks with its history. Use `Collection.open`.

    `now` is always an aware datetime, left out it is the clock's. A deck is named by its path without the
    ending; a folder's name means all decks in it.
    """

    def __init__(self, root: Path, progress: Progress = _quiet) -> None:
        self.root = places.open_folder(root)
        self.settings = settings.load(self.root / settings.NAME)
        self.history = places.read_config().history_of(self.root)
        self._progress = progress
        self._schedulers = Schedulers(self.settings)
        self._sources = Sources(self.root, self.history, self._schedulers, time.time_ns)
        self._index = Index(self._index_path(), self._schedulers.key)
        self._writer: Writer | None = None
        self._reaching: list[Problem] = []
        self._desks = Desks(self._index, self.settings, self._schedulers)

    @classmethod
    def open(
        cls, path: str | Path, *, now: datetime | None = None, progress: Progress = _quiet
    ) -> Self:
        """Open the collection in a folder; `progress(what, done, total)` is called while much is read.

        Raises CollectionError only if the folder (or its settings) can't be used; what is wrong within it
        is in `problems`.
        """
        collection = cls(Path(path), progress)
        try:
            collection.refresh(now)
        except BaseException:
            collection.close()
            raise
        return collection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all files. Everything is on disk already."""
        self._index.close()
        if self._writer:
            self._writer.close()

    # --- what there is ---------------------------------------------------------------------------------

    def refresh(self, now: datetime | None = None) -> None:
        """Take in what other programs did to decks and history; done by itself at opening and counting."""
        at = _now(now)
        changes = self._synchronise(at)
        self._log_changes(at)
        if changes != self._index.changes():
            self._desks.clear()

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with decks and history, with places; files are named from the collection's folder."""
        found = self._reaching + all_problems(self._index.db)
        return [changed(problem, file=f"{self.root.name}/{problem.file}") for problem in found]

    def counts(self, decks: Sequence[str] | None = None, now: datetime | None = None) -> Counts:
        """How many cards a session of these decks (None: all) would bring now."""
        return self.deck_counts(decks, now)[0]

    def deck_counts(
        self, decks: Sequence[str] | None = None, now: datetime | None = None
    ) -> tuple[Counts, list[DeckCounts]]:
        """The counts together, and a row for each deck file."""
        at = _now(now)
        self.refresh(at)
        return deck_counts(self._index, self.settings, self._moment(at), decks)

    def memory(self, card_id: str) -> Memory | None:
        """What is known of a card's memory, None if it was never reviewed. UnknownCardError for a stranger."""
        return self.row(card_id).memory

    def row(self, card_id: str) -> CardRow:
        """A card with its memory and flags. UnknownCardError for a stranger."""
        row = row_of(self._index, card_id)
        if row is None:
            raise UnknownCardError(f'no card has the id "{card_id}"; `quizapp find WORDS` shows the ids')
        return row

    def reviews(self, card_id: str) -> list[Entry]:
        """The card's reviews that count, in their order."""
        return [entry for entry in entries_of(self._index.db, card_id) if entry.rating]

    def recall(self, row: CardRow, now: datetime | None = None) -> float | None:
        """The probability that a card is recalled now; None if it was never reviewed."""
        if row.memory is None:
            return None
        return self._schedulers.of(row.card.deck).retrievability(row.memory, _now(now))

    def find(self, query: str, now: datetime | None = None, limit: int | None = None) -> list[Card]:
        """The cards that a query finds: words (their beginnings), `deck:`, `tag:`, `is:`; "" finds every card."""
        return [row.card for row in self.find_rows(query, now, limit)]

    def find_rows(self, query: str, now: datetime | None = None, limit: int | None = None) -> list[CardRow]:
        """What `find` finds, with memory and flags. RequestError for a query that makes no sense."""
        at = _now(now)
        self.refresh(at)
        return find(self._index, parse_query(query, self.settings, self._moment(at)), limit)

    def today(self, now: datetime | None = None) -> date:
        """The study day."""
        return study_day(_now(now), self.settings.study.day_starts)

    def outlook(self, now: datetime | None = None) -> Outlook:
        """Why nothing is left, and when the next card comes."""
        return outlook(self._index, self.settings, self._moment(_now(now)))

    # --- studying ----------------------------------------------------------------------------------------

    def next(self, decks: Sequence[str] | None = None, now: datetime | None = None) -> Card | None:
        """The card to ask now, None if none is left. Asked again without an answer, it is the same."""
        return self.current(Selection(tuple(decks) if decks is not None else None), _now(now))

    def current(self, selection: Selection, now: datetime) -> Card | None:
        """The card to ask now of a selection."""
        while (num := self._desks.queue(selection, self._moment(now), now).next(now)) is not None:
            row = row_at(self._index, num)
            if row and not row.suspended:
                return row.card
            self._desks.answered(num, None)
        return None

    def left(self, selection: Selection, now: datetime) -> Counts:
        """What is left of a selection's queue."""
        return self._desks.queue(selection, self._moment(now), now).counts(now)

    def session(
        self,
        decks: Sequence[str] | None = None,
        *,
        query: str | None = None,
        limit: int | None = None,
        minutes: float | None = None,
        now: datetime | None = None,
    ) -> Session:
        """A session over these decks, or over the cards that a query finds."""
        at = _now(now)
        self.refresh(at)
        selection = Selection(tuple(decks) if decks is not None else None, query)
        self._desks.queue(selection, self._moment(at), at)  # an unknown deck or a bad query shows itself now
        return Session(self, selection, self.settings.study.leech_lapses, limit, ends_at(at, minutes))

    def preview(self, card_id: str, now: datetime | None = None) -> dict[Rating, Due]:
        """When the card would be due after each of the four answers."""
        return {rating: memory.due for rating, memory in self.outcomes(card_id, _now(now)).items()}

    def outcomes(self, card_id: str, now: datetime) -> Mapping[Rating, Memory]:
        """The card's memory after each of the four answers."""
        row = self.row(card_id)
        return self._schedulers.of(row.card.deck).outcomes(card_id, row.memory, to_milliseconds(now))

    def answer(
        self, card_id: str, rating: Rating, now: datetime | None = None, took: float | None = None
    ) -> Memory:
        """Log an answer, due or not; it is on disk when this returns. `took` is in seconds.

        Raises UnknownCardError, or HistoryError if it could not be saved; then nothing happened.
        """
        asked = to_milliseconds(_now(now))
        rating = Rating(rating)
        with self._locked(asked) as tail:
            self._catch_up(tail, asked)
            row = self.row(card_id)
            at = self._free(card_id, asked)
            after = self._schedulers.of(row.card.deck).outcomes(card_id, row.memory, at)[rating]
            entries = [review(at, card_id, rating, took, after.due)]
            if self._index.known_hash(row.card.note) != row.hash:
                entries.append(note_entry(self._index.db, row.card.note, at + _MILLISECOND))
            before = tail.stat()
            written = Written(entries, tail.append(entries), before, tail.stat())
        in_order = row.memory is None or row.memory.last_review < at
        if not (in_order and self._recorded(written, row, after)):
            self._synchronise(asked)
            self._desks.clear()
            return self.memory(card_id) or after
        self._desks.answered(row.num, after)
        return after

    def undo(self, now: datetime | None = None) -> Entry | None:
        """Take back the newest event not yet undone; the event, or None if there is none."""
        at = to_milliseconds(_now(now))
        with self._locked(at) as tail:
            self._synchronise(at)
            newest = newest_undoable(self._index.db)
            if newest is None:
                return None
            tail.append([event(self._free(newest.card, at), newest.card, "undo", of=newest.at)])
        self._synchronise(at)
        self._desks.clear()
        row = row_of(self._index, newest.card)
        if newest.rating and row:
            self._desks.put_first(row.num)
        return newest

    # --- one event each ------------------------------------------------------------------------------------

    def suspend(self, card_id: str, now: datetime | None = None) -> None:
        """Leave a card out until it is resumed."""
        self._happened(self.row(card_id).card.id, "suspend", now)

    def resume(self, card_id: str, now: datetime | None = None) -> None:
        """Take a suspended or buried card in again."""
        self._happened(self.row(card_id).card.id, "resume", now)

    def bury(self, card_id: str, now: datetime | None = None) -> None:
        """Leave a card out until tomorrow."""
        until = self.today(now) + timedelta(days=1)
        self._happened(self.row(card_id).card.id, "bury", now, until=until.isoformat())

    def mark(self, card_id: str, now: datetime | None = None, *, on: bool = True) -> None:
        """Mark a card, or take the mark away."""
        self._happened(self.row(card_id).card.id, "mark" if on else "unmark", now)

    def forget(self, card_id: str, now: datetime | None = None) -> None:
        """Make a card new again; of a card that is gone, let its history go."""
        if row_of(self._index, card_id) is None and not self._index.known(base(card_id)):
            self.row(card_id)
        self._happened(card_id, "forget", now)

    def relink(self, old: str, new: str, now: datetime | None = None) -> None:
        """Let the history of a card that is gone count for another one."""
        if not self._index.known(base(old)):
            raise UnknownCardError(f'the history knows no card "{old}"; `quizapp check` names those that lost theirs')
        if self._index.note_exists(old) or row_of(self._index, old):
            raise RequestError(f'"{old}" is in a deck and keeps its history; only that of a card that is gone can move')
        if not (self._index.note_exists(new) or row_of(self._index, new)):
            raise UnknownCardError(f'no card has the id "{new}"; `quizapp find WORDS` shows the ids')
        self._happened(old, "rename", now, to=new)

    def fix(self, now: datetime | None = None) -> int:
        """Write into the decks the ids that their notes have; how many were written."""
        count = write_ids(self._index.db, self.root)
        self.refresh(now)
        return count

    # --- within -----------------------------------------------------------------------------------------

    def _index_path(self) -> Path | None:
        try:
            cache = places.cache_folder()
            cache.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None  # without a cache folder the index lives in memory
        return index_path(cache, self.root)

    def _moment(self, now: datetime) -> Moment:
        return moment(now, self.today(now).toordinal())

    def _synchronise(self, now: datetime) -> int:
        """Bring the index up to date; the number of its changes before. A damaged index is made anew."""
        changes = self._index.changes()
        horizon = instant(now + FUTURE)
        try:
            self._reaching = synchronise(self._index, self._sources, horizon, self._progress)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                raise CollectionError("another quizapp is busy with this collection; try again in a minute") from error
            self._index.start_again()
            self._reaching = synchronise(self._index, self._sources, horizon, self._progress)
        except ValueError as error:
            raise SettingsError(f"{self.root / settings.NAME}: {error}") from error
        return changes

    def _log_changes(self, now: datetime) -> None:
        """Log which notes were renamed or have another text now, if any; a history that can't be written waits."""
        with suppress(HistoryError):
            for _ in range(3):  # a rename may bring a changed text to light
                if not self._index.unsettled():
                    return
                with self._locked(now) as tail:
                    self._synchronise(now)
                    entries = automatic_entries(self._index.db, now)
                    if entries:
                        tail.append(entries)
                self._synchronise(now)

    def _locked(self, at: datetime) -> AbstractContextManager[Tail]:
        """This machine's history file for the year of `at`, locked. HistoryError if it can't be written."""
        if self._writer is None:
            letters = "".join(secrets.choice(string.ascii_lowercase) for _ in range(4))
            try:
                machine = machine_name(places.state_folder(), socket.gethostname(), letters)
            except OSError as error:
                raise HistoryError(f"this machine's name can't be kept: {error}") from error
            self._writer = Writer(self.history, machine)
        return self._writer.locked(at)

    def _catch_up(self, tail: Tail, now: datetime) -> None:
        """See to it that the index has read the locked file to its end, and counts as of `now`."""
        file = tail.stat()
        newest, held = bounds(self._index.db)
        horizon = instant(now + FUTURE)
        if not self._index.has_read(file.name, file.size) or newest > horizon or held <= horizon:
            self._synchronise(now)
            self._desks.clear()

    def _free(self, card_id: str, at: datetime) -> datetime:
        """The first instant from `at` on at which nothing happened to this card."""
        while taken(self._index.db, card_id, instant(at)):
            at += _MILLISECOND
        return at

    def _recorded(self, written: Written, row: CardRow, after: Memory) -> bool:
        """Whether the index could take in what was written at once."""
        try:
            return record_review(self._index, self._schedulers, written, row.num, row.memory, after)
        except sqlite3.DatabaseError:
            return False  # the review is on disk; synchronising makes the index anew

    def _happened(self, card_id: str, kind: str, now: datetime | None, **data: str) -> None:
        """Log one event."""
        at = to_milliseconds(_now(now))
        with self._locked(at) as tail:
            self._catch_up(tail, at)
            tail.append([event(self._free(card_id, at), card_id, kind, **data)])
        self._synchronise(at)
        self._log_changes(at)
        self._desks.clear()


def _now(now: datetime | None) -> datetime:
    """The time meant, the clock's if none is given."""
    if now is None:
        return datetime.now().astimezone()
    if now.tzinfo is None:
        raise RequestError("`now` wants a time zone")
    return now
