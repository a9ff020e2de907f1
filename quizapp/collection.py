"""Collection: the one door. Every front end, exporter and script goes through it.

It is also the only place that asks the clock, the random generator and the environment; everything below
it gets `now`, letters and folders as arguments. What only some requests need is imported where they need
it: `quizapp due` in a shell's prompt should not pay for sessions, parsers and schedulers.
"""

from __future__ import annotations

import sqlite3
import time
from datetime import date, datetime, timedelta, timezone
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, TypeVar

from quizapp import places, settings
from quizapp.errors import CollectionError, HistoryError, RequestError, UnknownCardError
from quizapp.index.changes import FUTURE, Sources, look
from quizapp.index.store import Index, index_path
from quizapp.journal.instant import instant, to_milliseconds
from quizapp.memory.days import study_day
from quizapp.memory.schedulers import Schedulers
from quizapp.study.counts import Counts, DeckCounts, deck_counts, tree_counts
from quizapp.study.waiting import Moment, moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

    from quizapp.decks.note import Card
    from quizapp.journal.entry import Entry
    from quizapp.journal.log import Writer
    from quizapp.memory.state import Due, Memory, Rating
    from quizapp.problem import Problem
    from quizapp.study.desk import Desks, Selection
    from quizapp.study.keeper import Keeper
    from quizapp.study.outlook import Outlook
    from quizapp.study.rows import CardRow
    from quizapp.study.session import Session

    Progress = Callable[[str, int, int], None]
    P = ParamSpec("P")
    R = TypeVar("R")


def _quiet(_what: str, _done: int, _total: int) -> None:
    """Show no progress."""


