"""The list of decks with what waits in each."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from quizapp.markup.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from quizapp.tui.deck_rows import DeckRow

_COLUMNS = (
    ("new", "$text-primary"),
    ("learn", "$text-warning"),
    ("due", "$text-success"),
    ("cards", "$foreground 60%"),
)
_NUMBER = 7  # columns of a number
_MARGIN = 3  # a column on either side, and the scrollbar


class DeckRows(OptionList, inherit_bindings=False):
    """The rows themselves, with the keys to move among them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "study"),
        Binding("down,j", "cursor_down", "next deck", show=False),
        Binding("up,k", "cursor_up", "previous deck", show=False),
        Binding("pagedown", "page_down", "a page down", show=False),
        Binding("pageup", "page_up", "a page up", show=False),
        Binding("home", "first", "first deck", show=False),
        Binding("end", "last", "last deck", show=False),
    ]


class DeckTable(Vertical):
    """A head and a row for each deck, folder, and for everything."""

    DEFAULT_CSS = """
    DeckTable {
        width: 100%;
        max-width: 72;
        height: 1fr;
        min-height: 4;
        .columns { height: 1; padding: 0 1; color: $text-muted; }
        DeckRows {
            height: 1fr;
            max-height: 100%;
            padding: 0;
            background: transparent;
            scrollbar-gutter: stable;
            text-wrap: nowrap;
            text-overflow: ellipsis;
            &, &:focus { border: none; background-tint: transparent; }
            & > .option-list--option { padding: 0 1; }
            & > .option-list--option-highlighted, &:focus > .option-list--option-highlighted {
                color: $foreground;
                background: $foreground 15%;
                text-style: bold;
            }
        }
    }
    """

    class Chosen(Message):
        """A row was chosen; `deck` is None for everything."""

        def __init__(self, deck: str | None) -> None:
            super().__init__()
            self.deck = deck

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[DeckRow] = ()
        self._deck: str | None = None

    def compose(self) -> "ComposeResult":
        """Lay out the widgets."""
        yield Static(classes="columns")
        yield DeckRows()

    def show(self, rows: "Sequence[DeckRow]") -> None:
        """Show these rows; the cursor stays on the deck it was on."""
        self._rows = rows
        self._draw()

    def on_resize(self) -> None:
        """Draw the columns for the new width."""
        self._draw()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Remember where the cursor is."""
        event.stop()
        self._deck = self._rows[event.option_index].name

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say which deck was chosen."""
        event.stop()
        self.post_message(self.Chosen(self._rows[event.option_index].name))

    def _draw(self) -> None:
        width = self.size.width - _MARGIN
        if width <= 0 or not self._rows:
            return
        heads = Content("".join(f"{name:>{_NUMBER}}" for name, _ in _COLUMNS))
        self.query_one(".columns", Static).update(Content.assemble(_fitted("deck", width), heads))
        options, deck = self.query_one(DeckRows), self._deck
        options.set_options(Option(_row(row, width)) for row in self._rows)
        options.highlighted = next((n for n, row in enumerate(self._rows) if row.name == deck), 0)


def _row(row: "DeckRow", width: int) -> Content:
    numbers = (row.new, row.learning, row.review, row.total)
    columns = [
        (f"{number or '·':>{_NUMBER}}", style if number else "$foreground 40%")
        for number, (_, style) in zip(numbers, _COLUMNS, strict=True)
    ]
    return Content.assemble(_fitted("  " * row.depth + one_line(row.label), width), *columns)


def _fitted(text: str, width: int) -> Content:
    """A text cut or filled to the columns that the numbers leave."""
    room = max(1, width - _NUMBER * len(_COLUMNS))
    content = Content(text).truncate(room, ellipsis=True)
    return content.pad_right(room - content.cell_length)
