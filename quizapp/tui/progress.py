"""How far a session is: a bar, and what remains of each kind."""

from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from quizapp.study.session import Shown

_WIDTH = 22  # columns of the bar


def progress(shown: "Shown", limit: int | None) -> tuple[Content, Content]:
    """The bar, and the counts of what is left."""
    done = shown.number - 1
    whole = max(1, done + sum(shown.left))
    if limit is not None:
        whole = min(whole, limit)
    full = done * _WIDTH // whole
    bar = Content.assemble(("▰" * full, "$text-success 70%"), ("▱" * (_WIDTH - full), "$foreground 30%"))
    new, learning, review = shown.left
    left = Content.assemble(
        (f"{new} new", "$text-primary"),
        (" · ", "$foreground 60%"),
        (f"{learning} learning", "$text-warning"),
        (" · ", "$foreground 60%"),
        (f"{review} review", "$text-success"),
    )
    return bar, left
