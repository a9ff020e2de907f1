"""Which history may be given to another card."""

from quizapp.errors import RequestError, UnknownCardError
from quizapp.index.store import Index


def demand_relinkable(index: Index, old: str, new: str) -> None:
    """Only the history of a card that is gone moves, to one that is there. UnknownCardError, RequestError."""
    if not index.remembered_parts(old):
        raise UnknownCardError(
            f'the history knows no card "{old}"; `quizapp check` names those that lost theirs'
        )
    if index.exists(old):
        raise RequestError(
            f'"{old}" is in a deck and keeps its history; only that of a card that is gone can move'
        )
    if not index.exists(new):
        raise UnknownCardError(f'no card has the id "{new}"; `quizapp find WORDS` shows the ids')
