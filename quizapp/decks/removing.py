"""Notes taken out of a deck's file."""

from collections.abc import Sequence

from quizapp.decks import lists
from quizapp.decks.composing import BOM
from quizapp.decks.lines import Lines, compose, entries, list_of_cards, spliced
from quizapp.decks.lists import Item
from quizapp.decks.note import Note
from quizapp.decks.proof import CannotSpliceError, is_as_meant, read


def removed(content: bytes, notes: Sequence[Note]) -> bytes:
    """The file without these notes, which are as they were read from these bytes."""
    places = {(note.line, note.column) for note in notes}
    before = read(content)
    rest = [note for note in before.notes if (note.line, note.column) not in places]
    lines = Lines(content)
    items, dash = _items(content)
    gone = {
        number
        for number, (node, shift) in enumerate(items)
        if (node.start_mark.line + shift + 1, node.start_mark.column + 1) in places
    }
    try:
        if dash is None:
            after = spliced(content, lists.without_in_brackets(items, gone, lines))
        else:
            after = spliced(content, lists.without(items, gone, dash, lines))
    except ValueError:
        after = content
    if len(gone) != len(notes) or not is_as_meant(before, read(after), rest):
        where = ", ".join(str(note.line) for note in notes[:3])
        raise CannotSpliceError(
            f"the card in line {where} can't be taken out without changing others; edit the file itself"
        )
    return after


def _items(content: bytes) -> tuple[list[Item], int | None]:
    """The entries of the list of cards, and the column of their dashes; None for a list in brackets."""
    root = compose(content)
    if root is None:
        from quizapp.decks import salvage  # noqa: PLC0415  only for what isn't YAML

        parts = salvage.split(content.removeprefix(BOM))
        return [Item(node, shift) for node, shift in entries(content)], parts.indent
    found = list_of_cards(root)
    if found is None or found[1].id != "sequence":
        return [], None
    node = found[1]
    return [Item(entry, 0) for entry in node.value], None if node.flow_style else node.start_mark.column
