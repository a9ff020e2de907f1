"""What leaves a collection for another program: notes with their lasting names, and how their cards stand."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from quizapp.decks.identity import base
from quizapp.decks.note import Kind, Note, card_ids
from quizapp.decks.reading import Resource
from quizapp.index.deck_rows import decode
from quizapp.index.first_names import FirstNames, first_names
from quizapp.index.standing import COLUMNS, from_row
from quizapp.journal.entry import Entry
from quizapp.memory.state import Memory
from quizapp.settings import Settings
from quizapp.study.step_numbers import MOST, known_numbers, numbered

_NOTE_LINES = (
    "SELECT coalesce(owner, card), instant, json_extract(line, '$.hash') FROM events"
    " WHERE kind = 'note' AND out = 0 ORDER BY instant, line"
)
_GUIDS = (
    "SELECT coalesce(owner, card), json_extract(line, '$.guid') FROM events WHERE kind = 'note' AND out = 0"
    " AND line LIKE '%\"guid\":%' ORDER BY instant, line"
)
_NOTES = "decks d CROSS JOIN notes n ON n.deck = d.num WHERE n.id NOT NULL"
_OF_DECKS = "(?1 IS NULL OR d.num IN (SELECT value FROM json_each(?1)))"
_STANDING = f"SELECT {', '.join(COLUMNS)} FROM cards WHERE id = ?"  # noqa: S608  constant names


class OutgoingDeck(NamedTuple):
    """What a deck says of itself; `title` is "" unless its file gives another than its name."""

    name: str
    title: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    read: tuple[Resource, ...] = ()


class OutgoingNote(NamedTuple):
    """A note with its id, and the ids of its cards in the order in which they are learned.

    `first` and `first_cards` are the oldest of these ids, before any rename; of a note that was added by an import
    `first` is what the program it came from calls it. `modified` is when its text last changed,
    in seconds of Unix time: it grows with each change and with nothing else, and is 0 while the log does not know it.
    `numbers` are those of steps (step_numbers.py), none for other kinds.
    """

    note: Note
    id: str
    deck: str
    cards: tuple[str, ...]
    first: str
    first_cards: tuple[str, ...]
    modified: int
    numbers: tuple[int, ...] = ()


class Standing(NamedTuple):
    """How a card stands: `buried` is the ordinal of the study day on which it comes back, 0 if it isn't buried."""

    memory: Memory | None = None
    suspended: bool = False
    buried: int = 0
    marked: bool = False


class Schedule(NamedTuple):
    """The memory that goes along. `standing` tells how a card stands, by its id.

    `events` are the reviews, `forget` and `due` events that count, each with its card's present id, by card and then
    in the order of the log.
    """

    settings: Settings
    now: datetime
    standing: Callable[[str], Standing]
    events: Iterable[Entry]


def outgoing_decks(db: sqlite3.Connection, decks: Iterable[int] | None) -> list[OutgoingDeck]:
    """The decks with these numbers (None: all), in their order."""
    sql = f"SELECT name, header FROM decks d WHERE {_OF_DECKS} ORDER BY rank"  # noqa: S608  constants
    return [_deck(*row) for row in db.execute(sql, _numbers(decks))]


def _deck(name: str, header: str) -> OutgoingDeck:
    said = json.loads(header)
    read = tuple(Resource(*item) for item in said["read"])
    title = said["title"] if said["title"] != name.rpartition("/")[2] else ""  # which a deck has of itself
    return OutgoingDeck(name, title, said["source"], tuple(said["tags"]), tuple(said["requires"]), read)


def note_count(db: sqlite3.Connection, decks: Iterable[int] | None) -> int:
    """How many notes `outgoing_notes` gives."""
    sql = f"SELECT count(*) FROM {_NOTES} AND {_OF_DECKS}"  # noqa: S608  constants
    row: tuple[int] = db.execute(sql, _numbers(decks)).fetchone()
    return row[0]


def outgoing_notes(db: sqlite3.Connection, decks: Iterable[int] | None) -> Iterator[OutgoingNote]:
    """The notes of these decks, in the order in which they stand there."""
    modified, names, known = _modified(db), first_names(db), known_numbers(db)
    guids = _guids(db, names)
    columns = "n.id, n.body, n.line, n.col, d.name"
    sql = f"SELECT {columns} FROM {_NOTES} AND {_OF_DECKS} ORDER BY d.rank, n.position"  # noqa: S608  constants
    for note_id, body, line, column, deck in db.cursor().execute(sql, _numbers(decks)):
        note = decode(body, line, column)
        cards = card_ids(note, note_id)
        first_cards = tuple(map(names.of, cards)) if names.any else cards
        numbers = numbered(first_cards, known.get(note_id, {})) if note.kind is Kind.STEPS else ()
        time = modified.get(note_id, 0)
        first = guids.get(note_id) or names.of(note_id)
        yield OutgoingNote(note, note_id, deck, cards, first, first_cards, time, numbers)


