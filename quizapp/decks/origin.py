"""Where an imported note comes from: what the log keeps of it, so that the same file can be imported again."""

from dataclasses import dataclass

_PART = 10  # letters of each part
_PARTS = 4


@dataclass(frozen=True, slots=True)
class Origin:
    """The file's name, the text hash of its row, and that of what the import wrote into the deck.

    The two differ where the import adds something: the collection's names of images, tags made of headings. `guid`
    is the name by which the program it comes from knows a note that the import has added, "" if that is its id.
    """

    file: str
    row: str
    written: str
    guid: str = ""

    @property
    def data(self) -> dict[str, str]:
        """As keys of a `note` line."""
        found = {"from": self.file, "row": self.row}
        found |= {} if self.written == self.row else {"written": self.written}
        return found | ({"guid": self.guid} if self.guid else {})


def whole_hash(hash_: str) -> str:
    """A hash as the log has it, with blanks for parts that an older line lacks."""
    return hash_.ljust(_PARTS * _PART)[: _PARTS * _PART]


def parts(hash_: str) -> tuple[str, ...]:
    """Those of the question, of the answer, of all the rest, and of the question to the letter."""
    return tuple(hash_[n * _PART : (n + 1) * _PART] for n in range(_PARTS))


def changed_parts(before: str, after: str) -> frozenset[int]:
    """Which of the parts differ."""
    pairs = zip(parts(before), parts(after), strict=True)
    return frozenset(number for number, (one, other) in enumerate(pairs) if one != other)
