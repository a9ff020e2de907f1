"""The footer: the keys that work now and no others, each of which can be clicked."""

from functools import cache
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 2  # columns between two keys


class KeyLine(Widget):
    """Made from the active bindings that are to be shown.

    One widget instead of a widget a key, so that turning a card over costs next to nothing, and always two lines,
    so that nothing jumps. Bindings of one group stand together before the group's description. What finds no room
    is in the help, whose key always does.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyLine {
        width: 100%;
        max-width: 72;
        height: 2;
        padding: 0 1;
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
        self._items: Sequence[Content] = ()

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.rebuild(), immediate=True)

    def rebuild(self) -> None:
        """Show the keys of this moment."""
        items = self._active()
        if items != self._items:
            self._items = items
            self.refresh()

    def render(self) -> Content:
        """The keys, in the lines that there are; the last key, the help's, comes in any case."""
        width, height = self.content_size
        lines = _filled(self._items, width)
        if len(lines) > height > 0:
            *others, last = self._items
            while others and len(lines) > height:
                others.pop()
                lines = _filled([*others, last], width)
        return Content("\n").join(Content(" " * _GAP).join(line) for line in lines)

    def _active(self) -> "Sequence[Content]":
        shown: dict[str, tuple[str, list[tuple[str, str]]]] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if not (binding.show and enabled):
                continue
            name = binding.group.description if binding.group else binding.description
            _, keys = shown.setdefault(name if binding.group else binding.action, (name, []))
            if binding.group or not keys:
                keys.append((binding.key, self.app.get_key_display(binding)))
        return [_item(name, tuple(keys)) for name, keys in shown.values()]


def _filled(items: "Sequence[Content]", width: int) -> list[list[Content]]:
    """The items in as many lines as the width asks for."""
    lines: list[list[Content]] = [[]]
    room = width
    for item in items:
        if lines[-1] and item.cell_length > room:
            lines.append([])
            room = width
        lines[-1].append(item)
        room -= item.cell_length + _GAP
    return lines


@cache
def _item(name: str, keys: tuple[tuple[str, str], ...]) -> Content:
    """Keys, each of which can be clicked, and what they do."""
    shown = [
        Content.assemble((display, Style.from_meta({"@click": f"app.simulate_key({key!r})"})))
        for key, display in keys
    ]
    return Content(" ").join([*shown, Content(name)])
