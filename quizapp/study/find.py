"""Finding cards: words, and what they are in: `deck:`, `tag:`, `is:`."""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from quizapp.errors import RequestError
from quizapp.index.store import Index
from quizapp.settings import Settings
from quizapp.study.rows import SELECT, CardRow, card_row
from quizapp.study.waiting import ACTIVE, IN_STEPS_NOW, NEW, REVIEW, STEP_OF_DAYS, Moment

_TERM = re.compile(r'(?:(deck|tag|is|id):)?(?:"([^"]*)"|(\S+))', re.IGNORECASE)

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


class Query(NamedTuple):
    """A query as SQL: conditions and their values."""

    conditions: list[str]
    values: dict[str, Any]


def parse_query(text: str, settings: Settings, moment: Moment) -> Query:
    """Read a query; every term must hold. RequestError names what is not understood."""
    query = Query([], {**moment._asdict(), "leech": settings.study.leech_lapses})
    words = []
    for match in _TERM.finditer(text):
        field, value = (match[1] or "").lower(), match[2] if match[2] is not None else match[3]
        if field:
            name = f"v{len(query.values)}"
            query.conditions.append(_FIELDS[field](name, value))
            query.values[name] = value
        else:
            words += re.findall(r"\w+", value)
    if words:
        query.values["words"] = " ".join(f'"{word}"*' for word in words)
        query.conditions.append("c.note IN (SELECT rowid FROM texts WHERE texts MATCH :words)")
    elif text.strip() and not query.conditions:
        query.conditions.append("0")  # only signs, which no word holds
    return query


def _deck(name: str, _value: str) -> str:
    slash = f"'/' || lower(d.name) || '/' LIKE '%/' || lower(trim(:{name}, '/')) || '/%'"
    return f"({slash})"


def _tag(name: str, _value: str) -> str:
    tags = "SELECT 1 FROM json_each(n.body, '$[9]') t WHERE lower(t.value) = lower"
    return f"EXISTS ({tags}(:{name}))"


def _is(_name: str, value: str) -> str:
    if value.lower() not in _IS:
        raise RequestError(f'"is:{value}" is not known; there are {", ".join(f"is:{name}" for name in _IS)}')
    return f"({_IS[value.lower()]})"


def _id(name: str, _value: str) -> str:
    return f"(c.id = :{name} OR n.id = :{name})"


_FIELDS: dict[str, Callable[[str, str], str]] = {"deck": _deck, "tag": _tag, "is": _is, "id": _id}


def find(index: Index, query: Query, limit: int | None) -> list[CardRow]:
    """The cards that a query finds, in the order of the decks."""
    where = " AND ".join(["1", *query.conditions])
    sql = f"{SELECT} WHERE {where} ORDER BY d.rank, c.place LIMIT :limit"
    values = {**query.values, "limit": -1 if limit is None else limit}
    return [card_row(row) for row in index.db.execute(sql, values)]


def as_query(words: Sequence[str]) -> str:
    """Arguments of a command line as one query; an argument with spaces stays together."""
    return " ".join(f'"{word}"' if " " in word and ":" not in word else word for word in words)
