"""The table of found cards: any number of them, of which only those that are seen are asked for and painted.

It scrolls by itself: what Textual's own views do when their length changes is a new layout of the screen, too slow for
every letter that is typed.
"""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from quizapp.tui.card_line import Moment, card_line

if TYPE_CHECKING:
    from rich.style import Style as RichStyle
    from textual.events import Click, Resize

    from quizapp.study.rows import CardRow

_KEPT = 2000  # rows
_MARGIN = 20  # rows asked for together with one that is seen
_WHEEL = 3  # rows
_CURSOR = "bold on $foreground 15%"


class CardTable(Widget, can_focus=False, inherit_bindings=False):
    """Rows with a cursor. The keys belong to the screen, and so does the place of the `bar`.

    `rows_at` gives the rows of some numbers, without those that are gone; `moment` the time to count from.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    CardTable { width: 1fr; height: 1fr; min-height: 3; }
    """

    class Clicked(Message):
        """A row was clicked: to go there, or (`choose`) to choose it or not."""

        def __init__(self, place: int, *, choose: bool) -> None:
            super().__init__()
            self.place = place
            self.choose = choose

    def __init__(
        self, rows_at: "Callable[[Sequence[int]], Sequence[CardRow]]", moment: Callable[[], Moment]
    ) -> None:
        super().__init__()
        self._rows_at = rows_at
        self._moment = moment
        self._as_of = moment()
        self._numbers: Sequence[int] = ()
        self._count = 0
        self._rows: dict[int, CardRow | None] = {}  # by their numbers; None for those that are gone
        self._painted: dict[tuple[int, bool, bool], Strip] = {}
        self._look: object = None  # what all that is painted depends on
        self._styles: dict[tuple[str, bool], RichStyle] = {}
        self._top = 0
        self._cursor = 0
        self.bar = CardBar()
        self._active = False
        self._chosen: Collection[str] = frozenset()

    @property
    def numbers(self) -> Sequence[int]:
        """The numbers of the cards."""
        return self._numbers

    @property
    def cursor(self) -> int:
        """The place of the row under the cursor."""
        return self._cursor

    @property
    def row(self) -> "CardRow | None":
        """The row under the cursor."""
        return self._row(self._cursor) if self._numbers else None

    # --- what is shown --------------------------------------------------------------------------------------

    def show(self, numbers: Sequence[int], cursor: int = 0) -> None:
        """Show these cards, with the cursor on a place."""
        self._numbers, self._count = numbers, len(numbers)
        if not cursor:
            self._top = 0
        self.move_to(cursor)

    def announce(self, count: int) -> None:
        """Show how many cards there will be; so far the first ones are known."""
        self._count = count
        self.bar.show(self._top, count)

    def extend(self, numbers: Sequence[int]) -> None:
        """Take in all of the cards whose first ones are shown; nothing is painted if they are as was announced."""
        if len(numbers) != self._count or list(numbers[: len(self._numbers)]) != list(self._numbers):
            self.show(numbers, self._cursor)
        self._numbers = numbers

    def renew(self) -> None:
        """Ask for all rows again: something happened to them."""
        self._rows.clear()
        self._painted.clear()
        self._as_of = self._moment()
        self.refresh()

    def choose(self, chosen: Collection[str]) -> None:
        """Show which cards are chosen, by their ids."""
        if chosen or self._chosen:
            self.refresh()
        self._chosen = chosen

    def activate(self, *, active: bool) -> None:
        """Show the cursor, or not."""
        self._active = active
        self.refresh()

    # --- moving ---------------------------------------------------------------------------------------------

    def move(self, where: str) -> None:
        """Move the cursor: down, up, page_down, page_up, home or end."""
        page = max(1, self.size.height - 1)
        places = {
            "down": self._cursor + 1,
            "up": self._cursor - 1,
            "page_down": self._cursor + page,
            "page_up": self._cursor - page,
            "home": 0,
            "end": len(self._numbers) - 1,
        }
        self.move_to(places[where])

    def move_to(self, place: int) -> None:
        """Put the cursor on a place, and keep it in view."""
        self._cursor = max(0, min(len(self._numbers) - 1, place))
        height = max(1, self.size.height)
        self._show_from(max(self._cursor - height + 1, min(self._top, self._cursor)))

    def _show_from(self, top: int) -> None:
        self._top = max(0, min(len(self._numbers) - self.size.height, top))
        self.bar.show(self._top, self._count)
        self.refresh()

    def on_resize(self, event: "Resize") -> None:
        """Keep the cursor in view."""
        del event
        self.move_to(self._cursor)

    def wheel(self, by: int) -> None:
        """Scroll as the wheel does: one up or down; the cursor stays where it is."""
        self._show_from(self._top + by * _WHEEL)

    def on_click(self, event: "Click") -> None:
        """Say which row was clicked; the signs before it choose it."""
        place = event.y + self._top
        if 0 <= place < len(self._numbers):
            self.post_message(self.Clicked(place, choose=event.x < 2 or event.ctrl))

    # --- painting -------------------------------------------------------------------------------------------

    def _row(self, place: int) -> "CardRow | None":
        number = self._numbers[place]
        if number not in self._rows:
            self._ask(place)
        return self._rows.get(number)

    def _ask(self, place: int) -> None:
        """Ask for a row, and for those around it."""
        if len(self._rows) > _KEPT:
            self._rows.clear()
            self._painted.clear()
        end = min(len(self._numbers), place + max(_MARGIN, self.size.height))
        around = (self._numbers[n] for n in range(max(0, place - _MARGIN), end))
        wanted = [number for number in around if number not in self._rows]
        self._rows |= dict.fromkeys(wanted)
        self._rows |= {row.num: row for row in self._rows_at(wanted)}

    def render_line(self, y: int) -> Strip:
        """One row of what is seen."""
        look = (self.visual_style, self.size.width, self.app.theme, self.app.no_color)
        if look != self._look:
            self._look = look
            self._painted.clear()
            self._styles.clear()
        width, place = self.size.width, y + self._top
        row = self._row(place) if place < len(self._numbers) else None
        if row is None:
            return Strip.blank(width, self.visual_style.rich_style)
        key = (row.num, self._active and place == self._cursor, row.card.id in self._chosen)
        if key not in self._painted:
            line = card_line(row, self._as_of, width, cursor=key[1], chosen=key[2])
            self._painted[key] = Strip(
                [Segment(text, self._rich(style, key[1])) for text, style in line], width
            )
        return self._painted[key]

    def _rich(self, name: str, cursor: bool) -> "RichStyle":
        if (name, cursor) not in self._styles:
            style = self.visual_style + self._get_style(name)
            style += self._get_style(_CURSOR) if cursor else self._get_style("")
            self._styles[name, cursor] = style.rich_style
        return self._styles[name, cursor]


class CardBar(Widget):
    """The scrollbar beside the table: a widget of its own, so that no row is painted again with it."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    CardBar { width: 1; height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._top = self._count = 0

    def show(self, top: int, count: int) -> None:
        """Show where the rows that are seen stand among all."""
        if (top, count) != (self._top, self._count):
            self._top, self._count = top, count
            self.refresh()

    def render(self) -> Content:
        """A thumb as large as what is seen is of all."""
        height = self.size.height
        if self._count <= height:
            return Content("")
        size = max(1, round(height * height / self._count))
        first = round((height - size) * self._top / (self._count - height))
        thumb = Content("\n").join([Content(" ").stylize("on $foreground 30%")] * size)
        return Content("\n" * first) + thumb
