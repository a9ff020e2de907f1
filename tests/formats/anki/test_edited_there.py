"""Notes edited in Anki, here, or in both, and what an import makes of them."""

from datetime import datetime, timedelta

import pytest
from anki.collection import ImportCsvRequest

from quizapp import Rating
from quizapp.decks.note import Kind
from quizapp.formats.anki.container import opened as package
from quizapp.formats.anki.exporting import export
from quizapp.formats.anki.note_types import NOTE_TYPES
from quizapp.formats.anki.proposal import carry_out_package, propose_package
from tests.formats.anki.a_life import disk, log_lines, taken
from tests.formats.anki.test_round_trip import exported

NOW = "2025-03-02T10:00"
LATER = "2025-03-03T10:00"
DECK = """\
# my deck
tags: [all]

cards:
  - {q: What is a force?, a: A push, id: force}  # by hand

  - q: "What is *mass*?"
    a: |
      resistance
    id: mass
    hint: heavy
    tags: [physics]
  - {q: Which is empty?, choices: [the null set, the reals], a: the null set, id: empty}
  - q: How to count?
    steps: [begin at one, add one, stop at the end]
    id: counting
  - {cloze: "A {{c1::vector}} has {{c2::one}} index.", id: vector}
  - {term: Joule, means: a unit of work, id: joule}
  - {q: Last?, a: yes, id: last}
"""


@pytest.fixture
def home(opened):
    return opened({"a.yaml": DECK, "b.yaml": "cards: []\n"})


@pytest.fixture
def anki(home, packed, at_anki):
    """Anki with the collection's notes."""
    anki = at_anki()
    anki.take(packed(home, schedule=True, now="2025-03-01T10:00"))
    return anki


@pytest.fixture
def come(anki, home, at, tmp_path):
    """Export from Anki, and import here."""

    def come(now=NOW, way="apkg", **more):
        return taken(home, exported(anki, way, tmp_path / "home"), at(now), **more)[0]

    return come


def edit(anki, guid, **fields):
    """Edit fields of a note in Anki, or its tags."""
    note = anki.by_guid()[guid]
    for name, value in fields.items():
        if name == "tags":
            note.tags = value
        else:
            note[name] = value
    anki.collection.update_note(note)


def text(home, file="a.yaml"):
    return (home.root / file).read_text()


def rewrite(home, before, after, at, file="a.yaml", now="2025-03-01T20:00"):
    assert text(home, file).count(before) == 1
    (home.root / file).write_text(text(home, file).replace(before, after))
    home.refresh(at(now))


@pytest.mark.parametrize(
    ("guid", "there", "before", "after"),
    [
        ("force", {"Answer": "A <b>pull</b>"}, "a: A push", 'a: "A **pull**"'),
        ("force", {"Question": "What is force?"}, "q: What is a force?", 'q: "What is force?"'),
        ("force", {"Hint": "an arrow"}, "id: force", "id: force, hint: an arrow"),
        ("force", {"tags": ["all", "new"]}, "id: force", "id: force, tags: [new]"),
        ("mass", {"Hint": ""}, "    hint: heavy\n", ""),
        ("mass", {"Answer": "inertia"}, "a: |\n      resistance\n", "a: |\n      inertia\n"),
        ("mass", {"tags": ["all"]}, "    tags: [physics]\n", ""),
        ("mass", {"tags": ["all", "physics", "leech", "marked"]}, "", ""),
        ("mass", {"Source": "a book"}, "tags: [physics]\n", "tags: [physics]\n    source: a book\n"),
        ("last", {"Extra": "so"}, "id: last", "id: last, extra: so"),
    ],
)
def test_what_was_edited_there_is_all_that_changes_here(home, anki, come, guid, there, before, after):
    edit(anki, guid, **there)
    found = come()

    assert text(home) == (DECK.replace(before, after) if before else DECK)
    assert not found.notes.skipped
    written = disk(home)
    come(LATER)
    assert disk(home) == written


def replaced(anki, guid, field, before, after):
    value = anki.by_guid()[guid][field]
    assert value.count(before) == 1
    edit(anki, guid, **{field: value.replace(before, after)})


