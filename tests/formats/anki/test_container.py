"""Packages as Anki and others write them, in all formats, are read as what they hold."""

import json
import random
import time

import genanki
import pytest

from quizapp.formats.anki.container import opened
from quizapp.formats.rows import FormatError
from tests.formats.anki import made


@pytest.fixture(scope="module")
def anki(tmp_path_factory):
    """A collection of Anki's, and its exports in each format."""
    folder = tmp_path_factory.mktemp("anki")
    collection = made.studied(folder)
    truth = {
        "notes": collection.db.all("select id, guid, mid, mod, tags, flds from notes order by id"),
        "cards": collection.db.all(
            "select id, nid, did, ord, type, queue, due, ivl, reps, lapses, odue, odid, flags, data, mod from cards order by id"
        ),
        "reviews": collection.db.all(
            "select id, cid, ease, ivl, lastIvl, factor, time, type from revlog order by id"
        ),
        "types": {kind["id"]: kind for kind in collection.models.all()},
        "decks": {deck["id"]: deck for deck in collection.decks.all()},
        "created": collection.crt,
    }
    paths = made.exported(collection, folder)
    collection.close()
    return truth, paths


@pytest.fixture(params=made.FORMATS)
def read(request, anki):
    """What Anki says of its collection, and what is read from a package of it."""
    with opened(anki[1][request.param]) as contents:
        yield anki[0], contents


def test_notes_are_those_that_anki_has(read):
    truth, contents = read
    assert [tuple(note) for note in contents.notes] == [
        (id_, guid, kind, changed, tuple(tags.split()), tuple(fields.split("\x1f")))
        for id_, guid, kind, changed, tags, fields in truth["notes"]
    ]
    assert len(contents.notes) == 26
    assert any(note.tags == ("la::rank", "math") for note in contents.notes)


def test_reviews_are_those_that_anki_has(read):
    truth, contents = read
    assert [list(review) for review in contents.reviews] == truth["reviews"]
    assert {review.rating for review in contents.reviews} == {0, 1, 2, 3, 4}
    assert {review.kind for review in contents.reviews} >= {0, 1, 4}


def test_cards_are_those_that_anki_has(read):
    truth, contents = read
    assert [list(card) for card in contents.cards] == truth["cards"]
    assert {card.queue for card in contents.cards} >= {-1, -3, 0, 1, 2}
    assert sum(card.flag == 3 for card in contents.cards) == 2
    assert sum(card.home != 0 for card in contents.cards) == 5
    assert any("lrt" in json.loads(card.data) for card in contents.cards)


def test_note_types_have_their_fields_and_templates_in_order(read):
    truth, contents = read
    for id_, kind in contents.note_types.items():
        told = truth["types"][id_]
        assert kind.name == told["name"]
        assert kind.fields == tuple(field["name"] for field in told["flds"])
        assert kind.templates == tuple((each["name"], each["qfmt"], each["afmt"]) for each in told["tmpls"])
        assert kind.cloze == (told["type"] == 1)
    assert {note.type for note in contents.notes} <= contents.note_types.keys()
    assert [kind.name for kind in contents.note_types.values() if kind.occlusion] == ["Image Occlusion"]


def test_decks_have_names_with_colons_and_descriptions(read):
    truth, contents = read
    for id_, deck in contents.decks.items():
        told = truth["decks"][id_]
        assert deck == (id_, told["name"], told.get("desc", ""), bool(told["dyn"]))
    names = {deck.name: deck for deck in contents.decks.values()}
    assert names.keys() >= {"Math", "Math::Linear algebra", "Wörter", "Cram"}
    assert names["Wörter"].description == "Words of <b>every</b> day"
    assert names["Cram"].filtered


def test_media_are_read_by_the_names_that_notes_use(read):
    _, contents = read
    assert {name: media() for name, media in contents.media.items()} == {
        "picture.png": made.PICTURE,
        "sound.mp3": made.SOUND,
    }


def test_the_collections_first_day_is_told(read):
    truth, contents = read
    assert contents.first_day == truth["created"]
    assert not contents.passed


@pytest.mark.parametrize(
    ("name", "hour"), [("latest.colpkg", 5), ("legacy.colpkg", 5), ("latest.apkg", None)]
)
def test_the_hour_at_which_days_begin_is_told_by_whole_collections(anki, name, hour):
    with opened(anki[1][name]) as contents:
        assert contents.rollover == hour


