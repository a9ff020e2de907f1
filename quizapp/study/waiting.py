"""Which cards wait: the conditions in SQL, shared by what counts them and what brings them in order.

A card is active if it is neither suspended nor buried. Of a note's cards one is brought a day (unless the
settings say otherwise): none while another card of the note was reviewed today or is in its steps, else the
first that is due, else the first that is new.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from quizapp.errors import UnknownDeckError
from quizapp.index.store import Index
from quizapp.journal.instant import instant
from quizapp.memory.days import study_day
from quizapp.settings import deck_name

LEARN_AHEAD = timedelta(
    minutes=20
)  # when nothing else is left, a step this near is brought early; Anki's default

ACTIVE = "NOT suspended AND buried <= :today"
IN_STEPS = "state IN (1, 3) AND due_at IS NOT NULL"
IN_STEPS_NOW = "state IN (1, 3) AND due_at <= :soon"
STEP_OF_DAYS = "state IN (1, 3) AND due_at IS NULL AND due_day <= :today"
REVIEW = "state = 2 AND due_day <= :today"
NEW = "state = 0 AND due_day IS NULL"  # the second goes without saying, but not for the index
BUSY = (
    "SELECT note FROM cards WHERE siblings AND last_day = :today"  # noqa: S608  constant conditions
    f" UNION SELECT note FROM cards WHERE siblings AND {IN_STEPS} AND {ACTIVE}"
)


class Moment(NamedTuple):
    """A `now` as the index counts: the study day's ordinal, and instants in microseconds, `began` the day's first."""

    now: int
    today: int
    soon: int
    began: int


def moment(now: datetime, day_starts: timedelta) -> Moment:
    """The moment of an aware `now`, on a study day that begins so long after midnight."""
    today = study_day(now, day_starts)
    began = datetime.combine(today, time(), now.tzinfo) + day_starts
    return Moment(instant(now), today.toordinal(), instant(now + LEARN_AHEAD), instant(began))


class Waiting(NamedTuple):
    """A card that waits, with its numbers in the index; `due_day` is an ordinal."""

    num: int
    note: int
    deck: int
    id: str
    due_day: int | None


def waiting(
    index: Index, condition: str, moment: Moment, order: str = "", deck: int = 0
) -> Iterator[Waiting]:
    """The active cards under a condition of this module (which may ask for `:deck`)."""
    sql = f"SELECT num, note, deck, id, due_day FROM cards WHERE {condition} AND {ACTIVE} {order}"  # noqa: S608  constants
    return map(Waiting._make, index.db.execute(sql, {**moment._asdict(), "deck": deck}))


def busy_notes(index: Index, moment: Moment) -> set[int]:
    """Of notes with several cards, those with one that was reviewed today or is in its steps."""
    return {note for (note,) in index.db.execute(BUSY, moment._asdict())}


def one_a_note(cards: Iterable[Waiting], busy: set[int]) -> Iterator[Waiting]:
    """Pass the first card of each note that isn't busy; it is busy from then on."""
    for card in cards:
        if card.note not in busy:
            busy.add(card.note)
            yield card


def deck_numbers(index: Index, decks: Sequence[str] | None) -> dict[int, str] | None:
    """The numbers and names of these decks and those below them; None for all. UnknownDeckError names a stranger.

    The end of a name does if no deck has it as its whole name: `pytorch` for `llm-fasttrack/pytorch`.
    """
    if decks is None:
        return None
    names = dict(index.db.execute("SELECT num, name FROM decks ORDER BY rank").fetchall())
    chosen: dict[int, str] = {}
    for deck in decks:
        wanted = deck_name(deck)
        found = {num: name for num, name in names.items() if f"{name}/".startswith(f"{wanted}/")}
        found = found or {num: name for num, name in names.items() if f"/{wanted}/" in f"/{name}/"}
        if not found:
            raise UnknownDeckError(_stranger(wanted, list(names.values())))
        chosen |= found
    return chosen


def _stranger(deck: str, names: list[str]) -> str:
    import difflib  # noqa: PLC0415  only for a name mistyped

    last = {name.rsplit("/", 1)[-1]: name for name in names}
    close = difflib.get_close_matches(deck, names, 1) or [
        last[n] for n in difflib.get_close_matches(deck, last, 1)
    ]
    return f'no deck "{deck}"' + (
        f'; did you mean "{close[0]}"?' if close else "; `quizapp due` lists the decks"
    )
