"""A session: one card after the other until the queue, the limit or the time is at its end.

It holds no rules of its own about what comes or what an answer does; the collection does. It knows where
the learner is: which card is shown, how many were done, what was answered, and the way back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from quizapp.decks.identity import base
from quizapp.decks.note import Card
from quizapp.journal.entry import Entry
from quizapp.memory.state import Memory, Rating
from quizapp.study.counts import Counts
from quizapp.study.desk import Selection

if TYPE_CHECKING:
    from quizapp.study.editor import Edit


class Door(Protocol):
    """What a session needs of a collection."""

    def current(self, selection: Selection, now: datetime) -> Card | None:
        """The card to ask now."""

    def beyond(self, now: datetime) -> int:
        """By how many new cards the day went beyond its limits."""

    def keep(self, selection: Selection, card_id: str, now: datetime) -> None:
        """Let this card come next if it still waits."""

    def ahead(self, selection: Selection, now: datetime) -> Card | None:
        """The card that is likely to come after the one to ask now."""

    def left(self, selection: Selection, now: datetime) -> Counts:
        """What is left."""

    def exists(self, card_id: str) -> bool:
        """Whether a deck has the card."""

    def memory(self, card_id: str) -> Memory | None:
        """The card's memory."""

    def outcomes(self, card_id: str, now: datetime) -> Mapping[Rating, Memory]:
        """The card's memory after each answer."""

    def answer(self, card_id: str, rating: Rating, now: datetime, took: float | None) -> Memory:
        """Log an answer."""

    def bury(self, card_id: str, now: datetime) -> None:
        """Leave a card out until tomorrow."""

    def bury_note(self, card_id: str, now: datetime) -> None:
        """Leave a note out until tomorrow."""

    def suspend(self, card_id: str, now: datetime) -> None:
        """Leave a card out."""

    def suspend_note(self, card_id: str, now: datetime) -> None:
        """Leave a note out."""

    def undo(self, now: datetime) -> Entry | None:
        """Take back the newest event."""

    def take_back(self, now: datetime) -> "Edit | Entry | None":
        """Take back what was done last, an event or an edit."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A card on the table with its memory, and what each answer would do to it."""

    card: Card
    memory: Memory | None
    outcomes: Mapping[Rating, Memory]
    left: Counts
    number: int


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of this session. `leech`: with it the card became one (and again every few lapses)."""

    card: Card
    rating: Rating
    memory: Memory
    leech: bool


@dataclass(slots=True)
class Session:
    """Use: `show`, then `grade` what was shown; `undo` as often as wished; `None` from `show` is the end."""

    door: Door
    selection: Selection
    leech_lapses: int
    limit: int | None = None
    until: datetime | None = None
    answers: list[Answered] = field(default_factory=list)
    _away: list[str] = field(default_factory=list)  # cards that were buried or suspended here
    _reopened: bool = False  # an answer was taken back: its card comes, whatever the time

    def show(self, now: datetime) -> Shown | None:
        """The card to be asked at `now`, None at the end."""
        if self.limit is not None and len(self.answers) >= self.limit:
            return None
        if self.until is not None and now >= self.until and not self._reopened:
            return None
        card = self.door.current(self.selection, now)
        if card is None:
            return None
        memory, outcomes = self.door.memory(card.id), self.door.outcomes(card.id, now)
        return Shown(card, memory, outcomes, self.door.left(self.selection, now), len(self.answers) + 1)

    def take_more(self, count: int, now: datetime) -> int:
        """Take in so many new cards beyond today's limits; how many there are."""
        before = self.door.left(self.selection, now).new
        more = max(self.selection.more, self.door.beyond(now)) + count
        self.selection = self.selection._replace(more=more)
        return self.door.left(self.selection, now).new - before

    def again(self, shown: Shown, now: datetime) -> Shown | None:
        """The card that is shown, as things stand after files changed.

        What comes next, if it was answered elsewhere or no longer waits.
        """
        card = shown.card.id
        if self.door.exists(card) and self.door.memory(card) == shown.memory:
            self.door.keep(self.selection, card, now)
            self._reopened = True  # it may be graded though the time is over
        return self.show(now)

    def ahead(self, now: datetime) -> Card | None:
        """The card that is likely to come next, so that it can be laid out before it is asked for."""
        return self.door.ahead(self.selection, now)

    def grade(self, card: Card, rating: Rating, now: datetime, took: float | None = None) -> Answered:
        """Answer a card; it is on disk when this returns."""
        self._reopened = False
        before = self.door.memory(card.id)
        memory = self.door.answer(card.id, rating, now, took)
        lapsed = before is not None and memory.lapses > before.lapses
        leech = lapsed and becomes_leech(memory.lapses, self.leech_lapses)
        self.answers.append(Answered(card, rating, memory, leech))
        return self.answers[-1]

    def put_away(self, card: Card, now: datetime, *, until_tomorrow: bool, whole_note: bool) -> None:
        """Bury a card, or suspend it; or all cards of its note."""
        door = self.door
        if until_tomorrow:
            put_away = door.bury_note if whole_note else door.bury
        else:
            put_away = door.suspend_note if whole_note else door.suspend
        put_away(card.id, now)
        self._away.append(card.id)

    def undo(self, now: datetime) -> Entry | None:
        """Take back the newest event; the card it was about comes next. None if there is nothing to take back."""
        event = self.door.undo(now)
        return self._taken_back(event, now) if event else None

    def take_back(self, now: datetime) -> "Edit | Entry | None":
        """Take back what was done last, be it an edit of a note; as `undo`."""
        done = self.door.take_back(now)
        return self._taken_back(done, now) if isinstance(done, Entry) else done

    def _taken_back(self, event: Entry, now: datetime) -> Entry:
        """Go back to where the learner was before an event."""
        if event.rating and self.answers and self.answers[-1].card.id == event.card:
            self.answers.pop()
            self._reopened = True
        if event.kind in ("bury", "suspend"):
            if self._away and base(self._away[-1]) == base(event.card):
                event = event._replace(card=self._away.pop())  # of a note's cards the one that was shown
            if self.door.exists(event.card):
                self.door.keep(self.selection, event.card, now)
        return event

    @property
    def hard(self) -> list[tuple[Card, int]]:
        """The cards that were forgotten in this session, and how often; the worst first."""
        times: dict[str, int] = {}
        for answer in self.answers:
            if answer.rating is Rating.AGAIN:
                times[answer.card.id] = times.get(answer.card.id, 0) + 1
        last = {answer.card.id: answer.card for answer in self.answers}
        return sorted(((last[card], n) for card, n in times.items()), key=lambda pair: -pair[1])

    @property
    def recalled(self) -> float | None:
        """The share of answers of this session that were not Again; None before the first."""
        if not self.answers:
            return None
        return sum(answer.rating is not Rating.AGAIN for answer in self.answers) / len(self.answers)


def becomes_leech(lapses: int, threshold: int) -> bool:
    """Whether this lapse is one to warn of: at the threshold and then every half of it, as in Anki."""
    return lapses >= threshold and (lapses - threshold) % max(1, -(-threshold // 2)) == 0


def ends_at(now: datetime, minutes: float | None) -> datetime | None:
    """When a session of so many minutes is over."""
    return now + timedelta(minutes=minutes) if minutes is not None else None
