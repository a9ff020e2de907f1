"""The sentences of the screens, as plain text: what is said, apart from how it looks."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from math import ceil
from typing import TYPE_CHECKING

from quizapp.journal.entry import Entry
from quizapp.markup.plain import one_line
from quizapp.memory.state import Memory, Rating
from quizapp.problem import Problem, Severity
from quizapp.study.wording import cards, interval_words, spoken_interval

if TYPE_CHECKING:
    from quizapp.decks.note import Card
    from quizapp.study.editor import Edit
    from quizapp.study.session import Answered, Session, Shown

PROBLEMS_SHOWN = 3
_QUOTED = 40  # letters of a question within a sentence

_EVENTS = {
    "bury": "buried",
    "suspend": "suspended",
    "resume": "resumed",
    "mark": "marked",
    "unmark": "mark taken away",
    "forget": "forgotten",
    "rename": "joined to another card",
}

NOTHING_TO_UNDO = "There is nothing to take back."
PUT_AWAY = {  # until tomorrow, the whole note
    (True, False): "Buried until tomorrow",
    (True, True): "The note is buried until tomorrow",
    (False, False): "Suspended",
    (False, True): "The note is suspended",
}

EXAMPLE = """\
cards:
  - q: What is a tensor?
    a: An array of numbers of one type."""


def quoted(text: str) -> str:
    """The beginning of a text in quotation marks."""
    line = one_line(text)
    return f"“{line if len(line) <= _QUOTED else line[: _QUOTED - 1].rstrip() + '…'}”"


def duration(seconds: float) -> str:
    """How long something took, in whole minutes: `7 minutes`, `1 h 20 min`."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "less than a minute"
    if minutes < 60:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    return f"{minutes // 60} h {minutes % 60} min"


def deck_path(name: str) -> str:
    """A deck's name for a head line."""
    return one_line(name).replace("/", " / ")


def place_in_session(shown: "Shown", limit: int | None) -> str:
    """Which card this is, of how many as things stand: `17 of 44`; and which step, if it asks for one."""
    whole = shown.number - 1 + sum(shown.left)
    step = f"step {shown.card.step} of {shown.card.steps} · " if shown.card.step else ""
    return f"{step}{shown.number} of {whole if limit is None else min(whole, limit)}"


def intervals(outcomes: Mapping[Rating, Memory], now: datetime, today: date) -> dict[Rating, str]:
    """How long until the card comes again, for each of the four answers."""
    return {rating: interval_words(memory.due, now, today) for rating, memory in outcomes.items()}


def leech_words(answered: "Answered") -> str:
    """What to say when a card became a leech."""
    lapses = answered.memory.lapses
    often = "once" if lapses == 1 else f"{lapses} times"
    return f"{quoted(answered.card.question)} is a leech, forgotten {often}: it may want other words."


def undone(
    done: "Edit | Entry | None",
    card_of: "Callable[[str], Card | None]",
    happened_to: "Callable[[Entry], int]",
) -> str:
    """What was taken back: an edit, an event, or nothing."""
    if done is None:
        return NOTHING_TO_UNDO
    if isinstance(done, Entry):
        return taken_back(done, card_of(done.card), happened_to(done))
    return f"Taken back: {done.what}."


def taken_back(event: Entry, card: "Card | None", count: int = 1) -> str:
    """What an undo did; `count` is to how many cards at once it had been done."""
    what = event.rating.name.lower() if event.rating else _EVENTS.get(event.kind, event.kind)
    if count > 1:
        return f"Taken back: {what}, {cards(count)}."
    return f"Taken back: {what}, {quoted(card.question) if card else event.card}."


def problem_lines(problems: Sequence[Problem]) -> list[str]:
    """The first errors with their places, and how many more there are."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    lines = [
        one_line(f"{problem.file}:{problem.line}:{problem.column} {problem.message}")
        for problem in errors[:PROBLEMS_SHOWN]
    ]
    if len(errors) > PROBLEMS_SHOWN:
        lines.append(f"{len(errors) - PROBLEMS_SHOWN} more: quizapp check")
    return lines


def unsure_line(count: int) -> str:
    """That some questions changed beyond recognition."""
    return f"{count} changed questions: c settles them" if count > 1 else "1 changed question: c settles it"


def done_line(session: "Session", spent: float) -> str:
    """How many, how long, how well. `spent` is in seconds."""
    done = f"{cards(len({answer.card.id for answer in session.answers}))} in {duration(spent)}"
    return f"{done}, {percent(session.recalled or 0)} recalled."


def about(seconds: float) -> str:
    """How long what waits will take: `about 14 min`; "" if nothing waits."""
    minutes = ceil(seconds / 60)
    if minutes < 1:
        return ""
    return f"about {minutes} min" if minutes < 60 else f"about {minutes // 60} h {minutes % 60:02} min"


def days_in_a_row(days: int) -> str:
    """A streak: `34 days in a row`; "" before the second day."""
    return f"{days} days in a row" if days > 1 else ""


_LEVELS = "▁▂▃▄▅▆▇█"


def bars(numbers: Sequence[int]) -> str:
    """Numbers as a row of bars, each as high as its share of the largest; nought as a dot."""
    most = max(numbers, default=0)
    return "".join(_LEVELS[max(0, ceil(n / most * len(_LEVELS)) - 1)] if n else "·" for n in numbers)


def percent(share: float) -> str:
    """A share of one: `87 %`."""
    return f"{share:.0%}".replace("%", " %")


def tomorrow(due: int) -> str:
    """What comes tomorrow: `18 cards`, `no reviews yet`."""
    return cards(due) if due else "no reviews yet"


def early(shown: "Shown | None", now: datetime) -> str:
    """That a step comes before its time, since nothing else is left; "" if it does not."""
    due = shown.memory.due if shown and shown.memory else None
    if not isinstance(due, datetime) or due <= now:
        return ""
    return f"Nothing else is left, so this card comes {spoken_interval(due, now, now.date())} early."
