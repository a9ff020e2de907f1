"""Answer cards as Anki's reviewer does, and tell how long each answer with the next card took.

The next card comes with its four outcomes, which Anki always computes.
"""

import sys
from pathlib import Path
from time import perf_counter

import anki.collection  # before anki.cards: the two import each other
from anki.cards import Card
from anki.decks import DeckId
from anki.scheduler.v3 import CardAnswer
from anki.scheduler.v3 import Scheduler as V3Scheduler
from grading import ANKI_DECK, ratings, tell

_RATINGS = {1: CardAnswer.AGAIN, 2: CardAnswer.HARD, 3: CardAnswer.GOOD, 4: CardAnswer.EASY}


def grade(path: Path, count: int) -> list[float]:
    """Seconds of each of `count` answers with the card that follows."""
    collection = anki.collection.Collection(str(path))
    scheduler = collection.sched
    if not isinstance(scheduler, V3Scheduler):
        raise TypeError("the collection does not use the v3 scheduler")
    collection.decks.select(collection.decks.id(ANKI_DECK) or DeckId(0))
    seconds: list[float] = []
    queued = scheduler.get_queued_cards()
    for number, rating in enumerate(ratings(count)):
        if not queued.cards:
            raise LookupError(f"nothing is due after {number} answers")
        top = queued.cards[0]
        card = Card(collection, backend_card=top.card)
        card.start_timer()
        started = perf_counter()
        answer = scheduler.build_answer(card=card, states=top.states, rating=_RATINGS[rating])
        scheduler.answer_card(answer)
        queued = scheduler.get_queued_cards()
        seconds.append(perf_counter() - started)
    collection.close()
    return seconds


if __name__ == "__main__":
    tell(answer=grade(Path(sys.argv[1]), int(sys.argv[2])))
