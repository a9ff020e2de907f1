"""A card as a line of a table: its signs, its question, where it is, when it is due and how firm it is."""

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from quizapp.markup.plain import one_line
from quizapp.memory.state import State
from quizapp.study.wording import interval_words

if TYPE_CHECKING:
    from quizapp.study.rows import CardRow

_QUIET = "$foreground 60%"
_SIGNS = 5  # columns: cursor, chosen, suspended or buried, marked, and a gap
_END = 1  # column: a gap
_DUE, _STABILITY = 11, 10  # columns, with the gap before them
_WITH_STABILITY, _WITH_DECK = 66, 44  # columns from which there is room for them
_LONGEST = 500  # letters of a text of which a line shows the beginning


class Moment(NamedTuple):
    """When the table is looked at."""

    now: datetime
    today: date


class Widths(NamedTuple):
    """The columns that each part of a line has; 0 for one that fell away."""

    question: int
    deck: int
    due: int
    stability: int


def widths(width: int) -> Widths:
    """What fits into a line of so many columns."""
    stability = _STABILITY if width >= _WITH_STABILITY else 0
    room = max(1, width - _SIGNS - _DUE - stability - _END)
    deck = min(30, room // 3) if width >= _WITH_DECK else 0
    return Widths(room - deck, deck, _DUE, stability)


def heads(width: int) -> Content:
    """The names of the columns."""
    parts = widths(width)
    names = Content(" " * _SIGNS + "question".ljust(parts.question) + "deck".ljust(parts.deck)[: parts.deck])
    last = "due".rjust(parts.due) + "stability".rjust(parts.stability)[: parts.stability]
    return (names + Content(last)).stylize(_QUIET)


def card_line(
    row: "CardRow", moment: Moment, width: int, *, cursor: bool, chosen: bool
) -> list[tuple[str, str]]:
    """The card in so many columns: texts and their styles.

    Not one `Content`: to lay that out takes as long as a whole row may.
    """
    parts = widths(width)
    away = row.suspended or row.buried > moment.today.toordinal()
    due, style = due_words(row, moment)
    return [
        ("›" if cursor else " ", ""),
        ("✓" if chosen else " ", "bold $text-accent"),
        ("@" if row.suspended else "-" if away else " ", "$text-warning"),
        ("* " if row.marked else "  ", "bold $text-accent"),
        (_fitted(row.card.question, parts.question), _QUIET if away else ""),
        (_fitted(_end_of(row.card.deck, parts.deck), parts.deck), _QUIET),
        (due.rjust(parts.due), _QUIET if away else style),
        (stability_words(row).rjust(parts.stability)[: parts.stability] + " " * _END, _QUIET),
    ]


def due_words(row: "CardRow", moment: Moment) -> tuple[str, str]:
    """When a card is due, short, and in which colour: `new`, `now`, `8 d`, `3 d ago`."""
    memory = row.memory
    if memory is None:
        return "new", "$text-primary"
    due = memory.due
    steps = memory.state is not State.REVIEW
    colour = "$text-warning" if steps else "$text-success"
    day = moment.today if isinstance(due, datetime) else due
    if day < moment.today:
        return f"{interval_words(moment.today, moment.now, day)} ago", colour
    if due == moment.today or (isinstance(due, datetime) and due <= moment.now):
        return "now", colour
    return interval_words(due, moment.now, moment.today), colour if steps else ""


def stability_words(row: "CardRow") -> str:
    """The stability in days: `7.4 d`; "" for a card that was never reviewed."""
    if row.memory is None:
        return ""
    days = row.memory.stability
    return f"{days:.1f} d" if days < 100 else f"{days:.0f} d"


def _end_of(name: str, room: int) -> str:
    """A deck's name; of a long one the end, which tells more."""
    name = one_line(name)
    return name if len(name) < room or room < 2 else f"…{name[len(name) - room + 2 :]}"


def _fitted(text: str, room: int) -> str:
    """A text in one line, cut or filled to so many columns, the last of them a gap."""
    text = one_line(text[:_LONGEST])
    if cell_len(text) >= room > 1:
        text = set_cell_size(text, room - 2) + "…"
    return set_cell_size(text, room)
