"""The queues in use: made when asked for, kept while answers follow, dropped when anything else happens."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from quizapp.index.store import Index
from quizapp.memory.schedulers import Schedulers
from quizapp.memory.state import Memory
from quizapp.settings import Settings
from quizapp.study.queue import Queue
from quizapp.study.rows import row_at, row_of
from quizapp.study.waiting import Moment, deck_numbers

_KEPT = 8  # queues


class Selection(NamedTuple):
    """What is studied: some decks (None: all), or some cards, by their ids; `more` new cards than the limits take."""

    decks: tuple[str, ...] | None = None
    cards: frozenset[str] | None = None
    more: int = 0


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
        self._undone: dict[
            str, Memory | None
        ] = {}  # cards whose answer was taken back, with what they became
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
        if selection.cards is not None:
            rows = self._index.db.execute("SELECT id, num FROM cards")
            cards = frozenset(num for card, num in rows if card in selection.cards)
        queue = Queue(
            self._index,
            self._settings,
            moment,
            decks=deck_numbers(self._index, selection.decks),
            cards=cards,
            recall=lambda num: self._recall(num, now),
            more=selection.more,
        )
        for card, memory in self._undone.items():
            row = row_of(self._index, card)
            place = self._index.card_place(card)
            if row and place and row.memory == memory:  # else it was answered elsewhere
                queue.put_first(*place)
        return queue

    def _recall(self, num: int, now: datetime) -> float:
        row = row_at(self._index, num)
        if row is None or row.memory is None:
            return 0.0
        return self._schedulers.of(row.card.deck).retrievability(row.memory, now)

    def answered(self, card: str, num: int, memory: Memory | None) -> None:
        """Tell every queue of an answer, or (None) that a card went; a queue that it did not wait in is made anew."""
        self._undone.pop(card, None)
        self._queues = {
            chosen: queue for chosen, queue in self._queues.items() if queue.answered(num, memory)
        }

    def put_first(self, card: str, memory: Memory | None) -> None:
        """Bring this card next wherever it belongs, as long as it has this memory: its answer was just taken back."""
        self._undone.pop(card, None)
        self._undone[card] = memory
        self.clear()

    def clear(self) -> None:
        """Make the queues anew when next asked for."""
        self._queues.clear()
