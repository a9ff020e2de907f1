"""Memory as Anki keeps it: columns of cards, lines of its review log, and the days from which it counts.

What Anki computes from the same log with the same parameters is then the same. Days are counted from the first of
January 2001, in the learner's present offset: the same for every export, and before whatever an export holds.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, NamedTuple

from quizapp.formats.anki.log_lines import LARGEST, LogLine, log_lines
from quizapp.formats.anki.presets import Preset, preset
from quizapp.memory.days import study_day
from quizapp.memory.state import Memory, State
from quizapp.settings import lineage
from quizapp.study.outgoing import Schedule

_DAY_ZERO = date(2001, 1, 1)
FIRST_DAY = int(datetime(2001, 1, 1, 4, tzinfo=UTC).timestamp())

_FACTOR = 2500  # the ease of a card that knows none: FSRS needs no such number
_SUSPENDED, _BURIED = -1, -3  # queues; -2 would be buried by Anki itself
_KINDS = {State.LEARNING: 1, State.REVIEW: 2, State.RELEARNING: 3}
_IN_SECONDS, _IN_REVIEW, _IN_DAYS = 1, 2, 3  # queues: steps within the day, reviews, steps over days


class Columns(NamedTuple):
    """Those of Anki's table of cards that tell of memory. `due` of a new card is its position among the new ones."""

    kind: int = 0
    queue: int = 0
    due: int = 0
    interval: int = 0
    factor: int = 0
    reps: int = 0
    lapses: int = 0
    left: int = 0
    flags: int = 0
    data: str = ""


class Timetable:
    """A schedule as Anki keeps it, for decks by our names."""

    def __init__(self, schedule: Schedule, decks: Sequence[str]) -> None:
        self._schedule = schedule
        self._day_starts = schedule.settings.study.day_starts
        self._today = study_day(schedule.now, self._day_starts).toordinal()
        names = dict.fromkeys(name for deck in decks for name in lineage(deck))
        self._presets = {name: preset(schedule.settings, name) for name in names}

    @property
    def _offset(self) -> timedelta:
        return self._schedule.now.utcoffset() or timedelta()

    @property
    def first_second(self) -> int:
        """The beginning of day 0, in the offset that the learner has now, in seconds of Unix time."""
        start = datetime(2001, 1, 1, tzinfo=timezone(self._offset)) + self._day_starts
        return int(start.timestamp())

    @property
    def conf(self) -> dict[str, Any]:
        """What the collection says of its days: minutes west of UTC, and the hour at which they begin."""
        return {
            "creationOffset": -self._offset // timedelta(minutes=1),
            "rollover": self._day_starts // timedelta(hours=1),
        }

    @property
    def presets(self) -> list[dict[str, Any]]:
        """The decks' presets, each once."""
        found = {made.id: made for made in self._presets.values()}
        return [found[number].json for number in sorted(found)]

    def preset_of(self, deck: str) -> int:
        """The id of a deck's preset."""
        return self._presets[deck].id

    def columns(self, card: str, deck: str, position: int) -> Columns:
        """A card as it stands; `position` is that among the new ones."""
        standing = self._schedule.standing(card)
        found = (
            self._learned(standing.memory, self._presets[deck]) if standing.memory else Columns(due=position)
        )
        queue = found.queue
        if standing.suspended:
            queue = _SUSPENDED
        elif standing.buried > self._today:
            queue = _BURIED
        return found._replace(queue=queue, flags=int(standing.marked))

    def _learned(self, memory: Memory, made: Preset) -> Columns:
        kind = _KINDS[memory.state]
        due = memory.due
        queue, left = _IN_REVIEW, 0
        if memory.state is not State.REVIEW:
            steps = made.fsrs.learning_steps if memory.state is State.LEARNING else made.fsrs.relearning_steps
            left = max(0, len(steps) - memory.step)
            queue = _IN_DAYS
        if isinstance(due, datetime):
            number = int(due.timestamp())
            if queue == _IN_DAYS and number <= LARGEST:
                queue = _IN_SECONDS
            else:
                number = (study_day(due, self._day_starts) - _DAY_ZERO).days
        else:
            number = (due - _DAY_ZERO).days
        interval = memory.interval if memory.state is State.LEARNING else max(1, memory.interval)
        data = _data(memory, made)
        return Columns(kind, queue, number, interval, _FACTOR, memory.reps, memory.lapses, left, data=data)

    def reviews(self, cards: Mapping[str, tuple[int, str]]) -> Iterator[LogLine]:
        """The lines of the review log. `cards` are those that go along: their ids in Anki and their decks, by ours."""
        return log_lines(
            self._schedule.events,
            cards,
            {deck: made.fsrs for deck, made in self._presets.items()},
            self._day_starts,
        )


def _data(memory: Memory, made: Preset) -> str:
    """What FSRS knows, as Anki reads it; Anki rounds where it writes, and so would be off by a thousandth."""
    return json.dumps(
        {
            "s": memory.stability,
            "d": memory.difficulty,
            "dr": made.fsrs.retention,
            "decay": made.decay,
            "lrt": int(memory.last_review.timestamp()),
        },
        separators=(",", ":"),
    )
