"""Notes as Anki's plain text, read by Anki itself."""

import re

import pytest
from anki.collection import Collection, ImportCsvRequest

from quizapp.decks.draft import Draft
from quizapp.decks.note import Kind
from quizapp.formats.anki.as_text import text
from quizapp.formats.anki_text import is_anki_text
from tests.formats.anki.ours import CODE, SAMPLES, named, outgoing


@pytest.fixture
def col(tmp_path):
    made = Collection(str(tmp_path / "collection.anki2"))
    yield made
    made.close()


def _take(col, tmp_path, notes):
    """Import these notes as text; how many are new, updated, unchanged, in conflict."""
    path = tmp_path / "ours.txt"
    path.write_text("".join(text(notes, image=named)), encoding="utf-8", newline="")
    metadata = col.get_csv_metadata(path=str(path), delimiter=None)
    log = col.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log
    return len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting)


def _notes():
    return [outgoing(draft, f"{kind}note") for kind, draft in SAMPLES.items()]


def _fields(col, guid):
    (note,) = [note for note in map(col.get_note, col.find_notes("")) if note.guid == guid]
    return note.note_type()["name"], *note.fields, [col.decks.name(card.did) for card in note.cards()]


def test_anki_takes_every_kind_and_knows_it_again(col, tmp_path):
    steps = len(SAMPLES[Kind.STEPS].answer)

    assert _take(col, tmp_path, _notes()) == (5 + steps, 0, 0, 0)
    assert _take(col, tmp_path, _notes()) == (0, 0, 5 + steps, 0)
    assert sorted(col.tags.all()) == ["c::d", "two_words"]
    for card in map(col.get_card, col.find_cards("")):
        made = card.render_output()
        assert "**" not in made.question_text and "{{c3" not in made.question_text


def test_an_edited_note_is_updated(col, tmp_path):
    _take(col, tmp_path, [outgoing(Draft("q", ("a",)))])
    assert _take(col, tmp_path, [outgoing(Draft("q", ('b\n\t"c"',)))]) == (0, 1, 0, 0)
    assert _fields(col, "abcdefghij") == ("Basic", "q", 'b<br>\n"c"', ["maths::sets"])


def test_kinds_become_ankis_own_types(col, tmp_path):
    _take(col, tmp_path, _notes())

    name, front, back, decks = _fields(col, "termnote")
    assert (name, len(decks)) == ("Basic (and reversed card)", 2)
    assert back.startswith("its <em>meaning</em><div><details><summary>More</summary>")
    name, front, back, decks = _fields(col, "clozenote")
    assert (name, len(decks)) == ("Cloze", 2)
    assert "{{c1::<code>b</code>}}" in front
    name, front, back, _ = _fields(col, "typednote")
    assert (name, back) == ("Basic (type in the answer)", "f(a * b) &lt; c")
    name, front, back, _ = _fields(col, "choicesnote")
    assert name == "Basic"
    assert front.count("<li>") == 6 and "right" not in front
    assert back.startswith("<em>b</em><br>\n<ul>")


def test_each_step_is_a_note_that_shows_the_earlier_ones(col, tmp_path):
    note = outgoing(Draft("How?", ("first", CODE, "third"), Kind.STEPS), "stepsnote")
    _take(col, tmp_path, [note])

    assert _fields(col, note.cards[0])[1:3] == ("How?", "first")
    front, back = _fields(col, note.cards[2])[1:3]
    assert re.fullmatch(r"How\?<div><ol><li>first</li><li><pre.*</pre>\n?</li></ol></div>", front, re.DOTALL)
    assert back == "third"


def test_signs_of_the_file_are_kept_apart(col, tmp_path):
    note = outgoing(Draft('# not a comment\tat "all"', ("#one",)), "quoted")
    _take(col, tmp_path, [note])

    assert "not a comment" in _fields(col, "quoted")[1]
    assert _fields(col, "quoted")[2] == "#one"


def test_our_own_reader_knows_the_file():
    assert is_anki_text("".join(text(_notes())))
