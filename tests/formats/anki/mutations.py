"""Packages harmed at random, each time the same for the same number: at every layer, from the zip to single values.

`bases(paths)` takes packages apart once; `mutated(bases, seed)` gives the bytes of one that is harmed.
"""

import io
import json
import random
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path

from tests.formats.anki.made import entries, unzstd, zstd

_ZSTD = b"\x28\xb5\x2f\xfd"
_COLUMNS = {
    "col": ("crt", "ver", "conf", "models", "decks", "dconf", "tags"),
    "notes": ("id", "guid", "mid", "mod", "tags", "flds", "sfld"),
    "cards": (
        "id", "nid", "did", "ord", "mod", "type", "queue", "due", "ivl", "factor", "reps", "lapses", "odue", "odid",
        "flags", "data",
    ),
    "revlog": ("id", "cid", "ease", "ivl", "lastIvl", "factor", "time", "type"),
    "notetypes": ("id", "name", "config"),
    "fields": ("ntid", "ord", "name", "config"),
    "templates": ("ntid", "ord", "name", "config"),
    "decks": ("id", "name", "common", "kind"),
    "config": ("[key]", "val"),
}  # fmt: skip
_VALUES = (
    None, 0, 1, -1, 2, 7, 255, 2**31, 2**63 - 1, -(2**63), 10**13, 1.5, 1e300, float("inf"), "", "x", "12", "\x1f",
    "\x1f" * 50, "a\0b", "\x1b[31m", "::", "\x1f::\x1f", "../../etc/passwd", '<img src="../x.png" onerror=alert(1)>',
    "{{c1::", "{{c1::a}}{{c2::b::c}}", "{{FrontSide}}", "{{#a}}{{/b}}", "<script>x</script>", "[sound:", "\\(x", "- a: b\n\t#",
    "\u202e\u2028", b"", b"\x00", b"\xff\xfe", b"\x0a\xff\x01", b"\x08\x01", b"\x80" * 12, "[]", "{}", "null", '{"s":1e999}',
    '{"s":-1,"d":"x","lrt":[]}', "é" * 200, "\U0001f600", "[" * 2000,
)  # fmt: skip
_JSON = (
    None,
    True,
    0,
    -1,
    2**70,
    1e308,
    "",
    "x",
    "\ud800",
    "::a::",
    [],
    {},
    [[]],
    {"": {}},
    [None, {"name": 3}],
)


def bases(paths: Iterable[Path]) -> list[tuple[str, dict[str, bytes]]]:
    """The entries of each package, unpacked once more where Anki packed them, with its ending."""
    return [
        (
            path.suffix,
            {
                name: unzstd(content) if content.startswith(_ZSTD) else content
                for name, content in entries(path).items()
            },
        )
        for path in paths
    ]


def mutated(made: list[tuple[str, dict[str, bytes]]], seed: int) -> tuple[str, bytes]:
    """The ending and the bytes of a package that is harmed in one to three ways."""
    draw = random.Random(seed)
    ending, unpacked = draw.choice(made)
    parts = dict(unpacked)
    latest = "collection.anki21b" in parts
    name = (
        "collection.anki21b"
        if latest
        else "collection.anki21"
        if "collection.anki21" in parts
        else "collection.anki2"
    )
    way = draw.choice(
        ("zip", "database", "entry", "packed", *["rows"] * 4, *["blobs"] * 2, "schema", "media", "json")
    )
    if way == "database":
        parts[name] = flipped(parts[name], draw)
    elif way in ("rows", "blobs", "schema", "json"):
        change = {"rows": _rows, "blobs": _blobs, "schema": _schema, "json": _json}[way]
        parts[name] = _changed(parts[name], change, draw)
    elif way == "media":
        key = draw.choice([each for each in parts if each == "media" or each.isdigit()] or [name])
        parts[key] = flipped(parts[key], draw)
    elif way == "entry":
        _entry(parts, draw)
    content = {
        key: zstd(part) if latest and key not in ("meta", "collection.anki2") else part
        for key, part in parts.items()
    }
    if way == "packed":
        key = draw.choice(list(content))
        content[key] = flipped(content[key], draw)
    written = _zipped(content, zipfile.ZIP_STORED if draw.random() < 0.3 else zipfile.ZIP_DEFLATED)
    return ending, flipped(written, draw) if way == "zip" else written


def flipped(content: bytes, draw: random.Random) -> bytes:
    """Some bytes changed, cut out, repeated or put in."""
    harmed = bytearray(content)
    for _ in range(draw.choice((1, 1, 2, 5, 20))):
        at = draw.randrange(len(harmed) + 1)
        if draw.random() < 0.3:  # the beginning matters most
            at = min(at, draw.randrange(200))
        what = draw.random()
        if what < 0.75:
            harmed[at : at + 1] = bytes([draw.choice((0, 1, 127, 128, 255, draw.randrange(256)))])
        elif what < 0.85:
            del harmed[at : at + draw.choice((1, 4, 100, 5000))]
        elif what < 0.95:
            harmed[at:at] = harmed[at : at + draw.choice((1, 8, 300))]
        else:
            del harmed[at:]
    return bytes(harmed)


