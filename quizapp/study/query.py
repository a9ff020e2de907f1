"""The language of queries: words, "phrases", `deck:` `tag:` `is:` `rated:` `added:` `prop:` `id:`; `-` negates each.

A query becomes conditions in SQL whose values are bound, never written into it; of words and phrases only letters
and digits reach the full-text search, so its own syntax can't be spoken.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from unicodedata import normalize

from quizapp.decks.folding import folded
from quizapp.errors import RequestError
from quizapp.settings import Settings
from quizapp.study.waiting import ACTIVE, IN_STEPS_NOW, NEW, REVIEW, STEP_OF_DAYS, Moment

_TERM = re.compile(
    r'(?P<no>-?)(?:(?P<field>deck|tag|is|id|rated|added|prop):)?'
    r'(?:"(?P<phrase>[^"]*)(?P<end>"?)|(?P<plain>[^\s"]*))',
    re.IGNORECASE,
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_LONE = re.compile("[\ud800-\udfff]")  # half a character, which SQLite can't take
_MOST = 100  # terms
_DAY = 86_400_000_000  # microseconds
_BEFORE = 1_721_424.5  # Julian days before the first day that is counted in ordinals
_DAYS = re.compile(r"([0-9]{1,5})(?::([1-4]))?")
_PROPERTY = re.compile(r"([a-z]+)(<=|>=|!=|=|<|>)(-?[0-9]{1,9}(?:\.[0-9]{1,9})?)", re.IGNORECASE)

_IS = {
    "due": f"{ACTIVE} AND (({REVIEW}) OR ({IN_STEPS_NOW}) OR ({STEP_OF_DAYS}))",
    "new": NEW,
    "learning": "state = 1",
    "review": "state = 2",
    "relearning": "state = 3",
    "suspended": "suspended",
    "buried": "buried > :today",
    "marked": "marked",
    "leech": "lapses >= :leech",
}
_PROPERTIES = {
    "s": ("stability", "stability, days"),
    "d": ("difficulty", "difficulty, 1 to 10"),
    "r": ("recall(d.name, stability, :today - last_day)", "recall now, 0 to 1"),
    "reps": ("reps", "reviews"),
    "lapses": ("lapses", "times forgotten"),
    "ivl": ("interval", "interval, days"),
    "due": ("due_day - :today", "days until it is due"),
}


class Query(NamedTuple):
    """A query as SQL: what the full-text search looks for ("" for nothing), other conditions, and their values."""

    words: str
    conditions: list[str]
    values: dict[str, Any]


class Term(NamedTuple):
    """One term: `field` is "" for words; `whole`: as it stands between quotation marks; `open`: they don't end."""

    negated: bool
    field: str
    value: str
    whole: bool
    open: bool


def parse_query(text: str, settings: Settings, moment: Moment) -> Query:
    """Read a query; every term must hold. RequestError says what to write in place of what is not understood."""
    values: dict[str, Any] = {**moment._asdict(), "leech": settings.study.leech_lapses}
    query = Query("", [], values)
    wanted: list[str] = []
    unwanted: list[str] = []
    for term in terms(text):
        if not term.field:
            (unwanted if term.negated else wanted).extend(_matches(term))
            continue
        name = f"v{len(values)}"
        condition, values[name] = _FIELDS[term.field](name, term.value)
        query.conditions.append(f"({condition}) IS NOT TRUE" if term.negated else f"({condition})")
    if unwanted:
        values["unwanted"] = " OR ".join(unwanted)
        query.conditions.append("c.note NOT IN (SELECT rowid FROM texts WHERE texts MATCH :unwanted)")
    if not wanted and not query.conditions and text.strip():
        query.conditions.append("0")  # only signs, which no word holds
    values["words"] = " ".join(wanted)
    return query._replace(words=values["words"])


def terms(text: str) -> Iterator[Term]:
    """The terms of a query, in their order."""
    text = _LONE.sub("\ufffd", normalize("NFC", text))
    found = [match for match in _TERM.finditer(text) if match[0]]
    if len(found) > _MOST:
        raise RequestError(f"a query has {_MOST} terms at most, not {len(found)}")
    for match in found:
        whole = match["phrase"] is not None
        value = match["phrase"] if whole else match["plain"]
        yield Term(
            bool(match["no"]), (match["field"] or "").lower(), value, whole, whole and not match["end"]
        )


