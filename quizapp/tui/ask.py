"""Asking for a line of text, with suggestions to choose from, or for a yes."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from quizapp.markup.plain import one_line
from quizapp.tui.head import Head
from quizapp.tui.key_line import KeyLine
from quizapp.tui.notice import Notice

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.tui.app import QuizApp

_MOST = 200  # suggestions that are listed


class AskScreen(ModalScreen[str | None], inherit_bindings=False):
    """Gives back what was typed or chosen, or None.

    `suggest` gives what fits the text. What is chosen is the answer or, with `last_word`, takes that word's place.
    """

    app: "QuizApp"
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "do it", tooltip="do it", priority=True),
        Binding("down", "move(1)", "next", tooltip="next suggestion", priority=True),
        Binding("up", "move(-1)", "previous", tooltip="previous suggestion", priority=True),
        Binding("escape", "give_up", "as it was", tooltip="leave all as it was"),
    ]
    CSS = """
    AskScreen {
        layout: vertical;
        align-horizontal: center;
        background: $background;
        Input { width: 100%; max-width: 72; margin-top: 1; }
        OptionList {
            width: 100%; max-width: 72; height: 1fr; border: none; background: transparent; padding: 0 2;
        }
    }
    """

    def __init__(
        self, title: str, hint: str, suggest: Callable[[str], Sequence[str]], *, last_word: bool = False
    ) -> None:
        super().__init__()
        self._title_text = title
        self._hint = hint
        self._suggest = suggest
        self._last_word = last_word
        self._listed: Sequence[str] = ()

    def compose(self) -> "ComposeResult":
        """Lay out the widgets."""
        yield Head()
        yield Input(select_on_focus=False)
        options = OptionList(markup=False)
        options.can_focus = False
        yield options
        yield Notice()
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with all suggestions."""
        self.query_one(Head).call(self._title_text)
        self.query_one(Notice).say(self._hint)
        self.on_input_changed()

    def on_input_changed(self) -> None:
        """List what fits."""
        self._listed = self._suggest(self.query_one(Input).value)[:_MOST]
        options = self.query_one(OptionList)
        options.set_options(Option(Content(one_line(text))) for text in self._listed)
        options.highlighted = None

    def action_move(self, by: int) -> None:
        """Go through the suggestions."""
        options = self.query_one(OptionList)
        if self._listed:
            at = -1 if options.highlighted is None else options.highlighted
            options.highlighted = max(0, min(len(self._listed) - 1, at + by))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A suggestion was clicked."""
        event.stop()
        self._take(self._listed[event.option_index])

    def action_choose(self) -> None:
        """Take the suggestion into the line; without one, give back what was typed."""
        at, typed = self.query_one(OptionList).highlighted, self.query_one(Input).value.strip()
        if at is not None:
            self._take(self._listed[at])
        elif typed:
            self.dismiss(typed)

    def _take(self, text: str) -> None:
        if not self._last_word:
            self.dismiss(text)
            return
        field = self.query_one(Input)
        before, space, last = field.value.rpartition(" ")
        sign = last[:1] if last[:1] in ("+", "-") else ""
        quoted = f'"{text}"' if " " in text else text
        field.value = f"{before}{space}{sign}{quoted} "
        field.cursor_position = len(field.value)

    def action_give_up(self) -> None:
        """Go back without an answer."""
        self.dismiss(None)


class SureScreen(ModalScreen[bool], inherit_bindings=False):
    """Asks whether to do something, and gives back whether."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes", tooltip="yes, do it"),
        Binding("n,escape,q", "answer(False)", "no", tooltip="no, leave it"),
    ]
    CSS = """
    SureScreen {
        align: center middle;
        #sure { width: 60; max-width: 100%; height: auto; padding: 1 2; background: $panel; }
        KeyLine { width: 60; max-width: 100%; height: 1; padding: 0 2; background: $panel; }
    }
    """

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> "ComposeResult":
        """Lay out the widgets."""
        yield Static(Content(self._question), id="sure")
        yield KeyLine()

    def action_answer(self, sure: bool) -> None:
        """Answer."""
        self.dismiss(sure)
