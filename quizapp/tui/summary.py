"""The end of a session: how it went, what was hard and where to read on, and what comes."""

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from quizapp.markup.plain import one_line
from quizapp.study.wording import after_session
from quizapp.tui import words

if TYPE_CHECKING:
    from quizapp.decks.note import Card
    from quizapp.study.session import Session
    from quizapp.tui.plan import Plan

_QUIET = "$foreground 60%"
_HARD_ONES = 5  # cards that are named


def summary(plan: "Plan", session: "Session", spent: float, now: datetime) -> Content:
    """Everything that is said at the end. `spent` is in seconds."""
    parts = [Content("")]
    if session.answers:
        parts += [Content(words.done_line(session, spent)).stylize("bold"), Content("")]
    if hard := session.hard:
        parts.append(Content("hard today").stylize(_QUIET))
        for card, times in hard[:_HARD_ONES]:
            parts.append(Content(f"{words.quoted(card.question)}  missed {_times(times)}"))
            if where := _to_read(plan, card):
                parts.append(Content(f"  {where}").stylize(_QUIET))
        if len(hard) > _HARD_ONES:
            parts.append(Content(f"and {len(hard) - _HARD_ONES} more").stylize(_QUIET))
        parts.append(Content(""))
    lines = after_session(plan.collection, session.selection, now)
    parts += [Content(line) for line in lines]
    if session.answers and not any(line.startswith("Next:") for line in lines):
        parts.append(Content(f"Tomorrow: {words.tomorrow(plan.collection.outlook(now).tomorrow)}."))
    return Content("\n").join(parts)


def _times(times: int) -> str:
    return "once" if times == 1 else f"{times} times"


def _to_read(plan: "Plan", card: "Card") -> str:
    """Where a card can be read up: its source, else the first of what its deck says should be read."""
    if card.source:
        return f"from {one_line(card.source)}"
    for resource in plan.collection.resources(card.deck)[:1]:
        return f"read {one_line(f'{resource.title} {resource.url}')}"
    return ""
