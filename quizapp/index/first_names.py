"""What notes and cards were first called: the names that other programs know them by."""

import json
import sqlite3
from collections.abc import Mapping

from quizapp.decks.identity import base, renamed


class FirstNames:
    """What notes and cards were called before their renames."""

    def __init__(self, firsts: Mapping[str, str]) -> None:
        self._firsts = firsts
        self._claimed = set(firsts.values())

    @property
    def any(self) -> bool:
        """Whether there were renames at all."""
        return bool(self._firsts)

    def of(self, name: str) -> str:
        """The first name of a note or card. Of one that has another's first name now, one that none had."""
        if name in self._firsts:
            return self._firsts[name]
        note, dot, rest = name.partition(".")
        first = self._firsts.get(note) if dot else None
        if first is None:
            first = f"{note}.again" if note in self._claimed else note
        return first + dot + rest


def first_names(db: sqlite3.Connection) -> FirstNames:
    """The names before the renames that count, in the order of the log."""
    rows = db.execute(
        "SELECT line FROM events WHERE kind = 'rename' AND out = 0 ORDER BY instant, line"
    ).fetchall()
    firsts: dict[str, str] = {}
    for entry in (json.loads(line) for (line,) in rows):
        old, new = entry["card"], entry["to"]
        if old == new:
            continue
        if "." not in old:
            for card in [card for card in firsts if base(card) == old and card != old]:
                firsts[renamed(card, old, new)] = firsts.pop(card)
        firsts[new] = firsts.pop(old) if old in firsts else _first_of(firsts, old)
    return FirstNames(firsts)


def _first_of(firsts: Mapping[str, str], name: str) -> str:
    note, dot, rest = name.partition(".")
    return firsts.get(note, note) + dot + rest
