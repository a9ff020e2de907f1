"""How far a session is: a bar, and what remains of each kind."""

from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from quizapp.study.counts import Counts
    from quizapp.study.session import Shown

_WIDTH = 18  # columns of the bar


def progress(shown: "Shown", limit: int | None) -> tuple[Content, Content]:
    """The bar, and the counts of what is left."""
    done = shown.number - 1
    whole = max(1, done + sum(shown.left))
    if limit is not None:
        whole = min(whole, limit)
    full = done * _WIDTH // whole
    bar = Content.assemble(("▰" * full, "$text-success 70%"), ("▱" * (_WIDTH - full), "$foreground 30%"))
    return bar, Content(" · ").stylize("$foreground 60%").join(waiting(shown.left))


def waiting(counts: "Counts") -> list[Content]:
    """What waits of each kind, in its colour."""
    return [
        Content(f"{counts.new} new").stylize("$text-primary"),
        Content(f"{counts.learning} learning").stylize("$text-warning"),
        Content(f"{counts.review} review").stylize("$text-success"),
    ]
