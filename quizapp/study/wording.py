"""The words both front ends use for intervals, counts and what comes next."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from quizapp.memory.state import Due
from quizapp.study.counts import Counts
from quizapp.study.outlook import Outlook

if TYPE_CHECKING:
    from quizapp.study.desk import Selection

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_MONTH, _YEAR = 30.44, 365.25  # days


def interval_words(due: Due, now: datetime, today: date) -> str:
    """How long until a card is due, short: `10 min`, `3 d`, `4.2 mo`. `today` is the study day of `now`."""
    if isinstance(due, datetime):
        seconds = max(0, round((due - now).total_seconds()))
        if seconds < _HOUR - _MINUTE / 2:
            return f"{max(1, round(seconds / _MINUTE))} min"
        return f"{_short(seconds / _HOUR)} h"
    days = max(0, (due - today).days)
    if days < 31:
        return f"{days} d"
    return f"{_short(days / _MONTH)} mo" if days < _YEAR else f"{_short(days / _YEAR)} y"


def spoken_interval(due: Due, now: datetime, today: date) -> str:
    """The same in whole words: `10 minutes`, `3 days`, `4.2 months`."""
    number, unit = interval_words(due, now, today).split()
    word = {"min": "minute", "h": "hour", "d": "day", "mo": "month", "y": "year"}[unit]
    return f"{number} {word}" if number == "1" else f"{number} {word}s"


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0") if number < 10 else f"{number:.0f}"


def cards(count: int, what: str = "") -> str:
    """`1 card`, `3 new cards`."""
    return f"{count} {what}{' ' if what else ''}card{'' if count == 1 else 's'}"


def counts_words(counts: Counts) -> str:
    """What waits, in one line."""
    return f"{counts.new} new · {counts.learning} learning · {counts.review} review"


def _reason(limit: int | None) -> str:
    """Why cards wait for another day."""
    if limit is not None:
        return f"today's limit of {limit} is used up"
    return "a deck's own limit is used up, or another card of the note was asked today"


def outlook_lines(outlook: Outlook, now: datetime, today: date) -> list[str]:
    """Why nothing is left, and when the next card comes: sentences for a learner."""
    if not outlook.cards:
        return ["There are no cards yet."]
    ahead = next_words(outlook, now, today)
    lines = ["Nothing is due.", *([f"Next: {ahead}."] if ahead else [])]
    for held, what, limit in (
        (outlook.held_new, "new", outlook.new_limit),
        (outlook.held_reviews, "due", outlook.review_limit),
    ):
        if held:
            lines.append(f"{cards(held, what)} wait for another day: {_reason(limit)}.")
    if outlook.buried:
        lines.append(f"{cards(outlook.buried)} are buried until later.")
    if outlook.suspended:
        lines.append(f"{cards(outlook.suspended)} are suspended.")
    return lines


def next_words(outlook: Outlook, now: datetime, today: date) -> str:
    """What comes next, and when; "" if nothing ever does."""
    ahead = []
    if outlook.next_at:
        several = ", the first" if outlook.later > 1 else ""
        ahead.append(f"{cards(outlook.later)}{several} in {spoken_interval(outlook.next_at, now, today)}")
    if outlook.tomorrow:
        ahead.append(f"{outlook.tomorrow} tomorrow")
    elif (outlook.held_reviews and outlook.review_limit != 0) or (
        outlook.held_new and outlook.new_limit != 0
    ):
        ahead.append("more tomorrow")
    elif outlook.next_day and not ahead:
        ahead.append(f"in {spoken_interval(date.fromordinal(outlook.next_day), now, today)}")
    return ", ".join(ahead)


class Door(Protocol):
    """What the end of a session needs of a collection."""

    def left(self, selection: "Selection", now: datetime) -> Counts:
        """What is left."""

    def counts(self, decks: Sequence[str] | None = None, now: datetime | None = None) -> Counts:
        """What waits."""

    def outlook(self, now: datetime | None = None) -> Outlook:
        """What comes."""

    def today(self, now: datetime | None = None) -> date:
        """The study day."""


def after_session(door: Door, selection: "Selection", now: datetime) -> list[str]:
    """Why no card is shown: limit or time reached, only other decks have some, or nothing is due at all."""
    left = door.left(selection, now)
    if any(left):
        return [f"Still waiting: {counts_words(left)}."]
    if selection.decks is not None or selection.cards is not None:
        elsewhere = door.counts(now=now)
        if any(elsewhere):
            return ["Nothing is left here.", f"In the whole collection: {counts_words(elsewhere)}."]
        first, *lines = outlook_lines(door.outlook(now), now, door.today(now))
        return ["Nothing is left here.", f"In the whole collection: {first[0].lower()}{first[1:]}", *lines]
    return outlook_lines(door.outlook(now), now, door.today(now))
