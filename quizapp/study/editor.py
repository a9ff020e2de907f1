"""Notes added to decks on disk, changed there, moved and taken out, and that taken back.

What can't be is refused with the reason, and then nothing is changed.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizapp.decks.adding import added, added_and_read
from quizapp.decks.draft import Draft, draft_of, tidied
from quizapp.decks.files import name_fault
from quizapp.decks.identity import normalised
from quizapp.decks.note import Card, Kind, Note, cards
from quizapp.decks.proof import CannotSpliceError, placeless, read
from quizapp.decks.reading import Deck
from quizapp.decks.values import ILLEGAL
from quizapp.errors import EditError, RequestError
from quizapp.study.writing import DeckFiles, Written

if TYPE_CHECKING:
    from quizapp.decks.changing import Change
    from quizapp.decks.moving import Move

_OF_A_FILE = re.compile(r'; add "\w+:"')  # advice for who edits a file


class Ref(NamedTuple):
    """A note to be edited: its id, the hash of its text and its place, all as last read, and its deck's file."""

    note: str
    hash: str
    line: int
    file: str


class Target(NamedTuple):
    """A deck to be written to: its name, its file, and what the file begins with if there is none yet."""

    deck: str
    file: str
    beginning: bytes


@dataclass(frozen=True, slots=True)
class Edit:
    """Something done to decks that can be taken back: in words, when (an instant), and the files.

    `events` are those of the log that came with it, by card and instant.
    """

    what: str
    at: int
    files: tuple[Written, ...]
    events: frozenset[tuple[str, int]] = frozenset()


