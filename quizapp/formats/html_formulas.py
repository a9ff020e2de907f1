"""Formulas in Anki's fields, between the signs of MathJax, as formulas between dollars."""

import re
from html import unescape

_INNER = (  # up to the next sign of a formula or code, so that none is looked for twice
    r"(?:[^\\<]|<(?!/?(?:code|pre)\b)|\\\\|\\(?![()\[\]\\]))*"
)
MATHS = re.compile(
    rf"\\\((?P<line>{_INNER})\\\)(?P<digits>[0-9]*)|\\\[(?P<block>{_INNER})\\\]"
    r"|<anki-mathjax(?P<how>[^<>]{0,100})>(?P<tag>(?:[^<]|<(?!/?anki-mathjax))*)</anki-mathjax>",
    re.IGNORECASE,
)
_FIRST_BLANK = re.compile(r"\A((?:\{\{c[0-9]+::)+)\s+")
_LAST_BLANK = re.compile(r"(?<![\\\s])\s+(?P<end>(?:(?:::(?:[^{}:]|:(?!:))*)?\}\})+)\Z")


def formula(match: re.Match[str]) -> str:
    """What `MATHS` found, as Markdown."""
    inner = match["line"] or match["block"] or match["tag"] or ""
    inner = re.sub(r"<br\s*/?>|</?div[^<>]*>", "\n", inner, flags=re.IGNORECASE)
    inner = unescape(re.sub(r"<[a-zA-Z/!][^<>]*>", "", inner)).replace("\xa0", " ")
    inner = re.sub(r"(?<!\\)\$", r"\\$", re.sub(r"\n\s*\n", "\n", inner)).strip()
    inner = _without_blanks(inner) if "{{c" in inner else inner
    if inner and match["digits"]:
        inner += match["digits"]  # behind a dollar they would make a price of it
    is_block = match["block"] is not None or "block" in (match["how"] or "").lower()
    sign = "$$" if is_block else "$"
    return f"{sign}{inner}{sign}" if inner else ""


def _without_blanks(formula: str) -> str:
    """A formula without the blanks at the edges of deletions with which it begins or ends.

    Beside a dollar it can't have them, but for one that keeps braces apart.
    """
    ends = _LAST_BLANK.search(formula)
    if ends:
        gap = " " * (formula[ends.start() - 1] == ends["end"][0] == "}")
        formula = f"{formula[: ends.start()]}{gap}{ends['end']}"
    return _FIRST_BLANK.sub(r"\1", formula)
