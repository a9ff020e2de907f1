"""Notes that were added in Anki, imported, and sent there again: Anki knows them as its own."""

import re
from datetime import timedelta

import pytest

from tests.formats.anki.a_life import disk, log_lines
from tests.formats.anki.test_edited_there import edit

DECK = """\
cards:
  - {q: What is a force?, a: A push, id: force}
  - {q: How to count?, steps: [begin at one, add one, stop], id: counting}
"""
BEFORE = timedelta(hours=2)  # what comes here then is older than what goes out now
ADDED = {
    "quizapp basic": ("Added there?", "yes"),
    "Basic": ("Of Anki's own type?", "certainly"),
    "Basic (and reversed card)": ("one way", "the other way"),
    "Cloze": ("{{c1::one}} and {{c2::two}}",),
}
AGAIN, _, GOOD, EASY = range(4)  # as Anki counts
ODD = "a/b=c.d~{"  # a guid as Anki gives it to nearly every note


@pytest.fixture
def home(opened):
    return opened({"a.yaml": DECK})


def add(anki, kind, *fields, guid=ODD):
    """A note that was added in Anki an hour before the package went out."""
    col = anki.collection
    note = col.new_note(col.models.by_name(kind))
    note.fields = [*fields, *[""] * (len(note.fields) - len(fields))]
    note.guid = guid
    col.add_note(note, col.decks.id("a"))
    col.db.execute("update notes set mod = mod - ? where id = ?", 2 * BEFORE.seconds, note.id)
    return anki.by_guid()[guid]


def in_anki(anki):
    """All that Anki has of notes, cards and reviews, but for the notes' texts."""
    return (
        anki.rows("notes", "id, guid, mid"),
        anki.rows("cards", "id, nid, ord, type, queue, due, ivl, reps, data"),
        anki.rows("revlog"),
    )


@pytest.mark.parametrize("kind", ADDED)
def test_a_note_that_was_added_in_anki_stays_one_and_its_reviews_come_home(home, anki, send, come, now, kind):
    note = add(anki, kind, *ADDED[kind])
    cards = note.card_ids()
    anki.answer(anki.collection.get_card(cards[0]), GOOD)
    assert come(home, anki, now - BEFORE)[1] == 1
    before = in_anki(anki)
    counts = send(home, anki, now)

    assert counts.new == 0
    assert in_anki(anki) == before
    for card in cards:
        anki.answer(anki.collection.get_card(card), AGAIN)
    found, reviews = come(home, anki, now + BEFORE)
    assert found.notes.skipped == []
    assert reviews == len(cards)
    written = disk(home)
    assert come(home, anki, now + BEFORE)[1] == 0
    assert disk(home) == written


def test_a_note_of_our_type_is_updated_in_anki_and_its_edits_come_home(home, anki, send, come, now):
    note = add(anki, "quizapp basic", "Added there?", "yes")
    come(home, anki, now - BEFORE)
    counts = send(home, anki, now)
    sent = anki.by_guid()[note.guid]
    edit(anki, note.guid, Answer="no")
    found, _ = come(home, anki, now + BEFORE)

    assert (counts.updated, counts.new) == (1, 0)
    assert sent["Id"] == home.find("Added")[0].id
    assert found.notes.skipped == []
    assert [card.answer for card in home.find("Added")] == ["no"]


def test_a_note_of_another_type_stays_as_it_is_in_anki(home, anki, send, come, now):
    note = add(anki, "Basic", "Of Anki's own type?", "certainly")
    come(home, anki, now - BEFORE)
    path = home.root / "a.yaml"
    path.write_text(path.read_text().replace("a: certainly", "a: never"))
    home.refresh(now)
    counts = send(home, anki, now)

    assert (counts.conflicting, counts.new) == (1, 0)
    assert anki.by_guid()[note.guid].fields == ["Of Anki's own type?", "certainly"]
    found, _ = come(home, anki, now + BEFORE)
    assert found.notes.skipped == []
    assert [card.answer for card in home.find("own type")] == ["never"]


def test_its_name_in_anki_stays_through_renames(home, anki, send, come, now):
    note = add(anki, "quizapp basic", "Added there?", "yes")
    anki.answer(note.cards()[0], GOOD)
    come(home, anki, now - BEFORE)
    (card,) = home.find("Added")
    path = home.root / "a.yaml"
    path.write_text(path.read_text().replace(f"id: {card.id}", "id: added"))
    home.refresh(now)
    counts = send(home, anki, now)
    anki.answer(anki.collection.get_card(note.card_ids()[0]), AGAIN)

    assert (counts.new, counts.updated) == (0, 1)
    assert anki.by_guid()[note.guid]["Id"] == "added"
    assert come(home, anki, now + BEFORE)[1] == 1
    assert home.memory("added").reps == 2