def test_a_package_of_genanki_is_read(tmp_path):
    kind = genanki.Model(
        1607392319, "Own", [{"name": "Q"}, {"name": "A"}], [{"name": "One", "qfmt": "{{Q}}", "afmt": "{{A}}"}]
    )
    deck = genanki.Deck(2059400110, "Land::Hauptstädte", "of <i>Europe</i>")
    for number in range(3):
        deck.add_note(genanki.Note(model=kind, fields=[f"q{number}", "a"], tags=["capital"], due=number))
    picture = tmp_path / "map of it.jpg"
    picture.write_bytes(b"jpeg")
    path = tmp_path / "g.apkg"
    genanki.Package([deck], media_files=[str(picture)]).write_to_file(str(path))
    with opened(path) as contents:
        assert [note.fields for note in contents.notes] == [(f"q{number}", "a") for number in range(3)]
        assert {note.tags for note in contents.notes} == {("capital",)}
        assert contents.note_types[1607392319].templates == (("One", "{{Q}}", "{{A}}"),)
        assert contents.decks[2059400110] == (2059400110, "Land::Hauptstädte", "of <i>Europe</i>", False)
        assert [card.due for card in contents.cards] == [0, 1, 2]
        assert contents.media["map of it.jpg"]() == b"jpeg"
        assert contents.rollover is None


def test_the_newest_collection_in_a_package_counts(tmp_path):
    path = made.packed(
        tmp_path / "both.apkg",
        {
            "collection.anki2": made.database("update notes set flds = 'old'"),
            "collection.anki21": made.database("update notes set flds = 'newer'"),
        },
    )
    with opened(path) as contents:
        assert contents.notes[0].fields == ("newer",)
    everything = made.entries(path) | {
        "collection.anki21b": made.zstd(made.database("update notes set flds = 'newest'"))
    }
    with opened(made.packed(path, everything)) as contents:
        assert contents.notes[0].fields == ("newest",)


@pytest.mark.parametrize("told", [True, False])
def test_the_note_that_asks_for_a_newer_anki_is_no_note(anki, tmp_path, told):
    entries = made.entries(anki[1]["latest.apkg"])
    del entries["collection.anki21b"]
    if not told:
        del entries["meta"]
    with (
        pytest.raises(FormatError, match="asks for a newer Anki"),
        opened(made.packed(tmp_path / "x.apkg", entries)),
    ):
        pass


def test_a_note_alone_is_a_note(tmp_path):
    with opened(made.packed(tmp_path / "one.apkg", {"collection.anki2": made.database()})) as contents:
        assert contents.notes[0] == (1500, "guid", 10, 1700000001, ("one", "two"), ("q", "a"))
        assert not contents.media


def test_a_package_without_a_list_of_media_has_none_but_files_that_are_named_and_missing_say_so(tmp_path):
    entries = {"collection.anki2": made.database(), "media": b'{"0": "a.png", "1": "b.png"}', "1": b"b"}
    with opened(made.packed(tmp_path / "m.apkg", entries)) as contents:
        assert contents.media["b.png"]() == b"b"
        with pytest.raises(FormatError, match=r'file "a\.png" is missing'):
            contents.media["a.png"]()


def test_nothing_of_a_package_is_left_behind(anki, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with opened(anki[1]["latest.colpkg"]) as contents:
        assert contents.notes
        assert not list(tmp_path.iterdir())


def test_errors_while_a_package_is_open_are_not_taken_for_the_packages(anki):
    with pytest.raises(OSError, match="mine"), opened(anki[1]["legacy.apkg"]):
        raise OSError("mine")


@pytest.mark.long
def test_a_hundred_thousand_notes_are_read_in_seconds(tmp_path):
    draw = random.Random(5)
    rows = "with recursive n(i) as (select 1 union all select i + 1 from n where i < {}) "
    content = made.database(
        rows.format(100_000)
        + "insert into notes select 1700000000000 + i, 'g' || i, 10, 1, -1, ' a b ', 'question ' || i || char(31) || hex(randomblob(60)), '', 0, 0, '' from n",
        rows.format(100_000)
        + "insert into cards select 1700000000000 + i, 1700000000000 + i, 1, 0, 1, -1, 2, 2, i, 9, 2500, 3, 0, 0, 0, 0, 0, '{}' from n",
        rows.format(500_000)
        + "insert into revlog select 1700000003001 + i, 1700000000001 + i % 100000, -1, 3, 30, 12, 2500, 4000, 1 from n",
    )
    path = made.packed(
        tmp_path / "large.apkg", {"collection.anki21b": made.zstd(content), "meta": b"\x08\x03"}
    )
    began = time.perf_counter()
    with opened(path) as contents:
        assert len(contents.notes) == 100_001
        assert len(contents.reviews) == 500_001
        assert draw.choice(contents.notes).fields
    assert time.perf_counter() - began < 20