@pytest.mark.parametrize(
    ("guid", "field", "there", "here"),
    [
        ("counting", "Steps", ("add one", "add <i>one</i>"), ("add one", '"add *one*"')),
        ("empty", "Choices", ("the reals", "the integers"), ("the reals", "the integers")),
        ("vector", "Text", ("index", "number"), ("index", "number")),
    ],
)
def test_a_step_a_choice_or_a_cloze_that_was_edited_there_changes_here(
    home, anki, come, guid, field, there, here
):
    replaced(anki, guid, field, *there)
    found = come()

    assert text(home) == DECK.replace(*here)
    assert not found.notes.skipped


def test_the_memory_of_a_step_that_was_edited_there_stays(home, anki, come, at):
    step = next(card.id for card in home.find("count") if card.step == 2)
    home.answer(step, Rating.EASY, at("2025-03-01T11:00"))
    replaced(anki, "counting", "Steps", "add one", "add <i>one</i>")
    come()

    assert [home.memory(card.id) is not None for card in home.find("count")] == [False, True, False]


def test_what_was_edited_in_both_places_stays_as_it_is_here_and_is_named(home, anki, come, at):
    edit(anki, "force", Answer="A pull")
    rewrite(home, "A push", "A shove", at)
    before = disk(home)
    found = come()

    assert [one.reason for one in found.notes.skipped] == [
        'its answer has changed here and in Anki; cards/a.yaml:5 keeps yours; Anki\'s: "A pull"'
    ]
    assert disk(home) == before


def test_of_a_note_that_was_edited_in_both_places_all_comes_but_the_field_in_conflict(home, anki, come, at):
    edit(anki, "force", Answer="A pull", Question="What is force?", Hint="an arrow", tags=["all", "new"])
    rewrite(home, "a: A push, id: force", "a: A shove, id: force, extra: mine", at)
    found = come()
    mine = 'q: "What is force?", a: A shove, id: force, extra: mine, hint: an arrow, tags: [new]'

    assert text(home) == DECK.replace("q: What is a force?, a: A push, id: force", mine)
    (left,) = found.notes.left_out
    assert left.reason == (
        'its answer has changed here and in Anki; cards/a.yaml:5 keeps yours; Anki\'s: "A pull"'
    )
    written = disk(home)
    (still,) = come(LATER).notes.skipped
    assert (still.reason, disk(home)) == (left.reason, written)


def test_hint_extra_and_source_are_fields_of_their_own(home, anki, come, at):
    edit(anki, "mass", Hint="light", Source="a book")
    rewrite(home, "hint: heavy", "hint: heavier", at)
    found = come()

    assert "hint: heavier" in text(home)
    assert "source: a book" in text(home)
    assert [one.reason for one in found.notes.left_out] == [
        'its hint has changed here and in Anki; cards/a.yaml:7 keeps yours; Anki\'s: "light"'
    ]


def test_tags_of_both_places_come_together(home, anki, come, at):
    edit(anki, "mass", tags=["all", "there"])
    rewrite(home, "tags: [physics]", "tags: [physics, here]", at)
    found = come()

    assert "tags: [here, there]" in text(home)
    assert not found.notes.skipped
    assert not found.notes.left_out


def test_what_the_deck_says_of_all_its_notes_may_have_changed_here(home, anki, come, at):
    edit(anki, "force", Answer="A pull", tags=["all", "new"], Source="a book")
    rewrite(home, "tags: [all]", "tags: [every]\nsource: the deck's", at)
    found = come()

    assert "{q: What is a force?, a: A pull, id: force, tags: [new], source: a book}" in text(home).replace(
        "source: a book, tags: [new]", "tags: [new], source: a book"
    )
    assert not found.notes.skipped
    assert not found.notes.left_out


def test_a_second_edit_of_the_same_field_in_anki_follows_the_first(home, anki, come):
    edit(anki, "force", Answer="A pull", Hint="an arrow")
    come()
    edit(anki, "force", Answer="Mass times acceleration", Hint="an arrow, too")
    found = come(LATER)

    after = "a: Mass times acceleration, id: force, hint: an arrow, too"
    assert text(home).replace('"', "") == DECK.replace("a: A push, id: force", after).replace('"', "")
    assert not found.notes.skipped
    assert not found.notes.left_out


def test_what_was_taken_back_here_does_not_come_again_with_another_edit(home, anki, come, at):
    edit(anki, "force", Answer="A pull")
    come()
    rewrite(home, "A pull", "A push", at, now="2025-03-02T12:00")
    edit(anki, "force", Question="What is force?")
    come(LATER)

    assert text(home) == DECK.replace("q: What is a force?", 'q: "What is force?"')


