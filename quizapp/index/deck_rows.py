"""A deck's file as rows of the index; many of them read in a second process."""

import json
import os
import pickle
import re
import signal
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, NamedTuple

from quizapp.decks.folding import folded
from quizapp.decks.note import Kind, Note
from quizapp.index.changes import DeckChange
from quizapp.problem import Problem

WORTH_A_PROCESS = 200  # decks

_MARKER = re.compile(r"\{\{c\d+::")


class DeckRows(NamedTuple):
    """What the index keeps of a deck: of each note its columns from `claim` on, and words and tags to find it by."""

    name: str
    header: str
    whole: bool
    problems: str
    notes: Sequence[tuple[Any, ...]]
    texts: Sequence[tuple[str, str]]
    tags: Sequence[frozenset[str]]


def deck_rows(change: DeckChange) -> DeckRows | None:
    """Read a deck; None for one that is to be forgotten."""
    if change.content is None:
        return None
    from quizapp.decks.reading import read_deck  # noqa: PLC0415  loads PyYAML, needed only now

    deck = read_deck(change.content, name=change.name, file=change.file)
    header = {
        "title": deck.title, "source": deck.source, "tags": deck.tags, "requires": deck.requires,
        "read": [(item.title, item.url, item.kind) for item in deck.read],
    }  # fmt: skip
    problems = json.dumps([_problem_row(problem) for problem in deck.problems])
    notes = [_note_row(note) for note in deck.notes]
    texts = [(_words(note.question), _words(" ".join(note.answer + note.choices))) for note in deck.notes]
    tags = [frozenset(map(folded, note.tags)) for note in deck.notes]
    return DeckRows(deck.name, json.dumps(header), deck.whole, problems, notes, texts, tags)


def _note_row(note: Note) -> tuple[Any, ...]:
    derived = note.derived
    claim = note.declared or derived
    return (claim, claim, derived, note.hash, note.line, note.column, _encode(note))


def _words(text: str) -> str:
    """Cloze markers are not words of the text."""
    return _MARKER.sub(" ", text) if "{{" in text else text


def _problem_row(problem: Problem) -> tuple[Any, ...]:
    return (problem.file, problem.line, problem.column, problem.code, problem.message, problem.severity)


def _encode(note: Note) -> str:
    """A note as the index keeps it."""
    fields = (
        note.kind, note.declared, note.question, note.answer, note.choices, note.accept,
        note.hint, note.extra, note.source, note.tags, note.added, note.allow,
    )  # fmt: skip
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def decode(body: str, line: int, column: int) -> Note:
    """A note from what the index keeps of it."""
    kind, declared, question, answer, choices, accept, *rest = json.loads(body)
    hint, extra, source, tags, added, allow = rest
    return Note(
        Kind(kind), declared, question, tuple(answer), tuple(choices), tuple(accept),
        hint, extra, source, tuple(tags), added, line, column, tuple(allow),
    )  # fmt: skip


@contextmanager
def reading(changes: Sequence[DeckChange]) -> Iterator[Iterator[DeckRows | None]]:
    """The rows of each changed deck; of many decks in a second process, while this one does something else."""
    alone = len(changes) < WORTH_A_PROCESS or (os.cpu_count() or 1) < 2 or threading.active_count() > 1
    if alone:
        yield map(deck_rows, changes)
        return
    with tempfile.TemporaryFile() as file:
        child = os.fork()
        if child == 0:
            _read_into(file, changes)
        try:
            yield _rows_from(file, child, changes)
        finally:
            _end(child)


def _read_into(file: IO[bytes], changes: Sequence[DeckChange]) -> None:
    """The second process: write the rows of every deck, and leave without touching anything else."""
    code = 1
    try:
        for change in changes:
            pickle.dump(deck_rows(change), file)
        file.flush()
        code = 0
    finally:
        os._exit(code)


def _rows_from(file: IO[bytes], child: int, changes: Sequence[DeckChange]) -> Iterator[DeckRows | None]:
    """Wait for the second process; if it failed, read the decks here."""
    _, status = os.waitpid(child, 0)
    if status:
        yield from map(deck_rows, changes)
        return
    file.seek(0)
    for _ in changes:
        yield pickle.load(file)  # noqa: S301  written by this program, in a file without a name


def _end(child: int) -> None:
    """See to it that the second process is gone, whatever happened here."""
    try:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    except (ProcessLookupError, ChildProcessError):
        pass  # it was waited for
