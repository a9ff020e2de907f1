"""Notes of ours whose type was changed in Anki, or that went there as text, are still the same notes."""

import pytest
from anki.collection import ImportCsvRequest

from quizapp.formats.anki.exporting import export
from tests.formats.anki.a_life import disk
from tests.formats.anki.test_added_there import AGAIN, BEFORE
from tests.formats.anki.test_edited_there import edit

DECK = """\
source: a book
tags: [all]
cards:
  - {q: "What is a *force*, $x^2$?", a: "A push: `f(x)`", id: force, hint: arrow, extra: so, tags: [two words]}
  - {q: Type!, a: typed, type: true, accept: [writ], id: typed}
  - {cloze: "A {{c1::vector}} has {{c2::*one*}} index, $x_1$.", id: vector, extra: so}
  - {term: Joule, means: a *unit* of work, id: joule, hint: heat}
  - {q: Which?, choices: [this, that], a: this, id: which}
  - {q: How to count?, steps: [begin, go on, stop], id: counting}
"""
TYPES = {
    "force": "Basic",
    "typed": "Basic (type in the answer)",
    "vector": "Cloze",
    "joule": "Basic (and reversed card)",
}


@pytest.fixture
def home(opened):
    return opened({"a.yaml": DECK})


def retype(anki, guid, kind):
    """Change a note's type, as Anki's browser does."""
    models, note = anki.collection.models, anki.by_guid()[guid]
    old, new = models.get(note.mid), models.by_name(kind)
    request = models.change_notetype_info(old_notetype_id=old["id"], new_notetype_id=new["id"]).input
    request.note_ids.extend([note.id])
    models.change_notetype_of_notes(request)


def reasons(found):
    return [one.reason for one in found.notes.skipped]


@pytest.mark.parametrize("guid", TYPES)
def test_a_note_whose_type_was_changed_is_the_same_note(home, anki, come, now, guid):
    retype(anki, guid, TYPES[guid])
    anki.answer(anki.card(guid), AGAIN)
    found, reviews = come(home, anki, now)

    assert reasons(found) == []
    assert (home.root / "a.yaml").read_text() == DECK
    assert (reviews, home.memory(guid).reps) == (1, 1)
    before = disk(home)
    come(home, anki, now + BEFORE)
    assert disk(home) == before


@pytest.mark.parametrize(
    ("guid", "field", "here"),
    [
        ("force", "Back", ("A push: `f(x)`", "new")),
        ("typed", "Back", ("a: typed", "a: new")),
        ("vector", "Text", ("A {{c1::vector}} has {{c2::*one*}} index, $x_1$.", "{{c1::new}}")),
        ("joule", "Front", ("Joule", "new")),
    ],
)
def test_what_was_edited_then_is_edited_here(home, anki, come, now, guid, field, here):
    retype(anki, guid, TYPES[guid])
    edit(anki, guid, **{field: "{{c1::new}}" if field == "Text" else "new"})
    found, _ = come(home, anki, now)

    assert reasons(found) == []
    assert [line.replace('"', "") for line in (home.root / "a.yaml").read_text().splitlines()] == [
        line.replace('"', "") for line in DECK.replace(*here).splitlines()
    ]
    before = disk(home)
    come(home, anki, now + BEFORE)
    assert disk(home) == before


def test_a_basic_note_that_was_reversed_becomes_a_term(home, anki, come, now):
    retype(anki, "force", "Basic (and reversed card)")
    edit(anki, "force", Front="Force", Back="A pull")
    anki.answer(anki.card("force"), AGAIN)
    anki.answer(anki.card("force", 1), AGAIN)
    found, reviews = come(home, anki, now)
    (line,) = [line for line in (home.root / "a.yaml").read_text().splitlines() if "Force" in line]

    assert reasons(found) == []
    assert "term: Force" in line
    assert "means: A pull" in line
    assert "hint: arrow" in line
    assert reviews == 2
    assert (home.memory("force").reps, home.memory("force.r").reps) == (1, 1)


