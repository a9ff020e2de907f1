"""Carrying out what an import proposes: images first, then a write for each deck, then the log.

Killed at any point it leaves whole files. Importing the same file again does what was not done: an image that no
card names yet is named, a card that the log does not know is known again by what it says.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from quizapp.collection import Collection
from quizapp.decks.new_deck import Head
from quizapp.decks.origin import Origin
from quizapp.formats.images import put
from quizapp.formats.planning import Act, Step
from quizapp.formats.proposal import Proposal
from quizapp.study.intake import Addition, Batch

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Deed:
    """What happened to a deck, in notes."""

    deck: str
    added: int
    updated: int
    unchanged: int


def deeds(proposal: Proposal) -> list[Deed]:
    """What the import does to each deck, by name."""
    counts: dict[str, Counter[Act]] = {}
    for step in proposal.steps:
        if step.act is not Act.SKIP:
            counts.setdefault(step.deck, Counter())[step.act] += 1
    return [
        Deed(deck, found[Act.ADD], found[Act.UPDATE], found[Act.UNCHANGED] + found[Act.ADOPT])
        for deck, found in sorted(counts.items())
    ]


def carry_out(
    collection: Collection, proposal: Proposal, now: datetime | None = None, progress: Progress | None = None
) -> None:
    """Do what is proposed. EditError or HistoryError says what could not be done, and what was done stays."""
    for number, (name, content) in enumerate(proposal.images.items()):
        put(content(), collection.root, name)
        if progress:
            progress("images", number + 1, len(proposal.images))
    adopted = {step.note: _origin(proposal, step) for step in proposal.of(Act.ADOPT)}
    collection.take_in([*_batches(proposal)], adopted, now, progress=progress)


def _batches(proposal: Proposal) -> Iterable[Batch]:
    decks: dict[str, list[Step]] = {}
    for step in proposal.of(Act.ADD, Act.UPDATE):
        decks.setdefault(step.deck, []).append(step)
    for deck, steps in sorted(decks.items()):
        written = [(step, step.draft, _origin(proposal, step)) for step in steps if step.draft]
        yield Batch(
            deck,
            added=tuple(
                Addition(draft, origin, step.note, step.wanted.added, step.wanted.allow)
                for step, draft, origin in written
                if step.act is Act.ADD
            ),
            changed=tuple(
                (step.note, step.before, draft, origin)
                for step, draft, origin in written
                if step.act is Act.UPDATE and step.before
            ),
            head=proposal.new.get(deck, Head()),
        )


def _origin(proposal: Proposal, step: Step) -> Origin:
    is_made_of_guid = step.note == step.wanted.note  # and not one that says the same
    guid = proposal.guids.get(step.note, "") if is_made_of_guid and step.act is not Act.UPDATE else ""
    return Origin(proposal.file, step.wanted.row, step.written, guid)
