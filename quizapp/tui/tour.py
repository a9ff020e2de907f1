"""Five lines for whoever opens quizapp for the very first time."""

from textual.content import Content

_LINES = (
    ("enter", "study the deck under the cursor, or all of them"),
    ("space", "show the answer, then say how well you knew it:"),
    ("1 2 3 4", "again, hard, good, easy; space is good, too"),
    ("u", "take back what you did last; all is on disk at once"),
    ("?", "every key, and ctrl+p every action by name; q leaves"),
)


def tour() -> Content:
    """The five lines."""
    width = max(len(key) for key, _ in _LINES)
    lines = [Content.assemble((key.rjust(width), "bold"), f"   {what}") for key, what in _LINES]
    return Content("\n").join(lines)
