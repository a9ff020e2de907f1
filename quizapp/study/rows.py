"""Cards as the index holds them: text, memory and flags together."""

from dataclasses import dataclass
from typing import Any

from quizapp.decks.note import Card, cards
from quizapp.index.deck_rows import decode
from quizapp.index.standing import COLUMNS, from_row
from quizapp.index.store import Index
from quizapp.memory.state import Memory, State

PLACE = 1 << 12  # of a card: its note's position times this, and which of its cards it is
_HEAD = "c.num, c.id, c.place, c.note, n.id, n.body, n.line, n.col, n.hash, d.name, d.file, k.hash"
SELECT = (
    f"SELECT {_HEAD}, {', '.join(f'c.{name}' for name in COLUMNS)}"  # noqa: S608  constant names
    " FROM cards c JOIN notes n ON n.num = c.note JOIN decks d ON d.num = c.deck LEFT JOIN known k ON k.id = n.id"
)


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card with all that is known of it.

    `hash` is of its note's text, `logged` the one that the log has; `buried` is the day (an ordinal) until
    which it is, 0 for not.
    """

    num: int
    card: Card
    note_num: int
    hash: str
    logged: str | None
    memory: Memory | None
    suspended: bool
    buried: int
    marked: bool

    @property
    def state(self) -> State:
        """The state, new for a card without memory."""
        return self.memory.state if self.memory else State.NEW


def card_row(row: tuple[Any, ...]) -> CardRow:
    """A card from a row of `SELECT`."""
    num, _, place, note_num, note_id, body, line, column, hash_, deck, file, logged = row[:12]
    card = cards(decode(body, line, column), note_id, deck, file)[place % PLACE]
    return CardRow(num, card, note_num, hash_, logged, *from_row(row[12:]))


def row_of(index: Index, card_id: str) -> CardRow | None:
    """The card with this id, None if there is none."""
    row = index.one(f"{SELECT} WHERE c.id = ?", card_id)
    return card_row(row) if row else None


def row_at(index: Index, num: int) -> CardRow | None:
    """The card with this number in the index, None if it is gone."""
    row = index.one(f"{SELECT} WHERE c.num = ?", num)
    return card_row(row) if row else None
