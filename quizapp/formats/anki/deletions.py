"""Cloze text for Anki: its deletions are Anki's own, and nothing else of it looks like one."""

import re
from html import escape

from quizapp.decks.cloze import parse
from quizapp.markup.guard import MARK_CLOSE, MARK_OPEN
from quizapp.markup.html import Image, html
from quizapp.markup.plain import one_line

_MARKER = re.compile(f"{MARK_OPEN}([0-9]+){MARK_OPEN}|{MARK_CLOSE}([0-9]+){MARK_CLOSE}")
_TAG = re.compile(r"(<[^<>]*>)")
_PAIRS = re.compile(r"(?<=:)(?=:)|(?<=\{)(?=\{)|(?<=\})(?=\})")


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
