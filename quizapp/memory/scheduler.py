"""One review: what a card's memory becomes by each answer. All memory is a fold of this step.

Stability and difficulty are py-fsrs', fed with whole study days, as Anki counts them; the intervals are
Anki's (`intervals`, `steps`), since py-fsrs' neither keep Hard before Good before Easy nor repeat.
"""

from datetime import UTC, date, datetime, timedelta
from typing import cast

from quizapp.memory import intervals
from quizapp.memory.curve import curve
from quizapp.memory.days import study_day
from quizapp.memory.intervals import Days, Wished
from quizapp.memory.state import Due, Memory, Rating, State
from quizapp.memory.steps import next_step, step_due
from quizapp.settings import Fsrs

MAX_STABILITY = 36500.0  # days; Anki's upper bound (py-fsrs keeps the lower one, 0.001)

_NOON = datetime(2000, 1, 1, 12, tzinfo=UTC)  # any noon: only the days between two reviews count
_SHORT = 0.5  # days; below, a card without steps comes back within the day


class Scheduler:
    """Answers turned into memory, for one set of parameters, steps and one beginning of the day.

    Building one imports `fsrs` and raises ValueError, a sentence, for parameters out of bounds.
    """

    def __init__(self, fsrs: Fsrs, day_starts: timedelta) -> None:
        import fsrs as model  # noqa: PLC0415  29 ms, not for commands that schedule nothing

        parameters = fsrs.parameters or model.scheduler.DEFAULT_PARAMETERS
        _check(parameters, model.scheduler.LOWER_BOUNDS_PARAMETERS, model.scheduler.UPPER_BOUNDS_PARAMETERS)
        scheduler = model.Scheduler(
            parameters, learning_steps=(), relearning_steps=(), maximum_interval=1, enable_fuzzing=False
        )
        self._fsrs = fsrs
        self._day_starts = day_starts
        self.curve = curve(parameters[20])
        self._short_term = parameters[17] > 0 and parameters[18] > 0
        self._card = type(
            "Scratch", (model.Card,), {"__copy__": lambda card: card}
        )  # ours for one review: no copy
        self._review_card = scheduler.review_card
        self._review_state = model.State.Review
        self._ratings = tuple(model.Rating(rating) for rating in Rating)
        self._first = tuple(self._first_review(rating) for rating in Rating)

    def outcomes(self, card_id: str, memory: Memory | None, now: datetime) -> dict[Rating, Memory]:
        """What the memory becomes by each of the four answers at `now` (aware)."""
        day = study_day(now, self._day_starts)
        reviewed = {rating: self._reviewed(memory, rating, day) for rating in Rating}
        wished = [self.curve.interval(reviewed[rating][0], self._fsrs.retention) for rating in Rating]
        given = self._given(card_id, memory, wished)
        return {
            rating: self._outcome(memory, rating, now, reviewed[rating], days)
            for rating, days in zip(Rating, given, strict=True)
        }

    def outcome(self, card_id: str, memory: Memory | None, rating: Rating, now: datetime) -> Memory:
        """What `outcomes` gives for one answer, in half the time: nothing that it doesn't rest on is computed."""
        day = study_day(now, self._day_starts)
        reviewed = {rating: self._reviewed(memory, rating, day)}
        if not self._paused(memory, rating, reviewed[rating][0]):
            below = range(Rating.HARD, rating)  # Good's interval lies above Hard's, Easy's above both
            reviewed |= {Rating(other): self._reviewed(memory, Rating(other), day) for other in below}
        stabilities = [reviewed[other][0] if other in reviewed else 0.0 for other in Rating]
        wished = [self.curve.interval(stability, self._fsrs.retention) for stability in stabilities]
        days = self._given(card_id, memory, wished)[rating - 1]
        return self._outcome(memory, rating, now, reviewed[rating], days)

    def replay(
        self, card_id: str, memory: Memory | None, rating: Rating, at: datetime, due: Due | None
    ) -> Memory:
        """One step of the fold: the memory after an answer from the log, with the `due` of its line.

        The log's due holds, whatever the settings are now; without one (None) it is computed. A time
        means steps. A day means steps only if the step of this answer reaches that very day.
        """
        if due is None:
            return self.outcomes(card_id, memory, at)[rating]
        day = study_day(at, self._day_starts)
        reviewed = self._reviewed(memory, rating, day)
        paused = self._paused(memory, rating, reviewed[0])
        if isinstance(due, datetime) or (paused and step_due(at, paused[1], self._day_starts) == due):
            step = paused[0] if paused else 0
            return _next(memory, rating, at, reviewed, due, state=_steps_of(memory), step=step)
        return _next(memory, rating, at, reviewed, due, interval=max(0, (due - day).days))

    def retrievability(self, memory: Memory, now: datetime) -> float:
        """The probability, 0 to 1, that the card is recalled at `now`, by whole study days as in Anki."""
        days = (study_day(now, self._day_starts) - study_day(memory.last_review, self._day_starts)).days
        return self.curve.recall(max(0, days), memory.stability)

    def _outcome(
        self, memory: Memory | None, rating: Rating, now: datetime, reviewed: tuple[float, float], days: int
    ) -> Memory:
        paused = self._paused(memory, rating, reviewed[0])
        if paused:
            due = step_due(now, paused[1], self._day_starts)
            return _next(memory, rating, now, reviewed, due, state=_steps_of(memory), step=paused[0])
        day = study_day(now, self._day_starts) + timedelta(days=days)
        return _next(memory, rating, now, reviewed, day, interval=days)

    def _given(self, card_id: str, memory: Memory | None, wished: list[float]) -> tuple[int, ...]:
        """The intervals of the four answers, in days, for when the card goes to review."""
        maximum = self._fsrs.maximum_interval
        u = intervals.draw(card_id, memory.reps if memory else 0) if self._fsrs.fuzz else None
        passes = Wished(*wished[1:])
        again = max(1, intervals.rounded(wished[0]))
        if memory and memory.state is State.REVIEW:
            days: Days = intervals.passing(passes, memory.interval, maximum, u)
            return min(again, maximum), *days
        return intervals.spread(again, 1, maximum, u), *intervals.graduating(passes, maximum, u)

    def _paused(self, memory: Memory | None, rating: Rating, stability: float) -> tuple[int, int] | None:
        """The step after an answer and its pause in seconds; None if the card goes to review."""
        step = 0
        steps = self._fsrs.learning_steps
        if memory is not None and memory.state is not State.LEARNING:
            if memory.state is State.REVIEW and rating is not Rating.AGAIN:
                return None
            steps = self._fsrs.relearning_steps
        if memory is not None:
            step = memory.step
        if steps or rating is Rating.EASY or not self._short_term:
            return next_step(steps, step, rating)
        wished = self.curve.interval(stability, self._fsrs.retention)
        return (0, max(1, int(wished * 86400))) if wished < _SHORT else None

    def _reviewed(self, memory: Memory | None, rating: Rating, day: date) -> tuple[float, float]:
        """Stability (days) and difficulty after an answer on a study day."""
        if memory is None:
            return self._first[rating - 1]
        elapsed = (day - study_day(memory.last_review, self._day_starts)).days
        card = self._card(
            card_id=0,
            state=self._review_state,
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=_NOON,
            last_review=_NOON,
        )
        at = _NOON + timedelta(days=max(0, elapsed))
        card, _ = self._review_card(card, self._ratings[rating - 1], at)
        return min(cast("float", card.stability), MAX_STABILITY), cast("float", card.difficulty)

    def _first_review(self, rating: Rating) -> tuple[float, float]:
        card, _ = self._review_card(self._card(card_id=0, due=_NOON), self._ratings[rating - 1], _NOON)
        return cast("float", card.stability), cast("float", card.difficulty)


def _steps_of(memory: Memory | None) -> State:
    return State.LEARNING if memory is None or memory.state is State.LEARNING else State.RELEARNING


def _next(
    memory: Memory | None,
    rating: Rating,
    at: datetime,
    reviewed: tuple[float, float],
    due: Due,
    *,
    state: State = State.REVIEW,
    step: int = 0,
    interval: int = 0,
) -> Memory:
    if memory is None:
        reps, lapses = 1, 0
    else:
        reps = memory.reps + 1
        lapses = memory.lapses + (memory.state is State.REVIEW and rating is Rating.AGAIN)
    return Memory(state, reviewed[0], reviewed[1], due, reps, lapses, at, step, interval)


def _check(parameters: tuple[float, ...], low: tuple[float, ...], high: tuple[float, ...]) -> None:
    if len(parameters) != len(low):
        raise ValueError(f"FSRS wants {len(low)} parameters, not {len(parameters)}")
    for number, (value, least, most) in enumerate(zip(parameters, low, high, strict=True), 1):
        if not least <= value <= most:
            raise ValueError(f"FSRS parameter {number} is {value}; it must lie between {least} and {most}")
