"""A deck that isn't YAML as a whole, read card by card at the list's dashes.

What lies between two dashes of the list is composed on its own, so a broken card takes no other with it.
A text in quotes that holds such a dash at the start of a line is the one thing that is cut in two here;
its parts are then reported as broken, never returned.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from quizapp.decks import composing, syntax
from quizapp.decks.composing import Node, TooDeepError
from quizapp.decks.kinds import DECK_KEYS, SHAPES
from quizapp.decks.note import Note
from quizapp.decks.values import ILLEGAL, Report

LONGEST = 1_000_000  # bytes of one card

_ASKING = "|".join(sorted({shape.by[0] for shape in SHAPES}))
_CARDS = re.compile(rb"^([\"']?)cards\1[ \t]*:", re.MULTILINE)
_DASH = re.compile(rb"^( *)-(?=[ \t\n])", re.MULTILINE)
_CARD = re.compile(rb"^([ \t]*)-[ \t]+[\"']?(?:%s)[\"']?:" % _ASKING.encode(), re.MULTILINE)
_HEAD = rb"(?P<head>[\"']?(?:%s)[\"']?[ \t]*:|---(?=\s)|\.\.\.(?=\s))" % "|".join(DECK_KEYS).encode()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file: its bytes, and how many lines lie before it."""

    content: bytes
    shift: int


@dataclass(frozen=True, slots=True)
class Parts:
    """A file taken apart. In `head` the cards are blank lines. `indent` is that of the list's dashes."""

    head: Piece
    entries: tuple[Piece, ...]
    indent: int


def split(content: bytes) -> Parts:
    """Take a file apart at the dashes of its list of cards."""
    content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    begin, indent = _list(content)
    if begin < 0:
        return Parts(Piece(content, 0), (), 0)
    head = [content[:begin]]
    found: list[Piece] = []
    shift = content.count(b"\n", 0, begin)
    for start, end, is_card in _regions(content, begin, indent):
        part = content[start:end]
        lines = part.count(b"\n")
        if is_card:
            found.append(Piece(part, shift))
        head.append(b"\n" * lines if is_card else part)
        shift += lines
    return Parts(Piece(b"".join(head), 0), tuple(found), indent)


def _list(content: bytes) -> tuple[int, int]:
    """Where the list of cards begins and how far its dashes are indented; -1 if there is none."""
    key = _CARDS.search(content)
    first = (_DASH.search(content, key.end()) if key else None) or _CARD.search(content)
    return (first.start(), len(first[1])) if first else (-1, 0)


def _regions(content: bytes, begin: int, indent: int) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each part from the list's first dash on, and whether it is a card."""
    dash = rb"(?P<dash> {%d}-(?=[ \t\n]))" % indent
    slipped = rb"[ \t]{0,%d}-[ \t]+[\"']?(?:%s)[\"']?:" % (indent + 1, _ASKING.encode())
    boundary = re.compile(rb"^(?:%s|%s|%s)" % (_HEAD, dash, slipped), re.MULTILINE)
    start, is_card = begin, True
    for match in boundary.finditer(content, begin + 1):
        if match["head"]:
            becomes_card = False
        else:
            becomes_card = is_card or bool(_CARD.match(content, match.start()))
            if not becomes_card:
                continue
        yield start, match.start(), is_card
        start, is_card = match.start(), becomes_card
    yield start, len(content), is_card


def compose_entry(piece: Piece, indent: int, report: Report) -> Node | None:
    """The node of one card; None if it can't be had, which is reported."""
    if len(piece.content) > LONGEST:
        report.shift = piece.shift
        report.at(1, 1, "too-long", "this card is longer than a megabyte; make it shorter")
        return None
    root = compose(piece, report)
    if root is None:
        return None
    if root.id != "sequence" or len(root.value) != 1 or root.start_mark.column != indent:
        message = "this dash is not under the other cards' dashes; put it there, and its keys with it"
        report.error(root.start_mark, "indentation", message)
        return None
    node: Node = root.value[0]
    return node


def compose(piece: Piece, report: Report) -> Node | None:
    """The root node of a part; None if there is none, or if it is broken, which is reported."""
    from yaml import YAMLError  # noqa: PLC0415  20 ms, not needed when no deck is read

    report.shift = piece.shift
    if not _is_clean(piece.content, report):
        return None
    try:
        return composing.compose(piece.content)
    except (YAMLError, TooDeepError, composing.TooManyAliasesError) as error:
        report_error(error, piece.content, report)
    return None


def _is_clean(content: bytes, report: Report) -> bool:
    """Whether the bytes are UTF-8 without control characters; the first place that isn't is reported."""
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        message = f"byte 0x{content[error.start]:02x} is not UTF-8; save the file as UTF-8"
        _report_at(content[: error.start].decode(), "not-utf-8", message, report)
        return False
    match = ILLEGAL.search(text)
    if match:
        message = f"the character U+{ord(match[0]):04X} has no place in a deck; delete it"
        _report_at(text[: match.start()], "control-character", message, report)
    return match is None


def _report_at(before: str, code: str, message: str, report: Report) -> None:
    report.at(before.count("\n") + 1, len(before) - before.rfind("\n"), code, message)


def report_error(error: Exception, content: bytes, report: Report) -> None:
    """Report why a text could not be composed."""
    from yaml import YAMLError  # noqa: PLC0415  as above

    if isinstance(error, YAMLError):
        fault = syntax.explain(error, re.split(r"\r\n|\r|\n", content.decode(errors="replace")))
        report.at(fault.line, fault.column, fault.code, fault.message)
    elif isinstance(error, TooDeepError):
        message = "too many brackets or dashes within each other; put the text in quotes"
        report.at(error.line + 1, error.column + 1, "too-deep", message)
    else:
        message = f"aliases repeat more than {composing.REPEATED:,} characters; write the texts out"
        report.at(1, 1, "aliases", message)


def moved(note: Note, lines: int) -> Note:
    """The note as it stands that many lines further down."""
    return replace(note, line=note.line + lines)
