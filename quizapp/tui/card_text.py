"""A card in full, as text: what it asks, what it answers, where it is, and what it is tagged with."""

from typing import TYPE_CHECKING

from textual.content import Content

from quizapp.markup.plain import one_line, visible
from quizapp.tui.card_view import answer_text, question_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.study.rows import CardRow

_QUIET = "$foreground 60%"


def card_text(row: "CardRow") -> "Callable[[int], Content]":
    """The card, for any number of columns."""
    card = row.card
    facts = [("deck", card.deck), ("tags", ", ".join(card.tags)), ("id", card.id)]
    marks = [name for name, holds in (("suspended", row.suspended), ("marked", row.marked)) if holds]
    facts.append(("", ", ".join(marks)))

    def text(width: int) -> Content:
        parts = [question_text(card)]
        if card.hint:
            parts.append(Content(f"\nhint  {visible(card.hint).rstrip()}").stylize("$text-warning"))
        rule = Content("─" * width).stylize("$foreground 30%")
        parts += [Content(""), rule, Content(""), answer_text(card), Content("")]
        parts += [Content(f"{name:<6}{one_line(value)}").stylize(_QUIET) for name, value in facts if value]
        return Content("\n").join(parts)

    return text
