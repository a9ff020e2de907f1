"""A session line by line, which reads well aloud: no decoration, one line a fact, the answers as words."""

import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import click

from quizapp.collection import Collection
from quizapp.decks.note import Card
from quizapp.markup.plain import one_line, visible
from quizapp.memory.state import Rating
from quizapp.study.session import Session, Shown
from quizapp.study.wording import after_session, cards, spoken_interval

_HELP = {
    "u": "undo",
    "h": "hint",
    "-": "bury the card until tomorrow",
    "@": "suspend the card",
    "q": "quit",
}


class End(Exception):  # noqa: N818  not an error
    """The learner quits, or the input is at its end."""


class Clock(NamedTuple):
    """The time of day, and seconds for measuring how long an answer takes."""

    now: Callable[[], datetime]
    seconds: Callable[[], float]


CLOCK = Clock(lambda: datetime.now().astimezone(), time.monotonic)


def study(collection: Collection, session: Session, clock: Clock = CLOCK) -> None:
    """Ask until nothing is left, or the learner quits."""
    try:
        while shown := session.show(clock.now()):
            _ask(collection, session, shown, clock)
    except End:
        pass
    _summary(collection, session, clock.now())


def _ask(collection: Collection, session: Session, shown: Shown, clock: Clock) -> None:
    card = shown.card
    total = shown.number - 1 + sum(shown.left)
    _say(f"\nQuestion {shown.number} of {max(total, shown.number)}, deck {one_line(card.deck)}.")
    _say(visible(card.question))
    for number, choice in enumerate(card.choices, 1):
        _say(f"Choice {number}: {visible(choice)}")
    begun = clock.seconds()
    key = _prompt("Press enter to show the answer, u undo, q quit:", ("", "1", "2", "3", "4", *_HELP), card)
    if key in ("", "1", "2", "3", "4"):
        _say(f"Answer: {visible(card.answer)}")
        if card.extra:
            _say(f"Also: {visible(card.extra)}")
        if card.source:
            _say(f"From: {one_line(card.source)}")
        key = key or _prompt(_grades(collection, shown, clock.now()), ("1", "2", "3", "4", *_HELP), card)
    if key in ("1", "2", "3", "4"):
        _grade(session, card, Rating(int(key)), clock, begun)
    else:
        _other(collection, session, card, key, clock.now())


def _grades(collection: Collection, shown: Shown, now: datetime) -> str:
    today = collection.today(now)
    words = [
        f"{int(rating)} {rating.name.lower()} ({spoken_interval(memory.due, now, today)})"
        for rating, memory in shown.outcomes.items()
    ]
    return f"Grade: {', '.join(words)}, u undo, q quit:"


def _grade(session: Session, card: Card, rating: Rating, clock: Clock, begun: float) -> None:
    answered = session.grade(card, rating, clock.now(), clock.seconds() - begun)
    if answered.leech:
        _say(f"Forgotten {answered.memory.lapses} times: a leech. Reword it, or suspend it with @.")


def _other(collection: Collection, session: Session, card: Card, key: str, now: datetime) -> None:
    if key == "q":
        raise End
    if key == "u":
        event = session.undo(now)
        what = event and (f"the answer {event.rating.name.lower()}" if event.rating else event.kind)
        _say(f"Undone: {what}." if event else "Nothing to undo.")
    elif key == "-":
        collection.bury(card.id, now)
        _say("Buried until tomorrow.")
    elif key == "@":
        collection.suspend(card.id, now)
        _say("Suspended.")


def _prompt(text: str, keys: tuple[str, ...], card: Card) -> str:
    """Ask until one of the keys is given; the hint is told here. The end of the input quits."""
    while True:
        click.echo(f"{text} ", nl=False)
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            raise End
        if not sys.stdin.isatty():
            _say("")
        key = line.strip().lower()
        if key == "h":
            _say(f"Hint: {visible(card.hint)}" if card.hint else "This card has no hint.")
        elif key in keys:
            return key
        else:
            others = ", ".join(f"{name} {what}" for name, what in _HELP.items())
            _say(f"Not understood. The keys: enter show, 1 to 4 grade, {others}.")


def _summary(collection: Collection, session: Session, now: datetime) -> None:
    done = len(session.answers)
    if done:
        _say(f"\nDone: {cards(done)}, {100 * (session.recalled or 0):.0f} percent recalled.")
    if session.show(now) is None:
        for line in after_session(collection, session.selection, now):
            _say(line)


def _say(text: str) -> None:
    click.echo(text)
