"""A text over the whole screen: help, why a card comes now, the tour."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from quizapp.tui.head import Head
from quizapp.tui.key_line import KeyLine
from quizapp.tui.keys import moving
from quizapp.tui.text_view import Block, TextView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.content import Content


class TextScreen(ModalScreen[None], inherit_bindings=False):
    """A text over the whole screen, that its keys scroll or close."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,escape,q,question_mark,i", "close", "close", tooltip="close"),
        *moving(),
    ]
    CSS = """
    TextScreen {
        layout: vertical;
        align-horizontal: center;
        background: $background;
        TextView { margin-top: 1; }
    }
    """

    def __init__(self, title: str, text: "Content | Callable[[int], Content]") -> None:
        super().__init__()
        self._title_text = title
        self._text = text

    def compose(self) -> "ComposeResult":
        """Lay out the widgets."""
        yield Head()
        yield TextView()
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the text."""
        self.query_one(Head).call(self._title_text)
        self.query_one(TextView).show([Block(self._text)])

    def action_move(self, where: str) -> None:
        """Scroll."""
        self.query_one(TextView).move(where)

    def action_close(self) -> None:
        """Go back to the screen below."""
        self.dismiss(None)
