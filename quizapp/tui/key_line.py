"""The footer: the keys that work now and no others, each of which can be clicked."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Size

_GAP = 2  # columns between two keys


class KeyLine(Widget):
    """Made from the active bindings that are to be shown.

    One widget instead of a widget a key, so that turning a card over costs next to nothing. Bindings of one
    group stand together before the group's description.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyLine {
        width: 100%;
        max-width: 72;
        height: auto;
        min-height: 1;
        color: $text-muted;
        link-style: bold;
        link-color: $foreground;
        link-style-hover: bold reverse;
        link-color-hover: $foreground;
        link-background-hover: transparent;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._items: list[Content] = []

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.rebuild())

    def rebuild(self) -> None:
        """Show the keys of this moment."""
        self._items = self._active()
        self.refresh(layout=True)

    def render(self) -> Content:
        """The keys, in as many lines as the width asks for."""
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: "Size", viewport: "Size", width: int) -> int:
        """The number of lines."""
        del container, viewport
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        lines: list[list[Content]] = [[]]
        room = width
        for item in self._items:
            if lines[-1] and item.cell_length > room:
                lines.append([])
                room = width
            lines[-1].append(item)
            room -= item.cell_length + _GAP
        gap = Content(" " * _GAP)
        return [gap.join(line) for line in lines]

    def _active(self) -> list[Content]:
        shown: dict[str, tuple[str, list[tuple[str, str]]]] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if not (binding.show and enabled):
                continue
            name = binding.group.description if binding.group else binding.description
            _, keys = shown.setdefault(name if binding.group else binding.action, (name, []))
            if binding.group or not keys:
                keys.append((binding.key, self.app.get_key_display(binding)))
        return [
            Content(" ").join([*(_clickable(key, display) for key, display in keys), Content(name)])
            for name, keys in shown.values()
        ]


def _clickable(key: str, display: str) -> Content:
    click = Style.from_meta({"@click": f"app.simulate_key({key!r})"})
    return Content.assemble((display, click))
