"""The settings, from their schema: what each means, what holds, and changing it in quizapp.toml."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from quizapp.errors import QuizappError
from quizapp.settings import NAME, SCHEMA, Setting
from quizapp.settings_text import as_text, default, in_force
from quizapp.tui.head import Head
from quizapp.tui.key_line import KeyLine
from quizapp.tui.keys import QUIT_KEYS, moving
from quizapp.tui.notice import Notice
from quizapp.tui.text_view import Block, TextView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.tui.app import QuizApp
    from quizapp.tui.plan import Plan

_QUIET = "$foreground 60%"
EDITABLE = tuple(line for line in SCHEMA if line.key != "parameters")  # those are fitted, not typed


class SettingsScreen(ModalScreen[None], inherit_bindings=False):
    """A line a setting. Enter changes it: a switch and a choice at once, anything else by typing."""

    app: "QuizApp"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "change", "change", tooltip="change the setting"),
        Binding("enter", "write", "keep", tooltip="keep what was typed", priority=True),
        Binding("escape", "give_up", "as it was", tooltip="leave the setting as it was", priority=True),
        Binding(QUIT_KEYS, "close", "close", tooltip="close"),
        *moving(),
    ]
    CSS = """
    SettingsScreen {
        layout: vertical;
        align-horizontal: center;
        background: $background;
        TextView { margin-top: 1; }
        Input { width: 100%; max-width: 72; display: none; }
        &.-typing Input { display: block; }
    }
    """

    def __init__(self, plan: "Plan") -> None:
        super().__init__()
        self._plan = plan
        self._at = 0
        self._changed = False

    def compose(self) -> "ComposeResult":
        """Lay out the widgets."""
        yield Head()
        yield TextView()
        yield Input(select_on_focus=False)
        yield Notice()
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what holds."""
        self.query_one(Head).call("settings", f"{self._plan.collection.root.name}/{NAME}")
        self._explain()
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which actions make sense now."""
        del parameters
        if self.app.busy:
            return False
        typing = self.has_class("-typing")
        if action in ("write", "give_up"):
            return typing
        return not typing if action in ("change", "close", "move") else True

    @property
    def _line(self) -> Setting:
        return EDITABLE[self._at]

    def files_changed(self) -> None:
        """Show what was written, here or by another program."""
        self._show()
        if self._changed:
            self._changed = False
            value = as_text(in_force(self._plan.collection.settings, self._line)) or "none"
            self.query_one(Notice).say(f"{self._line.key} is {value} now.")

    def _show(self) -> None:
        settings = self._plan.collection.settings
        blocks, chosen, table = [], None, ""
        for line in EDITABLE:
            if line.table != table:
                blocks.append(Block(Content(f"{chr(10) if table else ''}[{line.table}]").stylize(_QUIET)))
                table = line.table
            blocks.append(_block(line, in_force(settings, line), chosen=line is self._line))
            chosen = blocks[-1] if line is self._line else chosen
        view = self.query_one(TextView)
        view.show(blocks, top=False)
        y = view.line_of(chosen) if chosen else 0
        if not view.scroll_offset.y <= y < view.scroll_offset.y + view.size.height:
            view.scroll_to(y=max(0, y - view.size.height // 2), animate=False, force=True)

    def action_move(self, where: str) -> None:
        """Go from setting to setting."""
        last = len(EDITABLE) - 1
        to = {"down": self._at + 1, "up": self._at - 1, "home": 0, "end": last, "page_up": self._at - 5}
        self._at = max(0, min(last, to.get(where, self._at + 5)))
        self._explain()
        self._show()

    def _explain(self) -> None:
        line = self._line
        self.query_one(Notice).say(f"{line.explanation}; {as_text(default(line)) or 'none'} unless set")

    def action_change(self) -> None:
        """Turn a switch, take the next choice, or begin to type."""
        line, value = self._line, in_force(self._plan.collection.settings, self._line)
        if isinstance(value, bool):
            self._set("false" if value else "true")
        elif line.choices:
            self._set(line.choices[(line.choices.index(value) + 1) % len(line.choices)])
        else:
            field = self.query_one(Input)
            field.value = as_text(value)
            field.cursor_position = len(field.value)
            self.add_class("-typing")
            self.set_focus(field)
            self.refresh_bindings()

    def action_write(self) -> None:
        """Keep what was typed, if it makes sense."""
        if self._set(self.query_one(Input).value):
            self._stop_typing()

    def action_give_up(self) -> None:
        """Leave the setting as it was."""
        self._explain()
        self._stop_typing()

    def _stop_typing(self) -> None:
        self.remove_class("-typing")
        self.set_focus(None)
        self.refresh_bindings()

    def _set(self, text: str) -> bool:
        """Write a value; whether it could be."""
        line = self._line
        try:
            self._plan.collection.write_setting(line.table, line.key, text)
        except QuizappError as error:
            self.query_one(Notice).say(str(error), error=True)
            return False
        self._changed = True
        self.app.take_in()
        return True

    def action_close(self) -> None:
        """Go back to the screen below."""
        self.dismiss(None)


def _block(line: Setting, value: Any, *, chosen: bool) -> Block:
    """One setting as a line, as wide as there is room."""
    row = Content.assemble(
        f"{'›' if chosen else ' '} {line.key:<18}",
        (f"{as_text(value) or 'none':<11}", "bold" if value != default(line) else ""),
        (f" {line.explanation}", _QUIET),
    )
    row = row.stylize("on $foreground 15%") if chosen else row
    return Block(lambda width: row.truncate(width, ellipsis=True))
