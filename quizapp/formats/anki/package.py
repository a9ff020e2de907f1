"""A package for Anki, written with genanki: its note types, decks and tables are genanki's, the rows are ours.

Genanki gives all notes one time, no schedule, no order and no compression; rows by the thousand are faster, too.
The same notes give the same bytes: nothing in a package comes from the clock. Decks have ids made of their names.
Notes and cards are counted, so that tables are filled in order and pack well: Anki knows notes by their guids, and
cards by their notes, and gives another id to those whose own is taken.
"""

import json
import os
import re
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from hashlib import sha1, sha256
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from quizapp.formats.anki.deck_text import anki_name, description
from quizapp.formats.anki.note_types import CHANGED, NOTE_TYPES, model
from quizapp.formats.anki.outgoing import AnkiNote
from quizapp.formats.anki.schedule import FIRST_DAY, NEW, Columns, Timetable
from quizapp.study.outgoing import OutgoingDeck, Schedule

if TYPE_CHECKING:
    from quizapp.decks.note import Kind

Progress = Callable[[str, int, int], None]
Row = tuple[Any, ...]

_TOGETHER = 2000  # notes written at once
_LEVEL = 5  # of compression; a higher one takes half as long again for a hundredth of the size
_PACKED = frozenset(
    (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".mp3", ".ogg", ".m4a", ".mp4", ".webm")
)
_LONG_AGO = 1_000_000_000_000  # ms (2001): where ids begin
_RANGE = 1 << 38  # ms, nearly nine years
_TAG = re.compile(r"<[^<>]*>")
_CHUNK = 1 << 20


class Written(NamedTuple):
    """What is in a package, as Anki counts it; `missing` are files that notes name and that could not be read."""

    notes: int
    cards: int
    media: int
    missing: tuple[str, ...] = ()


