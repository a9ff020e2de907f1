"""A package and a collection, and what importing the one into the other would do; then doing it.

Decks come first and the past of their cards after them. Killed in between, the next import of the same package does
the rest: what is there is known again, notes by their ids and reviews by card and millisecond.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.decks.draft import Draft
from quizapp.decks.entry import is_date
from quizapp.decks.files import name_fault
from quizapp.decks.identity import renamed
from quizapp.decks.kinds import COMPLAINTS
from quizapp.decks.new_deck import Head, new_deck
from quizapp.decks.note import card_ids
from quizapp.decks.proof import read
from quizapp.formats.anki import foreign, grown, own, retyped
from quizapp.formats.anki.contents import CardRow, Contents
from quizapp.formats.anki.deck_text import head_of
from quizapp.formats.anki.field_text import as_line
from quizapp.formats.anki.incoming import Incoming
from quizapp.formats.anki.media import PackageMedia, addresses
from quizapp.formats.anki.names import deck_name, deck_names
from quizapp.formats.anki.past import Past, past
from quizapp.formats.anki.planning import Note, plan_notes
from quizapp.formats.importing import carry_out
from quizapp.formats.planning import Act, Step, Wanted
from quizapp.formats.proposal import Proposal
from quizapp.formats.rows import Passed
from quizapp.formats.sections import deck_name as file_name
from quizapp.happenings import meant
from quizapp.memory.days import study_day
from quizapp.study.arriving import Arriving, beyond
from quizapp.study.imports import KnownNotes, PlacedNote
from quizapp.study.outgoing import OutgoingDeck

if TYPE_CHECKING:
    from quizapp.collection import Collection
    from quizapp.journal.entry import Entry

Progress = Callable[[str, int, int], None]
_LONGEST_FIELD = 1000  # signs of a field that are read for its first words
_LONGEST_NAME = 1000  # bytes of a deck's name: no path is much longer
_LONGEST_GUID = 200  # letters; Anki's have ten
_LAST = 7_000_000_000  # seconds: in 2191
_AHEAD = timedelta(days=1)  # what lies further in the future than this is no past


@dataclass(frozen=True, slots=True)
class PackageProposal:
    """What an import would do to notes, and the past of their cards; `remarks` are about what is left out of it.

    `numbers` are those by which Anki knows steps, by our ids of notes and cards.
    """

    notes: Proposal
    arriving: Arriving
    remarks: tuple[str, ...]
    numbers: Mapping[str, Mapping[str, int]]

    def new_reviews(self, collection: "Collection") -> int:
        """How many reviews the log lacks."""
        return collection.unknown_past(self.arriving)


def propose_package(
    collection: "Collection",
    path: Path,
    contents: Contents,
    deck: str = "",
    *,
    now: datetime | None = None,
    zone: tzinfo | None = None,
) -> PackageProposal:
    """What importing this package would do; `deck` takes all of its notes.

    Its reviews are told by the clock of `zone`, this machine's unless given.
    """
    deck = collection.whole_name(deck) if deck else ""
    notes, passed, remarks = _incoming(contents, file_name(path.stem, ()))
    passed = [replace(one, question=_begins(contents, one.line)) for one in passed]
    proposal, notes, there = _proposed(collection, path, contents, notes, passed, deck=deck, now=now)
    cards = _cards(notes, proposal.steps, there)
    told = _past(collection, contents, cards, zone or collection.zone, now)
    entries, later = beyond(told.entries, meant(now) + _AHEAD)
    return PackageProposal(
        proposal,
        _arriving(told, cards, entries, contents),
        (*remarks, *_remarks(told, later)),
        _numbers(notes, proposal.steps),
    )


def _proposed(
    collection: "Collection",
    path: Path,
    contents: Contents,
    notes: list[Incoming],
    passed: Sequence[Passed],
    *,
    deck: str,
    now: datetime | None,
) -> "tuple[Proposal, list[Incoming], dict[str, Draft]]":
    """What it would do to notes, these as the collection knows them, and the drafts of those that it has."""
    said = {one.name: _head(one) for one in _own_decks(contents).values()}
    ids = [*(one.note for one in notes), *retyped.ids(notes)]
    decks = {deck or one.deck for one in notes}
    known = collection.known_notes(ids, [one.draft.note().derived for one in notes], decks, now)
    notes, refused = _known_again(collection, notes, known, now)
    heads = {} if deck else said
    there = {name: (head.source, head.tags) for name, head in heads.items()} | dict(known.decks)
    if elsewhere := {one.deck for one in known.standing.values()} - known.decks.keys():
        there |= collection.known_notes((), (), elsewhere, now).decks
    media = PackageMedia(contents.media, collection.root)
    wanted = [_wanted(one, deck or one.deck, media, said) for one in notes]
    planned = plan_notes(wanted, known, there, collection.faults)
    steps = _possible(_refused(planned, refused), collection)
    made = {step.wanted.deck for step in steps if step.act is Act.ADD} - known.decks.keys()
    proposal = Proposal(
        path.name,
        tuple(steps),
        tuple(passed),
        {name: heads.get(name, Head()) for name in sorted(made)},
        media.copies_for(_standing(steps)),
        _missing(media, steps),
        _guids(notes),
    )
    return proposal, notes, {one.note: one.draft for one in known.standing.values()}


def _begins(contents: Contents, line: int) -> str:
    """What the first field of a note says, as Anki's browser shows it; "" of a row that can't be read."""
    fields = contents.notes[line - 1].fields if line <= len(contents.notes) else ()
    return as_line(fields[0][:_LONGEST_FIELD]) if fields else ""


def carry_out_package(
    collection: "Collection",
    found: PackageProposal,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> int:
    """Do what is proposed; how many reviews the log lacked. EditError or HistoryError says what could not be done."""
    carry_out(collection, found.notes, now, progress)
    collection.take_numbers(found.numbers, now)
    return collection.take_past(found.arriving, now)[0]


def _incoming(contents: Contents, default: str) -> tuple[list[Incoming], list[Passed], list[str]]:
    """The notes in the order of the package, those that can't be taken over, and what of others is left out."""
    others = foreign.incoming(contents, default, lambda kind: own.kind_of(kind) is not None)
    found = [*others.notes, *_ours(contents, default)]
    remarks = [f"note {one.line}: {one.reason}" for one in others.remarks]
    rows = [one for one in contents.passed if one.line]
    remarks += [one.reason for one in contents.passed if not one.line]
    remarks += grown.left_out(contents)
    passed = sorted((*others.passed, *rows), key=lambda one: one.line)
    return sorted(found, key=lambda one: one.line), passed, remarks


