"""One side of the measurement of packages, in a process of its own: python package_sides.py SIDE NOTES PACKAGE.

Prints the seconds that writing took, by the clock and at work, without starting, importing and reading the notes.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from package_notes import Apart, decks_of, moment

from quizapp.decks.note import Kind
from quizapp.formats.anki.deck_text import anki_name
from quizapp.formats.anki.note_types import NOTE_TYPES, model

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.models import NotetypeDict

_TOGETHER = 1000  # notes that Anki is given at once


def ours(path: Path, package: Path) -> tuple[float, float]:
    """Written by quizapp."""
    import genanki  # noqa: F401  what it takes to import is nobody's work

    from quizapp.formats.anki.package import write_package

    decks, notes = decks_of(path), Apart(path)
    started = moment()
    write_package(package, decks, notes, path.parent)
    return notes.since(started)


def genanki(path: Path, package: Path) -> tuple[float, float]:
    """Written by genanki, as its README tells, but into one deck.

    For each deck it reads and writes again what it said of all the others: a thousand of them would take the most of
    its time.
    """
    from genanki import Deck, Note, Package

    notes, deck = Apart(path), Deck(1_000_000_000_000, "All")
    models = {kind: model(kind) for kind in Kind}
    started = moment()
    for note in notes:
        deck.add_note(Note(models[note.kind], list(note.fields), tags=list(note.tags), guid=note.guid))
    Package(deck).write_to_file(package)
    return notes.since(started)


def anki(path: Path, package: Path, *, legacy: bool = False) -> tuple[float, float]:
    """Added to a collection of Anki's and exported from it."""
    from anki.collection import AddNoteRequest, Collection, ExportAnkiPackageOptions
    from anki.decks import DeckId

    with TemporaryDirectory(dir=package.parent) as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        types = {kind: _note_type(collection, kind) for kind in Kind}
        decks, notes, requests = decks_of(path), Apart(path), []
        started = moment()
        ids = {deck.name: DeckId(collection.decks.id(anki_name(deck.name)) or 0) for deck in decks}
        for note in notes:
            made = collection.new_note(types[note.kind])
            made.guid, made.fields, made.tags = note.guid, list(note.fields), list(note.tags)
            requests.append(AddNoteRequest(made, ids[note.deck]))
            if len(requests) == _TOGETHER:
                collection.add_notes(requests)
                requests.clear()
        collection.add_notes(requests)
        options = ExportAnkiPackageOptions(
            with_scheduling=False, with_deck_configs=False, with_media=True, legacy=legacy
        )
        collection.export_anki_package(out_path=str(package), options=options, limit=None)
        seconds = notes.since(started)
        collection.close()
    return seconds


def anki_legacy(path: Path, package: Path) -> tuple[float, float]:
    """As `anki`, in the format of genanki and ours."""
    return anki(path, package, legacy=True)


def _note_type(collection: "Collection", kind: Kind) -> "NotetypeDict":
    said = NOTE_TYPES[kind]
    made = collection.models.new(said.name)
    made["type"], made["css"] = int(said.cloze), ""
    for name in said.fields:
        collection.models.add_field(made, collection.models.new_field(name))
    for template in said.templates:
        one = collection.models.new_template(template.name)
        one["qfmt"], one["afmt"] = template.front, template.back
        collection.models.add_template(made, one)
    collection.models.add_dict(made)
    found = collection.models.by_name(said.name)
    if found is None:
        raise LookupError(said.name)
    return found


SIDES: Mapping[str, Callable[[Path, Path], tuple[float, float]]] = {
    "ours": ours,
    "genanki": genanki,
    "anki": anki,
    "anki_legacy": anki_legacy,
}

if __name__ == "__main__":
    side, source, target = sys.argv[1:]
    print(*SIDES[side](Path(source), Path(target)))
