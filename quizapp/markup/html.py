"""Card text as HTML for Anki: whatever a card says, nothing of it becomes a tag, a script or a sign of Anki's."""

import re
from collections.abc import Callable
from html import escape

from quizapp.markup.guard import guarded
from quizapp.markup.plain import one_line, visible

Image = Callable[[str], str | None]

_SIGNS = re.compile(r"[\\`*_\[<&$~|!]")  # what may mean something within a line
_LINE = re.compile(r"[^\W\d_][^\n]*|[\"'(“„«¿¡][^\W\d_][^\n]*")  # a line that can only be one of a paragraph
_ONE_CODE = re.compile(r"(`+)(?!`)\s?(.*?)\s?(?<!`)\1", re.DOTALL)


def html(text: str, *, image: Image | None = None) -> str:
    """The text as a field holds it; that of a single paragraph without its tag.

    `image` gives the name in the package of a file that the text names, the same again or None for another's.
    """
    text = visible(text)
    lines = text.split("\n")
    if not _SIGNS.search(text) and all(map(_LINE.fullmatch, lines)):
        return "<br>\n".join(escape(line.strip(), quote=False) for line in lines)
    from quizapp.markup.writer import written  # noqa: PLC0415  loads markdown-it

    found = written(text, image).strip()
    if found.count("<p>") == 1 and found.startswith("<p>") and found.endswith("</p>"):
        return found[3:-4]
    return found


def plain(text: str) -> str:
    """A text that is typed or named, in one line: as it is written, but for the marks of code around all of it."""
    line = one_line(text)
    whole = _ONE_CODE.fullmatch(line)
    return guarded(escape(whole[2] if whole else line, quote=False))
