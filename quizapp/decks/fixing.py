"""The one thing that the app writes into a learner's notes unasked for in words: their ids.

Ids are inserted into the bytes of the file; no byte that was there changes. What was written is read again,
and a note that would not come out the same with its id is left alone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quizapp.decks import composing, salvage
from quizapp.decks.composing import Node
from quizapp.decks.identity import ID
from quizapp.decks.note import Note
from quizapp.decks.reading import AT_ONCE, Deck, read_deck
from quizapp.decks.values import Report

Place = tuple[int, int]

_BREAK = re.compile(rb"\r\n|\r|\n")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))  # no text for YAML 1.1
_DEPENDENT = frozenset(("same-question", "duplicate-id"))  # problems that ids may bring or cure


@dataclass(frozen=True, slots=True)
class Insertion:
    """Bytes to be put in before a byte offset, for the note that begins at a place."""

    offset: int
    content: bytes
    place: Place


def with_ids(content: bytes, ids: Mapping[Place, str]) -> bytes:
    """The file with `id: …` written into the notes that begin at these lines and columns (from 1).

    Nothing is raised: notes that are not there, have an id, or can't be given one are left alone.
    """
    before = _read(content)
    wanted = {
        (note.line, note.column): ids[note.line, note.column]
        for note in before.notes
        if note.declared is None and ID.fullmatch(ids.get((note.line, note.column), ""))
    }
    if not wanted:
        return content
    insertions = sorted(_insertions(content, wanted), key=lambda insertion: insertion.offset)
    return _inserted(content, _proven(content, insertions, before, wanted))


def _read(content: bytes) -> Deck:
    return read_deck(content, name="", file="")


def _proven(
    content: bytes, insertions: Sequence[Insertion], before: Deck, wanted: Mapping[Place, str]
) -> Sequence[Insertion]:
    """Those insertions that do what they should: all of them, or those of each half that do."""
    ids = {insertion.place: wanted[insertion.place] for insertion in insertions}
    if not insertions or _essence(_read(_inserted(content, insertions)), {}) == _essence(before, ids):
        return insertions
    if len(insertions) == 1:
        return ()
    middle = len(insertions) // 2
    halves = insertions[:middle], insertions[middle:]
    return [insertion for half in halves for insertion in _proven(content, half, before, wanted)]


def _essence(deck: Deck, ids: Mapping[Place, str]) -> tuple[object, ...]:
    """What must not change: everything but the places, with the ids as they shall be."""

    def named(note: Note) -> Note:
        return replace(note, declared=ids.get((note.line, note.column), note.declared), line=1, column=1)

    problems = Counter(problem.code for problem in deck.problems if problem.code not in _DEPENDENT)
    head = (deck.title, deck.source, deck.tags, deck.requires, deck.read)
    return (*head, tuple(map(named, deck.notes)), problems)


def _inserted(content: bytes, insertions: Sequence[Insertion]) -> bytes:
    parts = []
    done = 0
    for insertion in insertions:
        parts += [content[done : insertion.offset], insertion.content]
        done = insertion.offset
    return b"".join((*parts, content[done:]))


def _insertions(content: bytes, wanted: Mapping[Place, str]) -> Iterator[Insertion]:
    lines = _Lines(content)
    for node, shift in _entries(content.removeprefix(composing.BOM)):
        place = node.start_mark.line + shift + 1, node.start_mark.column + 1
        if place not in wanted:
            continue
        first = node.value[0][0]
        pair = _written(wanted[place], json=bool(node.flow_style) and first.style == '"')
        if node.flow_style:
            yield Insertion(_flow_offset(node, shift, lines), b", " + pair, place)
        else:
            last = _last_line(node, shift, lines)
            text = b" " * first.start_mark.column + pair
            yield Insertion(lines.end(last), lines.as_line_after(last, text), place)


def _written(note_id: str, *, json: bool) -> bytes:
    """Key and id as every YAML reader takes them for text, or as JSON."""
    if json:
        return f'"id": "{note_id}"'.encode()
    plain = _PLAIN.fullmatch(note_id) and note_id.lower() not in _WORDS
    return f"id: {note_id}".encode() if plain else f'id: "{note_id}"'.encode()


def _entries(content: bytes) -> Iterator[tuple[Node, int]]:
    """The maps of the list of cards, each with the lines before the text that its marks count from."""
    from yaml import YAMLError  # noqa: PLC0415  20 ms, not needed when no deck is read

    try:
        root = composing.compose(content) if len(content) <= AT_ONCE else None
    except (YAMLError, composing.TooDeepError, composing.TooManyAliasesError):
        root = None
    if root is not None and root.id == "mapping":
        lists = (value for key, value in root.value if key.value == "cards" and value.id == "sequence")
        yield from ((node, 0) for value in lists for node in value.value if node.id == "mapping")
        return
    parts = salvage.split(content)
    for piece in parts.entries:
        node = salvage.compose_entry(piece, parts.indent, Report(""))
        if node is not None and node.id == "mapping":
            yield node, piece.shift


class _Lines:
    """The lines of a file, in bytes. Lines and columns count from 0, columns in characters."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        breaks = [(match.start(), match.end()) for match in _BREAK.finditer(content)]
        self.starts = [0, *(end for _, end in breaks)]
        self.stops = [*(start for start, _ in breaks), len(content)]
        self.newline = content[slice(*breaks[0])] if breaks else b"\n"

    def text(self, line: int) -> bytes:
        """The line without its end."""
        return self.content[self.starts[line] : self.stops[line]]

    def indent(self, line: int) -> int:
        """The blanks before the first text from this line on."""
        texts = (self.text(number) for number in range(line, len(self.starts)))
        first = next((text for text in texts if text.strip()), b"")
        return len(first) - len(first.lstrip(b" "))

    def end(self, line: int) -> int:
        """Where the next line begins."""
        return self.starts[line + 1] if line + 1 < len(self.starts) else len(self.content)

    def as_line_after(self, line: int, text: bytes) -> bytes:
        """The text as a line of its own after that line, which may be the last and have no end."""
        return text + self.newline if line + 1 < len(self.starts) else self.newline + text

    def offset(self, line: int, column: int) -> int:
        """The byte where a character stands."""
        text = self.text(line)
        skipped = len(composing.BOM) if line == 0 and text.startswith(composing.BOM) else 0
        return self.starts[line] + skipped + len(text[skipped:].decode()[:column].encode())


def _last_line(node: Node, shift: int, lines: _Lines) -> int:
    """The last line of a map in block style."""
    key, value = node.value[-1]
    while isinstance(value.value, list) and value.value and not value.flow_style:
        last = value.value[-1]
        key, value = last if isinstance(last, tuple) else (last, last)
    if value.end_mark.index < key.end_mark.index:  # an alias; its text stands elsewhere
        line: int = key.end_mark.line + shift
        return line
    line = value.end_mark.line + shift
    if getattr(value, "style", None) in ("|", ">"):
        line -= value.end_mark.column == 0
        indent = lines.indent(value.start_mark.line + shift + 1)
        while not lines.text(line).strip() and len(lines.text(line)) <= indent:  # a longer one is text
            line -= 1
    return line


def _flow_offset(node: Node, shift: int, lines: _Lines) -> int:
    """The byte after the last value of a map in braces."""
    key, value = node.value[-1]
    if value.end_mark.index > key.end_mark.index:
        return lines.offset(value.end_mark.line + shift, value.end_mark.column)
    brace = lines.offset(node.end_mark.line + shift, node.end_mark.column) - 1
    return len(lines.content[:brace].rstrip())
