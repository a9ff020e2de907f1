"""Packages as Anki takes them: every note and card, once and again."""

import pytest

from quizapp import Rating
from quizapp.decks.note import Kind
from quizapp.formats.anki import outgoing_tables
from quizapp.formats.anki.fields import anki_note
from quizapp.formats.anki.note_types import NOTE_TYPES
from tests.formats.anki.at_anki import Counts
from tests.formats.anki.conftest import PIXEL

DECKS = {
    "maths/algebra.yaml": """\
title: Algebra
tags: [maths, linear algebra]
cards:
  - {q: What is a **tensor**?, a: "An array: $a_{ij}$.", id: tensor, hint: arrays, extra: so, source: "https://x.org/a"}
  - {term: Mass, means: "Resistance, ![atom](media/atom.png)", id: mass, tags: [physics, maths::deep]}
  - {cloze: "A {{c2::vector}} has {{c1::one::how many}} {{c2::index}}.", id: vector}
""",
    "maths/deep/sets.yaml": """\
cards:
  - {q: Which is empty?, choices: [the null set, the reals], a: the null set, id: empty}
  - {q: Type the union!, a: a | b, type: true, accept: [b | a], id: union}
  - {q: How to count?, steps: [begin at one, add one, stop at the end, "*tell*"], id: counting}
""",
    "physics.yaml": """\
cards:
  - {q: No id of its own?, a: "No, and <b>no</b> bold & all"}
  - {q: What is a force?, a: A push or a pull., id: force}
""",
}
DECK_NAMES = {"Default", "maths", "maths::algebra", "maths::deep", "maths::deep::sets", "physics"}


@pytest.fixture
def studies(opened):
    """A collection with notes of all kinds, an image, and decks in folders."""
    return opened(DECKS, media=["atom.png"])


def rewrite(collection, file, before, after):
    path = collection.root / file
    text = path.read_text()
    assert text.count(before) == 1
    path.write_text(text.replace(before, after))


def compare(anki, collection, at):
    """Hold what Anki has to the collection's notes."""
    theirs = anki.by_guid()
    col = anki.collection
    order = []
    for out in collection.outgoing_notes(None, at("2025-03-03T09:00")):
        sent = anki_note(out)
        note = theirs.pop(out.first)
        cards = {card.ord: card for card in note.cards()}

        assert note.note_type()["id"] == NOTE_TYPES[out.note.kind].id
        assert note.note_type()["name"] == f"quizapp {out.note.kind}"
        assert note.keys() == list(NOTE_TYPES[out.note.kind].fields)
        assert note["Id"] == out.id
        assert note.mod == out.modified
        assert sorted(note.tags) == sorted(tag.replace(" ", "_") for tag in out.note.tags)
        assert len(cards) == len(out.cards) > 0
        assert {col.decks.name(card.did) for card in cards.values()} == {out.deck.replace("/", "::")}
        if out.note.kind not in (Kind.CLOZE, Kind.STEPS):
            assert list(cards) == list(range(len(out.cards)))
        order += [(out.first, place) for place in sent.places]
    assert not theirs
    return order


@pytest.mark.parametrize(
    ("schedule", "wanted", "presets"),
    [
        (True, True, True),
        (True, False, True),
        (True, False, False),
        (False, True, True),
        (False, False, False),
    ],
)
def test_anki_has_the_notes_that_the_collection_has(studies, packed, at_anki, at, schedule, wanted, presets):
    anki = at_anki()
    counts = anki.take(packed(studies, schedule=schedule), schedule=wanted, presets=presets)
    order = compare(anki, studies, at)

    assert counts == Counts(new=8)
    assert {deck.name for deck in anki.collection.decks.all_names_and_ids()} == DECK_NAMES
    assert anki.new_cards() == order
    assert [guid for guid, _ in order if guid == "counting"] == ["counting"] * 4
    assert anki.rows("revlog") == []
    assert (anki.folder / "collection.media" / "atom.png").read_bytes() == PIXEL
    assert 'src="atom.png"' in anki.by_guid()["mass"]["Meaning"]


def test_steps_are_learned_one_after_the_other(studies, packed, at_anki):
    anki = at_anki()
    anki.take(packed(studies))
    places = [place for guid, place in anki.new_cards() if guid == "counting"]
    asked = [anki.card("counting", place).question() for place in places]

    assert places == sorted(places)  # for Anki sorts new cards by their templates
    assert ["begin at one" in question for question in asked] == [False, True, True, True]
    assert ["<em>tell</em>" in question for question in asked] == [True, True, True, False]


