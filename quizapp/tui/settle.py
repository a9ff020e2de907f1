"""Changed questions that nobody can be sure of: the old one beside what it may be now, and the learner decides."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen

from quizapp.errors import QuizappError
from quizapp.journal.entry import Entry
from quizapp.markup.plain import one_line, visible
from quizapp.tui import words
from quizapp.tui.differences import differences
from quizapp.tui.head import Head
from quizapp.tui.key_line import KeyLine
from quizapp.tui.keys import QUIT_KEYS, moving
from quizapp.tui.notice import Notice
from quizapp.tui.text_view import Block, TextView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.study.unsure import Candidate, Unsure
    from quizapp.tui.app import QuizApp
    from quizapp.tui.plan import Plan

_DIM = "$foreground 60%"
_WIDE = 100  # columns, from which on the two stand beside each other
_SPACE = Block(Content(""))


class SettleScreen(Screen[None], inherit_bindings=False):
    """One history after the other. What is decided is logged at once, and can be taken back."""

    app: "QuizApp"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "same", "the same card", tooltip="it is the same card: it keeps its memory"),
        Binding("n", "turn(1)", "next candidate", tooltip="next candidate"),
        Binding("p", "turn(-1)", "previous", tooltip="previous candidate", show=False),
        Binding("x", "forget", "it is gone", tooltip="it is gone: forget its history"),
        Binding("s", "later", "later", tooltip="settle another one first"),
        Binding("u", "undo", "undo", tooltip="take back what was done last"),
        Binding(QUIT_KEYS, "close", "close", tooltip="close"),
        Binding("question_mark", "app.help", "help", tooltip="show the keys"),
        *moving(),
    ]
    CSS = """
    SettleScreen {
        layout: vertical;
        align-horizontal: center;
        .body { width: 100%; max-width: 72; height: 1fr; margin-top: 1; }
        .body TextView { height: 1fr; }
        &.-wide {
            Head, Notice, KeyLine, .body { max-width: 146; }
            .body { layout: horizontal; }
            .body TextView { width: 1fr; }
        }
    }
    """

    def __init__(self, plan: "Plan") -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]
        self._plan = plan
        self._cases: list[Unsure] = []
        self._at = self._candidate = 0
        self._asked = False
        self._settled = 0  # in this visit, and not taken back

    def compose(self) -> "ComposeResult":
        """Lay out the widgets."""
        yield Head()
        with Container(classes="body"):
            yield TextView(classes="old")
            yield TextView(classes="new")
        yield Notice()
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with the first."""
        self._look()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which actions make sense now."""
        del parameters
        if self.app.busy:
            return False
        if action == "turn":
            return self._case is not None and len(self._case.candidates) > 1
        if action == "later":
            return len(self._cases) > 1
        return self._case is not None if action in ("same", "forget") else True

    @property
    def _case(self) -> "Unsure | None":
        return self._cases[self._at] if self._cases else None

    def files_changed(self) -> None:
        """Show what is left to settle."""
        self._look(self._case.id if self._case else "")

    def _look(self, stay: str = "") -> None:
        """Find out what there is to settle, and show the one named, or the one in its place."""
        try:
            self._cases = self._plan.collection.unsure()
        except QuizappError as error:
            self._say(str(error), error=True)
            return
        names = [case.id for case in self._cases]
        if stay in names:
            self._at = names.index(stay)
        else:
            self._at, self._candidate = min(self._at, max(0, len(names) - 1)), 0
        self._show()

    def _show(self) -> None:
        self._asked = False
        case = self._case
        old, new = self.query_one(".old", TextView), self.query_one(".new", TextView)
        new.display = case is not None
        if case is None:
            self.query_one(Head).call("changed questions")
            old.show([Block(Content("Every changed question is settled."))])
        else:
            self._candidate %= len(case.candidates)
            of = f"{self._at + 1} of {len(self._cases)}" if len(self._cases) > 1 else ""
            self.query_one(Head).call("has this question become that one?", of)
            left, right = _sides(case, case.candidates[self._candidate], self._candidate)
            old.show(left)
            new.show(right)
        self.refresh_bindings()

    def _say(self, text: str, *, error: bool = False, warning: bool = False) -> None:
        self.query_one(Notice).say(text, error=error, warning=warning)

    # --- what is done ---------------------------------------------------------------------------------------

    def action_same(self) -> None:
        """Let the old question's history count for the candidate."""
        if case := self._case:
            new = case.candidates[self._candidate]
            try:
                self._plan.collection.relink(case.id, new.id, self._plan.clock())
            except QuizappError as error:
                self._say(str(error), error=True)
                return
            self._settled += 1
            self._say(f"{words.quoted(new.question)} goes on with {_reviews(case)}. u takes it back.")
            self._look()

    def action_forget(self) -> None:
        """Let the history go, once it was asked for twice."""
        case = self._case
        if case is None:
            return
        if not self._asked:
            self._asked = True
            self._say(f"x again forgets its history, {_reviews(case)}; any other key keeps it.", warning=True)
            return
        try:
            self._plan.collection.forget(case.id, self._plan.clock())
        except QuizappError as error:
            self._say(str(error), error=True)
            return
        self._settled += 1
        self._say("Its history is forgotten. u takes it back.")
        self._look()

    def action_turn(self, by: int) -> None:
        """Show another candidate."""
        self._candidate += by
        self._say("")
        self._show()

    def action_later(self) -> None:
        """Show the next one, and come back to this one after the last."""
        self._at, self._candidate = (self._at + 1) % len(self._cases), 0
        self._say("")
        self._show()

    def action_undo(self) -> None:
        """Take back what was done last on this screen; what was done before it was opened stays."""
        self._asked = False
        if not self._settled:
            self._say("Nothing was settled yet.")
            return
        plan = self._plan
        try:
            done = plan.collection.take_back(plan.clock())
        except QuizappError as error:
            self._say(str(error), error=True)
            return
        self._settled -= 1
        self._say(words.undone(done, plan.card, plan.collection.happened_to))
        self._look(done.card if isinstance(done, Entry) else "")

    def action_move(self, where: str) -> None:
        """Scroll both."""
        for view in self.query(TextView):
            view.move(where)

    def action_close(self) -> None:
        """Go back to the screen below."""
        self.dismiss(None)


def _sides(case: "Unsure", new: "Candidate", number: int) -> tuple[list[Block], list[Block]]:
    """The old question and the new one, each with its answer."""
    last = f", the last on {case.last_review:%-d %b %Y}" if case.last_review else ""
    then = f"it was  ({_reviews(case)}{last})"
    of = f", candidate {number + 1} of {len(case.candidates)}" if len(case.candidates) > 1 else ""
    now = f"it is  ({one_line(new.deck)}, line {new.line}{of})"
    if not case.question:
        said = f"Its words are not known: the log has only its id, {case.id}."
        shown = _blocks(now, Content(visible(new.question).rstrip()), Content(visible(new.answer).rstrip()))
        return [_headed(then), _SPACE, _headed(said)], shown
    question, answer = differences(case.question, new.question), differences(case.answer, new.answer)
    return _blocks(then, question[0], answer[0]), _blocks(now, question[1], answer[1])


def _blocks(head: str, question: Content, answer: Content) -> list[Block]:
    below = [_SPACE, Block(answer)] if answer.plain else []
    return [_headed(head), _SPACE, Block(question), *below, _SPACE]


def _headed(text: str) -> Block:
    return Block(Content(text).stylize(_DIM))


def _reviews(case: "Unsure") -> str:
    return "1 review" if case.reviews == 1 else f"{case.reviews} reviews"
