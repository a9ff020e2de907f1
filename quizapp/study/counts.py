"""How many cards wait, deck by deck, within the day's limits."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from quizapp.index.store import Index
from quizapp.settings import Settings, lineage
from quizapp.study.limits import Limit, limits
from quizapp.study.waiting import (
    ACTIVE,
    BUSY,
    IN_STEPS_NOW,
    NEW,
    REVIEW,
    STEP_OF_DAYS,
    Moment,
    deck_numbers,
)


class Counts(NamedTuple):
    """Cards that a session now would bring."""

    new: int
    learning: int
    review: int


class DeckCounts(NamedTuple):
    """A deck's row: what it would bring by itself, and how many cards it has in all."""

    name: str
    new: int
    learning: int
    review: int
    total: int


class _Tally(NamedTuple):
    """What waits in each deck, by its number, and what the day's limits still take."""

    decks: list[tuple[int, str, int]]  # number, name, cards
    new: Counter[int]
    learning: Counter[int]
    review: Counter[int]
    new_limit: Limit
    review_limit: Limit

    def together(self, decks: Sequence[tuple[int, str, int]]) -> Counts:
        """What a session of these decks would bring."""
        return Counts(
            self.new_limit.total({name: self.new[num] for num, name, _ in decks}),
            sum(self.learning[num] for num, _, _ in decks),
            self.review_limit.total({name: self.review[num] for num, name, _ in decks}),
        )


def deck_counts(
    index: Index, settings: Settings, moment: Moment, decks: Sequence[str] | None = None
) -> tuple[Counts, list[DeckCounts]]:
    """The counts of these decks together, and of each deck file by itself."""
    chosen = deck_numbers(index, decks)
    tally = _tally(index, settings, moment)
    rows_of = [row for row in tally.decks if chosen is None or row[0] in chosen]
    rows = []
    for num, name, total in rows_of:
        new = min(tally.new[num], tally.new_limit.left(name))
        review = min(tally.review[num], tally.review_limit.left(name))
        rows.append(DeckCounts(name, new, tally.learning[num], review, total))
    return tally.together(rows_of), rows


def tree_counts(
    index: Index, settings: Settings, moment: Moment, decks: Sequence[str] | None = None
) -> tuple[Counts, list[DeckCounts]]:
    """The counts of these decks together, and a row for each of them and each folder above one.

    A row is what a session of the deck or folder would bring, with all that lies below it.
    """
    chosen = deck_numbers(index, decks)
    tally = _tally(index, settings, moment)
    below: dict[str, list[tuple[int, str, int]]] = {}
    for row in tally.decks:
        for name in lineage(row[1]):
            below.setdefault(name, []).append(row)
    rows_of = [row for row in tally.decks if chosen is None or row[0] in chosen]
    names = dict.fromkeys(name for _, deck, _ in rows_of for name in lineage(deck))
    rows = [
        DeckCounts(name, *tally.together(below[name]), sum(total for _, _, total in below[name]))
        for name in names
    ]
    return tally.together(rows_of), rows


def _tally(index: Index, settings: Settings, moment: Moment) -> _Tally:
    learning, review, new = (
        _count(index, settings, moment, conditions)
        for conditions in ((IN_STEPS_NOW, STEP_OF_DAYS), (REVIEW,), (NEW,))
    )
    if settings.study.bury_siblings:
        _count_siblings(index, moment, learning, review, new)
    decks = index.db.execute("SELECT num, name, cards FROM decks ORDER BY rank").fetchall()
    return _Tally(decks, new, learning, review, *limits(index, settings, moment.today))


def _count(index: Index, settings: Settings, moment: Moment, conditions: tuple[str, ...]) -> Counter[int]:
    """By deck, the cards under any of these conditions; of notes with several cards only those in their steps."""
    found: Counter[int] = Counter()
    for condition in conditions:
        alone = "AND NOT siblings" if settings.study.bury_siblings and condition != IN_STEPS_NOW else ""
        sql = f"SELECT deck, count(*) FROM cards WHERE {condition} AND {ACTIVE} {alone} GROUP BY deck"  # noqa: S608
        found.update(dict(index.db.execute(sql, moment._asdict()).fetchall()))
    return found


def _count_siblings(
    index: Index, moment: Moment, learning: Counter[int], review: Counter[int], new: Counter[int]
) -> None:
    """Add the notes with several cards: one card a note, as `one_a_note` passes them."""
    taken = f"note NOT IN ({BUSY})"
    for condition, counter in ((STEP_OF_DAYS, learning), (REVIEW, review), (NEW, new)):
        waits = f"siblings AND {condition} AND {ACTIVE}"
        sql = f"SELECT deck, count(DISTINCT note) FROM cards WHERE {waits} AND {taken} GROUP BY deck"  # noqa: S608
        counter.update(dict(index.db.execute(sql, moment._asdict()).fetchall()))
        taken += f" AND note NOT IN (SELECT note FROM cards WHERE {waits})"  # noqa: S608
