"""Finding cards: words, and what they are in: `deck:`, `tag:`, `is:`."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple
from unicodedata import normalize

from quizapp.errors import RequestError
from quizapp.index.store import Index
from quizapp.settings import Settings
from quizapp.study.rows import SELECT, CardRow, card_row
from quizapp.study.waiting import ACTIVE, IN_STEPS_NOW, NEW, REVIEW, STEP_OF_DAYS, Moment

_TERM = re.compile(r'(?:(deck|tag|is|id):)?(?:"([^"]*)"|(\S+))', re.IGNORECASE)

_MOST = 1 << 62  # SQLite counts no further

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


def folded(text: str) -> str:
    """A text as names and tags are compared: NFC, and without upper case."""
    return normalize("NFC", text).casefold()


def parse_query(text: str, settings: Settings, moment: Moment) -> Query:
    """Read a query; every term must hold. RequestError names what is not understood."""
    query = Query([], {**moment._asdict(), "leech": settings.study.leech_lapses})
    words = []
    for match in _TERM.finditer(normalize("NFC", text)):
        field, value = (match[1] or "").lower(), match[2] if match[2] is not None else match[3]
        if field:
            name = f"v{len(query.values)}"
            condition, query.values[name] = _FIELDS[field](name, value)
            query.conditions.append(condition)
        else:
            words += re.findall(r"\w+", value)
    if words:
        query.values["words"] = " ".join(f'"{word}"*' for word in words)
        query.conditions.append("c.note IN (SELECT rowid FROM texts WHERE texts MATCH :words)")
    elif text.strip() and not query.conditions:
        query.conditions.append("0")  # only signs, which no word holds
    return query


def _deck(name: str, value: str) -> tuple[str, str]:
    within = f"instr('/' || folded(name) || '/', :{name})"
    return f"c.deck IN (SELECT num FROM decks WHERE {within})", f"/{folded(value.strip('/'))}/"  # noqa: S608  names of ours


def _tag(name: str, value: str) -> tuple[str, str]:
    tags = "SELECT 1 FROM json_each(n.body, '$[9]') t WHERE folded(t.value)"
    return f"EXISTS ({tags} = :{name})", folded(value)


def _is(_name: str, value: str) -> tuple[str, str]:
    if value.lower() not in _IS:
        raise RequestError(f'"is:{value}" is not known; there are {", ".join(f"is:{name}" for name in _IS)}')
    return f"({_IS[value.lower()]})", value


def _id(name: str, value: str) -> tuple[str, str]:
    return f"(c.id = :{name} OR n.id = :{name})", value


# A term's condition, and the value that it compares with.
_FIELDS: dict[str, Callable[[str, str], tuple[str, str]]] = {"deck": _deck, "tag": _tag, "is": _is, "id": _id}


def find(index: Index, query: Query, limit: int | None) -> list[CardRow]:
    """The cards that a query finds, in the order of the decks."""
    limit = -1 if limit is None else min(limit, _MOST)
    rows = _rows(index, query, SELECT, f"ORDER BY d.rank, c.place LIMIT {limit}")
    return [card_row(row) for row in rows]


def find_ids(index: Index, query: Query) -> list[str]:
    """The ids of the cards that a query finds, in any order: quicker than the cards."""
    return [
        card for (card,) in _rows(index, query, "SELECT c.id FROM cards c JOIN notes n ON n.num = c.note")
    ]


def _rows(index: Index, query: Query, select: str, after: str = "") -> Iterable[Any]:
    index.db.create_function("folded", 1, folded, deterministic=True)
    where = " AND ".join(["1", *query.conditions])
    return index.db.execute(f"{select} WHERE {where} {after}", query.values)


def as_query(words: Sequence[str]) -> str:
    """Arguments of a command line as one query; an argument with spaces stays together."""
    return " ".join(f'"{word}"' if " " in word and ":" not in word else word for word in words)
