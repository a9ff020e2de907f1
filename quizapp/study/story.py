"""Why a card comes now: its reviews, each with what was predicted, and how recall falls from the last one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from quizapp.index.history import entries_of
from quizapp.index.standing import NOTHING, fold
from quizapp.memory.days import study_day
from quizapp.memory.state import Memory, Rating
from quizapp.study.rows import CardRow
from quizapp.study.works import Works


@dataclass(frozen=True, slots=True)
class Passed:
    """One review. `predicted` is the recall expected on its day, None for the first and for another on one day."""

    day: date
    rating: Rating
    predicted: float | None
    after: Memory


@dataclass(frozen=True, slots=True)
class Story:
    """A card's way up to `today`.

    `passed` are its reviews since it was new; `recall` is the one expected today, `when_due` that of the day on
    which it is due; `falling` the recall from the last review on, as (days after it, recall). Both are None, and
    `falling` is empty, for a card never reviewed.
    """

    row: CardRow
    today: date
    passed: tuple[Passed, ...]
    recall: float | None
    when_due: float | None
    due_day: date | None
    falling: tuple[tuple[int, float], ...]


def story(works: Works, row: CardRow, today: date) -> Story:
    """The story of a card."""
    scheduler = works.schedulers.of(row.card.deck)
    day_starts = works.settings.study.day_starts
    passed: list[Passed] = []
    standing = NOTHING
    for entry in entries_of(works.settled.db, row.card.id):
        before = standing.memory
        standing = fold(row.card.id, [entry], scheduler, standing)
        if entry.kind == "forget":
            passed = []
        elif entry.rating and standing.memory:
            day = study_day(entry.time, day_starts)
            again = before and study_day(before.last_review, day_starts) == day
            predicted = None if before is None or again else scheduler.retrievability(before, entry.time)
            passed.append(Passed(day, entry.rating, predicted, standing.memory))
    memory = row.memory
    if memory is None:
        return Story(row, today, (), None, None, None, ())
    last = study_day(memory.last_review, day_starts)
    due = study_day(memory.due, day_starts) if isinstance(memory.due, datetime) else memory.due

    def recall(day: date) -> float:
        return scheduler.curve.recall(max(0, (day - last).days), memory.stability)

    end = max((today - last).days, (due - last).days, 1)
    falling = tuple((days, recall(last + timedelta(days=days))) for days in _some(end * 5 // 4 + 1))
    return Story(row, today, tuple(passed), recall(today), recall(due), due, falling)


def _some(end: int, most: int = 120) -> Iterable[int]:
    """Numbers from 0 to `end`, evenly, not more than `most`."""
    return range(0, end + 1, -(-(end + 1) // most))
