"""The overlay while much is read: what other programs did is being taken in, and no key reaches the screens below."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.tui.app import QuizApp

_TICK = 0.1  # seconds


class BusyScreen(ModalScreen[None], inherit_bindings=False):
    """Tells how far the reading is; `far` gives the words."""

    app: "QuizApp"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "app.quit", "quit", tooltip="quit")]
    CSS = """
    BusyScreen {
        align: center middle;
        Static { width: 44; max-width: 100%; height: auto; padding: 1 2; background: $panel; text-align: center; }
    }
    """

    def __init__(self, far: Callable[[], str]) -> None:
        super().__init__()
        self._far = far

    def compose(self) -> "ComposeResult":
        """Lay out the widget."""
        yield Static(self._far(), markup=False)

    def on_mount(self) -> None:
        """Follow the reading."""
        self.set_interval(_TICK, self._tick)

    def _tick(self) -> None:
        """Tell how far it is; go when it is over, and as soon as nothing lies over this."""
        if self.app.busy:
            self.query_one(Static).update(Content(self._far()))
        elif self.app.screen is self:  # `is_current` would be true below a palette, too
            self.dismiss()
