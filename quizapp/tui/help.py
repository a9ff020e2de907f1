"""The help: every key of the screen below, made from the bindings themselves."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import App, ComposeResult


class HelpScreen(ModalScreen[None], inherit_bindings=False):
    """An overlay that any of its keys closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,space,question_mark", "dismiss", "close"),
        Binding("down,j", "move(1)", "scroll down", show=False),
        Binding("up,k", "move(-1)", "scroll up", show=False),
    ]
    CSS = """
    HelpScreen {
        align: center middle;
        VerticalScroll {
            width: 60;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            padding: 1 2;
            background: $surface;
        }
    }
    """

    def __init__(self, keys: Content) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> "ComposeResult":
        """Lay out the widgets."""
        with VerticalScroll(can_focus=False):
            yield Static(self._keys)

    def action_move(self, lines: int) -> None:
        """Scroll by a line."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def help_text(app: "App[None]") -> Content:
    """The keys of what has the focus, its screen and the app, one line each."""
    nodes = [node for node in (app.focused, app.screen, app) if node is not None]
    keys: dict[str, list[str]] = {}
    for binding in Binding.make_bindings(binding for node in nodes for binding in node.BINDINGS):
        shown = keys.setdefault(binding.tooltip or binding.description, [])
        display = app.get_key_display(binding)
        if display not in shown:
            shown.append(display)
    width = max(len(" ".join(names)) for names in keys.values())
    lines = [
        Content.assemble((" ".join(names).ljust(width), "bold"), f"   {what}") for what, names in keys.items()
    ]
    return Content("\n").join(lines)
