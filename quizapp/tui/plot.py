"""A curve drawn with dots of braille, eight to a sign: small enough to stand beside a sentence."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # of a sign, by row and column
_BLANK = 0x2800


class Canvas:
    """A grid of `width` by `height` signs for points with x and y from 0 to 1."""

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._signs = [[_BLANK] * width for _ in range(height)]
        self._marks: dict[tuple[int, int], str] = {}

    def draw(self, points: Sequence[tuple[float, float]]) -> None:
        """Draw a line from point to point."""
        for (x0, y0), (x1, y1) in pairwise(points):
            steps = max(1, round(abs(x1 - x0) * self._width * 4), round(abs(y1 - y0) * self._height * 8))
            for step in range(steps + 1):
                self._dot(x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps)

    def mark(self, x: float, y: float, sign: str) -> None:
        """Put a sign over what is drawn."""
        self._marks[round(_within(x) * (self._width - 1)), round((1 - _within(y)) * (self._height - 1))] = (
            sign
        )

    def _dot(self, x: float, y: float) -> None:
        column, row = (
            round(_within(x) * (self._width * 2 - 1)),
            round((1 - _within(y)) * (self._height * 4 - 1)),
        )
        self._signs[row // 4][column // 2] |= _DOTS[row % 4][column % 2]

    def rows(self) -> Iterable[str]:
        """The drawing, line by line."""
        for y, row in enumerate(self._signs):
            signs = (self._marks.get((x, y), chr(sign)) for x, sign in enumerate(row))
            yield "".join(signs).replace(chr(_BLANK), " ")


def _within(share: float) -> float:
    return max(0.0, min(1.0, share))
