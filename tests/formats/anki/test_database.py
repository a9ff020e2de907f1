"""Databases of every schema say the same of the same collection; what Anki upgrades when it opens one is upgraded here."""

import json
import sqlite3
from contextlib import closing

import pytest
from anki.collection import Collection

from quizapp.formats.anki.database import read_database
from quizapp.formats.anki.tables import tables
from quizapp.formats.rows import FormatError
from tests.formats.anki import made


@pytest.fixture
def read(tmp_path):
    """What a database of bytes holds."""

    def read(content):
        path = tmp_path / "collection"
        path.write_bytes(content)
        return read_database(path)

    return read


@pytest.fixture(scope="module")
def newest(tmp_path_factory):
    """A studied collection's database, in the newest schema."""
    folder = tmp_path_factory.mktemp("newest")
    made.studied(folder).close(downgrade=False)
    return (folder / "collection.anki2").read_bytes()


@pytest.mark.parametrize("schema", [15, 16, 17, 18])
def test_schemas_with_tables_are_read_alike(read, newest, schema):
    assert read(made.changed(newest, f"update col set ver = {schema}")) == read(newest)


def test_a_schema_between_has_its_settings_in_a_table_and_its_types_in_json(read):
    content = made.database(
        "create table config ([key] text primary key, usn, mtime_secs, val blob) without rowid",
        "insert into config values ('rollover', 0, 0, cast('3' as blob)), ('schedVer', 0, 0, cast('2' as blob))",
        ver=14,
    )
    contents = read(content)
    assert contents.rollover == 3
    assert contents.note_types[10].name == "Basic"


def test_an_old_collection_says_when_its_days_begin(read):
    assert read(made.database(conf={"rollover": 2})).rollover == 2
    assert read(made.database(conf={"rollover": "x"})).rollover == 0
    assert read(made.database(conf={"rollover": 24})).rollover is None
    assert read(made.database(conf="")).rollover is None


ROWS = [(type_, ease) for type_ in range(4) for ease in range(5)]
OLD_REVIEWS = [
    f"insert into revlog values ({1_600_000_000_000 + number}, 1600, -1, {ease}, 1, 1, 2500, 1000, {type_})"
    for number, (type_, ease) in enumerate(ROWS)
]


@pytest.fixture
def upgraded(tmp_path):
    """The log and the cards of a collection once Anki has upgraded its scheduler; none is made where there is none."""

    def upgraded(content):
        path = tmp_path / "upgraded.anki2"
        path.write_bytes(content)
        collection = Collection(str(path))
        if collection.sched_ver() != 2:
            collection._backend.upgrade_scheduler()
        log = collection.db.all(
            "select id, cid, ease, ivl, lastIvl, factor, time, type from revlog order by id"
        )
        cards = collection.db.all("select id, type, queue from cards order by id")
        collection.close()
        return log, cards

    return upgraded


