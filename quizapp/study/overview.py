"""What a home screen tells beside the counts: habits, how well decks are known, which tags there are.

Asked a little at a time, since on a large collection the whole would hold a key press up.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from quizapp.study import habit, topics
from quizapp.study.known import known
from quizapp.study.works import Asking, Works, mending


class Overview:
    """As of one moment."""

    def __init__(self, collection: Asking, now: datetime) -> None:
        self._collection = collection
        self._now = now

    @property
    def _works(self) -> Works:
        """Those of the collection at this step: its settings may change between two."""
        return self._collection._works  # noqa: SLF001  it asks in the collection's place

    @property
    def _day_starts(self) -> timedelta:
        return self._works.settings.study.day_starts

    @mending
    def decks(self) -> Sequence[tuple[int, str]]:
        """The number and the name of each deck file."""
        return self._works.index.db.execute("SELECT num, name FROM decks ORDER BY rank").fetchall()

    @mending
    def known(self, deck: tuple[int, str]) -> float:
        """How many of a deck file's cards are expected to be recalled now."""
        return known(self._works.settled, self._works.schedulers, deck, self._now)

    @mending
    def tags(self, deck: tuple[int, str]) -> Sequence[tuple[str, int]]:
        """The tags of a deck file, and how many notes have each."""
        return topics.tags(self._works.index, deck[0])

    @mending
    def streak(self) -> int:
        """How many study days in a row have a review."""
        return habit.streak(self._works.settled, self._now, self._day_starts)

    @mending
    def week(self) -> tuple[int, ...]:
        """The reviews of each of the last seven study days, today last."""
        return habit.week(self._works.settled, self._now, self._day_starts)

    @mending
    def pace(self) -> habit.Pace:
        """How long a card takes the learner."""
        return habit.pace(self._works.settled, self._day_starts)
