"""Notes carried from decks' files to another's, as they are written if that is possible."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.decks import scalars
from quizapp.decks.adding import Fields, added, carried, takes_blocks
from quizapp.decks.changing import Change, changed, find_entries, other_keys
from quizapp.decks.draft import Draft
from quizapp.decks.lines import Lines, last_line
from quizapp.decks.lists import Item, dash_column, dash_line
from quizapp.decks.note import Note
from quizapp.decks.proof import CannotSpliceError, placeless, read


@dataclass(frozen=True, slots=True)
class Move:
    """A note, as it was read from its file, what it shall say in the other one, and the id it gets if it has none."""

    note: Note
    draft: Draft
    note_id: str


@dataclass(frozen=True, slots=True)
class _Carried:
    """A note on its way: the keys it will have, and the lines of its entry with the dash at the beginning."""

    move: Move
    fields: Fields
    lines: Sequence[bytes]


def moved(moves: Sequence[tuple[bytes, Move]], target: bytes) -> bytes:
    """The target's file with notes of other files, of each of which the bytes are given, at its end in this order."""
    sources: dict[bytes, list[Move]] = {}
    for source, move in moves:
        sources.setdefault(source, []).append(move)
    waiting = {source: iter(_taken_up(source, found)) for source, found in sources.items()}
    notes = [next(waiting[source]) for source, _ in moves]
    return _put(target, notes)


def _put(target: bytes, notes: Sequence[_Carried]) -> bytes:
    """The file with these notes at its end; one that can't stay as it is written takes no other with it."""
    plain = added(target, [note.fields for note in notes])
    as_written = _as_written(target, notes) if takes_blocks(target) else plain
    if as_written is not None and _notes_of(as_written) == _notes_of(plain):
        return as_written
    if len(notes) == 1:
        return plain
    half = len(notes) // 2
    return _put(_put(target, notes[:half]), notes[half:])


def _as_written(target: bytes, notes: Sequence[_Carried]) -> bytes | None:
    try:
        with_texts = carried(target, [note.lines for note in notes])
        found = read(with_texts).notes[-len(notes) :]
        changes = [
            Change(there, note.move.draft, note.move.note_id)
            for there, note in zip(found, notes, strict=True)
        ]
        return changed(with_texts, changes)
    except (CannotSpliceError, ValueError):
        return None


def _notes_of(content: bytes) -> list[Note]:
    return [*map(placeless, read(content).notes)]


def _taken_up(source: bytes, moves: Sequence[Move]) -> list[_Carried]:
    lines = Lines(source)
    found = []
    for move, item in zip(moves, find_entries(source, [move.note for move in moves]), strict=True):
        fields = [*move.draft.fields.items(), *other_keys(item.node, move.draft.fields)]
        if move.note.declared is None:
            fields.append(("id", move.note_id))
        if item.node.flow_style:
            text = [line.encode() for line in scalars.in_block(fields, 0, 2)]
        else:
            text = _lines(item, lines)
        found.append(_Carried(move, fields, text))
    return found


def _lines(item: Item, lines: Lines) -> list[bytes]:
    """The lines of an entry in block style, with its dash at the beginning."""
    dash = dash_column(item, lines)
    found = []
    for line in range(dash_line(item, dash, lines), last_line(item.node, item.shift, lines) + 1):
        text = lines.text(line)
        found.append(text[min(dash, len(text) - len(text.lstrip(b" "))) :])
    return found
