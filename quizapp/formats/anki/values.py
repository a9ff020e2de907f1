"""Values that a package's database and JSON hold, as what they should be: it may hold anything anywhere."""

import json
from collections.abc import Sequence
from typing import Any

from quizapp.formats.rows import FormatError

LATEST = 10**14  # milliseconds of Unix time, the year 5138: what is later is no time, nor an id made of one
_INT = {int}
_WORD = 1 << 63
_LONG = 1 << 31
_JSON = 32_000_000  # characters: a hundred note types with scripts in their templates need a third of that
_DIGITS = 20


def integer(value: object) -> int:
    """A whole number of 64 bits; 0 for what is none."""
    if isinstance(value, str | bytes) and len(value) <= _DIGITS:
        try:
            value = int(value)
        except ValueError:
            return 0
    if isinstance(value, float):
        value = int(value) if abs(value) < _WORD else 0
    return int(value) if isinstance(value, int) and -_WORD <= value < _WORD else 0


def integers(row: Sequence[Any]) -> Sequence[int]:
    """Each value of a row as a whole number."""
    return row if _INT.issuperset(map(type, row)) else [integer(value) for value in row]


def small(values: Sequence[int]) -> Sequence[int]:
    """The values, those beyond 32 bits as 0, as Anki takes them."""
    if max(values) < _LONG and min(values) >= -_LONG:
        return values
    return [value if -_LONG <= value < _LONG else 0 for value in values]


def is_id(value: int) -> bool:
    """Whether a number may name a note, card or review: it is the time in milliseconds at which that was made."""
    return 0 < value < LATEST


def seconds(value: int) -> int:
    """A time in seconds of Unix time; 0 for what can be none."""
    return value if 0 <= value < LATEST // 1000 else 0


def text(value: object) -> str:
    """A text that can be written as UTF-8; a number as it is written, empty for what is no text."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    return str(value) if isinstance(value, int | float) else ""


def members(written: object, what: str) -> dict[str, Any]:
    """A JSON object's members. FormatError if it is none; `what` is its name."""
    source = text(written)
    if len(source) > _JSON:
        raise FormatError(f"{what} are longer than {_JSON // 1_000_000} MB")
    try:
        value = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{what} are no JSON") from error
    if not isinstance(value, dict):
        raise FormatError(f"{what} are no JSON object")
    return value


def entries(value: object) -> list[dict[str, Any]]:
    """Those of a JSON array's elements that are objects."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
