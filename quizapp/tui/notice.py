"""A line that says what just happened or went wrong, and stays until the next thing happens."""

from textual.content import Content
from textual.widgets import Static

from quizapp.markup.plain import one_line


class Notice(Static):
    """Keeps one line free at all times, so that nothing jumps when it speaks."""

    DEFAULT_CSS = """
    Notice {
        width: 100%;
        max-width: 72;
        height: auto;
        min-height: 1;
        max-height: 4;
        color: $text-muted;
        &.-error { color: $text-error; }
    }
    """

    def say(self, text: str, *, error: bool = False) -> None:
        """Show a sentence; an empty one clears the line."""
        self.set_class(error, "-error")
        self.update(Content(("! " if error else "") + one_line(text)))
