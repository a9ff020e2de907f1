"""The head of a screen: what it is about on the left, where one is on the right."""

from textual.content import Content
from textual.widget import Widget


class Ends(Widget):
    """One line with two ends; the left one gives way when there is no room."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Ends { width: 100%; max-width: 72; height: 1; padding: 0 1; }
    """

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._left = self._right = Content("")

    def say(self, left: Content, right: Content) -> None:
        """Show these texts."""
        self._left, self._right = left, right
        self.refresh()

    def render(self) -> Content:
        """The line, as wide as the widget."""
        width = self.content_size.width
        right = self._right.truncate(max(0, width * 3 // 4), ellipsis=True)
        room = max(0, width - right.cell_length - (2 if right else 0))
        left = self._left.truncate(room, ellipsis=True)
        return left.pad_right(max(0, width - left.cell_length - right.cell_length)) + right


class Head(Ends):
    """The first line of a screen."""

    DEFAULT_CSS = """
    Head { text-style: bold; }
    """

    def call(self, left: str, right: str = "") -> None:
        """Show plain texts, the right one quieter."""
        self.say(Content(left), Content(right).stylize("not bold $foreground 60%"))