@pytest.mark.parametrize("deck", ["", "b", "elsewhere"])
def test_a_note_that_stands_in_a_deck_of_another_head_is_taken_as_it_is_said_there(
    home, anki, at, tmp_path, deck
):
    force = "  - {q: What is a force?, a: A push, id: force}  # by hand\n"
    rewrite(home, force, "", at)
    (home.root / "b.yaml").write_text(f"tags: [others]\nsource: a book\ncards:\n{force}")
    home.refresh(at("2025-03-01T21:00"))
    edit(anki, "force", Answer="A pull", tags=["all", "new", "others"])
    before = text(home)
    found, _ = taken(home, exported(anki, "colpkg", tmp_path / "home"), at(NOW), deck)

    assert not found.notes.skipped
    assert text(home) == before
    assert "{q: What is a force?, a: A pull, id: force, tags: [new]}" in text(home, "b.yaml")


def test_what_is_untouched_here_has_not_changed_here_whatever_deck_is_named(
    opened, packed, at_anki, at, tmp_path
):
    home = opened({"a.yaml": "tags: [all]\nsource: a book\ncards:\n  - {q: Why?, a: so, id: why}\n"})
    anki = at_anki()
    anki.take(packed(home))
    edit(anki, "why", Answer="thus", Hint="think")
    other = opened({})
    package = exported(anki, "colpkg", tmp_path / "home")
    for collection in (home, other):
        taken(collection, package, at(NOW), "" if collection is home else "x")
        edit(anki, "why", Hint="think again")
        again = exported(anki, "colpkg", tmp_path / "again")
        found, _ = taken(collection, again, at(LATER), "all/in one")
        assert not found.notes.skipped
        assert not found.notes.left_out
        assert collection.find("Why")[0].answer == "thus"
        assert {path.name for path in collection.root.glob("*.yaml")} <= {"a.yaml", "x.yaml"}


def test_other_fields_that_were_edited_here_stay(home, anki, come, at):
    edit(anki, "force", Answer="A pull")
    rewrite(home, "A push, id", "A push, hint: an arrow, id", at)
    come()

    assert text(home) == DECK.replace("a: A push, id", "a: A pull, hint: an arrow, id")


def test_a_note_deleted_here_stays_deleted_and_is_named(home, anki, come, at):
    home.answer("last", Rating.GOOD, at("2025-03-01T11:00"))
    rewrite(home, "  - {q: Last?, a: yes, id: last}\n", "", at)
    before = disk(home)
    found = come()

    assert [one.reason for one in found.notes.skipped] == ["you have deleted its card; it stays deleted"]
    assert disk(home) == before


def test_a_note_added_in_anki_with_our_type_joins_the_deck(home, anki, come):
    col = anki.collection
    note = col.new_note(col.models.by_name("quizapp basic"))
    note["Question"], note["Answer"] = "Added <b>there</b>?", "yes &amp; no"
    note.tags = ["all", "there"]
    col.add_note(note, col.decks.id_for_name("a"))
    found = come()

    added = text(home).removeprefix(DECK)
    assert text(home).startswith(DECK)
    assert "  - q: Added **there**?\n    a: yes & no\n    tags: [there]\n    id: " in added
    assert not found.notes.skipped
    before = disk(home)
    come(LATER)
    assert disk(home) == before


def test_a_note_added_there_that_has_come_follows_later_edits(home, anki, come):
    col = anki.collection
    note = col.new_note(col.models.by_name(NOTE_TYPES[Kind.TERM].name))
    note["Term"], note["Meaning"] = "alpha", "first"
    col.add_note(note, col.decks.id("b"))
    come()
    edit(anki, note.guid, Meaning="the first letter")
    come(LATER)

    assert "means: the first letter" in text(home, "b.yaml")
    assert text(home, "b.yaml").count("term:") == 1


def test_a_card_moved_to_another_deck_in_anki_stays_where_it_is_here(home, anki, come):
    col = anki.collection
    col.set_deck([anki.card("force").id], col.decks.id("b"))
    before = disk(home)
    found = come()

    assert disk(home) == before
    assert not found.notes.skipped


@pytest.mark.parametrize(
    "change",
    [("id: force", "id: power"), ("What is a force?", "What would a force be?")],
    ids=["id", "question"],
)
def test_a_note_renamed_here_since_is_known_again(home, anki, come, at, change):
    home.answer("force", Rating.GOOD, at("2025-03-01T11:00"))
    rewrite(home, *change, at)
    anki.answer(anki.card("force"), 3)
    before = text(home)
    found = come("2026-12-24T10:00")

    assert text(home) == before
    assert not found.notes.skipped
    card = "power" if "power" in before else "force"
    assert home.memory(card).reps == 2


