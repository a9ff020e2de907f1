"""What an import is to do with each row: a pure function of the rows and of what the collection has of them.

A row is known again by the hash that the log keeps of it. So it does not matter what the learner did with the
card: only a row that has changed since changes anything, and never what the learner has changed, too.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from quizapp.decks.draft import Draft
from quizapp.decks.origin import changed_parts, parts
from quizapp.decks.recognition import Text, recognise
from quizapp.formats.conflict import PARTS, differing, told, whole_parts
from quizapp.study.imports import Imported, Known, PlacedNote


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row as it is to stand in a deck. `row` is the text hash of what the file says; `draft` may say more.

    `given` are the tags among the draft's that the row itself does not have. A row may come with a `note` id, the
    day it was `added` (None: today), and the complaints it is `allow`ed.
    """

    line: int
    row: str
    deck: str
    draft: Draft
    given: tuple[str, ...] = ()
    note: str = ""
    added: str | None = None
    allow: tuple[str, ...] = ()


class Act(Enum):
    """What becomes of a row."""

    ADD = auto()
    UPDATE = auto()
    UNCHANGED = auto()
    ADOPT = auto()  # the card says the same already, but the log does not know that it is this row
    SKIP = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of a row: `note` is the one it is about, `draft` what that is to say, `written` its origin's.

    `reason` says why a row is passed over, or what of it is, as its card changed here, too. `before` is what a note
    that is to be updated says now; `deck` is the note's, of a new one the one wanted.
    """

    wanted: Wanted
    act: Act
    note: str = ""
    draft: Draft | None = None
    written: str = ""
    reason: str = ""
    deck: str = ""
    before: Draft | None = None


def plan(
    rows: Sequence[Wanted], known: Known, faults: Callable[[Sequence[Draft]], Sequence[str]]
) -> list[Step]:
    """A step for each row. `faults` says what is wrong with each of these drafts, "" if nothing is."""
    steps: dict[int, Step] = {}
    left = _without_repeated(rows, steps)
    taken = _known_rows(left, known, steps)
    _reworded(left, known, taken, steps)
    for place, wanted in left.items():
        if place not in steps:
            steps[place] = _new(wanted, known)
    return checked([steps[place] for place in range(len(rows))], faults)


def checked(steps: Sequence[Step], faults: Callable[[Sequence[Draft]], Sequence[str]]) -> list[Step]:
    """The steps, but for those that would write what no deck can hold."""
    drafts = [step.draft for step in steps if step.draft]
    wrong = iter(faults(drafts))
    return [_checked(step, next(wrong) if step.draft else "") for step in steps]


def _without_repeated(rows: Sequence[Wanted], steps: dict[int, Step]) -> dict[int, Wanted]:
    """The rows by their places; a question that stands twice is settled."""
    first: dict[str, Wanted] = {}
    left: dict[int, Wanted] = {}
    for place, wanted in enumerate(rows):
        other = first.setdefault(parts(wanted.row)[0], wanted)
        if other is wanted:
            left[place] = wanted
        else:
            reason = f"the same question stands in line {other.line}; delete one, or word them apart"
            steps[place] = Step(wanted, Act.SKIP, reason=reason)
    return left


def _known_rows(left: Mapping[int, Wanted], known: Known, steps: dict[int, Step]) -> set[str]:
    """Settle the rows whose question came from this file before; the notes they belong to."""
    rows = _newest(known.imported, lambda one: one.row)
    questions = _newest(known.imported, lambda one: parts(one.row)[0])
    none_left = all(one.standing is None for one in known.imported)
    taken: set[str] = set()
    for place, wanted in left.items():
        one = rows.get(wanted.row) or questions.get(parts(wanted.row)[0])
        if one is None:
            continue
        taken.add(one.note)
        if one.standing is not None:
            steps[place] = again(wanted, one, one.standing, known.asked)
        elif not none_left and wanted.draft.note().derived not in known.asked:
            reason = "you have deleted its card; it stays deleted"
            steps[place] = Step(wanted, Act.SKIP, one.note, reason=reason)
    return taken


def _newest(imported: Iterable[Imported], key: Callable[[Imported], str]) -> dict[str, Imported]:
    """By a key: those that still stand before those that are gone, later ones before earlier ones."""
    found: dict[str, Imported] = {}
    for one in imported:
        if one.standing is not None or key(one) not in found:
            found[key(one)] = one
    return found


def _reworded(left: Mapping[int, Wanted], known: Known, taken: set[str], steps: dict[int, Step]) -> None:
    """Settle the rows whose question is new, where a note of this file has lost its row and they are its kin.

    A file of which no row is known, and in which not all notes find their kin, is another one of the same name.
    """
    lost = {one.note: one for one in known.imported if one.standing and one.note not in taken}
    fresh = {
        str(place): wanted
        for place, wanted in left.items()
        if place not in steps and wanted.draft.note().derived not in known.asked
    }
    if not lost or not fresh:
        return
    olds = [_text(one.note, one.row, one.standing.draft) for one in lost.values() if one.standing]
    news = [_text(place, wanted.row, wanted.draft) for place, wanted in fresh.items()]
    certain, _ = recognise(olds, news)
    if not taken and len(certain) < len(lost):
        return
    for note, place in certain.items():
        one = lost[note]
        if one.standing:
            steps[int(place)] = again(fresh[place], one, one.standing, known.asked)


def _text(name: str, row: str, draft: Draft) -> Text:
    return Text(name, row, draft.question, "\n".join(draft.answer))


def again(
    wanted: Wanted,
    one: Imported,
    standing: PlacedNote,
    asked: Mapping[str, PlacedNote],
    where: str = "the file",
) -> Step:
    """What becomes of a row whose card the collection has from `where`: what changed there alone is taken."""
    row_changed = changed_parts(one.row, wanted.row)
    if not row_changed:
        return Step(wanted, Act.UNCHANGED, one.note, deck=standing.deck)
    now = standing.draft.note().hash
    there = _merged(standing.draft, wanted, row_changed)
    in_conflict = row_changed & changed_parts(now, there.note().hash) & changed_parts(one.written, now)
    taken = row_changed - whole_parts(in_conflict)
    merged = _merged(standing.draft, wanted, taken)
    fields = [name for name in differing(standing.draft, there) if PARTS[name] in whole_parts(in_conflict)]
    return settled(
        replace(wanted, row=mixed(one.row, wanted.row, taken)),
        standing,
        merged,
        asked,
        written=mixed(one.written, merged.note().hash, taken),
        conflict=told(fields, standing.draft, standing.place, there, where),
    )


def settled(
    wanted: Wanted,
    standing: PlacedNote,
    merged: Draft,
    asked: Mapping[str, PlacedNote],
    *,
    written: str,
    conflict: str,
) -> Step:
    """The step that makes a card say what was merged; `conflict` says what of the row was left out of that."""
    if merged == standing.draft:
        if conflict:
            return Step(wanted, Act.SKIP, standing.note, reason=conflict)
        return Step(wanted, Act.ADOPT, standing.note, written=written, deck=standing.deck)
    other = asked.get(merged.note().derived) if merged.question != standing.draft.question else None
    if other and other.note != standing.note:
        reason = (
            f"its new question stands in {other.place} already; the card in {standing.place} stays as it is"
        )
        return Step(wanted, Act.SKIP, standing.note, reason=reason)
    return Step(
        wanted, Act.UPDATE, standing.note, merged, written, conflict, standing.deck, before=standing.draft
    )


def _merged(now: Draft, wanted: Wanted, changed: frozenset[int]) -> Draft:
    """The card as it is, but for what the row changes of it."""
    draft = wanted.draft
    if 3 in changed:
        now = replace(now, question=draft.question)
    if 1 in changed:
        now = replace(now, answer=draft.answer, kind=draft.kind, choices=draft.choices, accept=draft.accept)
    if 2 in changed:
        kept = tuple(tag for tag in now.tags if tag in wanted.given or tag in draft.tags)
        tags = tuple(dict.fromkeys((*kept, *(tag for tag in draft.tags if tag not in wanted.given))))
        now = replace(now, hint=draft.hint, extra=draft.extra, source=draft.source, tags=tags)
    return now


def mixed(before: str, after: str, taken: Collection[int]) -> str:
    """A hash of the parts of the later one that were taken, and of the earlier one's others."""
    halves = zip(parts(before), parts(after), strict=True)
    return "".join(new if number in taken else old for number, (old, new) in enumerate(halves))