class Editor:
    """Edits the decks of one collection. `new_id` gives an id that no note has yet, with some luck."""

    def __init__(self, root: Path, new_id: Callable[[], str]) -> None:
        self._files = DeckFiles(root)
        self._new_id = new_id

    # --- adding --------------------------------------------------------------------------------------------

    def add(self, target: Target, drafts: Sequence[Draft], day: str) -> tuple[list[Card], Written]:
        """Put notes at the end of a deck; of each its first card.

        RequestError for a draft that makes no card, or whose question is there already.
        """
        deck, file, beginning = target
        tidy = [tidied(draft) for draft in drafts]
        for draft in tidy:
            demand_sound(draft)
        made: list[Card] = []

        def with_notes(content: bytes) -> bytes:
            before = read(content)
            self._demand_new(before, tidy, file)
            taken = {note.declared for note in before.notes}
            own = [_own(draft, before) for draft in tidy]
            fields = [[*draft.fields.items(), ("id", self._free_id(taken)), ("added", day)] for draft in own]
            after, notes = added_and_read(content, fields, before)
            made[:] = [cards(note, note.declared or note.derived, deck, file)[0] for note in notes]
            return after

        written = self._files.write(file, with_notes, beginning)
        return made, written

    def _free_id(self, taken: set[str | None]) -> str:
        while (found := self._new_id()) in taken:
            pass
        taken.add(found)
        return found

    def _demand_new(self, deck: Deck, drafts: Sequence[Draft], file: str) -> None:
        there = {normalised(note.question): note.line for note in deck.notes}
        for draft in drafts:
            question = normalised(draft.question)
            if question in there:
                place = f"{self._files.shown(file)}:{there[question]}" if there[question] else _named(draft)
                raise RequestError(f"{place}: this question is there already; word it apart")
            there[question] = 0

    # --- changing ------------------------------------------------------------------------------------------

    def change(self, ref: Ref, draft: Draft, base: Draft) -> Written:
        """Make a note say what the draft says where it differs from `base`; what others changed elsewhere stays.

        EditError if both changed the same.
        """
        from quizapp.decks.changing import changed  # noqa: PLC0415  not for who only adds

        draft = tidied(draft)

        def with_change(content: bytes) -> bytes:
            deck = read(content)
            note = self._note(deck, ref)
            there = draft_of(note, deck.source, deck.tags)
            merged = _own(self._merged(there, base, draft, ref), deck)
            demand_sound(merged)
            if normalised(merged.question) != normalised(there.question):
                others = [other for other in deck.notes if other is not note]
                self._demand_new(replace(deck, notes=tuple(others)), [merged], ref.file)
            return changed(content, [_change(note, merged)])

        return self._files.write(ref.file, with_change)

    def _merged(self, there: Draft, base: Draft, wanted: Draft, ref: Ref) -> Draft:
        """What the note says with the wanted changes in it."""
        changes = {}
        for name in Draft.__dataclass_fields__:
            now, before, then = getattr(there, name), getattr(base, name), getattr(wanted, name)
            if then == before:
                continue
            if now not in (before, then):
                raise EditError(
                    f"{self._files.shown(ref.file)}:{ref.line}: another program has changed this card's {name};"
                    " nothing was written over it"
                )
            changes[name] = then
        return replace(there, **changes)

    def change_all(self, refs: Sequence[Ref], change: Callable[[Draft], Draft]) -> list[Written]:
        """Change several notes by one rule: all of them, or none if one can't be."""
        from quizapp.decks.changing import changed  # noqa: PLC0415  as above

        def with_changes(found: Sequence[Ref], content: bytes) -> bytes:
            deck = read(content)
            notes = self._notes(deck, found)
            drafts = [tidied(change(draft_of(note, deck.source, deck.tags))) for note in notes]
            changes = [_change(note, _own(draft, deck)) for note, draft in zip(notes, drafts, strict=True)]
            return changed(content, changes)

        return self._files.write_all(_of_files(refs, with_changes))

    # --- taking out and moving -----------------------------------------------------------------------------

    def remove(self, refs: Sequence[Ref]) -> list[Written]:
        """Take notes out of their files: all of them, or none if one can't be."""
        from quizapp.decks.removing import removed  # noqa: PLC0415  as above

        def without(found: Sequence[Ref], content: bytes) -> bytes:
            return removed(content, self._notes(read(content), found))

        return self._files.write_all(_of_files(refs, without))

    def move(self, refs: Sequence[Ref], target: Target) -> list[Written]:
        """Carry notes to another deck's end: first they are written there, then they leave their files.

        All of them go, or none if one can't.
        """
        from quizapp.decks.moving import moved  # noqa: PLC0415  as above
        from quizapp.decks.removing import removed  # noqa: PLC0415  as above

        _, file, beginning = target
        refs = [ref for ref in refs if ref.file != file]
        if not refs:
            return []
        carried: dict[Ref, Note] = {}

        def with_notes(content: bytes) -> bytes:
            there = read(content)
            leaving: dict[Ref, tuple[bytes, Move]] = {}
            for source, some in _by_file(refs).items():
                text = (self._files.root / source).read_bytes()
                notes = dict(zip(some, self._notes(read(text), some), strict=True))
                carried.update(notes)
                leaving |= dict(_leaving(text, notes, there))
            moves = [leaving[ref] for ref in refs if ref in leaving]
            self._demand_new(there, [move.draft for _, move in moves], file)
            return moved(moves, content) if moves else content

        def without(found: Sequence[Ref], content: bytes) -> bytes:
            notes = self._notes(read(content), found)
            for ref, note in zip(found, notes, strict=True):
                if placeless(note) != placeless(carried.get(ref, note)):
                    place = f"{self._files.shown(ref.file)}:{note.line}"
                    raise EditError(f"{place}: another program has changed this card; nothing was moved")
            return removed(content, notes)

        leavings = _of_files(refs, without)
        for source, leaving in leavings.items():
            self._files.made(source, leaving)
        begun = self._files.write(file, with_notes, beginning)
        try:
            return [begun, *self._files.write_all(leavings)]
        except EditError:
            self._files.put_back([begun])
            raise

    # --- undo ----------------------------------------------------------------------------------------------

    def demand_untouched(self, edit: Edit) -> None:
        """EditError if one of the files of an edit has changed since."""
        self._files.demand_untouched(edit.files)

    def take_back(self, edit: Edit) -> None:
        """Put the files back as they were. EditError if one of them has changed since; then none is."""
        self._files.take_back(edit.files)

    # --- within --------------------------------------------------------------------------------------------

    def _note(self, deck: Deck, ref: Ref) -> Note:
        """The note that is meant, in the file as it is now."""
        return self._notes(deck, [ref])[0]

    def _notes(self, deck: Deck, refs: Sequence[Ref]) -> list[Note]:
        """The notes that are meant, in the file as it is now."""
        called: dict[str, list[Note]] = {}
        for note in deck.notes:
            for name in {note.declared or note.derived, note.derived}:
                called.setdefault(name, []).append(note)
        return [self._best(called.get(ref.note, []), ref) for ref in refs]

    def _best(self, notes: Sequence[Note], ref: Ref) -> Note:
        """Of the notes that a name may mean the one that was meant."""
        if not notes:
            raise EditError(
                f"{self._files.shown(ref.file)}: this card is not there any more; nothing was changed"
            )
        return min(
            notes, key=lambda note: (note.hash != ref.hash, note.declared != ref.note, note.line != ref.line)
        )


