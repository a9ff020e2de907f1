"""The footer: the keys that work now and no others, each of which can be clicked."""

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

_GAP = 3  # columns between two keys


class KeyLine(Static):
    """Made from the active bindings that are to be shown.

    One Static instead of a widget a key, so that turning a card over costs next to nothing. Bindings of one
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
        link-style-hover: bold;
    }
    """

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.rebuild())

    def on_resize(self) -> None:
        """Break the lines for the new width."""
        self.rebuild()

    def rebuild(self) -> None:
        """Show the keys of this moment, in as many lines as the width asks for."""
        lines: list[list[Content]] = [[]]
        room = self.size.width
        for item in self._items():
            if lines[-1] and item.cell_length > room:
                lines.append([])
                room = self.size.width
            lines[-1].append(item)
            room -= item.cell_length + _GAP
        gap = Content(" " * _GAP)
        self.update(Content("\n").join(gap.join(line) for line in lines))

    def _items(self) -> list[Content]:
        shown: dict[str, tuple[str, list[tuple[str, str]]]] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if not (binding.show and enabled):
                continue
            name = binding.group.description if binding.group else binding.description
            _, keys = shown.setdefault(binding.action if not binding.group else name, (name, []))
            if binding.group or not keys:
                keys.append((binding.key, self.app.get_key_display(binding)))
        return [
            Content(" ").join([*(_clickable(key, display) for key, display in keys), Content(name)])
            for name, keys in shown.values()
        ]


def _clickable(key: str, display: str) -> Content:
    click = Style.from_meta({"@click": f"app.simulate_key({key!r})"})
    return Content.assemble((display, click))
