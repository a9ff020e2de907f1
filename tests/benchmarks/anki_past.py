"""What Anki's tables hold of a card's past: its state, and a row of the revlog for every review."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

STARTED = date(2024, 1, 1)  # Anki counts its days from here
_LEARNING, _REVIEW, _RELEARNING = 0, 1, 2  # types of rows in the revlog
_USN, _EASE = -1, 2500


@dataclass(slots=True)
class Past:
    """One card's reviews so far. `interval` is in days, or in seconds below 0, as in Anki's revlog."""

    reps: int = 0
    lapses: int = 0
    graduated: bool = False
    in_steps: bool = True
    interval: int = 0
    due: int = 0  # the day since STARTED, or Unix time while in steps
    rows: list[list[int]] = field(default_factory=list)  # of the revlog, without the card

    def add(self, event: dict[str, Any]) -> None:
        """Take in the next review of the log."""
        at = datetime.fromisoformat(event["at"])
        steps = self.graduated and self.in_steps
        kind = _RELEARNING if steps else _REVIEW if self.graduated else _LEARNING
        last = self.interval
        self.in_steps = "T" in event["due"]
        if self.in_steps:
            due = datetime.fromisoformat(event["due"])
            self.interval, self.due = -round((due - at).total_seconds()), int(due.timestamp())
        else:
            day = date.fromisoformat(event["due"])
            self.interval, self.due = (day - at.date()).days, (day - STARTED).days
        self.reps += 1
        self.lapses += kind == _REVIEW and event["rating"] == 1
        self.graduated |= not self.in_steps
        moment, took = round(at.timestamp() * 1000), round(event["took"] * 1000)
        self.rows.append([moment, _USN, event["rating"], self.interval, last, _EASE, took, kind])

    @property
    def state(self) -> list[int]:
        """Type, queue, due, ivl, left, factor, reps and lapses of Anki's table of cards."""
        if self.in_steps:
            kind, interval = (3, 1) if self.graduated else (1, 0)
            return [kind, 1, self.due, interval, 1, _EASE, self.reps, self.lapses]
        return [2, 2, self.due, max(1, self.interval), 0, _EASE, self.reps, self.lapses]


def pasts(source: Path) -> dict[str, Past]:
    """Every reviewed card's past, by its id in the log."""
    found: dict[str, Past] = {}
    for event in _reviews(source):
        found.setdefault(event["card"], Past()).add(event)
    return found


def _reviews(source: Path) -> Iterator[dict[str, Any]]:
    for path in sorted((source / "history").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            if "rating" in event:
                yield event
