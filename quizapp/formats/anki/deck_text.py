"""Decks as Anki has them: their names, and what it shows below them."""

from quizapp.study.outgoing import OutgoingDeck


def anki_name(deck: str) -> str:
    """Anki's name for a deck of ours."""
    return deck.replace("/", "::")


def description(deck: OutgoingDeck) -> str:
    """What Anki shows below a deck."""
    return deck.title
