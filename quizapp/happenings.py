"""What can happen to a card beside an answer: one event each, logged as the learner asks for it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from quizapp.errors import RequestError
from quizapp.memory.days import study_day
from quizapp.study.works import Works, mending

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.journal.entry import Entry
    from quizapp.study.rows import CardRow
    from quizapp.study.unsure import Unsure


class Happenings:
    """The part of a collection that writes such events; the rest of it is in `collection.py`."""

    _works: Works

    @mending
    def exists(self, card_id: str) -> bool:
        """Whether a deck has a card of this id."""
        return self._works.index.card_number(card_id) > 0

    @mending
    def row(self, card_id: str) -> CardRow:
        """A card with its memory and flags. UnknownCardError for a stranger."""
        return self._works.keeper.row(card_id)

    def today(self, now: datetime | None = None) -> date:
        """The study day."""
        return study_day(meant(now), self._works.settings.study.day_starts)

    def suspend(self, card_id: str, now: datetime | None = None) -> None:
        """Leave a card out until it is resumed."""
        self._happened([self.row(card_id).card.id], "suspend", now)

    def suspend_note(self, card_id: str, now: datetime | None = None) -> None:
        """Leave all cards of a card's note out until they are resumed; one undo takes it back."""
        self._happened(self._siblings(card_id), "suspend", now)

    def resume(self, card_id: str, now: datetime | None = None) -> None:
        """Take a suspended or buried card in again."""
        self._happened([self.row(card_id).card.id], "resume", now)

    def bury(self, card_id: str, now: datetime | None = None) -> None:
        """Leave a card out until tomorrow."""
        self._happened([self.row(card_id).card.id], "bury", now, until=self._tomorrow(now))

    def bury_note(self, card_id: str, now: datetime | None = None) -> None:
        """Leave all cards of a card's note out until tomorrow; one undo takes it back."""
        self._happened(self._siblings(card_id), "bury", now, until=self._tomorrow(now))

    def mark(self, card_id: str, now: datetime | None = None, *, on: bool = True) -> None:
        """Mark a card, or take the mark away."""
        self._happened([self.row(card_id).card.id], "mark" if on else "unmark", now)

    def suspend_cards(self, card_ids: Sequence[str], now: datetime | None = None) -> None:
        """Leave these cards out until they are resumed; one undo takes it back, as it does with the next three."""
        self._happened(self._known(card_ids), "suspend", now)

    def resume_cards(self, card_ids: Sequence[str], now: datetime | None = None) -> None:
        """Take these cards in again, suspended or buried."""
        self._happened(self._known(card_ids), "resume", now)

    def bury_cards(self, card_ids: Sequence[str], now: datetime | None = None) -> None:
        """Leave these cards out until tomorrow."""
        self._happened(self._known(card_ids), "bury", now, until=self._tomorrow(now))

    def mark_cards(self, card_ids: Sequence[str], now: datetime | None = None, *, on: bool = True) -> None:
        """Mark these cards, or take their marks away."""
        self._happened(self._known(card_ids), "mark" if on else "unmark", now)

    def forget(self, card_id: str, now: datetime | None = None) -> None:
        """Make a card new again; of a note that is gone, let the history of all its cards go."""
        if self._works.settled.card_number(card_id):
            self._happened([card_id], "forget", now)
            return
        parts = self._works.settled.remembered_parts(card_id)
        if not parts:
            self.row(card_id)
        self._happened(parts, "forget", now)

    def relink(self, old: str, new: str, now: datetime | None = None) -> None:
        """Let the history of a card that is gone count for another one."""
        from quizapp.study.histories import demand_relinkable

        demand_relinkable(self._works.settled, old, new)
        self._happened([old], "rename", now, to=new)

    @mending
    def happened_to(self, event: Entry) -> int:
        """To how many cards at once this was done, undone or not."""
        from quizapp.index.history import together

        return together(self._works.settled.db, event.instant, event.kind)

    def _known(self, card_ids: Sequence[str]) -> list[str]:
        """These cards, each once. UnknownCardError names a stranger."""
        for card in card_ids:
            if not self.exists(card):
                self.row(card)
        return list(dict.fromkeys(card_ids))

    @mending
    def unsure(self) -> list[Unsure]:
        """Histories of notes that are gone, with what may have come of them; `relink` or `forget` settles one."""
        from quizapp.study.unsure import unsure

        return unsure(self._works.settled)

    @mending
    def unsure_count(self) -> int:
        """How many there are; quickly, as a screen asks it often."""
        from quizapp.study.unsure import count

        return count(self._works.index)

    def _siblings(self, card_id: str) -> list[str]:
        """The cards of a card's note, itself among them. UnknownCardError for a stranger."""
        num = self.row(card_id).note_num
        rows = self._works.index.db.execute("SELECT id FROM cards WHERE note = ? ORDER BY place", (num,))
        return [card for (card,) in rows]

    def _tomorrow(self, now: datetime | None) -> str:
        return (self.today(now) + timedelta(days=1)).isoformat()

    def _happened(self, cards: Sequence[str], kind: str, now: datetime | None, **data: str) -> None:
        """Log one event of each card."""
        if not cards:
            return
        self._works.keeper.happened(cards, kind, meant(now), **data)
        if kind not in ("mark", "unmark"):
            self._works.desks.clear()


def meant(now: datetime | None) -> datetime:
    """The time meant, the clock's if none is given, with the offset that holds then."""
    if now is None:
        return datetime.now().astimezone()
    if now.tzinfo is None or not 1900 < now.year < 9000:
        raise RequestError("`now` wants a time zone, and a year from 1901 to 8999")
    return now.astimezone(timezone(now.utcoffset() or timedelta()))
