"""The fields of a note, below each other: a label, and what is typed beside it."""

from typing import TYPE_CHECKING

from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Static, TextArea

from quizapp.decks.note import Kind
from quizapp.tui.inputs import Completing, Line, Text
from quizapp.tui.kind_line import KindLine
from quizapp.tui.note_text import (
    ACCEPT,
    ANSWER,
    ANSWERS,
    QUESTION,
    QUESTIONS,
    Typed,
    Words,
    answer_of_choices,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget
    from textual.widgets import Input

INBOX = "inbox"
_TEXTS = ("deck", "question", "answer", "accept", "hint", "extra", "tags", "source")


class Fields(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Gives and takes what is typed. Scrolls to the field with the cursor where there is no room for all."""

    DEFAULT_CSS = """
    Fields {
        width: 1fr;
        max-width: 72;
        height: auto;
        max-height: 1fr;
        .row { height: auto; padding: 0 1; }
        .row > .label { width: 10; color: $text-muted; }
        .row.-at > .label { color: $foreground; text-style: bold; }
        .row > .new { width: auto; padding-left: 2; color: $text-warning; display: none; }
        .first { margin-top: 1; }
        .row > Line, .row > Text { width: 1fr; background: $foreground 6%; padding: 0 1; }
        .row > Line:focus, .row > Text:focus { background: $foreground 12%; background-tint: transparent; }
        Text { height: auto; min-height: 2; max-height: 8; }
        .question Text, .answer Text { min-height: 3; }
        &.-tight .row Text { min-height: 2; }
    }
    Fields, Fields Text {
        scrollbar-size-vertical: 1;
        scrollbar-color: $foreground 30%;
        scrollbar-color-hover: $foreground 50%;
        scrollbar-color-active: $foreground 50%;
        scrollbar-background: transparent;
        scrollbar-background-hover: transparent;
        scrollbar-background-active: transparent;
    }
    """

    class Changed(Message):
        """A field holds something else."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, typed: Typed) -> None:
        super().__init__()
        self._first = typed
        self._decks: frozenset[str] = frozenset()
        self._kind = typed.kind
        self._choices = ("", "")  # the lines before another kind was chosen, and the answer made of them

    def compose(self) -> "ComposeResult":
        """Lay out the rows, in the order in which tab goes through them."""
        first = self._first
        yield _row("deck", Completing(first.deck, placeholder=INBOX), Static("new deck", classes="new"))
        yield _row("kind", KindLine(first.kind))
        yield _row("question", Text(first.question), first=True)
        yield _row("answer", Text(first.answer), first=True)
        yield _row("accept", Text(first.accept), first=True)
        yield _row("hint", Line(first.hint), first=True)
        yield _row("extra", Text(first.extra))
        yield _row("tags", Completing(first.tags, several=True, placeholder="parted by commas"), first=True)
        yield _row("source", Line(first.source))

    def on_mount(self) -> None:
        """Name the fields as the kind asks for."""
        self._name_them(self._first.kind)

    # --- what they hold -------------------------------------------------------------------------------------

    @property
    def typed(self) -> Typed:
        """What the fields hold. Without a deck's name it is the inbox."""
        texts = {name: self._text(name) for name in _TEXTS}
        texts["deck"] = texts["deck"].strip() or INBOX
        return Typed(kind=self.query_one(KindLine).kind, **texts)

    def fill(self, typed: Typed) -> None:
        """Put other text into the fields."""
        self.query_one(KindLine).kind, self._choices = typed.kind, ("", "")
        for name in _TEXTS:
            field, text = self.field(name), getattr(typed, name)
            if isinstance(field, TextArea):
                field.text = text
            elif isinstance(field, Completing):
                field.give(text)
            elif isinstance(field, Line):
                field.value = text
        self._name_them(typed.kind)

    def _text(self, name: str) -> str:
        field = self.field(name)
        return field.text if isinstance(field, TextArea) else field.value if isinstance(field, Line) else ""

    def field(self, name: str) -> "Widget":
        """Where something is typed or chosen."""
        return self.query_one(f".{name}").query_one(".field")

    @property
    def at(self) -> str:
        """The field with the cursor; "" for none."""
        focused = self.screen.focused
        row = focused.parent if focused is not None else None
        return row.name or "" if isinstance(row, Horizontal) else ""

    def go(self, name: str) -> None:
        """Put the cursor into a field."""
        self.screen.set_focus(self.field(name))

    # --- what they offer ------------------------------------------------------------------------------------

    def offer_decks(self, names: "Sequence[str]") -> None:
        """The decks there are."""
        self._decks = frozenset(names)
        deck = self.field("deck")
        if isinstance(deck, Completing):
            deck.offer(names)
        self._tell_new()

    def offer_tags(self, names: "Sequence[str]") -> None:
        """The tags there are."""
        tags = self.field("tags")
        if isinstance(tags, Completing):
            tags.offer(names)

    def offer_source(self, source: str) -> None:
        """The source that holds while none is typed."""
        field = self.field("source")
        if isinstance(field, Line):
            field.placeholder = source

    def _tell_new(self) -> None:
        self.query_one(".new").display = bool(self._decks) and self.typed.deck not in self._decks

    def on_descendant_focus(self) -> None:
        """Say at which field the cursor is, also by its label."""
        for row in self.query(".row"):
            row.set_class(row.name == self.at, "-at")

    # --- what happens ---------------------------------------------------------------------------------------

    def on_kind_line_changed(self, event: KindLine.Changed) -> None:
        """Name the fields as the kind asks for."""
        event.stop()
        self._follow_kind()
        self.post_message(self.Changed("kind"))

    def turn_kind(self) -> None:
        """Take the next kind of note."""
        self.query_one(KindLine).action_turn(1)
        self._follow_kind()

    def _follow_kind(self) -> None:
        """Let the answer be one for the kind: of choices the right ones, which become the choices again."""
        before, kind = self._kind, self.query_one(KindLine).kind
        answer = self.field("answer")
        if before is kind or not isinstance(answer, TextArea):
            return
        if before is Kind.CHOICES:
            self._choices = answer.text, answer_of_choices(answer.text)
            answer.text = self._choices[1]
        elif kind is Kind.CHOICES and answer.text == self._choices[1]:
            answer.text = self._choices[0]
        self._name_them(kind)

    def on_input_changed(self, event: "Input.Changed") -> None:
        """Tell who listens."""
        event.stop()
        self._changed(event.input)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell who listens."""
        event.stop()
        self._changed(event.text_area)

    def _changed(self, field: "Widget") -> None:
        name = (field.parent.name if field.parent is not None else None) or ""
        if name == "deck":
            self._tell_new()
        self.post_message(self.Changed(name))

    def _name_them(self, kind: Kind) -> None:
        self._kind = kind
        self._name_field("question", QUESTIONS.get(kind, QUESTION))
        self._name_field("answer", ANSWERS.get(kind, ANSWER))
        self._name_field("accept", ACCEPT if kind is Kind.TYPED else Words())

    def _name_field(self, name: str, words: Words) -> None:
        row = self.query_one(f".{name}")
        row.display = bool(words.name)
        row.query_one(".label", Static).update(words.name)
        row.query_one(Text).placeholder = words.example


def _row(name: str, field: "Widget", *more: "Widget", first: bool = False) -> Horizontal:
    field.add_class("field")
    label = Static(name, classes="label", markup=False)
    return Horizontal(label, field, *more, name=name, classes=f"row {name}{' first' if first else ''}")
