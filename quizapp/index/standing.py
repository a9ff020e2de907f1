"""How a card stands: its events folded, one by one, into memory and flags."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from quizapp.journal.entry import Entry, read_due
from quizapp.journal.instant import instant
from quizapp.memory.days import study_day
from quizapp.memory.scheduler import Scheduler
from quizapp.memory.state import Memory, Rating, State

_STATES = (State.NEW, State.LEARNING, State.REVIEW, State.RELEARNING)
_NUMBERS = {state: number for number, state in enumerate(_STATES)}
_RATINGS = {str(int(rating)): rating for rating in Rating}

COLUMNS = (
    "state", "stability", "difficulty", "due", "due_day", "due_at", "reps", "lapses", "last", "last_day",
    "step", "interval", "suspended", "buried", "marked", "first_day", "review_day",
)  # fmt: skip


class Standing(NamedTuple):
    """What the log says of a card. `first` is its first review, `reviewed` its last one as a review card."""

    memory: Memory | None = None
    suspended: bool = False
    buried: date | None = None
    marked: bool = False
    first: datetime | None = None
    reviewed: datetime | None = None


NOTHING = Standing()


def fold(card: str, entries: Iterable[Entry], scheduler: Scheduler, start: Standing = NOTHING) -> Standing:
    """Replay the entries of one card, in their order, from `start`."""
    memory, suspended, buried, marked, first, reviewed = start
    for entry in entries:
        kind = entry.kind
        if rating := _RATINGS.get(kind):
            at = datetime.fromisoformat(entry.at)
            if memory is None:
                first = at
            elif memory.state is State.REVIEW:
                reviewed = at
            memory = scheduler.replay(card, memory, rating, at, read_due(entry.due) if entry.due else None)
        elif kind == "forget":
            memory, first, reviewed = None, None, None
        elif kind == "due" and memory is not None:
            memory = replace(memory, due=read_due(entry.due or ""))
        elif kind in ("suspend", "resume"):
            suspended, buried = kind == "suspend", buried if kind == "suspend" else None
        elif kind in ("mark", "unmark"):
            marked = kind == "mark"
        elif kind == "bury":
            buried = _day(entry)
    return Standing(memory, suspended, buried, marked, first, reviewed)


def _day(entry: Entry) -> date:
    until = read_due(entry.due or "")
    return until.date() if isinstance(until, datetime) else until


def to_row(standing: Standing, day_starts: timedelta) -> tuple[Any, ...]:
    """The values of `COLUMNS`."""
    memory = standing.memory

    def day(at: datetime | None) -> int | None:
        return study_day(at, day_starts).toordinal() if at else None

    flags = (
        int(standing.suspended),
        standing.buried.toordinal() if standing.buried else 0,
        int(standing.marked),
        day(standing.first),
        day(standing.reviewed),
    )
    if memory is None:
        return (0, None, None, None, None, None, 0, 0, None, None, 0, 0, *flags)
    due = memory.due
    timed = isinstance(due, datetime)
    return (
        _NUMBERS[memory.state], memory.stability, memory.difficulty, due.isoformat(),
        day(due) if isinstance(due, datetime) else due.toordinal(),
        instant(due) if timed and isinstance(due, datetime) else None,
        memory.reps, memory.lapses, memory.last_review.isoformat(), day(memory.last_review),
        memory.step, memory.interval, *flags,
    )  # fmt: skip


def from_row(row: tuple[Any, ...]) -> tuple[Memory | None, bool, int, bool]:
    """The memory, and whether suspended, until which day buried (0: not) and whether marked."""
    (
        state,
        stability,
        difficulty,
        due,
        _,
        _,
        reps,
        lapses,
        last,
        _,
        step,
        interval,
        suspended,
        buried,
        marked,
    ) = row[:15]
    memory = None
    if state:
        memory = Memory(
            _STATES[state], stability, difficulty, read_due(due), reps, lapses,
            datetime.fromisoformat(last), step, interval,
        )  # fmt: skip
    return memory, bool(suspended), buried, bool(marked)
