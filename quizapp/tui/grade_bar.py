"""The four answers with what each would do, to press or to click."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from quizapp.memory.state import Rating

if TYPE_CHECKING:
    from textual.events import Click

COLOURS = {
    Rating.AGAIN: "$text-error",
    Rating.HARD: "$text-warning",
    Rating.GOOD: "$text-success",
    Rating.EASY: "$text-primary",
}


class GradeBar(Widget):
    """Keeps its place while it is empty, so that nothing jumps when the answer appears."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    GradeBar { width: 100%; max-width: 72; height: 2; }
    """

    class Chosen(Message):
        """An answer was clicked."""

        def __init__(self, rating: Rating) -> None:
            super().__init__()
            self.rating = rating

    def __init__(self) -> None:
        super().__init__()
        self._intervals: Mapping[Rating, str] = {}
        self.open = False

    def offer(self, intervals: Mapping[Rating, str], *, open: bool = False) -> None:  # noqa: A002  the word for it
        """Have the intervals of a card ready, to be seen or not yet."""
        self._intervals, self.open = intervals, open
        self.refresh()

    def show(self, *, open: bool) -> None:  # noqa: A002  as above
        """Let the answers be seen, or not."""
        self.open = open
        self.refresh()

    def render(self) -> Content:
        """Names above intervals, in four columns."""
        if not self.open or not self._intervals:
            return Content("")
        width = self.size.width // len(Rating)
        names = [
            Content(f"{rating.value} {rating.name.lower()}").stylize(f"bold {COLOURS[rating]}")
            for rating in Rating
        ]
        intervals = [Content(self._intervals[rating]).stylize("$foreground 60%") for rating in Rating]
        rows = (Content("").join(_centred(text, width) for text in row) for row in (names, intervals))
        return Content("\n").join(rows)

    def on_click(self, event: "Click") -> None:
        """Say which answer was clicked."""
        if self.open:
            column = min(event.x * len(Rating) // max(1, self.size.width), len(Rating) - 1)
            self.post_message(self.Chosen(Rating(column + 1)))


def _centred(text: Content, width: int) -> Content:
    left = max(0, width - text.cell_length) // 2
    return text.pad_left(left).pad_right(max(0, width - text.cell_length - left))
