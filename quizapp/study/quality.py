"""What makes cards hard to learn, over a whole collection: what their texts show, and what else must be asked.

Formulas are asked of `markup`, images of the disk, and near-duplicates of all questions together.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from quizapp.decks import cloze
from quizapp.decks.duplicates import Asked, near_duplicates
from quizapp.decks.identity import normalised
from quizapp.decks.note import Kind, Note
from quizapp.decks.quality import Complaint, complaints, images
from quizapp.garbage import collector_paused
from quizapp.index.deck_rows import decode
from quizapp.markup import formula
from quizapp.problem import Problem, Severity

Progress = Callable[[str, int, int], None]

_STEP = 1000  # notes between two reports of progress
_ROWS = "SELECT d.file, n.body, n.line, n.col FROM notes n JOIN decks d ON d.num = n.deck ORDER BY d.rank, n.position"


class Placed(NamedTuple):
    """A note and its file, named within the collection."""

    file: str
    note: Note


def quality(db: sqlite3.Connection, root: Path, progress: Progress) -> list[Problem]:
    """Warnings at cards that are hard to learn, deck by deck; what a card allows is left out."""
    with collector_paused():
        return list(_found(db, root, progress))


def _found(db: sqlite3.Connection, root: Path, progress: Progress) -> Iterator[Problem]:
    placed = [Placed(file, decode(body, line, column)) for file, body, line, column in db.execute(_ROWS)]
    media = Media(root)
    for number, (file, note) in enumerate(placed):
        if number % _STEP == 0:
            progress("cards", number, len(placed))
        for complaint in judged(note, media):
            yield _problem(file, note, complaint)
    yield from _repeated(placed, root.name, progress)


def judged(note: Note, media: "Media") -> Iterator[Complaint]:
    """What is wrong with a note by itself, but for what it allows."""
    yield from complaints(note)
    if "bad-formula" not in note.allow and (fault := _formula_fault(note)):
        yield Complaint("bad-formula", fault)
    if "dead-image" not in note.allow:
        for path in images(note):
            if fault := media.fault(path):
                yield Complaint("dead-image", fault)
                break


class Media:
    """The images of a collection; each is looked for once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._faults: dict[str, str] = {}

    def fault(self, path: str) -> str:
        """What is wrong with the path of an image, "" if nothing is."""
        if path not in self._faults:
            self._faults[path] = self._look(path)
        return self._faults[path]

    def _look(self, path: str) -> str:
        names = [os.path.normpath(name) for name in dict.fromkeys((unquote(path), path))]
        if any(name.startswith(("..", "/")) for name in names):
            return (
                f'the image "{path}" lies outside the collection; copy it into media/ and name it from there'
            )
        if any(_is_file(self._root, name) for name in names):
            return ""
        return f'there is no image "{path}" in the collection; put it there, or mend its name'


def _is_file(root: Path, name: str) -> bool:
    try:
        return (root / name).is_file()
    except (OSError, ValueError):  # a name that can be none
        return False


def _formula_fault(note: Note) -> str:
    texts = (note.question, *note.answer, *note.choices, *note.accept, note.hint, note.extra)
    for text in texts:
        if "$" in text and (fault := formula.fault(_without_markers(text, note.kind))):
            return fault
    return ""


def _without_markers(text: str, kind: Kind) -> str:
    """A formula is drawn without the markers of the deletions in it."""
    if kind is not Kind.CLOZE or "{{c" not in text:
        return text
    return "".join(cloze.parse(text).pieces)


def _repeated(placed: list[Placed], folder: str, progress: Progress) -> Iterator[Problem]:
    """Cards whose question another one asks in nearly the same words; `index/problems.py` tells of equal ones."""
    asked = [Asked(note.question, " ".join(note.answer), note.choices) for _, note in placed]
    for first, second in near_duplicates(asked, lambda done, total: progress("questions", done, total)):
        (other_file, other), (file, note) = placed[first], placed[second]
        if "near-duplicate" in (*note.allow, *other.allow):
            continue
        if normalised(note.question) != normalised(other.question):
            place = f"{folder}/{other_file}:{other.line}"
            how = "say in both what tells them apart, or drop one of the two"
            message = f"nearly the same question is asked in {place}; {how}"
            yield _problem(file, note, Complaint("near-duplicate", message))


def _problem(file: str, note: Note, complaint: Complaint) -> Problem:
    return Problem(file, note.line, note.column, complaint.code, complaint.message, Severity.WARNING)
