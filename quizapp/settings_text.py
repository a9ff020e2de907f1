"""quizapp.toml changed one setting at a time, as a person types it; comments and everything else stay."""

import re
from datetime import timedelta
from typing import Any

from quizapp.errors import RequestError, SettingsError
from quizapp.settings import NAME, SCHEMA, Fsrs, Setting, Settings, Study, parse

_UNITS = ((86400, "d"), (3600, "h"), (60, "m"), (1, "s"))


def setting(table: str, key: str) -> Setting:
    """A line of the schema. RequestError for a stranger."""
    for line in SCHEMA:
        if (line.table, line.key) == (table, key):
            return line
    raise RequestError(f"there is no setting {table}.{key}")


def default(line: Setting) -> Any:
    """What holds when nothing is written."""
    return getattr(Study() if line.table == "study" else Fsrs(), line.key)


def in_force(settings: Settings, line: Setting) -> Any:
    """What holds for the whole collection."""
    return getattr(getattr(settings, line.table), line.key)


def as_text(value: Any) -> str:
    """A value as a person types it: `04:00`, `1m 10m`, `true`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, tuple):
        return " ".join(_duration(item) if isinstance(item, int) else f"{item:g}" for item in value)
    return f"{value}"


def _duration(seconds: int) -> str:
    size, unit = next((size, unit) for size, unit in _UNITS if seconds % size == 0)
    return f"{seconds // size}{unit}"


def from_text(line: Setting, text: str) -> Any:
    """What is to be written for what was typed. RequestError says what the setting wants."""
    value: Any = text.strip()
    kind = type(default(line))
    if kind is bool:
        value = {"true": True, "false": False}.get(value.lower(), value)
    elif kind is tuple:
        value = [_number(item) for item in re.split(r"[\s,]+", value) if item]
    elif kind in (int, float):
        value = _number(value)
    try:
        line.read(value)
    except ValueError as error:
        wanted = re.sub(r'"|\[|\]| in quotes', "", str(error))  # as it is typed, not as TOML has it
        raise RequestError(f"{line.key} wants {wanted}") from error
    return value


def _number(text: str) -> Any:
    """The number that a text is, else the text."""
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return text


def amended(text: str, line: Setting, value: Any) -> str:
    """The text of a quizapp.toml with one setting changed or added. SettingsError if it can't be read, or not then."""
    import tomlkit  # noqa: PLC0415  only to write
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415  as above

    parse(text)
    try:
        document: Any = tomlkit.parse(text)
        if line.table not in document:
            document[line.table] = tomlkit.table()
        document[line.table][line.key] = value
        changed = tomlkit.dumps(document)
    except TOMLKitError as error:
        raise SettingsError(f"{NAME}: {error}") from error
    if "\r\n" in text:
        changed = re.sub(r"\r?\n", "\r\n", changed)
    parse(changed)
    return changed
