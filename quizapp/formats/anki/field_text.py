"""What stands in a field of Anki's into Markdown: HTML with Anki's own marks for sounds and LaTeX."""

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape

from quizapp.formats.anki.templates import plain
from quizapp.formats.html import markdown

_SOUND = re.compile(r"\[sound:([^\[\]]+)\]", re.IGNORECASE)
_DOUBLE = re.compile(r"\$\$([^$]+)\$\$")
_DOLLARS = re.compile(r"\$([^$]+)\$")
_MEDIA = re.compile(r"<(?:img|video|audio|object|embed|svg)\b", re.IGNORECASE)
_ONE_LINK = re.compile(r"\[[^\[\]]*\]\(<?([^\s<>]+?)>?\)|<([^\s<>]+)>")


@lru_cache(maxsize=64)
def as_markdown(text: str) -> str:
    """The Markdown of HTML as Anki has it; a sound becomes a link to its file."""
    return markdown(_SOUND.sub(_sound, _mathematics(text)))


def as_line(text: str) -> str:
    """The words of HTML in one line, sounds left out."""
    return plain(_SOUND.sub("", text))


def as_source(text: str) -> str:
    """Where a note comes from, as a field says it: one line, an address alone if it is one link; "" if it is more."""
    found = as_markdown(text)
    link = _ONE_LINK.fullmatch(found)
    if link:
        return link[1] or link[2]
    return "" if "\n" in found or has_media(text) else found


def has_media(text: str) -> bool:
    """Whether there is something to see or hear beside words."""
    return bool(_MEDIA.search(text) or _SOUND.search(text))


def _sound(match: re.Match[str]) -> str:
    name = unescape(match[1]).strip()
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        name = name.replace(sign, entity)
    return f'<a href="{name}">{name}</a>'


def _mathematics(text: str) -> str:
    """Anki's old marks for LaTeX as those of MathJax."""
    if "[/" not in text:
        return text
    text = _between(text, "[latex]", "[/latex]", _latex)
    text = _between(text, "[$$]", "[/$$]", lambda inner: rf"\[{inner}\]")
    return _between(text, "[$]", "[/$]", lambda inner: rf"\({inner}\)")


def _latex(inner: str) -> str:
    """A piece of a LaTeX text: what has formulas in it is text, all else a formula."""
    if "$" in inner:
        return _DOLLARS.sub(r"\\(\1\\)", _DOUBLE.sub(r"\\[\1\\]", inner))
    return inner if r"\(" in inner or r"\[" in inner else rf"\[{inner}\]"


def _between(text: str, start: str, end: str, made: Callable[[str], str]) -> str:
    """The text with what stands between two marks made anew, without the marks."""
    first, *others = text.split(start)
    parts = [first]
    for other in others:
        inner, closed, after = other.partition(end)
        parts.append(made(inner) + after if closed else start + other)
    return "".join(parts)
