"""A plausible past of two years: runs of reviews with growing intervals, lapses and steps within the day.

The rule is a simple one, not FSRS: what is measured is how fast a log is read, not how
good its intervals are.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from quizapp.decks.identity import base

_SPAN = 730  # days of history
_DAY = 86_400_000  # milliseconds
_AGAIN, _HARD, _GOOD, _EASY = 1, 2, 3, 4
_RATINGS = (_AGAIN, _HARD, _GOOD, _EASY)
_NEW_SHARES = (20, 30, 90, 100)  # running totals, in the order of _RATINGS
_REVIEW_SHARES = (10, 22, 92, 100)
_GROWTH = {_HARD: 1.2, _GOOD: 2.3, _EASY: 3.0}
_STEPS = {_AGAIN: 60, _HARD: 330, _GOOD: 600}  # seconds to the next step within the day
_WINTER, _SUMMER = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))


@dataclass(frozen=True, slots=True)
class Event:
    """One review. `at` is UTC in milliseconds, `due` a day since 1970 or, negative, seconds to a step."""

    at: int
    card: str
    rating: int
    took: float
    due: int


def make_reviews(rng: random.Random, cards: Sequence[str], count: int, today: date) -> list[Event]:
    """Exactly `count` reviews of four fifths of the cards, in the order of time, all before `today`."""
    reviewed = rng.sample(cards, min(count, round(len(cards) * 0.8)))
    events: list[Event] = []
    for card, length in zip(reviewed, _lengths(rng, len(reviewed), count), strict=True):
        events += _CardPast(rng, card, today).events(length)
    events.sort(key=lambda event: event.at)
    return _told_apart(events)


def history_lines(events: Sequence[Event], hashes: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Year and line of every event; `hashes` are the notes', told after each note's first review."""
    told: set[str] = set()
    for event in events:
        at = _local(event.at)
        due = _day(event.due).isoformat() if event.due > 0 else _stamp(at - timedelta(seconds=event.due))
        yield (
            at.year,
            (
                f'{{"at":"{_stamp(at)}","card":"{event.card}","rating":{event.rating},'
                f'"took":{event.took},"due":"{due}"}}\n'
            ),
        )
        note = base(event.card)
        if note not in told:
            told.add(note)
            at = _local(event.at + 1)
            yield at.year, f'{{"at":"{_stamp(at)}","event":"note","card":"{note}","hash":"{hashes[note]}"}}\n'


class _CardPast:
    """One card's run of reviews, first told from day 0, then moved so that it ends some days before today."""

    def __init__(self, rng: random.Random, card: str, today: date) -> None:
        self._rng = rng
        self._card = card
        self._today = today.toordinal() - date(1970, 1, 1).toordinal()
        self._stays_in_steps = rng.random() < 0.01
        self._pause = 1 if self._stays_in_steps else rng.randint(1, 300)  # days from the last review to today
        self._day = 0
        self._interval = 0  # days; 0 before the first
        self._step = 0
        self._in_steps = True

    def events(self, length: int) -> list[Event]:
        """The run, `length` reviews long."""
        run: list[Event] = []
        time = self._morning()
        for left in range(length - 1, -1, -1):
            rating = self._rating(last=left == 0)
            self._answer(rating, left)
            seconds = _STEPS[rating] if self._in_steps else 0
            due = -seconds if self._in_steps else self._day + self._interval
            run.append(Event(self._day * _DAY + time, self._card, rating, self._took(), due))
            if self._in_steps:
                time += seconds * 1000 + self._rng.randint(1_000, 180_000)
            elif left:
                self._day += self._interval + self._lateness(left)
                time = self._morning()
        shift = self._today - self._pause - self._day
        return [_moved(event, shift) for event in run]

    def _rating(self, *, last: bool) -> int:
        if last and self._stays_in_steps:
            return _AGAIN
        if last and self._in_steps:
            return _GOOD if self._step else _EASY
        shares = _NEW_SHARES if self._in_steps else _REVIEW_SHARES
        rating = self._rng.choices(_RATINGS, cum_weights=shares)[0]
        return max(rating, _HARD) if last else rating

    def _answer(self, rating: int, left: int) -> None:
        """The card's next interval or step."""
        if self._in_steps and rating in (_AGAIN, _HARD):
            self._step = 0 if rating == _AGAIN else self._step
        elif self._in_steps and rating == _GOOD and self._step == 0:
            self._step = 1
        elif rating == _AGAIN:
            self._in_steps, self._step, self._interval = True, 1, max(1, self._interval // 4)
        elif self._in_steps:
            self._in_steps = False
            self._interval = self._interval or self._rng.randint(2, 4) * (3 if rating == _EASY else 1)
        else:
            self._interval = round(self._interval * _GROWTH[rating] * self._rng.uniform(0.95, 1.05)) + 1
        self._interval = min(self._interval, self._room(left)) if left else self._last_interval()

    def _room(self, left: int) -> int:
        """The longest interval that leaves days for so many more reviews."""
        return max(1, (_SPAN - 20 - self._pause - self._day) // (left + 1))

    def _last_interval(self) -> int:
        """Most cards are due today or later, a few overdue."""
        if self._rng.random() < 0.02:
            return max(1, self._pause - self._rng.randint(1, 20))
        return max(self._interval, self._pause + self._rng.randint(0, self._pause))

    def _lateness(self, left: int) -> int:
        return self._rng.randint(1, 3) if self._room(left) > 4 and self._rng.random() < 0.3 else 0

    def _morning(self) -> int:
        """A time from 06:00 to 19:00 UTC, in milliseconds."""
        return self._rng.randrange(6 * 3_600_000, 19 * 3_600_000)

    def _took(self) -> float:
        return min(60.0, round(self._rng.lognormvariate(1.7, 0.6), 1))


def _moved(event: Event, days: int) -> Event:
    due = event.due + days if event.due > 0 else event.due
    return replace(event, at=event.at + days * _DAY, due=due)


def _lengths(rng: random.Random, runs: int, count: int) -> list[int]:
    """Lengths of so many runs, each at least 1, `count` in all."""
    mean = count / max(1, runs)
    lengths = [max(1, round(rng.gammavariate(2, mean / 2))) for _ in range(runs)]
    missing = count - sum(lengths)
    while missing:
        place = rng.randrange(runs)
        if missing > 0 or lengths[place] > 1:
            lengths[place] += 1 if missing > 0 else -1
            missing += -1 if missing > 0 else 1
    return lengths


def _told_apart(events: list[Event]) -> list[Event]:
    """No two events within two milliseconds, so that a note's line has its own between them."""
    apart: list[Event] = []
    previous = 0
    for event in events:
        own = event if event.at > previous + 1 else replace(event, at=previous + 2)
        previous = own.at
        apart.append(own)
    return apart


def _local(at: int) -> datetime:
    return datetime.fromtimestamp(at // 1000, _zone(at // _DAY)) + timedelta(milliseconds=at % 1000)


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


@cache
def _day(number: int) -> date:
    return date(1970, 1, 1) + timedelta(days=number)


@cache
def _zone(day: int) -> timezone:
    """Central European time: summer from the last Sunday of March to the last of October."""
    at = datetime.fromtimestamp(day * _DAY / 1000, UTC).date()
    return _SUMMER if _last_sunday(at.year, 3) <= at < _last_sunday(at.year, 10) else _WINTER


def _last_sunday(year: int, month: int) -> date:
    """The last Sunday of a month of 31 days."""
    end = date(year, month, 31)
    return end - timedelta(days=(end.weekday() + 1) % 7)
