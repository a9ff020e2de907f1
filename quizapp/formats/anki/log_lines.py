"""Our log as Anki's: a line for each review, and for each time that a card was forgotten or given a day by hand.

Anki's lines say of what kind a review was. That takes the steps of the deck and what each line made due, but no
memory: nothing is replayed.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from quizapp.journal.entry import Entry, read_due
from quizapp.memory.days import study_day
from quizapp.memory.state import Due, Rating
from quizapp.memory.steps import next_step, step_due
from quizapp.settings import Fsrs

LARGEST = 2**31 - 1  # number that Anki can hold; of seconds, it comes in 2038

_LEARNING, _REVIEW, _RELEARNING, _MANUAL = 0, 1, 2, 4  # kinds of lines
_FACTOR = 2500  # of lines that count; without it a manual line says that the card begins anew


class LogLine(NamedTuple):
    """A line for Anki's log, its `instant` in microseconds. `card` is our id, `anki_card` Anki's: None for a stranger.

    `interval` and `last` are days, or if negative seconds; `took` is in milliseconds.
    """

    instant: int
    card: str
    anki_card: int | None
    ease: int
    interval: int
    last: int
    factor: int
    took: int
    kind: int


class _Place(NamedTuple):
    """A card between two lines: the kind of the next one, the step, the interval, and the day of the last review."""

    kind: int = _LEARNING
    step: int = 0
    last: int = 0
    reviewed: date | None = None


def log_lines(
    events: Iterable[Entry],
    cards: Mapping[str, tuple[int, str]],
    settings: Mapping[str, Fsrs],
    day_starts: timedelta,
) -> Iterator[LogLine]:
    """The lines of all events, which come by card and then by time.

    `cards` are those that go along: Anki's ids of them and their decks, whose `settings` are given. Lines of other
    cards come, too: they take their instants, so that a card's lines are the same whatever goes along.
    """
    card, place = "", _Place()
    for entry in events:
        anki_card, deck = cards.get(entry.card, (None, ""))
        if anki_card is None:
            yield LogLine(entry.instant, entry.card, None, 0, 0, 0, 0, 0, 0)
            continue
        if entry.card != card:
            card, place = entry.card, _Place()
        line, place = _next(entry, anki_card, place, settings[deck], day_starts)
        yield line


def _next(
    entry: Entry, anki_card: int, place: _Place, fsrs: Fsrs, day_starts: timedelta
) -> tuple[LogLine, _Place]:
    """The line of an event, and where it leaves its card."""
    instant, card, last = entry.instant, entry.card, place.last
    if entry.kind == "forget":
        return LogLine(instant, card, anki_card, 0, 0, last, 0, 0, _MANUAL), _Place()
    due = read_due(entry.due) if entry.due else None
    at = entry.time
    day = study_day(at, day_starts)
    rating = entry.rating
    if rating is None:
        interval = _interval(at, due, place.reviewed or day)
        line = LogLine(instant, card, anki_card, 0, interval, last, _FACTOR, 0, _MANUAL)
        return line, place._replace(last=interval)
    interval = _interval(at, due, day)
    factor = 0 if place.kind == _LEARNING else _FACTOR
    took = round(1000 * (entry.took or 0))
    line = LogLine(instant, card, anki_card, rating, interval, last, factor, took, place.kind)
    step = _paused(place, rating, fsrs)
    # in steps is what is due within the day, or on the very day that the step reaches
    if isinstance(due, datetime) or (step and due in (None, step_due(at, step[1], day_starts))):
        kind = _LEARNING if place.kind == _LEARNING else _RELEARNING
        return line, _Place(kind, step[0] if step else 0, interval, day)
    return line, _Place(_REVIEW, 0, interval, day)


def _paused(place: _Place, rating: Rating, fsrs: Fsrs) -> tuple[int, int] | None:
    """The step after an answer and its pause in seconds; None if there is none."""
    if place.kind == _REVIEW and rating is not Rating.AGAIN:
        return None
    steps = fsrs.learning_steps if place.kind == _LEARNING else fsrs.relearning_steps
    return next_step(steps, place.step, rating)


def _interval(at: datetime, due: Due | None, day: date) -> int:
    """Days from a day until the card is due, or if it is due within the day negative seconds from `at` on."""
    if due is None:
        return 0
    if isinstance(due, datetime):
        return -min(max(1, round((due - at).total_seconds())), LARGEST)
    return max(0, (due - day).days)
