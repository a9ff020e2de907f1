"""A package's database as rows of `contents`: whatever its schema, and whatever stands where a number belongs.

A row that can't be told apart from others (its id, or that of what it belongs to, is none) is left out, and said so.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from quizapp.formats.anki import new_schema, old_schema
from quizapp.formats.anki.contents import CardRow, Contents, NoteRow, NoteType, ReviewRow
from quizapp.formats.anki.tables import Tables, tables
from quizapp.formats.anki.values import integer, integers, is_id, members, seconds, small, text
from quizapp.formats.rows import FormatError, Passed
from quizapp.garbage import collector_paused

_OLDEST, _NEWEST = 11, 18  # schemas; Anki reads the same
_SETTINGS_APART = 14  # the first schema with settings in a table of their own
_TYPES_APART = 15  # the first with note types and decks in tables
_MOST_NOTES = 2_000_000
_MOST_CARDS = 5_000_000
_MOST_REVIEWS = 10_000_000  # a thousand a day for 27 years
_MOST_SETTINGS = 100_000
_MOST_PARTS = 20_000_000  # fields and tags of all notes together
_TAGS = 1_000_000  # letters of one note's tags
_OCCLUDED = re.compile(r"\{\{c[\d,]+::image-occlusion:")
_KINDS = range(4)
_QUEUES = range(-3, 5)
_RATINGS = range(5)
_REVIEW, _RELEARNING = 2, 3
_NEW_QUEUE, _LEARNING_QUEUES = 0, (1, 3)
_DAY = 24 * 60  # minutes
_STEP_REVIEWS = (0, 2)  # kinds of reviews: learning, relearning


_Row = TypeVar("_Row", NoteRow, CardRow, ReviewRow)


class _Settings(NamedTuple):
    """`scheduler` is 1 or 2; under the first, steps were graded with three buttons."""

    scheduler: int
    rollover: int | None
    west: int | None


def read_database(path: Path) -> Contents:
    """All that a database holds, without media. FormatError if it can't be read."""
    with collector_paused(), tables(path) as opened:
        schema, first_day, settings_text, models, deck_text = _collection(opened)
        settings = _settings(opened, settings_text, schema)
        if schema < _TYPES_APART:
            types, decks = old_schema.note_types(models), old_schema.decks(deck_text)
        else:
            types, decks = new_schema.note_types(opened), new_schema.decks(opened)
        notes, lost_notes = _once(_notes(opened))
        cards, lost_cards = _once(_cards(opened))
        reviews, lost_reviews = _once(_reviews(opened))
    if settings.scheduler == 1 and any(card.queue for card in cards):
        cards, reviews = [_upgraded(card) for card in cards], [_regraded(review) for review in reviews]
    passed = [Passed(len(notes) + count, "its row can't be read") for count in range(1, lost_notes + 1)]
    for lost, what in ((lost_cards, "card"), (lost_reviews, "review")):
        if lost:
            passed.append(Passed(0, f"{lost} {what}{'s' if lost > 1 else ''} can't be read"))
    return Contents(
        note_types=_with_occlusion(types, notes),
        decks=decks,
        notes=notes,
        cards=cards,
        reviews=reviews,
        first_day=first_day,
        rollover=settings.rollover,
        west=settings.west,
        passed=passed,
    )


def _collection(opened: Tables) -> tuple[int, int, Any, Any, Any]:
    """The schema, the time of the collection's first day, and the JSON of old schemas: settings, types, decks."""
    row = next(opened.rows("col", "ver, crt, conf, models, decks", 2), None)
    if row is None:
        raise FormatError("its database says nothing about its collection")
    schema = integer(row[0])
    if schema > _NEWEST:
        raise FormatError(f"it was made by a newer Anki than is known here (schema {schema})")
    if schema < _OLDEST:
        raise FormatError(f"its schema is none of Anki 2's ({schema})")
    return schema, seconds(integer(row[1])), *row[2:]