def test_the_same_package_again_changes_nothing(studies, packed, at_anki):
    anki = at_anki()
    anki.take(packed(studies, schedule=True))
    tables = {table: anki.rows(table) for table in ("notes", "cards", "revlog")}

    assert anki.take(packed(studies, schedule=True, now="2025-03-09T09:00")) == Counts(duplicate=8)
    assert {table: anki.rows(table) for table in tables} == tables


@pytest.mark.parametrize(
    ("change", "guid", "field", "said"),
    [
        (("A push or a pull.", "A push or a *pull*."), "force", "Answer", "A push or a <em>pull</em>."),
        (("id: force", "id: force, tags: [new one]"), "force", "Tags", "new_one"),
        (("id: force", "id: force, hint: an arrow"), "force", "Hint", "an arrow"),
    ],
    ids=["answer", "tag", "hint"],
)
def test_one_edit_updates_one_note_and_no_schedule(studies, packed, at_anki, change, guid, field, said):
    anki = at_anki()
    anki.take(packed(studies, schedule=True))
    anki.answer(anki.card("force"), 3)
    cards, reviews = anki.rows("cards"), anki.rows("revlog")
    untouched = {row[1]: row for row in anki.rows("notes") if row[1] != guid}
    rewrite(studies, "physics.yaml", *change)
    counts = anki.take(packed(studies, schedule=True, now="2025-03-03T09:00"))
    note = anki.by_guid()[guid]

    assert counts == Counts(updated=1, duplicate=7)
    assert said in (note.tags if field == "Tags" else note[field])
    assert (anki.rows("cards"), anki.rows("revlog")) == (cards, reviews)
    assert {row[1]: row for row in anki.rows("notes") if row[1] != guid} == untouched


def test_a_renamed_note_stays_the_note_it_is_in_anki(studies, packed, at_anki, at):
    anki = at_anki()
    (card,) = (card.id for card in studies.find("deck:physics bold", at("2025-03-01T09:00")))
    studies.answer(card, Rating.GOOD, at("2025-03-01T09:00"))
    anki.take(packed(studies))
    rewrite(studies, "physics.yaml", "No id of its own?", "No id of its very own?")

    assert anki.take(packed(studies, now="2025-03-03T09:00")) == Counts(updated=1, duplicate=7)
    assert "very own" in anki.by_guid()[card]["Question"]


def test_a_new_note_joins_the_others(studies, packed, at_anki):
    anki = at_anki()
    anki.take(packed(studies))
    rewrite(
        studies, "maths/algebra.yaml", "cards:\n", "cards:\n  - {q: Am I new?, a: yes I am, id: newest}\n"
    )

    assert anki.take(packed(studies, now="2025-03-03T09:00")) == Counts(new=1, duplicate=8)
    assert anki.collection.db.scalar("select count() from cards") == 13 + 1


def test_a_change_of_the_looks_arrives_and_leaves_the_notes_alone(studies, packed, at_anki, monkeypatch):
    anki = at_anki()
    anki.take(packed(studies))
    notes = anki.rows("notes")
    plain = outgoing_tables.model.__wrapped__

    def model(kind):
        made = plain(kind)
        made.css += "\n.new {}"
        made.templates[0]["qfmt"] += "<p>new</p>"
        return made

    monkeypatch.setattr(outgoing_tables, "model", model)
    earlier = anki.take(packed(studies))
    before = anki.note_type(NOTE_TYPES[Kind.BASIC].id)
    monkeypatch.setattr(outgoing_tables, "CHANGED", outgoing_tables.CHANGED + 1)
    later = anki.take(packed(studies))
    found = anki.note_type(NOTE_TYPES[Kind.BASIC].id)

    assert earlier == later == Counts(duplicate=8)
    assert ".new" not in before["css"]
    assert found["css"].endswith(".new {}")
    assert found["tmpls"][0]["qfmt"].endswith("<p>new</p>")
    assert anki.rows("notes") == notes


def test_decks_may_go_one_by_one(studies, packed, at_anki):
    anki = at_anki()

    assert anki.take(packed(studies, ["maths"])) == Counts(new=6)
    assert anki.take(packed(studies, ["physics"])) == Counts(new=2)
    assert anki.take(packed(studies)) == Counts(duplicate=8)
    assert {deck.name for deck in anki.collection.decks.all_names_and_ids()} == DECK_NAMES
