"""Five lines for whoever opens quizapp for the very first time."""

from textual.content import Content

from quizapp.tui.help import two_columns

_LINES = (
    ("enter", "study the deck under the cursor"),
    ("space", "show the answer, then say how it went:"),
    ("1 2 3 4", "again, hard, good, easy"),
    ("u", "take back what you did last"),
    ("?", "every key; q leaves, nothing is lost"),
)


def tour(width: int) -> Content:
    """The five lines, in so many columns."""
    return two_columns(_LINES, width)
