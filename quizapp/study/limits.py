"""How many cards a day may still bring: the collection's limit, and the caps of decks with their own."""

from collections.abc import Mapping

from quizapp.index.store import Index
from quizapp.settings import Settings, lineage

WHOLE = ""  # the collection itself, above all decks


class Limit:
    """What is left of one limit today. `done` counts, by deck, what has been used of it."""

    def __init__(self, settings: Settings, key: str, done: Mapping[str, int]) -> None:
        self._left = {WHOLE: int(getattr(settings.study, key))}
        self._left |= {deck: own[key] for deck, own in settings.decks.items() if key in own}
        for deck, count in done.items():
            for name in self._above(deck):
                self._left[name] -= count

    def _above(self, deck: str) -> list[str]:
        if len(self._left) == 1:  # no deck has its own
            return [WHOLE]
        return [WHOLE, *(name for name in lineage(deck) if name in self._left)]

    def left(self, deck: str) -> int:
        """How many cards of a deck the day still takes."""
        return max(0, min(map(self._left.__getitem__, self._above(deck))))

    def grant(self, more: int) -> None:
        """Let the day take so many more, of every deck."""
        self._left = {name: left + more for name, left in self._left.items()}

    @property
    def beyond(self) -> int:
        """By how many the day went beyond the limits."""
        return max(0, *(-left for left in self._left.values()))

    def total(self, wanted: Mapping[str, int]) -> int:
        """How many cards the day takes in all, of so many in each deck."""
        if len(self._left) == 1:
            return min(sum(wanted.values()), self.left(WHOLE))
        left = dict(self._left)
        granted = sum(self.take(deck, count) for deck, count in wanted.items())
        self._left = left
        return granted

    def take(self, deck: str, wanted: int = 1) -> int:
        """Use up to `wanted` of the limit for cards of a deck; how many it grants."""
        granted = min(wanted, self.left(deck))
        for name in self._above(deck):
            self._left[name] -= granted
        return granted


def limits(index: Index, settings: Settings, today: int) -> tuple[Limit, Limit]:
    """What is left today of new cards and of reviews, over all sessions and machines. `today` is an ordinal."""
    names = dict(index.db.execute("SELECT num, name FROM decks").fetchall())
    rows = index.db.execute(
        "SELECT deck, sum(first_day IS ?1), sum(review_day IS ?1) FROM cards WHERE last_day = ?1 GROUP BY deck",
        (today,),
    ).fetchall()
    return (
        Limit(settings, "new_per_day", {names[deck]: new for deck, new, _ in rows}),
        Limit(settings, "reviews_per_day", {names[deck]: reviews for deck, _, reviews in rows}),
    )
