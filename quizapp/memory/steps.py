"""Learning and relearning steps: the short pauses before a card gets intervals of days.

The rules are Anki's: Again goes back to the first step, Hard stays, Good goes on, Easy leaves. Pauses
are in seconds. A pause that reaches into another study day becomes that day.
"""

from datetime import datetime, timedelta, timezone

from quizapp.memory.days import study_day
from quizapp.memory.state import Due, Rating

_DAY = 86400


def next_step(steps: tuple[int, ...], step: int, rating: Rating) -> tuple[int, int] | None:
    """The step after an answer and its pause in seconds; None if the card leaves its steps.

    `step` may lie past the end (the settings shrank under the card): only Again keeps such a card.
    """
    if not steps or rating is Rating.EASY:
        return None
    if rating is Rating.AGAIN:
        return 0, steps[0]
    if rating is Rating.HARD:
        if step >= len(steps):
            return None
        return step, steps[step] if step else _hard_pause(steps)
    return (step + 1, steps[step + 1]) if step + 1 < len(steps) else None


def step_due(at: datetime, pause: int, day_starts: timedelta) -> Due:
    """When a card is due `pause` seconds after `at`: the instant, or the study day if it is another one.

    Counted in the offset of `at` at that moment, as the log keeps it: a replay in another zone, or
    after the clocks changed, gives the same.
    """
    local = at if isinstance(at.tzinfo, timezone) else at.astimezone(timezone(at.utcoffset() or timedelta()))
    end = local + timedelta(seconds=pause)
    day = study_day(end, day_starts)
    return end if day == study_day(local, day_starts) else day


def _hard_pause(steps: tuple[int, ...]) -> int:
    """Hard on the first step: between Again and Good, in whole days above one day."""
    first = steps[0]
    pause = (first + steps[1]) // 2 if len(steps) > 1 else min(first * 3 // 2, first + _DAY)
    return pause if pause <= _DAY else int(pause / _DAY + 0.5) * _DAY