def _ours(contents: Contents, default: str) -> list[Incoming]:
    """The notes of our own types."""
    cards: dict[int, list[CardRow]] = {}
    for card in contents.cards:
        cards.setdefault(card.note, []).append(card)
    names = deck_names(contents.decks.values(), default)
    names |= {number: head.name for number, head in _own_decks(contents).items()}
    found = []
    for line, row in enumerate(contents.notes, 1):
        kind = contents.note_types.get(row.type)
        if kind is None or own.kind_of(kind) is None:
            continue
        mine = sorted(cards.get(row.id, ()), key=lambda card: card.place)
        deck = names.get(mine[0].home or mine[0].deck, default) if mine else default
        if one := own.incoming(line, row, kind, deck, mine):
            found.append(one)
    return found


def _own_decks(contents: Contents) -> dict[int, OutgoingDeck]:
    """Our own decks: what each said before its cards, with its name there if it was renamed since."""
    found = {number: head_of(deck.description, deck.name) for number, deck in contents.decks.items()}
    named = {
        number: head
        if not name_fault(head.name) and len(head.name.encode()) < _LONGEST_NAME
        else head._replace(name=deck_name(contents.decks[number].name))
        for number, head in found.items()
        if head
    }
    return {number: head for number, head in named.items() if head.name}


def _head(said: OutgoingDeck) -> Head:
    """What is to stand above the cards of a new deck: nothing if a deck can't say it."""
    head = Head(said.title, said.source, said.tags, said.requires, said.read)
    try:
        there = read(new_deck(head))
    except UnicodeEncodeError:
        return Head()
    return head if Head(there.title, there.source, there.tags, there.requires, there.read) == head else Head()


def _wanted(one: Incoming, deck: str, media: PackageMedia, heads: Mapping[str, Head]) -> Note:
    """A note as it is to stand in its deck, with its media there. `heads` are those of the package's decks."""
    row = Wanted(
        one.line,
        one.draft.note().hash,
        deck,
        media.placed(one.draft),
        note=one.note,
        added=None if one.base is None else one.added if is_date(one.added) else "",
        allow=tuple(code for code in dict.fromkeys(one.allow) if code in COMPLAINTS),
    )
    head = heads.get(one.deck, Head())
    return Note(row, one.base, one.draft, (head.source, head.tags), one.is_copy)


def _known_again(
    collection: "Collection", notes: list[Incoming], known: KnownNotes, now: datetime | None
) -> retyped.Retyped:
    """The notes, those of them as ours that are, whatever type they have in Anki by now."""
    found = [known.standing[one] for one in retyped.ids(notes) if one in known.standing]
    if not found:
        return retyped.known_again(notes, known, {}, ())
    heads = collection.known_notes((), (), {one.deck for one in found}, now).decks
    return retyped.known_again(notes, known, heads, collection.steady(one.note for one in found))


