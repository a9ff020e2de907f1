"""What the readers of all formats find in a file: rows that may become notes, and what they passed over."""

from dataclasses import dataclass
from enum import StrEnum

from quizapp.decks.draft import Draft
from quizapp.decks.reading import Resource
from quizapp.errors import QuizappError


class FormatError(QuizappError):
    """A file that can't be used at all."""


class Field(StrEnum):
    """What a column says about a note."""

    QUESTION = "question"
    ANSWER = "answer"
    TERM = "term"
    EXPLANATION = "explanation"
    HINT = "hint"
    EXTRA = "extra"
    SOURCE = "source"
    TAGS = "tags"
    DECK = "deck"


@dataclass(frozen=True, slots=True)
class Row:
    """One note of a file. `line` is where it begins, from 1.

    `headings` leads to it from the outermost heading inwards; `read` is what the file says near it should be
    read; `deck` is what the row itself names.
    """

    line: int
    draft: Draft
    headings: tuple[str, ...] = ()
    read: tuple[Resource, ...] = ()
    deck: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """What was passed over, and why; `question` is what it asks, or how it begins, if that is known."""

    line: int
    reason: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """All that a file holds, in the order of its lines. `title` is what the whole is called, if it says so."""

    rows: tuple[Row, ...]
    passed: tuple[Passed, ...] = ()
    title: str = ""
