"""For which card an event counts, after renames."""

from collections.abc import Callable, Iterable

from quizapp.decks.identity import base, renamed
from quizapp.journal.entry import Entry


def owners(entries: Iterable[Entry], exists: Callable[[str], bool]) -> list[str]:
    """The owner of each entry, for entries in the order of time with the renames among them.

    A rename moves all that counted for the old id; later lines for the old id count for the new one,
    unless a note has the old id again: it is in a deck, or its text was logged since. `exists` tells whether
    a note or card has an id now.
    """
    moved: dict[str, str] = {}  # old id -> new id, in force
    owned: dict[str, list[int]] = {}  # card -> positions of its entries
    count = 0
    for position, entry in enumerate(entries):
        count = position + 1
        if entry.kind == "rename":
            old, new = entry.card, str(entry.data["to"])
            for card in [card for card in owned if card == old or base(card) == old]:
                owned.setdefault(renamed(card, old, new), []).extend(owned.pop(card))
            moved.pop(new, None)
            if old != new:
                moved[old] = new
            owned.setdefault(entry.card, []).append(position)  # the rename itself stays where it was written
        else:
            if entry.kind == "note":
                moved.pop(entry.card, None)
            owned.setdefault(_target(entry.card, moved, exists), []).append(position)
    found = [""] * count
    for card, positions in owned.items():
        for position in positions:
            found[position] = card
    return found


def _target(card: str, moved: dict[str, str], exists: Callable[[str], bool]) -> str:
    """Follow the renames in force from a card's id; a ring of renames ends where it began."""
    seen = {card}
    while True:
        old = card if card in moved else base(card)
        if old not in moved or exists(old):
            return card
        card = renamed(card, old, moved[old])
        if card in seen:
            return card
        seen.add(card)
