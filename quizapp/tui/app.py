"""The app on the full screen, and the one function by which the command line starts it."""

import asyncio
import gc
import signal
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.events import Key, Paste

from quizapp.tui import preferences, terminal
from quizapp.tui.home import HomeScreen
from quizapp.tui.notice import Notice
from quizapp.tui.plan import Plan
from quizapp.tui.watch import Watch

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import SystemCommand
    from textual.command import Provider
    from textual.content import Content
    from textual.events import Event
    from textual.screen import Screen
    from textual.theme import Theme

    from quizapp.collection import Collection
    from quizapp.decks.note import Card
    from quizapp.study.session import Session
    from quizapp.tui.note_text import Typed
    from quizapp.tui.preferences import Preferences

_STARTED = 0.5  # seconds after which the first frame is out, whatever the machine


def _actions() -> "type[Provider]":
    from quizapp.tui.palette import Actions  # noqa: PLC0415  not before someone asks

    return Actions


class QuizApp(App[None]):
    """Home, or (given a session, or a first screen) a review, a form or the browser: leaving it ends the app.

    `remembered` is the file with the learner's preferences, None for none.
    """

    TITLE = "quizapp"
    COMMANDS: ClassVar[set[type["Provider"] | Callable[[], type["Provider"]]]] = {_actions}
    CSS = """
    Screen { padding: 0 1; }
    Screen.-tall { padding: 1 1; }
    Screen.-tall GradeBar { margin-bottom: 1; }
    OptionList:ansi > .option-list--option-highlighted { text-style: bold reverse; }
    TextView, DeckTree, OptionList {
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
        Binding("question_mark", "help", "help", tooltip="show the keys", show=False),
        Binding("ctrl+p", "command_palette", "palette", tooltip="find an action", show=False, priority=True),
        Binding("comma", "settings", "settings", tooltip="change the settings", show=False),
        Binding("ctrl+t", "change_theme", "theme", tooltip="change the theme", show=False),
        Binding("f1", "tour", "tour", tooltip="show the tour", show=False),
        Binding(
            "ctrl+z",
            "suspend_process",
            "pause",
            tooltip="pause quizapp; fg goes on",
            show=False,
            priority=True,
        ),
        Binding("ctrl+c,ctrl+q", "quit", "quit at once", tooltip="quit at once", show=False, priority=True),
    ]

    def __init__(
        self,
        plan: Plan,
        session: "Session | None" = None,
        remembered: "Path | None" = None,
        first: "Screen[Any] | None" = None,
    ) -> None:
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-usual"), (30, "-tall")]
        self._plan = plan
        self._session = session
        self._first = first
        self._remembered = remembered
        self._preferences = (
            preferences.load(remembered) if remembered else preferences.Preferences(toured=True)
        )
        self._changes = Watch(self, plan)
        self._leaving = False
        self.typed: Typed | None = None  # what the form of a note keeps for the next one
        self.previewed: bool | None = None  # whether it shows its preview; None: as there is room
        if self._preferences.theme in self.available_themes:
            self.theme = self._preferences.theme

    @property
    def busy(self) -> bool:
        """Whether what other programs did is being taken in: nobody else asks the collection meanwhile."""
        return self._changes.busy

    @property
    def available_themes(self) -> "dict[str, Theme]":
        """The themes to choose from; without colour those that leave colours to the terminal would show nothing."""
        colourless = getattr(self, "no_color", False)  # which Textual sets after it asked for the first theme
        themes = super().available_themes
        if not colourless:  # asked for at every style: nothing is built then
            return themes
        return {name: theme for name, theme in themes.items() if not theme.ansi}

    def on_load(self) -> None:
        """Before the terminal is taken."""
        terminal.end_when_told(self)

    def on_mount(self) -> None:
        """Open the first screen."""
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        if self._first is not None:
            self.push_screen(self._first, lambda _result: self.exit())
        elif self._session is None:
            self.push_screen(HomeScreen(self._plan))
            if not self._preferences.toured:
                self.call_after_refresh(self.action_tour)
        else:
            from quizapp.tui.review import ReviewScreen  # noqa: PLC0415  home does not need it at first

            self.push_screen(ReviewScreen(self._plan, self._session), lambda _result: self.exit())
        self.set_timer(_STARTED, self._started)

    def _started(self) -> None:
        """Once the first frame is out: watch the disk, and let the collector pass over all that is here to stay."""
        gc.freeze()
        terminal.end_when_gone(self)
        self._changes.begin()

    def _remember_theme(self, theme: "Theme") -> None:
        self._remember(self._preferences._replace(theme=theme.name))

    def _remember(self, found: "Preferences") -> None:
        self._preferences = found
        if self._remembered:
            preferences.save(self._remembered, self._preferences)

    async def on_event(self, event: "Event") -> None:
        """Let no key wait for a glance at the disk, and take none once the app is being left."""
        if isinstance(event, Key | Paste):
            if self._leaving:
                return
            self._changes.key()
            if in_order := getattr(self.screen, "in_order", None):
                await in_order()
        await super().on_event(event)

    async def action_quit(self) -> None:
        """Quit, unless a screen holds something that would be lost: it is told the first time."""
        if not any(holds() for screen in self.screen_stack if (holds := getattr(screen, "holds", None))):
            self.exit()

    def exit(self, *args: Any, **more: Any) -> None:
        """Leave the app."""
        self._leaving = True
        super().exit(*args, **more)

    def finish(self) -> None:
        """Wait for what still reads."""
        self._changes.finish()

    def take_in(self) -> None:
        """Take in what changed on disk, as soon as may be."""
        self.run_worker(self._changes.take_in(), group="taking in")

    def tell_screens(self) -> None:
        """Let every open screen show what changed under it."""
        for screen in self.screen_stack:
            if changed := getattr(screen, "files_changed", None):
                changed()

    def complain(self, text: str) -> None:
        """Say what is in the way of going on."""
        for notice in self.screen.query(Notice):
            notice.say(text, error=True)

    def get_key_display(self, binding: Binding) -> str:
        """A key's name as people say it."""
        return (
            binding.key if binding.key == "enter" or "+" in binding.key else super().get_key_display(binding)
        )

    def get_system_commands(self, screen: "Screen[object]") -> "Iterable[SystemCommand]":
        """None beside the actions, which have names of their own."""
        del screen
        return ()

    def action_help(self) -> None:
        """Show the keys of this screen."""
        from quizapp.tui.help import help_text  # noqa: PLC0415  not before someone asks

        self._show_text("keys", help_text(self))

    def action_tour(self) -> None:
        """Show the tour."""
        from quizapp.tui.tour import tour  # noqa: PLC0415  as above

        self._remember(self._preferences._replace(toured=True))
        self._show_text("welcome to quizapp", tour)

    def _show_text(self, title: str, text: "Callable[[int], Content]") -> None:
        from quizapp.tui.text_screen import TextScreen  # noqa: PLC0415  as above

        if not isinstance(self.screen, TextScreen):
            self.push_screen(TextScreen(title, text))

    def action_settings(self) -> None:
        """Show the settings."""
        from quizapp.tui.settings import SettingsScreen  # noqa: PLC0415  as above

        if not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen(self._plan))

    def action_suspend_process(self) -> None:
        """Pause until the shell goes on with the app."""
        if not terminal.stop(self):
            self.complain("No shell is here that could go on with a paused quizapp.")

    def open_outside(self, link: str, say: Callable[[str], None]) -> None:
        """Open a web address in the browser, and say so."""
        self.run_worker(self._open(link, say), exclusive=True, group="browser")

    async def _open(self, link: str, say: Callable[[str], None]) -> None:
        from quizapp.tui.links import browser, open_link  # noqa: PLC0415  as above

        name = await asyncio.to_thread(browser)
        if name:
            open_link(link, name, self.suspend)
        say(f"Opened {link}" if name else f"No browser is here: {link}")


