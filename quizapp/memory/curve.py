"""The forgetting curve of FSRS-6: how recall falls with the days, and when it has fallen so far.

Source: "The FSRS Algorithm", open-spaced-repetition wiki, section FSRS-6: R = (1 + F * t / S) ** -w20
with F = 0.9 ** (-1 / w20) - 1, so that recall is 90 % after `stability` days.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Curve:
    """The curve of one `decay` (w20, positive); `factor` is F of the formula."""

    decay: float
    factor: float

    def recall(self, days: float, stability: float) -> float:
        """The probability of recall `days` after a review that left `stability` (days)."""
        return float((1 + self.factor * days / stability) ** -self.decay)

    def interval(self, stability: float, retention: float) -> float:
        """The days after which recall has fallen to `retention`, not rounded."""
        return float(stability / self.factor * (retention ** (-1 / self.decay) - 1))


def curve(decay: float) -> Curve:
    """The curve of FSRS-6 parameter w20."""
    return Curve(decay, 0.9 ** (-1 / decay) - 1)
