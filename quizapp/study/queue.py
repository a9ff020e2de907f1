"""The cards of a day, in the order in which they come."""

import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from heapq import heappop, heappush, nsmallest
from itertools import chain

from quizapp.index.store import Index
from quizapp.journal.instant import instant
from quizapp.memory.state import Memory, State
from quizapp.settings import Settings
from quizapp.study.counts import Counts
from quizapp.study.limits import WHOLE, Limit, limits
from quizapp.study.rows import PLACE
from quizapp.study.waiting import (
    ACTIVE,
    IN_STEPS,
    LEARN_AHEAD,
    NEW,
    REVIEW,
    STEP_OF_DAYS,
    Moment,
    Waiting,
    busy_notes,
    one_a_note,
    waiting,
)

Recall = Callable[[int], float]  # a card's number -> its expected recall now


class Queue:
    """What is left of a day for some decks or cards.

    Cards in their steps come when their time is there; then reviews and new cards; then, when nothing else
    is left, steps that are less than 20 minutes away. The same day and cards give the same order.
    """

    def __init__(
        self,
        index: Index,
        settings: Settings,
        moment: Moment,
        *,
        decks: dict[int, str] | None = None,
        cards: frozenset[int] | None = None,
        recall: Recall | None = None,
        more: int = 0,
    ) -> None:
        self.today = moment.today
        self._decks = decks
        self._cards = cards
        sql = f"SELECT due_at, num, deck FROM cards WHERE {IN_STEPS} AND {ACTIVE} ORDER BY due_at"  # noqa: S608
        rows = index.db.execute(sql, moment._asdict())
        self._steps: list[tuple[int, int]]  # when a step is over, and whose: sorted, and so a heap
        self._steps = [(due, num) for due, num, deck in rows if self._wanted(num, deck)]
        self._stepping = {num for _, num in self._steps}
        self._first: list[int] = []
        self._kinds: dict[int, int] = {}  # card -> its place in Counts
        day = _Day(index, settings, moment, self._wanted, recall)
        day.grant(more)
        self._days = deque(day.order(self._kinds))
        self._left = [sum(kind == place for kind in self._kinds.values()) for place in range(3)]

    def _wanted(self, num: int, deck: int) -> bool:
        return (self._decks is None or deck in self._decks) and (self._cards is None or num in self._cards)

    def next(self, now: datetime) -> int | None:
        """The number of the card to show at `now`, None if there is none; asked again, the same."""
        while self._days and self._days[0] not in self._kinds:
            self._days.popleft()
        return next(self._coming(now), None)

    def after(self, now: datetime) -> int | None:
        """The number of the card that comes at `now` once the next one is answered and does not come back."""
        coming = self._coming(now)
        first = next(coming, None)
        return next((num for num in coming if num != first), None)

    def _coming(self, now: datetime) -> Iterator[int]:
        """The next cards in their order, two of each sort at least; some more than once."""
        steps = nsmallest(2, self._steps)
        yield from reversed(self._first)
        yield from (num for due, num in steps if due <= instant(now))
        yield from (num for num in self._days if num in self._kinds)
        yield from (num for due, num in steps if due <= instant(now + LEARN_AHEAD))

    def keep_first(self, num: int) -> None:
        """Bring this card next if it waits here."""
        if num in self._kinds or num in self._stepping:
            self._first = [*(card for card in self._first if card != num), num]

    def put_first(self, num: int, deck: int) -> None:
        """Bring this card next, whatever else waits, if it is one of those studied."""
        if self._wanted(num, deck):
            self._first = [*(card for card in self._first if card != num), num]

    def answered(self, num: int, memory: Memory | None) -> bool:
        """Take an answered card out (or, with None, one that went); it comes back if its step is within the day.

        False if the card did not wait here: then limits and siblings are not what they were.
        """
        if num not in self._kinds and num not in self._stepping:
            return False
        if num in self._first:
            self._first.remove(num)
        kind = self._kinds.pop(num, None)
        if kind is not None:
            self._left[kind] -= 1
        if num in self._stepping:
            self._stepping.remove(num)
            if self._steps[0][1] == num:
                heappop(self._steps)
            else:
                self._steps = sorted(step for step in self._steps if step[1] != num)
        if memory and memory.state in (State.LEARNING, State.RELEARNING) and isinstance(memory.due, datetime):
            due = instant(memory.due)
            soon = instant(memory.last_review + LEARN_AHEAD)
            if self._steps and not self._kinds and self._steps[0][0] <= soon:
                due = max(due, self._steps[0][0] + 1)  # not twice in a row while there is another
            heappush(self._steps, (due, num))
            self._stepping.add(num)
        return True

    def counts(self, now: datetime) -> Counts:
        """What is left, as a session at `now` would bring it."""
        soon = instant(now + LEARN_AHEAD)
        new, learning, review = self._left
        return Counts(new, learning + sum(due <= soon for due, _ in self._steps), review)


