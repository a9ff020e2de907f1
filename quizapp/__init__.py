"""quizapp: study notes as questions and answers, reviewed in a terminal.

The public API, loaded when first used::

    from quizapp import Collection, Rating

    with Collection.open("cards") as collection:
        card = collection.next()
        if card:
            collection.answer(card.id, Rating.GOOD)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quizapp.collection import Collection
    from quizapp.decks.note import Card, Kind
    from quizapp.errors import (
        CollectionError,
        EditError,
        HistoryError,
        QuizappError,
        RequestError,
        SettingsError,
        UnknownCardError,
        UnknownDeckError,
    )
    from quizapp.memory.state import Memory, Rating, State
    from quizapp.problem import Problem, Severity
    from quizapp.study.counts import Counts

_PLACES = {
    "Card": "quizapp.decks.note",
    "Collection": "quizapp.collection",
    "CollectionError": "quizapp.errors",
    "Counts": "quizapp.study.counts",
    "EditError": "quizapp.errors",
    "HistoryError": "quizapp.errors",
    "Kind": "quizapp.decks.note",
    "Memory": "quizapp.memory.state",
    "Problem": "quizapp.problem",
    "QuizappError": "quizapp.errors",
    "Rating": "quizapp.memory.state",
    "RequestError": "quizapp.errors",
    "SettingsError": "quizapp.errors",
    "Severity": "quizapp.problem",
    "State": "quizapp.memory.state",
    "UnknownCardError": "quizapp.errors",
    "UnknownDeckError": "quizapp.errors",
}

__all__ = [
    "Card",
    "Collection",
    "CollectionError",
    "Counts",
    "EditError",
    "HistoryError",
    "Kind",
    "Memory",
    "Problem",
    "QuizappError",
    "Rating",
    "RequestError",
    "SettingsError",
    "Severity",
    "State",
    "UnknownCardError",
    "UnknownDeckError",
]


def __getattr__(name: str) -> Any:
    """Load a public name."""
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
