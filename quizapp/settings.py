"""quizapp.toml: one declarative schema from which reading, messages and screens come."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from unicodedata import normalize

from quizapp.errors import SettingsError
from quizapp.problem import Problem

NAME = "quizapp.toml"

_DURATION = re.compile(r"(\d+(?:\.\d+)?)([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_PARAMETERS = 21  # of FSRS-6
_MOST = 10**9  # no count or parameter is larger


class Fsrs(NamedTuple):
    """How memory is modelled and intervals are made. Steps are in seconds, the interval in days."""

    retention: float = 0.9
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    maximum_interval: int = 36500
    fuzz: bool = True
    parameters: tuple[float, ...] = ()


class Study(NamedTuple):
    """What a day holds and in which order."""

    new_per_day: int = 10
    reviews_per_day: int = 200
    day_starts: timedelta = timedelta(hours=4)
    order: str = "due"
    new_order: str = "deck"
    mix: bool = True
    bury_siblings: bool = True
    leech_lapses: int = 8


class Settings(NamedTuple):
    """All settings. `decks` maps a deck's name to what it, and those below it, set for themselves.

    `file` is where they were read, and `lines` where each deck's table begins, for messages.
    """

    study: Study = Study()
    fsrs: Fsrs = Fsrs()
    decks: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    file: str = NAME
    lines: Mapping[str, int] = MappingProxyType({})

    def fsrs_of(self, deck: str) -> Fsrs:
        """What holds for a deck: the collection's, replaced by its parents' and its own settings."""
        own: dict[str, Any] = {}
        for name in lineage(deck):
            own |= {k: v for k, v in self.decks.get(name, {}).items() if k in Fsrs._fields}
        return self.fsrs._replace(**own) if own else self.fsrs


def lineage(deck: str) -> tuple[str, ...]:
    """A deck's name and its parents', the topmost first: `a/b/c` gives `a`, `a/b`, `a/b/c`."""
    parts = deck.split("/")
    return tuple("/".join(parts[: n + 1]) for n in range(len(parts)))


# --- reading one value: each says what it wants by raising ValueError with it -------------------------------


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= _MOST:
        raise ValueError("a whole number, 0 or more" + _up_to(value))
    return value


def _positive(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= _MOST:
        raise ValueError("a whole number, 1 or more" + _up_to(value))
    return value


def _up_to(value: Any) -> str:
    return f", at most {_MOST}" if type(value) is int and value > _MOST else ""


def _switch(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError("true or false")
    return value


def _share(value: Any) -> float:
    if type(value) not in (int, float) or not 0.7 <= value <= 0.99:
        raise ValueError("a number from 0.7 to 0.99")
    return float(value)


def _time(value: Any) -> timedelta:
    match = re.fullmatch(r"(\d{1,2}):(\d{2})", value) if type(value) is str else None
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise ValueError('a time in quotes, such as "04:00"')
    return timedelta(hours=int(match[1]), minutes=int(match[2]))


def _steps(value: Any) -> tuple[int, ...]:
    steps = [_DURATION.fullmatch(item) if type(item) is str else None for item in _list(value)]
    seconds = [float(m[1]) * _SECONDS[m[2]] for m in steps if m]
    if (
        type(value) is not list
        or len(seconds) < len(steps)
        or not all(0.5 < s <= 86400 * 365 for s in seconds)
    ):
        raise ValueError('a list of durations, such as ["1m", "10m"] (s, m, h or d)')
    return tuple(map(round, seconds))


def _parameters(value: Any) -> tuple[float, ...]:
    numbers = [item for item in _list(value) if type(item) in (int, float) and abs(item) <= _MOST]
    if type(value) is not list or len(numbers) != len(value) or len(numbers) not in (0, _PARAMETERS):
        raise ValueError(f"a list of {_PARAMETERS} numbers, or an empty one")
    return tuple(map(float, numbers))


def _list(value: Any) -> list[Any]:
    return value if type(value) is list else []


def _one_of(*words: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in words:
            raise ValueError(" or ".join(f'"{word}"' for word in words))
        return str(value)

    return read


class Setting(NamedTuple):
    """One line of the schema. `per_deck`: may stand under `[decks."name"]` too; `choices`: the words that it takes."""

    table: str
    key: str
    read: Callable[[Any], Any]
    explanation: str
    per_deck: bool = False
    choices: tuple[str, ...] = ()


_ORDERS, _NEW_ORDERS = ("due", "recall", "random"), ("deck", "random")


SCHEMA = (
    Setting("study", "new_per_day", _count, "new cards a day, over all decks", per_deck=True),
    Setting("study", "reviews_per_day", _count, "reviews a day, over all decks", per_deck=True),
    Setting("study", "day_starts", _time, "when a study day begins, local time"),
    Setting("study", "order", _one_of(*_ORDERS), "which reviews come first", choices=_ORDERS),
    Setting("study", "new_order", _one_of(*_NEW_ORDERS), "which new cards come first", choices=_NEW_ORDERS),
    Setting("study", "mix", _switch, "new cards between reviews; false: after them"),
    Setting("study", "bury_siblings", _switch, "one card of a note a day"),
    Setting("study", "leech_lapses", _positive, "forgotten this often, a card is a leech"),
    Setting("fsrs", "retention", _share, "share of reviews to be recalled", per_deck=True),
    Setting("fsrs", "learning_steps", _steps, "pauses while a card is new", per_deck=True),
    Setting("fsrs", "relearning_steps", _steps, "pauses after a card was forgotten", per_deck=True),
    Setting("fsrs", "maximum_interval", _positive, "the longest interval, in days", per_deck=True),
    Setting("fsrs", "fuzz", _switch, "spread reviews over neighbouring days", per_deck=True),
    Setting(
        "fsrs", "parameters", _parameters, "the 21 numbers of FSRS-6, written by optimize", per_deck=True
    ),
)


def load(path: Path) -> Settings:
    """Read quizapp.toml. A missing file means the defaults; SettingsError names the line."""
    try:
        text = path.read_bytes().decode()
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    return parse(text, str(path))


def file_state(path: Path) -> tuple[int, int] | None:
    """Size and time of a file, by which a change shows; None if there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def as_problem(error: SettingsError) -> Problem:
    """An error of reading the settings as a problem of the collection, with its place."""
    place = re.search(rf"{re.escape(NAME)}(?::(\d+))?(?::(\d+))?: (.*)", str(error), re.DOTALL)
    line, column, message = place.groups() if place else (None, None, str(error))
    return Problem(NAME, int(line or 1), int(column or 1), "bad-settings", message)


