"""Five lines for whoever opens quizapp for the very first time."""

from textual.content import Content

_LINES = (
    ("enter", "study the deck under the cursor"),
    ("space", "show the answer, then say how it went:"),
    ("1 2 3 4", "again, hard, good, easy"),
    ("u", "take back what you did last"),
    ("?", "every key; q leaves, nothing is lost"),
)


def tour() -> Content:
    """The five lines."""
    width = max(len(key) for key, _ in _LINES)
    lines = [Content.assemble((key.rjust(width), "bold"), f"   {what}") for key, what in _LINES]
    return Content("\n").join(lines)
