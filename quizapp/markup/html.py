"""Card text as HTML for Anki: whatever a card says, nothing of it becomes a tag, a script or a sign of Anki's."""

import re
from collections.abc import Callable
from html import escape

from quizapp.decks.cloze import parse
from quizapp.markup.guard import MARK_CLOSE, MARK_OPEN, guarded
from quizapp.markup.plain import one_line, visible

Image = Callable[[str], str | None]

_SIGNS = re.compile(r"[\\`*_\[<&$~|!]")  # what may mean something within a line
_LINE = re.compile(r"[^\W\d_][^\n]*|[\"'(“„«¿¡][^\W\d_][^\n]*")  # a line that can only be one of a paragraph
_ONE_CODE = re.compile(r"(`+)(?!`)\s?(.*?)\s?(?<!`)\1", re.DOTALL)

_MARKER = re.compile(f"{MARK_OPEN}([0-9]+){MARK_OPEN}|{MARK_CLOSE}([0-9]+){MARK_CLOSE}")
_TAG = re.compile(r"(<[^<>]*>)")
_PAIRS = re.compile(r"(?<=:)(?=:)|(?<=\{)(?=\{)|(?<=\})(?=\})")


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


def cloze_html(text: str, *, image: Image | None = None) -> str:
    """Cloze text as a field of Anki's holds it: its deletions are Anki's own."""
    text = text.replace(MARK_OPEN, "[").replace(MARK_CLOSE, "]")
    cloze = parse(text)
    marks: list[list[str]] = [[] for _ in range(len(cloze.pieces) + 1)]
    for number, deletion in enumerate(cloze.deletions):  # those within come after those around them
        marks[deletion.start].append(f"{MARK_OPEN}{number}{MARK_OPEN}")
        marks[deletion.end].insert(0, f"{MARK_CLOSE}{number}{MARK_CLOSE}")
    pieces = zip(marks, (*cloze.pieces, ""), strict=True)
    rendered = html("".join("".join((*mark, piece)) for mark, piece in pieces), image=image)

    def marker(match: re.Match[str]) -> str:
        deletion = cloze.deletions[int(match[1] or match[2])]
        if match[1]:
            return f"{{{{c{deletion.number}::"
        return f"::{escape(one_line(deletion.hint))}}}}}" if deletion.hint else "}}"

    return _MARKER.sub(marker, apart(rendered))


def plain(text: str) -> str:
    """A text that is typed or named, in one line: as it is written, but for the marks of code around all of it."""
    line = one_line(text)
    whole = _ONE_CODE.fullmatch(line)
    return guarded(escape(whole[2] if whole else line, quote=False))


def apart(rendered: str) -> str:
    """HTML whose texts hold no two signs that Anki would take for those of a deletion."""
    if not ("::" in rendered or "{{" in rendered or "}}" in rendered):
        return rendered
    parts = _TAG.split(rendered)
    for place, part in enumerate(parts):
        if place % 2:
            parts[place] = part.replace("::", ":&#58;").replace("{{", "{&#123;").replace("}}", "}&#125;")
        elif "\\(" in part or "\\[" in part:
            parts[place] = _PAIRS.sub(" ", part)
        else:
            parts[place] = _PAIRS.sub("<!-- -->", part)
    return "".join(parts)
