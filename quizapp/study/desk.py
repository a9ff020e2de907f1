"""The queues in use: made when asked for, kept while answers follow, dropped when anything else happens."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from quizapp.index.store import Index
from quizapp.memory.schedulers import Schedulers
from quizapp.memory.state import Memory
from quizapp.settings import Settings
from quizapp.study.find import find_numbers, parse_query
from quizapp.study.queue import Queue
from quizapp.study.rows import row_at
from quizapp.study.waiting import Moment, deck_numbers

_KEPT = 8  # queues


class Selection(NamedTuple):
    """What is studied: some decks (None: all), or the cards that a query finds."""

    decks: tuple[str, ...] | None = None
    query: str | None = None


class Desks:
    """The queue of each selection. `settle` puts all answers into the index."""

    def __init__(
        self, index: Index, settle: Callable[[], Index], settings: Settings, schedulers: Schedulers
    ) -> None:
        self._index = index
        self._settle = settle
        self._settings = settings
        self._schedulers = schedulers
        self._queues: dict[Selection, Queue] = {}
        self._undone: list[int] = []
        self._foreign = -1

    def queue(self, selection: Selection, moment: Moment, now: datetime) -> Queue:
        """The queue of a selection on this study day. UnknownDeckError, RequestError."""
        foreign = self._index.foreign_changes()
        if foreign != self._foreign:
            self.clear()
            self._foreign = foreign
        queue = self._queues.get(selection)
        if queue is None or queue.today != moment.today:
            if len(self._queues) >= _KEPT:
                self._queues.clear()
            queue = self._queues[selection] = self._make(selection, moment, now)
        return queue

    def _make(self, selection: Selection, moment: Moment, now: datetime) -> Queue:
        self._settle()
        cards = None
        if selection.query is not None:
            cards = find_numbers(self._index, parse_query(selection.query, self._settings, moment))
        queue = Queue(
            self._index,
            self._settings,
            moment,
            decks=deck_numbers(self._index, selection.decks),
            cards=cards,
            recall=lambda num: self._recall(num, now),
        )
        for num in self._undone:
            queue.put_first(num)
        return queue

    def _recall(self, num: int, now: datetime) -> float:
        row = row_at(self._index, num)
        if row is None or row.memory is None:
            return 0.0
        return self._schedulers.of(row.card.deck).retrievability(row.memory, now)

    def answered(self, num: int, memory: Memory | None) -> None:
        """Tell every queue of an answer, or (None) that a card went; a queue that it did not wait in is made anew."""
        if num in self._undone:
            self._undone.remove(num)
        self._queues = {
            chosen: queue for chosen, queue in self._queues.items() if queue.answered(num, memory)
        }

    def put_first(self, num: int) -> None:
        """Bring this card next, whatever else waits: its answer was just taken back."""
        self._undone = [*(card for card in self._undone if card != num), num]
        for queue in self._queues.values():
            queue.put_first(num)

    def clear(self) -> None:
        """Make the queues anew when next asked for."""
        self._queues.clear()
