"""What a collection gives out to other programs: the part of it that exports ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.errors import HistoryError
from quizapp.happenings import meant
from quizapp.study.works import Works, mending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from quizapp.study.outgoing import OutgoingDeck, OutgoingNote, Schedule


class Giving:
    """The part of a collection that gives out; decks are named as everywhere, and None means all of them."""

    _works: Works

    def refresh(self, now: datetime | None = None) -> None:
        """Take in what other programs did."""
        raise NotImplementedError

    @mending
    def outgoing_decks(self, decks: Sequence[str] | None = None) -> list[OutgoingDeck]:
        """What these decks say of themselves. UnknownDeckError names a stranger."""
        from quizapp.study.outgoing import outgoing_decks

        return outgoing_decks(self._works.settled.db, self._numbers(decks))

    @mending
    def outgoing_count(self, decks: Sequence[str] | None = None) -> int:
        """How many notes `outgoing_notes` gives."""
        from quizapp.study.outgoing import note_count

        return note_count(self._works.settled.db, self._numbers(decks))

    def outgoing_notes(
        self,
        decks: Sequence[str] | None = None,
        now: datetime | None = None,
        unlogged: Callable[[str], object] | None = None,
    ) -> Iterator[OutgoingNote]:
        """The notes of these decks, in their order. The log knows their text from now on.

        If it can't be written, `unlogged` hears why: then times and names may be those from before a change.
        """
        from quizapp.study.outgoing import new_numbers, outgoing_notes, without_line

        numbers = self._numbers(decks)
        db, keeper = self._works.settled.db, self._works.keeper
        try:
            keeper.log_changes(meant(now))
            keeper.log_texts(without_line(db, numbers), new_numbers(db, numbers), meant(now))
        except HistoryError as error:
            if unlogged:
                unlogged(str(error))
        return outgoing_notes(self._works.settled.db, numbers)

    def schedule(self, now: datetime | None = None) -> Schedule:
        """The memory that goes along."""
        from quizapp.study.outgoing import Schedule, events, standing

        db = self._works.settled.db
        return Schedule(self._works.settings, meant(now), lambda card: standing(db, card), events(db))

    @mending
    def _numbers(self, decks: Sequence[str] | None) -> list[int] | None:
        from quizapp.study.waiting import deck_numbers

        numbers = deck_numbers(self._works.settled, decks)
        return None if numbers is None else list(numbers)
