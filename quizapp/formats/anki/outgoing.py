"""A note as it goes to Anki: its fields in HTML, and the cards they make there."""

from collections.abc import Mapping
from typing import NamedTuple

from quizapp.decks.note import Kind


class AnkiNote(NamedTuple):
    """`modified` is in seconds of Unix time; `deck` is our name for it; tags have no blanks.

    `fields` are as many as the note type of the kind has. `places` are the templates (of cloze and steps: deletions,
    from 0) that make its cards, and `cards` our ids of these, in the order in which they are learned. `media` are
    names in the package with the files they stand for, named from the collection's folder.
    """

    kind: Kind
    guid: str
    modified: int
    deck: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    places: tuple[int, ...]
    cards: tuple[str, ...]
    media: Mapping[str, str] = {}