def write_package(
    target: Path,
    decks: Sequence[OutgoingDeck],
    notes: Iterable[AnkiNote],
    root: Path,
    schedule: Schedule | None = None,
    *,
    total: int = 0,
    progress: Progress | None = None,
) -> Written:
    """Write a package, whole or not at all. Media are looked for below `root`. Raises OSError.

    `progress` hears of notes, out of `total`, and of the bytes that are packed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.", suffix=".new") as folder:
        database, packed = Path(folder) / "collection.anki2", Path(folder) / "package"
        tables = _Tables(database, decks, schedule, progress, total)
        with closing(tables.db):
            try:
                tables.fill(notes)
            except sqlite3.OperationalError as error:
                raise OSError(f"{target}: {error}") from error
        media, missing = _media(tables.media, root)
        _pack(packed, database, media, progress)
        packed.replace(target)
    return Written(tables.notes, tables.cards, len(media), missing)


class _Tables:
    """The database of a package while it is written."""

    def __init__(
        self,
        path: Path,
        decks: Sequence[OutgoingDeck],
        schedule: Schedule | None,
        progress: Progress | None,
        total: int,
    ) -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        self.media: dict[str, str] = {}
        self.notes = self.cards = 0
        self._decks = decks
        self._deck_ids = _deck_ids(deck.name for deck in decks)
        self._timetable = Timetable(schedule, [deck.name for deck in decks]) if schedule else None
        self._progress, self._total = progress, total
        self._first = _id("\n".join(self._deck_ids))  # other decks begin elsewhere
        self._card_ids: dict[str, int] = {}
        self._kinds: set[Kind] = set()
        self._newest = CHANGED

    def fill(self, notes: Iterable[AnkiNote]) -> None:
        """Write all rows. Indexes are made when the rows are in."""
        from genanki.apkg_col import APKG_COL  # noqa: PLC0415  an eighth of a second, for exports only
        from genanki.apkg_schema import APKG_SCHEMA  # noqa: PLC0415  as above

        tables, indexes = APKG_SCHEMA.split("CREATE INDEX", 1)
        self.db.execute("PRAGMA journal_mode = OFF")
        self.db.execute("PRAGMA synchronous = OFF")
        self.db.executescript(tables + APKG_COL)
        self.db.execute("BEGIN")
        for batch in _batches(notes):
            self._insert(batch)
            if self._progress:
                self._progress("notes", self.notes, max(self.notes, self._total))
        if self._timetable:
            rows = self._timetable.reviews(self._card_ids)
            self.db.executemany("INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)", rows)
        self._describe()
        self.db.execute("COMMIT")
        self.db.executescript("CREATE INDEX" + indexes)

    def _insert(self, notes: Sequence[AnkiNote]) -> None:
        rows: list[Row] = []
        cards: list[Row] = []
        for note in notes:
            number = self._first + self.notes
            self.notes += 1
            tags = f" {' '.join(note.tags)} " if note.tags else ""
            first = _bare(note.fields[0])
            check = int(sha1(first.encode("utf-8", "replace")).hexdigest()[:8], 16)  # noqa: S324  Anki's way
            kind = NOTE_TYPES[note.kind].id
            fields = "\x1f".join(note.fields)
            rows.append((number, note.guid, kind, note.modified, tags, fields, first, check))
            deck = self._deck_ids[note.deck]
            for place, card in zip(note.places, note.cards, strict=True):
                card_id = self._first + self.cards
                self.cards += 1
                columns = self._columns(card, note.deck)
                cards.append((card_id, number, deck, place, note.modified, *columns))
                if self._timetable:
                    self._card_ids[card] = card_id
            self.media |= note.media
            self._kinds.add(note.kind)
            self._newest = max(self._newest, note.modified)
        self.db.executemany("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')", rows)
        self.db.executemany(
            "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)", cards
        )

    def _columns(self, card: str, deck: str) -> Columns:
        if self._timetable is None:
            return NEW._replace(due=self.cards)
        return self._timetable.columns(card, deck, self.cards)

    def _describe(self) -> None:
        """The one row that says what note types, decks and presets there are."""
        import genanki  # noqa: PLC0415  as above

        conf, dconf, models, decks = (
            json.loads(text)
            for text in self.db.execute("SELECT conf, dconf, models, decks FROM col").fetchone()
        )
        conf |= {"schedVer": 2, "sched2021": True}
        if self._timetable:
            conf |= self._timetable.conf
            dconf |= {str(preset["id"]): preset for preset in self._timetable.presets}
        said = {deck.name: deck for deck in self._decks}
        for name, number in self._deck_ids.items():
            text = description(said[name]) if name in said else ""
            made = genanki.Deck(number, anki_name(name), text).to_json()
            decks[str(number)] = made | {"conf": self._timetable.preset_of(name) if self._timetable else 1}
        for kind in sorted(self._kinds):
            models[str(NOTE_TYPES[kind].id)] = model(kind).to_json(CHANGED, 1)
        self.db.execute(
            "UPDATE col SET crt = ?, mod = ?, scm = ?, ls = 0, conf = ?, dconf = ?, models = ?, decks = ?",
            (
                self._timetable.first_second if self._timetable else FIRST_DAY,
                self._newest * 1000,
                CHANGED * 1000,
                *map(json.dumps, (conf, dconf, models, decks)),
            ),
        )


def _batches(notes: Iterable[AnkiNote]) -> Iterator[list[AnkiNote]]:
    batch: list[AnkiNote] = []
    for note in notes:
        batch.append(note)
        if len(batch) == _TOGETHER:
            yield batch
            batch = []
    yield batch


def _deck_ids(names: Iterable[str]) -> dict[str, int]:
    """An id for each deck and those above it, by our names."""
    used: set[int] = set()
    parts = (name.split("/") for name in names)
    lineages = {"/".join(found[: n + 1]) for found in parts for n in range(len(found))}
    found: dict[str, int] = {}
    for name in sorted(lineages):
        number = _id(f"deck {name}")
        while number in used:
            number += 1
        used.add(number)
        found[name] = number
    return found


def _id(text: str) -> int:
    """An id made of a text."""
    return _LONG_AGO + int.from_bytes(sha256(text.encode("utf-8", "replace")).digest()[:8]) % _RANGE


def _bare(html: str) -> str:
    """A field's text, as Anki compares and sorts it."""
    if "<" in html:
        html = _TAG.sub("", html)
    return (unescape(html) if "&" in html else html).strip()


def _media(named: dict[str, str], root: Path) -> tuple[list[tuple[str, Path]], tuple[str, ...]]:
    """The files that are there, by their names in the package, and those that are not."""
    there = {name: root / file for name, file in sorted(named.items()) if _is_readable(root / file)}
    return [*there.items()], tuple(file for name, file in sorted(named.items()) if name not in there)


def _is_readable(path: Path) -> bool:
    try:
        return path.is_file() and os.access(path, os.R_OK)
    except OSError:  # a name that no file can have
        return False


def _pack(target: Path, database: Path, media: Sequence[tuple[str, Path]], progress: Progress | None) -> None:
    total = database.stat().st_size
    with zipfile.ZipFile(target, "w") as archive:
        with database.open("rb") as source, archive.open(_entry(database.name), "w") as entry:
            done = 0
            while data := source.read(_CHUNK):
                entry.write(data)
                done += len(data)
                if progress:
                    progress("package", done, total)
        names = {str(number): name for number, (name, _) in enumerate(media)}
        archive.writestr(_entry("media"), json.dumps(names))
        for number, (name, path) in enumerate(media):
            packed = Path(name).suffix.lower() in _PACKED
            with path.open("rb") as source, archive.open(_entry(str(number), packed=packed), "w") as entry:
                shutil.copyfileobj(source, entry, _CHUNK)
            if progress:
                progress("media", number + 1, len(media))


def _entry(name: str, *, packed: bool = False) -> zipfile.ZipInfo:
    """An entry of the package, of no particular time. What is packed already is stored as it is."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    entry._compresslevel = _LEVEL  # type: ignore[attr-defined]  # noqa: SLF001  the only way before Python 3.13
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
