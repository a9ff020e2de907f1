"""Why a card comes now: its reviews, each with what was predicted, and how recall falls from the last one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from quizapp.index.history import entries_of
from quizapp.index.standing import NOTHING, fold
from quizapp.memory.curve import Curve
from quizapp.memory.days import study_day
from quizapp.memory.state import Memory, Rating
from quizapp.study.rows import CardRow
from quizapp.study.works import Works

_POINTS = 24  # of the curve between two reviews


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
    which it is due, both None for a card never reviewed. `curve` is its recall from the first review to the
    latest of the day it is due, today, and the day after its last review, as (days after the first, recall): it
    falls, and each review lifts it.
    """

    row: CardRow
    today: date
    passed: tuple[Passed, ...]
    recall: float | None
    when_due: float | None
    due_day: date | None
    curve: tuple[tuple[int, float], ...]


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

    points = tuple(_curve(passed, scheduler.curve, max(today, due, last + timedelta(days=1))))
    return Story(row, today, tuple(passed), recall(today), recall(due), due, points)


def _curve(passed: Sequence[Passed], curve: Curve, end: date) -> Iterator[tuple[int, float]]:
    """Some points of the recall after each review, up to the next one or the end."""
    ends = [*(review.day for review in passed[1:]), end]
    for review, until in zip(passed, ends, strict=True):
        first, days = (review.day - passed[0].day).days, (until - review.day).days
        for day in sorted({0, *range(0, days, max(1, days // _POINTS)), max(0, days)}):
            yield first + day, curve.recall(day, review.after.stability)
