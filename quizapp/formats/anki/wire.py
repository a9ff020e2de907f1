"""Protocol Buffers as far as Anki's packages need them: a strict reader of the wire format.

The messages read with it, by the numbers of their fields in Anki's `proto/anki/*.proto`:

    PackageMetadata     version 1 (1 and 2: JSON and plain files, 3: the latest)        entry `meta` of the zip
    MediaEntries        entries 1: name 1, size 2, sha1 3                               entry `media` of the zip
    Notetype.Config     kind 1 (1 is cloze), original_stock_kind 9 (6 is image occlusion)  notetypes.config
    Template.Config     q_format 1, a_format 2                                          templates.config
    Deck.KindContainer  normal 1: description 4 · filtered 2                            decks.kind

What is not asked for is passed over, whatever it is; nothing is read past the end.
"""

from collections.abc import Iterator, Mapping

from quizapp.formats.rows import FormatError

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_FIXED = {_FIXED64: 8, _FIXED32: 4}
_LONGEST = 10  # bytes of a varint of 64 bits


class Message:
    """The last value of each field asked for; `wanted` says which they are and whether int or bytes.

    FormatError if it can't be read; `what` is the message's name there.
    """

    __slots__ = ("_values",)

    def __init__(self, content: bytes, wanted: Mapping[int, type[int] | type[bytes]], what: str) -> None:
        self._values: dict[int, int | bytes] = {}
        for number, value in fields(content, what):
            if number in wanted:
                if not isinstance(value, wanted[number]):
                    raise FormatError(f"{what} can't be read: field {number} is of another kind")
                self._values[number] = value

    def __contains__(self, number: int) -> bool:
        return number in self._values

    def number(self, number: int) -> int:
        """An integer; 0 if it isn't there."""
        value = self._values.get(number, 0)
        return value if isinstance(value, int) else 0

    def content(self, number: int) -> bytes:
        """Bytes, or a message within; empty if it isn't there."""
        value = self._values.get(number, b"")
        return value if isinstance(value, bytes) else b""

    def text(self, number: int) -> str:
        """A text; empty if it isn't there."""
        return self.content(number).decode("utf-8", "replace")


def fields(content: bytes, what: str) -> Iterator[tuple[int, int | bytes]]:
    """The numbers and values of all fields of a message, in their order. FormatError where it is none."""
    try:
        yield from _fields(content)
    except ValueError as error:
        raise FormatError(f"{what} can't be read: {error}") from error


def _fields(content: bytes) -> Iterator[tuple[int, int | bytes]]:
    place = 0
    while place < len(content):
        key, place = _varint(content, place)
        number, kind = key >> 3, key & 7
        if not number:
            raise ValueError("a field has the number 0")
        if kind == _VARINT:
            value, place = _varint(content, place)
            yield number, value
            continue
        if kind == _BYTES:
            length, place = _varint(content, place)
        elif kind in _FIXED:
            length = _FIXED[kind]
        else:
            raise ValueError(f"a field is of the kind {kind}")
        if place + length > len(content):
            raise ValueError("it ends too early")
        yield number, content[place : place + length]
        place += length


def _varint(content: bytes, place: int) -> tuple[int, int]:
    """A number, and the place after it."""
    value = 0
    for shift, byte in enumerate(content[place : place + _LONGEST]):
        value |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:
            if value >> 64:
                break
            return value, place + shift + 1
    raise ValueError("it ends too early, or a number is too long")
