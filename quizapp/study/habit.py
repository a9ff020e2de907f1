"""What the log says of a learner's days: how many in a row, how much this week, how long a card takes."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from quizapp.index.store import Index
from quizapp.journal.instant import instant
from quizapp.memory.days import study_day
from quizapp.study.counts import Counts

WEEK = 7  # days
_REVIEWS = "kind IN ('1', '2', '3', '4')"
_LOOKED_AT = 300  # reviews, for the pace
_ENOUGH = 10  # cards, for the pace to count


class Pace(NamedTuple):
    """The seconds that a card takes on one day, with all its repetitions: a new one, and any other."""

    new: float = 30.0
    other: float = 12.0

    def seconds(self, counts: Counts) -> float:
        """How long so many cards will take."""
        return self.new * counts.new + self.other * (counts.learning + counts.review)


def streak(index: Index, now: datetime, day_starts: timedelta) -> int:
    """How many study days in a row have a review, up to today; a day not yet begun does not end it.

    A review's day is that of its own offset.
    """
    today = study_day(now, day_starts)
    bound, last, days = instant(now) + 1, None, 0
    newest = (
        f"SELECT at FROM events WHERE instant < ? AND {_REVIEWS} AND out = 0 ORDER BY instant DESC LIMIT 1"  # noqa: S608
    )
    while row := index.one(newest, bound):
        at = datetime.fromisoformat(row[0])
        day = study_day(at, day_starts)
        if (last or today) - day > timedelta(days=1):
            break
        days += day != last
        last = day
        bound = instant(datetime(day.year, day.month, day.day, tzinfo=at.tzinfo) + day_starts)
    return days


def week(index: Index, now: datetime, day_starts: timedelta) -> tuple[int, ...]:
    """How many reviews each of the last seven study days had, today last; days are those of `now`'s offset."""
    today = study_day(now, day_starts)
    begun = datetime(today.year, today.month, today.day, tzinfo=now.tzinfo) + day_starts
    first = instant(begun - timedelta(days=WEEK - 1))
    within = (first, instant(now))
    # Both from the index by instant alone; what was undone is looked up, as it is little.
    reviews = index.db.execute(
        f"SELECT card, instant FROM events WHERE instant BETWEEN ? AND ? AND {_REVIEWS}",  # noqa: S608
        within,
    )
    undone = index.db.execute(
        "SELECT card, of FROM events WHERE instant BETWEEN ? AND ? AND kind = 'undo'", within
    )
    day = 86400 * 10**6
    counts = Counter((at - first) // day for _, at in set(reviews.fetchall()) - set(undone.fetchall()))
    return tuple(counts[number] for number in range(WEEK))


def pace(index: Index, day_starts: timedelta) -> Pace:
    """The pace of the last reviews; the usual one as long as there are few."""
    rows = index.db.execute(
        "SELECT c.num, c.first_day, e.at, e.took FROM events e JOIN cards c ON c.id = coalesce(e.owner, e.card)"  # noqa: S608
        f" WHERE e.{_REVIEWS} AND e.out = 0 ORDER BY e.instant DESC LIMIT ?",
        (_LOOKED_AT,),
    )
    cards: dict[bool, dict[tuple[int, int], float]] = {True: defaultdict(float), False: defaultdict(float)}
    for card, first_day, at, took in rows.fetchall():
        if took is not None:
            day = study_day(datetime.fromisoformat(at), day_starts).toordinal()
            cards[day == first_day][card, day] += took
    new, other = (_mean(found.values(), usual) for found, usual in zip(cards.values(), Pace(), strict=True))
    return Pace(new, other)


def _mean(seconds: Iterable[float], usual: float) -> float:
    found = [*seconds]
    return sum(found) / len(found) if len(found) >= _ENOUGH else usual
