"""The tables of a package: genanki's, with rows of ours.

Notes and cards are counted, so that tables are filled in order and pack well: Anki knows notes by their guids, and
cards by their notes, and gives another id to those whose own is taken. Decks have ids made of their names.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from hashlib import sha1, sha256
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from quizapp.formats.anki.deck_text import anki_name, description
from quizapp.formats.anki.note_types import CHANGED, NOTE_TYPES, model
from quizapp.formats.anki.outgoing import AnkiNote
from quizapp.formats.anki.schedule import FIRST_DAY, Columns, Timetable
from quizapp.settings import lineage
from quizapp.study.outgoing import OutgoingDeck

if TYPE_CHECKING:
    from quizapp.decks.note import Kind

Row = tuple[Any, ...]

_LONG_AGO = 1_000_000_000_000  # ms (2001): where ids begin
_RANGE = 1 << 38  # ms, nearly nine years
_DEFAULT_PRESET = 1
_MEDIA_TAG = re.compile(
    r"<(?:img|audio|video|object|source)\b[^>]*?\b(?:src|data)="
    r"""(?:"([^"]+)"|'([^']+)'|([^\s>]+))[^>]*>""",
    re.IGNORECASE,
)
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


class Tables:
    """A package's database while it is written; `media` are the files that its notes name, by their names there."""

    def __init__(self, path: Path, decks: Sequence[OutgoingDeck], timetable: Timetable | None) -> None:
        self.notes = self.cards = 0
        self.media: dict[str, str] = {}
        self._decks = {deck.name: deck for deck in decks}
        self._deck_ids = _deck_ids(self._decks)
        self._first = _id("\n".join(self._deck_ids))  # other decks begin elsewhere
        self._timetable = timetable
        self._learned: dict[str, tuple[int, str]] = {}  # our ids of cards: Anki's, and their decks
        self._kinds: set[Kind] = set()
        self._newest = CHANGED
        self._db = sqlite3.connect(path, isolation_level=None)

    def __enter__(self) -> Self:
        from genanki.apkg_col import APKG_COL  # noqa: PLC0415  an eighth of a second, for exports only
        from genanki.apkg_schema import APKG_SCHEMA  # noqa: PLC0415  as above

        tables, indexes = APKG_SCHEMA.split("CREATE INDEX", 1)
        self._indexes = f"CREATE INDEX{indexes}"
        begin = f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {tables} {APKG_COL} BEGIN;"
        try:
            self._db.executescript(begin)
        except sqlite3.Error:
            self._db.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def add(self, notes: Iterable[AnkiNote]) -> None:
        """Take in some notes."""
        rows: list[Row] = []
        cards: list[Row] = []
        for note in notes:
            row = self._note(note)
            rows.append(row)
            cards += self._cards(note, row[0])
            self.media |= note.media
            self._kinds.add(note.kind)
            self._newest = max(self._newest, note.modified)
        self._db.executemany("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')", rows)
        self._db.executemany(
            "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)", cards
        )

    def _note(self, note: AnkiNote) -> Row:
        number = self._first + self.notes
        self.notes += 1
        kind = NOTE_TYPES[note.kind].id
        tags = f" {' '.join(note.tags)} " if note.tags else ""
        first = bare(note.fields[0])
        check = int.from_bytes(sha1(first.encode("utf-8", "replace")).digest()[:4])  # noqa: S324  Anki's way
        return number, note.guid, kind, note.modified, tags, "\x1f".join(note.fields), first, check

    def _cards(self, note: AnkiNote, number: int) -> Iterator[Row]:
        deck = self._deck_ids[note.deck]
        for place, card in zip(note.places, note.cards, strict=True):
            card_id = self._first + self.cards
            self.cards += 1
            if self._timetable:
                self._learned[card] = card_id, note.deck
                columns = self._timetable.columns(card, note.deck, self.cards)
            else:
                columns = Columns(due=self.cards)
            yield card_id, number, deck, place, note.modified, *columns

    def finish(self) -> None:
        """Write what comes after the last note: the log, what note types, decks and presets there are, indexes."""
        if self._timetable:
            self._log(self._timetable)
        self._describe()
        self._db.execute("COMMIT")
        self._db.executescript(self._indexes)
        self._db.close()

    def _log(self, timetable: Timetable) -> None:
        """The review log, each line in a millisecond of its own: the next free one, in the order of time."""
        self._db.execute(
            "CREATE TEMP TABLE lines (instant, card, anki_card, ease, ivl, last, factor, time, type)"
        )
        lines = timetable.reviews(self._learned)
        self._db.executemany("INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", lines)
        with closing(self._db.execute("SELECT * FROM lines ORDER BY instant, card")) as found:
            self._db.executemany("INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)", _log_rows(found))

    def _describe(self) -> None:
        conf, presets, decks = (
            json.loads(text) for text in self._db.execute("SELECT conf, dconf, decks FROM col").fetchone()
        )
        conf |= {"schedVer": 2, "sched2021": True}
        first_second = FIRST_DAY
        if self._timetable:
            conf |= self._timetable.conf
            presets |= {str(preset["id"]): preset for preset in self._timetable.presets}
            first_second = self._timetable.first_second
        models = {str(NOTE_TYPES[kind].id): model(kind).to_json(CHANGED, 1) for kind in sorted(self._kinds)}
        decks |= {str(deck["id"]): deck for deck in self._described_decks()}
        self._db.execute(
            "UPDATE col SET crt = ?, mod = ?, scm = ?, ls = 0, conf = ?, dconf = ?, models = ?, decks = ?",
            (
                first_second,
                self._newest * 1000,
                CHANGED * 1000,
                *map(json.dumps, (conf, presets, models, decks)),
            ),
        )

    def _described_decks(self) -> Iterator[Mapping[str, Any]]:
        import genanki  # noqa: PLC0415  as above

        for name, number in self._deck_ids.items():
            text = description(self._decks[name]) if name in self._decks else ""
            preset = self._timetable.preset_of(name) if self._timetable else _DEFAULT_PRESET
            yield genanki.Deck(number, anki_name(name), text).to_json() | {"conf": preset}


def bare(html: str) -> str:
    """A field without its tags, but with the names of its media, as Anki sorts and compares it."""
    if "<" in html:
        html = _TAG.sub("", _MEDIA_TAG.sub(r" \1\2\3 ", html))
    return unescape(html).replace("\xa0", " ") if "&" in html else html


def _deck_ids(names: Iterable[str]) -> dict[str, int]:
    """An id for each deck and those above it, by our names."""
    found: dict[int, str] = {}
    for name in sorted({above for deck in names for above in lineage(deck)}):
        number = _id(f"deck {name}")
        while number in found:
            number += 1
        found[number] = name
    return {name: number for number, name in found.items()}


def _id(text: str) -> int:
    """An id made of a text."""
    return _LONG_AGO + int.from_bytes(sha256(text.encode("utf-8", "replace")).digest()[:8]) % _RANGE


def _log_rows(lines: Iterable[Row]) -> Iterator[Row]:
    """Rows of the log in milliseconds. Lines of cards that stay here keep theirs free."""
    last = 0
    for instant, _, card, *columns in lines:
        last = max(instant // 1000, last + 1)
        if card is not None:
            yield last, card, *columns
