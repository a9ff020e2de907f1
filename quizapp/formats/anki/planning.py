"""What an import of a package is to do with each note: a pure function of the notes and of what the collection has.

A note is known by its id, which one of ours has and another's gets from its guid. What it said when it was last here
(when it was exported, or imported) tells who has changed it since.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from quizapp.decks.draft import Draft
from quizapp.decks.origin import changed_parts
from quizapp.formats.anki.merging import Sides, merged
from quizapp.formats.conflict import told
from quizapp.formats.planning import Act, Step, Wanted, again, beside, checked, draft_beside, settled
from quizapp.study.imports import Head, Imported, KnownNotes, PlacedNote

if TYPE_CHECKING:
    from quizapp.decks.note import Note as Text

NO_HEAD: Head = ("", ())


class Note(NamedTuple):
    """A note of a package as it is to stand in a deck, with all that the deck may say of its notes.

    Of one of ours `base` is what it said when it was exported, `there` what it says now, with its media where they
    were, and `head` what its deck said of all its notes. `is_copy` tells a copy of one that was made in Anki.
    """

    wanted: Wanted
    base: Draft | None = None
    there: Draft | None = None
    head: Head = NO_HEAD
    is_copy: bool = False


def plan_notes(
    notes: Sequence[Note],
    known: KnownNotes,
    heads: Mapping[str, Head],
    faults: Callable[[Sequence[Draft]], Sequence[str]],
) -> list[Step]:
    """A step for each note. `heads` are what decks say of all their notes, those that are to be made, too.

    `faults` says what is wrong with each of these drafts, "" if nothing is.
    """
    all_gone = not any(note.wanted.note in known.standing for note in notes)
    texts: dict[tuple[str, Text], int] = {}
    ids: dict[str, int] = {}
    changed: dict[str, int] = {}
    updated: dict[str, Draft] = {}
    steps = []
    for note in notes:
        step = _step(note, known, heads, updated, all_gone=all_gone)
        wanted, line = step.wanted, step.wanted.line
        same = texts.setdefault((wanted.deck, wanted.draft.note()), line)
        is_strange = step.act is not Act.SKIP and wanted.note not in known.standing
        if (first := ids.setdefault(note.wanted.note, line)) != line:
            step = Step(wanted, Act.SKIP, reason=f"note {first} of the package has the same id")
        elif is_strange and same != line:
            step = Step(wanted, Act.SKIP, reason=f"note {same} of the package says the same")
        elif step.act is Act.UPDATE and (first := changed.setdefault(step.note, line)) != line:
            reason = f"note {first} of the package changes the same card"
            step = Step(wanted, Act.SKIP, step.note, reason=reason)
        elif step.act is Act.UPDATE and step.draft:
            updated[step.note] = step.draft
        steps.append(step)
    return checked(steps, faults)


def _step(
    note: Note,
    known: KnownNotes,
    heads: Mapping[str, Head],
    updated: Mapping[str, Draft],
    *,
    all_gone: bool,
) -> Step:
    """What becomes of a note; `updated` is what those before it make of the collection's."""
    standing = known.standing.get(note.wanted.note)
    wanted = beside(note.wanted, *heads.get(standing.deck if standing else note.wanted.deck, NO_HEAD))
    if standing is not None:
        return _again(note, wanted, standing, known, heads.get(standing.deck, NO_HEAD))
    if wanted.note in known.unread or (wanted.note in known.gone and not known.whole):
        reason = "its card may be among those that can't be read; `quizapp check` says where"
        return Step(wanted, Act.SKIP, wanted.note, reason=reason)
    if wanted.note in known.gone and not all_gone:
        return Step(wanted, Act.SKIP, wanted.note, reason="you have deleted its card; it stays deleted")
    hash_ = wanted.draft.note().hash
    other = known.asked.get(wanted.draft.note().derived)
    said = updated.get(other.note, other.draft) if other else None
    if other and said and not changed_parts(said.note().hash, hash_) & {0, 1}:
        if note.is_copy:
            reason = (
                f"it is a copy that asks and answers the same as {other.place};"
                " word it otherwise in Anki to have it as a card of its own"
            )
            return Step(wanted, Act.SKIP, reason=reason)
        logged = known.rows.get(other.note)
        act = Act.UNCHANGED if logged and logged[0] == wanted.row else Act.ADOPT
        return Step(wanted, act, other.note, written=hash_, deck=other.deck)
    return Step(wanted, Act.ADD, wanted.note, wanted.draft, hash_, deck=wanted.deck)


def _again(note: Note, wanted: Wanted, standing: PlacedNote, known: KnownNotes, head: Head) -> Step:
    """What becomes of a note that the collection has, in a deck with this head."""
    logged = known.rows.get(standing.note)
    is_as_exported = note.base is not None and note.base == note.there
    if is_as_exported or (logged and not changed_parts(logged[0], wanted.row)):
        return Step(wanted, Act.UNCHANGED, standing.note, deck=standing.deck)
    wanted = replace(wanted, note=standing.note)
    if note.base is None or note.there is None:
        unknown = "".ljust(len(wanted.row))  # the log does not know what it was: what stands here stays
        imported = Imported(standing.note, *(logged or (unknown, unknown)), standing)
        return again(wanted, imported, standing, known.asked, "Anki")
    was = draft_beside(draft_beside(note.base, *note.head), *head)
    made = merged(standing.draft, Sides(note.base, was, note.there, wanted.draft), logged)
    conflict = told(made.conflicts, standing.draft, standing.place, wanted.draft, "Anki")
    wanted = replace(wanted, row=made.row)
    return settled(wanted, standing, made.draft, known.asked, written=made.written, conflict=conflict)
