"""What is known about a card in the learner's head, and the four answers that change it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

Due = date | datetime  # a study day, or an instant (aware) for steps within the day


class Rating(IntEnum):
    """How well a card was recalled; the number is what the log holds and the key one presses."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class State(StrEnum):
    """Where a card is on its way; a card never reviewed is new and has no memory."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


@dataclass(frozen=True, slots=True)
class Memory:
    """A card's memory after its last review.

    `stability` is in days (the time until recall falls to 90 %), `difficulty` between 1 and 10.
    `step` counts from 0 within the learning or relearning steps; `interval` is in days, the one
    given at the last review (0 while in steps).
    """

    state: State
    stability: float
    difficulty: float
    due: Due
    reps: int
    lapses: int
    last_review: datetime
    step: int = 0
    interval: int = 0
