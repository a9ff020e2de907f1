"""How commands print: JSON documents and plain tables."""

import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import click

from quizapp.markup.plain import escaped

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


def print_json(document: Any) -> None:
    """One JSON document on stdout."""
    import json  # noqa: PLC0415  only for those who ask

    for_people = 2 if sys.stdout.isatty() else None  # indenting takes ten times as long
    text = json.dumps(document, ensure_ascii=False, indent=for_people)
    click.echo(escaped(text))


def due_text(due: date | datetime | None) -> str | None:
    """A due day or time as JSON and tables show it."""
    if isinstance(due, datetime):
        return due.isoformat(timespec="seconds")
    return due.isoformat() if due else None


def table(rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> list[str]:
    """Rows as lines of columns; those in `right` are aligned to the right."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))] if rows else []
    return [
        "  ".join(
            cell.rjust(width) if n in right else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
