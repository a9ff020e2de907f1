"""The kinds of a note in one line, of which one is chosen."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from quizapp.decks.note import Kind

_KINDS = tuple(Kind)
_GAP = 2


class KindLine(Widget, can_focus=True):
    """Left and right choose, and so does the mouse."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KindLine { width: 1fr; height: 1; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
    ]

    class Changed(Message):
        """Another kind is chosen."""

        def __init__(self, kind: Kind) -> None:
            super().__init__()
            self.kind = kind

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._kind = kind

    @property
    def kind(self) -> Kind:
        """The kind chosen."""
        return self._kind

    @kind.setter
    def kind(self, kind: Kind) -> None:
        self._kind = kind
        self.refresh()

    def action_turn(self, by: int) -> None:
        """Choose the next kind, or the one before."""
        self._choose(_KINDS[(_KINDS.index(self._kind) + by) % len(_KINDS)])

    def _choose(self, kind: Kind) -> None:
        if kind is not self._kind:
            self.kind = kind
            self.post_message(self.Changed(kind))

    def on_click(self, event: Click) -> None:
        """Choose what was clicked."""
        x = 1
        for kind in _KINDS:
            if x <= event.x < x + len(kind):
                self._choose(kind)
            x += len(kind) + _GAP

    def render(self) -> Content:
        """All of them, the chosen one by its weight and not only by its colour."""
        chosen = "bold reverse" if self.has_focus else "bold underline"
        parts = [
            Content(kind).stylize(chosen if kind is self._kind else "$foreground 60%") for kind in _KINDS
        ]
        return Content(" " * _GAP).join(parts)