def _refused(steps: Sequence[Step], refused: Mapping[int, PlacedNote]) -> list[Step]:
    """The steps, but for those of notes that can't be brought together with ours."""
    why = "it has another note type in Anki than here; the card in {} stays as it is"
    return [
        Step(step.wanted, Act.SKIP, "" if step.act is Act.ADD else step.note, reason=why.format(one.place))
        if (one := refused.get(step.wanted.line))
        else step
        for step in steps
    ]


def _possible(steps: Sequence[Step], collection: "Collection") -> list[Step]:
    """The steps, but for those that would add to a deck that can't be added to."""
    closed = collection.closed({step.deck for step in steps if step.act is Act.ADD})
    return [
        Step(step.wanted, Act.SKIP, reason=closed[step.deck])
        if step.act is Act.ADD and step.deck in closed
        else step
        for step in steps
    ]


def _standing(steps: Sequence[Step]) -> list[Draft]:
    """What decks will say, or say already."""
    return [step.draft or step.wanted.draft for step in steps if step.act is not Act.SKIP]


def _missing(media: PackageMedia, steps: Sequence[Step]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (step.wanted.line, address)
        for step in steps
        if step.draft
        for address in addresses(step.draft)
        if address in media.missing
    )


def _guids(notes: Sequence[Incoming]) -> dict[str, str]:
    """Anki's names for notes whose ids are others, by these; none of them twice."""
    found = {one.guid: one.note for one in reversed(notes) if one.guid and one.guid.isprintable()}
    return {note: guid for guid, note in found.items() if note != guid and len(guid) <= _LONGEST_GUID}


def _cards(notes: Sequence[Incoming], steps: Sequence[Step], standing: Mapping[str, Draft]) -> dict[int, str]:
    """The ids that the collection has, or will have, of Anki's cards: those of notes that stay as they are, too."""
    found: dict[int, str] = {}
    for one, step in zip(notes, steps, strict=True):
        there = standing.get(step.note)
        if step.act is Act.SKIP and there is None:
            continue
        cards = {card: renamed(ours, one.note, step.note) for card, ours in one.cards.items()}
        if step.act is Act.SKIP and there and there.kind is not one.draft.kind:
            known = card_ids(there.note(), step.note)
            cards = {card: ours for card, ours in cards.items() if ours in known}
        found |= cards
    return found


def _numbers(notes: Sequence[Incoming], steps: Sequence[Step]) -> dict[str, dict[str, int]]:
    """The numbers of the steps of notes that the collection has, or will have."""
    return {
        step.note: {renamed(card, one.note, step.note): number for card, number in one.numbers.items()}
        for one, step in zip(notes, steps, strict=True)
        if one.numbers and step.act is not Act.SKIP
    }


def _past(
    collection: "Collection", contents: Contents, cards: Mapping[int, str], zone: tzinfo, now: datetime | None
) -> Past:
    """The past of these cards, told by the clock of `zone`."""
    day_starts = collection.settings.study.day_starts
    told = past(contents, cards, zone, day_starts)
    if study_day(_newest(contents, zone), day_starts) < collection.today(now):
        return replace(told, buried=())  # until the next day, which has come
    return told


def _newest(contents: Contents, zone: tzinfo) -> datetime:
    """When anything happened last in what a package holds."""
    changes = (row.modified for rows in (contents.notes, contents.cards) for row in rows)
    reviews = (row.id // 1000 for row in contents.reviews)
    return datetime.fromtimestamp(min(max((0, *changes, *reviews)), _LAST), zone)


def _arriving(
    told: Past, cards: Mapping[int, str], entries: "Sequence[Entry]", contents: Contents
) -> Arriving:
    """The past of these cards, and how they stand now."""
    return Arriving(
        entries,
        frozenset(told.suspended),
        frozenset(told.buried),
        frozenset(told.marked),
        told.due,
        {cards[card.id]: card.modified for card in contents.cards if card.id in cards},
    )


def _remarks(told: Past, later: int) -> list[str]:
    """What of the past is not taken over, in words."""
    said = [
        (len(told.without_log), "with a schedule but no reviews: new here"),
        (told.crammed, "of reviews in filtered decks, which changed no schedule: left out"),
        (told.unusable, "in the review log that say nothing usable: left out"),
        (later, "of the review log that lie in the future: left out"),
    ]
    nouns = ("card", "line", "line", "line")
    return [
        f"{count:,} {noun}{'s' if count > 1 else ''} {text}"
        for noun, (count, text) in zip(nouns, said, strict=True)
        if count
    ]
