"""A file of notes and a collection, and what importing the one into the other would do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.decks.new_deck import Head
from quizapp.formats.images import Images, images_in
from quizapp.formats.links import together
from quizapp.formats.planning import Act, Step, Wanted, beside, plan
from quizapp.formats.rows import Found, Passed, Row
from quizapp.formats.sections import deck_name, heading_tags, named_deck, topic

if TYPE_CHECKING:
    from datetime import datetime

    from quizapp.collection import Collection
    from quizapp.decks.draft import Draft
    from quizapp.study.imports import Known


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an import would do. `file` is the name by which the log knows the file again.

    `new` are the decks to be made; `images` are to be written, by their names in `media/`; `missing` are the
    images that are not there, with the lines that name them. `guids` are other programs' names for notes to be added,
    by their ids here.
    """

    file: str
    steps: tuple[Step, ...]
    passed: tuple[Passed, ...]
    new: Mapping[str, Head]
    images: Mapping[str, Callable[[], bytes]]
    missing: tuple[tuple[int, str], ...]
    guids: Mapping[str, str] = field(default_factory=dict)

    def of(self, *acts: Act) -> list[Step]:
        """The steps that do one of these."""
        return [step for step in self.steps if step.act in acts]

    @property
    def skipped(self) -> list[Passed]:
        """What was passed over, in the reading and in the planning, by line."""
        return sorted((*self.passed, *map(_passed, self.of(Act.SKIP))), key=lambda one: one.line)

    @property
    def left_out(self) -> list[Passed]:
        """What of rows that changed their cards was not taken, as the card changed here, too."""
        return [_passed(step) for step in self.of(Act.UPDATE) if step.reason]

    @property
    def without_images(self) -> list[Passed]:
        """The rows whose images are missing, a line for each image."""
        questions = {step.wanted.line: step.wanted.draft.question for step in self.steps}
        return [Passed(line, image, questions.get(line, "")) for line, image in self.missing]


def _passed(step: Step) -> Passed:
    return Passed(step.wanted.line, step.reason, step.wanted.draft.question)


def propose(
    collection: "Collection", path: Path, found: Found, deck: str = "", now: "datetime | None" = None
) -> Proposal:
    """What importing these rows of the file would do; `deck` takes them all, else headings name the decks."""
    deck = collection.whole_name(deck) if deck else ""
    images = Images(path.resolve().parent, collection.root)
    rows = [_wanted(row, deck or _deck(row, path.stem), images, tagged=bool(deck)) for row in found.rows]
    questions = [wanted.draft.note().derived for wanted in rows]
    known = collection.known_imports(path.name, questions, {wanted.deck for wanted in rows}, now)
    rows = [beside(wanted, *known.decks.get(wanted.deck, ("", ()))) for wanted in rows]
    steps = plan(rows, known, collection.faults)
    made = {step.wanted.deck for step in steps if step.act is Act.ADD} - known.decks.keys()
    new = {name: _new_deck(name, zip(found.rows, rows, strict=True), found.title) for name in sorted(made)}
    missing = [
        (row.line, named) for row in found.rows for named in images_in(row.draft) if named in images.missing
    ]
    return Proposal(path.name, tuple(steps), found.passed, new, _copies(images, steps, known), tuple(missing))


def _deck(row: Row, stem: str) -> str:
    """The deck that a row belongs to if none is given."""
    return named_deck(row.deck) or deck_name(stem, row.headings)


def _wanted(row: Row, deck: str, images: Images, *, tagged: bool) -> Wanted:
    """A row as it is to stand in its deck; where headings don't name that, they are tags."""
    given = tuple(tag for tag in heading_tags(row.headings) if tag not in row.draft.tags) if tagged else ()
    draft = images.placed(replace(row.draft, tags=(*row.draft.tags, *given)))
    return Wanted(row.line, row.draft.note().hash, deck, draft, given)


def _new_deck(name: str, rows: Iterable[tuple[Row, Wanted]], title: str) -> Head:
    mine = [row for row, wanted in rows if wanted.deck == name]
    named = next((topic(row.headings) for row in mine), "") if "/" in name else title
    return Head(named, read=together(resource for row in mine for resource in row.read))


def _copies(images: Images, steps: Sequence[Step], known: "Known") -> dict[str, Callable[[], bytes]]:
    """The images that a card will name, of those that are not in `media/` yet."""
    standing = {one.note: one.standing.draft for one in known.imported if one.standing}
    drafts: list[Draft | None] = [step.draft or standing.get(step.note) for step in steps]
    named = {name for draft in drafts if draft for name in images_in(draft)}
    return {name: source.read_bytes for name, source in images.copies.items() if f"media/{name}" in named}
