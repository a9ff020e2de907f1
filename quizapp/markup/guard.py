"""Escaped text kept from what Anki and MathJax look for in it."""

import re

MARK_OPEN, MARK_CLOSE = (
    "\u2e55",
    "\u2e56",
)  # brackets that no text has: they stand for the markers of deletions

_TELLING = re.compile(r"\[(?=/?(?:latex|\$\$?)\]|sound:|anki:)", re.IGNORECASE)
_MATHJAX = re.compile(r"\\(?=[()\[\]])")


def guarded(escaped: str) -> str:
    """Text in HTML without the signs of sounds, of LaTeX, and of formulas."""
    if "[" in escaped:
        escaped = _TELLING.sub("&#91;", escaped)
    return _MATHJAX.sub(r"<span>\\</span>", escaped) if "\\" in escaped else escaped