def _settings(opened: Tables, written: object, schema: int) -> _Settings:
    if schema < _SETTINGS_APART:
        found = members(written or "{}", "its settings")
    else:
        found = {text(key): text(value) for key, value in opened.rows("config", "[key], val", _MOST_SETTINGS)}
    rollover = integer(found.get("rollover", -1))
    scheduler = integer(found.get("schedVer"))
    west = integer(found["creationOffset"]) if "creationOffset" in found else None
    return _Settings(
        max(scheduler, 1),
        rollover if 0 <= rollover < 24 else None,
        west if west is not None and abs(west) < _DAY else None,
    )


def _notes(opened: Tables) -> Iterator[NoteRow | None]:
    parts = 0
    for id_, guid, kind, modified, tags, fields in opened.rows(
        "notes", "id, guid, mid, mod, tags, flds", _MOST_NOTES
    ):
        tag_text, field_text = text(tags), text(fields)
        parts += field_text.count("\x1f") + 1
        if parts > _MOST_PARTS:
            raise FormatError(
                f"its notes have more than {_MOST_PARTS} fields and tags; no such package is read"
            )
        number = integer(id_)
        if not is_id(number) or len(tag_text) > _TAGS:
            yield None
            continue
        note = NoteRow(
            number,
            text(guid),
            integer(kind),
            seconds(integer(modified)),
            tuple(dict.fromkeys(tag_text.split())),
            tuple(field_text.split("\x1f")),
        )
        parts += len(note.tags)
        yield note


def _cards(opened: Tables) -> Iterator[CardRow | None]:
    columns = "id, nid, did, odid, ord, type, queue, due, ivl, reps, lapses, odue, flags, mod, data"
    for row in opened.rows("cards", columns, _MOST_CARDS):
        id_, note, deck, home, *rest, modified = integers(row[:-1])
        place, kind, queue, due, interval, reps, lapses, home_due, flags = small(rest)
        data = text(row[-1])
        if not is_id(id_) or not is_id(note) or place < 0:
            yield None
            continue
        if kind not in _KINDS or queue not in _QUEUES:
            kind = queue = 0
        yield CardRow(
            id_, note, deck, place, kind, queue, due, interval, reps, lapses,
            home_due, home, flags & 7, data, seconds(modified),
        )  # fmt: skip


def _reviews(opened: Tables) -> Iterator[ReviewRow | None]:
    for row in opened.rows("revlog", "id, cid, ease, ivl, lastIvl, factor, time, type", _MOST_REVIEWS):
        id_, card, *rest = integers(row)
        review = ReviewRow(id_, card, *small(rest))
        yield review if is_id(id_) and is_id(card) and review.rating in _RATINGS else None


def _once(rows: Iterable[_Row | None]) -> tuple[list[_Row], int]:
    """The rows by id, one for each; and how many there are besides."""
    count = 0
    found: dict[int, _Row] = {}
    for row in rows:
        count += 1
        if row is not None:
            found.setdefault(row.id, row)
    in_order = sorted(found.values(), key=attrgetter("id"))
    return in_order, count - len(in_order)


def _upgraded(card: CardRow) -> CardRow:
    """A card of Anki's first scheduler as the second has it: relearning is a kind of its own."""
    if card.kind != _REVIEW:
        return card
    if card.queue in _LEARNING_QUEUES:
        return card._replace(kind=_RELEARNING)
    return card._replace(queue=_REVIEW) if card.home and card.queue == _NEW_QUEUE else card


def _regraded(review: ReviewRow) -> ReviewRow:
    """A review of Anki's first scheduler as the second has it: of three buttons, Good was 2 and Easy was 3."""
    if review.kind in _STEP_REVIEWS and review.rating in (2, 3):
        return review._replace(rating=review.rating + 1)
    return review


def _with_occlusion(types: Mapping[int, NoteType], notes: Sequence[NoteRow]) -> dict[int, NoteType]:
    """The note types, those of hidden images marked: told by their templates, or by all of their notes."""
    used: set[int] = set()
    plain: set[int] = set()
    clozes = {each.id for each in types.values() if each.cloze}
    for note in notes:
        if note.type in clozes:
            used.add(note.type)
            if not any(_OCCLUDED.search(field) for field in note.fields):
                plain.add(note.type)
    hidden = used - plain | {
        id_ for id_ in clozes if any("{{cloze:Occlusion}}" in each.front for each in types[id_].templates)
    }
    return {id_: replace(each, occlusion=each.occlusion or id_ in hidden) for id_, each in types.items()}