def run(
    collection: "Collection",
    *,
    decks: Sequence[str] | None = None,
    query: str | None = None,
    limit: int | None = None,
    minutes: float | None = None,
    start_review: bool = False,
    browse: bool = False,
    remembered: "Path | None" = None,
) -> None:
    """Open the full screen on a collection and return when the learner leaves it.

    `start_review` begins a session at once, `browse` opens the browser; leaving it ends the app. `limit` (cards) and
    `minutes` hold for each session. `remembered` is the file with the learner's preferences. Raises UnknownDeckError
    or RequestError before the screen is taken.
    """
    plan = Plan(collection, decks, query, limit, minutes)
    session = plan.session() if start_review or decks is not None or query is not None else None
    first = None
    if browse:
        from quizapp.tui.browse import BrowseScreen  # noqa: PLC0415  home does not need it at first

        first = BrowseScreen(plan)
    _run(QuizApp(plan, session if start_review else None, remembered, first))


def run_form(
    collection: "Collection",
    *,
    card_id: str | None = None,
    deck: str | None = None,
    remembered: "Path | None" = None,
) -> "Card | None":
    """Open the form to edit a card, or to add cards to a deck, and return when the learner leaves it.

    Gives back the card edited or added last. Raises UnknownCardError before the screen is taken.
    """
    from quizapp.tui.note_form import NoteScreen  # noqa: PLC0415  only for the form

    plan = Plan(collection)
    form = NoteScreen(plan, card_id, deck)
    _run(QuizApp(plan, remembered=remembered, first=form))
    return form.saved


def _run(app: QuizApp) -> None:
    signal.signal(signal.SIGHUP, terminal.hang_up)
    app.run()
    app.finish()
