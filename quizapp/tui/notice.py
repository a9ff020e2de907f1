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
        padding: 0 1;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._said, self._lines = "", 1

    def say(self, text: str, *, error: bool = False, warning: bool = False) -> None:
        """Show a sentence; an empty one clears the line."""
        said = Content(("! " if error else "") + one_line(text))
        if said.plain == self._said:
            return
        self._said = said.plain
        lines = max(1, said.get_height({}, max(1, self.content_size.width)))
        colour = "$text-error" if error else "$text-warning" if warning else "$foreground 60%"
        self.update(said.stylize(colour), layout=lines != self._lines)
        self._lines = lines
