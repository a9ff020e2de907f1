"""What an edited file must still say: it is read again before it is written.

A file that would not come out as it was but for what was meant is not written: `CannotSpliceError` says so.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from quizapp.decks.note import Note
from quizapp.decks.reading import Deck, read_deck

_DEPENDENT = frozenset(
    ("same-question", "duplicate-id")
)  # problems that a change of another card brings or cures


class CannotSpliceError(Exception):
    """The change can't be made without changing something else; the message is a sentence for people."""


def read(content: bytes) -> Deck:
    """The deck that a file holds, without its name."""
    return read_deck(content, name="", file="")


def is_as_meant(before: Deck, after: Deck, notes: Iterable[Note]) -> bool:
    """Whether a file holds these notes after an edit, and else is what it was, without new problems."""
    if _head(before) != _head(after) or _problems(after) - _problems(before):
        return False
    return [*map(placeless, after.notes)] == [*map(placeless, notes)]


def placeless(note: Note) -> Note:
    """The note wherever it stands."""
    return replace(note, line=1, column=1)


def in_deck(note: Note, deck: Deck) -> Note:
    """A note with what the deck gives it: its source unless it has one, its tags before its own."""
    tags = tuple(dict.fromkeys((*deck.tags, *note.tags)))
    return replace(note, source=note.source or deck.source, tags=tags)


def _head(deck: Deck) -> tuple[object, ...]:
    return deck.title, deck.source, deck.tags, deck.requires, deck.read


def _problems(deck: Deck) -> Counter[str]:
    return Counter(problem.code for problem in deck.problems if problem.code not in _DEPENDENT)