def _guids(db: sqlite3.Connection, names: FirstNames) -> dict[str, str]:
    """What other programs call the notes that came from them, by our ids; of a note's several names the oldest.

    No two notes have the same, and none has one that is another's id here, or was its first.
    """
    found: dict[str, str] = {}
    taken = set()
    for card, guid in db.execute(_GUIDS):
        note = base(card)
        if not isinstance(guid, str) or note in found or guid in taken or names.has(guid):
            continue
        if guid == note or not db.execute("SELECT 1 FROM notes WHERE id = ?", (guid,)).fetchone():
            found[note] = guid
            taken.add(guid)
    return found


def new_numbers(db: sqlite3.Connection, decks: Iterable[int] | None) -> dict[str, dict[str, int]]:
    """For notes with steps that the log knows no numbers of, the numbers that their steps have or get."""
    names, known = first_names(db), known_numbers(db)
    sql = f"SELECT n.id, n.body FROM {_NOTES} AND {_OF_DECKS} AND substr(n.body, 1, 8) = '[\"steps\"'"  # noqa: S608  as above
    found = {}
    for note_id, body in db.execute(sql, _numbers(decks)):
        cards = tuple(map(names.of, card_ids(decode(body, 1, 1), note_id)))
        before = known.get(note_id, {})
        numbers = dict(zip(cards, numbered(cards, before), strict=True))
        if any(number and before.get(step) != number for step, number in numbers.items()):
            found[note_id] = {step: number for step, number in numbers.items() if number}
    return found


def unknown_numbers(
    db: sqlite3.Connection, given: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, int]]:
    """Of the numbers that another program gave to steps, by notes and cards, those that the log lacks."""
    if not given:
        return {}
    names, known = first_names(db), known_numbers(db)
    sql = "SELECT id, body FROM notes WHERE id IN (SELECT value FROM json_each(?))"
    found = {}
    for note_id, body in db.execute(sql, (json.dumps([*given]),)):
        firsts = {card: names.of(card) for card in card_ids(decode(body, 1, 1), note_id)}
        before = known.get(note_id, {})
        used = {before.get(first) for first in firsts.values()}
        new: dict[str, int] = {}
        for card, number in given[note_id].items():
            if card in firsts and firsts[card] not in before and number <= MOST and number not in used:
                new[firsts[card]] = number
                used.add(number)
        if new:
            found[note_id] = new
    return found


def without_line(db: sqlite3.Connection, decks: Iterable[int] | None) -> list[str]:
    """The notes of these decks of whose text the log knows nothing."""
    unknown = "n.id NOT IN (SELECT id FROM known WHERE hash NOT NULL)"
    sql = f"SELECT n.id FROM {_NOTES} AND {_OF_DECKS} AND {unknown} ORDER BY n.num"  # noqa: S608  constants
    return [note for (note,) in db.execute(sql, _numbers(decks))]


def standing(db: sqlite3.Connection, card: str) -> Standing:
    """How a card stands; that of a stranger is new."""
    row = db.execute(_STANDING, (card,)).fetchone()
    return Standing(*from_row(row)) if row else Standing()


def events(db: sqlite3.Connection) -> Iterator[Entry]:
    """What `Schedule.events` gives."""
    owned = db.execute("SELECT 1 FROM events WHERE owner NOT NULL LIMIT 1").fetchone()
    card = "coalesce(owner, card)" if owned else "card"  # as they lie, if they may be taken so
    sql = (
        f"SELECT {card} AS theirs, instant, kind, at, due, took, of, '' FROM events"  # noqa: S608  constants
        " WHERE out = 0 AND kind IN ('1', '2', '3', '4', 'forget', 'due') ORDER BY theirs, instant, kind"
    )
    return map(Entry._make, db.cursor().execute(sql))


def _numbers(decks: Iterable[int] | None) -> tuple[str | None]:
    return (None if decks is None else json.dumps([*decks]),)


def _modified(db: sqlite3.Connection) -> dict[str, int]:
    """When each note's text last changed, in seconds; each change comes at least a second after the one before."""
    found: dict[str, int] = {}
    hashes: dict[str, str] = {}
    for card, at, hash_ in db.execute(_NOTE_LINES):
        note = base(card)
        before = hashes.get(note, "")
        hashes[note] = hash_
        common = min(len(before), len(hash_)) if before else 0
        if not before or before[:common] != hash_[:common]:
            found[note] = max(at // 1_000_000, found.get(note, 0) + 1)
    return found