class _Day:
    """The cards that wait for their day, chosen and ordered."""

    def __init__(
        self,
        index: Index,
        settings: Settings,
        moment: Moment,
        wanted: Callable[[int, int], bool],
        recall: Recall | None,
    ) -> None:
        self._index = index
        self._study = settings.study
        self._moment = moment
        self._wanted = wanted
        self._recall = recall
        self._names = dict(index.db.execute("SELECT num, name FROM decks ORDER BY rank").fetchall())
        self._new_limit, self._review_limit = limits(index, settings, moment.today)
        self._busy = busy_notes(index, moment) if self._study.bury_siblings else None

    def grant(self, more: int) -> None:
        """Take so many more new cards than the limits do."""
        if more:
            self._new_limit.grant(more)

    def order(self, kinds: dict[int, int]) -> Iterable[int]:
        """The cards in their order; `kinds` gets each card's place in Counts."""
        steps = [card.num for card in self._pass(waiting(self._index, STEP_OF_DAYS, self._moment))]
        due_now = iter(self._sorted(waiting(self._index, REVIEW, self._moment)))
        reviews = self._within(self._review_limit, due_now)
        deque(self._pass(due_now), maxlen=0)  # those beyond the limit keep their new siblings back, too
        new = self._within(self._new_limit, self._new_cards())
        kinds |= dict.fromkeys(new, 0) | dict.fromkeys(steps, 1) | dict.fromkeys(reviews, 2)
        due = steps + reviews
        return mixed(due, new) if self._study.mix else chain(due, new)

    def _pass(self, cards: Iterable[Waiting]) -> Iterable[Waiting]:
        """The cards that are wanted, one of a note."""
        cards = (card for card in cards if self._wanted(card.num, card.deck))
        return one_a_note(cards, self._busy) if self._busy is not None else cards

    def _within(self, limit: Limit, cards: Iterable[Waiting]) -> list[int]:
        """The cards that the day's limit still takes."""
        found = []
        for card in self._pass(cards):
            if limit.take(self._names[card.deck]):
                found.append(card.num)
            elif not limit.left(WHOLE):
                break
        return found

    def _sorted(self, reviews: Iterable[Waiting]) -> list[Waiting]:
        if self._study.order == "recall" and self._recall:
            recall = self._recall
            return sorted(reviews, key=lambda card: (recall(card.num), card.id))
        if self._study.order == "random":
            return sorted(reviews, key=self._shuffle)
        return sorted(reviews, key=lambda card: (card.due_day, self._shuffle(card)))

    def _new_cards(self) -> Iterable[Waiting]:
        if self._study.new_order == "random":
            return sorted(waiting(self._index, NEW, self._moment), key=self._shuffle)
        return chain(
            waiting(
                self._index,
                f"{NEW} AND added > ''",
                self._moment,
                f"ORDER BY added DESC, deck, place / {PLACE} DESC, place",
            ),
            chain.from_iterable(  # a deck is asked only when those before it did not do
                waiting(
                    self._index,
                    f"{NEW} AND added = '' AND deck = :deck",
                    self._moment,
                    "ORDER BY place",
                    deck,
                )
                for deck in self._names
            ),
        )

    def _shuffle(self, card: Waiting) -> int:
        """A number that shuffles cards otherwise each day, and alike all day long."""
        return zlib.crc32(f"{self._moment.today} {card.id}".encode())


def mixed(due: Sequence[int], new: Sequence[int]) -> list[int]:
    """New cards spread evenly between the due ones, both in their order."""
    places = [((n + 1) / (len(due) + 1), 0, card) for n, card in enumerate(due)]
    places += [((n + 1) / (len(new) + 1), 1, card) for n, card in enumerate(new)]
    return [card for _, _, card in sorted(places, key=lambda place: place[:2])]
