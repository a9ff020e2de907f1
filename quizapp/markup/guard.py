"""Escaped text kept from what Anki and MathJax look for in it."""

import re
from html import escape

MARK_OPEN, MARK_CLOSE = (
    "\u2e55",
    "\u2e56",
)  # brackets that no text has: they stand for the markers of deletions

_TELLING = re.compile(r"\[(?=/?(?:latex|\$\$?)\]|sound:|anki:)", re.IGNORECASE)
_MATHJAX = re.compile(r"\\(?=[()\[\]])")

_PAIR = re.compile(r"\\(.)", re.DOTALL)
_ACTING = re.compile(r"\\(?=(?:href|url|style|class|cssId|data|require|include\w*)(?![a-zA-Z]))")


def formula(latex: str) -> str:
    """A formula for MathJax: without its own signs, and without those commands that link, load or dress."""
    latex = _PAIR.sub(lambda pair: pair[1] if pair[1] in "()[]" else pair[0], latex.strip())
    return _TELLING.sub("&#91;", escape(_ACTING.sub(r"\\backslash ", latex), quote=False))


def guarded(escaped: str) -> str:
    """Text in HTML without the signs of sounds, of LaTeX, and of formulas."""
    if "[" in escaped:
        escaped = _TELLING.sub("&#91;", escaped)
    return _MATHJAX.sub(r"<span>\\</span>", escaped) if "\\" in escaped else escaped
