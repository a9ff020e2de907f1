"""Notes put at the end of a deck's list of cards: bytes are inserted, none of those there change.

Whatever comes out is read again (`proof`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quizapp.decks import composing, lists, scalars
from quizapp.decks.composing import Node
from quizapp.decks.draft import Draft, Value
from quizapp.decks.lines import Lines, Splice, compose, is_alias, list_of_cards, spliced
from quizapp.decks.lists import Item
from quizapp.decks.note import Note
from quizapp.decks.proof import CannotSpliceError, in_deck, is_as_meant, placeless, read
from quizapp.decks.reading import Deck
from quizapp.decks.values import Report

Fields = Sequence[tuple[str, Value]]

_ODD = "its list of cards is written in a way that can't be added to; add the card with an editor"
_ELSEWHERE = "its list of cards stands elsewhere, behind an alias; add the card with an editor"


@dataclass(frozen=True, slots=True)
class _Cards:
    """The list of cards in a file: its entries, whether it is in brackets, and where dashes and keys stand."""

    items: tuple[Item, ...]
    brackets: bool
    in_braces: bool  # the deck itself
    json_text: bool
    dash: int
    column: int
    place: Node | None  # of the list itself, or of the empty text in its place
    key: Node | None


def added(content: bytes, notes: Sequence[Fields], before: Deck | None = None) -> bytes:
    """The file with these notes at the end of its list of cards. `before` is the deck it holds, if that is known."""
    return added_and_read(content, notes, before)[0]


def added_and_read(
    content: bytes, notes: Sequence[Fields], before: Deck | None = None
) -> tuple[bytes, tuple[Note, ...]]:
    """As `added`, with the new notes as they are read from the file."""
    before = before or read(content)
    lines = Lines(content)
    try:
        after = spliced(content, [_addition(lines, notes)])
    except CannotSpliceError as error:
        if before.problems:
            raise CannotSpliceError(f"{error} ({_why_not(before)})") from error
        raise
    now = read(after)
    new = now.notes[len(before.notes) :]
    if len(new) != len(notes) or not is_as_meant(before, now, (*before.notes, *new)):
        raise CannotSpliceError(_why_not(before))
    for fields, note in zip(notes, new, strict=True):
        if not _says(note, dict(fields), before):
            raise CannotSpliceError("this card can't be written into a deck as it is")
    return after, new


def _why_not(deck: Deck) -> str:
    """What stands in the way of adding to a deck, as far as it is known."""
    if deck.problems:
        problem = deck.problems[0]
        return f"line {problem.line}: {problem.message}"
    return _ODD


def _says(note: Note, fields: Mapping[str, Value], deck: Deck) -> bool:
    """Whether a note that was read is the one that was written."""
    draft = Draft(
        question=_text(fields, "q") or _text(fields, "term") or _text(fields, "cloze"),
        answer=_texts(fields, "a") or _texts(fields, "means") or _texts(fields, "steps"),
        kind=note.kind,
        choices=_texts(fields, "choices"),
        accept=_texts(fields, "accept"),
        hint=_text(fields, "hint"),
        extra=_text(fields, "extra"),
        source=_text(fields, "source"),
        tags=_texts(fields, "tags"),
    )
    id_, added_ = _text(fields, "id") or None, _text(fields, "added")
    meant = replace(draft.note(id_, added_), allow=_texts(fields, "allow"))
    return placeless(in_deck(meant, deck)) == placeless(note)


def _text(fields: Mapping[str, Value], key: str) -> str:
    value = fields.get(key, "")
    return value if isinstance(value, str) else ""


def _texts(fields: Mapping[str, Value], key: str) -> tuple[str, ...]:
    value = fields.get(key, ())
    return (value,) if isinstance(value, str) else value


def takes_blocks(content: bytes) -> bool:
    """Whether entries in block style can stand in a file's list of cards."""
    cards = _cards(content)
    return cards is None or not (cards.brackets and (cards.items or cards.in_braces))


def carried(content: bytes, entries: Sequence[Sequence[bytes]]) -> bytes:
    """The file with entries at the end of its list of cards, as they are written elsewhere.

    Each is its lines, with the dash at the first one's beginning. What they say is for the caller to look at.
    """
    before = read(content)
    lines = Lines(content)
    cards = _cards(content)
    blanks = b" " * (cards.dash if cards else 2)
    shifted = [[blanks + line if line else line for line in entry] for entry in entries]
    if cards is None:
        splice = _new_list(lines, [line for entry in shifted for line in entry])
    else:
        splice = _entries(cards, shifted, lines)
    after = spliced(content, [splice])
    now = read(after)
    come = now.notes[len(before.notes) :]
    if len(come) != len(entries) or not is_as_meant(before, now, (*before.notes, *come)):
        raise CannotSpliceError(_why_not(before))
    return after


def _addition(lines: Lines, notes: Sequence[Fields]) -> Splice:
    cards = _cards(lines.content)
    if cards is None:
        return _new_list(lines, [line for fields in notes for line in _in_block(fields, 2, 4)])
    if cards.brackets and (cards.items or cards.in_braces):
        texts = [scalars.in_braces(fields, json_text=cards.json_text).encode() for fields in notes]
        if cards.items:
            return lists.appended_in_brackets(cards.items[-1], texts, lines)
        return _within_brackets(cards, texts, lines)
    return _entries(cards, [_in_block(fields, cards.dash, cards.column) for fields in notes], lines)


