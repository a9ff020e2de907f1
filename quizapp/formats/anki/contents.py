"""What an Anki package holds, whichever of the three formats it has: rows of its database, and its media."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quizapp.formats.rows import Passed


class Template(NamedTuple):
    """One card of a note type: its name, and the HTML of its two sides with fields in double braces."""

    name: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type: `fields` are the names of its fields, in the order in which notes have them.

    `latex` is what stands around LaTeX in its notes: rarely of use. `occlusion` tells Anki's own type for images.
    """

    id: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    cloze: bool = False
    occlusion: bool = False


class AnkiDeck(NamedTuple):
    """A deck. `name` has `::` between its parts; `description` is HTML; `filtered` decks borrow their cards."""

    id: int
    name: str
    description: str = ""
    filtered: bool = False


class NoteRow(NamedTuple):
    """A note. `modified` is in seconds of Unix time, `id` in milliseconds."""

    id: int
    guid: str
    type: int
    modified: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]


class CardRow(NamedTuple):
    """A card, with the columns of Anki's table that matter.

    `kind` is 0 new, 1 learning, 2 review, 3 relearning; `queue` -1 suspended, -2 and -3 buried. `due` is a position
    (new), a day counted from the collection's first (review), or seconds of Unix time (learning). `home` and
    `home_due` are those of a card that a filtered deck has borrowed, else 0. `flag` is 0 to 7. `data` is JSON.
    `modified` is when anything about the card last changed, in seconds.
    """

    id: int
    note: int
    deck: int
    place: int
    kind: int
    queue: int
    due: int
    interval: int
    reps: int
    lapses: int
    home_due: int
    home: int
    flag: int
    data: str
    modified: int


class ReviewRow(NamedTuple):
    """A line of Anki's review log. `id` is its instant in milliseconds; `rating` 1 to 4, 0 if nobody answered.

    `interval` and `last_interval` are days, or if negative seconds; `took` is in milliseconds; `kind` is 0 learning,
    1 review, 2 relearning, 3 filtered, 4 manual, 5 rescheduled.
    """

    id: int
    card: int
    rating: int
    interval: int
    last_interval: int
    factor: int
    took: int
    kind: int


@dataclass(frozen=True, slots=True)
class Contents:
    """All of a package. `first_day` is when the collection was made (its day 0), in seconds of Unix time.

    `media` are the names that notes use, each with what reads its file: bytes, or FormatError. `rollover` is the hour
    at which the collection's days begin, None if it doesn't say. `passed` are rows that can't be read: notes with
    lines after those of `notes`, all else with line 0. `west` is by how many minutes the clock of day 0 is behind
    UTC, None if the package doesn't say.
    """

    note_types: Mapping[int, NoteType]
    decks: Mapping[int, AnkiDeck]
    notes: Sequence[NoteRow]
    cards: Sequence[CardRow]
    reviews: Sequence[ReviewRow]
    media: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    first_day: int = 0
    rollover: int | None = None
    passed: Sequence[Passed] = ()
    west: int | None = None
