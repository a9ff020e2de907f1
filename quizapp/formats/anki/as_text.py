"""Notes as Anki's plain text, in the note types that every collection has: to look at, compare and keep in Git.

It carries no schedule and no files. Anki knows its notes again by their guids, which are those of a package.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from quizapp.decks.draft import Draft, draft_of
from quizapp.decks.note import Kind
from quizapp.formats.anki.deck_text import anki_name
from quizapp.formats.anki.entry import Entry
from quizapp.formats.anki.fields import Image, safe_tags, shown, visible_fields
from quizapp.study.outgoing import OutgoingNote

HEAD = (
    "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
    "#columns:Guid\tNote type\tDeck\tFront\tBack\tTags\n"
)

_BASIC = "Basic"
_TYPES = {
    Kind.TERM: "Basic (and reversed card)",
    Kind.CLOZE: "Cloze",
    Kind.TYPED: "Basic (type in the answer)",
}


class _Row(NamedTuple):
    guid: str
    type: str
    front: str
    back: str


def text(notes: Iterable[OutgoingNote], *, image: Image | None = None) -> Iterator[str]:
    """The file's text, piece by piece. `image` as for a package: the file's name in Anki's media folder."""
    yield HEAD
    for out in notes:
        deck, tags = anki_name(out.deck), " ".join(safe_tags(out.note.tags))
        for row in _rows(out, image):
            fields = (row.guid, row.type, deck, row.front, row.back, tags)
            yield "\t".join(map(_quoted, fields)) + "\n"


def _rows(out: OutgoingNote, image: Image | None) -> Iterator[_Row]:
    """The notes of Anki's own types that a note becomes: steps are one each, all others one."""
    draft = draft_of(out.note, "", ())
    if draft.kind is Kind.STEPS:
        yield from _steps(out, draft, image)
        return
    yield _Row(out.first, _TYPES.get(draft.kind, _BASIC), *sides(draft, out.id, image))


def sides(draft: Draft, note_id: str, image: Image | None) -> tuple[str, str]:
    """Front and back of a note other than steps."""
    made = visible_fields(Entry(draft), note_id, image)
    front, back = made[0], made[1]
    hint, extra, source = made[-3:]
    more = _lines(extra, source)
    if draft.kind is Kind.CLOZE:
        front, back = _lines(front, _folded("Hint", hint)), more
    elif draft.kind is Kind.TYPED:  # all that its back says is to be typed
        front = _lines(front, _folded("Hint", hint), _folded("More", _lines(made[2], more)))
    elif draft.kind is Kind.TERM:  # its back asks, too
        front, back = _lines(front, _folded("Hint", hint)), _lines(back, _folded("More", more))
    else:
        if draft.kind is Kind.CHOICES:
            front = _lines(front, back.replace(' class="right"', ""))
            back = "<br>\n".join(shown(answer, image) for answer in draft.answer)
        front, back = _lines(front, _folded("Hint", hint)), _lines(back, more)
    return front, back


def _steps(out: OutgoingNote, draft: Draft, image: Image | None) -> Iterator[_Row]:
    question, _, hint, extra, source = visible_fields(
        Entry(draft, numbers=(0,) * len(draft.answer)), out.id, image
    )
    steps = [shown(step, image) for step in draft.answer]
    for place, (guid, step) in enumerate(zip(out.first_cards, steps, strict=True)):
        earlier = "".join(f"<li>{one}</li>" for one in steps[:place])
        front = _lines(question, earlier and f"<ol>{earlier}</ol>", _folded("Hint", hint))
        yield _Row(guid, _BASIC, front, _lines(step, extra, source))


def _lines(*parts: str) -> str:
    """Parts of a field, those that are there, each in lines of its own."""
    first, *others = [part for part in parts if part] or [""]
    return first + "".join(f"<div>{other}</div>" for other in others)


def _folded(name: str, inner: str) -> str:
    """What is shown on request."""
    return f"<details><summary>{name}</summary>{inner}</details>" if inner else ""


def _quoted(field: str) -> str:
    """A field as the file holds it: in quotes where its signs would mean something."""
    if field.startswith("#") or any(sign in field for sign in '\t\n\r"'):
        return '"' + field.replace('"', '""') + '"'
    return field