def parse(text: str, name: str = NAME) -> Settings:
    """Read the text of a quizapp.toml called `name`; SettingsError names the line."""
    import tomllib  # noqa: PLC0415  not for an empty file

    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at line (\d+), column (\d+)\)", str(error))
        where = f"{name}:{place[1]}:{place[2]}" if place else f"{name}:{text.count(chr(10)) + 1}:1"
        twice = re.match(r"Cannot declare \('(.*)',\) twice", str(error))
        what = (
            f"[{twice[1]}] stands twice; put its settings together" if twice else str(error).split(" (at ")[0]
        )
        raise SettingsError(f"{where}: {what}") from error
    except RecursionError as error:
        raise SettingsError(f"{name}:{_line_of(RecursionError, text)}: this is nested too deeply") from error
    except ValueError as error:  # Python reads no number of thousands of digits
        raise SettingsError(f"{name}:{_line_of(ValueError, text)}: this number is too long") from error
    reader = _Reader(text, name)
    reader.known(tables, ("study", "fsrs", "decks"), "table")
    decks = reader.table(tables, "decks")
    return Settings(
        study=Study(**reader.values(reader.table(tables, "study"), "study")),
        fsrs=Fsrs(**reader.values(reader.table(tables, "fsrs"), "fsrs")),
        decks=reader.decks(decks),
        file=name,
        lines={deck_name(deck): reader.line(deck) for deck in decks},
    )


def deck_name(written: str) -> str:
    """A deck's name as decks have it, from what a person wrote: without slashes around it, NFC."""
    return normalize("NFC", written.strip("/"))


def _line_of(failure: type[Exception], text: str) -> int:
    """The line with which reading the text begins to fail in this way."""
    import tomllib  # noqa: PLC0415  not for an empty file

    lines = text.split("\n")

    def fails(count: int) -> bool:
        try:
            tomllib.loads("\n".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            return False  # only cut short
        except failure:
            return True
        return False

    return bisect_left(range(len(lines)), True, key=lambda number: fails(number + 1)) + 1


class _Reader(NamedTuple):
    text: str
    name: str

    def values(self, table: Mapping[str, Any], name: str | None) -> dict[str, Any]:
        """The values of one table; `name` is None for a deck's own."""
        schema = {s.key: s for s in SCHEMA if (s.table == name if name else s.per_deck)}
        self.known(table, tuple(schema), "setting")
        found: dict[str, Any] = {}
        for key, value in table.items():
            try:
                found[key] = schema[key].read(value)
            except ValueError as error:
                raise self.error(key, f"{key} wants {error}") from error
        return found

    def decks(self, tables: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        """What each deck or folder set for itself."""
        found: dict[str, dict[str, Any]] = {}
        for written in tables:
            deck = deck_name(written)
            if deck in found:
                raise self.error(written, f'the deck "{deck}" has a table already')
            found[deck] = self.values(self.table(tables, written), None)
        return found

    def table(self, tables: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = tables.get(key, {})
        if not isinstance(value, dict):
            raise self.error(key, f"{key} wants to be a table, [{key}]")
        return value

    def known(self, table: Mapping[str, Any], keys: tuple[str, ...], what: str) -> None:
        for key in table:
            if key not in keys:
                import difflib  # noqa: PLC0415  only for the unlucky

                close = difflib.get_close_matches(key, keys, 1)
                hint = f'; did you mean "{close[0]}"?' if close else f"; there are {', '.join(keys)}"
                raise self.error(key, f'unknown {what} "{key}"{hint}')

    def error(self, key: str, message: str) -> SettingsError:
        return SettingsError(f"{self.name}:{self.line(key)}: {message}")

    def line(self, key: str) -> int:
        """The line in which a key first stands."""
        pattern = re.compile(
            rf"""^\s*(?:\[.*["']?{re.escape(key)}["']?.*\]|["']?{re.escape(key)}["']?\s*[=.])"""
        )
        numbers = [n for n, line in enumerate(self.text.splitlines(), 1) if pattern.match(line)]
        return numbers[0] if numbers else 1