def test_a_copy_of_such_a_note_is_still_known_for_one(home, anki, send, come, now):
    add(anki, "quizapp basic", "Added there?", "yes")
    come(home, anki, now - BEFORE)
    send(home, anki, now)
    first = anki.by_guid()[ODD]
    add(anki, "quizapp basic", "Copied there?", *first.fields[1:], guid="x/y=z")
    found, _ = come(home, anki, now + BEFORE)

    assert found.notes.skipped == []
    assert len(home.find("Added")) == len(home.find("Copied")) == 1


def test_a_note_that_the_collection_had_already_keeps_its_name(home, anki, send, come, now):
    note = add(anki, "Basic", "What is a force?", "A push")
    come(home, anki, now - BEFORE)
    send(home, anki, now)

    assert not any("guid" in line for line in log_lines(home))
    assert {*anki.by_guid()} == {"force", "counting", note.guid}


def test_a_name_that_another_note_has_here_is_not_taken(home, anki, opened, now, come, tmp_path):
    add(anki, "Basic", "Another?", "yes", guid="other")
    anki.collection.remove_notes([anki.by_guid()["force"].id])
    there = opened({"b.yaml": "cards:\n  - {q: Of this id?, a: yes, id: x}\n"})
    come(there, anki, now - BEFORE)
    (there.root / "b.yaml").write_text("cards:\n  - {q: Of this id?, a: yes, id: other}\n")
    there.refresh(now)

    names = [out.first for out in there.outgoing_notes(None, now)]
    assert len({*names}) == len(names)
    assert "other" in names


def test_an_import_that_was_killed_before_its_log_makes_up_for_it(home, anki, send, come, now):
    add(anki, "Basic", *ADDED["Basic"])
    come(home, anki, now - BEFORE)
    for file in home.history.glob("*.jsonl"):
        lines = file.read_text().splitlines(keepends=True)
        file.write_text("".join(line for line in lines if '"from"' not in line))
    home.refresh(now)
    come(home, anki, now - BEFORE)

    assert send(home, anki, now).new == 0


def steps_in(anki, guid="counting"):
    """The numbers of a note's steps in Anki, with their words."""
    found = re.findall(r"\{\{c(\d+)::(?:<[^>]*>)*([^<}]*)", anki.by_guid()[guid]["Steps"])
    return [(int(number), words) for number, words in found]


def test_a_step_that_was_added_in_anki_keeps_its_number_and_its_card(home, anki, send, come, now):
    edit(anki, "counting", Steps=anki.by_guid()["counting"]["Steps"] + "{{c31::look up}}")
    added = anki.card("counting", 30)
    anki.answer(added, EASY)
    come(home, anki, now + BEFORE)
    send(home, anki, now + 2 * BEFORE)
    card = home.find("count")[3].id

    assert steps_in(anki)[3] == (31, "look up")
    assert anki.collection.get_card(added.id).reps == home.memory(card).reps == 1
    anki.answer(anki.collection.get_card(added.id), AGAIN)
    assert come(home, anki, now + 3 * BEFORE)[1] == 1
    assert home.memory(card).reps == 2


def test_a_step_that_was_reworded_in_anki_keeps_its_number(home, anki, send, come, now):
    steps = anki.by_guid()["counting"]["Steps"]
    edit(anki, "counting", Steps=steps.replace("add one", "go on by one"))
    come(home, anki, now + BEFORE)
    counts = send(home, anki, now + 2 * BEFORE)

    assert counts.updated == 1
    assert steps_in(anki) == [(10, "begin at one"), (20, "go on by one"), (30, "stop")]
    path = home.root / "a.yaml"
    path.write_text(path.read_text().replace("go on by one", "go on by one, add one"))
    home.refresh(now + 3 * BEFORE)
    send(home, anki, now + 4 * BEFORE)
    numbers = [number for number, _ in steps_in(anki)]
    assert len({*numbers}) == len(numbers) == 4
    assert (numbers[0], numbers[3]) == (10, 30)


def test_steps_that_come_into_an_empty_collection_keep_their_numbers(anki, opened, send, come, now):
    edit(anki, "counting", Steps="{{c3::one}}{{c7::two}}{{c7::three}}{{c499::four}}")
    other = opened({})
    come(other, anki, now + BEFORE)
    written = disk(other)
    come(other, anki, now + BEFORE)
    assert disk(other) == written
    send(other, anki, now + 2 * BEFORE)
    numbers = dict(reversed(one) for one in steps_in(anki))

    assert (numbers["one"], numbers["two"], numbers["four"]) == (3, 7, 499)
    assert len({*numbers.values()}) == 4
