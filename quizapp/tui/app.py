"""The app on the full screen, and the one function by which the command line starts it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from quizapp.tui.home import HomeScreen
from quizapp.tui.plan import Plan
from quizapp.tui.review import ReviewScreen

if TYPE_CHECKING:
    from quizapp.collection import Collection
    from quizapp.study.session import Session


class QuizApp(App[None]):
    """Home, or (given a session) a review that ends the app when it is left."""

    TITLE = "quizapp"
    CSS = """
    Screen { padding: 0 1; }
    Screen.-tall { padding: 1 1; }
    Screen.-low GradeBar { margin-bottom: 0; }
    ModalScreen, ModalScreen.-tall { padding: 0; }
    VerticalScroll, OptionList {
        scrollbar-size-vertical: 1;
        scrollbar-color: $foreground 30%;
        scrollbar-color-hover: $foreground 50%;
        scrollbar-color-active: $foreground 50%;
        scrollbar-background: transparent;
        scrollbar-background-hover: transparent;
        scrollbar-background-active: transparent;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "help", tooltip="this help"),
        Binding("ctrl+p", "command_palette", "themes and other commands", show=False, priority=True),
        Binding("ctrl+c,ctrl+q", "quit", "quit at once", show=False, priority=True),
    ]

    def __init__(self, plan: Plan, session: "Session | None" = None) -> None:
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-usual"), (30, "-tall")]
        self._plan = plan
        self._session = session

    def on_mount(self) -> None:
        """Open the first screen."""
        if self._session is None:
            self.push_screen(HomeScreen(self._plan))
        else:
            self.push_screen(ReviewScreen(self._plan, self._session), lambda _result: self.exit())

    def get_key_display(self, binding: Binding) -> str:
        """A key's name as people say it."""
        return "enter" if binding.key == "enter" else super().get_key_display(binding)

    def action_help(self) -> None:
        """Show the keys of this screen."""
        from quizapp.tui.help import HelpScreen, help_text  # noqa: PLC0415  not before someone asks

        self.push_screen(HelpScreen(help_text(self)))


def run(
    collection: "Collection",
    *,
    decks: Sequence[str] | None = None,
    query: str | None = None,
    limit: int | None = None,
    minutes: float | None = None,
    start_review: bool = False,
) -> None:
    """Open the full screen on a collection and return when the learner leaves it.

    `start_review` begins a session at once, and leaving it ends the app. `limit` (cards) and `minutes` hold
    for each session. Raises UnknownDeckError or RequestError before the screen is taken.
    """
    plan = Plan(collection, decks, query, limit, minutes)
    session = plan.session() if start_review or decks is not None or query is not None else None
    QuizApp(plan, session if start_review else None).run()
