"""The one thing that the app writes into a learner's notes unasked for in words: their ids.

Ids are inserted into the bytes of the file; no byte that was there changes. What was written is read again,
and a note that would not come out the same with its id is left alone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quizapp.decks.composing import Node
from quizapp.decks.identity import ID
from quizapp.decks.lines import Lines, entries, last_line
from quizapp.decks.note import Note
from quizapp.decks.reading import Deck, read_deck

Place = tuple[int, int]

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
    lines = Lines(content)
    for node, shift in entries(content):
        place = node.start_mark.line + shift + 1, node.start_mark.column + 1
        if place not in wanted:
            continue
        first = node.value[0][0]
        pair = _written(wanted[place], json=bool(node.flow_style) and first.style == '"')
        if node.flow_style:
            yield Insertion(_flow_offset(node, shift, lines), b", " + pair, place)
        else:
            splice = lines.after(last_line(node, shift, lines), b" " * first.start_mark.column + pair)
            yield Insertion(splice.start, splice.content, place)


def _written(note_id: str, *, json: bool) -> bytes:
    """Key and id as every YAML reader takes them for text, or as JSON."""
    if json:
        return f'"id": "{note_id}"'.encode()
    plain = _PLAIN.fullmatch(note_id) and note_id.lower() not in _WORDS
    return f"id: {note_id}".encode() if plain else f'id: "{note_id}"'.encode()


def _flow_offset(node: Node, shift: int, lines: Lines) -> int:
    """The byte after the last value of a map in braces."""
    key, value = node.value[-1]
    if value.end_mark.index > key.end_mark.index:
        return lines.offset(value.end_mark.line + shift, value.end_mark.column)
    brace = lines.offset(node.end_mark.line + shift, node.end_mark.column) - 1
    return len(lines.content[:brace].rstrip())