def beside(wanted: Wanted, source: str, tags: Sequence[str]) -> Wanted:
    """Without what the deck says of all its notes."""
    return replace(wanted, draft=draft_beside(wanted.draft, source, tags))


def draft_beside(draft: Draft, source: str, tags: Sequence[str]) -> Draft:
    """Without a deck's source and tags."""
    own = tuple(tag for tag in draft.tags if tag not in tags)
    if own == draft.tags and (draft.source != source or not source):
        return draft
    return replace(draft, tags=own, source="" if draft.source == source else draft.source)


def _new(wanted: Wanted, known: Known) -> Step:
    """What becomes of a row that never came from this file."""
    hash_ = wanted.draft.note().hash
    standing = known.asked.get(wanted.draft.note().derived)
    if standing is None:
        return Step(wanted, Act.ADD, draft=wanted.draft, written=hash_)
    if 1 in changed_parts(standing.draft.note().hash, hash_):
        reason = f"its question stands in {standing.place} with another answer; that card stays as it is"
        return Step(wanted, Act.SKIP, standing.note, reason=reason)
    return Step(wanted, Act.ADOPT, standing.note, written=hash_, deck=standing.deck)


def _checked(step: Step, fault: str) -> Step:
    """The step, unless it would write what no deck can hold."""
    if fault:
        return Step(step.wanted, Act.SKIP, step.note, reason=fault)
    return replace(step, deck=step.deck or step.wanted.deck)
