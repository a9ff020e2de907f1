"""Packages to be read, made by Anki itself, by genanki, and by hand."""

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import zstandard
from anki.collection import Collection, ExportAnkiPackageOptions
from anki.consts import CARD_TYPE_REV
from anki.decks import FilteredDeckConfig
from anki.import_export_pb2 import ExportLimit

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
SOUND = b"ID3" + b"\0" * 5000
FORMATS = ("latest.apkg", "legacy.apkg", "latest.colpkg", "legacy.colpkg")


def studied(folder: Path) -> Collection:
    """A collection as people have it: decks in decks, kinds of notes, media, a filtered deck, and a past."""
    col = Collection(str(folder / "collection.anki2"))
    (folder / "picture.png").write_bytes(PICTURE)
    (folder / "sound.mp3").write_bytes(SOUND)
    for file in ("picture.png", "sound.mp3"):
        col.media.add_file(str(folder / file))
    math = col.decks.add_normal_deck_with_name("Math::Linear algebra").id
    words = col.decks.add_normal_deck_with_name("Wörter").id
    deck = col.decks.get_legacy(words)
    deck["desc"] = "Words of <b>every</b> day"
    col.decks.save(deck)
    _add(
        col,
        "Basic",
        math,
        ["rank", 'the <i>dimension</i> of the image <img src="picture.png">'],
        ["math", "la::rank"],
    )
    _add(col, "Basic", words, ["Haus [sound:sound.mp3]", "house"])
    _add(col, "Basic (and reversed card)", words, ["Baum", "tree"], ["plant"])
    _add(col, "Basic (type in the answer)", words, ["Stuhl", "chair"])
    _add(col, "Cloze", math, ["{{c1::det}} of {{c2::AB::two matrices}} is 1", "extra"])
    _add(
        col,
        "Image Occlusion",
        math,
        ["{{c1::image-occlusion:rect:left=.1:top=.2}}", '<img src="picture.png">', "", "", ""],
    )
    for number in range(20):
        _add(col, "Basic", words, [f"Zahl {number}", f"number {number}\n\U0001f600"])
    _review(col)
    cards = col.find_cards("Zahl")
    col.sched.suspend_cards(cards[:2])
    col.sched.bury_cards(cards[2:4])
    col.set_user_flag_for_cards(3, cards[4:6])
    _borrow(col, 'deck:"Wörter" is:new -is:suspended -is:buried Zahl')
    col.set_config("rollover", 5)
    return col


def _add(col, kind, deck, fields, tags=()):
    note = col.new_note(col.models.by_name(kind))
    note.fields = fields
    note.tags = list(tags)
    col.add_note(note, deck)


def _review(col):
    """Each grade, several times; a day set by hand, and a review on it."""
    col.decks.select(col.decks.id("Wörter"))
    for number in range(12):
        card = col.sched.getCard()
        if card is None:
            break
        col.sched.answerCard(card, number % 4 + 1)
    ids = col.find_cards("rank")
    col.sched.set_due_date(ids, "0")
    card = col.get_card(ids[0])
    assert card.type == CARD_TYPE_REV
    card.start_timer()
    col.sched.answerCard(card, 3)


def _borrow(col, search):
    deck = col.sched.get_or_create_filtered_deck(0)
    deck.name = "Cram"
    del deck.config.search_terms[:]
    deck.config.search_terms.append(FilteredDeckConfig.SearchTerm(search=search, limit=5, order=0))
    col.sched.add_or_update_filtered_deck(deck)


def exported(col: Collection, folder: Path) -> dict[str, Path]:
    """The collection in each format; it is closed, as exporting a whole one closes it."""
    paths = {name: folder / name for name in FORMATS}
    for name in ("latest.apkg", "legacy.apkg"):
        col.export_anki_package(
            out_path=str(paths[name]),
            options=ExportAnkiPackageOptions(
                with_scheduling=True,
                with_deck_configs=True,
                with_media=True,
                legacy=name.startswith("legacy"),
            ),
            limit=ExportLimit(whole_collection={}),
        )
    for name in ("latest.colpkg", "legacy.colpkg"):
        col.export_collection_package(str(paths[name]), include_media=True, legacy=name.startswith("legacy"))
        col.reopen()
    return paths


