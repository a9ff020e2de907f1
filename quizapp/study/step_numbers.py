"""The numbers by which other programs know a note's steps: they rise with the steps, and a step keeps its own.

Steps that come later find numbers in the gaps. The log keeps what was given, in the `note` lines' key `steps`.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence

from quizapp.decks.identity import base

MOST = 500  # the highest number; a step for which there is none has 0
_GAP = 10

_LINES = (
    "SELECT coalesce(owner, card), json_extract(line, '$.steps') FROM events WHERE kind = 'note' AND out = 0"
    " AND line LIKE '%\"steps\":{%' ORDER BY instant, line"
)


def numbered(steps: Sequence[str], known: Mapping[str, int]) -> tuple[int, ...]:
    """A number for each step, by the first ids of their cards; those `known` stay, and none of them comes again."""
    had = [known.get(step, 0) for step in steps]
    found = [0 if number in had[:place] else number for place, number in enumerate(had)]
    used = set(known.values())
    start = 0
    while start < len(found):
        if found[start]:
            start += 1
            continue
        end = next((place for place in range(start, len(found)) if found[place]), len(found))
        count = end - start
        low = found[start - 1] if start else 0
        high = found[end] if end < len(found) else min(MOST + 1, low + _GAP * (count + 1))
        for place in range(count):
            wished = low + (high - low) * (place + 1) // (count + 1)
            found[start + place] = _free(max(1, wished), used)
        start = end
    return tuple(found)


def known_numbers(db: sqlite3.Connection) -> dict[str, dict[str, int]]:
    """The numbers that the log has of notes' steps, those of steps that are gone, too."""
    found: dict[str, dict[str, int]] = {}
    for card, text in db.execute(_LINES):
        steps = json.loads(text) if isinstance(text, str) else {}
        sound = {
            step: number for step, number in steps.items() if isinstance(number, int) and 0 < number <= MOST
        }
        found.setdefault(base(card), {}).update(sound)
    return found


def _free(wished: int, used: set[int]) -> int:
    """The next number that nobody has had, and takes it."""
    order = (*range(wished, MOST + 1), *range(1, min(wished, MOST + 1)))
    number = next((number for number in order if number not in used), 0)
    used.add(number)
    return number
