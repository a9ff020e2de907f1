"""Why nothing is left, and when the next card comes."""

from dataclasses import dataclass
from datetime import UTC, datetime

from quizapp.index.store import Index
from quizapp.settings import Settings
from quizapp.study.counts import deck_counts
from quizapp.study.limits import WHOLE, limits
from quizapp.study.waiting import ACTIVE, IN_STEPS, NEW, REVIEW, Moment


@dataclass(frozen=True, slots=True)
class Outlook:
    """What comes after an empty queue.

    `later` cards come back today, the first at `next_at`; `tomorrow` are due by then; `next_day` is the
    ordinal of the next study day on which any card is due; `held_new` and `held_reviews` wait, but not for
    today: the collection's limits are used up (`new_limit`, `review_limit`; None if they are not), or those
    of decks, or another card of the note was asked. `buried` and `suspended` are out of the way.
    """

    cards: int
    later: int
    next_at: datetime | None
    tomorrow: int
    next_day: int | None
    held_new: int
    held_reviews: int
    new_limit: int | None
    review_limit: int | None
    suspended: int
    buried: int


def outlook(index: Index, settings: Settings, moment: Moment) -> Outlook:
    """Look ahead from a moment, over the whole collection."""
    values = moment._asdict()

    def count(condition: str) -> int:
        row = index.db.execute(f"SELECT count(*) FROM cards WHERE {condition}", values).fetchone()  # noqa: S608
        return int(row[0])

    steps = index.db.execute(
        f"SELECT count(*), min(due_at) FROM cards WHERE {IN_STEPS} AND {ACTIVE} AND due_at > :soon",  # noqa: S608
        values,
    ).fetchone()
    ahead = index.db.execute(
        f"SELECT min(due_day) FROM cards WHERE state > 0 AND {ACTIVE} AND due_day > :today",  # noqa: S608
        values,
    ).fetchone()
    new_limit, review_limit = limits(index, settings, moment.today)
    offered, _ = deck_counts(index, settings, moment)
    return Outlook(
        cards=count("1"),
        later=steps[0],
        next_at=datetime.fromtimestamp(steps[1] / 1e6, UTC) if steps[1] else None,
        tomorrow=count(f"state > 0 AND {ACTIVE} AND due_day = :today + 1"),
        next_day=ahead[0],
        held_new=count(f"{NEW} AND {ACTIVE}") - offered.new,
        held_reviews=count(f"{REVIEW} AND {ACTIVE}") - offered.review,
        new_limit=None if new_limit.left(WHOLE) else settings.study.new_per_day,
        review_limit=None if review_limit.left(WHOLE) else settings.study.reviews_per_day,
        suspended=count("suspended"),
        buried=count("NOT suspended AND buried > :today"),
    )
