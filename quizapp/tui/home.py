"""The home screen: what waits today, deck by deck, and what is wrong with the decks."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from quizapp.errors import QuizappError
from quizapp.markup.plain import one_line
from quizapp.tui.deck_rows import deck_rows
from quizapp.tui.deck_table import DeckRows, DeckTable
from quizapp.tui.head import Head
from quizapp.tui.key_line import KeyLine
from quizapp.tui.notice import Notice
from quizapp.tui.review import ReviewScreen
from quizapp.tui.words import EXAMPLE, problem_lines

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.study.counts import Counts
    from quizapp.tui.plan import Plan


class HomeScreen(Screen[None], inherit_bindings=False):
    """Enter on a row studies it; the first row is everything."""

    AUTO_FOCUS = ""  # a list that isn't shown must not be focused
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "refresh", "refresh", tooltip="look at the decks and the history again"),
        Binding("q", "app.quit", "quit"),
    ]
    CSS = """
    HomeScreen {
        layout: vertical;
        align-horizontal: center;
        .today { width: 100%; max-width: 72; height: 2; }
        .empty { width: 100%; max-width: 72; height: 1fr; padding-top: 1; }
        .problems {
            width: 100%;
            max-width: 72;
            height: auto;
            max-height: 8;
            padding-top: 1;
            color: $text-error;
        }
    }
    """

    def __init__(self, plan: "Plan") -> None:
        super().__init__()
        self._plan = plan

    def compose(self) -> "ComposeResult":
        """Lay out the widgets."""
        yield Head()
        yield Static(classes="today")
        yield DeckTable()
        yield Static(classes="empty")
        yield Static(classes="problems")
        yield Notice()
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what waits."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Show what waits now."""
        plan, now = self._plan, self._plan.clock()
        self.query_one(Head).say("quizapp", f"{now:%a} {now.day} {now:%b}")
        try:
            together, decks = plan.counts(now)
            problems = problem_lines(plan.collection.problems)
        except QuizappError as error:
            self.query_one(Notice).say(str(error), error=True)
            return
        self.query_one(Notice).say("")
        self.query_one(".today", Static).update(_today(together))
        rows = deck_rows(together, decks)
        self._show_problems(problems)
        self._show_decks(empty=not rows[0].total)
        self.query_one(DeckTable).show(rows)

    def _show_problems(self, lines: list[str]) -> None:
        widget = self.query_one(".problems", Static)
        widget.display = bool(lines)
        widget.update(Content("\n".join(f"! {line}" for line in lines)))

    def _show_decks(self, *, empty: bool) -> None:
        table, advice = self.query_one(DeckTable), self.query_one(".empty", Static)
        table.display, advice.display = not empty, empty
        if empty:
            advice.update(_advice(one_line(str(self._plan.collection.root))))
            self.set_focus(None)
        else:
            self.set_focus(self.query_one(DeckRows))

    def on_deck_table_chosen(self, event: DeckTable.Chosen) -> None:
        """Study what was chosen."""
        try:
            session = self._plan.session(event.deck)
        except QuizappError as error:
            self.query_one(Notice).say(str(error), error=True)
            return
        self.app.push_screen(ReviewScreen(self._plan, session), lambda _result: self.action_refresh())


def _today(counts: "Counts") -> Content:
    return Content.assemble(
        ("today", "$foreground 60%"),
        (f"   {counts.new} new", "$text-primary"),
        (f"   {counts.learning} learning", "$text-warning"),
        (f"   {counts.review} review", "$text-success"),
    )


def _advice(folder: str) -> Content:
    return Content(
        "There are no cards yet.\n\n"
        f"Put a deck into {folder}, such as first.yaml:\n\n{EXAMPLE}\n\n"
        "and press r. `quizapp init` makes a collection with decks to begin with."
    )
