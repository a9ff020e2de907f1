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
        line, place = _next(entry, place, settings[deck], day_starts)
        yield line._replace(anki_card=anki_card)


def _next(entry: Entry, place: _Place, fsrs: Fsrs, day_starts: timedelta) -> tuple[LogLine, _Place]:
    """The line of an event, and where it leaves its card."""
    line = LogLine(entry.instant, entry.card, None, 0, 0, place.last, 0, 0, _MANUAL)
    if entry.kind == "forget":
        return line, _Place()
    due = read_due(entry.due) if entry.due else None
    day = study_day(entry.time, day_starts)
    rating = entry.rating
    if rating is None:
        interval = _interval(entry, due, place.reviewed or day)
        return line._replace(interval=interval, factor=_FACTOR), place._replace(last=interval)
    interval = _interval(entry, due, day)
    kind, step = _after(place, entry, due, fsrs, day_starts)
    factor = 0 if place.kind == _LEARNING else _FACTOR
    took = round(1000 * (entry.took or 0))
    line = line._replace(ease=rating, interval=interval, factor=factor, took=took, kind=place.kind)
    return line, _Place(kind, step, interval, day)


def _interval(entry: Entry, due: Due | None, day: date) -> int:
    """Days from a day until the card is due, or if it is due within the day negative seconds."""
    if due is None:
        return 0
    if isinstance(due, datetime):
        return -max(1, round((due - entry.time).total_seconds()))
    return max(0, (due - day).days)


def _after(
    place: _Place, entry: Entry, due: Due | None, fsrs: Fsrs, day_starts: timedelta
) -> tuple[int, int]:
    """The kind of the line after an answer, and its step.

    The card is in steps if it is due within the day, or on the very day that its step reaches.
    """
    paused = None
    rating = entry.rating or Rating.GOOD
    if place.kind != _REVIEW or rating is Rating.AGAIN:
        steps = fsrs.learning_steps if place.kind == _LEARNING else fsrs.relearning_steps
        paused = next_step(steps, place.step, rating)
    in_steps = isinstance(due, datetime)
    if paused and not in_steps:
        in_steps = due in (None, step_due(entry.time, paused[1], day_starts))
    if not in_steps:
        return _REVIEW, 0
    return (_LEARNING if place.kind == _LEARNING else _RELEARNING), paused[0] if paused else 0