def _matches(term: Term) -> list[str]:
    """What the full-text search is to look for: a phrase as it stands, else the beginning of each word."""
    words = _WORD.findall(term.value)
    if not term.whole:
        return [f'"{word}"*' for word in words]
    return [f'"{" ".join(words)}"' + "*" * term.open] if words else []


def _deck(name: str, value: str) -> tuple[str, str]:
    if not value.strip("/"):
        raise RequestError('"deck:" wants a name, such as deck:math, or deck:"two words"')
    within = f"instr('/' || folded(d.name) || '/', :{name})"
    return within, f"/{folded(value.strip('/'))}/"


def _tag(name: str, value: str) -> tuple[str, str]:
    if not value:
        raise RequestError('"tag:" wants a name, such as tag:algebra; tag:none finds cards without tags')
    if value.lower() == "none":
        return "c.note NOT IN (SELECT note FROM tags)", value
    below = f"name >= :{name} || '::' AND name < :{name} || ':;'"  # Anki's tags have tags below them
    return f"c.note IN (SELECT note FROM tags WHERE name = :{name} OR {below})", folded(value)  # noqa: S608  names of ours


def _is(_name: str, value: str) -> tuple[str, str]:
    if value.lower() not in _IS:
        raise RequestError(f'"is:{value}" is not known; there are {", ".join(f"is:{name}" for name in _IS)}')
    return _IS[value.lower()], value


def _id(name: str, value: str) -> tuple[str, str]:
    if not value:
        raise RequestError('"id:" wants the id of a card or of a note')
    return f"c.id = :{name} OR c.note IN (SELECT num FROM notes WHERE id = :{name})", value  # noqa: S608  names of ours


def _rated(name: str, value: str) -> tuple[str, Any]:
    match = _DAYS.fullmatch(value)
    if not match or not int(match[1]):
        raise RequestError(
            f'"rated:{value}" is not understood; write the number of days, such as rated:7,'
            " or with a grade, rated:7:1 (1 again, 2 hard, 3 good, 4 easy)"
        )
    since = f"last_day > :today - {int(match[1])}"
    if not match[2]:
        return since, value
    graded = f"e.kind = '{match[2]}' AND e.out = 0 AND e.instant >= :began - :{name}"
    own = f"SELECT 1 FROM events e WHERE e.card = c.id AND e.owner IS NULL AND {graded}"  # noqa: S608  names of ours
    owned = f"SELECT 1 FROM events e WHERE e.owner = c.id AND {graded}"  # noqa: S608  names of ours
    return f"{since} AND (EXISTS ({own}) OR EXISTS ({owned}))", (int(match[1]) - 1) * _DAY


def _added(name: str, value: str) -> tuple[str, int]:
    match = _DAYS.fullmatch(value)
    if not match or match[2] or not int(match[1]):
        raise RequestError(f'"added:{value}" is not understood; write the number of days, such as added:7')
    return f"julianday(added) - {_BEFORE} > :today - :{name}", int(match[1])


def _prop(name: str, value: str) -> tuple[str, Any]:
    match = _PROPERTY.fullmatch(value)
    if not match or match[1].lower() not in _PROPERTIES:
        known = ", ".join(f"{key} ({means})" for key, (_, means) in _PROPERTIES.items())
        raise RequestError(
            f'"prop:{value}" is not understood; write a property, < <= > >= = or != and a number,'
            f" such as prop:s>10; there are {known}"
        )
    return f"{_PROPERTIES[match[1].lower()][0]} {match[2]} :{name}", float(match[3])


# A term's condition, and the value that it compares with.
_FIELDS: dict[str, Callable[[str, str], tuple[str, Any]]] = {
    "deck": _deck, "tag": _tag, "is": _is, "id": _id, "rated": _rated, "added": _added, "prop": _prop,
}  # fmt: skip