def demand_name(deck: str) -> None:
    """RequestError for a name that no deck can have."""
    if fault := name_fault(deck):
        raise RequestError(f'no deck can be called "{deck}": {fault}')


def _named(draft: Draft) -> str:
    """A draft by its question, as it fits into a message."""
    from quizapp.decks.values import shown  # noqa: PLC0415  only for what is wrong

    return f'"{shown(draft.question)}"'


def _own(draft: Draft, deck: Deck) -> Draft:
    """The draft without what the deck gives to its notes anyway."""
    source = draft.source if draft.source != deck.source else ""
    return replace(draft, source=source, tags=tuple(tag for tag in draft.tags if tag not in deck.tags))


def _change(note: Note, draft: Draft) -> "Change":
    """A change; a note that goes by its question keeps its id in writing when the question changes."""
    from quizapp.decks import changing  # noqa: PLC0415  as above

    other = normalised(draft.question) != normalised(note.question)
    return changing.Change(note, draft, note.derived if other else None)


def _leaving(
    content: bytes, notes: Mapping[Ref, Note], target: Deck
) -> Iterator[tuple[Ref, tuple[bytes, "Move"]]]:
    """The notes of one file that go to a deck; one that an interrupted move has left there is there already."""
    from quizapp.decks import moving  # noqa: PLC0415  as above

    def said(note: Note, name: str | None) -> tuple[object, ...]:
        return name, note.kind, note.question, note.answer, note.choices, note.accept, note.hint, note.extra

    come = {said(note, note.declared) for note in target.notes}
    for ref, note in notes.items():
        if said(note, ref.note) not in come:
            yield ref, (content, moving.Move(note, _own(draft_of(note, "", ()), target), ref.note))


def _of_files(
    refs: Sequence[Ref], change: Callable[[Sequence[Ref], bytes], bytes]
) -> Mapping[str, Callable[[bytes], bytes]]:
    """The changes of files that do this to the notes in each."""
    return {file: partial(change, found) for file, found in _by_file(refs).items()}


def _by_file(refs: Sequence[Ref]) -> Mapping[str, list[Ref]]:
    files: dict[str, list[Ref]] = {}
    for ref in dict.fromkeys(refs):
        files.setdefault(ref.file, []).append(ref)
    return files


def demand_sound(draft: Draft) -> None:
    """RequestError says what is wrong with a draft, as the deck's reader sees it."""
    if fault := fault_of(draft):
        raise RequestError(_OF_A_FILE.sub("", fault))


def fault_of(draft: Draft) -> str:
    """What is wrong with a draft, "" if nothing is."""
    if fault := _lacking(draft) or _unwritable(draft):
        return fault
    try:
        content = added(b"", [[*draft.fields.items()]])
    except CannotSpliceError:
        return _spoken(draft)
    return "; ".join(problem.message for problem in read(content).problems)


def _lacking(draft: Draft) -> str:
    """What a draft lacks that no reader could miss: without it, it would be of another kind."""
    if not draft.question.strip():
        return "a card asks something; give it a question"
    if draft.kind is Kind.CHOICES and not draft.choices:
        return 'this card has a question and no choices; add "choices:"'
    if draft.kind is Kind.STEPS and not draft.answer:
        return 'this card has a question and no steps; add "steps:"'
    return ""


def _unwritable(draft: Draft) -> str:
    """The first character that no file could hold."""
    for value in draft.fields.values():
        for text in (value,) if isinstance(value, str) else value:
            if odd := ILLEGAL.search(text):
                return f"the character U+{ord(odd[0]):04X} has no place in a card"
    return ""


def _spoken(draft: Draft) -> str:
    """What the reader says of a draft that it can't read."""
    from quizapp.decks import scalars  # noqa: PLC0415  only for what is wrong

    lines = scalars.in_block([*draft.fields.items()], 2, 4)
    deck = read("\n".join(["cards:", *lines, ""]).encode("utf-8", "replace"))
    return "; ".join(problem.message for problem in deck.problems) or "this can't be written into a deck"
