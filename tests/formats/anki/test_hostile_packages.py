"""Packages made to harm, or harmed: one sentence says what is wrong, soon, and nothing is written."""

import json
import os
import re
import sqlite3
import struct
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from itertools import pairwise

import pytest

from quizapp.formats.anki import archive, media_map
from quizapp.formats.anki.container import opened
from quizapp.formats.anki.media_map import plain_name
from quizapp.formats.rows import FormatError
from tests.formats.anki import made
from tests.formats.anki.made import changed, database, field, packed, zstd

LEGACY, NEWER, LATEST = "collection.anki2", "collection.anki21", "collection.anki21b"


@pytest.fixture
def refused(tmp_path, monkeypatch):
    """What is said of a package that can't be read: its entries, or all of its bytes. Nothing is left in the temporary folder."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))

    def refused(content, method=zipfile.ZIP_DEFLATED):
        path = tmp_path / "p.apkg"
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            packed(path, content, method)
        before = sorted(tmp_path.rglob("*"))
        began = time.monotonic()
        with pytest.raises(FormatError) as error, opened(path):
            pass
        assert time.monotonic() - began < 5
        assert sorted(tmp_path.rglob("*")) == before
        said = str(error.value)
        assert said.startswith(f"{path}: ")
        assert said.isprintable()
        return said.removeprefix(f"{path}: ")

    return refused


def whole(**more):
    return {LEGACY: database(**more)}


# The zip


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"<html>Not found</html>", b"PK\x05\x06" + b"\0" * 17, b"\0" * 5000]
)
def test_what_is_no_zip_is_no_package(refused, content):
    assert "no package of Anki's: no zip" in refused(content)


def test_a_zip_that_is_cut_off_is_no_package(refused, tmp_path):
    content = packed(tmp_path / "x.zip", whole()).read_bytes()
    assert "cut off" in refused(content[: len(content) // 2])
    assert "cut off" in refused(content[:-30])


def test_a_zip_whose_beginning_is_gone_is_broken(refused, tmp_path):
    content = packed(tmp_path / "x.zip", whole()).read_bytes()
    assert '"collection.anki2" is broken' in refused(b"\0" * 60 + content[60:])


def test_a_zip_without_a_collection_is_no_package(refused):
    assert "no collection" in refused({"word/document.xml": b"<x/>"})
    assert "no collection" in refused({})


def test_a_folder_and_a_file_that_is_not_there_are_said_to_be_so(tmp_path):
    with pytest.raises(FormatError, match="is a folder"), opened(tmp_path):
        pass
    with pytest.raises(FormatError, match="No such file"), opened(tmp_path / "gone.apkg"):
        pass
    os.mkfifo(tmp_path / "pipe.apkg")
    with pytest.raises(FormatError, match="is no file"), opened(tmp_path / "pipe.apkg"):
        pass


def test_an_encrypted_entry_is_named(refused, tmp_path):
    content = bytearray(packed(tmp_path / "x.zip", whole()).read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert '"collection.anki2" is encrypted' in refused(bytes(content))


def test_two_entries_of_one_name_are_refused(refused, tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        content = packed(tmp_path / "x.zip", [(LEGACY, database()), (LEGACY, database())]).read_bytes()
    assert "two entries of one name" in refused(content)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packings_that_unpack_without_a_limit_are_refused(refused, method):
    assert "in a way that Anki doesn't use" in refused(whole(), method)


def test_a_zip_of_very_many_entries_is_refused(refused, monkeypatch):
    monkeypatch.setattr(archive, "_MOST_ENTRIES", 1000)
    entry = struct.pack(
        "<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 33, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0
    )
    directory = b"".join(entry + b"%07d" % number for number in range(1001))

    def end():
        return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(directory), 0, 0)

    assert "it has 1001 entries" in refused(directory + end())
    directory = directory.ljust(archive._DIRECTORY + 1, b"\0")
    assert "too many entries" in refused(directory + end())


def test_an_entry_that_is_not_what_it_was_is_broken(refused, tmp_path):
    path = packed(tmp_path / "x.zip", whole(), zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    content[4000] ^= 1
    assert '"collection.anki2" is broken' in refused(bytes(content))


# Bombs

_IN_LITTLE_ROOM = """
import resource, sys
from pathlib import Path
from quizapp.formats.anki.container import opened
from quizapp.formats.rows import FormatError
resource.setrlimit(resource.RLIMIT_AS, (600_000_000, 600_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
try:
    with opened(Path(sys.argv[1])):
        pass
except FormatError as error:
    print(error)
"""


def in_little_room(path):
    """What a process with little memory and time says of a package."""
    done = subprocess.run(
        [sys.executable, "-c", _IN_LITTLE_ROOM, path], capture_output=True, text=True, timeout=60, check=False
    )
    assert not done.stderr
    return done.stdout


@pytest.mark.long
def test_a_collection_that_unpacks_to_very_much_is_refused(tmp_path):
    path = tmp_path / "bomb.apkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file, file.open(LEGACY, "w") as entry:
        entry.write(database())
        for _ in range(100):
            entry.write(bytes(1_000_000))
    assert 'entry "collection.anki2" unpacks to more than 64 MB' in in_little_room(path)


def test_a_collection_that_lies_about_its_size_is_refused(refused, tmp_path):
    path = packed(tmp_path / "x.zip", {LEGACY: bytes(80_000_000)})
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = content[22:26] = struct.pack("<L", 1000)
    assert '"collection.anki2" is broken' in refused(bytes(content))


def test_a_zstd_bomb_is_refused(tmp_path):
    path = packed(
        tmp_path / "bomb.apkg", {LATEST: zstd(bytes(200_000_000)), "meta": b"\x08\x03"}, zipfile.ZIP_STORED
    )
    assert path.stat().st_size < 20_000
    assert 'entry "collection.anki21b" unpacks to more than 64 MB' in in_little_room(path)


def test_a_window_of_zstd_that_needs_gigabytes_is_refused(refused):
    frame = b"\x28\xb5\x2f\xfd" + bytes([0x00, (31 - 10) << 3]) + b"\x01\x00\x00"
    assert "not packed with zstd" in refused({LATEST: frame})


def test_media_that_unpack_to_very_much_are_refused_each_and_together(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "_FREE", 2_000_000)
    monkeypatch.setattr(media_map, "_SPARE", 3_000_000)
    entries = whole() | {"media": json.dumps({str(number): f"{number}.png" for number in range(4)}).encode()}
    entries |= {"0": bytes(2_100_000)} | {str(number): bytes(1_900_000) for number in range(1, 4)}
    with opened(packed(tmp_path / "x.apkg", entries)) as contents:
        with pytest.raises(FormatError, match='entry "0" unpacks to more than 2 MB'):
            contents.media["0.png"]()
        for _ in range(3):
            assert len(contents.media["1.png"]()) == 1_900_000
        for name in ("2.png", "3.png"):
            with pytest.raises(FormatError, match="unpack to far more than it holds"):
                contents.media[name]()


def test_a_map_of_media_that_unpacks_to_very_much_is_refused(refused):
    assert '"media" unpacks to more than 16 MB' in refused(
        whole() | {"media": b"{" + b" " * 17_000_000 + b"}"}
    )
    assert '"media" unpacks to more than 16 MB' in refused(whole() | {"media": zstd(bytes(20_000_000))})


# The map of media, and names


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (b"[]", "no JSON object"),
        (b"3", "no JSON object"),
        (b"{", "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b'{"a":' * 100_000, "no JSON"),
        (b'{"0": ' + b"9" * 10_000 + b"}", "no JSON"),
        (zstd(b"\x0a\x05ab"), "it ends too early"),
        (zstd(b"\x0a" + b"\xff" * 9 + b"\x7f"), "a number is too long"),
        (zstd(b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\x7f"), "it ends too early"),
        (zstd(b"\x0b\x0b\x0b"), "of the kind 3"),
        (zstd(b"\x02\x00"), "the number 0"),
        (zstd(field(1, field(1, 5))), "of another kind"),
        (b"\x28\xb5\x2f\xfd" + b"\xff" * 50, "not packed with zstd"),
    ],
)
def test_a_map_that_is_none_is_said_to_be_none(refused, written, words):
    assert words in refused(whole() | {"media": written})


def test_a_map_of_very_many_files_is_refused(refused, monkeypatch):
    monkeypatch.setattr(media_map, "_MOST_FILES", 100)
    assert "more than 100 media files" in refused(whole() | {"media": zstd(b"\x0a\x00" * 101)})


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("picture.png", "picture.png"),
        ("Übung 1 (a).jpg", "Übung 1 (a).jpg"),
        ("U\u0308bung.jpg", "Übung.jpg"),
        ("../../etc/passwd", "passwd"),
        ("/etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("C:\\autoexec.bat", "autoexec.bat"),
        ("C:evil.png", "Cevil.png"),
        ("a\0b\x1b[31m.png", "ab31m.png"),
        ("gnp.\u202eexe", "gnp.exe"),
        ("con.png", "con_.png"),
        ("NUL", "NUL_"),
        ("..", ""),
        ("/", ""),
        ("", ""),
        (" . ", ""),
        ("x" * 300 + ".png", "x" * 116 + ".png"),
        ("ü" * 300 + ".png", "ü" * 58 + ".png"),
        ("x." + "y" * 300, "x." + "y" * 118),
        ("\ud800.png", "?.png".replace("?", "")),
    ],
)
def test_names_of_media_are_never_paths(name, plain):
    assert plain_name(name) == plain
    assert plain_name(plain) == plain


@pytest.mark.parametrize("latest", [True, False])
def test_media_are_found_by_harmless_names_alone(tmp_path, latest):
    names = ["../../x.png", "/x.png", "x.png", "", "..", "a/../b.png", "nul"]
    entries = {str(number): bytes([number]) for number in range(len(names))}
    if latest:
        entries = {name: zstd(content) for name, content in entries.items()}
        entries["media"] = zstd(b"".join(field(1, field(1, name.encode()) + field(2, 1)) for name in names))
    else:
        entries["media"] = json.dumps({str(number): name for number, name in enumerate(names)}).encode()
    with opened(packed(tmp_path / "x.apkg", whole() | entries)) as contents:
        assert {name: read() for name, read in contents.media.items()} == {
            "x.png": b"\2",
            "b.png": b"\5",
            "nul_": b"\6",
        }


def test_a_map_gives_no_other_entries_names(tmp_path):
    entries = whole() | {
        "media": json.dumps({LEGACY: "a.png", "-1": "b.png", "²": "c.png", "0": 7}).encode(),
        "0": b"x",
    }
    with opened(packed(tmp_path / "x.apkg", entries)) as contents:
        assert contents.media.keys() == {"7"}


def test_a_file_that_is_not_what_the_map_says_is_refused(tmp_path):
    listed = field(1, field(1, b"a.png") + field(2, 5)) + field(
        1, field(1, b"b.png") + field(2, 3) + field(3, b"\1" * 20)
    )
    entries = whole() | {"media": zstd(listed), "0": zstd(b"abc"), "1": zstd(b"abc")}
    with opened(packed(tmp_path / "x.apkg", entries)) as contents:
        for name in ("a.png", "b.png"):
            with pytest.raises(FormatError, match=f'file "{re.escape(name)}" is not what it should be'):
                contents.media[name]()


# The format


def test_a_newer_format_is_said_to_be_newer(refused):
    assert "a newer Anki than is known here (format 4)" in refused(whole() | {"meta": b"\x08\x04"})


@pytest.mark.parametrize("meta", [b"\x08", b"\x0a\x01\x03", b"\xff" * 30, b"\x08\x03\x0b"])
def test_a_broken_word_on_the_format_is_refused(refused, meta):
    assert "what it says of its format can't be read" in refused(whole() | {"meta": meta})


@pytest.mark.parametrize(
    ("version", "words"),
    [
        (19, "newer Anki than is known here (schema 19)"),
        (10, "none of Anki 2's (10)"),
        ("'x'", "none of Anki 2's (0)"),
        (-1, "(-1)"),
    ],
)
def test_a_schema_that_is_not_known_is_named(refused, version, words):
    assert words in refused({LEGACY: database(f"update col set ver = {version}")})


# The database


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"x" * 5000, b"\0" * 200_000])
def test_a_collection_that_is_no_database_is_said_to_be_none(refused, content):
    assert "no database" in refused({LEGACY: content})


def test_a_database_that_is_cut_off_is_said_to_be(refused):
    content = database()
    assert "cut off" in refused({LEGACY: content[: len(content) // 2]})
    assert "cut off" in refused({LATEST: zstd(content[:5000])})


@pytest.mark.parametrize("page", range(1, 6))
def test_a_page_of_nonsense_is_a_broken_database(refused, page):
    content = bytearray(database())
    start = (page - 1) * 4096 + (100 if page == 1 else 0)
    content[start : page * 4096] = b"\xfe" * (page * 4096 - start)
    assert "its database is broken" in refused({LEGACY: bytes(content)})


@pytest.mark.parametrize("table", ["col", "notes", "cards", "revlog"])
def test_a_table_that_is_missing_is_named(refused, table):
    assert f"no table {table}" in refused({LEGACY: database(f"drop table {table}")})


@pytest.mark.parametrize(
    ("table", "column"), [("notes", "flds"), ("cards", "odue"), ("revlog", "ease"), ("col", "models")]
)
def test_a_column_that_is_missing_is_named(refused, table, column):
    assert f"no such column: {column}" in refused(
        {LEGACY: database(f"alter table {table} drop column {column}")}
    )


def test_a_collection_of_no_row_says_nothing(refused):
    assert "says nothing about its collection" in refused({LEGACY: database("delete from col")})


@pytest.mark.parametrize(
    "made_of",
    [
        ["create view notes as with recursive n(i) as (select 1 union all select i + 1 from n) select i as id, 'g' guid, 10 mid, 1 mod, '' tags, '' flds from n"],
        ["create view notes as select * from other"],
        ["create virtual table notes using fts5(id, guid, mid, mod, tags, flds)"],
        ["create temp table notes (id)"],
    ],
    ids=["endless view", "view", "virtual", "temporary"],
)  # fmt: skip
def test_what_is_no_plain_table_is_not_read(refused, made_of):
    assert "no table notes" in refused({LEGACY: database("alter table notes rename to other", *made_of)})


def test_a_view_that_calls_itself_a_table_is_not_read(refused):
    """The schema as a hostile writer leaves it: `type` says table, and there is a root page."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database("alter table notes rename to other"))
        connection.execute(
            "create view notes as select 1 as id, 'g' as guid, 10 as mid, 1 as mod, '' as tags, flds from other"
        )
        connection.execute("pragma writable_schema = on")
        connection.execute("update sqlite_master set type = 'table', rootpage = 3 where name = 'notes'")
        connection.commit()
        content = connection.serialize()
    said = refused({LEGACY: content})
    assert "no table notes" in said or "malformed database schema" in said


def test_columns_that_are_computed_are_not_read(refused):
    content = database(
        "drop table notes",
        "create table notes (id integer primary key, guid, mid, mod, tags, flds text as (hex(zeroblob(40000000))))",
        "insert into notes (id) values (1), (2), (3)",
    )
    assert "computes what it should hold" in refused({LEGACY: content})


def test_triggers_do_nothing(tmp_path):
    trigger = "create trigger t after insert on notes begin insert into notes values (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1); end"
    with opened(packed(tmp_path / "x.apkg", {LEGACY: database(trigger)})) as contents:
        assert len(contents.notes) == 1


def test_names_that_are_sql_are_names(tmp_path):
    evil = "x\"; drop table notes; --' [x] `x`"
    model = made.BASIC | {"name": evil, "flds": [{"name": evil}, {"name": "'); delete from cards; --"}]}
    deck = made.DECK | {"name": evil}
    content = database(
        f'create table "{evil.replace(chr(34), chr(34) * 2)}" (a)', models={"10": model}, decks={"1": deck}
    )
    with opened(packed(tmp_path / "x.apkg", {LEGACY: content})) as contents:
        assert contents.note_types[10].name == contents.decks[1].name == evil
        assert contents.notes
        assert contents.cards


def test_a_table_that_takes_years_is_given_up(refused):
    """Each page leads to the next, many times: few pages, and rows without number."""
    rows = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000) "
    log = rows + "insert or ignore into revlog select 1700000000000 + i, 1600, -1, 3, 1, 1, 0, 0, 1 from n"
    content = bytearray(database(log, schema="pragma page_size = 512;" + made.SCHEMA))
    with_children = [start for start in range(512, len(content), 512) if content[start] == 5]
    for start, below in pairwise(with_children[:10]):
        (cells,) = struct.unpack(">H", content[start + 3 : start + 5])
        places = struct.unpack(f">{cells}H", content[start + 12 : start + 12 + 2 * cells])
        for place in (8, *places):
            content[start + place : start + place + 4] = struct.pack(">I", below // 512 + 1)
    assert "reading it takes longer than its size explains" in refused({LEGACY: bytes(content)})


def test_rows_that_share_their_content_are_refused(refused):
    """Many rows that lead to the same overflow pages hold more than there is."""
    long = "y" * 3_000_000
    rows = ", ".join(f"({number}, 'g', 10, 1, -1, '', 'z', '', 0, 0, '')" for number in range(1, 3000))
    content = database("delete from notes", f"insert into notes values {rows}")
    insert = "insert into notes values (9000, 'g', 10, 1, -1, '', ?, '', 0, 0, '')"
    content = bytearray(changed(content, insert, values=(long,)))
    # the long row's cell is copied over the content of other leaf pages: the same chain, read again and again
    at = content.index(b"yyyyyyyy")
    page = at // 4096 * 4096
    copies = [start for start in range(4096, len(content), 4096) if content[start] == 13 and start != page][
        3:
    ]
    for start in copies:
        content[start : start + 4096] = content[page : page + 4096]
    said = refused({LEGACY: bytes(content)})
    assert "its table notes holds more than a database of its size can" in said


@pytest.mark.parametrize(
    ("statement", "kept"),
    [
        ("update notes set mid = 'x'", True),
        ("update notes set mid = null", True),
        ("update notes set mod = 9e99", True),
        ("update notes set mod = -5", True),
        ("update notes set flds = x'ff00fe'", True),
        ("update notes set flds = cast(x'ff1f80' as text)", True),
        ("update notes set flds = null", True),
        ("update notes set flds = 3.5", True),
        ("update notes set tags = x'00'", True),
        ("update notes set guid = null", True),
        ("update notes set id = -1", False),
        ("update notes set id = 9223372036854775807", False),
        ("update cards set due = 9223372036854775807", True),
        ("update cards set due = 'soon', ivl = x'01', reps = null, flags = -1", True),
        ("update cards set type = 99, queue = -99", True),
        ("update cards set data = x'80'", True),
        ("update cards set did = 'x', odid = 1e300", True),
    ],
)
def test_values_of_other_types_do_no_harm(tmp_path, statement, kept):
    with opened(packed(tmp_path / "x.apkg", {LEGACY: database(statement)})) as contents:
        assert len(contents.notes) == kept
        for note in contents.notes:
            assert all(
                isinstance(text, str) and text.encode() is not None
                for text in (note.guid, *note.tags, *note.fields)
            )
            assert 0 <= note.modified < 10**11
        (card,) = contents.cards
        assert all(isinstance(value, int) for value in card._replace(data=0))
        assert 0 <= card.kind <= 3
        assert -3 <= card.queue <= 4
        assert 0 <= card.flag <= 7
        assert abs(card.due) < 2**31
        json.dumps(card.data)


def test_rows_that_can_not_be_read_are_counted(tmp_path):
    content = database(
        "insert into notes values (-5, 'g', 10, 1, -1, '', 'x', '', 0, 0, '')",
        "insert into cards values (-6, 1500, 1, 0, 1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '')",
        "insert into cards values (-7, 1500, 1, 0, 1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '')",
        "insert into revlog values (1800000000000, 1600, -1, 17, 30, 12, 2500, 4000, 1)",
    )
    with opened(packed(tmp_path / "x.apkg", {LEGACY: content})) as contents:
        assert [(passed.line, passed.reason) for passed in contents.passed] == [
            (2, "its row can't be read"),
            (0, "2 cards can't be read"),
            (0, "1 review can't be read"),
        ]


def test_ids_that_stand_twice_count_once(tmp_path):
    schema = made.SCHEMA.replace("integer PRIMARY KEY", "integer")
    content = database(
        "insert into notes select * from notes", "insert into cards select * from cards", schema=schema
    )
    with opened(packed(tmp_path / "x.apkg", {LEGACY: content})) as contents:
        assert len(contents.notes) == len(contents.cards) == 1
        assert len(contents.passed) == 2


def test_a_note_of_very_many_fields_is_refused(refused):
    content = database("update notes set flds = replace(hex(zeroblob(10000000)), '0', 'a' || char(31))")
    assert "more than 20000000 fields and tags" in refused({LATEST: zstd(content)})


@pytest.mark.parametrize(
    ("column", "written", "words"),
    [
        ("models", "[]", "its note types are no JSON object"),
        ("models", "{", "its note types are no JSON"),
        ("models", "[" * 100_000, "its note types are no JSON"),
        ("models", '{"a":' * 100_000, "its note types are no JSON"),
        ("decks", "null", "its decks are no JSON object"),
        ("conf", "{x}", "its settings are no JSON"),
        ("models", 7, "its note types are no JSON object"),
    ],
)
def test_json_that_is_none_is_named(refused, column, written, words):
    assert words in refused({LEGACY: database(**{column: written})})


@pytest.mark.parametrize(
    "model",
    [
        7, None, [], {}, {"flds": 3, "tmpls": {}}, {"flds": [1, None, "x", {}], "tmpls": [[], {"qfmt": 7, "afmt": None}]},
        {"id": "x", "name": ["x"], "type": "cloze"}, {"id": 1e400, "name": "\ud800"}, {"id": 10**30, "type": [1]},
    ],
)  # fmt: skip
def test_note_types_of_any_shape_do_no_harm(tmp_path, model):
    models = json.dumps({"10": model, "11": made.BASIC | {"id": 11}})
    with opened(
        packed(tmp_path / "x.apkg", whole(models=models, decks=json.dumps({"1": model})))
    ) as contents:
        assert contents.note_types[11].fields == ("Front", "Back")
        for kind in contents.note_types.values():
            assert kind.name.encode() is not None
            assert all(isinstance(text, str) for template in kind.templates for text in template)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("update notetypes set config = x'08'", "its table notetypes can't be read"),
        ("update notetypes set config = 'x'", "its table notetypes can't be read"),
        ("update notetypes set config = 5", "holds no message"),
        ("update templates set config = x'0aff01'", "it ends too early"),
        ("update templates set config = x'0a0161' || zeroblob(3)", "number 0"),
        ("update decks set kind = x'0a7f'", "it ends too early"),
        ("update decks set kind = x'0a022207'", "it ends too early"),
        ("drop table fields", "no table fields"),
        ("drop table config", "no table config"),
    ],
)
def test_broken_messages_of_the_newest_schema_are_told(refused, latest, statement, words):
    assert words in refused({LATEST: zstd(changed(latest, statement))})


@pytest.fixture(scope="module")
def latest(tmp_path_factory):
    """A database of the newest schema, as Anki packs it."""
    folder = tmp_path_factory.mktemp("latest")
    collection = made.studied(folder)
    path = made.exported(collection, folder)["latest.colpkg"]
    collection.close()
    return made.unzstd(made.entries(path)[LATEST])


def test_nested_messages_are_not_followed(tmp_path, latest):
    blob = b""
    for _ in range(3000):
        blob = field(1, blob)
    content = changed(latest, "update decks set kind = ?", values=(blob,))
    with opened(packed(tmp_path / "x.apkg", {LATEST: zstd(content)})) as contents:
        assert {deck.description for deck in contents.decks.values()} == {""}
