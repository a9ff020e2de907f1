"""What a deck's file may say: every key and every kind of note, in one table.

Reading, its messages and the JSON Schema for editors all come from here.
"""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from quizapp.decks.note import Kind


class Holds(Enum):
    """What stands behind a key."""

    TEXT = auto()
    TEXTS = auto()  # a list of texts
    TEXT_OR_TEXTS = auto()
    TRUE = auto()
    RESOURCES = auto()  # a list of maps with RESOURCE_KEYS
    CARDS = auto()  # a list of maps with CARD_KEYS


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a map."""

    name: str
    holds: Holds
    explanation: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind of note is made of: the keys that tell it apart, those it needs, and those it may have."""

    kind: Kind
    by: tuple[str, ...]
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()


def _table(*keys: Key) -> dict[str, Key]:
    return {key.name: key for key in keys}


DECK_KEYS = _table(
    Key("title", Holds.TEXT, "the deck's title; its file's name unless given"),
    Key("source", Holds.TEXT, "where the notes come from"),
    Key("tags", Holds.TEXT_OR_TEXTS, "tags of all its cards"),
    Key("requires", Holds.TEXT_OR_TEXTS, "decks to know first"),
    Key("read", Holds.RESOURCES, "what to study, in order"),
    Key("cards", Holds.CARDS, "the cards"),
)

RESOURCE_KEYS = _table(
    Key("title", Holds.TEXT, "what it is called"),
    Key("url", Holds.TEXT, "where it is"),
    Key("kind", Holds.TEXT, "paper, book, video, course, post, docs, code"),
)

CARD_KEYS = _table(
    Key("q", Holds.TEXT, "the question"),
    Key("a", Holds.TEXT_OR_TEXTS, "the answer; a list when several choices are right"),
    Key("choices", Holds.TEXTS, "what to choose from"),
    Key("steps", Holds.TEXTS, "the answer's steps, in order"),
    Key("type", Holds.TRUE, "true: the answer is typed"),
    Key("accept", Holds.TEXT_OR_TEXTS, "typed answers that are right too"),
    Key("term", Holds.TEXT, "a term, asked both ways"),
    Key("means", Holds.TEXT, "what the term means"),
    Key("cloze", Holds.TEXT, "text with deletions, {{c1::so}}"),
    Key("id", Holds.TEXT, "its lasting name"),
    Key("tags", Holds.TEXT_OR_TEXTS, "tags, beside the deck's"),
    Key("hint", Holds.TEXT, "shown on request before the answer"),
    Key("extra", Holds.TEXT, "shown after the answer, never asked"),
    Key("source", Holds.TEXT, "where it comes from; the deck's unless given"),
    Key("added", Holds.TEXT, "the day it was added, written by the app"),
    Key("allow", Holds.TEXT_OR_TEXTS, "warnings of `quizapp check` that this card is not to get"),
)

COMMON = ("id", "tags", "hint", "extra", "source", "added", "allow")

COMPLAINTS = {
    "two-facts": "a question that asks two things, or an answer that holds two facts",
    "repeats-question": "an answer that begins with the question again, or a meaning that names its term",
    "no-subject": "a question about it, this or the above that doesn't say what that is",
    "long-answer": "an answer of more words than one learns at once",
    "yes-no": "a question that yes or no answers",
    "long-list": "an answer with a list of more than five",
    "near-duplicate": "a question that another card asks in nearly the same words",
    "bad-formula": "a formula that can't be drawn",
    "dead-image": "an image that isn't there",
}  # what `allow` turns off: codes of warnings, each with what it is about

SHAPES = (
    Shape(Kind.TERM, by=("term",), needs=("term", "means")),
    Shape(Kind.CLOZE, by=("cloze",), needs=("cloze",)),
    Shape(Kind.CHOICES, by=("q", "choices"), needs=("q", "choices", "a")),
    Shape(Kind.STEPS, by=("q", "steps"), needs=("q", "steps")),
    Shape(Kind.TYPED, by=("q", "type"), needs=("q", "a", "type"), may=("accept",)),
    Shape(Kind.BASIC, by=("q",), needs=("q", "a")),
)

_OWN = tuple(key for key in CARD_KEYS if key not in COMMON)


@cache
def shape(keys: frozenset[str]) -> Shape | None:
    """The kind of note that these keys make, or None: the first whose distinguishing keys are all there.

    Without its question a card counts as the kind that its most telling key belongs to, so that what is
    missing can be named.
    """
    for candidate in SHAPES:
        if all(key in keys for key in candidate.by):
            return candidate
    own = [key for key in _OWN if key in keys]
    if not own:
        return None
    return next(candidate for candidate in reversed(SHAPES) if own[-1] in (*candidate.needs, *candidate.may))


@cache
def strangers(candidate: Shape, keys: frozenset[str]) -> tuple[str, ...]:
    """The keys here that belong to other kinds, in the table's order."""
    own = (*candidate.needs, *candidate.may)
    return tuple(key for key in _OWN if key in keys and key not in own)
