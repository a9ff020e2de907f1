"""Long work between key presses: a little, then a breath for whoever waits."""

import asyncio
from collections.abc import Iterable
from time import perf_counter

_SLICE = 0.004  # seconds
_BREATH = 0.004


async def in_slices(steps: Iterable[object]) -> None:
    """Take the steps, with a breath whenever some milliseconds have passed."""
    begun = perf_counter()
    for _ in steps:
        if perf_counter() - begun > _SLICE:
            await asyncio.sleep(_BREATH)
            begun = perf_counter()
