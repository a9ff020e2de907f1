"""Tables as text (CSV, TSV) into rows: what separates their fields, where a record ends, whether there is a header."""

import csv
from collections.abc import Iterator, Mapping, Sequence

from quizapp.formats import columns
from quizapp.formats.rows import Field, FormatError, Found, Passed, Row

_SEPARATORS = ",;\t|"
_SAMPLE = 200  # lines looked at to tell what separates
_LONGEST_RECORD = 1_000  # lines; a quote that is open for longer was not meant

Record = tuple[int, list[str]]  # its first line, from 1, and its fields


def read_separated(text: str, named: Mapping[Field, str] | None = None, *, separator: str = "") -> Found:
    """The rows of a table. `named` is what `--columns` says; without a header the columns count as they stand."""
    lines = text.split("\n")
    found, passed = records(lines, separator or separator_of(lines))
    if not found:
        return Found((), tuple(passed))
    header = found[0][1]
    given = named or {}
    if lacking := columns.missing(given, header):
        names = ", ".join(f'"{name}"' for name in header)
        raise FormatError(f'it has no column "{lacking[0]}"; its first line holds {names}')
    table = columns.columns(header, given, decks=True) if _is_header(header, given) else None
    rows = found[1:] if table else found
    table = table or columns.by_place(max(len(fields) for _, fields in found), given)
    if table is None:
        raise FormatError("--columns names no column to ask or none to answer with; name both")
    made, refused = made_rows(rows, table)
    return Found(tuple(made), tuple(sorted((*passed, *refused), key=lambda one: one.line)))


def made_rows(found: Sequence[Record], table: columns.Columns) -> tuple[list[Row], list[Passed]]:
    """Records as rows, and those that make none."""
    rows: list[Row] = []
    passed: list[Passed] = []
    for line, fields in found:
        draft = columns.draft(table, _shortened(fields, len(table.fields)))
        if isinstance(draft, str):
            passed.append(
                Passed(line, draft.replace(r"write \| for a pipe that is text", "put it in quotes"))
            )
        else:
            rows.append(Row(line, draft, deck=columns.deck(table, fields)))
    return rows, passed


def separator_of(lines: Sequence[str]) -> str:
    """What separates the fields: the sign that most lines have, and have alike."""
    sample = [line for line in lines[:_SAMPLE] if line.strip()]

    def likeness(sign: str) -> tuple[float, int]:
        counts = [len(_fields(line, sign)) for line in sample]
        usual = max(set(counts), key=lambda count: (counts.count(count), count), default=1)
        return (counts.count(usual) / len(counts) if usual > 1 else 0.0), usual

    best = max(_SEPARATORS, key=likeness) if sample else ","
    return best if likeness(best)[0] else ","


def records(lines: Sequence[str], separator: str) -> tuple[list[Record], list[Passed]]:
    """The records of a table, blank ones left out, and the lines that begin one that has no end."""
    found: list[Record] = []
    passed: list[Passed] = []
    csv.field_size_limit(max(csv.field_size_limit(), 10_000_000))
    number = 0
    while number < len(lines):
        first = number
        if separator not in lines[number] and '"' not in lines[number]:
            fields, number = [lines[number]], number + 1
        else:
            fields, number = _record(lines, number, separator)
        if not fields:
            passed.append(
                Passed(first + 1, 'a quote is opened here and not closed; write "" for a quote within')
            )
        elif any(field.strip() for field in fields):
            found.append((first + 1, fields))
    return found, passed


def _record(lines: Sequence[str], start: int, separator: str) -> tuple[list[str], int]:
    """The fields of the record that begins in a line, and the line behind it; no fields if it has no end."""
    reader = csv.reader(_ended(lines, start), delimiter=separator, strict=True)
    try:
        return next(reader), start + reader.line_num
    except StopIteration:
        return [""], start + 1
    except csv.Error as error:
        if "unexpected end" in str(error) or reader.line_num > 1:
            return [], start + 1
        return _fields(lines[start], separator, csv.QUOTE_NONE), start + 1


def _ended(lines: Sequence[str], start: int) -> Iterator[str]:
    return (f"{lines[n]}\n" for n in range(start, min(start + _LONGEST_RECORD, len(lines))))


def _fields(line: str, separator: str, quoting: int = csv.QUOTE_MINIMAL) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator, quoting=quoting), [""])  # type: ignore[arg-type]
    except csv.Error:
        return [line]


def _is_header(first: Sequence[str], named: Mapping[Field, str]) -> bool:
    """Whether the first record names columns rather than being a card."""
    if any(not name.isdecimal() for name in named.values()):
        return True
    known = [columns.field_of(name) for name in first if name.strip()]
    if sum(field is not None for field in known) < 2:
        return False
    return columns.columns(first, {}, decks=True) is not None


def _shortened(fields: list[str], count: int) -> list[str]:
    """Without the empty fields beyond the table's columns."""
    while len(fields) > count and not fields[-1].strip():
        fields = fields[:-1]
    return fields