def _zipped(parts: Mapping[str, bytes], method: int) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name), content, method)
    return written.getvalue()


def _entry(parts: dict[str, bytes], draw: random.Random) -> None:
    """An entry is gone, empty, another's, or called otherwise."""
    name, other = draw.choice(list(parts)), draw.choice(list(parts))
    what = draw.randrange(4)
    if what == 0:
        del parts[name]
    elif what == 1:
        parts[name] = b""
    elif what == 2:
        parts[name], parts[other] = parts[other], parts[name]
    else:
        parts[draw.choice(("../" + name, name + "/", "meta", "media", "7", "\\x", "collection.anki21"))] = (
            parts.pop(name)
        )


def _changed(content: bytes, change, draw: random.Random) -> bytes:
    """A database after a change, as far as SQLite lets it happen."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.text_factory = bytes
        connection.deserialize(content[:18] + b"\1\1" + content[20:])
        connection.create_collation("unicase", lambda a, b: (a > b) - (a < b))
        for _ in range(draw.randint(1, 3)):
            with suppress(sqlite3.Error, UnicodeError):
                change(connection, draw)
        with suppress(sqlite3.Error, UnicodeError):
            connection.commit()
        return connection.serialize()


def _tables(connection) -> list[str]:
    there = {
        name.decode() for (name,) in connection.execute("select name from sqlite_master where type = 'table'")
    }
    return [table for table in _COLUMNS if table in there]


def _some(draw: random.Random) -> str:
    return draw.choice(
        ("", " where abs(random()) % 3 = 0".replace("random()", f"(id * {draw.randrange(1, 99)})"))
    )


def _rows(connection, draw: random.Random) -> None:
    table = draw.choice(_tables(connection))
    column = draw.choice(_COLUMNS[table])
    what = draw.random()
    if what < 0.8:
        value = draw.choice(_VALUES)
        some = _some(draw) if table in ("notes", "cards", "revlog") else ""
        connection.execute(f"update or ignore {table} set {column} = ?{some}", (value,))
    elif what < 0.9:
        connection.execute(
            f"delete from {table}{_some(draw) if table in ('notes', 'cards', 'revlog') else ''}"
        )
    else:
        other = draw.choice(_COLUMNS[table])
        connection.execute(f"update or ignore {table} set {column} = {other}")


def _blobs(connection, draw: random.Random) -> None:
    there = _tables(connection)
    table, column, key = draw.choice(
        [("notes", "flds", "id"), ("notes", "tags", "id"), ("cards", "data", "id"), ("col", "conf", "id")]
        + [("notetypes", "config", "id"), ("decks", "kind", "id"), ("decks", "name", "id")]
        * ("notetypes" in there)
        + [("templates", "config", "ntid"), ("fields", "name", "ntid")] * ("templates" in there)
        + [("col", "models", "id"), ("col", "decks", "id")] * ("notetypes" not in there)
    )
    rows = connection.execute(f"select {key}, {column} from {table}").fetchall()
    if not rows:
        return
    row, content = draw.choice(rows)
    harmed = flipped(content if isinstance(content, bytes) else str(content).encode(), draw)
    as_text = draw.random() < 0.5 and column not in ("config", "kind")
    value = "cast(? as text)" if as_text else "?"
    connection.execute(f"update or ignore {table} set {column} = {value} where {key} = ?", (harmed, row))


def _schema(connection, draw: random.Random) -> None:
    table = draw.choice(_tables(connection))
    column = draw.choice(_COLUMNS[table])
    connection.execute(
        draw.choice(
            (
                f"drop table {table}",
                f"alter table {table} drop column {column}",
                f"alter table {table} rename column {column} to other",
                f"alter table {table} rename to other",
                f"create trigger t_{draw.randrange(99)} after update on {table} begin delete from notes; end",
                f"create index i_{draw.randrange(99)} on {table} ({column})",
                f"alter table {table} add column more text default 'x'",
            )
        )
    )
    if draw.random() < 0.3:
        columns = ", ".join(f"1 as {name}" for name in _COLUMNS[table])
        connection.execute(f"create view {table} as select {columns}")
    if draw.random() < 0.2:
        connection.execute("pragma writable_schema = on")
        connection.execute("update sqlite_master set rootpage = ? where name = ?", (draw.randrange(9), table))


def _json(connection, draw: random.Random) -> None:
    """A value somewhere in the JSON of an old collection."""
    column = draw.choice(("models", "decks", "conf"))
    (written,) = connection.execute(f"select {column} from col").fetchone() or (b"{}",)
    try:
        value = json.loads(written or b"{}")
    except ValueError:
        value = {}
    here = value
    while isinstance(here, dict | list) and here:
        keys = list(here) if isinstance(here, dict) else range(len(here))
        key = draw.choice(list(keys))
        if draw.random() < 0.25 or not isinstance(here[key], dict | list):
            if isinstance(here, dict) and draw.random() < 0.3:
                del here[key]
            else:
                here[key] = draw.choice(_JSON)
            break
        here = here[key]
    connection.execute(f"update col set {column} = ?", (json.dumps(value),))