def test_a_renamed_note_edited_there_is_edited_here(home, anki, come, at):
    home.answer("force", Rating.GOOD, at("2025-03-01T11:00"))
    rewrite(home, "id: force", "id: power", at)
    edit(anki, "force", Answer="A pull")
    come()

    assert text(home) == DECK.replace("id: force", "id: power").replace("A push", "A pull")


@pytest.mark.long
@pytest.mark.parametrize("way", ["legacy apkg", "colpkg", "legacy colpkg"])
def test_an_edit_comes_home_in_every_format(home, anki, come, way):
    edit(anki, "force", Answer="A pull")
    come(way=way)

    assert text(home) == DECK.replace("A push", "A pull")


def test_suspending_flagging_and_setting_a_day_there_is_so_here(home, anki, come, at):
    for card in ("force", "mass", "last"):
        home.answer(card, Rating.EASY, at("2025-03-01T11:00"))
    col = anki.collection
    col.sched.suspend_cards([anki.card("empty").id])
    col.set_user_flag_for_cards(4, [anki.card("vector", 1).id])
    come()

    assert home.row("empty").suspended
    assert home.row("vector.2").marked
    count = len(log_lines(home))
    come(LATER)
    assert len(log_lines(home)) == count


def test_text_after_a_package_leaves_its_notes_alone_and_brings_steps_once_more(home, anki, at, tmp_path):
    path = tmp_path / "decks.txt"
    before = {guid: note.fields for guid, note in anki.by_guid().items()}
    export(home, None, path, now=at(NOW))
    metadata = anki.collection.get_csv_metadata(path=str(path), delimiter=None)
    log = anki.collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log
    after = {guid: note.fields for guid, note in anki.by_guid().items()}

    assert (len(log.new), len(log.conflicting), len(log.updated)) == (3, 6, 0)
    assert {guid: after[guid] for guid in before} == before
    assert {guid.partition(".")[0] for guid in after.keys() - before} == {"counting"}


def test_reviews_of_a_note_that_was_edited_in_both_places_come_home(home, anki, at, tmp_path):
    rewrite(home, "A push", "A shove", at)
    edit(anki, "force", Answer="A pull")
    anki.answer(anki.card("force"), 3)
    now = datetime.now().astimezone()
    found, reviews = taken(home, exported(anki, "apkg", tmp_path / "home"), now)

    assert [one.reason for one in found.notes.skipped] == [
        'its answer has changed here and in Anki; cards/a.yaml:5 keeps yours; Anki\'s: "A pull"'
    ]
    assert reviews == 1
    assert home.memory("force").reps == 1


@pytest.mark.parametrize(("days", "is_buried"), [(0, True), (1, False)], ids=["that day", "a day later"])
def test_a_card_buried_there_is_so_here_for_that_day(home, anki, tmp_path, days, is_buried):
    anki.collection.sched.bury_cards([anki.card("force").id])
    now = datetime.now().astimezone() + timedelta(days=days)
    taken(home, exported(anki, "apkg", tmp_path / "home"), now)

    assert (home.row("force").buried > home.today(now).toordinal()) is is_buried


def test_a_tag_of_ours_that_is_ankis_mark_marks_nothing(opened, packed, at_anki, tmp_path):
    cards = "cards:\n- {q: 'One?', a: x, id: one, tags: [Marked]}\n- {q: 'Two?', a: x, id: two}\n"
    home, anki = opened({"a.yaml": cards}), at_anki()
    anki.take(packed(home))
    note = anki.by_guid()["two"]
    note.tags = ["marked"]
    anki.collection.update_note(note)
    taken(home, exported(anki, "apkg", tmp_path / "home"), datetime.now().astimezone())

    assert [home.row(card).marked for card in ("one", "two")] == [False, True]
    assert "tags: [Marked]" in text(home)


def grow(anki, kind, template="", field=""):
    """Add to one of our note types in Anki."""
    models = anki.collection.models
    model = models.get(NOTE_TYPES[kind].id)
    if field:
        models.add_field(model, models.new_field(field))
    if template:
        models.add_template(
            model, models.new_template(template) | {"qfmt": "{{Answer}}", "afmt": "{{Question}}"}
        )
    models.update_dict(model)


