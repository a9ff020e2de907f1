"""The head of a screen: what it is about on the left, where one is on the right."""

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Head(Horizontal):
    """One line with two ends; the left one gives way when there is no room."""

    DEFAULT_CSS = """
    Head {
        height: 1;
        width: 100%;
        max-width: 72;
        Static { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        .left { width: 1fr; text-style: bold; }
        .right { width: auto; max-width: 75%; padding-left: 2; color: $text-muted; }
    }
    """

    def compose(self) -> "ComposeResult":
        """Lay out the widgets."""
        yield Static(classes="left")
        yield Static(classes="right")

    def say(self, left: str, right: str) -> None:
        """Show these texts."""
        self.query_one(".left", Static).update(Content(left))
        self.query_one(".right", Static).update(Content(right))
