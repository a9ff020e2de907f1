"""The words both front ends use for intervals, counts and what comes next."""

from datetime import date, datetime

from quizapp.memory.state import Due
from quizapp.study.counts import Counts
from quizapp.study.outlook import Outlook

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_MONTH, _YEAR = 30.44, 365.25  # days


def interval_words(due: Due, now: datetime, today: date) -> str:
    """How long until a card is due, short: `10 min`, `3 d`, `4.2 mo`. `today` is the study day of `now`."""
    if isinstance(due, datetime):
        seconds = max(0.0, (due - now).total_seconds())
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


def outlook_lines(outlook: Outlook, now: datetime, today: date) -> list[str]:
    """Why nothing is left, and when the next card comes: sentences for a learner."""
    if not outlook.cards:
        return ["There are no cards yet."]
    lines = ["Nothing is due."]
    ahead = []
    if outlook.next_at:
        ahead.append(f"{cards(outlook.later)} in {spoken_interval(outlook.next_at, now, today)}")
    if outlook.tomorrow:
        ahead.append(f"{outlook.tomorrow} tomorrow")
    elif outlook.next_day and not ahead:
        ahead.append(f"in {spoken_interval(date.fromordinal(outlook.next_day), now, today)}")
    if ahead:
        lines.append(f"Next: {', '.join(ahead)}.")
    if outlook.held_new:
        used = f"today's limit of {outlook.new_limit} is used up"
        lines.append(f"{cards(outlook.held_new, 'new')} wait for another day: {used}.")
    if outlook.held_reviews:
        used = f"today's limit of {outlook.review_limit} is used up"
        lines.append(f"{outlook.held_reviews} reviews wait for another day: {used}.")
    if outlook.buried:
        lines.append(f"{cards(outlook.buried)} are buried until later.")
    if outlook.suspended:
        lines.append(f"{cards(outlook.suspended)} are suspended.")
    return lines
