"""What is typed into: Textual's line and text, made harmless for pasted text, and a line that completes names."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.suggester import Suggester
from textual.widgets import Input, TextArea

from quizapp.decks.folding import folded
from quizapp.markup.plain import one_line, visible

_COMMA = ","
_OTHERS = frozenset(["ctrl+c", "ctrl+e", "ctrl+k", "ctrl+z", "enter"])


def _keys(binding: BindingType) -> set[str]:
    return set((binding.key if isinstance(binding, Binding) else binding[0]).split(","))


def _own(bindings: Iterable[BindingType]) -> list[BindingType]:
    """Those whose keys mean nothing else in this app."""
    return [binding for binding in bindings if _keys(binding).isdisjoint(_OTHERS)]


class Line(Input, inherit_bindings=False):
    """One line. What is pasted from several becomes one, so that nothing of it is lost."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *_own(Input.BINDINGS),
        Binding("end", "end", show=False),
    ]

    def __init__(self, value: str, *, placeholder: str = "", suggester: Suggester | None = None) -> None:
        super().__init__(value, placeholder, select_on_focus=False, compact=True, suggester=suggester)

    def _on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        self.replace(one_line(event.text), *self.selection)


class Text(TextArea, inherit_bindings=False):
    """Several lines."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *_own(TextArea.BINDINGS),
        Binding("end", "cursor_line_end", show=False),
        Binding("ctrl+underscore", "undo", show=False),
    ]

    def __init__(self, text: str) -> None:
        super().__init__(text, compact=True, highlight_cursor_line=False)

    def on_resize(self) -> None:
        """Paint all lines anew: Textual wraps them after it has painted them for the new width."""
        self.refresh()

    async def _on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        if done := self._replace_via_keyboard(visible(event.text), *self.selection):
            self.move_cursor(done.end_location)


class Completing(Line):
    """A line for a name, or for `several` with commas between, that offers those there are."""

    def __init__(self, value: str, *, several: bool = False, placeholder: str = "") -> None:
        super().__init__(value, placeholder=placeholder, suggester=_Beginning(self))
        self._several, self._given = several, value
        self._names: Sequence[str] = ()
        self._asked, self._shown, self._at = "", "", 0

    def give(self, value: str) -> None:
        """Hold a value that nobody typed, which is not to be completed."""
        self.value = self._given = value

    def offer(self, names: Sequence[str]) -> None:
        """The names that there are; what can't be shown as it is can't be typed."""
        self._names = [name for name in names if name == one_line(name) and _COMMA not in name]

    def completed(self, value: str) -> str | None:
        """The value with its last name written out; None if no name begins so, or it is one already."""
        before, begun = self._parted(value)
        found = self._name_begun(value)
        return before + begun + found[len(begun) :] if found else None

    def _name_begun(self, value: str) -> str | None:
        _, begun = self._parted(value)
        if not begun or value == self._given or begun in self._names:
            return None
        return next((name for name in self._names if folded(name).startswith(folded(begun))), None)

    def take(self) -> None:
        """Write out the name that is offered, if there is one."""
        if found := self._name_begun(self.value):
            self.value = self._parted(self.value)[0] + found
            self.cursor_position = len(self.value)

    def fit(self, by: int) -> None:
        """Go through the names in which what was typed is found; through all from one that is complete."""
        before, begun = self._parted(self.value)
        if self.value != self._shown:
            self._asked = "" if begun in self._names else begun
            self._at = self._names.index(begun) if begun in self._names else -1 if by > 0 else 0
        fitting = [name for name in self._names if folded(self._asked) in folded(name)]
        if fitting:
            self._at = (self._at + by) % len(fitting)
            self.value = self._shown = before + fitting[self._at]
            self.cursor_position = len(self.value)

    def _parted(self, value: str) -> tuple[str, str]:
        """What stands before the last name, and that name as far as it is typed."""
        if not self._several:
            return "", value
        head, comma, last = value.rpartition(_COMMA)
        begun = last.lstrip()
        return head + comma + last[: len(last) - len(begun)], begun


class _Beginning(Suggester):
    """Shows how the name that is begun may end."""

    def __init__(self, line: Completing) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._line = line

    async def get_suggestion(self, value: str) -> str | None:
        return self._line.completed(value)
