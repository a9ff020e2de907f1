"""The rows of a package: columns as Anki makes them itself, and ids that may be taken."""

import sqlite3
import zipfile
from contextlib import closing

import pytest

from quizapp.decks.draft import Draft
from quizapp.decks.note import Kind
from quizapp.formats.anki.package import write_package
from quizapp.study.outgoing import OutgoingDeck
from tests.formats.anki.ours import sent

DECKS = [OutgoingDeck("maths/sets")]


def basic(number):
    return sent(Draft(f"Question {number}?", ("answer",)), note_id=f"note{number}")


@pytest.fixture
def take(at_anki, tmp_path):
    """Bring notes into a collection of Anki's; it, and how many were new, updated, unchanged, conflicting."""
    anki = at_anki()

    def take(notes):
        write_package(tmp_path / "x.apkg", DECKS, notes, tmp_path)
        return anki, anki.take(tmp_path / "x.apkg")

    return take


def test_the_columns_by_which_anki_sorts_and_compares_are_as_anki_makes_them(take, tmp_path):
    fields = [
        "plain", " blanks ", "2024", "a <b>bold</b> &lt;word&gt; &amp; more", "line<br>\nline", "<p>é\u00a0ß</p>",
        'before <img src="a b.png" alt="x"> after', "<!-- not < shown -->x", "a&nbsp;b", "<ul>\n<li>1</li>\n</ul>",
        "<video controls src='v.mp4'></video>", "<img class=x src=plain.png>",
    ]  # fmt: skip
    notes = [
        note._replace(fields=(field, *note.fields[1:]))
        for note, field in ((basic(number), field) for number, field in enumerate(fields))
    ]
    anki, _ = take(notes)
    with zipfile.ZipFile(tmp_path / "x.apkg") as archive:
        path = archive.extract("collection.anki2", tmp_path)
    columns = "guid, cast(sfld as text), typeof(sfld), csum"
    with closing(sqlite3.connect(path)) as db:
        ours = db.execute(f"select {columns} from notes order by guid").fetchall()

    assert ours == anki.rows("notes", columns)


def test_notes_put_before_others_are_the_only_new_ones(take):
    term = sent(Draft("Term", ("meaning",), Kind.TERM), note_id="term")
    take([basic(1), term])
    more = [basic(0), basic(1), basic(2), term]
    anki, counts = take(more)

    assert counts == (2, 0, 2, 0)
    for note in more:
        there = anki.by_guid()[note.guid]
        assert tuple(there.fields) == note.fields
        assert [card.ord for card in there.cards()] == list(note.places)


def test_two_packages_whose_ids_meet_lose_nothing(take, monkeypatch):
    monkeypatch.setattr("quizapp.formats.anki.outgoing_tables._id", lambda text: 1_000_000_000_000)
    take([basic(1), basic(2)])
    anki, counts = take([basic(3), basic(4)])
    there = {guid: note["Question"] for guid, note in anki.by_guid().items()}

    assert counts == (2, 0, 0, 0)
    assert there == {f"note{number}": f"Question {number}?" for number in range(1, 5)}
    assert anki.collection.card_count() == 4


def test_through_a_link_the_package_goes_where_the_link_leads(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "x.apkg").symlink_to(tmp_path / "there" / "y.apkg")
    write_package(tmp_path / "x.apkg", DECKS, [basic(1)], tmp_path)

    assert (tmp_path / "x.apkg").is_symlink()
    assert zipfile.is_zipfile(tmp_path / "there" / "y.apkg")


def test_a_name_as_long_as_names_may_be_is_no_obstacle(tmp_path):
    target = tmp_path / f"{'n' * 250}.apkg"
    write_package(target, DECKS, [basic(1)], tmp_path)

    assert zipfile.is_zipfile(target)
