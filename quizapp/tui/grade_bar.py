"""The four answers with what each would do, to press or to click."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from quizapp.memory.state import Rating

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Grade(Static):
    """One answer: its key and word, and the interval under it."""

    ALLOW_SELECT = False

    def __init__(self, rating: Rating) -> None:
        super().__init__(classes=rating.name.lower())
        self.rating = rating

    def offer(self, interval: str) -> None:
        """Show the interval that this answer would give."""
        name = f"{self.rating.value} {self.rating.name.lower()}"
        self.update(Content.assemble((name, "bold"), "\n", (interval, "$foreground 60%")))

    def on_click(self) -> None:
        """Say which answer was clicked."""
        self.post_message(GradeBar.Chosen(self.rating))


class GradeBar(Horizontal):
    """Keeps its place while hidden, so that nothing jumps when the answer appears."""

    DEFAULT_CSS = """
    GradeBar {
        width: 100%;
        max-width: 72;
        height: 2;
        margin-bottom: 1;
        visibility: hidden;
        Grade { width: 1fr; height: 2; text-align: center; }
        Grade:hover { background: $boost; }
        .again { color: $text-error; }
        .hard { color: $text-warning; }
        .good { color: $text-success; }
        .easy { color: $text-primary; }
    }
    """

    class Chosen(Message):
        """An answer was clicked."""

        def __init__(self, rating: Rating) -> None:
            super().__init__()
            self.rating = rating

    def compose(self) -> "ComposeResult":
        """Lay out the widgets."""
        for rating in Rating:
            yield Grade(rating)

    def offer(self, intervals: Mapping[Rating, str]) -> None:
        """Show the intervals of a card."""
        for grade in self.query(Grade):
            grade.offer(intervals[grade.rating])
