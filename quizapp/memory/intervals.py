"""Anki's rules from wished to given intervals: rounding, spreading, and Hard before Good before Easy.

The model says when recall will have fallen to the wished retention; these rules make whole days of it.
Spreading (Anki calls it fuzz) keeps cards that were learned together from coming back together. All
lengths are days; `u` in [0, 1) picks the day within a range, and None means no spreading.

Source: Anki's manual, "Fuzz Factor", and what Anki 26.9 does; the tests hold these rules to it.
"""

from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

_BREAKS = (2.5, 7.0, 20.0, float("inf"))
_SHARES = (0.15, 0.10, 0.05)  # of the part of an interval between two breaks


class Days(NamedTuple):
    """One interval for each button that passes a card."""

    hard: int
    good: int
    easy: int


class Wished(NamedTuple):
    """What the model wishes for each button, not rounded."""

    hard: float
    good: float
    easy: float


def draw(card_id: str, reviews: int) -> float:
    """A number in [0, 1) for a card and the number of its reviews so far: the same in every replay."""
    digest = blake2b(f"{card_id}\n{reviews}".encode(), digest_size=4).digest()
    return float(int.from_bytes(digest) / 2**32)


def rounded(interval: float) -> int:
    """The nearest whole number of a length that isn't negative; halves go up."""
    return int(interval + 0.5)


def fuzz_range(interval: float) -> tuple[int, int]:
    """The first and last day over which an interval is spread."""
    if interval < _BREAKS[0]:
        return rounded(interval), rounded(interval)
    parts = (max(0.0, min(interval, end) - start) for start, end in pairwise(_BREAKS))
    delta = 1.0 + sum(share * part for share, part in zip(_SHARES, parts, strict=True))
    return rounded(interval - delta), rounded(interval + delta)


def constrained_range(interval: float, minimum: int, maximum: int) -> tuple[int, int]:
    """The range of an interval moved between `minimum` and `maximum`; `maximum` has the last word.

    A range of one day above 2 gets a second one where `maximum` allows it.
    """
    minimum = min(minimum, maximum)
    low, high = (_clamped(day, minimum, maximum) for day in fuzz_range(min(max(interval, minimum), maximum)))
    return low, high + (low == high and 2 < high < maximum)


def spread(interval: float, minimum: int, maximum: int, u: float | None) -> int:
    """The day given for a wished interval: at least `minimum` and 1, at most `maximum`."""
    minimum = _clamped(minimum, 1, maximum)
    if u is None:
        return _clamped(rounded(interval), minimum, maximum)
    low, high = constrained_range(interval, minimum, maximum)
    return low + int(u * (1 + high - low))


def passing(wished: Wished, previous: int, maximum: int, u: float | None) -> Days:
    """The intervals of a review card: each a day above the last, none pulled back below `previous`."""
    hard = spread(wished.hard, max(1, _floor(wished.hard, previous, maximum)), maximum, u)
    good = spread(wished.good, max(hard + 1, _floor(wished.good, previous, maximum)), maximum, u)
    easy = spread(wished.easy, max(good + 1, _floor(wished.easy, previous, maximum)), maximum, u)
    return Days(hard, good, easy)


def graduating(wished: Wished, maximum: int, u: float | None) -> Days:
    """The intervals of a card that leaves its steps; Easy is a day above what Good wishes."""
    hard = spread(max(1, rounded(wished.hard)), 1, maximum, u)
    good = spread(max(1, rounded(wished.good)), 1, maximum, u)
    above = spread(wished.good, 1, maximum, u) + 1
    return Days(hard, good, spread(max(1, rounded(wished.easy)), above, maximum, u))


def _floor(interval: float, previous: int, maximum: int) -> int:
    """The least that spreading may leave of an interval, seen from the previous one.

    It may not undo growth; where growth is within the range it keeps the previous interval; an
    interval that shrank (other parameters, another retention) is free.
    """
    if rounded(interval) > previous:
        return previous + 1
    _, high = constrained_range(interval, 1, maximum)
    return previous if previous <= high else 0


def _clamped(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))
