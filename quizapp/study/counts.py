"""How many cards wait, deck by deck, within the day's limits."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from quizapp.index.store import Index
from quizapp.settings import Settings
from quizapp.study.limits import limits
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


def deck_counts(
    index: Index, settings: Settings, moment: Moment, decks: Sequence[str] | None = None
) -> tuple[Counts, list[DeckCounts]]:
    """The counts of these decks together, and of each deck file by itself."""
    chosen = deck_numbers(index, decks)
    learning, review, new = (
        _count(index, settings, moment, conditions)
        for conditions in ((IN_STEPS_NOW, STEP_OF_DAYS), (REVIEW,), (NEW,))
    )
    if settings.study.bury_siblings:
        _count_siblings(index, moment, learning, review, new)
    new_limit, review_limit = limits(index, settings, moment.today)
    decks_of = index.db.execute("SELECT num, name, cards FROM decks ORDER BY rank")
    rows_of = [row for row in decks_of if chosen is None or row[0] in chosen]
    rows = []
    for num, name, total in rows_of:
        waits = Counts(
            min(new[num], new_limit.left(name)), learning[num], min(review[num], review_limit.left(name))
        )
        rows.append(DeckCounts(name, *waits, total))
    together = Counts(
        new_limit.total({name: new[num] for num, name, _ in rows_of}),
        sum(row.learning for row in rows),
        review_limit.total({name: review[num] for num, name, _ in rows_of}),
    )
    return together, rows


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
