"""Card text as HTML for Anki: whatever a card says, nothing of it becomes a tag, a script or a sign of Anki's."""

import re
from collections.abc import Callable
from html import escape

from quizapp.markup.guard import guarded
from quizapp.markup.plain import one_line, visible

Image = Callable[[str], str | None]

SOUNDS = frozenset(  # endings of files that Anki plays: a link to one becomes a sound
    (".mp3", ".ogg", ".oga", ".opus", ".m4a", ".wav", ".flac", ".mp4", ".webm", ".mkv", ".mpg", ".mov")
)

# A sentence as most are: nothing in it means anything, or has to be made visible.
_SENTENCE = re.compile(
    r"[^\W\d_][^\\`*_\[<>&$~|\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]*"
)
_SIGN = re.compile(r"[\\`*$~\]<&_]")
_MARK = re.compile(
    r"[\\`*$~]|\]\(|<(?=[a-zA-Z])|&(?=[#\w])|_(?!\w)|(?<!\w)_"
)  # what may be one within a line
_LINE = (
    r"(?:[^\s\d#>+\-=:|_]|[0-9]+(?![0-9.)])|[+-](?=\w))[^\n]*"  # a line that can only be one of a paragraph
)
_LINES = re.compile(rf"{_LINE}(?:\n{_LINE})*")
_BLANKS = re.compile(r"[ \t]{2,}|\t")
_ONE_CODE = re.compile(r"(`+)(?!`)\s?(.*?)\s?(?<!`)\1", re.DOTALL)


def html(text: str, *, image: Image | None = None, marks: re.Pattern[str] | None = None) -> str:
    """The text as a field holds it; that of a single paragraph without its tag.

    `image` gives the name in the package of a file that the text names, the same again or None for another's.
    What `marks` finds is no part of the text, but stays where it is.
    """
    if _SENTENCE.fullmatch(text) and "  " not in text and not text[-1].isspace():
        return text
    text = visible(text)
    if is_prose(text):
        return prose(text.strip())
    from quizapp.markup.writer import written  # noqa: PLC0415  loads markdown-it

    found = written(text, image, marks).strip()
    if found.startswith("<p>") and found.endswith("</p>") and found.count("<p>") == 1:
        return found[3:-4]
    return found


def is_prose(text: str) -> bool:
    """Whether a text is lines of words in which nothing can be a mark; False where it takes a parser to tell."""
    return bool(_LINES.fullmatch(text)) and not (_SIGN.search(text) and _MARK.search(text))


def prose(text: str) -> str:
    """Words as they are, in lines as they are."""
    lines = guarded(escape(_BLANKS.sub(" ", text), quote=False)).split("\n")
    return lines[0] if len(lines) == 1 else "<br>\n".join(line.strip(" ") for line in lines)


def plain(text: str) -> str:
    """A text that is typed or named, in one line: as it is written, but for the marks of code around all of it."""
    line = one_line(text)
    whole = _ONE_CODE.fullmatch(line)
    return guarded(escape(whole[2] if whole else line, quote=False))