ANKI_MODEL = made.BASIC | {
    "mod": 0, "usn": 0, "sortf": 0, "did": 1, "css": "", "latexPre": "", "latexPost": "", "req": [[0, "any", [0]]],
    "flds": [
        {"name": name, "ord": place, "sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
        for place, name in enumerate(("Front", "Back"))
    ],
    "tmpls": [
        {"name": "Card 1", "ord": 0, "qfmt": "{{Front}}", "afmt": "{{Back}}", "bqfmt": "", "bafmt": "", "did": None}
    ],
}  # fmt: skip
ANKI_DECK = made.DECK | {
    "mod": 0, "usn": 0, "collapsed": False, "conf": 1, "extendNew": 0, "extendRev": 0,
    "newToday": [0, 0], "revToday": [0, 0], "lrnToday": [0, 0], "timeToday": [0, 0],
}  # fmt: skip


def whole(*statements, conf):
    return made.database(
        *statements,
        "create table graves (usn integer, oid integer, type integer)",
        "create index ix_notes_usn on notes (usn)",
        "create index ix_cards_usn on cards (usn)",
        "create index ix_revlog_usn on revlog (usn)",
        conf=conf,
        models={"10": ANKI_MODEL},
        decks={"1": ANKI_DECK},
    )


@pytest.mark.parametrize("conf", [{}, {"schedVer": 1}, {"schedVer": 2}])
def test_grades_of_the_first_scheduler_are_those_of_the_second(read, upgraded, conf):
    content = whole(
        *OLD_REVIEWS,
        "insert into cards select 1601, nid, did, 1, mod, usn, 2, 1, due, ivl, factor, reps, 0, 0, 0, 0, 0, '' from cards",
        "insert into cards select 1602, nid, did, 2, mod, usn, 2, 3, due, ivl, factor, reps, 0, 0, 0, 0, 0, '' from cards where id = 1600",
        "insert into cards select 1603, nid, did, 3, mod, usn, 1, 1, due, ivl, factor, reps, 0, 0, 0, 0, 0, '' from cards where id = 1600",
        conf=conf,
    )
    log, cards = upgraded(content)
    contents = read(content)
    assert [list(review) for review in contents.reviews] == log
    assert [[card.id, card.kind, card.queue] for card in contents.cards] == cards
    ratings = {
        (before[0], before[1], review.rating) for before, review in zip(ROWS, contents.reviews, strict=False)
    }
    assert ((0, 2, 3) in ratings) == (conf.get("schedVer") != 2)
    assert (1, 2, 2) in ratings


def test_a_collection_of_new_cards_alone_keeps_the_grades_of_its_log(read):
    contents = read(made.database(*OLD_REVIEWS, "update cards set queue = 0, type = 0"))
    assert (contents.reviews[2].kind, contents.reviews[2].rating) == (0, 2)


@pytest.mark.parametrize(
    ("model", "fields", "cloze", "occlusion"),
    [
        ({"type": 1}, "{{c1::a}}", True, False),
        ({"type": 1, "originalStockKind": 6}, "{{c1::a}}", True, True),
        ({"type": 1, "tmpls": [{"name": "x", "qfmt": "{{cloze:Occlusion}}"}]}, "{{c1::a}}", True, True),
        ({"type": 1}, "{{c1::image-occlusion:rect:left=.1}}", True, True),
        ({"type": 1}, "about {{c1::what}} image-occlusion:rect is", True, False),
        ({"type": 0}, "{{c1::image-occlusion:rect:left=.1}}", False, False),
        ({"type": "1"}, "", True, False),
        ({}, "", False, False),
    ],
)
def test_the_kind_of_a_note_type_is_told(read, model, fields, cloze, occlusion):
    contents = read(made.database(f"update notes set flds = '{fields}'", models={"10": made.BASIC | model}))
    kind = contents.note_types[10]
    assert (kind.cloze, kind.occlusion) == (cloze, occlusion)


def test_one_note_of_hidden_images_does_not_make_all_of_its_type_such(read):
    contents = read(
        made.database(
            "insert into notes select 1501, 'h', mid, mod, usn, tags, '{{c1::image-occlusion:x}}', '', 0, 0, '' from notes",
            models={"10": made.BASIC | {"type": 1}},
        )
    )
    assert not contents.note_types[10].occlusion


def test_tags_are_split_at_blanks_and_stand_once(read):
    contents = read(made.database("update notes set tags = ' b  a::c\u3000b x '"))
    assert contents.notes[0].tags == ("b", "a::c", "x")


def test_fields_keep_their_places_where_they_are_empty(read):
    contents = read(made.database("update notes set flds = char(31) || 'a' || char(31)"))
    assert contents.notes[0].fields == ("", "a", "")


def test_what_belongs_to_nothing_is_kept(read):
    contents = read(
        made.database(
            "update notes set mid = 99",
            "insert into cards select 1700, 77, 55, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '' from cards",
            "insert into revlog select 1700, 66, 1, 1, 1, 1, 1, 1, 1 from revlog",
        )
    )
    assert contents.notes[0].type == 99
    assert [(card.note, card.deck) for card in contents.cards] == [(1500, 1), (77, 55)]
    assert [review.card for review in contents.reviews] == [66, 1600]


def test_rows_come_in_the_order_of_their_ids(read):
    schema = made.SCHEMA.replace("integer PRIMARY KEY", "integer")
    content = made.database(
        "insert into notes select 20, 'h', mid, mod, usn, tags, flds, '', 0, 0, '' from notes", schema=schema
    )
    assert [note.id for note in read(content).notes] == [20, 1500]


def test_nothing_but_reading_is_allowed(tmp_path):
    path = tmp_path / "collection"
    path.write_bytes(made.database())
    with tables(path) as opened:
        for statement in (
            "insert into notes (id) values (7)",
            "delete from cards",
            "attach 'x' as other",
            "create table x (y)",
            "select load_extension('x')",
            "pragma journal_mode = wal",
            "pragma trusted_schema = on",
            "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n",
            "select hex(flds) from notes",
            "vacuum into 'x'",
        ):
            with pytest.raises(sqlite3.DatabaseError, match=r"not authorized|prohibited|authoriz"):
                opened._connection.execute(statement)
        with pytest.raises(FormatError, match="no table x"):
            list(opened.rows("x", "y", 1))
    assert [each.name for each in tmp_path.iterdir()] == ["collection"]


def test_too_many_rows_are_refused(tmp_path):
    path = tmp_path / "collection"
    path.write_bytes(made.database(*OLD_REVIEWS))
    with tables(path) as opened:
        assert len(list(opened.rows("revlog", "id", 21))) == 21
        with pytest.raises(FormatError, match="revlog has more than 20 rows"):
            list(opened.rows("revlog", "id", 20))


def test_a_database_with_a_write_ahead_log_is_read_without_making_one(tmp_path):
    path = tmp_path / "collection"
    path.write_bytes(made.database())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma journal_mode = wal")
    assert path.read_bytes()[18] == 2
    assert json.dumps(read_database(path).notes)
    assert [each.name for each in tmp_path.iterdir()] == ["collection"]
