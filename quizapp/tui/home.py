"""The home screen: what waits today, deck by deck, how well it is known, and what is wrong with the decks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from quizapp.errors import QuizappError
from quizapp.markup.plain import one_line
from quizapp.study.counts import Counts
from quizapp.tui import words
from quizapp.tui.deck_rows import deck_rows, recalled
from quizapp.tui.deck_tree import DeckTree, heads
from quizapp.tui.head import Ends, Head
from quizapp.tui.key_line import KeyLine
from quizapp.tui.keys import moving
from quizapp.tui.notice import Notice
from quizapp.tui.progress import waiting
from quizapp.tui.slices import in_slices

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Resize

    from quizapp.study.counts import DeckCounts
    from quizapp.tui.app import QuizApp
    from quizapp.tui.plan import Plan

_QUIET = "not bold $foreground 60%"
_MINUTE = 60.0  # seconds between two looks at the clock
_SHUT_FROM = 40  # rows; a longer tree begins with its folders shut


class HomeScreen(Screen[None], inherit_bindings=False):
    """Enter on a row studies it; the first row is everything."""

    app: "QuizApp"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "study", "study", tooltip="study the selected deck or folder"),
        Binding("right,l", "fold(False)", "open", tooltip="open the folder", show=False),
        Binding("left,h", "fold(True)", "shut", tooltip="shut the folder", show=False),
        Binding("f", "pick", "tag or query", tooltip="study a tag, or what a query finds"),
        Binding("a", "add", "add", tooltip="add a card", priority=True),
        Binding("slash", "browse", "find", tooltip="find cards", priority=True),
        Binding("u", "undo", "undo", tooltip="take back what was done last"),
        Binding("c", "settle", "settle", tooltip="settle changed questions"),
        Binding("r", "refresh", "refresh", tooltip="look at the files again", show=False),
        Binding("comma", "app.settings", "settings", tooltip="change the settings"),
        Binding("q", "app.quit", "quit", tooltip="quit"),
        Binding("question_mark", "app.help", "help", tooltip="show the keys"),
        *moving(),
    ]
    CSS = """
    HomeScreen {
        layout: vertical;
        align-horizontal: center;
        .today { margin-bottom: 1; }
        .columns { width: 100%; max-width: 72; height: 1; }
        .empty { width: 100%; max-width: 72; height: 1fr; padding: 0 1; display: none; }
        .problems { width: 100%; max-width: 72; height: auto; max-height: 8; padding: 1 1 0 1; color: $text-error; }
    }
    """

    def __init__(self, plan: "Plan") -> None:
        super().__init__()
        self._plan = plan
        self._counts: tuple[Counts, list[DeckCounts]] = Counts(0, 0, 0), []
        self._shut: set[str] | None = None
        self._unsure = 0  # changed questions that wait for the learner's word
        self._habits = "", "", ""  # the time it will take, the week, the streak

    def compose(self) -> "ComposeResult":
        """Lay out the widgets."""
        yield Head()
        yield Ends(classes="today")
        yield Static(classes="columns")
        yield DeckTree()
        yield Static(classes="empty")
        yield Static(classes="problems")
        yield Notice()
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what waits, and again as time goes by."""
        self.show_now()
        self.set_interval(_MINUTE, self._minute)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which actions make sense now; the footer shows no others."""
        del parameters
        if self.app.busy:
            return False
        if action in ("study", "fold", "move", "pick"):
            return bool(self._counts[1])
        if action == "settle":
            return self._unsure > 0
        return True

    # --- what is shown --------------------------------------------------------------------------------------

    def action_refresh(self) -> None:
        """Look at the files again."""
        self.query_one(Notice).say("")
        self.app.take_in()

    def files_changed(self) -> None:
        """Show what other programs did."""
        self.show_now(said=None)

    def _minute(self) -> None:
        """Show what came with time: steps that are over, another day."""
        if self.is_current and not self.app.busy:
            self.show_now(said=None)

    def show_now(self, said: str | None = "") -> None:
        """Show what waits now, and say something (None: leave what is said).

        Files are looked at by the app, as they change.
        """
        plan, now = self._plan, self._plan.clock()
        try:
            self._counts = plan.counts(now)
            problems = words.problem_lines(plan.collection.unread)
            self._unsure = plan.collection.unsure_count()
        except QuizappError as error:
            self.query_one(Notice).say(str(error), error=True)
            return
        if said is not None:
            self.query_one(Notice).say(said)
        self._show_problems(problems)
        self._show_decks()
        self.refresh_bindings()
        self.run_worker(self._fill(), exclusive=True)

    def _show_problems(self, lines: list[str]) -> None:
        widget = self.query_one(".problems", Static)
        shown = [Content(f"! {line}") for line in lines]
        if self._unsure:
            shown.append(Content(f"! {words.unsure_line(self._unsure)}").stylize("$text-warning"))
        widget.display = bool(shown)
        widget.update(Content("\n").join(shown))

    def _show_decks(self) -> None:
        together, decks = self._counts
        if self._shut is None:
            folders = {row.name.rpartition("/")[0] for row in decks} - {""}
            self._shut = folders if len(decks) > _SHUT_FROM else set()
        empty = not decks
        for selector in (".columns", "DeckTree"):
            self.query_one(selector).display = not empty
        advice = self.query_one(".empty", Static)
        advice.display = empty
        if empty:
            advice.update(_advice(one_line(str(self._plan.collection.root))))
        self._show_totals(together)
        self.query_one(DeckTree).show(deck_rows(together, decks, self._shut))
        self.call_after_refresh(self._show_heads)

    def on_resize(self, event: "Resize") -> None:
        """Name the columns for the new width."""
        del event
        self.call_after_refresh(self._show_heads)

    def _show_heads(self) -> None:
        self.query_one(".columns", Static).update(heads(self.query_one(DeckTree).size.width))

    async def _fill(self) -> None:
        """Find out what takes longer, a little at a time: habits, and how well each deck is known."""
        await in_slices(self._found(), self.app)

    def _found(self) -> Iterator[None]:
        plan, now = self._plan, self._plan.clock()
        overview = plan.collection.overview(now)
        together = self._counts[0]
        yield
        streak = overview.streak()
        yield
        week = overview.week()
        yield
        about = words.about(overview.pace().seconds(together))
        self._habits = about, words.bars(week), words.days_in_a_row(streak)
        self._show_totals(together)
        known = {}
        for deck in overview.decks():
            known[deck[1]] = overview.known(deck)
            yield
        self.query_one(DeckTree).show_known(recalled(known))
        yield
        import quizapp.tui.review  # noqa: F401, PLC0415  so that the first session opens at once

    def _show_totals(self, counts: Counts) -> None:
        """Fill the head; habits stay what they were until they are found out anew, so that nothing flickers."""
        now, (about, week, streak) = self._plan.clock(), self._habits
        today = f"{now:%a} {now.day} {now:%b}"
        head = Content.assemble("quizapp", (f"   {self._plan.place}", _QUIET))
        self.query_one(Head).say(head, Content(f"{today} · {streak}" if streak else today).stylize(_QUIET))
        left = Content("today   ").stylize("$foreground 60%")
        if any(counts) or not any(row.total for row in self._counts[1]):
            left += Content("   ").join(waiting(counts))
        else:
            ahead = self._plan.ahead(now)
            left += Content(f"all done{f', next: {ahead}' if ahead else ''}")
        right = Content(f"{about}    {week}" if about else week).stylize("$foreground 60%")
        self.query_one(".today", Ends).say(left, right)

    # --- what is done ---------------------------------------------------------------------------------------

    def action_move(self, where: str) -> None:
        """Move the cursor."""
        self.query_one(DeckTree).move(where)

    def action_fold(self, shut: bool) -> None:
        """Open or shut the folder under the cursor; on a deck, or a folder that is shut, shutting goes up."""
        tree = self.query_one(DeckTree)
        row = tree.row
        if row is None or row.name is None or self._shut is None:
            return
        if row.folder and row.shut != shut:
            self._shut ^= {row.name}
            together, decks = self._counts
            tree.show(deck_rows(together, decks, self._shut))
        elif shut:
            tree.move_to(row.name.rpartition("/")[0])

    def on_deck_tree_chosen(self, event: DeckTree.Chosen) -> None:
        """Study what was clicked, or open or shut it."""
        row = self.query_one(DeckTree).row
        if row and event.fold:
            self.action_fold(not row.shut)
        else:
            self.action_study()

    def on_mouse_scroll_down(self) -> None:
        """Scroll the list, wherever the mouse is."""
        self.query_one(DeckTree).scroll_down(animate=False)

    def on_mouse_scroll_up(self) -> None:
        """Scroll the list, wherever the mouse is."""
        self.query_one(DeckTree).scroll_up(animate=False)

    def action_study(self) -> None:
        """Study what the cursor is on."""
        row = self.query_one(DeckTree).row
        if row:
            self._study(deck=row.name)

    def action_pick(self) -> None:
        """Ask for a tag or a query, and study what it finds."""
        from quizapp.tui.pick import PickScreen  # noqa: PLC0415  not before someone asks

        self.app.push_screen(PickScreen(self._plan), self._picked)

    def action_browse(self) -> None:
        """Open the browser."""
        from quizapp.tui.browse import BrowseScreen  # noqa: PLC0415  as above

        self.query_one(Notice).say("")
        self.app.push_screen(BrowseScreen(self._plan), lambda _: self.show_now(said=None))

    def _picked(self, query: str | None) -> None:
        if query:
            self._study(query=query)

    def _study(self, **what: Any) -> None:
        from quizapp.tui.review import ReviewScreen  # noqa: PLC0415  not before the first frame

        try:
            session = self._plan.session(**what)
        except QuizappError as error:
            self.query_one(Notice).say(str(error), error=True)
            return
        self.query_one(Notice).say("")
        self.app.push_screen(ReviewScreen(self._plan, session), lambda _: self.show_now(said=None))

    def action_add(self) -> None:
        """Add cards, to the deck under the cursor."""
        from quizapp.tui.note_form import NoteScreen  # noqa: PLC0415  not before someone asks

        row = self.query_one(DeckTree).row
        deck = row.name if row and not row.folder else None
        self.query_one(Notice).say("")
        self.app.push_screen(NoteScreen(self._plan, deck=deck), lambda _: self.show_now(said=None))

    def action_settle(self) -> None:
        """Settle changed questions."""
        from quizapp.tui.settle import SettleScreen  # noqa: PLC0415  not before someone asks

        self.query_one(Notice).say("")
        self.app.push_screen(SettleScreen(self._plan), lambda _: self.show_now(said=None))

    def action_undo(self) -> None:
        """Take back what was done last, in whichever session."""
        plan = self._plan
        try:
            said = words.undone(
                plan.collection.take_back(plan.clock()), plan.card, plan.collection.happened_to
            )
        except QuizappError as error:
            self.query_one(Notice).say(str(error), error=True)
            return
        self.show_now(said=said)


def _advice(folder: str) -> Content:
    return Content(
        "There are no cards yet.\n\n"
        f"Put a deck into {folder}, such as first.yaml:\n\n{words.EXAMPLE}\n\n"
        "It shows here as soon as it is saved. `quizapp init` makes a collection with decks to begin with."
    )
