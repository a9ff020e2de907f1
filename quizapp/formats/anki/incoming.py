"""A note of a package as a deck may hold it, with what belongs to its cards."""

from collections.abc import Mapping
from typing import NamedTuple

from quizapp.decks.draft import Draft


class Incoming(NamedTuple):
    """`line` is the note's place in the package, from 1; `note` the id that it has, or gets from its guid.

    `draft` is what it says now, images and links to sounds by their names in the package; `base` what it said when it
    was exported, None if it isn't one of ours, or is a copy of one that was made in Anki. `cards` are our ids of its
    cards by Anki's. `added` and `allow` as in a deck's entry. `guid` is Anki's name for the note; "" for
    another of its cards that became a note of its own. `numbers` are those of the deletions that ask for steps, by our
    ids of their cards.
    """

    line: int
    note: str
    deck: str
    draft: Draft
    cards: Mapping[int, str]
    base: Draft | None = None
    added: str = ""
    allow: tuple[str, ...] = ()
    is_copy: bool = False
    guid: str = ""
    numbers: Mapping[str, int] = {}
