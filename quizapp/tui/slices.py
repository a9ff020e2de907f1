"""Long work between key presses: a little, then a breath for whoever waits."""

import asyncio
from collections.abc import Iterable
from time import perf_counter
from typing import TYPE_CHECKING

from quizapp.errors import QuizappError

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp

_SLICE = 0.004  # seconds
_BREATH = 0.004


async def in_slices(steps: Iterable[object], app: "QuizApp") -> None:
    """Take the steps, with a breath whenever some milliseconds have passed; none while the app is busy.

    What can't be found out is told, and the rest left.
    """
    begun = perf_counter()
    try:
        for _ in steps:
            if perf_counter() - begun > _SLICE:
                await asyncio.sleep(_BREATH)
                begun = perf_counter()
            while app.busy:  # noqa: ASYNC110  rare, and short
                await asyncio.sleep(_BREATH)
    except QuizappError as error:
        app.complain(str(error))
