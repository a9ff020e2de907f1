"""One line of the log: reading it strictly, writing it always the same way."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any, NamedTuple, TypeVar

from quizapp.journal.instant import instant
from quizapp.memory.state import Due, Rating

KNOWN = frozenset(
    ["undo", "note", "suspend", "resume", "bury", "mark", "unmark", "forget", "rename", "due", "read", "quiz"]
)
_CARDLESS = frozenset(["read", "quiz"])
_FIRST_YEAR, _LAST_YEAR = 1900, 9000
_LONGEST = 1e6  # seconds
_Read = TypeVar("_Read", bound=date)
_CARD = re.compile(r"[A-Za-z0-9_.-]{1,200}")
_YEAR = r"(?:19|[2-8][0-9])[0-9]{2}-"
_REVIEW = re.compile(
    rf'\{{"at":"({_YEAR}[0-9T:.+-]{{20,27}})","card":"([A-Za-z0-9_.-]{{1,200}})","rating":([1-4])'
    rf'(?:,"took":([0-9]{{1,4}}\.[0-9]{{1,3}}))?,"due":"({_YEAR}[0-9T:.+-]{{5,28}})"\}}'
)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().decode


class Entry(NamedTuple):
    """One event. `kind` is the rating's digit or the event's name; `instant` is in microseconds of Unix time.

    `of` is the instant an undo takes back. `line` holds everything, keys of newer versions too. A named
    tuple, not a dataclass: half a million of them pass through a rebuild of the index.
    """

    card: str
    instant: int
    kind: str
    at: str
    due: str | None
    took: float | None
    of: int | None
    line: str

    @property
    def time(self) -> datetime:
        """When it happened, in the offset of the machine that wrote it."""
        return datetime.fromisoformat(self.at)

    @property
    def rating(self) -> Rating | None:
        """The rating, or None if this isn't a review."""
        return Rating(int(self.kind)) if self.kind in "1234" else None

    @property
    def data(self) -> dict[str, Any]:
        """The whole line as a mapping."""
        read: dict[str, Any] = json.loads(self.line)
        return read


def read_due(text: str) -> Due:
    """A `due` of the log: a day, or an instant with its offset. ValueError otherwise."""
    if len(text) == 10:
        return date.fromisoformat(text)
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a time without its offset")
    return at


def parse(line: str) -> Entry:
    """Read a line of the log. ValueError says what can't be read."""
    return _plain_review(line) or _parse(line)


def _plain_review(line: str) -> Entry | None:
    """A review just as this app writes it, read in half the time; None for anything else, good or bad."""
    match = _REVIEW.fullmatch(line)
    if match is None:
        return None
    at, card, rating, took, due = match.groups()
    try:
        time = datetime.fromisoformat(at)
        read_due(due)
    except ValueError:
        return None
    if time.tzinfo is None:
        return None
    return Entry(card, instant(time), rating, at, due, float(took) if took else None, None, line)


def _parse(line: str) -> Entry:
    try:
        found = _decode(line)
    except RecursionError:
        raise ValueError("not an event: nested too deeply") from None
    except ValueError:
        raise ValueError("not a JSON object") from None
    if type(found) is not dict:
        raise ValueError("not a JSON object")
    at, moment = _moment(found.get("at"), "at")
    rating = found.get("rating")
    if "event" in found:
        kind = found["event"]
        if type(kind) is not str or not kind.isidentifier() or not kind.isascii():
            raise ValueError('"event" is not a name')
    elif type(rating) is int and 1 <= rating <= 4:
        kind = "1234"[rating - 1]
    else:
        raise ValueError('neither an "event" nor a "rating" from 1 to 4')
    card = found.get("card")
    if card is None and (kind in _CARDLESS or (kind not in KNOWN and kind not in "1234")):
        card = ""
    elif type(card) is not str or not _CARD.fullmatch(card):
        raise ValueError('"card" is not a card\'s id')
    return Entry(
        card, moment, kind, at, _due(found, kind), _seconds(found.get("took")), _argument(found, kind), line
    )


def _moment(at: Any, key: str) -> tuple[str, int]:
    """The text and the instant of an aware time."""
    time = _sensible(at, datetime.fromisoformat)
    if time is None or time.tzinfo is None:
        raise ValueError(f'"{key}" is not a time with its offset')
    return at, instant(time)


def _due(found: Mapping[str, Any], kind: str) -> str | None:
    key = "until" if kind == "bury" else "due"
    due = found.get(key)
    if due is None and kind not in ("bury", "due"):
        return None
    if _sensible(due, read_due) is None:
        raise ValueError(f'"{key}" is not a day or a time with its offset')
    return str(due)


def _sensible(text: Any, read: Callable[[str], _Read]) -> _Read | None:
    """A day or time that leaves room for arithmetic on both sides, else None."""
    try:
        time = read(text) if type(text) is str and text.isascii() and text.isprintable() else None
    except ValueError:
        return None
    return time if time and _FIRST_YEAR <= time.year <= _LAST_YEAR else None


def _seconds(took: Any) -> float | None:
    """A sensible number of seconds, else None: a review counts without it."""
    return float(took) if type(took) in (int, float) and 0 <= took <= _LONGEST else None


def _argument(found: Mapping[str, Any], kind: str) -> int | None:
    """Check what an event needs beside its card; the instant an undo takes back."""
    if kind == "undo":
        return _moment(found.get("of"), "of")[1]
    if kind == "rename" and not (type(found.get("to")) is str and _CARD.fullmatch(found["to"])):
        raise ValueError('"to" is not a card\'s id')
    if kind == "note" and not (type(found.get("hash")) is str and found["hash"].isascii()):
        raise ValueError('"hash" is missing')
    return None


def review(at: datetime, card: str, rating: Rating, took: float | None, due: Due) -> Entry:
    """The entry of a review. `took` is in seconds, counted to 60 at most."""
    data: dict[str, Any] = {"at": stamp(at), "card": card, "rating": int(rating)}
    if took is not None and isfinite(took):
        data["took"] = round(min(max(took, 0.0), 60.0), 1)
    data["due"] = stamp(due) if isinstance(due, datetime) else due.isoformat()
    return Entry(
        card, instant(at), str(int(rating)), data["at"], data["due"], data.get("took"), None, _encode(data)
    )


def noted(at: datetime, card: str, text: Mapping[str, Any]) -> Entry:
    """The entry of a note's text (its `hash`, and more): what `event` gives, for many."""
    said = stamp(at)
    line = _encode({"at": said, "event": "note", "card": card, **text})
    return Entry(card, instant(at), "note", said, None, None, None, line)


def event(at: datetime, card: str, kind: str, **data: Any) -> Entry:
    """The entry of any other event, with what belongs to it (`to=`, `of=`, `until=`, …)."""
    head = {"at": stamp(at), "event": kind, "card": card}
    if kind == "undo":
        head = {"at": head["at"], "event": kind, "of": data.pop("of"), "card": card}
    return parse(_encode(head | data))


def stamp(at: datetime) -> str:
    """An aware time as the log writes it: milliseconds and the offset."""
    return at.isoformat(timespec="milliseconds")
