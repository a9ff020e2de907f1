"""A card on the table: the question in its place, hint and answer under it."""

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from quizapp.markup.plain import one_line, visible

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.decks.note import Card


class CardView(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Scrolls when a card is longer than the screen; the keys for it belong to the screen."""

    DEFAULT_CSS = """
    CardView {
        width: 100%;
        max-width: 72;
        height: 1fr;
        scrollbar-gutter: stable;
        Static { width: 100%; height: auto; padding: 1 3 0 3; }
        .hint { color: $text-warning; }
        .rule { height: 2; color: $foreground 30%; text-wrap: nowrap; text-overflow: clip; }
        .answer { padding: 1 3; }
    }
    """

    def compose(self) -> "ComposeResult":
        """Lay out the widgets."""
        yield Static(classes="question")
        yield Static(classes="hint")
        yield Static(Content("─" * 72), classes="rule")
        yield Static(classes="answer")

    def ask(self, card: "Card") -> None:
        """Show the question; hint and answer are made ready and wait."""
        self._part("question").update(question_text(card))
        self._part("hint").update(Content(f"hint: {visible(card.hint)}"))
        self._part("answer").update(answer_text(card))
        for name in ("hint", "rule", "answer"):
            self._part(name).display = False
        self.scroll_home(animate=False)

    def show_hint(self) -> None:
        """Show the hint under the question."""
        self._part("hint").display = True

    def flip(self) -> None:
        """Show the answer; the question moves only if the answer would begin below the screen."""
        self._part("rule").display = True
        self._part("answer").display = True
        self.call_after_refresh(self._bring_answer)

    def _bring_answer(self) -> None:
        begins = self._part("answer").virtual_region.y + 2
        if begins > self.scroll_offset.y + self.size.height:
            self.scroll_to(y=self._part("rule").virtual_region.y, animate=False)

    def _part(self, name: str) -> Static:
        return self.query_one(f".{name}", Static)


def question_text(card: "Card") -> Content:
    """The question and its numbered choices, as written."""
    choices = [f"{number}. {visible(choice).rstrip()}" for number, choice in enumerate(card.choices, 1)]
    text = visible(card.question).rstrip()
    return Content("\n".join([text, "", *choices] if choices else [text]))


def answer_text(card: "Card") -> Content:
    """The answer, with what belongs to it below."""
    parts: list[Content | tuple[str, str]] = [Content(visible(card.answer).rstrip())]
    if card.extra:
        parts.append(("\n\n" + visible(card.extra).rstrip(), "$foreground 60%"))
    if card.source:
        parts.append((f"\n\nfrom {one_line(card.source)}", "$foreground 60%"))
    return Content.assemble(*parts)
