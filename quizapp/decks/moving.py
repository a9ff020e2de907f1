"""A note carried from one deck's file to another's, as it is written if that is possible."""

from quizapp.decks.adding import added, carried
from quizapp.decks.changing import Change, changed, find_entries, other_keys
from quizapp.decks.draft import Draft
from quizapp.decks.lines import Lines, last_line
from quizapp.decks.lists import Item, dash_column, dash_line
from quizapp.decks.note import Note
from quizapp.decks.proof import CannotSpliceError, placeless, read


def moved(source: bytes, note: Note, target: bytes, draft: Draft, note_id: str) -> bytes:
    """The target's file with a note of the source's at its end.

    `note` is as it was read from the source, `draft` is what it shall say in the target, `note_id` the id it gets
    if it has none.
    """
    (item,) = find_entries(source, [note])
    fields = [*draft.fields.items(), *other_keys(item.node, draft.fields)]
    if note.declared is None:
        fields.append(("id", note_id))
    plain = added(target, [fields])
    if item.node.flow_style:
        return plain
    try:
        with_text = carried(target, _lines(source, item))
        found = read(with_text).notes[-1]
        as_written = changed(with_text, [Change(found, draft, note_id)])
    except (CannotSpliceError, ValueError):
        return plain
    same = placeless(read(as_written).notes[-1]) == placeless(read(plain).notes[-1])
    return as_written if same else plain


def _lines(content: bytes, item: Item) -> list[bytes]:
    """The lines of an entry in block style, with its dash at the beginning."""
    lines = Lines(content)
    dash = dash_column(item, lines)
    found = []
    for line in range(dash_line(item, dash, lines), last_line(item.node, item.shift, lines) + 1):
        text = lines.text(line)
        found.append(text[min(dash, len(text) - len(text.lstrip(b" "))) :])
    return found
