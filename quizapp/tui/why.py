"""Why a card comes now, in sentences, as a curve, and review by review."""

from typing import TYPE_CHECKING

from textual.content import Content

from quizapp.memory.state import Rating, State
from quizapp.study.wording import interval_words
from quizapp.tui.grade_bar import COLOURS
from quizapp.tui.plot import Canvas
from quizapp.tui.words import percent

if TYPE_CHECKING:
    from quizapp.study.story import Passed, Story

_QUIET = "$foreground 60%"
_WIDTH, _HEIGHT = 46, 6  # signs of the plot
_NAMED = 30  # reviews that are listed, the newest


def why(story: "Story") -> Content:
    """Everything about a card's memory."""
    memory = story.row.memory
    if memory is None or not story.passed:
        return Content("This card is new: it was never reviewed, and nothing is known of its memory yet.")
    parts = [
        Content(_sentence(story)),
        Content(
            f"Stability {memory.stability:.1f} d, difficulty {memory.difficulty:.1f} of 10. "
            f"Seen {_times(memory.reps)}, forgotten {_times(memory.lapses)}."
        ),
        Content(""),
        *_plot(story),
        Content(""),
        Content(f"{'day':<12}{'grade':<7}{'expected':>8}{'next in':>10}{'stability':>12}").stylize(_QUIET),
        *(_review(passed) for passed in reversed(story.passed[-_NAMED:])),
    ]
    if len(story.passed) > _NAMED:
        parts.append(Content(f"and {len(story.passed) - _NAMED} earlier ones").stylize(_QUIET))
    return Content("\n").join(parts)


def _sentence(story: "Story") -> str:
    """When the card is due and why, and what its recall is now."""
    memory, now = story.row.memory, percent(story.recall or 0)
    if memory is None or memory.state is not State.REVIEW:
        return f"In its steps: it is asked again before its interval grows. Recall now {now}."
    days = (story.today - (story.due_day or story.today)).days
    when = "today" if days == 0 else f"for {_days(days)}" if days > 0 else f"in {_days(-days)}"
    after, then = _days(memory.interval), percent(story.when_due or 0)
    return f"Due {when}: {after} after the last review its recall was expected to fall to {then}; now {now}."


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _times(times: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(times, f"{times} times")


def _plot(story: "Story") -> list[Content]:
    """Recall since the first review as a curve, and on it each review and today."""
    first, span = story.passed[0].day, max(1, story.curve[-1][0])
    lowest = min(0.9, *(recall for _, recall in story.curve)) // 0.1 / 10
    canvas = Canvas(_WIDTH, _HEIGHT)

    def height(recall: float) -> float:
        return (recall - lowest) / (1 - lowest)

    canvas.draw([(days / span, height(recall)) for days, recall in story.curve])
    for passed in story.passed:
        sign = "×" if passed.rating is Rating.AGAIN else "●"
        canvas.mark((passed.day - first).days / span, height(passed.predicted or 1.0), sign)
    canvas.mark((story.today - first).days / span, height(story.recall or 0), "◆")
    names = ["100 %", *[""] * (_HEIGHT - 2), percent(lowest)]
    lines = [
        Content.assemble((f"{name:>5} ", _QUIET), (row, "$text-primary"))
        for name, row in zip(names, canvas.rows(), strict=True)
    ]
    axis = f"{'':6}{first.isoformat()}{_days(span).rjust(_WIDTH - 10)}"
    return [*lines, *(Content(row).stylize(_QUIET) for row in (axis, f"{'':6}● review  × forgotten  ◆ now"))]


def _review(passed: "Passed") -> Content:
    """One review in a line: its day, the grade, the recall that was expected, and what came of it."""
    predicted = "" if passed.predicted is None else percent(passed.predicted)
    memory = passed.after
    then = interval_words(memory.due, memory.last_review, passed.day)
    return Content.assemble(
        f"{passed.day.isoformat():<12}",
        (f"{passed.rating.name.lower():<7}", COLOURS[passed.rating]),
        (f"{predicted:>8}{then:>10}{memory.stability:>10.1f} d", _QUIET),
    )
