"""Memory as Anki keeps it: columns of cards, lines of its review log, and the days from which it counts.

What Anki computes from the same log with the same parameters is then the same; `notes` on its format are in
docs/anki.md. Days are counted from the first of January 2001, the same for every export.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from quizapp.formats.anki.presets import Preset, preset
from quizapp.journal.entry import Entry, read_due
from quizapp.memory.days import study_day
from quizapp.memory.state import Due, Memory, State
from quizapp.study.outgoing import Schedule

_DAY_ZERO = date(2001, 1, 1)
FIRST_DAY = int(datetime(2001, 1, 1, 4, tzinfo=UTC).timestamp())

_FACTOR = 2500  # the ease of a card that knows none: FSRS needs no such number
_LEARNING, _REVIEW, _RELEARNING, _MANUAL = 0, 1, 2, 4  # kinds of lines in the review log
_SUSPENDED, _BURIED = -1, -3
_KINDS = {State.LEARNING: 1, State.REVIEW: 2, State.RELEARNING: 3}
_IN_SECONDS, _IN_DAYS = 1, 3  # queues of cards in steps

ReviewLine = tuple[int, int, int, int, int, int, int, int]  # id, card, ease, ivl, lastIvl, factor, time, type


class Columns(NamedTuple):
    """Those of Anki's table of cards that tell of memory."""

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


NEW = Columns()


class Timetable:
    """A schedule as Anki keeps it, for decks by our names."""

    def __init__(self, schedule: Schedule, decks: Sequence[str]) -> None:
        self._schedule = schedule
        self._day_starts = schedule.settings.study.day_starts
        self._today = study_day(schedule.now, self._day_starts).toordinal()
        self._presets: dict[str, Preset] = {}
        for deck in decks:
            parts = deck.split("/")
            for name in ("/".join(parts[: n + 1]) for n in range(len(parts))):
                self._presets.setdefault(name, preset(schedule.settings, name))

    @property
    def first_second(self) -> int:
        """The beginning of day 0, where the learner is now, in seconds of Unix time."""
        start = datetime(2001, 1, 1, tzinfo=self._schedule.now.tzinfo) + self._day_starts
        return int(start.timestamp())

    @property
    def conf(self) -> dict[str, Any]:
        """What the collection says of its days."""
        west = -(self._schedule.now.utcoffset() or timedelta()) // timedelta(minutes=1)
        return {"creationOffset": west, "rollover": self._day_starts // timedelta(hours=1)}

    @property
    def presets(self) -> list[dict[str, Any]]:
        """The decks' presets, each once."""
        found = {made.id: made.json for made in self._presets.values()}
        return [found[number] for number in sorted(found)]

    def preset_of(self, deck: str) -> int:
        """The id of a deck's preset."""
        return self._presets[deck].id

    def columns(self, card: str, deck: str, position: int) -> Columns:
        """A card as it stands; `position` is that among the new ones."""
        standing = self._schedule.standing(card)
        memory = standing.memory
        found = self._learned(memory, self._presets[deck]) if memory else NEW._replace(due=position)
        queue = found.queue
        if standing.suspended:
            queue = _SUSPENDED
        elif standing.buried > self._today:
            queue = _BURIED
        return found._replace(queue=queue, flags=int(standing.marked))

    def _learned(self, memory: Memory, made: Preset) -> Columns:
        kind = _KINDS[memory.state]
        queue, left = kind, 0
        if memory.state is not State.REVIEW:
            steps = made.fsrs.learning_steps if memory.state is State.LEARNING else made.fsrs.relearning_steps
            left = max(1, len(steps) - memory.step)
            queue = _IN_SECONDS if isinstance(memory.due, datetime) else _IN_DAYS
        due = memory.due
        days = due if not isinstance(due, datetime) else study_day(due, self._day_starts)
        is_timed = queue == _IN_SECONDS and isinstance(due, datetime)
        return Columns(
            kind,
            queue,
            int(due.timestamp()) if is_timed and isinstance(due, datetime) else (days - _DAY_ZERO).days,
            memory.interval or int(kind == _KINDS[State.RELEARNING]),
            _FACTOR,
            memory.reps,
            memory.lapses,
            left,
            data=_data(memory, made),
        )

    def reviews(self, cards: Mapping[str, int]) -> Iterator[ReviewLine]:
        """The lines of the review log for cards by our ids, each at an instant of its own."""
        used: set[int] = set()
        card, last, kind = "", 0, _LEARNING
        for entry in self._schedule.events:
            if entry.card not in cards:
                continue
            if entry.card != card:
                card, last, kind = entry.card, 0, _LEARNING
            at = entry.instant // 1000
            while at in used:
                at += 1
            used.add(at)
            due = read_due(entry.due) if entry.due else None
            interval = self._interval(entry, due)
            took = round(1000 * (entry.took or 0))
            if entry.rating is None:
                factor = 0 if entry.kind == "forget" else _FACTOR
                yield at, cards[card], 0, interval, last, factor, 0, _MANUAL
                kind = _LEARNING if entry.kind == "forget" else kind
            else:
                factor = 0 if kind == _LEARNING else _FACTOR
                yield at, cards[card], int(entry.rating), interval, last, factor, took, kind
                kind = _next_kind(kind, due)
            last = interval

    def _interval(self, entry: Entry, due: Due | None) -> int:
        """Days until the card is due, or if it is due within the day negative seconds."""
        if due is None:
            return 0
        if isinstance(due, datetime):
            return -max(1, round((due - entry.time).total_seconds()))
        return (due - study_day(entry.time, self._day_starts)).days


def _next_kind(kind: int, due: Due | None) -> int:
    """What the next line of a card is, after one of this kind that made it due then."""
    if not isinstance(due, datetime):
        return _REVIEW
    return _LEARNING if kind == _LEARNING else _RELEARNING


def _data(memory: Memory, made: Preset) -> str:
    """What FSRS knows, as Anki reads it; it rounds where it writes, and so would be off by a thousandth."""
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
