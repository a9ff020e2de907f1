"""The JSON Schema of a deck, by which an editor completes keys and underlines what is wrong.

It is made of the tables by which decks are read. Draft 7 is what editors' YAML servers know best. What looks
like a number, a date or nothing is a text in a deck, and an editor must not complain about it.
"""

from typing import Any

from quizapp.decks.identity import ID, LONGEST_ID
from quizapp.decks.kinds import (
    CARD_KEYS,
    COMMON,
    COMPLAINTS,
    DECK_KEYS,
    RESOURCE_KEYS,
    SHAPES,
    Holds,
    Key,
    Shape,
)

FILE = "deck.schema.json"  # at the top of a collection
VERSION = 1  # raise it with any change of the schema: an older file in a collection is replaced
OURS = "Written by quizapp, version"  # the beginning of the comment by which a file of ours is known

Schema = dict[str, Any]

_TEXT: Schema = {"type": ["string", "number", "boolean", "null"]}
_TITLES = {
    "basic": "a question and its answer",
    "term": "a term and its meaning, asked both ways",
    "cloze": "a text with deletions",
    "choices": "a question with choices",
    "typed": "a question whose answer is typed",
    "steps": "a question answered in steps, a card each",
}


def first_line(deck: str) -> str:
    """The first line of a new deck's file, which leads editors to the schema; `deck` is the deck's name."""
    return f"# yaml-language-server: $schema={'../' * deck.count('/')}{FILE}"


def deck_schema() -> Schema:
    """The schema as a JSON document."""
    resource = {
        **_map({name: _value(key) for name, key in RESOURCE_KEYS.items()}),
        "anyOf": [{"required": ["title"]}, {"required": ["url"]}],
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": f"{OURS} {VERSION}; a newer one replaces it, so change nothing here.",
        "title": "A deck of quizapp",
        "type": ["object", "null"],
        "properties": {name: _value(key) for name, key in DECK_KEYS.items()},
        "additionalProperties": False,
        "definitions": {
            "text": _TEXT,
            "texts": {"type": ["array", "null"], "items": _ref("text")},
            "textOrTexts": {"type": [*_TEXT["type"], "array"], "items": _ref("text")},
            "complaint": {
                "anyOf": [{"const": code, "description": text} for code, text in COMPLAINTS.items()]
            },
            "resource": resource,
            "card": {"anyOf": [_card(shape) for shape in reversed(SHAPES)]},
            **{f"card.{name}": _value(key) for name, key in CARD_KEYS.items()},
        },
    }


def _card(shape: Shape) -> Schema:
    """The keys of one kind of card."""
    keys = [name for name in CARD_KEYS if name in (*shape.needs, *shape.may, *COMMON)]
    properties = {name: _ref(f"card.{name}") for name in keys}
    if "a" in keys and "choices" not in keys:  # a list of answers goes with choices
        properties["a"] = {"description": "the answer", **_TEXT}
    return {
        "title": f"{shape.kind}: {_TITLES[shape.kind]}",
        **_map(properties),
        "required": [name for name in keys if name in shape.needs],
    }


def _map(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _value(key: Key) -> Schema:
    """What may stand behind a key. In draft 7 nothing counts beside a reference, so that stands in `allOf`."""
    holds = _SPECIAL.get(key.name) or _HOLDS[key.holds]
    return {"description": key.explanation, **holds}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


_HOLDS: dict[Holds, Schema] = {
    Holds.TEXT: _TEXT,
    Holds.TEXTS: {"allOf": [_ref("texts")]},
    Holds.TEXT_OR_TEXTS: {"allOf": [_ref("textOrTexts")]},
    Holds.TRUE: {"enum": [True, "true", None]},
    Holds.RESOURCES: {"type": ["array", "null"], "items": _ref("resource")},
    Holds.CARDS: {"type": ["array", "null"], "items": _ref("card")},
}
_SPECIAL: dict[str, Schema] = {
    "id": {**_TEXT, "pattern": f"^(?:{ID.pattern})$", "maxLength": LONGEST_ID},
    "added": {"type": ["string", "null"], "format": "date", "pattern": "^[0-9]{4}-[01][0-9]-[0-3][0-9]$"},
    "allow": {"anyOf": [_ref("complaint"), {"type": "array", "items": _ref("complaint")}, {"type": "null"}]},
}