@pytest.mark.parametrize(("guid", "kind"), [("which", "Basic"), ("joule", "Basic"), ("counting", "Cloze")])
def test_a_note_that_can_not_be_brought_together_is_named_and_its_reviews_come(
    home, anki, come, now, guid, kind
):
    retype(anki, guid, kind)
    note = anki.by_guid()[guid]
    edit(anki, guid, **{note.keys()[0]: "{{c1::new}}"})
    anki.answer(anki.card(guid), AGAIN) if guid != "counting" else None
    found, reviews = come(home, anki, now)

    (reason,) = reasons(found)
    assert reason.startswith("it has another note type in Anki than here; the card in cards/a.yaml:")
    assert (home.root / "a.yaml").read_text() == DECK
    assert reviews == (guid != "counting")
    assert home.problems == []


def test_what_was_edited_here_since_stays(home, anki, come, now):
    path = home.root / "a.yaml"
    path.write_text(DECK.replace("A push", "A shove"))
    home.refresh(now - BEFORE)
    retype(anki, "force", "Basic")
    edit(anki, "force", Back="A pull")
    before = path.read_text()
    found, _ = come(home, anki, now)

    (reason,) = reasons(found)
    assert reason.startswith("its answer has changed here and in Anki; cards/a.yaml:")
    assert path.read_text() == before


def test_a_note_that_was_deleted_here_stays_deleted(home, anki, come, now):
    path = home.root / "a.yaml"
    path.write_text("".join(line for line in DECK.splitlines(keepends=True) if "force" not in line))
    home.refresh(now - BEFORE)
    retype(anki, "force", "Basic")
    found, _ = come(home, anki, now)

    assert reasons(found) == ["you have deleted its card; it stays deleted"]
    assert not home.find("force")


def test_what_went_to_anki_as_text_comes_back_as_the_same_notes(home, at_anki, come, now, tmp_path):
    path = tmp_path / "decks.txt"
    whole = DECK[: DECK.index("  - {q: How to count")]
    (home.root / "a.yaml").write_text(whole)
    home.refresh(now - BEFORE)
    export(home, None, path, now=now - BEFORE)
    anki = at_anki()
    metadata = anki.collection.get_csv_metadata(path=str(path), delimiter=None)
    anki.collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata))
    found, _ = come(home, anki, now)

    assert len(reasons(found)) == 1  # choices
    assert (home.root / "a.yaml").read_text() == whole
    edit(anki, "force", Back=anki.by_guid()["force"]["Back"].replace("push", "pull"))
    found, _ = come(home, anki, now + BEFORE)
    assert len(reasons(found)) == 2
    assert (home.root / "a.yaml").read_text() == whole


def test_no_card_of_a_refused_note_comes_as_one_of_its_own(home, anki, come, now):
    models = anki.collection.models
    kind = models.new("Odd")
    for field in ("Term", "Meaning"):
        models.add_field(kind, models.new_field(field))
    for name, front, back in (("1", "{{Term}}", "{{Meaning}}"), ("2", "Odd: {{Meaning}}", "{{Term}}!")):
        template = models.new_template(name)
        template["qfmt"], template["afmt"] = front, back
        models.add_template(kind, template)
    models.add(kind)
    retype(anki, "joule", "Odd")
    anki.answer(anki.card("joule", 1), AGAIN)
    found, reviews = come(home, anki, now)

    assert len(reasons(found)) == 2
    assert (home.root / "a.yaml").read_text() == DECK
    assert (reviews, home.memory("joule")) == (0, None)


def test_a_card_that_is_not_here_has_no_reviews(home, anki, come, now):
    path = home.root / "a.yaml"
    path.write_text(DECK.replace("A push", "A shove"))
    home.refresh(now - BEFORE)
    retype(anki, "force", "Basic (and reversed card)")
    anki.answer(anki.card("force"), AGAIN)
    anki.answer(anki.card("force", 1), AGAIN)
    found, reviews = come(home, anki, now)

    assert len(reasons(found)) == 1
    assert reviews == home.memory("force").reps == 1
