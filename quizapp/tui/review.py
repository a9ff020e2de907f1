"""The review screen: a question, its answer, a grade, and the next one until nothing is left."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.screen import Screen

from quizapp.errors import QuizappError, UnknownCardError
from quizapp.journal.entry import Entry
from quizapp.memory.state import Rating
from quizapp.tui import words
from quizapp.tui.card_view import CardView
from quizapp.tui.grade_bar import GradeBar
from quizapp.tui.head import Ends, Head
from quizapp.tui.key_line import KeyLine
from quizapp.tui.links import link_of
from quizapp.tui.notice import Notice
from quizapp.tui.progress import progress
from quizapp.tui.review_keys import BINDINGS, PHASES, Phase
from quizapp.tui.stopwatch import Stopwatch
from quizapp.tui.summary import summary
from quizapp.tui.text_view import Block, TextView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.decks.note import Card
    from quizapp.study.session import Session, Shown
    from quizapp.tui.app import QuizApp
    from quizapp.tui.plan import Plan

_LONGEST = 60.0  # seconds a card counts at most, as in the log
_MORE = 10  # new cards that are taken in beyond a limit
_TICK = 5.0  # seconds between two looks at the clock
_READING = 0.03  # seconds after which the question is painted and surely not yet read


class ReviewScreen(Screen[None], inherit_bindings=False):
    """One session. What is graded is on disk at once, so leaving loses nothing."""

    app: "QuizApp"
    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]
    CSS = """
    ReviewScreen {
        layout: vertical;
        align-horizontal: center;
        .summary { display: none; }
        &.-over .summary { display: block; }
        &.-over CardView, &.-over GradeBar, &.-over .progress { display: none; }
    }
    """

    def __init__(self, plan: "Plan", session: "Session") -> None:
        super().__init__()
        self._plan = plan
        self._session = session
        self._shown: Shown | None = None
        self._phase = Phase.OVER
        self._day: date | None = None
        self._hinted = self._came_back = self._marked = self._more_new = False
        self._watch = Stopwatch()
        self._spent = 0.0
        self._head, self._progress = Head(), Ends(classes="progress")
        self._view, self._end_view = CardView(), TextView(classes="summary")
        self._notice, self._grades = Notice(), GradeBar()

    def compose(self) -> "ComposeResult":
        """Lay out the widgets."""
        yield self._head
        yield self._progress
        yield self._view
        yield self._end_view
        yield self._notice
        yield self._grades
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the first card."""
        self.set_interval(_TICK, self._tick)
        self.app.app_suspend_signal.subscribe(self, lambda _: self._watch.pause("stopped"), immediate=True)
        self.app.app_resume_signal.subscribe(self, lambda _: self._woken(), immediate=True)
        self.watch(self.app, "app_focus", self._focused, init=False)
        self._next()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which actions make sense now; the footer shows no others."""
        del parameters
        if self.app.busy or self._phase not in PHASES.get(action, {self._phase}):
            return False
        if action == "hint":
            return not self._hinted and bool(self._card and self._card.hint)
        if action == "open_source":
            return bool(self._card and link_of(self._card.source))
        if action == "take_more":
            return self._more_new
        return self._came_back if action == "go_on" else True

    @property
    def _card(self) -> "Card | None":
        return self._shown.card if self._shown else None

    # --- time ---------------------------------------------------------------------------------------------

    def on_screen_suspend(self) -> None:
        """Something else covers the card: that is no thinking."""
        self._watch.pause("covered")

    def on_screen_resume(self) -> None:
        """The card is seen again."""
        self._watch.resume("covered")

    def _focused(self, focused: bool) -> None:
        (self._watch.resume if focused else self._watch.pause)("elsewhere")

    def _woken(self) -> None:
        self._watch.resume("stopped")
        self._tick()

    def _tick(self) -> None:
        """See what time brings: another day, or at the end a card that comes back."""
        if self.app.busy or not self.is_attached:
            return
        now = self._plan.clock()
        if self._phase is Phase.OVER:
            self._look_for_cards(now)
        elif self._day != self._plan.today(now):
            self._show_again(now)

    def _look_for_cards(self, now: datetime) -> None:
        try:
            came_back = self._session.show(now) is not None
        except QuizappError as error:  # such as a deck that is gone
            self._notice.say(str(error), error=True)
            return
        if came_back != self._came_back:
            self._came_back = came_back
            self._notice.say("There is a card again: space goes on." if came_back else "")
            self.refresh_bindings()

    # --- from one card to the next ----------------------------------------------------------------------

    def _next(self, said: str = "", *, error: bool = False) -> None:
        """Show what comes next, a card or the end, and say what just happened."""
        try:
            now = self._plan.clock()
            shown = self._session.show(now)
            if shown is None:
                self._end(now)
            else:
                self._ask(shown, now)
        except QuizappError as problem:
            said, error = str(problem), True
        self._notice.say(said or words.early(self._shown, self._plan.clock()), error=error)
        self.refresh_bindings()

    def _ask(self, shown: "Shown", now: datetime) -> None:
        if self._phase is Phase.OVER:
            self.remove_class("-over")
        self._phase, self._hinted, self._came_back = Phase.QUESTION, False, False
        self._tell(shown, now)
        self._view.ask(shown.card)
        self._grades.offer(words.intervals(shown.outcomes, now, self._plan.today(now)))
        self._watch.start()
        self.set_timer(_READING, lambda: self._lay_out_ahead(shown))

    def _tell(self, shown: "Shown", now: datetime) -> None:
        """Say in the head which card it is."""
        self._shown, self._day = shown, self._plan.today(now)
        self._marked = self._plan.collection.row(shown.card.id).marked
        name = words.deck_path(shown.card.deck)
        self._head.call(
            f"* {name}" if self._marked else name, words.place_in_session(shown, self._session.limit)
        )
        self._progress.say(*progress(shown, self._session.limit))

    def _lay_out_ahead(self, shown: "Shown") -> None:
        """Lay out the answer, and the card that is likely to come, before the key for them is pressed."""
        if shown is not self._shown or self.app.busy:
            return
        self._view.lay_out_answer()
        with suppress(QuizappError):  # a key will tell
            self._plan.collection.settle()
            self._plan.collection.row(shown.card.id)  # at hand again for its grade
            if card := self._session.ahead(self._plan.clock()):
                self._view.prepare(card)

    def _end(self, now: datetime) -> None:
        self._phase, self._shown = Phase.OVER, None
        self.add_class("-over")
        self._head.call("quizapp")
        outlook, left = (
            self._plan.collection.outlook(now),
            self._plan.collection.left(self._session.selection, now),
        )
        self._more_new = outlook.held_new > 0 and not any(left)
        self._end_view.show([Block(summary(self._plan, self._session, self._spent, now))])

    def files_changed(self) -> None:
        """Go on with what other programs made of decks and history; the card stays if it still waits."""
        now = self._plan.clock()
        if self._phase is Phase.OVER:
            self._look_for_cards(now)
        else:
            self._show_again(now)

    def _show_again(self, now: datetime, said: str = "") -> None:
        """Show the card as it is now, as far as it was turned over, or what comes instead."""
        before = self._shown
        if before is None:
            return
        try:
            shown = self._session.again(before, now)
            if shown is None or (shown.card.id, shown.memory) != (before.card.id, before.memory):
                self._next(said or self._gone(before))
                return
            self._tell(shown, now)
        except QuizappError as error:
            self._notice.say(str(error), error=True)
            return
        intervals = words.intervals(shown.outcomes, now, self._plan.today(now))
        self._grades.offer(intervals, open=self._phase is Phase.ANSWER)
        if shown.card != before.card:
            self._view.replace(shown.card)
        if said:
            self._notice.say(said)
        self.refresh_bindings()

    def _gone(self, before: "Shown") -> str:
        """Why a card made way."""
        collection, card = self._plan.collection, before.card
        problems = [problem for problem in collection.unread if problem.file.endswith(f"/{card.file}")]
        if not collection.exists(card.id):
            where = words.problem_lines(problems)[:1] or ["it is in no deck any more"]
            return f"{words.quoted(card.question)}: {where[0]}"
        elsewhere = collection.memory(card.id) != before.memory
        return (
            f"{words.quoted(card.question)} {'was answered elsewhere' if elsewhere else 'waits no longer'}."
        )

    # --- actions ----------------------------------------------------------------------------------------

    def action_flip(self) -> None:
        """Show the answer."""
        self._phase = Phase.ANSWER
        self._notice.say("")
        self._view.flip()
        self._grades.show(open=True)
        self.refresh_bindings()

    def action_hint(self) -> None:
        """Show the hint."""
        self._hinted = True
        self._view.show_hint()
        self.refresh_bindings()

    def action_go_on(self) -> None:
        """Go on with a card that came back."""
        self._next()

    def action_take_more(self) -> None:
        """Go on with new cards beyond today's limit."""
        try:
            found = self._session.take_more(_MORE, self._plan.clock())
        except QuizappError as error:
            self._notice.say(str(error), error=True)
            return
        self._next("" if found else "There are no more new cards here.")

    def action_grade(self, number: int) -> None:
        """Log the grade, then show the next card. If it can't be logged the card stays."""
        card = self._card
        if card is None:
            return
        took = self._watch.seconds
        try:
            answered = self._session.grade(card, Rating(number), self._plan.clock(), took)
        except QuizappError as error:
            self._failed(error)
            return
        self._spent += min(took, _LONGEST)
        self._next(words.leech_words(answered) if answered.leech else "")

    def on_grade_bar_chosen(self, event: GradeBar.Chosen) -> None:
        """A grade was clicked."""
        if self.check_action("grade", ()):
            self.action_grade(event.rating.value)

    def action_undo(self) -> None:
        """Take back what was done last, be it an edit; a card whose grade is taken back is asked again."""
        try:
            done = self._session.take_back(self._plan.clock())
        except QuizappError as error:
            self._failed(error)
            return
        said = words.undone(done, self._plan.card, self._plan.collection.happened_to)
        if isinstance(done, Entry):
            self._next(said)
        else:
            self._undone(said)

    def _undone(self, said: str) -> None:
        """Say that an edit was taken back, or nothing; the card stays if it still waits."""
        if self._phase is Phase.OVER:
            self._next(said)
        else:
            self._show_again(self._plan.clock(), said)

    def action_put_away(self, until_tomorrow: bool, whole_note: bool) -> None:
        """Leave the card, or its whole note, out: until tomorrow, or until resumed."""
        card, now = self._card, self._plan.clock()
        if card is None:
            return
        try:
            self._session.put_away(card, now, until_tomorrow=until_tomorrow, whole_note=whole_note)
        except QuizappError as error:
            self._failed(error)
            return
        done = words.PUT_AWAY[until_tomorrow, whole_note]
        self._next(f"{done}: {words.quoted(card.question)}. u takes it back.")

    def action_mark(self) -> None:
        """Mark the card, or take its mark away."""
        shown = self._shown
        if shown is None:
            return
        try:
            now = self._plan.clock()
            self._plan.collection.mark(shown.card.id, now, on=not self._marked)
            self._session.again(shown, now)
            self._tell(shown, now)
        except QuizappError as error:
            self._failed(error)
            return
        self._notice.say("Marked." if self._marked else "The mark is taken away.")

    def action_add(self) -> None:
        """Add cards, to the deck of the card that is shown."""
        from quizapp.tui.note_form import NoteScreen  # noqa: PLC0415  not before someone asks

        deck = self._card.deck if self._card else None
        self.app.push_screen(NoteScreen(self._plan, deck=deck), lambda _: self.files_changed())

    def action_edit(self) -> None:
        """Edit the card; it stays where it is, with its new text."""
        from quizapp.tui.note_form import NoteScreen  # noqa: PLC0415  as above

        if card := self._card:
            try:
                self.app.push_screen(NoteScreen(self._plan, card.id), self._edited)
            except QuizappError as error:
                self._failed(error)

    def _edited(self, card: "Card | None") -> None:
        """Go on with what the edit made of the card."""
        before = self._shown
        if before is None or card is None or card == before.card:
            return
        self._shown = replace(before, card=replace(before.card, id=card.id))
        self._show_again(self._plan.clock(), f"Edited: {words.quoted(card.question)}. u takes it back.")

    def action_why(self) -> None:
        """See why the card comes now."""
        from quizapp.tui.text_screen import TextScreen  # noqa: PLC0415  not before someone asks
        from quizapp.tui.why import why  # noqa: PLC0415  as above

        if card := self._card:
            try:
                text = why(self._plan.collection.story(card.id, self._plan.clock()))
            except QuizappError as error:
                self._failed(error)
                return
            self.app.push_screen(TextScreen(f"why now: {words.quoted(card.question)}", text))

    def action_browse(self) -> None:
        """Open the browser over the card, which may be another one after it."""
        from quizapp.tui.browse import BrowseScreen  # noqa: PLC0415  as above

        self.app.push_screen(BrowseScreen(self._plan), lambda _: self.files_changed())

    def action_open_source(self) -> None:
        """Open the card's source outside."""
        if card := self._card:
            self.app.open_outside(link_of(card.source), self._notice.say)

    def _failed(self, error: QuizappError) -> None:
        """Say what went wrong. The card stays, unless it is gone from the decks."""
        if isinstance(error, UnknownCardError):
            self._next(str(error), error=True)
        else:
            self._notice.say(str(error), error=True)

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
        """Scroll the card, or at the end what is said of the session."""
        (self._end_view if self._phase is Phase.OVER else self._view).move(where)
