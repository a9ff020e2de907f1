"""Note types and decks of Anki's collections since schema 15: tables, with Protocol Buffers in some columns."""

from collections.abc import Mapping

from quizapp.formats.anki.contents import AnkiDeck, NoteType, Template
from quizapp.formats.anki.tables import Tables
from quizapp.formats.anki.values import integer, text
from quizapp.formats.anki.wire import Message
from quizapp.formats.rows import FormatError

_MOST = 1_000_000
_CLOZE = 1
_OCCLUSION = 6


def note_types(tables: Tables) -> dict[int, NoteType]:
    """The note types, with their fields and templates in order."""
    fields: dict[int, list[tuple[int, str]]] = {}
    for kind, place, name in tables.rows("fields", "ntid, ord, name", _MOST):
        fields.setdefault(integer(kind), []).append((integer(place), text(name)))
    templates: dict[int, list[tuple[int, Template]]] = {}
    for kind, place, name, config in tables.rows("templates", "ntid, ord, name, config", _MOST):
        sides = _message(config, "templates", {1: bytes, 2: bytes})
        template = Template(text(name), sides.text(1), sides.text(2))
        templates.setdefault(integer(kind), []).append((integer(place), template))
    types = {}
    for id_, name, config in tables.rows("notetypes", "id, name, config", _MOST):
        kinds = _message(config, "notetypes", {1: int, 9: int})
        number = integer(id_)
        types[number] = NoteType(
            id=number,
            name=text(name),
            fields=tuple(field for _, field in sorted(fields.get(number, []))),
            templates=tuple(template for _, template in sorted(templates.get(number, []))),
            cloze=kinds.number(1) == _CLOZE,
            occlusion=kinds.number(9) == _OCCLUSION,
        )
    return types


def decks(tables: Tables) -> dict[int, AnkiDeck]:
    """The decks."""
    found = {}
    for id_, name, blob in tables.rows("decks", "id, name, kind", _MOST):
        kind = _message(blob, "decks", {1: bytes, 2: bytes})
        description = _message(kind.content(1), "decks", {4: bytes}).text(4)
        number = integer(id_)
        found[number] = AnkiDeck(number, text(name).replace("\x1f", "::"), description, 2 in kind)
    return found


def _message(value: object, table: str, wanted: Mapping[int, type[int] | type[bytes]]) -> Message:
    if not isinstance(value, bytes):
        raise FormatError(f"its table {table} holds no message where one belongs")
    return Message(value, wanted, f"its table {table}")