def _in_block(fields: Fields, dash: int, column: int) -> list[bytes]:
    return [line.encode() for line in scalars.in_block(fields, dash, column)]


def _entries(cards: _Cards, entries: Sequence[list[bytes]], lines: Lines) -> Splice:
    """Entries in block style at the end of the list."""
    if not cards.items:
        return _first_entries(cards, [line for entry in entries for line in entry], lines)
    *_, last = cards.items
    gap = len(cards.items) > 1 and lists.has_gaps(cards.items[-2], last, cards.dash, lines)
    text = [line for entry in entries for line in ([b"", *entry] if gap else entry)]
    return lists.appended(last, text, cards.dash, lines)


def _cards(content: bytes) -> _Cards | None:
    """The list of cards of a file, None if there is no such key. Raises CannotSpliceError for an odd one."""
    if not content.strip():
        return None
    root = compose(content)
    if root is None:
        return _cards_piece_by_piece(content)
    if root.id != "mapping":
        if root.id == "scalar" and not root.value:
            return None
        raise CannotSpliceError('this file is no deck; its first line wants a key such as "cards:"')
    found = list_of_cards(root)
    if found is None:
        if root.flow_style:
            raise CannotSpliceError('this deck in braces has no list of cards; add "cards: []" to it')
        return None
    key, value = found
    if is_alias(key, value):
        raise CannotSpliceError(_ELSEWHERE)
    items = tuple(Item(node, 0) for node in value.value) if value.id == "sequence" else ()
    if value.id != "sequence" and (value.id != "scalar" or value.value):
        raise CannotSpliceError('"cards" is no list in this file; put a dash before each card')
    brackets = value.id == "sequence" and bool(value.flow_style)
    dash = value.start_mark.column if items and not brackets else key.start_mark.column + 2
    maps = [item.node for item in items if item.node.id == "mapping" and item.node.value]
    column = _key_column(maps, dash)
    json_text = brackets and (maps[-1].value[0][0].style if maps else key.style) == '"'
    return _Cards(items, brackets, bool(root.flow_style), json_text, dash, column, value, key)


def _cards_piece_by_piece(content: bytes) -> _Cards | None:
    """The list of cards of a file that isn't YAML as a whole: its last card must be readable."""
    from quizapp.decks import salvage  # noqa: PLC0415  only for such files

    content = content.removeprefix(composing.BOM)
    parts = salvage.split(content)
    if not parts.entries:
        if all(line.lstrip()[:1] in (b"", b"#") for line in content.splitlines()):
            return None
        raise CannotSpliceError("this file can't be read as a deck")
    pieces = [
        (salvage.compose_entry(piece, parts.indent, Report("")), piece.shift) for piece in parts.entries[-2:]
    ]
    items = tuple(Item(node, shift) for node, shift in pieces if node is not None)
    if not items or pieces[-1][0] is None:
        raise CannotSpliceError("its last card can't be read")
    maps = [item.node for item in items if item.node.id == "mapping"]
    return _Cards(items, False, False, False, parts.indent, _key_column(maps, parts.indent), None, None)


def _key_column(maps: Sequence[Node], dash: int) -> int:
    """Where the keys of a new entry stand: as those of the last one in block style."""
    columns = [node.value[0][0].start_mark.column for node in maps if not node.flow_style]
    return columns[-1] if columns and columns[-1] > dash + 1 else dash + 2


def _new_list(lines: Lines, entries: Sequence[bytes]) -> Splice:
    """The key `cards` with its list at the end of a file that has none."""
    content = lines.content
    end = len(content)
    begin = b"" if lines.starts[-1] == end else lines.newline
    return Splice(end, end, begin + lines.newline.join([b"cards:", *entries]) + lines.newline)


def _first_entries(cards: _Cards, text: list[bytes], lines: Lines) -> Splice:
    """The first entries, in block style: below `cards:` and a comment in its line, in the place of `[]`."""
    if cards.key is None or cards.place is None or cards.in_braces:
        raise CannotSpliceError(_ODD)
    if not cards.brackets:
        return lines.after(cards.key.end_mark.line, lines.newline.join(text))
    start, end = lines.at(cards.place.start_mark), lines.at(cards.place.end_mark)
    if lines.content[start + 1 : end - 1].strip():
        raise CannotSpliceError(_ODD)
    line = cards.place.end_mark.line
    rest = lines.content[end : lines.stops[line]].rstrip(b" ")
    begin = len(lines.content[:start].rstrip(b" "))
    return Splice(begin, lines.stops[line], rest + lines.newline + lines.newline.join(text))


def _within_brackets(cards: _Cards, texts: list[bytes], lines: Lines) -> Splice:
    """The first entries of a list in brackets, in a deck that is in braces."""
    if cards.place is None:
        raise CannotSpliceError(_ODD)
    end = lines.at(cards.place.end_mark) - 1
    return Splice(end, end, b", ".join(texts))
