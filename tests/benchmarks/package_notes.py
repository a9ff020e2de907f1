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
from time import perf_counter

from made_notes import MadeDeck, deck_yaml, make_decks

from quizapp.decks.note import card_ids
from quizapp.formats.anki.fields import anki_note
from quizapp.formats.anki.outgoing import AnkiNote
from quizapp.study.outgoing import OutgoingDeck, OutgoingNote

_PER_DECK = 100  # cards
_TODAY = date(2026, 11, 22)
_MODIFIED = 1_790_000_000


@dataclass(slots=True)
class Apart:
    """The notes of a file, read a deck at a time. `seconds` is what reading took: it is nobody's work."""

    path: Path
    seconds: float = 0.0

    def __iter__(self) -> Iterator[AnkiNote]:
        with self.path.open("rb") as file:
            while True:
                started = perf_counter()
                batch = pickle.load(file)
                self.seconds += perf_counter() - started
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
