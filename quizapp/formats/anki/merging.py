"""One of our notes that was edited in Anki, and perhaps here: what it said when it was exported tells by whom."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from quizapp.decks.draft import Draft
from quizapp.decks.origin import changed_parts
from quizapp.formats.conflict import FIELDS, PARTS, differing, values, whole_parts
from quizapp.formats.planning import mixed

_ALL = frozenset(range(4))  # parts of a hash


class Merged(NamedTuple):
    """What the note is to say, and the fields that stay as they are here though they have changed there, too.

    `row` and `written` are for its origin in the log: without the fields in conflict, which are named again then.
    """

    draft: Draft
    conflicts: list[str]
    row: str
    written: str


class Sides(NamedTuple):
    """A note as it was exported, as Anki has it now, and the latter with its media placed and beside the deck's head.

    `was` is `base` without what the deck said then of all its notes; that may have changed since.
    """

    base: Draft
    was: Draft
    there: Draft
    wanted: Draft


def merged(here: Draft, sides: Sides, logged: tuple[str, str] | None) -> Merged:
    """The note with what changed in Anki alone. `logged` are its row and what was written when it came last."""
    base, was, there, wanted = sides
    now, row = here.note().hash, there.note().hash
    last, written = logged or (base.note().hash, was.note().hash)
    come_before = _ALL - changed_parts(last, row) if logged else frozenset()
    untouched = _ALL - changed_parts(written, now)
    changes: dict[str, object] = {}
    conflicts = []
    for name in differing(base, there):
        if PARTS[name] in come_before or values(wanted, name) == values(here, name):
            continue
        if name == "tags":
            changes["tags"] = _tags(here.tags, base.tags, there.tags, wanted.tags)
        elif PARTS[name] in untouched or values(here, name) in (values(base, name), values(was, name)):
            changes |= zip(FIELDS[name], values(wanted, name), strict=True)
        else:
            conflicts.append(name)
    draft = replace(here, **changes)  # type: ignore[arg-type]  # each has its own field's type
    taken = _ALL - whole_parts([PARTS[name] for name in conflicts])
    ours = untouched | (_ALL - changed_parts(was.note().hash, now))
    return Merged(draft, conflicts, mixed(last, row, taken), mixed(written, draft.note().hash, taken & ours))


def _tags(
    here: Sequence[str], base: Sequence[str], there: Sequence[str], wanted: Sequence[str]
) -> tuple[str, ...]:
    """The tags that it has here, without those that were taken off in Anki, and with those that were added there."""
    kept = {tag.casefold() for tag in there}
    off = {folded for tag in base if (folded := tag.casefold()) not in kept}
    known = {tag.casefold() for tag in (*base, *here)}
    added = (tag for tag in wanted if tag.casefold() not in known)
    return (*(tag for tag in here if tag.casefold() not in off), *added)
