"""The notes of an import written into decks: one write for each deck, whatever it adds and changes there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quizapp.decks.adding import Fields, added
from quizapp.decks.changing import Change, changed
from quizapp.decks.draft import Draft, Value, draft_of
from quizapp.decks.new_deck import Head
from quizapp.decks.origin import Origin
from quizapp.decks.proof import CannotSpliceError, read
from quizapp.errors import EditError, RequestError
from quizapp.study.editor import Editor, Ref, Target, fault_of
from quizapp.study.writing import Written


class Addition(NamedTuple):
    """A note to add. With an `id` of its own it may ask what another asks; `added` is its day, None for today's."""

    draft: Draft
    origin: Origin
    id: str = ""
    added: str | None = None
    allow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What an import does to one deck: notes to add, and notes (by their ids) to change from one draft to another.

    `head` is what stands above the cards if the deck is new.
    """

    deck: str
    added: tuple[Addition, ...] = ()
    changed: tuple[tuple[str, Draft, Draft, Origin], ...] = ()
    head: Head = field(default_factory=Head)


class IntakeEditor(Editor):
    """Writes whole batches."""

    def take_in(
        self, target: Target, batch: Batch, refs: Sequence[Ref], day: str
    ) -> tuple[list[str], Written]:
        """Write a batch into its deck; `refs` are the notes to be changed. The ids of those added.

        EditError or RequestError if the deck was changed meanwhile so that it doesn't fit: then it stays so.
        """
        ids: list[str] = []

        def with_batch(content: bytes) -> bytes:
            deck = read(content)
            changes = []
            notes = self._notes(deck, refs)
            for note, ref, (_, base, draft, _) in zip(notes, refs, batch.changed, strict=True):
                merged = self._merged(draft_of(note, deck.source, deck.tags), base, draft, ref)
                changes.append(Change(note, merged, note.derived))
            content = changed(content, changes)
            now = read(content) if changes else deck
            self._demand_new(now, [one.draft for one in batch.added if not one.id], target.file)
            taken = {note.declared for note in deck.notes}
            self._demand_free(taken, batch.added, target.file)
            ids[:] = [one.id or self._free_id(taken) for one in batch.added]
            fields = [_fields(one, note_id, day) for note_id, one in zip(ids, batch.added, strict=True)]
            return added(content, fields, now) if fields else content

        return ids, self._files.write(target.file, with_batch, target.beginning)

    def refusal(self, file: str) -> str:
        """Why no note can be added to a deck; "" if one can."""
        name = self._new_id()
        try:
            self._files.made(file, lambda content: added(content, [[("q", name), ("a", name), ("id", name)]]))
        except EditError as error:
            return str(error)
        return ""

    def _demand_free(self, taken: set[str | None], additions: Sequence[Addition], file: str) -> None:
        for one in additions:
            if one.id and one.id in taken:
                raise RequestError(f"{self._files.shown(file)}: the id {one.id} is there already")
            taken.add(one.id)


def _fields(one: Addition, note_id: str, day: str) -> Fields:
    """A note's entry."""
    more: dict[str, Value] = {
        "id": note_id, "added": day if one.added is None else one.added, "allow": one.allow,
    }  # fmt: skip
    return [*one.draft.fields.items(), *((key, value) for key, value in more.items() if value)]


def faults(drafts: Sequence[Draft]) -> list[str]:
    """What is wrong with each of these drafts, as a deck's reader says it; "" if nothing is."""
    if not drafts or _all_sound(drafts):
        return [""] * len(drafts)
    if len(drafts) == 1:
        return [fault_of(drafts[0]) or "a deck can't hold this card as it is"]
    half = len(drafts) // 2
    return [*faults(drafts[:half]), *faults(drafts[half:])]


def _all_sound(drafts: Sequence[Draft]) -> bool:
    """Whether a deck can hold all of these, quickly."""
    fields = [[*draft.fields.items()] for draft in drafts]
    if not all(fields):
        return False
    try:
        added(b"", fields)
    except CannotSpliceError:
        return False
    return True
