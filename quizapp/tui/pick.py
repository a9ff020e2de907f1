"""Choosing what to study by tag or query: typed, with the tags that fit and how many cards are found."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from quizapp.decks.folding import folded
from quizapp.errors import QuizappError
from quizapp.markup.plain import one_line
from quizapp.study.wording import cards
from quizapp.tui.head import Head
from quizapp.tui.key_line import KeyLine
from quizapp.tui.notice import Notice
from quizapp.tui.slices import in_slices

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.tui.app import QuizApp
    from quizapp.tui.plan import Plan

_NOTHING = "No card is found."
_MOST = 200  # tags that are listed
_PAUSE = 0.15  # seconds without a key, after which what is typed is looked for


class PickScreen(ModalScreen[str | None], inherit_bindings=False):
    """Gives back the query, or None."""

    app: "QuizApp"
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "study", tooltip="study what was chosen", priority=True),
        Binding("down", "move(1)", "next tag", tooltip="next tag", priority=True),
        Binding("up", "move(-1)", "previous tag", tooltip="previous tag", priority=True),
        Binding("escape", "dismiss", "close", tooltip="close"),
    ]
    CSS = """
    PickScreen {
        layout: vertical;
        align-horizontal: center;
        background: $background;
        Input { width: 100%; max-width: 72; margin-top: 1; }
        OptionList {
            width: 100%; max-width: 72; height: 1fr; border: none; background: transparent; padding: 0 2;
        }
    }
    """

    def __init__(self, plan: "Plan") -> None:
        super().__init__()
        self._plan = plan
        self._tags: Counter[str] = Counter()
        self._listed: list[str] = []

    def compose(self) -> "ComposeResult":
        """Lay out the widgets."""
        yield Head()
        yield Input(
            placeholder="words, tag:…, deck:…, is:new is:due is:marked is:leech", select_on_focus=False
        )
        options = OptionList(markup=False)
        options.can_focus = False
        yield options
        yield Notice()
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with all tags."""
        self.query_one(Head).call("study a tag, or what a query finds")
        self.run_worker(in_slices(self._gathered(), self.app))

    def _gathered(self) -> Iterator[None]:
        overview = self._plan.collection.overview(self._plan.clock())
        for deck in overview.decks():
            for tag, count in overview.tags(deck):
                self._tags[tag] += count
            yield
        self._list()

    def on_input_changed(self) -> None:
        """List the tags that fit, and count what is found once the typing pauses."""
        self._list()
        self.run_worker(self._counted(), exclusive=True, group="count")

    def _list(self) -> None:
        typed = folded(self.query_one(Input).value.strip().removeprefix("tag:"))
        fitting = sorted(tag for tag in self._tags if typed in folded(tag))
        self._listed = fitting[:_MOST]
        options = self.query_one(OptionList)
        options.set_options(
            Option(Content.assemble(one_line(tag), (f"  {self._tags[tag]}", "$foreground 60%")))
            for tag in self._listed
        )
        options.highlighted = None

    async def _counted(self) -> None:
        import asyncio  # noqa: PLC0415  loaded with Textual

        await asyncio.sleep(_PAUSE)
        if not self.is_current or self.app.busy:
            return
        query = self.query_one(Input).value.strip()
        notice = self.query_one(Notice)
        if not query:
            notice.say("")
            return
        try:
            found = len(self._plan.collection.find_ids(query, self._plan.clock()))
        except QuizappError as error:
            notice.say(str(error), error=True)
        else:
            notice.say(f"{cards(found)} found." if found else _NOTHING)

    def action_move(self, by: int) -> None:
        """Go through the tags."""
        options = self.query_one(OptionList)
        if self._listed:
            at = -1 if options.highlighted is None else options.highlighted
            options.highlighted = max(0, min(len(self._listed) - 1, at + by))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A tag was clicked."""
        event.stop()
        self._study(f'tag:"{self._listed[event.option_index]}"')

    def action_choose(self) -> None:
        """Study the tag that is chosen, else what was typed."""
        at, typed = self.query_one(OptionList).highlighted, self.query_one(Input).value.strip()
        if at is not None:
            self._study(f'tag:"{self._listed[at]}"')
        elif typed:
            self._study(typed)

    def _study(self, query: str) -> None:
        """Go, unless the query finds nothing: then say so and stay."""
        try:
            found = self._plan.collection.find_ids(query, self._plan.clock())
        except QuizappError as error:
            self.query_one(Notice).say(str(error), error=True)
            return
        if found:
            self.dismiss(query)
        else:
            self.query_one(Notice).say(_NOTHING)

    async def action_dismiss(self, result: str | None = None) -> None:
        """Go back without a choice."""
        self.dismiss(result)
