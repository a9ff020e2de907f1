"""How well a deck is known: how many of its cards would be recalled now."""

from datetime import datetime

from quizapp.index.store import Index
from quizapp.memory.days import study_day
from quizapp.memory.schedulers import Schedulers


def known(index: Index, schedulers: Schedulers, deck: tuple[int, str], now: datetime) -> float:
    """The expected number of cards of a deck file (its number and name) recalled on the study day of `now`.

    A card never reviewed counts nothing.
    """
    num, name = deck
    today = study_day(now, schedulers.day_starts).toordinal()
    recall = schedulers.of(name).curve.recall
    rows = index.db.execute("SELECT last_day, stability FROM cards WHERE deck = ? AND state > 0", (num,))
    return sum(recall(max(0, today - last), stability) for last, stability in rows.fetchall())
