"""The tree of decks with what waits in each, painted row by row: a thousand decks cost no more than ten."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import RenderOptions

from quizapp.markup.plain import one_line
from quizapp.tui.words import percent

if TYPE_CHECKING:
    from textual.events import Click, Resize

    from quizapp.tui.deck_rows import DeckRow

_COLUMNS = (("new", "$text-primary"), ("learn", "$text-warning"), ("due", "$text-success"))
_NUMBER = 7  # columns of a number
_BAR = 10  # columns of the bar of what is known
_SHARE = 6  # columns of its number
_WIDE = 66  # columns from which there is room for the bar
_QUIET = "$foreground 60%"


class DeckTree(ScrollView, can_focus=False, inherit_bindings=False):
    """Rows with a cursor. The keys to move it belong to the screen."""

    DEFAULT_CSS = """
    DeckTree {
        width: 100%;
        max-width: 72;
        height: 1fr;
        min-height: 3;
        overflow-x: hidden;
        scrollbar-gutter: stable;
    }
    """

    class Chosen(Message):
        """A row was clicked: to study it or, on a folder's arrow, to open or shut it."""

        def __init__(self, *, fold: bool) -> None:
            super().__init__()
            self.fold = fold

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[DeckRow] = ()
        self._known: Mapping[str | None, float] = {}
        self._cursor = 0

    @property
    def row(self) -> "DeckRow | None":
        """The row under the cursor."""
        return self._rows[self._cursor] if self._rows else None

    def show(self, rows: "Sequence[DeckRow]") -> None:
        """Show these rows; the cursor stays on the deck it was on, or goes to the folder that hides it."""
        at = self.row.name if self.row else None
        places = {row.name: place for place, row in enumerate(rows)}
        while at and at not in places:
            at = at.rpartition("/")[0]
        self._rows = rows
        self._cursor = places.get(at or None, 0)
        self.virtual_size = Size(self.size.width, len(rows))
        self._follow()

    def show_known(self, known: Mapping[str | None, float]) -> None:
        """Show how well decks are known: of each deck, folder, and (None) everything the cards to be recalled."""
        self._known = known
        self.refresh()

    def move(self, where: str) -> None:
        """Move the cursor: down, up, page_down, page_up, home or end."""
        page = max(1, self.size.height - 1)
        last = len(self._rows) - 1
        places = {
            "down": self._cursor + 1,
            "up": self._cursor - 1,
            "page_down": self._cursor + page,
            "page_up": self._cursor - page,
            "home": 0,
            "end": last,
        }
        self._cursor = max(0, min(last, places[where]))
        self._follow()

    def move_to(self, deck: str) -> None:
        """Put the cursor on a deck or folder, if it is shown."""
        self._cursor = next((n for n, row in enumerate(self._rows) if row.name == deck), self._cursor)
        self._follow()

    def _follow(self) -> None:
        """Keep the cursor in view."""
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if not top <= self._cursor < top + height:
            self.scroll_to(
                y=self._cursor if self._cursor < top else self._cursor - height + 1, animate=False, force=True
            )
        self.refresh()

    def on_resize(self, event: "Resize") -> None:
        """Keep the cursor in view."""
        del event
        self._follow()

    def on_click(self, event: "Click") -> None:
        """Put the cursor on the row that was clicked, and say so."""
        place = event.y + self.scroll_offset.y
        if 0 <= place < len(self._rows):
            self._cursor = place
            row = self._rows[place]
            self.refresh()
            self.post_message(self.Chosen(fold=row.folder and event.x <= 2 * row.depth + 2))

    def render_line(self, y: int) -> Strip:
        """One row of what is seen."""
        place = y + self.scroll_offset.y
        style = self.visual_style
        if place >= len(self._rows):
            return Strip.blank(self.size.width, style.rich_style)
        content = self._line(self._rows[place], chosen=place == self._cursor)
        strips = content.render_strips(
            self.size.width, None, style, RenderOptions(self._get_style, {"text_wrap": "nowrap"})
        )
        return strips[0].adjust_cell_length(self.size.width, style.rich_style)

    def _line(self, row: "DeckRow", *, chosen: bool) -> Content:
        arrow = ("▸ " if row.shut else "▾ ") if row.folder else "  " * bool(row.depth or row.name)
        label = ("›" if chosen else " ") + "  " * row.depth + arrow + one_line(row.label)
        numbers = (row.new, row.learning, row.review)
        columns = [
            Content(f"{number or '·':>{_NUMBER}}").stylize(style if number else "$foreground 40%")
            for number, (_, style) in zip(numbers, _COLUMNS, strict=True)
        ]
        line = _fitted(label, self.size.width).append(Content("").join([*columns, self._known_of(row)]))
        return line.stylize("bold on $foreground 15%") if chosen else line

    def _known_of(self, row: "DeckRow") -> Content:
        """How well a row is known, as a bar and a number; nothing until it was found out."""
        bar = self.size.width >= _WIDE
        width = _SHARE + 1 + (3 + _BAR) * bar
        if row.name not in self._known or not row.total:
            return Content(" " * width)
        share = min(1.0, self._known[row.name] / row.total)
        number = Content(f"{percent(share):>{_SHARE}} ").stylize(_QUIET)
        full = round(share * _BAR)
        drawn = Content(f"   {'━' * full}").stylize("$text-success")
        rest = Content("─" * (_BAR - full)).stylize("$foreground 30%")
        return drawn + rest + number if bar else number


def heads(width: int) -> Content:
    """The names of the columns, for a tree of this width."""
    names = Content("").join(Content(f"{name:>{_NUMBER}}") for name, _ in _COLUMNS)
    known = "   known".ljust(3 + _BAR + _SHARE) if width >= _WIDE else "known".rjust(_SHARE)
    known += " "
    return _fitted(" deck", width).append(names + Content(known)).stylize(_QUIET)


def _fitted(text: str, width: int) -> Content:
    """A text cut or filled to the columns that numbers and bar leave."""
    taken = _NUMBER * len(_COLUMNS) + _SHARE + 1 + (3 + _BAR) * (width >= _WIDE)
    room = max(1, width - taken)
    content = Content(text).truncate(room, ellipsis=True)
    return content.pad_right(room - content.cell_length)
