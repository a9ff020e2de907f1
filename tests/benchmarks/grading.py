"""What both sides of the grading measurement share: the deck, the ratings, how times are told."""

import json
import math
import statistics
from collections.abc import Iterator, Sequence
from itertools import cycle, islice

ANKI_DECK = "made"  # the parent of all decks in Anki
RATINGS = (3, 3, 1, 3, 2, 3, 3, 4, 3, 3)


def ratings(count: int) -> Iterator[int]:
    """So many ratings, one card in ten forgotten."""
    return islice(cycle(RATINGS), count)


def tell(**seconds: Sequence[float]) -> None:
    """Print each series of seconds in milliseconds as JSON."""
    print(
        json.dumps({name: [round(value * 1000, 4) for value in series] for name, series in seconds.items()})
    )


def summary(milliseconds: Sequence[float]) -> tuple[float, float]:
    """Median and 99th percentile."""
    ordered = sorted(milliseconds)
    return statistics.median(ordered), ordered[math.ceil(len(ordered) * 0.99) - 1]
