"""Cloze text for Anki: its deletions are Anki's own, and nothing else of it looks like one.

Each place where a deletion begins or ends is marked before Markdown is read, and the marks that come out in the HTML
become Anki's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from quizapp.decks.cloze import MOST, Deletion, parse
from quizapp.formats.anki.crossing import uncrossed
from quizapp.formats.anki.pieces import Piece, pieces
from quizapp.markup import guard
from quizapp.markup.html import Image, html, is_prose, prose
from quizapp.markup.plain import one_line, visible

_DEEPEST = 10  # deletions within each other that Anki tells apart
# A mark is a number between two of these: it looks to Markdown like a letter, or like a sign.
_LETTERS = range(0xE000, 0xF900)
_SIGNS = range(0x2E55, 0x2E5D)
_PAIRS = re.compile(r"(?<=:)(?=:)|(?<=\{)(?=\{)|(?<=\})(?=\})")
_BEGINNING = re.compile(r"(?<=\{)(?=\{c[0-9,])")
_BRACKET = re.compile(r"\[(?=[/a-z$]{0,6}\Z)", re.IGNORECASE)
_SOUND = re.compile(r"sound:|anki:|/?(?:latex|\$\$?)(?:\]|\Z)", re.IGNORECASE)
_OCCLUSION = "image-occlusion:"  # which Anki would draw
_BLOCK = re.compile(r"<(?:p|ul|ol|pre|table|h[1-6]|blockquote|hr)\b|\\\[")


class _Edge(NamedTuple):
    """Where a deletion begins or ends, in the text without markers."""

    place: int
    deletion: Deletion
    begins: bool


def cloze_html(text: str, *, image: Image | None = None) -> str:
    """Cloze text as a field of Anki's holds it: its deletions are Anki's own.

    Deletions that make no card are text, and so are those too deep within others for Anki to tell apart. Where one
    can't stay in its place, which may be in an address, the whole text goes without Markdown.
    """
    cloze = parse(text)
    bare = "".join(cloze.pieces)
    if "\n" not in bare and bare == visible(bare) and is_prose(bare):
        return _line(bare, _edges(cloze.pieces, cloze.deletions), image)
    letter = next((chr(code) for code in _LETTERS if chr(code) not in text), chr(_LETTERS[0]))
    sign = next((chr(code) for code in _SIGNS if chr(code) not in text), letter)
    if letter in text:
        cloze = parse(text.replace(letter, ""))
        bare = "".join(cloze.pieces)
    edges = _edges(cloze.pieces, cloze.deletions)
    border = f"[{letter}{sign}]"
    mark = re.compile(f"{border}[0-9]+{border}")
    marked = _marked(bare, edges, letter, sign)
    found: list[Piece] = []
    if not re.search(rf"<[^<>\s]*{border}[^<>\s]*>", marked):  # which would be an address
        rendered = html(marked, image=image, marks=mark)
        found = pieces(re.sub(rf"<p>((?:{mark.pattern})+)</p>\n?", r"\1", rendered), mark)
    if [piece.number for piece in found if piece.kind == "mark"] != [*range(len(edges))]:
        found = pieces(prose(visible(marked).strip()), mark)
    return "".join(_written(uncrossed(found, [edge.begins for edge in edges]), edges, image))


def apart(rendered: str) -> str:
    """HTML for within a deletion: it holds no two signs that Anki would take for those of one."""
    if not ("::" in rendered or "{{" in rendered or "}}" in rendered or _OCCLUSION in rendered):
        return rendered
    return "".join(_written(pieces(rendered), (), None, depth=1))


def _edges(texts: Sequence[str], deletions: Iterable[Deletion]) -> list[_Edge]:
    """The edges of the deletions that Anki shall know, in their order."""
    places = [0]
    for text in texts:
        places.append(places[-1] + len(text))
    edges: list[_Edge] = []
    opened: list[Deletion] = []
    for deletion in deletions:
        while opened and opened[-1].end <= deletion.start:
            edges.append(_Edge(places[opened[-1].end], opened.pop(), begins=False))
        if 1 <= deletion.number <= MOST and len(opened) < _DEEPEST:
            edges.append(_Edge(places[deletion.start], deletion, begins=True))
            opened.append(deletion)
    edges.extend(_Edge(places[one.end], one, begins=False) for one in reversed(opened))
    return edges


def _marked(bare: str, edges: Sequence[_Edge], letter: str, sign: str) -> str:
    """The text with a mark at each edge.

    The signs of emphasis look at what is beside them: to one that stands beside a mark, the mark looks like what is
    behind it.
    """
    parts = []
    done = 0
    for number, edge in enumerate(edges):
        before, after = (
            bare[edge.place - 1 : edge.place] if edge.place else "",
            bare[edge.place : edge.place + 1],
        )
        seen = after if before and before in "*_~" else before
        border = letter if seen.isalnum() else sign
        parts += [bare[done : edge.place], f"{border}{number}{border}"]
        done = edge.place
    return "".join((*parts, bare[done:]))


def _line(bare: str, edges: Sequence[_Edge], image: Image | None) -> str:
    """A line of words with Anki's markers."""
    parts = []
    done = depth = 0
    for edge in edges:
        parts.append(_words(Piece("text", prose(bare[done : edge.place])), edge, depth))
        parts.append(_marker(edge, "", image))
        done = edge.place
        depth += 1 if edge.begins else -1
    return "".join((*parts, _words(Piece("text", prose(bare[done:])), None, 0))).strip()


