"""Taking the notes of an import in: the part of a collection that writes them into decks and log.

What is to be taken in, and why, is decided in `formats`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quizapp.editing import Editing
from quizapp.happenings import meant
from quizapp.study.works import mending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime, tzinfo

    from quizapp.decks.draft import Draft
    from quizapp.decks.origin import Origin
    from quizapp.study.arriving import Arriving
    from quizapp.study.editor import Ref, Target
    from quizapp.study.imports import Known, KnownNotes
    from quizapp.study.intake import Batch
    from quizapp.study.writing import Written


class Intake(Editing):
    """The part of a collection that imports; `editing.py` writes single notes."""

    @mending
    def known_imports(
        self, file: str, questions: Iterable[str], decks: Iterable[str], now: datetime | None = None
    ) -> Known:
        """What there is of a file of this name, of questions by the ids they give, and of decks by their names."""
        from quizapp.study.imports import known

        self.refresh(now)
        return known(self._works.settled.db, self.root.name, file, questions, decks)

    @mending
    def known_notes(
        self, ids: Iterable[str], questions: Iterable[str], decks: Iterable[str], now: datetime | None = None
    ) -> KnownNotes:
        """What there is of notes by their ids, of questions by the ids they give, and of decks by their names."""
        from quizapp.study.imports import known_notes

        self.refresh(now)
        return known_notes(self._works.settled.db, self.root, ids, questions, decks)

    @mending
    def steady(self, notes: Iterable[str]) -> frozenset[str]:
        """Those of these notes, by their ids, that the log has never known to say anything else than they do now."""
        from quizapp.study.imports import steady

        return steady(self._works.settled.db, notes)

    @property
    def zone(self) -> tzinfo:
        """The clock of this machine, by which what comes from elsewhere is told."""
        from quizapp.zone import Zone

        return Zone()

    def whole_name(self, deck: str) -> str:
        """A deck's whole name: of one that is there the end of it does. RequestError for what names no deck."""
        return self._target(deck).deck

    def faults(self, drafts: Sequence[Draft]) -> list[str]:
        """What is wrong with each of these drafts, as a deck's reader says it; "" if nothing is."""
        from quizapp.study.intake import faults

        return faults(drafts)

    @mending
    def closed(self, decks: Iterable[str]) -> dict[str, str]:
        """Of these decks those that are there and to which no note can be added, with the reason."""
        from quizapp.study.intake import IntakeEditor

        editor = IntakeEditor(self.root, self._new_id)
        sql = "SELECT name, file FROM decks WHERE name IN (SELECT value FROM json_each(?))"
        there = self._works.settled.db.execute(sql, (json.dumps([*decks]),)).fetchall()
        return {name: why for name, file in there if (why := editor.refusal(file))}

    def take_in(
        self,
        batches: Sequence[Batch],
        adopted: Mapping[str, Origin],
        now: datetime | None = None,
        *,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> None:
        """Write the batches, and log where their notes come from, and the adopted ones, which stay as they are.

        EditError if a deck can't be written: those before it are, and the log knows. HistoryError if the log
        can't be: the next import of the file makes up for it.
        """
        from quizapp.study.intake import IntakeEditor

        editor = IntakeEditor(self.root, self._new_id)
        keeper = self._works.keeper
        keeper.origins = dict(adopted)
        written: list[Written] = []
        try:
            for number, batch in enumerate(batches):
                target, refs = self._whereabouts(batch)
                ids, done = editor.take_in(target, batch, refs, self.today(now).isoformat())
                written.append(done)
                keeper.origins |= {note: origin for note, _, _, origin in batch.changed}
                keeper.origins |= {note: one.origin for note, one in zip(ids, batch.added, strict=True)}
                if progress:
                    progress("decks", number + 1, len(batches))
        finally:
            self._edited("the import", written, now)
            self._works.keeper.origins = (
                keeper.origins
            )  # settings that changed meanwhile brought another keeper
            self._works.keeper.imported(meant(now))
            for batch in batches[: len(written)]:
                self._keep_reworded(batch, now)

    def _keep_reworded(self, batch: Batch, now: datetime | None) -> None:
        """Let the history of steps that came with other words count for them: a step's id comes from its text."""
        from quizapp.decks.meaning import reworded_steps
        from quizapp.decks.note import Kind

        index = self._works.settled
        for note, before, draft, _ in batch.changed:
            if before.kind is draft.kind is Kind.STEPS:
                for old, new in reworded_steps(before.note(note), draft.note(note), note):
                    if index.remembered_parts(old):
                        self._works.keeper.happened([old], "rename", meant(now), to=new)

    def take_numbers(self, given: Mapping[str, Mapping[str, int]], now: datetime | None = None) -> None:
        """Log the numbers that another program gave to steps, by notes and cards. HistoryError if that can't be."""
        from quizapp.study.outgoing import unknown_numbers

        self._works.keeper.log_texts((), unknown_numbers(self._works.settled.db, given), meant(now))

    @mending
    def unknown_past(self, arriving: Arriving) -> int:
        """How many events of what arrives the log lacks."""
        from quizapp.study.arriving import unknown

        return len(unknown(self._works.settled.db, arriving.entries))

    def take_past(self, arriving: Arriving, now: datetime | None = None) -> tuple[int, int]:
        """Log the past of cards that came from another program; how many events are new, and cards set otherwise.

        Doing it again does nothing, and what was interrupted is done then. HistoryError if the log can't be written.
        """
        from datetime import timedelta

        from quizapp.study.arriving import newest_events, states

        at = meant(now)
        keeper = self._works.keeper
        before = newest_events(self._works.settled.db, arriving.changed)
        count = keeper.take_past(arriving.entries, at)
        tomorrow = self.today(at) + timedelta(days=1)
        changes = states(self._works.settled.db, arriving, before, at, tomorrow)
        keeper.happened_so(changes, at)
        self._works.desks.clear()
        return count, len({entry.card for entry in changes})

    def _whereabouts(self, batch: Batch) -> tuple[Target, list[Ref]]:
        """The deck of a batch, and where the notes that it changes stand."""
        from quizapp.decks.files import name_fault
        from quizapp.decks.new_deck import new_deck
        from quizapp.decks.schema import first_line
        from quizapp.errors import RequestError
        from quizapp.study.editor import Ref, Target

        db = self._works.settled.db
        row = db.execute("SELECT file FROM decks WHERE name = ?", (batch.deck,)).fetchone()
        if row is None and (fault := name_fault(batch.deck)):
            raise RequestError(f'"{batch.deck}" is no name for a deck: {fault}')
        refs = [
            Ref(*found)
            for note, *_ in batch.changed
            for found in db.execute(
                "SELECT n.id, n.hash, n.line, d.file FROM notes n JOIN decks d ON d.num = n.deck WHERE n.id = ?",
                (note,),
            )
        ]
        return Target(
            batch.deck, row[0] if row else f"{batch.deck}.yaml", new_deck(batch.head, first_line(batch.deck))
        ), refs
