"""The review screen: a question, its answer, a grade, and the next one until nothing is left."""

from datetime import datetime
from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from quizapp.errors import QuizappError, UnknownCardError
from quizapp.memory.state import Rating
from quizapp.study.wording import after_session, counts_words
from quizapp.tui import words
from quizapp.tui.card_view import CardView
from quizapp.tui.grade_bar import GradeBar
from quizapp.tui.head import Head
from quizapp.tui.key_line import KeyLine
from quizapp.tui.notice import Notice

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.decks.note import Card
    from quizapp.study.session import Session, Shown
    from quizapp.tui.plan import Plan

_LONGEST = 60.0  # seconds a card counts at most, as in the log
_GRADES = Binding.Group("grade")


class Phase(StrEnum):
    """Where the learner is with a card, or that there is none."""

    QUESTION = "question"
    ANSWER = "answer"
    OVER = "over"


_PHASES = {
    "flip": {Phase.QUESTION},
    "hint": {Phase.QUESTION},
    "grade": {Phase.ANSWER},
    "bury": {Phase.QUESTION, Phase.ANSWER},
    "suspend": {Phase.QUESTION, Phase.ANSWER},
    "leave": {Phase.QUESTION, Phase.ANSWER},
    "back": {Phase.OVER},
}


class ReviewScreen(Screen[None], inherit_bindings=False):
    """One session. What is graded is on disk at once, so leaving loses nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "flip", "show", tooltip="show the answer"),
        Binding("space,enter", "grade(3)", "good", tooltip="good, once the answer shows"),
        Binding("1", "grade(1)", "again", group=_GRADES),
        Binding("2", "grade(2)", "hard", group=_GRADES),
        Binding("3", "grade(3)", "good", group=_GRADES),
        Binding("4", "grade(4)", "easy", group=_GRADES),
        Binding("h", "hint", "hint"),
        Binding("u", "undo", "undo", tooltip="take back what was done last"),
        Binding("-", "bury", "bury", tooltip="leave the card out until tomorrow"),
        Binding("@", "suspend", "suspend", tooltip="leave the card out until resumed"),
        Binding("enter,q,escape", "back", "back", tooltip="leave when the session is over"),
        Binding("q,escape", "leave", "leave", tooltip="leave; what was graded is kept"),
        Binding("down,j", "move('down')", "scroll down", show=False),
        Binding("up,k", "move('up')", "scroll up", show=False),
        Binding("pagedown", "move('page_down')", "a page down", show=False),
        Binding("pageup", "move('page_up')", "a page up", show=False),
        Binding("home", "move('home')", "to the top", show=False),
        Binding("end", "move('end')", "to the end", show=False),
        Binding("super+c,ctrl+shift+c", "screen.copy_text", "copy the selected text", show=False),
    ]
    CSS = """
    ReviewScreen {
        layout: vertical;
        align-horizontal: center;
        .left-over { width: 100%; max-width: 72; height: 1; text-align: right; color: $text-muted; }
        .summary { width: 100%; max-width: 72; height: 1fr; padding: 2 3; }
    }
    """

    def __init__(self, plan: "Plan", session: "Session") -> None:
        super().__init__()
        self._plan = plan
        self._session = session
        self._shown: Shown | None = None
        self._phase = Phase.OVER
        self._hinted = False
        self._since = 0.0
        self._spent = 0.0

    def compose(self) -> "ComposeResult":
        """Lay out the widgets."""
        yield Head()
        yield Static(classes="left-over")
        yield CardView()
        yield Static(classes="summary")
        yield Notice()
        yield GradeBar()
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the first card."""
        self._next()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which actions make sense now; the footer shows no others."""
        del parameters
        if action == "hint":
            return self._phase is Phase.QUESTION and not self._hinted and bool(self._card and self._card.hint)
        return self._phase in _PHASES.get(action, {self._phase})

    @property
    def _card(self) -> "Card | None":
        return self._shown.card if self._shown else None

    # --- from one card to the next ----------------------------------------------------------------------

    def _next(self, said: str = "", *, error: bool = False) -> None:
        """Show what comes next, a card or the end, and say what just happened."""
        try:
            now = self._plan.clock()
            self._shown = self._session.show(now)
            if self._shown is None:
                self._end(after_session(self._plan.collection, self._session.selection, now))
            else:
                self._ask(self._shown, now)
        except QuizappError as problem:
            said, error = str(problem), True
        self.query_one(Notice).say(said, error=error)
        self.refresh_bindings()

    def _ask(self, shown: "Shown", now: datetime) -> None:
        self._phase, self._hinted = Phase.QUESTION, False
        self._arrange(
            words.deck_path(shown.card.deck),
            words.place_in_session(shown, self._session.limit),
            counts_words(shown.left),
        )
        self.query_one(CardView).ask(shown.card)
        self.query_one(GradeBar).offer(words.intervals(shown.outcomes, now, self._plan.today(now)))
        self._since = monotonic()

    def _end(self, lines: list[str]) -> None:
        self._phase = Phase.OVER
        done = [words.done_line(self._session, self._spent)] if self._session.answers else []
        self._arrange("quizapp", "", "")
        self.query_one(".summary", Static).update(Content("\n\n".join(done + lines)))

    def _arrange(self, left: str, right: str, counts: str) -> None:
        """Fill the head, and show the widgets of the phase."""
        over = self._phase is Phase.OVER
        self.query_one(Head).say(left, right)
        self.query_one(".left-over", Static).update(Content(counts))
        self.query_one(CardView).display = not over
        self.query_one(".summary", Static).display = over
        self.query_one(GradeBar).visible = False

    # --- actions ----------------------------------------------------------------------------------------

    def action_flip(self) -> None:
        """Show the answer."""
        self._phase = Phase.ANSWER
        self.query_one(CardView).flip()
        self.query_one(GradeBar).visible = True
        self.refresh_bindings()

    def action_hint(self) -> None:
        """Show the hint."""
        self._hinted = True
        self.query_one(CardView).show_hint()
        self.refresh_bindings()

    def action_grade(self, number: int) -> None:
        """Log the grade, then show the next card. If it can't be logged the card stays."""
        card = self._card
        if card is None:
            return
        took = monotonic() - self._since
        try:
            answered = self._session.grade(card, Rating(number), self._plan.clock(), took)
        except QuizappError as error:
            self._failed(error)
            return
        self._spent += min(took, _LONGEST)
        self._next(words.leech_words(answered) if answered.leech else "")

    def on_grade_bar_chosen(self, event: GradeBar.Chosen) -> None:
        """A grade was clicked."""
        if self._phase is Phase.ANSWER:
            self.action_grade(event.rating.value)

    def action_undo(self) -> None:
        """Take back what was done last; a card whose grade is taken back is asked again."""
        try:
            event = self._session.undo(self._plan.clock())
        except QuizappError as error:
            self._failed(error)
            return
        if event is None:
            self.query_one(Notice).say("There is nothing to take back.")
            return
        try:
            card = self._plan.collection.row(event.card).card
        except UnknownCardError:
            card = None
        self._next(words.taken_back(event, card))

    def action_suspend(self) -> None:
        """Leave the card out until it is resumed."""
        self._put_away("suspend")

    def action_bury(self) -> None:
        """Leave the card out until tomorrow."""
        self._put_away("bury")

    def _put_away(self, how: str) -> None:
        card = self._card
        if card is None:
            return
        collection, now = self._plan.collection, self._plan.clock()
        try:
            (collection.suspend if how == "suspend" else collection.bury)(card.id, now)
        except QuizappError as error:
            self._failed(error)
            return
        done = "Suspended" if how == "suspend" else "Buried until tomorrow"
        self._next(f"{done}: {words.quoted(card.question)}.")

    def _failed(self, error: QuizappError) -> None:
        """Say what went wrong. The card stays, unless it is gone from the decks."""
        if isinstance(error, UnknownCardError):
            self._next(str(error), error=True)
        else:
            self.query_one(Notice).say(str(error), error=True)

    def action_back(self) -> None:
        """Leave at the end."""
        self.dismiss(None)

    def action_leave(self) -> None:
        """Leave at any time."""
        self.dismiss(None)

    def on_mouse_scroll_down(self) -> None:
        """Scroll the card, wherever the mouse is."""
        self.action_move("down")

    def on_mouse_scroll_up(self) -> None:
        """Scroll the card, wherever the mouse is."""
        self.action_move("up")

    def action_move(self, where: str) -> None:
        """Scroll the card: down, up, page_down, page_up, home or end."""
        view = self.query_one(CardView)
        scroll = {
            "down": view.scroll_down,
            "up": view.scroll_up,
            "page_down": view.scroll_page_down,
            "page_up": view.scroll_page_up,
            "home": view.scroll_home,
            "end": view.scroll_end,
        }[where]
        scroll(animate=False)
