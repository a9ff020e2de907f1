"""What a home screen tells beside the counts: habits, how well decks are known, which tags there are.

Asked a little at a time, since on a large collection the whole would hold a key press up.
"""

from collections.abc import Sequence
from datetime import datetime

from quizapp.study import habit, topics
from quizapp.study.known import known
from quizapp.study.works import Works, mending


class Overview:
    """As of one moment."""

    def __init__(self, works: Works, now: datetime) -> None:
        self._works = works
        self._now = now
        self._day_starts = works.settings.study.day_starts
        works.settled  # noqa: B018  every answer counts

    @mending
    def decks(self) -> Sequence[tuple[int, str]]:
        """The number and the name of each deck file."""
        return self._works.index.db.execute("SELECT num, name FROM decks ORDER BY rank").fetchall()

    @mending
    def known(self, deck: tuple[int, str]) -> float:
        """How many of a deck file's cards are expected to be recalled now."""
        return known(self._works.index, self._works.schedulers, deck, self._now)

    @mending
    def tags(self, deck: tuple[int, str]) -> Sequence[tuple[str, int]]:
        """The tags of a deck file, and how many notes have each."""
        return topics.tags(self._works.index, deck[0])

    @mending
    def streak(self) -> int:
        """How many study days in a row have a review."""
        return habit.streak(self._works.index, self._now, self._day_starts)

    @mending
    def week(self) -> tuple[int, ...]:
        """The reviews of each of the last seven study days, today last."""
        return habit.week(self._works.index, self._now, self._day_starts)

    @mending
    def pace(self) -> habit.Pace:
        """How long a card takes the learner."""
        return habit.pace(self._works.index, self._day_starts)
