"""What notes and cards were first called: the names that other programs know them by."""

import json
import sqlite3
from collections import defaultdict

from quizapp.decks.identity import base, renamed


class FirstNames:
    """What notes and cards were called before their renames. No two of them have the same first name."""

    def __init__(self) -> None:
        self._firsts: dict[str, str] = {}
        self._claimed: set[str] = set()
        self._cards: defaultdict[str, set[str]] = defaultdict(
            set
        )  # of each note, those with renames of their own

    @property
    def any(self) -> bool:
        """Whether there were renames at all."""
        return bool(self._firsts)

    def of(self, name: str) -> str:
        """The first name of a note or card. Of one that has another's first name now, one that none had."""
        if name in self._firsts:
            return self._firsts[name]
        note, dot, rest = name.partition(".")
        return self._free(self.of(note) + dot + rest if dot else note)

    def has(self, name: str) -> bool:
        """Whether a note or card that was renamed was first called this."""
        return name in self._claimed

    def rename(self, old: str, new: str) -> None:
        """A note and all its cards, or one card, have another name from now on."""
        if old == new:
            return
        if "." not in old:
            for card in sorted(self._cards.pop(old, ())):
                self._call(renamed(card, old, new), self._firsts.pop(card))
        first = self.of(old)
        self._firsts.pop(old, None)
        self._cards[base(old)].discard(old)
        self._call(new, first)

    def _call(self, name: str, first: str) -> None:
        self._claimed.discard(self._firsts.get(name, ""))
        self._firsts[name] = first
        self._claimed.add(first)
        if "." in name:
            self._cards[base(name)].add(name)

    def _free(self, name: str) -> str:
        while name in self._claimed:
            name += ".again"
        return name


def first_names(db: sqlite3.Connection) -> FirstNames:
    """The names before the renames that count, in the order of the log."""
    rows = db.execute("SELECT line FROM events WHERE kind = 'rename' AND out = 0 ORDER BY instant, line")
    names = FirstNames()
    for entry in (json.loads(line) for (line,) in rows):
        names.rename(entry["card"], entry["to"])
    return names
