"""The browser: what a query finds, as it is typed, in a table, and what can be done to cards there."""

import asyncio
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Input, Static

from quizapp.errors import QuizappError
from quizapp.study.search import StoppedError
from quizapp.study.wording import cards
from quizapp.tui.browse_acts import Acts
from quizapp.tui.browse_keys import BINDINGS, TYPING
from quizapp.tui.card_line import Moment, heads
from quizapp.tui.card_table import CardTable
from quizapp.tui.card_text import card_text
from quizapp.tui.head import Head
from quizapp.tui.key_line import KeyLine
from quizapp.tui.notice import Notice
from quizapp.tui.text_view import Block, TextView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.events import Resize

    from quizapp.study.search import Search
    from quizapp.tui.app import QuizApp
    from quizapp.tui.plan import Plan

_PAGE = 100  # cards that are asked for before the rest
_PATIENCE = 1.0  # seconds that a key waits for those before it
_SOON = 0.008  # seconds that the first cards wait for the number of all
_STILL = 0.15  # seconds without a letter, after which the rest is asked for
_PREVIEW_FROM = 110  # columns


class BrowseScreen(Acts, Screen[None], inherit_bindings=False):
    """Typing goes to the query; down or enter goes to the cards, `/` or escape back, and escape again leaves."""

    app: "QuizApp"
    AUTO_FOCUS = ""  # else the query would have the keys again whenever a question was answered
    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]
    CSS = """
    BrowseScreen {
        layout: vertical;
        align-horizontal: center;
        Head, Notice, KeyLine, .query, .columns, .found { max-width: 150; }
        .query { height: 1; padding: 0 1; }
        .query Static { width: 2; color: $text-muted; }
        .query Input, .query Input:focus { width: 1fr; height: 1; border: none; padding: 0; background: transparent; }
        .columns { width: 100%; height: 1; margin-top: 1; }
        .found { height: 1fr; }
        .preview { display: none; width: 40%; max-width: 60; border-left: solid $foreground 20%; }
        &.-wide .preview { display: block; }
        &.-low .columns { margin-top: 0; }
    }
    """

    def __init__(self, plan: "Plan", query: str = "") -> None:
        super().__init__()
        self._plan = plan
        self._first_query = query
        self._search: Search | None = None
        self._ready, self._shown = asyncio.Event(), asyncio.Event()
        self._number: int | None = None  # of the cards found, as far as it is known
        self._previewed: object = None
        self._head, self._notice = Head(), Notice()
        self._columns, self._preview = Static(classes="columns"), TextView(classes="preview")
        self._table = CardTable(plan.collection.rows_at, self._moment)

    def compose(self) -> "ComposeResult":
        """Lay out the widgets."""
        yield self._head
        with Horizontal(classes="query"):
            yield Static("/")
            yield Input(
                self._first_query,
                placeholder='words, "a phrase", deck:… tag:… is:due rated:7 prop:s>10, -term',
                select_on_focus=False,
            )
        yield self._columns
        with Horizontal(classes="found"):
            yield self._table
            yield self._table.bar
            yield self._preview
        yield self._notice
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with all cards."""
        self.set_focus(self.query_one(Input))
        self._ready.set()
        self._find()

    def on_unmount(self) -> None:
        """Let no search run on."""
        self._stop()

    def on_resize(self, event: "Resize") -> None:
        """See whether there is room for a preview."""
        self.set_class(event.size.width >= _PREVIEW_FROM, "-wide")
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        self._columns.update(heads(self._table.size.width))
        self._show_preview()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which actions make sense now; the footer shows no others."""
        del parameters
        if self.app.busy:
            return False
        if self.typing:
            return action in TYPING and (action != "enter_table" or bool(self._table.numbers))
        if action in TYPING:
            return False
        if action in ("type", "leave", "undo") or "." in action:
            return True
        return bool(self._table.numbers)

    @property
    def typing(self) -> bool:
        """Whether keys go to the query."""
        return isinstance(self.focused, Input)

    async def in_order(self) -> None:
        """Let a key wait until the query has the letters before it, and until the cards are those it finds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ready.wait(), _PATIENCE)
            for pump in (self.focused, self):
                if pump is not None:
                    taken = asyncio.Event()
                    pump.call_later(taken.set)
                    await asyncio.wait_for(taken.wait(), _PATIENCE)
            if not self.typing:
                await asyncio.wait_for(self._shown.wait(), _PATIENCE)

    def _moment(self) -> Moment:
        now = self._plan.clock()
        return Moment(now, self._plan.today(now))

    # --- finding --------------------------------------------------------------------------------------------

    def on_input_changed(self) -> None:
        """Find what the query finds now."""
        self.chosen = {}
        self._find()

    def files_changed(self) -> None:
        """Find again, as other programs changed decks or history; cursor and selection stay on their cards."""
        self.find_again()

    def find_again(self) -> None:
        """Find what the query finds by now; cursor and selection stay on their cards."""
        self._table.renew()
        self._find(keep=True)

    @property
    def query_typed(self) -> str:
        """The query that is typed."""
        return self.query_one(Input).value

    def _stop(self) -> None:
        if self._search:
            self._search.close()
            self._search = None

    def _find(self, *, keep: bool = False) -> None:
        """Begin to find; what was found before stays until there is something to show."""
        if self.app.busy:
            return  # and `files_changed` will come
        self._stop()
        self._shown.clear()
        try:
            self._search = self._plan.collection.search(self.query_typed, self._plan.clock())
            if self._search is None:
                self._find_here(keep=keep)
        except QuizappError as error:
            self._shown.set()
            self._notice.say(str(error))
            return
        if not keep:
            self._notice.say("")
        if self._search:
            self.run_worker(self._run(self._search, keep=keep), exclusive=True, group="search")

    def _find_here(self, *, keep: bool) -> None:
        """Find in this thread: the index is in memory, or was damaged and is made anew."""
        numbers = self._plan.collection.find_numbers(self.query_typed, self._plan.clock())
        self._show(numbers, keep=keep)

    async def _run(self, search: "Search", *, keep: bool) -> None:
        """Find in another thread: the first cards, then how many, and all once no letter follows."""
        try:
            if keep:
                self._show(await asyncio.to_thread(search.all), keep=True)
                return
            first = await asyncio.to_thread(search.first, _PAGE)
            if len(first) < _PAGE:
                self._show(first)
                return
            count = asyncio.ensure_future(asyncio.to_thread(search.count))
            await asyncio.wait([count], timeout=_SOON)  # one painting for both, if it is there by then
            self._show(first, complete=False)
            self._number = await count
            self._table.announce(self._number)
            self.tell()
            await asyncio.sleep(_STILL)
            self._table.extend(await asyncio.to_thread(search.all))
        except StoppedError:
            pass
        except sqlite3.Error:
            self._find_here(keep=keep)
        finally:
            search.close()

    def _show(self, numbers: "Sequence[int]", *, complete: bool = True, keep: bool = False) -> None:
        """Show cards; `keep`: the cursor stays on its card."""
        self._table.show(numbers, self._place(numbers) if keep else 0)
        self._number = len(numbers) if complete else None
        self._shown.set()
        self.tell()
        if not numbers and not self.typing:
            self.action_type()
        self.refresh_bindings()

    def _place(self, numbers: "Sequence[int]") -> int:
        """Where the card under the cursor is by now; where it was, if it is gone."""
        row = self._table.row
        number = self._plan.collection.number_of(row.card.id) if row else 0
        try:
            return numbers.index(number)
        except ValueError:
            return self._table.cursor

    def tell(self) -> None:
        """Say in the head how many cards there are, and show the one under the cursor."""
        found = (
            ""
            if self._number is None
            else f"{cards(self._number)} found"
            if self._number
            else "no card is found"
        )
        self._head.call("find", f"{len(self.chosen)} selected · {found}" if self.chosen else found)
        self._table.choose(frozenset(self.chosen))
        self._show_preview()

    def _show_preview(self) -> None:
        if not self.has_class("-wide"):
            return
        row = self._table.row
        if row is not self._previewed:
            self._previewed = row
            self._preview.show([Block(card_text(row))] if row else [])

    # --- moving ---------------------------------------------------------------------------------------------

    def action_enter_table(self) -> None:
        """Go from the query to the cards."""
        self.set_focus(None)
        self._table.activate(active=True)
        self.refresh_bindings()

    def action_type(self) -> None:
        """Go back to the query."""
        self._table.activate(active=False)
        self.set_focus(self.query_one(Input))
        self.refresh_bindings()

    def action_leave_typing(self) -> None:
        """Leave."""
        self.dismiss(None)

    def action_leave(self) -> None:
        """Leave."""
        self.dismiss(None)

    def action_move(self, where: str) -> None:
        """Move the cursor."""
        self._table.move(where)
        self._show_preview()

    def on_card_table_clicked(self, event: CardTable.Clicked) -> None:
        """Go to the row that was clicked, or choose it."""
        if self.app.busy:
            return
        self.action_enter_table()
        self._table.move_to(event.place)
        if event.choose:
            self.choose()
        self._show_preview()

    def on_mouse_scroll_down(self) -> None:
        """Scroll the table, wherever the mouse is."""
        self._table.wheel(1)

    def on_mouse_scroll_up(self) -> None:
        """Scroll the table, wherever the mouse is."""
        self._table.wheel(-1)
