"""The overlay while much is read: what other programs did is being taken in, and no key reaches the screens below."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult

_TICK = 0.1  # seconds


class BusyScreen(ModalScreen[None], inherit_bindings=False):
    """Tells how far the reading is; `far` gives the words."""

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
        self.set_interval(_TICK, lambda: self.query_one(Static).update(self._far()))