def _written(
    found: Sequence[Piece], edges: Sequence[_Edge], image: Image | None, depth: int = 0
) -> Iterator[str]:
    """The pieces with Anki's markers, and with what is like them kept apart."""
    for place, piece in enumerate(found):
        if piece.kind == "mark":
            edge = edges[piece.number]
            depth += 1 if edge.begins else -1
            yield _marker(edge, piece.inside, image)
        elif piece.kind == "tag":
            yield piece.text.replace("::", ":&#58;").replace("{{", "{&#123;").replace("}}", "}&#125;")
        else:
            after = found[place + 1] if place + 1 < len(found) else None
            yield _words(piece, edges[after.number] if after and after.kind == "mark" else None, depth)


def _words(piece: Piece, edge: _Edge | None, depth: int) -> str:
    """A text within so many deletions; `edge` is what comes next."""
    text, gap = piece.text, _gap(piece)
    if edge and piece.inside == "formula":
        text = _BRACKET.sub("&#91;", text)  # Anki takes the tags out of formulas
    if not depth:
        return _BEGINNING.sub(gap, text)
    if f"{text}:".startswith(_OCCLUSION):  # a hint begins with colons
        text = f"{gap}{text}"
    text = _PAIRS.sub(gap, text)
    ending = "" if edge is None or edge.begins else ":" if edge.deletion.hint else "}"
    return f"{text}{gap}" if ending and text.endswith(ending) else text


def _gap(piece: Piece) -> str:
    """What keeps two signs apart and doesn't show."""
    return " " if piece.inside == "formula" else "<!-- -->"


def _marker(edge: _Edge, inside: str, image: Image | None) -> str:
    """Anki's own marker; that of an end has the hint."""
    if edge.begins:
        return f"{{{{c{edge.deletion.number}::"
    hint = one_line(edge.deletion.hint)
    return f"::{_hint(hint, inside, image)}}}}}" if hint else "}}"


def _hint(hint: str, inside: str, image: Image | None) -> str:
    """A hint for between brackets. Markdown in it means what it means, but in code and formulas."""
    if inside == "formula":
        bare = hint.replace("$", "")
        made = guard.formula(bare)
        made = _PAIRS.sub(" ", made if made is not None else prose(re.sub(r"[\\{}]", "", bare)))
    else:
        made = html(hint, image=image) if not inside else prose(hint)
        made = apart(prose(hint) if _BLOCK.search(made) else made)
    if _SOUND.match(made):  # in brackets it would be one of Anki's signs
        made = f" {made}" if inside == "formula" else f"<!-- -->{made}"
    return f"{made} " if made.endswith("}") else made
