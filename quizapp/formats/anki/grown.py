"""What a learner added to our note types in Anki: their notes come home without it, and that is said."""

from collections import Counter

from quizapp.decks.values import shown
from quizapp.formats.anki import own
from quizapp.formats.anki.contents import Contents, NoteType
from quizapp.formats.anki.note_types import NOTE_TYPES
from quizapp.markup.counted import counted

_MOST = 5  # templates and fields that are named


def left_out(contents: Contents) -> list[str]:
    """A sentence for each of our note types that has more templates or fields there, and notes that use them."""
    found = []
    for note_type in contents.note_types.values():
        kind = own.kind_of(note_type)
        if kind is None:
            continue
        ours = NOTE_TYPES[kind]
        more = [*_templates(note_type, ours, contents), *_fields(note_type, ours, contents)]
        if more:
            rest = f" and {len(more) - _MOST} more" if len(more) > _MOST else ""
            what = f'Anki has more in the note type "{shown(note_type.name)}"'
            found.append(f"{what}, which is left out: {', '.join(more[:_MOST])}{rest}")
    return found


def _templates(note_type: NoteType, ours: NoteType, contents: Contents) -> list[str]:
    if ours.cloze:  # its cards come from deletions
        return []
    notes = {note.id for note in contents.notes if note.type == note_type.id}
    places = {card.id: card.place for card in contents.cards if card.note in notes}
    cards = Counter(places.values())
    reviews = Counter(places[row.card] for row in contents.reviews if row.card in places)
    return [
        f'the template "{shown(one.name)}" ({counted(cards[place], "card")}, {counted(reviews[place], "review")})'
        for place, one in enumerate(note_type.templates)
        if place >= len(ours.templates) and cards[place]
    ]


def _fields(note_type: NoteType, ours: NoteType, contents: Contents) -> list[str]:
    used = Counter(
        place
        for note in contents.notes
        if note.type == note_type.id
        for place, text in enumerate(note.fields)
        if text.strip()
    )
    return [
        f'the field "{shown(name)}" ({counted(used[place], "note")})'
        for place, name in enumerate(note_type.fields)
        if name not in ours.fields and used[place]
    ]