SCHEMA = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer, mod integer, scm integer, ver integer, dty integer, usn integer,
  ls integer, conf text, models text, decks text, dconf text, tags text);
CREATE TABLE notes (id integer PRIMARY KEY, guid text, mid integer, mod integer, usn integer, tags text, flds text,
  sfld integer, csum integer, flags integer, data text);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer, did integer, ord integer, mod integer, usn integer,
  type integer, queue integer, due integer, ivl integer, factor integer, reps integer, lapses integer, left integer,
  odue integer, odid integer, flags integer, data text);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer, usn integer, ease integer, ivl integer, lastIvl integer,
  factor integer, time integer, type integer);
"""
BASIC = {
    "id": 10, "name": "Basic", "type": 0,
    "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}],
    "tmpls": [{"name": "Card 1", "ord": 0, "qfmt": "{{Front}}", "afmt": "{{Back}}"}],
}  # fmt: skip
DECK = {"id": 1, "name": "Default", "desc": "", "dyn": 0}


def database(
    *statements: str, schema=SCHEMA, conf=None, models=None, decks=None, ver=11, notes=True
) -> bytes:
    """A small database of schema 11, changed by statements."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema)
        connection.execute(
            "insert into col values (1, 1700000000, 0, 0, ?, 0, 0, 0, ?, ?, ?, '{}', '{}')",
            (ver, _json(conf, {}), _json(models, {"10": BASIC}), _json(decks, {"1": DECK})),
        )
        if notes:
            connection.execute(
                "insert into notes values (1500, 'guid', 10, 1700000001, -1, ' one two ', 'q\x1fa', '', 0, 0, '')"
            )
            connection.execute(
                "insert into cards values (1600, 1500, 1, 0, 1700000002, -1, 2, 2, 7, 30, 2500, 4, 1, 0, 0, 0, 2, '{}')"
            )
            connection.execute(
                "insert into revlog values (1700000003000, 1600, -1, 3, 30, 12, 2500, 4000, 1)"
            )
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        return connection.serialize()


def changed(content: bytes, *statements: str, values=()) -> bytes:
    """A database of any schema after statements; each gets the values."""
    in_memory = content[:18] + b"\1\1" + content[20:]  # no write-ahead log
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(in_memory)
        connection.create_collation("unicase", lambda a, b: (a.lower() > b.lower()) - (a.lower() < b.lower()))
        for statement in statements:
            connection.execute(statement, values)
        connection.commit()
        return connection.serialize()


def _json(value, default):
    return value if isinstance(value, str | bytes | int) else json.dumps(default if value is None else value)


def packed(path: Path, entries, method=zipfile.ZIP_DEFLATED) -> Path:
    """A zip of entries: a mapping, or pairs of a name and bytes."""
    with zipfile.ZipFile(path, "w", method) as file:
        for name, content in entries.items() if isinstance(entries, dict) else entries:
            file.writestr(name, content)
    return path


def zstd(content: bytes) -> bytes:
    """Packed as Anki packs."""
    return zstandard.ZstdCompressor().compress(content)


def unzstd(content: bytes) -> bytes:
    """Unpacked."""
    return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(content)).read()


def entries(path: Path) -> dict[str, bytes]:
    """All of a zip."""
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def varint(value: int) -> bytes:
    """A number as Protocol Buffers write it."""
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*written, value])


def field(number: int, value: int | bytes) -> bytes:
    """A field of a message."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def edited(package: Path, guid: str, fields: tuple[str, ...]) -> None:
    """Let a note of a package of ours say something else in its first fields."""
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(files["collection.anki2"])
        ((text,),) = db.execute("select flds from notes where guid = ?", (guid,))
        rest = text.split("\x1f")[len(fields) :]
        db.execute("update notes set flds = ? where guid = ?", ("\x1f".join((*fields, *rest)), guid))
        db.commit()
        files["collection.anki2"] = db.serialize()
    with zipfile.ZipFile(package, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
