"""Our own notes come back from Anki: as they were written, with what was changed there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from quizapp.decks import identity
from quizapp.decks.draft import Draft, tidied
from quizapp.decks.note import Kind, card_ids
from quizapp.formats.anki.contents import CardRow, NoteRow, NoteType
from quizapp.formats.anki.edited import edited
from quizapp.formats.anki.entry import read
from quizapp.formats.anki.fields import safe_tags
from quizapp.formats.anki.incoming import Incoming
from quizapp.formats.anki.note_types import COMMON, ENTRY, ID, NOTE_TYPES

_TAG = re.compile(r"<[^<>]*>")
_ANKIS = frozenset(("marked", "leech"))  # tags that Anki sets of itself


def kind_of(note_type: NoteType) -> Kind | None:
    """The kind of our notes that a type holds; None if it isn't ours, or lacks what makes one.

    Anki gives a type another id and a longer name if it finds it in conflict with one of the same id.
    """
    for kind, own in NOTE_TYPES.items():
        there = frozenset(note_type.fields)
        if note_type.id == own.id and there.issuperset(own.fields[: -len(COMMON)]):
            return kind
        if note_type.name.startswith(own.name) and there.issuperset(own.fields):
            return kind
    return None


def incoming(
    line: int, row: NoteRow, note_type: NoteType, deck: str, cards: Iterable[CardRow]
) -> Incoming | None:
    """A note of one of our types, with its cards; None if the type isn't ours. `deck` is our name for its deck."""
    kind = kind_of(note_type)
    if kind is None:
        return None
    fields = dict(zip(note_type.fields, row.fields, strict=False))
    entry = read(fields.get(ENTRY, ""))
    written = _id(_TAG.sub("", fields.get(ID, "")).strip())
    is_copy = bool(written) and row.guid != ((entry and entry.first) or written)
    if entry and entry.draft.kind is not kind:
        entry = None
    note_id = (not is_copy and written) or id_of(row.guid)
    made = edited(kind, fields, entry, written or note_id)
    draft = replace(made.draft, tags=tags_as_written(row.tags, entry.draft.tags if entry else ()))
    base = entry.draft if entry and not is_copy else None
    known = _cards_by_place(base, entry.numbers, note_id) if base and entry else {}
    places = {**_cards_by_place(draft, made.numbers, note_id), **known}
    return Incoming(
        line,
        note_id,
        deck,
        draft if base else tidied(draft),
        {card.id: places[card.place] for card in cards if card.place in places},
        base,
        entry.added if entry else "",
        entry.allow if entry else (),
        is_copy,
        row.guid,
        _numbers(draft, made.numbers, note_id),
    )


def id_of(guid: str) -> str:
    """The id of a note of ours that has no other: its guid, or one made of that."""
    return _id(guid) or identity.derived_id(guid)


def _id(text: str) -> str:
    """The text if it can be an id, else ""."""
    return text if identity.ID.fullmatch(text) and len(text) <= identity.LONGEST_ID else ""


def tags_as_written(there: Sequence[str], written: Sequence[str]) -> tuple[str, ...]:
    """The tags that Anki has, as they were written if they went there; Anki knows no letter case."""
    now = {tag.casefold(): tag for tag in there}
    safe = {tag: next(iter(safe_tags((tag,))), "").casefold() for tag in written}
    kept = [tag for tag in written if not safe[tag] or safe[tag] in now]
    added = [tag for folded, tag in now.items() if folded not in safe.values() and folded not in _ANKIS]
    return tuple(dict.fromkeys((*kept, *added)))


def _numbers(draft: Draft, numbers: Sequence[int], note_id: str) -> Mapping[str, int]:
    """The numbers of steps, by our ids of their cards."""
    if draft.kind is not Kind.STEPS:
        return {}
    ids = card_ids(draft.note(), note_id)
    return {card: number for card, number in zip(ids, numbers, strict=True) if number}


def _cards_by_place(draft: Draft, numbers: Sequence[int], note_id: str) -> Mapping[int, str]:
    """Our ids of a note's cards by their templates, of clozes and steps by their deletions."""
    ids = card_ids(draft.note(), note_id)
    if draft.kind is Kind.CLOZE:
        return {int(one.partition(".")[2] or 1) - 1: one for one in ids}
    if draft.kind is Kind.STEPS:
        return {number - 1: one for one, number in _numbers(draft, numbers, note_id).items()}
    return dict(enumerate(ids))
