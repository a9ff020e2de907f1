"""Notes of any type that isn't ours, as decks may hold them: the templates of their cards say how they ask.

What can't be taken over is named with its reason; nothing is dropped in silence.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import NamedTuple

from quizapp.decks import cloze
from quizapp.decks.draft import Draft, tidied
from quizapp.decks.note import Kind
from quizapp.decks.values import ILLEGAL, LONGEST, MOST, shown
from quizapp.formats.anki import clozes
from quizapp.formats.anki.contents import CardRow, Contents, NoteRow, NoteType
from quizapp.formats.anki.incoming import Incoming
from quizapp.formats.anki.names import Ids, deck_names
from quizapp.formats.anki.sides import Said, joined, said
from quizapp.formats.anki.templates import Node, conditions, is_empty, named, parse
from quizapp.formats.rows import Passed

_MARKED = "marked"  # the tag that Anki has for marks
_OCCLUSION = "image occlusion is not taken over"
_OCCLUSION_FIELDS = frozenset(("Question Mask", "Original Mask"))  # of the add-on that came before Anki's own


class Foreign(NamedTuple):
    """`notes` in the order of the package, `passed` the notes that can't be taken over.

    `remarks` say what of a note type was left out, with its first note's place.
    """

    notes: list[Incoming]
    passed: list[Passed]
    remarks: list[Passed]


class _Sides(NamedTuple):
    front: tuple[Node, ...]
    back: tuple[Node, ...]

    @property
    def used(self) -> frozenset[str]:
        """The fields that matter for them."""
        return named(self.front) | named(self.back) | conditions(self.front) | conditions(self.back)


class _Card(NamedTuple):
    """A card: its row, its template's name, and its sides."""

    row: CardRow
    template: str
    sides: _Sides


@dataclass(frozen=True, slots=True)
class _Found:
    """A note with its place, its type, our name of its deck and its cards by place; `fields` hold Anki's own, too."""

    line: int
    note: NoteRow
    type: NoteType
    deck: str
    cards: tuple[_Card, ...]
    fields: Mapping[str, str]

    @property
    def own(self) -> Mapping[str, str]:
        """The fields of the note itself."""
        return dict(zip(self.type.fields, self.note.fields, strict=False))


class _UnfitError(Exception):
    """Why a note, or one of its cards, can't be taken over."""


def incoming(contents: Contents, default: str, ours: Callable[[NoteType], bool] = lambda _: False) -> Foreign:
    """The notes whose type isn't ours. `default` is our name for Anki's deck "Default"."""
    package = _Package(contents, default)
    ids = Ids()
    lost = _Lost()
    foreign = Foreign([], [], [])
    for line, note in enumerate(contents.notes, 1):
        note_type = contents.note_types.get(note.type)
        if note_type is not None and ours(note_type):
            continue
        try:
            if note_type is None:
                raise _UnfitError("its note type is missing")  # noqa: TRY301  one way to pass a note over
            found = package.found(line, note, note_type)
            foreign.notes.extend(_taken(found, ids, lost))
            lost.look(found)
        except _UnfitError as reason:
            foreign.passed.append(Passed(line, str(reason)))
    foreign.remarks.extend(lost.remarks())
    return foreign


class _Package:
    """The rows of a package, put together."""

    def __init__(self, contents: Contents, default: str) -> None:
        self._default = default
        self._decks = contents.decks
        self._names = deck_names(contents.decks.values(), default)
        self._cards: dict[int, list[CardRow]] = {}
        for row in sorted(contents.cards, key=lambda row: (row.place, row.id)):
            self._cards.setdefault(row.note, []).append(row)
        self._sides = {
            one.id: [_Sides(parse(template.front), parse(template.back)) for template in one.templates]
            for one in contents.note_types.values()
        }

    def found(self, line: int, note: NoteRow, note_type: NoteType) -> _Found:
        """A note with all that belongs to it."""
        if _hides_images(note_type):
            raise _UnfitError(_OCCLUSION)
        sides, templates = self._sides[note_type.id], note_type.templates
        cards = []
        for row in self._cards.get(note.id, ()):
            place = 0 if note_type.cloze else row.place
            if 0 <= place < len(templates):
                cards.append(_Card(row, templates[place].name, sides[place]))
        if not cards:
            raise _UnfitError("it has no card")
        first = cards[0]
        deck = first.row.home or first.row.deck
        anki = self._decks[deck].name if deck in self._decks else ""
        special = {
            "Tags": " ".join(note.tags),
            "Deck": anki,
            "Subdeck": anki.rpartition("::")[2],
            "Type": note_type.name,
            "Card": first.template,
            "CardFlag": f"flag{first.row.flag}" if first.row.flag else "",
            "CardID": str(first.row.id),
        }
        escaped = {name: escape(text) for name, text in special.items()}
        fields = escaped | dict(zip(note_type.fields, note.fields, strict=False))
        return _Found(line, note, note_type, self._names.get(deck, self._default), tuple(cards), fields)


def _hides_images(note_type: NoteType) -> bool:
    return note_type.occlusion or set(note_type.fields) >= _OCCLUSION_FIELDS


