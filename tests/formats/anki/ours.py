"""Notes of our own on their way to Anki: a sample of every kind, and a collection of Anki's that has them."""

from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from quizapp.decks.draft import Draft
from quizapp.decks.note import Kind, card_ids
from quizapp.formats.anki.contents import CardRow, NoteRow, NoteType
from quizapp.formats.anki.fields import anki_note
from quizapp.formats.anki.media import package_name
from quizapp.formats.anki.note_types import NOTE_TYPES
from quizapp.formats.anki.own import incoming
from quizapp.formats.anki.package import write_package
from quizapp.study.outgoing import OutgoingDeck, OutgoingNote

CODE = "```python\nx = {1: {2: 3}}  # std::x\n```"
TEXT = f"Is **$a_1 < b$** for `a::b` & <b>?\n\n{CODE}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n- two"
MORE = {
    "hint": "at the *end*",
    "extra": "see [here](https://example.org/)\n\n$$x^{2^{3}}$$",
    "source": "https://example.org/a?b=1&c=2",
    "tags": ("two words", "c::d"),
}
SAMPLES = {
    Kind.BASIC: Draft(TEXT, ("the answer\nin two lines",), **MORE),
    Kind.TERM: Draft("Term", ("its *meaning*",), Kind.TERM, **MORE),
    Kind.CLOZE: Draft(
        "A {{c1::`b`}} and {{c3::$x^{2}$::a hint}} and {{c1::*d* <b>}}.", (), Kind.CLOZE, **MORE
    ),
    Kind.CHOICES: Draft("Which?", ("*b*", "- x\n- y"), Kind.CHOICES, ("a", "*b*", "- x\n- y", "$d$"), **MORE),
    Kind.TYPED: Draft("Type it", ("`f(a * b) < c`",), Kind.TYPED, accept=("g", "`h`"), **MORE),
    Kind.STEPS: Draft(
        "How?", ("first `a::b`", CODE, "third {{c1::x}}", "first `a::b`", "fifth"), Kind.STEPS, **MORE
    ),
}


def outgoing(draft, note_id="abcdefghij", deck="maths/sets", modified=1_790_000_000, **more):
    """A note as a collection gives it out."""
    note = draft.note(note_id, more.pop("added", ""))
    ids = card_ids(note, note_id)
    return OutgoingNote(
        note, note_id, deck, ids, more.get("first", note_id), more.get("first_cards", ids), modified
    )


def named(address):
    return package_name(address) or address


def sent(draft, **more):
    """A note as it goes to Anki."""
    return anki_note(outgoing(draft, **more), image=named)


def samples():
    """A note of every kind."""
    return [sent(draft, note_id=f"{kind}note") for kind, draft in SAMPLES.items()]


def in_anki(folder, notes, decks=()):
    """A collection of Anki's with these notes."""
    col = Collection(str(Path(folder) / "collection.anki2"))
    take(col, folder, notes, decks)
    return col


def take(col, folder, notes, decks=()):
    """Import these notes; what Anki says it did."""
    package = Path(folder) / "ours.apkg"
    write_package(package, decks or [OutgoingDeck("maths/sets")], notes, Path(folder))
    request = ImportAnkiPackageRequest(
        package_path=str(package), options=ImportAnkiPackageOptions(with_scheduling=True)
    )
    return col.import_anki_package(request).log


def rows(col):
    """The notes of a collection, each with its type and its cards."""
    for note_id in sorted(col.find_notes("")):
        note = col.get_note(note_id)
        kind = note.note_type()
        yield (
            NoteRow(note.id, note.guid, note.mid, note.mod, tuple(note.tags), tuple(note.fields)),
            NoteType(
                kind["id"], kind["name"], tuple(one["name"] for one in kind["flds"]), (), bool(kind["type"])
            ),
            [_card(card.id, note.id, card.ord) for card in note.cards()],
        )


def home(note, **changed):
    """A note that went to Anki as it comes back; `changed` are fields, by their names, or `tags`."""
    kind = NOTE_TYPES[note.kind]
    fields = dict(zip(kind.fields, note.fields, strict=True)) | {
        name: value for name, value in changed.items() if name != "tags"
    }
    row = NoteRow(1, note.guid, kind.id, 1, changed.get("tags", note.tags), tuple(fields.values()))
    cards = [_card(number, 1, place) for number, place in enumerate(note.places)]
    return incoming(1, row, kind, note.deck, cards)


def _card(card_id, note_id, place):
    return CardRow(card_id, note_id, 1, place, 0, 0, 0, 0, 0, 0, 0, 0, 0, "", 0)
