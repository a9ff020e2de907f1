"""Answer cards through the Python API, and tell how long each answer (fsynced) with the next card took.

Every second time the four outcomes of the next card are asked for too, as a screen does for its buttons.
"""

import sys
from pathlib import Path
from time import perf_counter

from grading import ratings, tell

from quizapp import Collection, Rating


def grade(root: Path, count: int) -> tuple[list[float], list[float]]:
    """Seconds of `count` answers with the card that follows: every other without and with its outcomes."""
    bare: list[float] = []
    previewed: list[float] = []
    with Collection.open(root) as collection:
        card = collection.next()
        for number, rating in enumerate(ratings(count)):
            if card is None:
                raise LookupError(f"nothing is due after {number} answers")
            started = perf_counter()
            collection.answer(card.id, Rating(rating), took=5.0)
            card = collection.next()
            if number % 2 and card is not None:
                collection.preview(card.id)
            (previewed if number % 2 else bare).append(perf_counter() - started)
    return bare, previewed


if __name__ == "__main__":
    without, with_outcomes = grade(Path(sys.argv[1]), int(sys.argv[2]))
    tell(answer=without, with_preview=with_outcomes)