def _taken(found: _Found, ids: Ids, lost: "_Lost") -> list[Incoming]:
    """The notes that a note becomes: one, or one for each card that none of our kinds could hold together."""
    if found.type.cloze:
        return [_cloze(found, ids)]
    sides = [(card, said(*card.sides, found.fields)) for card in found.cards]
    if both := _both_ways([told for _, told in sides], _tags(found.note)):
        name = ids.of(found.note.guid)
        first, second = found.cards
        return [_made(found, name, _checked(both), {first.row.id: name, second.row.id: f"{name}.r"})]
    made: list[Incoming] = []
    left_out: list[tuple[str, str]] = []
    for card, told in sides:
        try:
            draft = _checked(_basic(told, found.note))
        except _UnfitError as reason:
            left_out.append((card.template, str(reason)))
            continue
        name = ids.of(found.note.guid, card.template if made else "")
        made.append(_made(found, name, draft, {card.row.id: name}, is_first=not made))
    if not made:
        raise _UnfitError("; ".join(dict.fromkeys(why for _, why in left_out)))
    for template, why in left_out:
        lost.count(found, f'card "{shown(template)}"', why)
    return made


def _made(
    found: _Found, name: str, draft: Draft, cards: Mapping[int, str], *, is_first: bool = True
) -> Incoming:
    guid = found.note.guid if is_first else ""
    return Incoming(found.line, name, found.deck, draft, cards, guid=guid)


def _cloze(found: _Found, ids: Ids) -> Incoming:
    if clozes.hides_images(found.own):
        raise _UnfitError(_OCCLUSION)
    told = clozes.said(*found.cards[0].sides, found.fields)
    draft = Draft(
        told.text,
        (),
        Kind.CLOZE,
        hint=told.hint,
        extra=told.extra,
        source=told.source,
        tags=_tags(found.note),
    )
    draft = _checked(draft)
    name = ids.of(found.note.guid)
    numbers = cloze.parse(draft.question).numbers
    ours = {number: name if number == 1 else f"{name}.{number}" for number in numbers}
    cards = {card.row.id: ours[card.row.place + 1] for card in found.cards if card.row.place + 1 in ours}
    return _made(found, name, draft, cards)


def _both_ways(told: Sequence[Said], tags: tuple[str, ...]) -> Draft | None:
    """The term of two cards that are each other's reverse; None if they aren't."""
    if len(told) != 2:
        return None
    first, second = told
    if first.typed or second.typed or first.hint != second.hint or not first.question or not first.answer:
        return None
    if (first.question, first.answer) != (second.answer, second.question):
        return None
    source = first.source or second.source
    return Draft(
        first.question,
        (first.answer,),
        Kind.TERM,
        hint=first.hint,
        extra=joined(first.extra, second.extra),
        source=source,
        tags=tags,
    )


def _basic(told: Said, note: NoteRow) -> Draft:
    return Draft(
        told.question,
        (told.typed or told.answer,),
        Kind.TYPED if told.typed else Kind.BASIC,
        hint=told.hint,
        extra=told.extra,
        source=told.source,
        tags=_tags(note),
    )


def _tags(note: NoteRow) -> tuple[str, ...]:
    return tuple(tag for tag in note.tags if tag.casefold() != _MARKED)


def _checked(draft: Draft) -> Draft:
    """The draft as a deck can hold it; characters that no text shows are left out."""
    clean = _without_controls
    draft = replace(
        draft,
        question=clean(draft.question),
        answer=tuple(map(clean, draft.answer)),
        hint=clean(draft.hint),
        extra=clean(draft.extra),
        source=clean(draft.source),
        tags=tuple(map(clean, draft.tags)),
    )
    draft = tidied(draft)
    if not draft.question.strip():
        raise _UnfitError("its front is empty")
    if draft.kind is Kind.CLOZE and (fault := cloze.fault(draft.question)):
        raise _UnfitError(fault)
    if draft.kind is not Kind.CLOZE and not draft.answer:
        raise _UnfitError("its back is empty")
    longest = max(map(len, (draft.question, *draft.answer, draft.hint, draft.extra, draft.source)))
    if longest > LONGEST or len(draft.tags) > MOST:
        raise _UnfitError(f"it is too long; a card may hold {LONGEST:,} characters and {MOST} tags")
    return draft


def _without_controls(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    return ILLEGAL.sub("", lines)


class _Lost:
    """Counts what of notes that were taken over was left out, by note type: fields on no card, and cards."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._lines: dict[tuple[str, str, str], int] = {}
        self._used: dict[tuple[int, tuple[int, ...]], frozenset[str]] = {}

    def count(self, found: _Found, what: str, reason: str) -> None:
        """Count a field or card of a note."""
        key = (what, shown(found.type.name), reason)
        self._counts[key] += 1
        self._lines.setdefault(key, found.line)

    def look(self, found: _Found) -> None:
        """Count the fields of a note that none of its cards shows."""
        places = (found.type.id, tuple(0 if found.type.cloze else card.row.place for card in found.cards))
        used = self._used.get(places)
        if used is None:
            used = self._used[places] = frozenset().union(*(card.sides.used for card in found.cards))
        for field, text in found.own.items():
            if field not in used and not is_empty(text):
                self.count(found, f'field "{shown(field)}"', "it is on no card")

    def remarks(self) -> Iterable[Passed]:
        """A remark for each of these, with the first note's place."""
        for key, count in self._counts.items():
            what, name, reason = key
            notes = f"{count:,} note{'s' * (count != 1)}"
            yield Passed(self._lines[key], f'{what} of "{name}" was left out in {notes}: {reason}')
