"""How long the learner thinks about a card: a clock that stands still while anything else is going on."""

from collections.abc import Callable
from time import monotonic


class Stopwatch:
    """Runs from `start` on, but for the times between `pause` and `resume` of any reason."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._reasons: set[str] = set()
        self._seconds = 0.0
        self._since = clock()

    def start(self) -> None:
        """Begin at nought; what paused the clock goes on to."""
        self._seconds = 0.0
        self._since = self._clock()

    def pause(self, reason: str) -> None:
        """Stand still until this reason is over."""
        self._seconds = self.seconds
        self._reasons.add(reason)

    def resume(self, reason: str) -> None:
        """One reason to stand still is over."""
        self._seconds = self.seconds
        self._since = self._clock()
        self._reasons.discard(reason)

    @property
    def seconds(self) -> float:
        """How long it ran."""
        return self._seconds if self._reasons else self._seconds + self._clock() - self._since
