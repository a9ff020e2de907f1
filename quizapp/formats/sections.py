"""Headings of notes: the path that leads to a place, and the decks and tags that are named after it."""

import re
from typing import NamedTuple
from unicodedata import normalize

from quizapp.formats.text import bare, is_name, slug

_NUMBERING = re.compile(
    r"(?:(?i:chapter|section|part|lesson|week|unit)\s+(?:\d+|[IVXLC]+)\s*[.:–—-]"  # noqa: RUF001  dashes
    r"|\(?\d+(?:\.\d+)+[.):]?|\(?\d+[.):]|\(?[IVXLC]+[.)]|[A-Z][.)])\s+(?:[-–—:]\s+)?"  # noqa: RUF001  as above
)
_ASIDE = re.compile(r"\s*\((?:uncategori[sz]ed|misc|wip|draft|todo|unsorted)\)\s*$", re.IGNORECASE)
_KINDS = frozenset(
    (
        *("notes", "study-notes", "my-notes", "my-study-notes", "reading-notes", "lecture-notes", "summary"),
        *(
            "questions",
            "question",
            "review-questions",
            "study-questions",
            "questions-and-answers",
            "q-and-a",
            "qa",
        ),
        *("q-a", "faq", "quiz", "self-test", "cards", "flashcards", "flash-cards", "anki", "anki-cards"),
        *("terms", "key-terms", "term", "vocabulary", "glossary", "definitions", "key-concepts"),
    )
)  # what follows such a heading is told, not what it is about
_BOOKS = frozenset(("terms", "key-terms", "vocabulary", "glossary", "definitions", "key-concepts"))
_READING = re.compile(
    r"(?:study|learning|further|more|useful|recommended)?-?(?:resources?|reading|links?|references|sources|"
    r"bibliography|reading-list|materials?|see-also)"
)
_NOT_DECKS = frozenset(("history", "media"))  # folders of a collection that hold no decks


class Heading(NamedTuple):
    """A heading: its level and line, both from 1, and its text."""

    level: int
    title: str
    line: int


Path = tuple[Heading, ...]


def descend(path: Path, heading: Heading) -> Path:
    """The path to what stands below a heading that comes after what `path` led to.

    A heading that only tells what kind of thing follows ("Questions") belongs to the section before it, even
    if it has the same level; but a glossary is the whole text's.
    """
    level = heading.level
    belongs = level > 1 and slug(cleaned(heading.title)) in _KINDS - _BOOKS
    while path and path[-1].level >= level:
        if belongs and path[-1].level == level and is_telling(path[-1].title):
            break
        path = path[:-1]
    return (*path, heading)


def scope(path: Path) -> Path:
    """The section that a deck is named after: up to the last heading that tells something."""
    while path and not is_telling(path[-1].title):
        path = path[:-1]
    return path


def titles(path: Path, whole: Heading | None) -> tuple[str, ...]:
    """The texts of the headings, without that of the whole text."""
    return tuple(heading.title for heading in path if heading is not whole)


def cleaned(title: str) -> str:
    """A heading's text without its number, marks and asides."""
    text = bare(title).strip().rstrip("#:").strip()
    text = _ASIDE.sub("", text)
    return without_number(text)


def without_number(title: str) -> str:
    """A heading's text without the number before it."""
    return _NUMBERING.sub("", title, count=1) if _NUMBERING.match(title) else title


def is_telling(title: str) -> bool:
    """Whether a heading says what its section is about."""
    name = slug(cleaned(title))
    return bool(name) and name not in _KINDS and not is_reading(title)


def is_reading(title: str) -> bool:
    """Whether a heading announces things to read."""
    return bool(_READING.fullmatch(slug(cleaned(title))))


def topic(headings: tuple[str, ...]) -> str:
    """The nearest heading that says what this is about; "" if none does."""
    return next((cleaned(title) for title in reversed(headings) if is_telling(title)), "")


def heading_tags(headings: tuple[str, ...]) -> tuple[str, ...]:
    """The headings as tags."""
    return tuple(dict.fromkeys(slug(cleaned(title)) for title in headings if is_telling(title)))


def file_deck(stem: str) -> str:
    """The deck that a file's notes belong to unless they say more."""
    name = slug(stem) or "notes"
    return f"{name}-notes" if name in _NOT_DECKS else name


def deck_name(stem: str, headings: tuple[str, ...]) -> str:
    """The deck of a row: the file's, and below it that of the nearest heading that tells something."""
    above, below = file_deck(stem), slug(topic(headings))
    return f"{above}/{below}" if below and below != above else above


def named_deck(name: str) -> str:
    """A deck as a row names it: with `/` or Anki's `::` between the parts; "" if nothing is left of it."""
    parts = [part for piece in re.split(r"::|/", name) if (part := _part(piece))]
    if parts and parts[0].casefold() in _NOT_DECKS:
        parts[0] += "-notes"
    return "/".join(parts)


def _part(piece: str) -> str:
    """A part of a deck's name as it can stay, else as a name can be made of it."""
    piece = normalize("NFC", piece.strip())
    return piece if is_name(piece) else slug(piece)