def _mending(ask: Callable[Concatenate[Collection, P], R]) -> Callable[Concatenate[Collection, P], R]:
    """Let what only reads make a damaged index anew, and read again."""

    @wraps(ask)
    def mended(collection: Collection, /, *args: P.args, **more: P.kwargs) -> R:
        try:
            return ask(collection, *args, **more)
        except (sqlite3.DatabaseError, ValueError, LookupError) as error:  # what it holds makes no sense
            collection._make_anew(error)  # noqa: SLF001  its own
            return ask(collection, *args, **more)

    return mended


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
        self._index = Index(index_path(places.cache_folder(), self.root), self._schedulers.key)
        self._reaching: Sequence[Problem] = ()
        self._looked_at: datetime | None = None

    @classmethod
    def open(cls, path: str | Path, *, now: datetime | None = None, progress: Progress = _quiet) -> Self:
        """Open the collection in a folder; `progress(what, done, total)` is called while much is read.

        Raises CollectionError only if the folder (or its settings, or its history) can't be used; what is
        wrong within it is in `problems`.
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
        if "_keeper" in self.__dict__:
            self._keeper.close()
        self._index.close()

    # --- what there is ---------------------------------------------------------------------------------

    @_mending
    def refresh(self, now: datetime | None = None) -> None:
        """Take in what other programs did to decks and history; opening, counting and finding do it too."""
        self._looked_at = _now(now)
        self._take_in(self._looked_at)

    def _take_in(self, at: datetime) -> None:
        found = look(self._settled.db, self._sources, instant(at + FUTURE))
        self._reaching = found.problems
        if found.any or self._settled.unsettled():
            version = self._index.changes()
            self._keeper.refresh(at, found)
            self._reaching = self._keeper.problems
            if version != self._index.changes():
                self._desks.clear()

    @property
    @_mending
    def problems(self) -> list[Problem]:
        """What is wrong with decks and history, with places; files are named from the collection's folder."""
        from quizapp.index.problems import all_problems, settings_problems

        found = [*self._reaching, *all_problems(self._settled.db)]
        found += settings_problems(self._settled.db, self.settings)
        return [problem._replace(file=f"{self.root.name}/{problem.file}") for problem in found]

    def counts(self, decks: Sequence[str] | None = None, now: datetime | None = None) -> Counts:
        """How many cards a session of these decks (None: all) would bring now."""
        return self.deck_counts(decks, now)[0]

    @_mending
    def deck_counts(
        self, decks: Sequence[str] | None = None, now: datetime | None = None, *, refresh: bool = True
    ) -> tuple[Counts, list[DeckCounts]]:
        """The counts together, and a row for each deck file; without `refresh`, as of the last look at the disk."""
        at = _now(now)
        if refresh:
            self.refresh(at)
        return deck_counts(self._settled, self.settings, self._moment(at), decks)

    @_mending
    def tree_counts(
        self, decks: Sequence[str] | None = None, now: datetime | None = None
    ) -> tuple[Counts, list[DeckCounts]]:
        """The counts together, and a row for each deck and each folder above one."""
        at = _now(now)
        self.refresh(at)
        return tree_counts(self._settled, self.settings, self._moment(at), decks)

    def memory(self, card_id: str) -> Memory | None:
        """What is known of a card's memory, None if it was never reviewed. UnknownCardError for a stranger."""
        return self.row(card_id).memory

    @_mending
    def row(self, card_id: str) -> CardRow:
        """A card with its memory and flags. UnknownCardError for a stranger."""
        return self._keeper.row(card_id)

    @_mending
    def reviews(self, card_id: str) -> list[Entry]:
        """The card's reviews that count, in their order."""
        from quizapp.index.history import entries_of

        return [entry for entry in entries_of(self._settled.db, card_id) if entry.rating]

    def recall(self, row: CardRow, now: datetime | None = None) -> float | None:
        """The probability that a card is recalled now; None if it was never reviewed."""
        if row.memory is None:
            return None
        return self._schedulers.of(row.card.deck).retrievability(row.memory, _now(now))

    def find(self, query: str, now: datetime | None = None, limit: int | None = None) -> list[Card]:
        """The cards that a query finds: words (their beginnings), `deck:`, `tag:`, `is:`; "" finds every card."""
        return [row.card for row in self.find_rows(query, now, limit)]

    @_mending
    def find_rows(self, query: str, now: datetime | None = None, limit: int | None = None) -> list[CardRow]:
        """What `find` finds, with memory and flags. RequestError for a query that makes no sense."""
        from quizapp.study.find import find, parse_query

        at = _now(now)
        self.refresh(at)
        return find(self._settled, parse_query(query, self.settings, self._moment(at)), limit)

    def today(self, now: datetime | None = None) -> date:
        """The study day."""
        return study_day(_now(now), self.settings.study.day_starts)

    @_mending
    def outlook(self, now: datetime | None = None) -> Outlook:
        """Why nothing is left, and when the next card comes."""
        from quizapp.study.outlook import outlook

        return outlook(self._settled, self.settings, self._moment(_now(now)))

    # --- studying ----------------------------------------------------------------------------------------

    def next(self, decks: Sequence[str] | None = None, now: datetime | None = None) -> Card | None:
        """The card to ask now, None if none is left. Asked again without an answer, it is the same."""
        from quizapp.study.desk import Selection

        return self.current(Selection(tuple(decks) if decks is not None else None), _now(now))

    @_mending
    def current(self, selection: Selection, now: datetime) -> Card | None:
        """The card to ask now of a selection."""
        moment = self._moment(now)
        while (num := self._desks.queue(selection, moment, now).next(now)) is not None:
            row = self._keeper.shown(num)
            if row and not row.suspended and row.buried <= moment.today:
                return row.card
            self._desks.clear() if row is None else self._desks.answered(row.card.id, num, None)
        return None

    @_mending
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
        from quizapp.study.desk import Selection
        from quizapp.study.session import Session, ends_at

        at = _now(now)
        self.refresh(at)
        cards = frozenset(card.id for card in self.find(query, at)) if query is not None else None
        selection = Selection(tuple(decks) if decks is not None else None, cards)
        self._desks.queue(selection, self._moment(at), at)  # an unknown deck shows itself now
        return Session(self, selection, self.settings.study.leech_lapses, limit, ends_at(at, minutes))

    def preview(self, card_id: str, now: datetime | None = None) -> dict[Rating, Due]:
        """When the card would be due after each of the four answers."""
        return {rating: memory.due for rating, memory in self.outcomes(card_id, _now(now)).items()}

    def outcomes(self, card_id: str, now: datetime) -> Mapping[Rating, Memory]:
        """The card's memory after each of the four answers."""
        row = self.row(card_id)
        return self._schedulers.of(row.card.deck).outcomes(card_id, row.memory, to_milliseconds(now))

    @_mending
    def answer(
        self, card_id: str, rating: Rating, now: datetime | None = None, took: float | None = None
    ) -> Memory:
        """Log an answer, due or not; it is on disk when this returns. `took` is in seconds.

        Raises UnknownCardError, or HistoryError if it could not be saved; then nothing happened.
        """
        from quizapp.memory.state import Rating

        row, after, alone = self._keeper.answer(card_id, Rating(rating), _now(now), took)
        self._desks.answered(card_id, row.num, after)
        if not alone:
            self._desks.clear()
        return after

    def undo(self, now: datetime | None = None) -> Entry | None:
        """Take back the newest event not yet undone; the event, or None if there is none."""
        newest = self._keeper.undo(_now(now))
        self._desks.clear()
        if newest and newest.rating:
            self._desks.put_first(newest.card)
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
        """Make a card new again; of a note that is gone, let the history of all its cards go."""
        if self._settled.card_number(card_id):
            self._happened(card_id, "forget", now)
            return
        parts = self._settled.remembered_parts(card_id)
        if not parts:
            self.row(card_id)
        for part in parts:
            self._happened(part, "forget", now)

    def relink(self, old: str, new: str, now: datetime | None = None) -> None:
        """Let the history of a card that is gone count for another one."""
        if not self._settled.remembered_parts(old):
            raise UnknownCardError(
                f'the history knows no card "{old}"; `quizapp check` names those that lost theirs'
            )
        if self._settled.exists(old):
            raise RequestError(
                f'"{old}" is in a deck and keeps its history; only that of a card that is gone can move'
            )
        if not self._settled.exists(new):
            raise UnknownCardError(f'no card has the id "{new}"; `quizapp find WORDS` shows the ids')
        self._happened(old, "rename", now, to=new)

    def fix(self, now: datetime | None = None) -> int:
        """Write into the decks the ids that their notes have; how many were written."""
        from quizapp.index.fixing import write_ids

        count = write_ids(self._settled.db, self.root)
        self.refresh(now)
        return count

    # --- within -----------------------------------------------------------------------------------------

    def _make_anew(self, error: Exception) -> None:
        """Throw the index away: it is damaged, as `error` shows."""
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise CollectionError(
                "another quizapp is busy with this collection; try again in a minute"
            ) from error
        self._index.start_again()
        self._desks.clear()
        self._take_in(self._looked_at or _now(None))

    @property
    def _settled(self) -> Index:
        """The index, with all answers in it."""
        if "_keeper" in self.__dict__:
            self._keeper.settle()
        return self._index

    @cached_property
    def _keeper(self) -> Keeper:
        from quizapp.study.keeper import Keeper

        return Keeper(self._index, self._sources, self._open_writer, self._progress)

    @cached_property
    def _desks(self) -> Desks:
        from quizapp.study.desk import Desks

        return Desks(self._index, lambda: self._settled, self.settings, self._schedulers)

    def _open_writer(self) -> Writer:
        """This machine's history. HistoryError if the machine can't be told from others."""
        import os

        from quizapp.journal.log import Writer
        from quizapp.journal.machine import machine_name

        letters = "".join(chr(ord("a") + byte % 26) for byte in os.urandom(4))
        try:
            return Writer(self.history, machine_name(places.state_folder(), os.uname().nodename, letters))
        except OSError as error:
            raise HistoryError(f"this machine's name can't be kept: {error}") from error

    def _happened(self, card_id: str, kind: str, now: datetime | None, **data: str) -> None:
        """Log one event."""
        self._keeper.happened(card_id, kind, _now(now), **data)
        self._desks.clear()

    def _moment(self, now: datetime) -> Moment:
        return moment(now, self.today(now).toordinal())


def _now(now: datetime | None) -> datetime:
    """The time meant, the clock's if none is given, with the offset that holds then."""
    if now is None:
        return datetime.now().astimezone()
    if now.tzinfo is None or not 1900 < now.year < 9000:
        raise RequestError("`now` wants a time zone, and a year from 1901 to 8999")
    return now.astimezone(timezone(now.utcoffset() or timedelta()))
