"""Finding cards: what a query finds, whole or a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.happenings import meant
from quizapp.study.waiting import moment
from quizapp.study.works import Works, mending

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence
    from datetime import datetime

    from quizapp.decks.note import Card
    from quizapp.study.query import Query
    from quizapp.study.rows import CardRow
    from quizapp.study.search import Search


class Finding:
    """The part of a collection that finds cards; the rest of it is in `collection.py`.

    A query has words (their beginnings), "phrases", `deck:` `tag:` `is:` `rated:` `added:` `prop:` `id:`, and `-`
    before what must not hold; "" finds every card. RequestError says what to write in place of what is not understood.
    """

    _works: Works

    def refresh(self, now: datetime | None = None) -> None:
        """Take in what other programs did."""
        raise NotImplementedError

    def find(self, query: str, now: datetime | None = None, limit: int | None = None) -> list[Card]:
        """The cards that a query finds, in the order of the decks; `limit` of them at most."""
        return [row.card for row in self.find_rows(query, now, limit)]

    @mending
    def find_rows(self, query: str, now: datetime | None = None, limit: int | None = None) -> list[CardRow]:
        """What `find` finds, with memory and flags."""
        from quizapp.study.find import find

        at = meant(now)
        self.refresh(at)
        return find(self._works.settled, self._works.schedulers, self._query(query, at), limit)

    @mending
    def find_ids(self, query: str, now: datetime | None = None) -> list[str]:
        """The ids of what `find` finds, in any order and quickly, as of the last look at the disk."""
        from quizapp.study.find import find_ids

        return find_ids(self._works.settled, self._works.schedulers, self._query(query, meant(now)))

    @mending
    def find_numbers(self, query: str, now: datetime | None = None) -> array[int]:
        """The numbers in the index of what `find` finds, for `rows_at`, as of the last look at the disk."""
        from quizapp.study.find import all_numbers, prepare

        index = self._works.settled
        prepare(index.db, self._works.schedulers)
        return all_numbers(index.db, self._query(query, meant(now)))

    @mending
    def search(self, query: str, now: datetime | None = None) -> Search | None:
        """A search for the numbers that can be run in a thread; None if the index is none that a thread can ask."""
        from quizapp.study.search import Search

        parsed = self._query(query, meant(now))
        reader = self._works.settled.reader()
        return Search(reader, self._works.schedulers, parsed) if reader else None

    @mending
    def rows_at(self, numbers: Sequence[int]) -> list[CardRow]:
        """The cards with these numbers in the index, in this order; those that are gone are left out."""
        from quizapp.study.find import cards_at

        return cards_at(self._works.settled, numbers)

    @mending
    def number_of(self, card_id: str) -> int:
        """The number of a card in the index, 0 if there is none."""
        return self._works.settled.card_number(card_id)

    def _query(self, text: str, now: datetime) -> Query:
        from quizapp.study.query import parse_query

        settings = self._works.settings
        return parse_query(text, settings, moment(now, settings.study.day_starts))
