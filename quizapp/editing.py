"""Adding, changing, moving and deleting notes, and taking that back: the part of a collection that writes decks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quizapp.errors import RequestError
from quizapp.happenings import Happenings, meant
from quizapp.journal.instant import instant
from quizapp.settings import deck_name
from quizapp.study.works import mending

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from quizapp.decks.draft import Draft
    from quizapp.decks.new_deck import Head
    from quizapp.decks.note import Card, Kind
    from quizapp.journal.entry import Entry
    from quizapp.study.editor import Edit, Editor, Ref, Target
    from quizapp.study.texts import NoteText
    from quizapp.study.writing import Written


class Editing(Happenings):
    """The part of a collection that writes decks; `happenings.py` writes single events, `collection.py` the rest.

    Every edit can be taken back as long as the collection stays open and nobody else changes the files.
    """

    root: Path

    def refresh(self, now: datetime | None = None) -> None:
        """Take in what changed on disk; the collection's own."""
        raise NotImplementedError

    def undo(self, now: datetime | None = None) -> Entry | None:
        """Take back the newest event; the collection's own."""
        raise NotImplementedError

    def __init__(self) -> None:
        self._edits: list[Edit] = []

    # --- adding ------------------------------------------------------------------------------------------

    def add(
        self,
        deck: str,
        question: str,
        answer: str | Sequence[str] = "",
        tags: Sequence[str] = (),
        *,
        kind: Kind | str = "basic",
        choices: Sequence[str] = (),
        accept: Sequence[str] = (),
        hint: str = "",
        extra: str = "",
        source: str = "",
        now: datetime | None = None,
    ) -> Card:
        """Add a note to the end of a deck, which is made if there is none; its first card.

        `answer` is one text, or several for steps and for choices of which several are right. Raises
        RequestError for what makes no card, EditError if the deck can't be written.
        """
        from quizapp.decks.draft import Draft
        from quizapp.decks.note import Kind

        answers = (answer,) if isinstance(answer, str) else tuple(answer)
        draft = Draft(
            question, answers, Kind(kind), tuple(choices), tuple(accept), hint, extra, source, tuple(tags)
        )
        return self.add_draft(deck, draft, now)

    def add_draft(self, deck: str, draft: Draft, now: datetime | None = None) -> Card:
        """Add a note; as `add`."""
        (card,) = self.add_drafts(deck, [draft], now)
        return card

    def add_drafts(
        self,
        deck: str,
        drafts: Sequence[Draft],
        now: datetime | None = None,
        *,
        head: Head | None = None,
        take_in: bool = True,
    ) -> list[Card]:
        """Add several notes at once; of each its first card. `head` is for a deck that is made.

        Without `take_in` this collection learns of them at its next `refresh`, and can't take them back: enough for
        who only adds.
        """
        target = self._target(deck, head)
        added, written = self._editor.add(target, drafts, self.today(now).isoformat())
        if take_in:
            what = "the card" if len(added) == 1 else f"{len(added)} cards"
            self._edited(f"adding {what} to {target.deck}", [written], now)
        return added

    @mending
    def _target(self, deck: str, head: Head | None = None) -> Target:
        """A deck to be written to, which may be new; of a deck that is there the end of its name does."""
        from quizapp.decks.new_deck import Head, new_deck
        from quizapp.decks.schema import first_line
        from quizapp.study.editor import Target, demand_name

        if deck.startswith("/"):
            raise RequestError(f'no deck can be called "{deck}": a deck lies within the collection')
        name = deck_name(deck.removesuffix(".yaml").removesuffix(".yml"))
        files = dict(self._works.settled.db.execute("SELECT name, file FROM decks").fetchall())
        if name not in files:
            longer = [other for other in files if name and other.endswith(f"/{name}")]
            name = longer[0] if len(longer) == 1 else name
        demand_name(name)
        file = files.get(name) or (f"{name}.yml" if (self.root / f"{name}.yml").is_file() else f"{name}.yaml")
        return Target(name, file, new_deck(head or Head(), first_line(name)))

    @mending
    def deck_names(self) -> list[str]:
        """The names of all decks, in their order."""
        return [name for (name,) in self._works.settled.db.execute("SELECT name FROM decks ORDER BY rank")]

    @mending
    def close_questions(self, question: str, limit: int = 3) -> list[Card]:
        """The cards that ask nearly this already, the nearest first; quick enough to be asked while one types."""
        from quizapp.study.similar import close_questions

        return [row.card for row in close_questions(self._works.settled, question, limit)]

    # --- changing ----------------------------------------------------------------------------------------

    def draft(self, card_id: str) -> Draft:
        """What a card's note says itself, without what its deck gives it. UnknownCardError for a stranger."""
        return self._text(card_id).draft

    @mending
    def _text(self, card_id: str) -> NoteText:
        from quizapp.study.texts import text_of

        return text_of(self._works.settled, self.row(card_id))

    @mending
    def means_another(self, card_id: str, draft: Draft) -> bool:
        """Whether to ask after an edit: the note may mean something else now, and was learned before."""
        from quizapp.decks.meaning import means_another

        learned = any(self.row(card).memory for card in self._siblings(card_id))
        return learned and means_another(self.draft(card_id), draft)

    def edit(
        self,
        card_id: str,
        draft: Draft,
        now: datetime | None = None,
        *,
        before: Draft | None = None,
        afresh: bool = False,
    ) -> Card:
        """Make a card's note say what the draft says; one of its cards, the same if it is still there.

        Only what differs from `before` (what is there, unless given) is written; what another program changed
        meanwhile stays, and if that is the same field, EditError says so. The note keeps its memory unless it
        starts `afresh`. RequestError for what makes no card.
        """
        old, cards = self._text(card_id), self._siblings(card_id)
        there = self._events_from(now)
        written = self._editor.change(old.ref, draft, before or old.draft)
        self._edited(f"the change of a card in {old.deck}", [written], now)
        if afresh:
            self._forget_all(cards, now)
        else:
            self._keep_steps(old, now)
        if written.before != written.after:
            self._edits[-1] = replace(self._edits[-1], events=self._events_from(now) - there)
        left = [card for card in (card_id, *self._cards_of(old.ref.note)) if self.exists(card)]
        return self.row(left[0] if left else card_id).card

    def _keep_steps(self, old: NoteText, now: datetime | None) -> None:
        """Let the history of reworded steps count for them: a step's id comes from its text."""
        from quizapp.decks.meaning import reworded_steps
        from quizapp.decks.note import Kind

        if old.note.kind is not Kind.STEPS:
            return
        cards = self._cards_of(old.ref.note)
        if not cards:
            return
        new = self._text(cards[0]).note
        for before, after in reworded_steps(old.note, new, old.ref.note):
            if self._works.settled.remembered_parts(before):
                self._works.keeper.happened([before], "rename", meant(now), to=after)

    def _forget_all(self, cards: Sequence[str], now: datetime | None) -> None:
        index = self._works.settled
        if known := [card for card in cards if index.exists(card) or index.remembered_parts(card)]:
            self._happened(known, "forget", now)

    def _cards_of(self, note: str) -> list[str]:
        rows = self._works.settled.db.execute(
            "SELECT c.id FROM cards c JOIN notes n ON n.num = c.note WHERE n.id = ? ORDER BY c.place", (note,)
        )
        return [card for (card,) in rows]

    def tag(
        self,
        card_ids: Sequence[str],
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
        now: datetime | None = None,
    ) -> int:
        """Give tags to the notes of cards, and take tags away; how many notes. A deck's own tags stay."""

        def tagged(draft: Draft) -> Draft:
            kept = [tag for tag in draft.tags if tag not in remove]
            return replace(draft, tags=tuple(dict.fromkeys((*kept, *add))))

        refs = self._refs(card_ids)
        self._edited(f"the tags of {_notes(len(refs))}", self._editor.change_all(refs, tagged), now)
        return len(refs)

    # --- moving, deleting, undo --------------------------------------------------------------------------

    def move(self, card_ids: Sequence[str], deck: str, now: datetime | None = None) -> int:
        """Carry the notes of cards to another deck, which is made if there is none; how many notes were elsewhere.

        They say the same there: what their old deck gave them, its source and tags, they take along.
        """
        target = self._target(deck)
        refs = [ref for ref in self._refs(card_ids) if ref.file != target.file]
        self._edited(f"moving {_notes(len(refs))} to {target.deck}", self._editor.move(refs, target), now)
        return len(refs)

    def delete(self, card_ids: Sequence[str], now: datetime | None = None) -> int:
        """Take the notes of cards out of their files; how many. Their history stays in the log."""
        refs = self._refs(card_ids)
        self._edited(f"deleting {_notes(len(refs))}", self._editor.remove(refs), now)
        return len(refs)

    def take_back(self, now: datetime | None = None) -> Edit | Entry | None:
        """Take back what was done last: an event of the log (as `undo`), or an edit made through this collection.

        EditError if the files have changed since.
        """
        newest = self._newest_event()
        edit = self._edits[-1] if self._edits else None
        if edit is None or (
            newest and newest.instant > edit.at and (newest.card, newest.instant) not in edit.events
        ):
            return self.undo(now)
        self._editor.demand_untouched(edit)
        while newest and (newest.card, newest.instant) in edit.events:
            self.undo(now)
            newest = self._newest_event()
        self._editor.take_back(edit)
        self._edits.pop()
        self.refresh(now)
        return edit

    # --- within ------------------------------------------------------------------------------------------

    @property
    def _editor(self) -> Editor:
        from quizapp.study.editor import Editor

        return Editor(self.root, self._new_id)

    def _new_id(self) -> str:
        """Ten letters and digits, a letter first, that no note has or had."""
        import os

        signs = "abcdefghijklmnopqrstuvwxyz0123456789"
        while True:
            numbers = os.urandom(10)
            found = signs[numbers[0] % 26] + "".join(signs[number % 36] for number in numbers[1:])
            db = self._works.settled.db
            if not db.execute(
                "SELECT 1 FROM notes WHERE id = ?1 UNION SELECT 1 FROM known WHERE id = ?1", (found,)
            ).fetchone():
                return found

    def _refs(self, card_ids: Sequence[str]) -> list[Ref]:
        """The notes of these cards, each once. UnknownCardError for a stranger."""
        return list(dict.fromkeys(self._text(card).ref for card in card_ids))

    def _edited(self, what: str, files: Sequence[Written], now: datetime | None) -> None:
        """Remember an edit, and take it in."""
        from quizapp.study.editor import Edit

        changed = tuple(written for written in files if written.before != written.after)
        if changed:
            newest = self._newest_event()
            at = max(instant(meant(now)), newest.instant if newest else 0)
            self._edits.append(Edit(what, at, changed))
        self.refresh(now)
        if changed:
            self._works.desks.clear()

    def _events_from(self, now: datetime | None) -> frozenset[tuple[str, int]]:
        """Which events count from that moment on."""
        rows = self._works.settled.db.execute(
            "SELECT card, instant FROM events WHERE instant >= ? AND out = 0",
            (instant(meant(now)) // 1000 * 1000,),
        )
        return frozenset(rows.fetchall())

    def _newest_event(self) -> Entry | None:
        from quizapp.index.history import newest_undoable

        return newest_undoable(self._works.settled.db)


def _notes(count: int) -> str:
    return "one note" if count == 1 else f"{count} notes"
