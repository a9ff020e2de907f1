"""Notes as Anki's fields: HTML of their texts, numbers that stay for steps, tags without blanks."""

import html
import re
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import unquote

from quizapp.decks import cloze, identity
from quizapp.decks.draft import Draft, draft_of
from quizapp.decks.note import Kind
from quizapp.formats.anki.deletions import apart, cloze_html
from quizapp.formats.anki.entry import Entry, written
from quizapp.formats.anki.outgoing import AnkiNote
from quizapp.markup import html as markup
from quizapp.study.outgoing import OutgoingNote
from quizapp.study.step_numbers import numbered

Image = Callable[[str], str]

_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_LONGEST_LINK = 44  # letters of a link that are shown
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_NOT_IN_TAGS = re.compile(r"[\x00-\x1f\x7f\"]")


def anki_note(out: OutgoingNote, *, image: Image | None = None) -> AnkiNote:
    """The note as it goes to Anki. Its guid is its first name (`OutgoingNote`), which no edit and no rename changes.

    `image` gives the name in the package for what a text calls an image, or the same again for one that stays here.
    """
    note = out.note
    media: dict[str, str] = {}

    def named(address: str) -> str:
        name = image(address) if image else address
        if name != address:
            media[address] = name
        return name

    numbers = out.numbers or (numbered(out.first_cards, {}) if note.kind is Kind.STEPS else ())
    first = out.first if out.first != out.id else ""
    entry = Entry(draft_of(note, "", ()), note.added, note.allow, numbers, first)
    visible = visible_fields(entry, out.id, named)  # fills `media`
    places = _places(entry)
    return AnkiNote(
        note.kind,
        out.first,
        out.modified,
        out.deck,
        (*visible, out.id, written(entry), "", ""),
        safe_tags(note.tags),
        tuple(place for place in places if place >= 0),
        tuple(card for card, place in zip(out.cards, places, strict=True) if place >= 0),
        {name: unquote(address) for address, name in media.items()},
    )


def visible_fields(entry: Entry, note_id: str, image: Image | None = None) -> tuple[str, ...]:
    """The fields that a learner sees in Anki: all before `Id`."""
    draft = entry.draft

    def block(text: str) -> str:
        return shown(text, image)

    own: tuple[str, ...] = (block(draft.question), block("\n".join(draft.answer)))
    if draft.kind is Kind.CLOZE:
        own = (cloze_html(draft.question, image=image),)
    elif draft.kind is Kind.CHOICES:
        own = (own[0], _choices(draft, note_id, block))
    elif draft.kind is Kind.TYPED:
        own = (own[0], markup.plain("\n".join(draft.answer)), _list(map(markup.plain, draft.accept)))
    elif draft.kind is Kind.STEPS:
        own = (own[0], _steps(draft.answer, entry.numbers, block))
    found = (*own, block(draft.hint), block(draft.extra), source_html(draft.source))
    return tuple(_CONTROL.sub("", field) for field in found)


def shown(text: str, image: Image | None = None) -> str:
    """A text as it stands in a field."""
    return markup.html(text, image=image) if text else ""


def safe_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """The tags as Anki can hold them: blanks become `_`, and letter case tells none apart."""
    safe = (_NOT_IN_TAGS.sub("", "_".join(tag.split())) for tag in tags)
    return tuple({tag.casefold(): tag for tag in reversed([one for one in safe if one])}.values())[::-1]


def source_html(source: str) -> str:
    """A source as it is shown: an address on the web as a link, anything else as text."""
    shown = source.partition("://")[2].removeprefix("www.").rstrip("/")
    if len(shown) > _LONGEST_LINK:
        shown = f"{shown[: _LONGEST_LINK - 1]}…"
    return web_link(source, html.escape(shown, quote=False)) or markup.plain(source)


def web_link(address: str, shown: str) -> str:
    """A link to an address on the web, with the HTML that is shown for it; "" if the address is none."""
    return f'<a href="{html.escape(address)}">{shown}</a>' if _LINK.fullmatch(address) else ""


def _places(entry: Entry) -> tuple[int, ...]:
    """The templates, of clozes the deletions, that make the note's cards; -1 where Anki can make none."""
    draft = entry.draft
    if draft.kind is Kind.CLOZE:
        return tuple(number - 1 for number in cloze.parse(draft.question).numbers)
    if draft.kind is Kind.STEPS:
        return tuple(number - 1 for number in entry.numbers)
    return (0, 1) if draft.kind is Kind.TERM else (0,)


def _choices(draft: Draft, note_id: str, block: Callable[[str], str]) -> str:
    """The choices in an order that the note's id and their texts give, the right ones marked by a class."""
    shuffled = sorted(draft.choices, key=lambda choice: identity.digest(f"{note_id}\n{choice}"))
    marks = (' class="right"' if choice in draft.answer else "" for choice in shuffled)
    items = (f"<li{mark}>{block(choice)}</li>" for mark, choice in zip(marks, shuffled, strict=True))
    several = " several" if len(draft.answer) > 1 else ""
    return f'<ol class="choices{several}">{"".join(items)}</ol>'


def _steps(steps: Sequence[str], numbers: Sequence[int], block: Callable[[str], str]) -> str:
    """The steps as deletions beside each other; signs that would begin or end one are kept apart."""
    parts = []
    for step, number in zip(steps, numbers, strict=True):
        inner = f'<div class="step">{apart(block(step))}</div>'
        parts.append(f"{{{{c{number}::{inner}}}}}" if number else inner)
    return "".join(parts)


def _list(items: Iterable[str]) -> str:
    found = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{found}</ul>" if found else ""
