"""Names and tags as they are compared: without case and without accents."""

import re
from unicodedata import normalize

_ACCENTS = re.compile("[\u0300-\u036f]")


def folded(text: str) -> str:
    """The text without upper case and accents, as SQLite's full-text search folds the words of cards."""
    if text.isascii():
        return text.lower()
    return normalize("NFC", _ACCENTS.sub("", normalize("NFD", text)).casefold())
