"""What leaves a collection for another program: notes with their lasting names, and how their cards stand."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from quizapp.decks.note import Note
from quizapp.decks.reading import Resource
from quizapp.journal.entry import Entry
from quizapp.memory.state import Memory
from quizapp.settings import Settings


class OutgoingDeck(NamedTuple):
    """What a deck says of itself; `title` is "" unless its file gives one."""

    name: str
    title: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    read: tuple[Resource, ...] = ()


class OutgoingNote(NamedTuple):
    """A note with its id, and the ids of its cards in the order in which they are learned.

    `first` and `first_cards` are the oldest of these ids, before any rename. `modified` is when its text last changed,
    in seconds of Unix time: it grows with each change and with nothing else, and is 0 while the log does not know it.
    """

    note: Note
    id: str
    deck: str
    cards: tuple[str, ...]
    first: str
    first_cards: tuple[str, ...]
    modified: int


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
