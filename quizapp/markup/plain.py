"""Card text made harmless: whatever a deck holds, it shows as text and drives no terminal."""

import re
import unicodedata

# C0 but for newline and tab, DEL, C1, line and paragraph separators, and the marks that reorder a line.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """The text with every control character shown as a sign of its own.

    Escape becomes `␛`, carriage return and the separators become line ends, marks that turn the
    direction of writing are left out (right-to-left letters themselves stay).
    """
    return _HARMFUL.sub(_sign, text.replace("\r\n", "\n"))


def _sign(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if character in "\r\u2028\u2029\x85":
        return "\n"
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return "" if unicodedata.category(character) == "Cf" else "\ufffd"


def escaped(json: str) -> str:
    """A JSON document with the harmful characters of its strings escaped; its line ends stay."""
    return _HARMFUL.sub(lambda match: f"\\u{ord(match[0]):04x}", json)


def one_line(text: str) -> str:
    """The text, harmless, in one line."""
    return " ".join(visible(text).split())


def shortened(text: str, most: int) -> str:
    """The text, harmless, in one line of at most so many signs."""
    line = one_line(text)
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
