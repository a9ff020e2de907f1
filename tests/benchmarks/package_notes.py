"""The notes that every side of the measurement of packages writes: as decks, and as fields with nothing left to render.

python tests/benchmarks/package_notes.py COUNT FIELDS COLLECTION
"""

import json
import pickle
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

from made_notes import MadeDeck, deck_yaml, make_decks

from quizapp.decks.note import card_ids
from quizapp.formats.anki.fields import anki_note
from quizapp.formats.anki.outgoing import AnkiNote
from quizapp.study.outgoing import OutgoingDeck, OutgoingNote

_PER_DECK = 100  # cards
_TODAY = date(2026, 11, 22)
_MODIFIED = 1_790_000_000


def moment() -> tuple[float, float]:
    """Seconds by the clock, and those that this process was at work: a busy machine lengthens the first alone."""
    return perf_counter(), process_time()


@dataclass(slots=True)
class Apart:
    """The notes of a file, read a deck at a time. `reading` are the seconds that it took: it is nobody's work."""

    path: Path
    reading: tuple[float, float] = (0.0, 0.0)

    def since(self, started: tuple[float, float]) -> tuple[float, float]:
        """Seconds since a moment, without reading."""
        now = moment()
        return now[0] - started[0] - self.reading[0], now[1] - started[1] - self.reading[1]

    def __iter__(self) -> Iterator[AnkiNote]:
        with self.path.open("rb") as file:
            while True:
                started = moment()
                batch = pickle.load(file)
                wall, work = moment()
                self.reading = self.reading[0] + wall - started[0], self.reading[1] + work - started[1]
                if not batch:
                    return
                yield from batch


def decks_of(path: Path) -> list[OutgoingDeck]:
    """The decks of these notes."""
    return [OutgoingDeck(name) for name in dict.fromkeys(note.deck for note in Apart(path))]


def make_notes(count: int, fields: Path, root: Path) -> dict[str, float]:
    """Write so many notes, in both forms: the seconds of turning their Markdown into fields, and their cards."""
    rendering, cards = 0.0, 0
    root.mkdir()
    (root / "quizapp.toml").write_text("", encoding="utf-8")
    with fields.open("wb") as file:
        for deck in _decks(count):
            path = root / f"{deck.name}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(deck_yaml(deck), encoding="utf-8")
            notes = _outgoing(deck)
            started = perf_counter()
            made = [anki_note(out) for out in notes]
            rendering += perf_counter() - started
            cards += sum(len(note.places) for note in made)
            pickle.dump(made, file)
        pickle.dump([], file)
    return {"render_seconds": round(rendering, 2), "cards": cards}


def _decks(count: int) -> Iterator[MadeDeck]:
    """Decks that have so many notes together."""
    for deck in make_decks(random.Random("packages"), 10_000_000, _PER_DECK, _TODAY):
        yield replace(deck, notes=deck.notes[:count])
        count -= len(deck.notes)
        if count <= 0:
            return


def _outgoing(deck: MadeDeck) -> list[OutgoingNote]:
    found = []
    for number, note in enumerate(deck.notes):
        name = note.declared or ""
        cards = card_ids(note, name)
        found.append(OutgoingNote(note, name, deck.name, cards, name, cards, _MODIFIED + number))
    return found


if __name__ == "__main__":
    print(json.dumps(make_notes(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))))
