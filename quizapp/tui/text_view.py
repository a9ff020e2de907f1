"""Text that scrolls: laid out once, ahead of the key that asks for it, and then painted line by line."""

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import RenderOptions

if TYPE_CHECKING:
    from textual.content import Content
    from textual.events import Resize
    from textual.selection import Selection

MARGIN = 3  # columns left and right of the text


class Block:
    """A piece of text, or what makes one for a number of columns, that remembers how it is laid out."""

    def __init__(self, content: "Content | Callable[[int], Content]") -> None:
        self._content = content
        self._key: object = None
        self._strips: list[Strip] = []

    def strips(self, view: "TextView") -> list[Strip]:
        """The text as lines of a view, laid out anew only when its width or its colours are others."""
        style = view.visual_style
        key = (view.line_width, style, view.app.theme, view.app.no_color)
        if key != self._key:
            self._key = key
            options = RenderOptions(view._get_style, {})  # noqa: SLF001  as Textual's own visuals do
            width = max(1, view.line_width - 2 * MARGIN)
            content = self._content(width) if callable(self._content) else self._content
            margin = Strip.blank(MARGIN, style.rich_style)
            self._strips = [
                Strip.join([margin, line]).adjust_cell_length(view.line_width, style.rich_style)
                for line in content.render_strips(width, None, style, options)
            ]
        return self._strips


class TextView(ScrollView, can_focus=False, inherit_bindings=False):
    """Shows blocks below each other. The keys for scrolling belong to the screen."""

    DEFAULT_CSS = """
    TextView {
        width: 100%;
        max-width: 72;
        height: 1fr;
        overflow-x: hidden;
        scrollbar-gutter: stable;
    }
    """

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self.blocks: Sequence[Block] = ()
        self._lines: list[Strip] = []

    @property
    def line_width(self) -> int:
        """Columns of a line."""
        return self.size.width

    def show(self, blocks: Sequence[Block], *, top: bool = True) -> None:
        """Show these blocks, from their top or from where one is."""
        self.blocks = blocks
        self._lay_out()
        if top:
            self.scroll_to(y=0, animate=False, force=True)

    def line_of(self, block: Block) -> int:
        """The line in which a block begins."""
        before = self.blocks[: self.blocks.index(block)]
        return sum(len(other.strips(self)) for other in before)

    def _lay_out(self) -> None:
        if not self.line_width:
            return
        before, self._lines = self._lines, [line for block in self.blocks for line in block.strips(self)]
        # Never less than what is seen: so a short text for another short one is no new layout.
        self.virtual_size = Size(self.line_width, max(len(self._lines), self.size.height))
        same = takewhile(lambda pair: pair[0] is pair[1], zip(before, self._lines, strict=False))
        first, end = sum(1 for _ in same), max(len(before), len(self._lines))
        self.refresh_lines(first, end - first)  # a line not painted again is a tenth of a millisecond

    def on_resize(self, event: "Resize") -> None:
        """Lay out for the new width."""
        del event
        self._lay_out()
        self.resized()

    def resized(self) -> None:
        """Whatever else another size asks for."""

    def notify_style_update(self) -> None:
        """Lay out in other colours."""
        super().notify_style_update()
        if self.is_attached and self.blocks:
            self._lay_out()

    def render_line(self, y: int) -> Strip:
        """One line of what is seen."""
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return Strip.blank(self.line_width, self.visual_style.rich_style)
        line = self._lines[number]
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(number)) is not None:
            line = self._selected(line, span)
        return line.apply_offsets(0, number)

    def _selected(self, line: Strip, span: tuple[int, int]) -> Strip:
        """The line with the columns that the mouse has selected."""
        start, end = span
        end = line.cell_length if end < 0 else end
        style = self.screen.get_component_rich_style("screen--selection")
        before, chosen, after = (
            line.crop(0, start), line.crop(start, end), line.crop(end, line.cell_length),
        )  # fmt: skip
        return Strip.join([before, chosen.apply_style(style), after])

    def get_selection(self, selection: "Selection") -> tuple[str, str] | None:
        """The text that the mouse has selected."""
        return selection.extract("\n".join(line.text.rstrip() for line in self._lines)), "\n"

    def selection_updated(self, selection: "Selection | None") -> None:
        """Paint the selection."""
        del selection
        self.refresh()

    def move(self, where: str) -> None:
        """Scroll: down, up, page_down, page_up, home or end."""
        moves = {
            "down": self.scroll_down,
            "up": self.scroll_up,
            "page_down": self.scroll_page_down,
            "page_up": self.scroll_page_up,
            "home": self.scroll_home,
            "end": self.scroll_end,
        }
        moves[where](animate=False)