def test_what_was_added_to_our_note_types_there_is_named_and_left_out(home, anki, tmp_path):
    grow(anki, Kind.BASIC, "Reverse", "Mine")
    grow(anki, Kind.CLOZE, field="Unused")
    edit(anki, "force", Mine="a word", Answer="A pull")
    anki.answer(anki.card("force", 1), 3)
    found, reviews = taken(home, exported(anki, "apkg", tmp_path / "home"), datetime.now().astimezone())

    (remark,) = found.remarks
    assert remark.startswith('Anki has more in the note type "quizapp basic", which is left out:')
    assert remark.endswith(': the template "Reverse" (3 cards, 1 review), the field "Mine" (1 note)')
    assert (text(home), reviews) == (DECK.replace("A push", "A pull"), 0)


@pytest.mark.parametrize("added", [{"template": "Reverse"}, {"field": "Mine"}], ids=str)
def test_anki_calls_notes_of_a_type_that_it_added_to_conflicting(home, anki, packed, at, added):
    grow(anki, Kind.BASIC, **added)
    rewrite(home, "A push", "A shove", at)
    log = anki.take(packed(home, schedule=True, now=LATER))

    assert log.conflicting == 3
    assert anki.by_guid()["force"]["Answer"] == "A push"


def copied(anki, guid, **fields):
    """Copy a note in Anki, as its "Create copy" does, and edit the copy."""
    first = anki.by_guid()[guid]
    copy = anki.collection.new_note(first.note_type())
    copy.fields, copy.tags = list(first.fields), list(first.tags)
    for name, value in fields.items():
        copy[name] = value
    anki.collection.add_note(copy, anki.collection.decks.id_for_name("a"))
    return copy


@pytest.mark.parametrize("is_alone", [False, True], ids=["beside the first", "without the first"])
def test_a_copy_that_was_edited_comes_as_a_note_of_its_own_with_its_past(home, anki, tmp_path, is_alone):
    copy = copied(anki, "force", Question="What else is a force?")
    anki.answer(copy.cards()[0], 3)
    anki.collection.set_user_flag_for_cards(4, [copy.cards()[0].id])
    if is_alone:
        anki.collection.remove_notes([anki.by_guid()["force"].id])
    now = datetime.now().astimezone()
    package = exported(anki, "apkg", tmp_path / "home")
    found, reviews = taken(home, package, now)
    (card,) = home.find("else")

    assert text(home).startswith(DECK)
    assert "  - q: What else is a force?\n    a: A push\n    id: " in text(home).removeprefix(DECK)
    assert (found.notes.skipped, reviews) == ([], 1)
    assert (home.memory(card.id).reps, home.row(card.id).marked) == (1, True)
    assert (home.memory("force"), home.row("force").marked) == (None, False)
    before = disk(home)
    assert taken(home, package, now + timedelta(minutes=1))[1] == 0
    assert disk(home) == before


def test_a_copy_of_steps_and_choices_has_cards_of_its_own(home, anki, come):
    for guid in ("counting", "empty", "vector", "joule"):
        field = "Text" if guid == "vector" else "Term" if guid == "joule" else "Question"
        copied(anki, guid, **{field: f"New: {anki.by_guid()[guid][field]}"})
    found = come()
    written = disk(home)
    come(LATER)

    assert found.notes.skipped == []
    assert text(home).startswith(DECK)
    assert text(home).removeprefix(DECK).count("New: ") == 4
    assert text(home).count("choices: [the null set, the reals]") == 2
    assert [card.step for card in home.find("New count")] == [1, 2, 3]
    assert disk(home) == written


def test_a_copy_that_was_edited_once_more_follows(home, anki, come):
    copy = copied(anki, "force", Question="What else is a force?")
    come()
    edit(anki, copy.guid, Answer="A pull")
    come(LATER)

    assert text(home).startswith(DECK)
    assert text(home).removeprefix(DECK).count("a: A pull") == 1


def test_a_copy_that_still_says_the_same_is_named_and_touches_nothing(home, anki, tmp_path):
    copy = copied(anki, "force", Hint="another")
    anki.answer(copy.cards()[0], 3)
    now = datetime.now().astimezone()
    before = disk(home)
    found, reviews = taken(home, exported(anki, "apkg", tmp_path / "home"), now)

    (reason,) = [one.reason for one in found.notes.skipped]
    assert reason.startswith("it is a copy that asks and answers the same as cards/a.yaml:5; ")
    assert reviews == 0
    assert disk(home) == before


