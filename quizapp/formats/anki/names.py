"""What notes and decks from Anki are called here: ids made of guids, deck names made of Anki's."""

from collections.abc import Iterable

from quizapp.decks.files import name_fault
from quizapp.decks.identity import letters
from quizapp.formats.anki.contents import AnkiDeck
from quizapp.formats.sections import named_deck

_LETTERS = 10
_LONGEST_PART = 60  # letters of a part of a deck's name
_LONGEST_BYTES = 180  # and its bytes
_DEEPEST = 10  # parts of a deck's name
_DEFAULT = "Default"  # Anki's name for the deck that is always there


class Ids:
    """Gives ids to notes by their guids: the same for the same guids in the same order."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, guid: str, card: str = "") -> str:
        """The id for a guid, or for the note that one of its cards becomes."""
        name = f"{guid}\n{card}" if card else guid
        found, number = note_id(name), 1
        while found in self._taken:
            number += 1
            found = note_id(f"{name}\n{number}")
        self._taken.add(found)
        return found


def note_id(guid: str) -> str:
    """The id that a guid gives: ten letters and digits, a letter first."""
    found = letters(guid, _LETTERS)
    first = found[0] if found[0].isalpha() else "abcdefghij"[int(found[0])]
    return first + found[1:]


def deck_names(decks: Iterable[AnkiDeck], default: str) -> dict[int, str]:
    """Our names of Anki's decks by their ids; `default` for the deck "Default", and for names without a letter.

    Decks whose names differ in nothing but capitals and blanks are one, called as the first by name.
    """
    names: dict[int, str] = {}
    first: dict[str, str] = {}
    for deck in sorted(decks, key=lambda deck: (deck.name, deck.id)):
        name = default if deck.name == _DEFAULT else deck_name(deck.name) or default
        names[deck.id] = first.setdefault(name.casefold(), name)
    return names


def deck_name(name: str) -> str:
    """Our name of a deck of Anki's; "" if nothing is left of it."""
    parts = [_cut(part).strip(".-") for part in named_deck(name).split("/")[:_DEEPEST]]
    found = "/".join(filter(None, parts))
    if found and name_fault(found):  # a folder that holds no decks
        first, slash, others = found.partition("/")
        found = f"{first}-notes{slash}{others}"
    return "" if name_fault(found) else found


def _cut(part: str) -> str:
    part = part[:_LONGEST_PART]
    while len(part.encode()) > _LONGEST_BYTES:
        part = part[:-1]
    return part
