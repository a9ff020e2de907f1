"""Escaped text kept from what Anki and MathJax look for in it."""

import re
from html import escape

_TELLING = re.compile(r"\[(?=/?(?:latex|\$\$?)\]|sound:|anki:|\[type:)", re.IGNORECASE)
_MATHJAX = re.compile(r"\\(?=[()\[\]])")

_SIGN = re.compile(r"\\(?:([a-zA-Z]+)|(.))|[{}]", re.DOTALL)
_ACTING = frozenset(("href", "url", "style", "class", "cssId", "data", "require", "mmlToken", "HTML"))
_BOX = re.compile(r"\s*(?:\[[\w.,! -]*\]\s*)?\{")  # without styles of its own


def formula(latex: str) -> str | None:
    """A formula for MathJax: without its own signs, and without those commands that link, load or dress.

    None if its braces are no pairs, or its last sign is half of one: MathJax would look for its end in the text
    behind it.
    """
    latex = latex.strip()
    depth = 0

    def harmless(match: re.Match[str]) -> str:
        nonlocal depth
        command, sign = match[1], match[2]
        if command:
            acts = command in _ACTING or command.startswith("include")
            acts = acts or (command == "bbox" and not _BOX.match(latex, match.end()))
            return rf"\backslash {command}" if acts else match[0]
        if sign:
            after = latex[match.end() : match.end() + 1]
            return sign if sign in "()[]" else match[0] + " " * (sign == "\\" and after in (")", "]"))
        depth = depth + (1 if match[0] == "{" else -1) if depth >= 0 else depth
        return match[0]

    made = _SIGN.sub(harmless, latex)
    if depth or (len(latex) - len(latex.rstrip("\\"))) % 2:
        return None
    return _TELLING.sub("&#91;", escape(made, quote=False))


def guarded(escaped: str) -> str:
    """Text in HTML without the signs of sounds, of LaTeX, and of formulas."""
    if "[" in escaped:
        escaped = _TELLING.sub("&#91;", escaped)
    return _MATHJAX.sub(r"<span>\\</span>", escaped) if "\\" in escaped else escaped


def attribute(text: str) -> str:
    """Text as the value of an attribute, in quotes: Anki looks for its signs there, too."""
    return _MATHJAX.sub("&#92;", _TELLING.sub("&#91;", escape(text)))
