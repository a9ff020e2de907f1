"""The entry of a deck within its note in Anki: one hidden field of JSON, from which the note comes back as written."""

import html
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from unicodedata import is_normalized

from quizapp.decks import kinds
from quizapp.decks.draft import Draft
from quizapp.decks.note import Kind

_TELLING = re.compile(r"\[(?=latex\]|\$|sound:|anki:)", re.IGNORECASE)  # what Anki would look into
_ASKS = {Kind.TERM: ("term", "means"), Kind.CLOZE: ("cloze", "a"), Kind.STEPS: ("q", "steps")}


class Entry(NamedTuple):
    """What a note said when it was exported, source and tags with those of its deck.

    `numbers` are those of the deletions that ask for the steps, in their order. `first` is the note's guid in Anki,
    "" if that is its id: a note with another guid is a copy that was made there.
    """

    draft: Draft
    added: str = ""
    allow: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    first: str = ""


def written(entry: Entry) -> str:
    """The entry as the field has it: JSON, its signs escaped as HTML wants."""
    said: dict[str, Any] = dict(entry.draft.fields)
    for key in ("added", "allow", "numbers", "first"):
        if value := getattr(entry, key):
            said[key] = value
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    if not (is_normalized("NFC", text) and text.isprintable()):
        text = json.dumps(said, separators=(",", ":"))  # Anki brings all text into NFC
    return html.escape(_TELLING.sub(r"\\u005b", text), quote=False)


def read(field: str) -> Entry | None:
    """The entry of a field, whatever an editor has put around it; None if it can't be read."""
    try:
        said = json.loads(html.unescape(re.sub(r"<[^<>]*>", "", field)).replace("\xa0", " "))
        return _entry(said)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _entry(said: Mapping[str, Any]) -> Entry | None:
    """The entry that JSON holds. ValueError, TypeError or KeyError if it holds something else."""
    shape = kinds.shape(frozenset(said))
    if shape is None or any(key not in said for key in shape.needs):
        return None
    asks, answers = _ASKS.get(shape.kind, ("q", "a"))
    draft = Draft(
        _text(said[asks]),
        _texts(said.get(answers, ())),
        shape.kind,
        _texts(said.get("choices", ())),
        _texts(said.get("accept", ())),
        _text(said.get("hint", "")),
        _text(said.get("extra", "")),
        _text(said.get("source", "")),
        _texts(said.get("tags", ())),
    )
    numbers = tuple(_number(one) for one in said.get("numbers", ()))
    if shape.kind is Kind.STEPS and len(numbers) != len(draft.answer):
        return None
    return Entry(
        draft,
        _text(said.get("added", "")),
        _texts(said.get("allow", ())),
        numbers,
        _text(said.get("first", "")),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list | tuple):
        raise TypeError
    return tuple(map(_text, value))


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value
