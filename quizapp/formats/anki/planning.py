"""What an import of a package is to do with each note: a pure function of the notes and of what the collection has.

A note is known by its id, which one of ours has and another's gets from its guid. What it said when it was last here
(when it was exported, or imported) tells who has changed it since.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from quizapp.decks.draft import Draft
from quizapp.decks.origin import changed_parts
from quizapp.formats.planning import Act, Step, Wanted, again, checked
from quizapp.study.imports import Imported, Known, KnownNotes


class Note(NamedTuple):
    """A note of a package as it is to stand in a deck, and what it was when it was exported, if it is one of ours."""

    wanted: Wanted
    base: Draft | None = None
    base_row: str = ""


def plan_notes(
    notes: Sequence[Note], known: KnownNotes, faults: Callable[[Sequence[Draft]], Sequence[str]]
) -> list[Step]:
    """A step for each note. `faults` says what is wrong with each of these drafts, "" if nothing is."""
    all_gone = not any(note.wanted.note in known.standing for note in notes)
    texts: dict[tuple[str, str], int] = {}
    ids: dict[str, int] = {}
    changed: dict[str, int] = {}
    steps = []
    for note in notes:
        step = _step(note, known, all_gone=all_gone)
        wanted, line = step.wanted, step.wanted.line
        same = texts.setdefault((wanted.deck, wanted.draft.note().hash), line)
        is_strange = step.act is not Act.SKIP and wanted.note not in known.standing
        if (first := ids.setdefault(note.wanted.note, line)) != line:
            step = Step(wanted, Act.SKIP, reason=f"note {first} of the package has the same id")
        elif is_strange and same != line:
            step = Step(wanted, Act.SKIP, reason=f"note {same} of the package says the same")
        elif step.act is Act.UPDATE and (first := changed.setdefault(step.note, line)) != line:
            reason = f"note {first} of the package changes the same card"
            step = Step(wanted, Act.SKIP, step.note, reason=reason)
        steps.append(step)
    return checked(steps, faults)


def _step(note: Note, known: KnownNotes, *, all_gone: bool) -> Step:
    wanted = note.wanted
    standing = known.standing.get(wanted.note)
    if standing is not None:
        return _again(note, known)
    if wanted.note in known.gone and not known.whole:
        reason = "its card may be among those that can't be read; `quizapp check` says where"
        return Step(wanted, Act.SKIP, wanted.note, reason=reason)
    if wanted.note in known.gone and not all_gone:
        return Step(wanted, Act.SKIP, wanted.note, reason="you have deleted its card; it stays deleted")
    hash_ = wanted.draft.note().hash
    other = known.asked.get(wanted.draft.note().derived)
    if other and not changed_parts(other.draft.note().hash, hash_) & {0, 1}:
        logged = known.rows.get(other.note)
        act = Act.UNCHANGED if logged and logged[0] == wanted.row else Act.ADOPT
        return Step(wanted, act, other.note, written=hash_, deck=other.deck)
    return Step(wanted, Act.ADD, wanted.note, wanted.draft, hash_, deck=wanted.deck)


def _again(note: Note, known: KnownNotes) -> Step:
    """What becomes of a note that the collection has."""
    wanted = note.wanted
    standing = known.standing[wanted.note]
    logged = known.rows.get(standing.note)
    if wanted.row == note.base_row or (logged and not changed_parts(logged[0], wanted.row)):
        return Step(wanted, Act.UNCHANGED, standing.note, deck=standing.deck)
    if note.base is not None:
        row, written = note.base_row, note.base.note().hash
    elif logged:
        row, written = logged
    else:  # the log does not know what it was: what stands here stays
        row = written = "".ljust(len(wanted.row))
    imported = Imported(standing.note, row, written, standing)
    return again(replace(wanted, note=standing.note), imported, standing, Known((), known.asked, {}))
