"""What a learner changed within Anki in a note of ours: field by field back into the texts of a deck.

A field that still says what it was exported with leaves its text as it was written, to the letter. Editors put blanks,
entities and tags of their own into fields, and another version of this program may write other HTML; so what counts is
whether the Markdown of both is the same.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple
from unicodedata import normalize

from quizapp.decks.draft import Draft
from quizapp.decks.note import Kind
from quizapp.formats.anki.entry import Entry
from quizapp.formats.anki.field_text import as_markdown
from quizapp.formats.anki.fields import shown, visible_fields
from quizapp.formats.anki.media import addresses, package_name
from quizapp.formats.anki.note_types import EXTRA, HINT, SOURCE, visible_names
from quizapp.formats.html import markdown
from quizapp.markup.html import plain

_LISTS = re.compile(r"<(?P<end>/?)(?P<name>ol|ul|li)\b(?P<signs>[^<>]*)>", re.IGNORECASE)
_RIGHT = re.compile(r"""class=["'][^"']*\bright\b""")
_STEP = re.compile(r"\{\{c(?P<number>\d{1,3})::(?P<inner>.*?)\}\}", re.DOTALL)
_LINK = re.compile(
    r"""[^<>]*<a\b[^<>]*\bhref="(?P<link>https?://[^"]+)"[^<>]*>[^<>]*</a>[^<>]*""", re.IGNORECASE
)
_MEDIUM = re.compile(r'(?<=\bsrc=")[^"<>]+(?=")|(?<=\[sound:)[^\[\]]+(?=\])')
_SOUND = re.compile(r"<span>(?P<label>[^<>]*)</span> \[sound:(?P<name>[^\[\]]+)\]")
_TAG = re.compile(r"<[^<>]*>")

_Said = Callable[[str], str]


class Edited(NamedTuple):
    """A draft, and of steps the numbers of the deletions that ask for them; 0 for one that isn't asked."""

    draft: Draft
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Note:
    """The fields of a note as they are, and as they were; `draft` and `numbers` made those."""

    fields: Mapping[str, str]
    before: Mapping[str, str]
    draft: Draft
    numbers: tuple[int, ...]
    addresses: Mapping[str | None, str]

    def now(self, name: str) -> str:
        """A field as it is, as far as one can see."""
        return normalize("NFC", self.fields.get(name, ""))

    def is_same(self, name: str) -> bool:
        """Whether a field says what it was exported with."""
        before, now = normalize("NFC", self.before[name]), self.now(name)
        return before == now or even(markdown(before)) == even(markdown(now))

    def text(self, name: str, written: str, said: _Said | None = None) -> str:
        """A text as it was written if its field says the same, else what that says."""
        return written if self.is_same(name) else (said or self.markdown)(self.now(name))

    def markdown(self, field: str) -> str:
        """The Markdown of a field, its images and sounds where the deck had them."""

        def address(match: re.Match[str]) -> str:
            name = html.unescape(match[0])
            return html.escape(self.addresses.get(name, name))

        return as_markdown(_SOUND.sub(r'<a href="\g<name>">\g<label></a>', _MEDIUM.sub(address, field)))


def edited(kind: Kind, fields: Mapping[str, str], entry: Entry | None, note_id: str) -> Edited:
    """What a note's fields, by their names, say now. `entry` is what it was exported with, if that is known."""
    names = visible_names(kind)
    before = visible_fields(entry, note_id, _named) if entry else ("",) * len(names)
    draft = entry.draft if entry else Draft("", (), kind)
    known = {package_name(one): one for one in addresses(draft)}
    note = _Note(fields, dict(zip(names, before, strict=True)), draft, entry.numbers if entry else (), known)
    made = replace(
        draft,
        question=note.text(names[0], draft.question),
        hint=note.text(HINT, draft.hint),
        extra=note.text(EXTRA, draft.extra),
        source=note.text(SOURCE, draft.source, _source),
    )
    if kind is Kind.STEPS:
        return _with_steps(note, made)
    if kind is Kind.CHOICES:
        return Edited(_with_choices(note, made))
    if kind is Kind.TYPED:
        return Edited(_typed(note, made))
    if kind is Kind.CLOZE or note.is_same(names[1]):
        return Edited(made)
    answer = note.markdown(note.now(names[1]))
    return Edited(replace(made, answer=(answer,) if answer else ()))


def _with_choices(note: _Note, draft: Draft) -> Draft:
    """The draft with the choices of the list: first those that it had, in their order, then others."""
    if note.before["Choices"] == note.now("Choices"):
        return draft
    known = texts_by_markdown(draft.choices)
    found: dict[str, bool] = {}
    for item in _items(note.now("Choices")):
        text = note.markdown(item.inner)
        if text:
            found[known.get(even(text), text)] = bool(_RIGHT.search(item.signs))
    had = [choice for choice in draft.choices if choice in found]
    choices = tuple(dict.fromkeys((*had, *found)))
    right = [choice for choice in draft.answer if found.get(choice)]
    return replace(
        draft,
        choices=choices,
        answer=tuple(dict.fromkeys((*right, *(one for one in choices if found[one])))),
    )


def _with_steps(note: _Note, draft: Draft) -> Edited:
    """The draft with the steps of the field."""
    if note.before["Steps"] == note.now("Steps"):
        return Edited(draft, note.numbers)
    known = texts_by_markdown(draft.answer)
    found = []
    for number, inner in _split_steps(note.now("Steps")):
        text = note.markdown(inner)
        if text:
            found.append((number, known.get(even(text), text)))
    return Edited(
        replace(draft, answer=tuple(text for _, text in found)), tuple(number for number, _ in found)
    )


def _typed(note: _Note, draft: Draft) -> Draft:
    """The draft with what is to be typed."""
    answer, accept = draft.answer, draft.accept
    if not note.is_same("Answer"):
        typed = bare(note.now("Answer"))
        answer = (typed,) if typed else ()
    if not note.is_same("Accepted"):
        known = {bare(plain(text)): text for text in accept}
        items = [item.inner for item in _items(note.now("Accepted"))] or note.now("Accepted").split("<br>")
        accept = tuple(dict.fromkeys(known.get(text, text) for item in items if (text := bare(item))))
    return replace(draft, answer=answer, accept=accept)


class _Item(NamedTuple):
    signs: str
    inner: str


def _items(field: str) -> Iterator[_Item]:
    """The items of the outermost lists, with the attributes of their tags."""
    depth, start, signs = 0, -1, ""
    for tag in _LISTS.finditer(field):
        is_item, ends = tag["name"].lower() == "li", bool(tag["end"])
        depth += 0 if is_item else -1 if ends else 1
        if start >= 0 and depth <= is_item and (is_item or ends):
            yield _Item(signs, field[start : tag.start()])
            start = -1
        if is_item and not ends and depth <= 1:
            start, signs = tag.end(), tag["signs"]
    if start >= 0:
        yield _Item(signs, field[start:])


def _split_steps(field: str) -> Iterator[tuple[int, str]]:
    """The deletions of a field with their numbers, and what stands between them with 0."""
    done = 0
    for match in _STEP.finditer(field):
        yield 0, field[done : match.start()]
        yield int(match["number"]), match["inner"]
        done = match.end()
    yield 0, field[done:]


def texts_by_markdown(texts: Iterable[str]) -> Mapping[str, str]:
    """Texts by what their HTML says when it is read back."""
    return {even(markdown(shown(text, _named))): text for text in texts}


def _source(field: str) -> str:
    """A source: the address of a link that stands alone, else the words."""
    link = _LINK.fullmatch(field)
    return html.unescape(link["link"]) if link else bare(field)


def bare(field: str) -> str:
    """The words of a field in one line."""
    return even(html.unescape(_TAG.sub("", field)))


def even(text: str) -> str:
    """A text without what blanks and ways of composing letters differ in."""
    return " ".join(normalize("NFC", text).split())


def _named(address: str) -> str:
    return package_name(address) or address
