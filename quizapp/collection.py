"""Collection: the one door. Every front end, exporter and script goes through it.

It is also the only place that asks the clock, the random generator and the environment; everything below
it gets `now`, letters and folders as arguments. What only some requests need is imported where they need
it: `quizapp due` in a shell's prompt should not pay for sessions, parsers and schedulers. What can happen to a
card beside an answer stands in `happenings.py`, what is written into decks in `editing.py` and `intake.py`,
finding cards in `finding.py`, what it gives to other programs in `giving.py`.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from quizapp import places
from quizapp.errors import HistoryError
from quizapp.finding import Finding
from quizapp.giving import Giving
from quizapp.happenings import meant
from quizapp.index.changes import Glance, glance, known_decks
from quizapp.index.store import index_path
from quizapp.intake import Intake
from quizapp.journal.instant import to_milliseconds
from quizapp.settings_file import SettingsFile
from quizapp.study.counts import Counts, DeckCounts, deck_counts, tree_counts
from quizapp.study.waiting import Moment, moment
from quizapp.study.works import Works, mending

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from types import TracebackType

    from quizapp.decks.note import Card
    from quizapp.journal.entry import Entry
    from quizapp.journal.log import Writer
    from quizapp.memory.state import Due, Memory, Rating
    from quizapp.problem import Problem
    from quizapp.settings import Settings
    from quizapp.study.desk import Selection
    from quizapp.study.outlook import Outlook
    from quizapp.study.overview import Overview
    from quizapp.study.rows import CardRow
    from quizapp.study.session import Session
    from quizapp.study.story import Story
    from quizapp.study.topics import Resource

    Progress = Callable[[str, int, int], None]


def _quiet(_what: str, _done: int, _total: int) -> None:
    """Show no progress."""


class Collection(Finding, Giving, Intake):
    """A folder of decks with its history. Use `Collection.open`.

    `now` is always an aware datetime, left out it is the clock's. A deck is named by its path without the
    ending; a folder's name means all decks in it.
    """

    def __init__(self, root: Path, progress: Progress = _quiet) -> None:
        super().__init__()
        self.root = places.open_folder(root)
        self.history = places.read_config().history_of(self.root)
        self._progress = progress
        self._settings = SettingsFile(self.root)
        self._works = self._make_works()

    def _make_works(self) -> Works:
        return Works(
            self.root,
            self.history,
            self._settings.found,
            index=index_path(places.cache_folder(), self.root),
            disk_clock=time.time_ns,
            open_writer=self._open_writer,
            progress=self._tell,
        )

    def _tell(self, what: str, done: int, total: int) -> None:
        self._progress(what, done, total)

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        now: datetime | None = None,
        progress: Progress = _quiet,
        refresh: bool = True,
    ) -> Self:
        """Open the collection in a folder; `progress(what, done, total)` is called while much is read.

        Without `refresh` it is as it was when somebody last looked: enough for who only adds.

        Raises CollectionError only if the folder (or its settings, or its history) can't be used; what is
        wrong within it is in `problems`.
        """
        collection = cls(Path(path), progress)
        try:
            if refresh or not collection._works.looked_before(meant(now)):
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
        self._works.close()

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._works.settings

    # --- what other programs did -----------------------------------------------------------------------

    @mending
    def refresh(self, now: datetime | None = None, progress: Progress | None = None) -> None:
        """Take in what other programs did to decks, history and settings; opening, counting and finding do it too.

        `progress` is told of it, in the place of the one given when the collection was opened.
        """
        before, self._progress = self._progress, progress or self._progress
        try:
            self._settings.follow()
            if self._settings.found != self._works.settings:
                self._change_works()
            self._works.take_in(meant(now))
        finally:
            self._progress = before

    def _change_works(self) -> None:
        """Go on under other settings; if that can't be now, under the old ones until the next time."""
        old = self._works
        old.settled  # noqa: B018  every answer is in before another model takes over
        self._works = self._make_works()
        old.close()

    def set(self, table: str, key: str, text: str, now: datetime | None = None) -> None:
        """Write one setting into quizapp.toml, as a person types it, and go on with it.

        RequestError says what the setting wants; SettingsError why the file can't be written.
        """
        self.write_setting(table, key, text)
        self.refresh(now)

    def write_setting(self, table: str, key: str, text: str) -> None:
        """The first half of `set`: the next `refresh`, which may take long, goes on with it."""
        self._settings.write(table, key, text)

    def glance(self) -> Glance:
        """What a look at the disk shows, for `is_news`. It touches nothing, and may be called in any thread."""
        return glance(self.root, self.history)

    @mending
    def is_news(self, now: Glance, before: Glance | None) -> bool:
        """Whether a glance shows what `refresh` would take in; `before` is the last one that was taken in."""
        works = self._works
        if works.others_wrote or now.settings != self._settings.state or now.log != works.keeper.files:
            return True
        if before is not None and now.decks == before.decks:
            return False
        return now.decks != known_decks(works.index.db)

    @property
    @mending
    def problems(self) -> list[Problem]:
        """What is wrong with decks and history, with places; files are named from the collection's folder."""
        from quizapp.index.problems import all_problems, settings_problems

        db = self._works.settled.db
        return self._placed([*all_problems(db), *settings_problems(db, self.settings)])

    @mending
    def quality(self, progress: Progress | None = None) -> list[Problem]:
        """Warnings at cards that are hard to learn, as of the last look at the disk; all of them are looked at.

        What stands behind a card's `allow` is left out. `progress` as in `refresh`.
        """
        from quizapp.study.quality import quality

        found = quality(self._works.settled.db, self.root, progress or self._progress)
        return [problem._replace(file=f"{self.root.name}/{problem.file}") for problem in found]

    @property
    @mending
    def unread(self) -> list[Problem]:
        """Of `problems`, the errors of text and files that can't be read; quickly, as a screen asks it often."""
        if not self._works.index.is_doubtful():
            return self._placed([])
        from quizapp.index.problems import unread

        return self._placed(unread(self._works.index.db))

    def _placed(self, found: list[Problem]) -> list[Problem]:
        """With those of reaching files, named from the collection's folder."""
        mine = [self._settings.problem] if self._settings.problem else []
        found = [*mine, *self._works.reaching, *found]
        return [problem._replace(file=f"{self.root.name}/{problem.file}") for problem in found]

    def counts(self, decks: Sequence[str] | None = None, now: datetime | None = None) -> Counts:
        """How many cards a session of these decks (None: all) would bring now."""
        return self.deck_counts(decks, now)[0]

    @mending
    def deck_counts(
        self, decks: Sequence[str] | None = None, now: datetime | None = None, *, refresh: bool = True
    ) -> tuple[Counts, list[DeckCounts]]:
        """The counts together, and a row for each deck file; without `refresh`, as of the last look at the disk."""
        at = meant(now)
        if refresh:
            self.refresh(at)
        return deck_counts(self._works.settled, self.settings, self._moment(at), decks)

    @mending
    def tree_counts(
        self, decks: Sequence[str] | None = None, now: datetime | None = None, *, refresh: bool = True
    ) -> tuple[Counts, list[DeckCounts]]:
        """The counts together, and a row for each deck and each folder above one; `refresh` as in `deck_counts`."""
        at = meant(now)
        if refresh:
            self.refresh(at)
        return tree_counts(self._works.settled, self.settings, self._moment(at), decks)

    def memory(self, card_id: str) -> Memory | None:
        """What is known of a card's memory, None if it was never reviewed. UnknownCardError for a stranger."""
        return self.row(card_id).memory

    @mending
    def reviews(self, card_id: str) -> list[Entry]:
        """The card's reviews that count, in their order."""
        from quizapp.index.history import entries_of

        return [entry for entry in entries_of(self._works.settled.db, card_id) if entry.rating]

    def recall(self, row: CardRow, now: datetime | None = None) -> float | None:
        """The probability that a card is recalled now; None if it was never reviewed."""
        if row.memory is None:
            return None
        return self._works.schedulers.of(row.card.deck).retrievability(row.memory, meant(now))

    @mending
    def outlook(self, now: datetime | None = None) -> Outlook:
        """Why nothing is left, and when the next card comes."""
        from quizapp.study.outlook import outlook

        return outlook(self._works.settled, self.settings, self._moment(meant(now)))

    @mending
    def overview(self, now: datetime | None = None) -> Overview:
        """What a home screen tells beside the counts, to be asked a little at a time."""
        from quizapp.study.overview import Overview

        return Overview(self, meant(now))

    @mending
    def resources(self, deck: str) -> list[Resource]:
        """What a deck says should be read."""
        from quizapp.study.topics import resources

        return resources(self._works.index, deck)

    @mending
    def source(self, deck: str) -> str:
        """Where a deck says its notes come from; "" if it says nothing."""
        from quizapp.study.topics import source

        return source(self._works.index, deck)

    @mending
    def story(self, card_id: str, now: datetime | None = None) -> Story:
        """Why a card comes now: its reviews with what was predicted, and its recall. UnknownCardError."""
        from quizapp.study.story import story

        return story(self._works, self.row(card_id), self.today(now))

    # --- studying ----------------------------------------------------------------------------------------

    def next(self, decks: Sequence[str] | None = None, now: datetime | None = None) -> Card | None:
        """The card to ask now, None if none is left. Asked again without an answer, it is the same."""
        from quizapp.study.desk import Selection

        return self.current(Selection(tuple(decks) if decks is not None else None), meant(now))

    @mending
    def current(self, selection: Selection, now: datetime) -> Card | None:
        """The card to ask now of a selection."""
        moment = self._moment(now)
        while (num := self._works.desks.queue(selection, moment, now).next(now)) is not None:
            row = self._works.keeper.shown(num)
            if row and not row.suspended and row.buried <= moment.today:
                return row.card
            self._works.desks.clear() if row is None else self._works.desks.answered(row.card.id, num, None)
        return None

    @mending
    def keep(self, selection: Selection, card_id: str, now: datetime) -> None:
        """Let a card that is shown come next in a selection, if it still waits."""
        if num := self._works.index.card_number(card_id):
            self._works.desks.queue(selection, self._moment(now), now).keep_first(num)

    @mending
    def ahead(self, selection: Selection, now: datetime) -> Card | None:
        """The card that is likely to come after the one to ask now; None if none is."""
        num = self._works.desks.queue(selection, self._moment(now), now).after(now)
        row = self._works.keeper.shown(num) if num is not None else None
        return row.card if row else None

    @mending
    def left(self, selection: Selection, now: datetime) -> Counts:
        """What is left of a selection's queue."""
        return self._works.desks.queue(selection, self._moment(now), now).counts(now)

    def session(
        self,
        decks: Sequence[str] | None = None,
        *,
        query: str | None = None,
        limit: int | None = None,
        minutes: float | None = None,
        now: datetime | None = None,
        refresh: bool = True,
    ) -> Session:
        """A session over these decks, or over the cards that a query finds; `refresh` as in `deck_counts`."""
        from quizapp.study.desk import Selection
        from quizapp.study.session import Session, ends_at

        at = meant(now)
        if refresh:
            self.refresh(at)
        cards = frozenset(self.find_ids(query, at)) if query is not None else None
        selection = Selection(tuple(decks) if decks is not None else None, cards)
        self._works.desks.queue(selection, self._moment(at), at)  # an unknown deck shows itself now
        return Session(self, selection, self.settings.study.leech_lapses, limit, ends_at(at, minutes))

    def preview(self, card_id: str, now: datetime | None = None) -> dict[Rating, Due]:
        """When the card would be due after each of the four answers."""
        return {rating: memory.due for rating, memory in self.outcomes(card_id, meant(now)).items()}

    def outcomes(self, card_id: str, now: datetime) -> Mapping[Rating, Memory]:
        """The card's memory after each of the four answers."""
        row = self.row(card_id)
        return self._works.schedulers.of(row.card.deck).outcomes(card_id, row.memory, to_milliseconds(now))

    @mending
    def answer(
        self, card_id: str, rating: Rating, now: datetime | None = None, took: float | None = None
    ) -> Memory:
        """Log an answer, due or not; it is on disk when this returns. `took` is in seconds.

        Raises UnknownCardError, or HistoryError if it could not be saved; then nothing happened.
        """
        from quizapp.memory.state import Rating

        row, after, alone = self._works.keeper.answer(card_id, Rating(rating), meant(now), took)
        self._works.desks.answered(card_id, row.num, after)
        if not alone:
            self._works.desks.clear()
        return after

    def undo(self, now: datetime | None = None) -> Entry | None:
        """Take back the newest event not yet undone; the event, or None if there is none."""
        newest = self._works.keeper.undo(meant(now))
        self._works.desks.clear()
        if newest and newest.rating:
            row = self.row(newest.card) if self.exists(newest.card) else None
            self._works.desks.put_first(newest.card, row.memory if row else None)
        return newest

    def settle(self) -> None:
        """Put what was answered into the index while nobody waits, unless another process is writing to it."""
        self._works.keeper.settle_if_free()

    def beyond(self, now: datetime) -> int:
        """How many new cards more than its limits the day has had."""
        from quizapp.study.limits import limits

        return limits(self._works.settled, self.settings, self.today(now).toordinal())[0].beyond

    def fix(self, now: datetime | None = None) -> int:
        """Write into the decks the ids that their notes have; how many were written."""
        from quizapp.index.fixing import write_ids

        count = write_ids(self._works.settled.db, self.root)
        self.refresh(now)
        return count

    # --- within -----------------------------------------------------------------------------------------

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

    def _moment(self, now: datetime) -> Moment:
        return moment(now, self.settings.study.day_starts)
