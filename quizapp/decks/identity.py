"""What a note is called: the id that its question gives it, and how its cards' ids hang on it."""

import re
from base64 import b32encode
from hashlib import sha256
from unicodedata import normalize

ID = re.compile(r"[A-Za-z0-9_-]+")
LONGEST_ID = 150  # letters; the log takes 200, with what a card adds to its note's

_DERIVED = 12  # letters of the hash in a derived id


def normalised(text: str) -> str:
    """The text as it counts for identity: NFC, casefolded, white space collapsed and stripped."""
    return " ".join(normalize("NFC", text).casefold().split())


def letters(text: str, count: int) -> str:
    """The first letters (up to 16) of the text's SHA-256 in base32, lower case."""
    return b32encode(digest(text)).decode()[:count].lower()


def digest(text: str) -> bytes:
    """The first ten bytes of the SHA-256 of the text's UTF-8."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()[:10]


def derived_id(question: str) -> str:
    """The id of a note that declares none: `q` and twelve letters of its question's hash. Never changes."""
    return "q" + letters(normalised(question), _DERIVED)


def base(card_id: str) -> str:
    """The id of the note that a card belongs to: up to the first dot."""
    return card_id.partition(".")[0]


def renamed(card_id: str, old: str, new: str) -> str:
    """The card's id after `old` became `new`.

    A note's new name holds for all its cards, which keep their suffixes; a card's new name (`old` with a
    suffix) holds for that card alone. A card that is not meant keeps its id.
    """
    if card_id == old:
        return new
    if "." in old or base(card_id) != old:
        return card_id
    return base(new) + card_id[len(old) :]
