"""Anki's notes in plain text: fields separated as the `#` lines at the top say, often in HTML."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quizapp.decks.draft import Draft, tidied
from quizapp.decks.note import Kind
from quizapp.formats import columns
from quizapp.formats.html import looks_like_html, markdown
from quizapp.formats.rows import Field, FormatError, Found, Passed, Row
from quizapp.formats.separated import Record, made_rows, records, separator_of

_HEADER = re.compile(r"#([a-z][a-z ]*):(.*)", re.IGNORECASE)
_KNOWN = frozenset(
    ("separator", "html", "tags", "columns", "notetype", "deck", "tags column", "deck column", "notetype column",
     "guid column", "if matches")
)  # fmt: skip
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}


@dataclass(frozen=True, slots=True)
class _Head:
    """What the lines at the top say; column numbers count from 1, 0 if there is none."""

    said: Mapping[str, str]
    lines: int

    def column(self, name: str) -> int:
        """The number of a column that says something about the note."""
        text = self.said.get(f"{name} column", "").strip()
        return int(text) if text.isdecimal() else 0

    @property
    def separator(self) -> str:
        """What separates fields; "" if it isn't said."""
        text = self.said.get("separator", "")
        name = text.strip().lower()
        return _SEPARATORS.get(name, "") or ("\t" if name == "\\t" else text.strip()[:1] or text[:1])


def is_anki_text(text: str) -> bool:
    """Whether a text begins as Anki's does."""
    match = _HEADER.match(text.lstrip("\ufeff"))
    return bool(match and match[1].lower() in _KNOWN)


def read_anki_text(text: str, named: Mapping[Field, str] | None = None) -> Found:
    """The rows of Anki's text. `named` is what `--columns` says."""
    lines = text.split("\n")
    head = _head(lines)
    separator = head.separator or separator_of(lines[head.lines :])
    found, passed = records(lines[head.lines :], separator)
    found = [
        (line + head.lines, fields) for line, fields in found if not (fields[0].startswith("#") and line == 1)
    ]
    passed = [Passed(one.line + head.lines, one.reason) for one in passed]
    is_html = head.said.get("html", "").strip().lower()
    if is_html == "true" or (
        not is_html and any(looks_like_html(cell) for _, fields in found for cell in fields)
    ):
        found = [(line, [markdown(cell) for cell in fields]) for line, fields in found]
    rows: list[Row] = []
    for record in found:
        made = _row(record, head, named or {}, separator)
        (passed if isinstance(made, Passed) else rows).append(made)  # type: ignore[arg-type]
    return Found(tuple(rows), tuple(sorted(passed, key=lambda one: one.line)))


def _head(lines: Sequence[str]) -> _Head:
    said: dict[str, str] = {}
    count = 0
    for line in lines:
        match = _HEADER.match(line.lstrip("\ufeff"))
        if match is None:
            break
        said[match[1].lower()] = match[2]
        count += 1
    return _Head(said, count)


def _row(record: Record, head: _Head, named: Mapping[Field, str], separator: str) -> Row | Passed:
    """A record as a row: columns that say something about the note are taken out, the others are its fields."""
    line, fields = record
    special = {name: head.column(name) for name in ("tags", "deck", "notetype", "guid")}
    values = {name: fields[n - 1].strip() if 0 < n <= len(fields) else "" for name, n in special.items()}
    kept = [n for n in range(len(fields)) if n + 1 not in special.values()]
    names = head.said.get("columns", "").split(separator) if "columns" in head.said else []
    table = columns.columns([names[n] if n < len(names) else "" for n in kept], named) if names else None
    table = table or columns.by_place(max(len(kept), 2), named if not names else {})
    if table is None:
        raise FormatError("--columns names no column to ask or none to answer with; name both")
    made, refused = made_rows([(line, [fields[n] for n in kept])], table)
    if refused:
        return refused[0]
    row = made[0]
    kind = _kind(values["notetype"] or head.said.get("notetype", ""), row.draft)
    said = tuple(f"{head.said.get('tags', '')} {values['tags']}".split())
    draft = tidied(replace(row.draft, kind=kind, tags=(*row.draft.tags, *said)))
    return replace(row, draft=draft, deck=values["deck"] or head.said.get("deck", "").strip())


def _kind(notetype: str, draft: Draft) -> Kind:
    """The kind of note that Anki's type of note asks for."""
    name = notetype.lower()
    if draft.kind is not Kind.BASIC:
        return draft.kind
    if "reversed" in name and "optional" not in name:
        return Kind.TERM
    return Kind.TYPED if "type in" in name else Kind.BASIC
