"""The same cards and reviews as an Anki collection, so that the two can be measured side by side.

A term becomes a note of the type "Basic (and reversed card)", a cloze and a note with steps a "Cloze", all
others "Basic": as many cards, siblings of the same notes. Memory is computed by Anki itself, from its revlog.
"""

import hashlib
import sys
from datetime import datetime, time
from pathlib import Path

from anki.collection import AddNoteRequest, Collection
from anki.dbproxy import DBProxy
from anki.deck_config_pb2 import UpdateDeckConfigsRequest
from anki.decks import DeckId
from anki.models import NotetypeDict
from anki.notes import Note as AnkiNote
from anki_past import STARTED, Past, pasts
from grading import ANKI_DECK

from quizapp.decks.files import deck_files
from quizapp.decks.note import Kind, Note, card_ids
from quizapp.decks.reading import read_deck

_LIMIT = 9999
_NOTETYPES = dict.fromkeys(Kind, "Basic") | {
    Kind.TERM: "Basic (and reversed card)",
    Kind.CLOZE: "Cloze",
    Kind.STEPS: "Cloze",
}


def anki_collection(source: Path) -> Path:
    """The Anki collection of the cards below `source`: beside it, and built only if it isn't there yet."""
    path = source.with_name(f"{source.name}-anki") / "collection.anki2"
    stamp = path.with_name("made-from.txt")
    wanted = _fingerprint(source)
    if not path.exists() or not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        path.parent.mkdir(exist_ok=True)
        for old in path.parent.glob("collection.*"):
            if old.is_file():
                old.unlink()
        _build(source, path)
        stamp.write_text(wanted, encoding="utf-8")
    return path


def _fingerprint(source: Path) -> str:
    """Changes when a file of the collection is added, removed or changes its size."""
    sizes = [f"{path.relative_to(source)} {path.stat().st_size}" for path in sorted(source.rglob("*.*"))]
    return hashlib.sha256("\n".join(sizes).encode()).hexdigest()


def _build(source: Path, path: Path) -> None:
    collection = Collection(str(path))
    try:
        _configure(collection)
        numbers = _add_cards(collection, source)
        _write_past(collection, numbers, pasts(source))
        _compute_memory(collection)
        _database(collection).execute("vacuum")
    finally:
        collection.close()


def _configure(collection: Collection) -> None:
    """Limits out of the way, siblings buried, the days counted from a fixed date."""
    preset = collection.decks.all_config()[0]
    preset["new"] |= {"perDay": _LIMIT, "bury": True, "delays": [1, 10]}
    preset["rev"] |= {"perDay": _LIMIT, "bury": True}
    preset["lapse"] |= {"delays": [10]}
    collection.decks.update_config(preset)
    started = int(datetime.combine(STARTED, time(4)).timestamp())
    _database(collection).execute("update col set crt = ?", started)


def _add_cards(collection: Collection, source: Path) -> dict[str, int]:
    """Add every note below its deck; Anki's card number of each of our card ids."""
    ids: dict[tuple[int, int], str] = {}
    types = {kind: _notetype(collection, name) for kind, name in _NOTETYPES.items()}
    files, _ = deck_files(source)
    for name, where, _ in files:
        path = Path(where)
        deck = collection.decks.id("::".join([ANKI_DECK, *name.split("/")]))
        requests, own = [], []
        for note in read_deck(path.read_bytes(), name=name, file=path.name).notes:
            requests.append(AddNoteRequest(_anki_note(collection, types, note), DeckId(deck or 0)))
            own.append(card_ids(note, note.declared or note.derived))
        collection.add_notes(requests)
        for request, cards in zip(requests, own, strict=True):
            ids |= {(request.note.id, place): card for place, card in enumerate(cards)}
    rows = _database(collection).all("select id, nid, ord from cards")
    return {ids[note, place]: number for number, note, place in rows}


def _anki_note(collection: Collection, types: dict[Kind, NotetypeDict], note: Note) -> AnkiNote:
    made = collection.new_note(types[note.kind])
    steps = (f"{{{{c{number}::{step}}}}}" for number, step in enumerate(note.answer, 1))
    if note.kind is Kind.TERM:
        made.fields = [note.question, note.answer[0]]
    elif note.kind is Kind.CLOZE:
        made.fields = [note.question, note.extra]
    elif note.kind is Kind.STEPS:
        made.fields = ["<br>".join([note.question, *steps]), note.extra]
    else:
        made.fields = ["<br>".join([note.question, *note.choices]), "<br>".join(note.answer)]
    made.tags = list(note.tags)
    return made


def _database(collection: Collection) -> DBProxy:
    if collection.db is None:
        raise RuntimeError("the collection is closed")
    return collection.db


def _notetype(collection: Collection, name: str) -> NotetypeDict:
    found = collection.models.by_name(name)
    if found is None:
        raise LookupError(f"Anki has no note type {name!r}; it must run in English")
    return found


def _write_past(collection: Collection, numbers: dict[str, int], past: dict[str, Past]) -> None:
    cards = [[*one.state, numbers[card]] for card, one in past.items()]
    log = [[row[0], numbers[card], *row[1:]] for card, one in past.items() for row in one.rows]
    database = _database(collection)

    def write() -> None:
        columns = "type=?, queue=?, due=?, ivl=?, left=?, factor=?, reps=?, lapses=?"
        database.executemany(f"update cards set {columns} where id=?", cards)
        database.executemany("insert into revlog values (?,?,?,?,?,?,?,?,?)", log)

    database.transact(write)


def _compute_memory(collection: Collection) -> None:
    """Turn FSRS on: Anki then computes the memory of every card from the revlog."""
    deck = collection.decks.id(ANKI_DECK) or DeckId(0)
    found = collection.decks.get_deck_configs_for_update(deck)
    collection.decks.update_deck_configs(
        UpdateDeckConfigsRequest(
            target_deck_id=deck,
            configs=[entry.config for entry in found.all_config],
            limits=found.current_deck.limits,
            fsrs=True,
            new_cards_ignore_review_limit=True,
        )
    )
    database = _database(collection)
    with_memory = database.scalar("""select count() from cards where data like '%"s":%'""")
    reviewed = database.scalar("select count() from cards where reps > 0")
    if with_memory != reviewed:
        raise RuntimeError(f"Anki has memory of {with_memory} of {reviewed} reviewed cards")
    database.execute(
        "update cards set data = json_set(data, '$.lrt',"
        " (select max(id) / 1000 from revlog where cid = cards.id)) where reps > 0"
    )


if __name__ == "__main__":
    print(anki_collection(Path(sys.argv[1]).resolve()))