def test_a_copy_that_says_what_the_first_one_said_comes_when_that_is_edited(home, anki, come):
    copied(anki, "force")
    edit(anki, "force", Answer="A pull")
    found = come()
    before = disk(home)
    come(LATER)

    assert found.notes.skipped == []
    assert text(home).startswith(DECK.replace("A push", "A pull"))
    assert text(home).count("a: A push") == 1
    assert disk(home) == before


def test_a_note_that_went_out_under_its_first_name_is_no_copy(home, packed, at_anki, opened, at, tmp_path):
    home.answer("force", Rating.GOOD, at("2025-03-01T11:00"))
    rewrite(home, "id: force", "id: power", at)
    anki = at_anki()
    anki.take(packed(home, schedule=True))
    edit(anki, "force", Answer="A pull")
    package = exported(anki, "apkg", tmp_path / "home")
    taken(home, package, at(LATER))
    other = opened({})
    taken(other, package, at(LATER))

    assert text(home) == DECK.replace("id: force", "id: power").replace("A push", "A pull")
    assert other.memory("power").reps == 1


def test_two_notes_that_are_one_by_now_change_it_once(home, anki, come, at):
    for card in ("force", "last"):
        home.answer(card, Rating.GOOD, at("2025-03-01T11:00"))
    rewrite(home, "  - {q: Last?, a: yes, id: last}\n", "", at)
    home.relink("last", "force", at("2025-03-01T21:00"))
    for guid in ("force", "last"):
        edit(anki, guid, Hint=f"of {guid}")
    found = come()

    assert [one.reason for one in found.notes.skipped] == ["note 1 of the package changes the same card"]
    assert text(home).count("hint: of force") == 1


def test_a_card_that_cannot_be_read_counts_as_no_deleted_one(home, come, at):
    home.answer("last", Rating.GOOD, at("2025-03-01T11:00"))
    rewrite(home, "id: last}", "id: last", at)
    found = come()
    assert [one.reason for one in found.notes.skipped] == [
        "its card may be among those that can't be read; `quizapp check` says where"
    ]
    assert text(home).count("id: last") == 1

    (home.root / "a.yaml").write_text(DECK)
    assert not come(LATER).notes.skipped


@pytest.mark.parametrize(
    ("last", "why"),
    [
        ("{q: Last?, a: yes, id: last", "its card may be among those that can't be read"),
        ("{q: Last?, id: last}", "its card may be among those that can't be read"),
        ("{q: Other?, a: yes, id: other", "cards/a.yaml: its last card can't be read (line 19: "),
    ],
    ids=["no deck", "no card", "another"],
)
def test_a_card_that_cannot_be_read_and_is_not_in_the_log_keeps_no_other_from_coming(
    opened, packed, at_anki, at, tmp_path, last, why
):
    anki = at_anki()
    anki.take(packed(opened({"a.yaml": DECK, "b.yaml": "cards:\n  - {q: New?, a: yes, id: new}\n"})))
    edit(anki, "force", Answer="A pull")
    anki.answer(anki.card("mass"), 3)
    package = exported(anki, "apkg", tmp_path / "home")
    torn = DECK.replace("{q: Last?, a: yes, id: last}", last)
    home = opened({"a.yaml": torn})
    now = datetime.now().astimezone()
    found, reviews = taken(home, package, now)

    (skipped,) = found.notes.skipped
    assert skipped.reason.startswith(why)
    assert text(home) == torn.replace("A push", "A pull")
    assert home.find("New")
    assert (reviews, home.memory("mass").reps) == (1, 1)

    rewrite(home, last, "{q: Last?, a: yes, id: last}", at)
    assert taken(home, package, now)[0].notes.skipped == []
    assert text(home).count("id: last") == 1


def test_settings_that_change_amid_an_import_end_nothing(home, anki, at, tmp_path):
    edit(anki, "force", Hint="an arrow")
    with package(exported(anki, "apkg", tmp_path / "home")) as contents:
        found = propose_package(home, tmp_path / "x.apkg", contents, now=at(NOW))
        (home.root / "quizapp.toml").write_text("[fsrs]\nretention = 0.8\n")
        carry_out_package(home, found, at(NOW))

    assert "hint: an arrow" in text(home)
    assert [line["from"] for line in log_lines(home) if "from" in line] == ["x.apkg"]
