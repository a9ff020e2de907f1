"""Note types, decks and settings of Anki's collections up to schema 14: JSON in the one row of `col`."""

from collections.abc import Mapping
from typing import Any

from quizapp.formats.anki.contents import AnkiDeck, NoteType, Template
from quizapp.formats.anki.values import entries, integer, members, text

_CLOZE = 1
_OCCLUSION = 6


def note_types(models: object) -> dict[int, NoteType]:
    """The note types in `col.models`. Anki goes by the order in the lists, not by their `ord`."""
    types = [_note_type(key, model) for key, model in members(models, "its note types").items() if _is(model)]
    return {each.id: each for each in types}


def _note_type(key: str, model: Mapping[str, Any]) -> NoteType:
    return NoteType(
        id=integer(model.get("id")) or integer(key),
        name=text(model.get("name")),
        fields=tuple(text(each.get("name")) for each in entries(model.get("flds"))),
        templates=tuple(
            Template(text(each.get("name")), text(each.get("qfmt")), text(each.get("afmt")))
            for each in entries(model.get("tmpls"))
        ),
        cloze=integer(model.get("type")) == _CLOZE,
        occlusion=integer(model.get("originalStockKind")) == _OCCLUSION,
    )


def decks(written: object) -> dict[int, AnkiDeck]:
    """The decks in `col.decks`."""
    found = [
        AnkiDeck(
            integer(deck.get("id")) or integer(key),
            text(deck.get("name")).replace("\x1f", "::"),
            text(deck.get("desc")),
            integer(deck.get("dyn")) == 1,
        )
        for key, deck in members(written, "its decks").items()
        if _is(deck)
    ]
    return {deck.id: deck for deck in found}


def _is(value: object) -> bool:
    return isinstance(value, dict)
