"""What the learner asked to study when the app was started, and the clock by which the screens go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.errors import UnknownCardError
from quizapp.markup.plain import one_line
from quizapp.memory.days import study_day
from quizapp.study.counts import Counts, DeckCounts
from quizapp.study.wording import next_words

if TYPE_CHECKING:
    from quizapp.collection import Collection
    from quizapp.decks.note import Card
    from quizapp.study.session import Session


def local_now() -> datetime:
    """The clock's time, with its zone."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Plan:
    """A collection and what to study of it. `minutes` and `limit` (in cards) hold for each session.

    What it tells is as of the last look at the disk: the app looks when something changes.
    """

    collection: "Collection"
    decks: Sequence[str] | None = None
    query: str | None = None
    limit: int | None = None
    minutes: float | None = None
    clock: Callable[[], datetime] = local_now

    def session(self, deck: str | None = None, query: str | None = None) -> "Session":
        """A session over a deck, a folder, what a query finds, or all asked for. UnknownDeckError, RequestError."""
        decks = self.decks if deck is None else [deck]
        return self.collection.session(
            decks,
            query=query or self.query,
            limit=self.limit,
            minutes=self.minutes,
            now=self.clock(),
            refresh=False,
        )

    def card(self, card_id: str) -> "Card | None":
        """A card, None if it is gone."""
        try:
            return self.collection.row(card_id).card
        except UnknownCardError:
            return None

    def counts(self, now: datetime) -> tuple[Counts, list[DeckCounts]]:
        """The counts of all asked for, and a row for each deck and folder: what a session of it would bring."""
        return self.collection.tree_counts(self.decks, now, refresh=False)

    def ahead(self, now: datetime) -> str:
        """What comes next and when, in words; "" if nothing does."""
        return next_words(self.collection.outlook(now), now, self.today(now))

    @property
    def place(self) -> str:
        """The collection's folder as people write it: `~/notes/cards`."""
        root, home = self.collection.root, Path.home()
        return one_line(f"~/{root.relative_to(home)}" if root.is_relative_to(home) else str(root))

    def today(self, now: datetime) -> date:
        """The study day of `now`."""
        return study_day(now, self.collection.settings.study.day_starts)
