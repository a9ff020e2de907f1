"""Anki's templates: the HTML of a card's side, with fields in double braces and parts that depend on them."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

FRONT_SIDE = "FrontSide"
SPECIAL = frozenset((FRONT_SIDE, "Tags", "Deck", "Subdeck", "Type", "Card", "CardFlag", "CardID"))

_OTHER_BRACES = "{{=<% %>=}}"  # how a template of old says that it writes <% %> for {{ }}
_DEEPEST = 50  # parts within each other; what is deeper belongs to the part above
_BLANK = re.compile(r"(?:\s|</?(?:br|div) ?/?>)*", re.IGNORECASE)
_SCRIPT = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</(?:script|style)\s*>", re.IGNORECASE)
_CARD = re.compile(r"c[0-9]+")  # a condition on the number of a cloze
_TAG = re.compile(r"<[^<>]*>")
_READING = re.compile(r"\[(?!sound:)([^\[\]]+)\]")  # stands in brackets behind its word
_BREAK = re.compile(r"<(?:br|/?div|/?p|/?li)\b[^<>]*>", re.IGNORECASE)


class Shown(NamedTuple):
    """A field where a template shows it; `filters` are in the order in which they change its text."""

    field: str
    filters: tuple[str, ...] = ()

    @property
    def is_typed(self) -> bool:
        """Whether the learner is to type the field."""
        return "type" in self.filters

    @property
    def is_cloze(self) -> bool:
        """Whether the field is shown as a cloze."""
        return "cloze" in self.filters or "cloze-only" in self.filters

    @property
    def is_spoken(self) -> bool:
        """Whether the field is read aloud and not shown."""
        return any(name.startswith("tts ") or name == "tts" for name in self.filters)


class Part(NamedTuple):
    """What a template shows if a field holds something; negated: if it doesn't."""

    field: str
    negated: bool
    nodes: "tuple[Node, ...]"


Node = str | Shown | Part  # a str is HTML as it stands
Piece = str | Shown


def parse(template: str) -> tuple[Node, ...]:
    """Take a template apart. No comments, scripts and styles; a part without its end goes to the template's."""
    template = _without_scripts(without_comments(template))
    text = template.lstrip()
    other = text.startswith(_OTHER_BRACES)
    tokens = _tokens(text.removeprefix(_OTHER_BRACES), "<%", "%>") if other else _tokens(template, "{{", "}}")
    opened: list[tuple[str, bool, list[Node]]] = [("", False, [])]
    for said, text in tokens:
        _take(said.lstrip("{").strip(), opened)
        if text:
            opened[-1][2].append(text)
    while len(opened) > 1:
        _close(opened)
    return tuple(opened[0][2])


def _tokens(text: str, start: str, end: str) -> Iterator[tuple[str, str]]:
    """Stretches of HTML, each with what stands in the braces before it ("" if nothing does)."""
    first, *others = text.split(start)
    yield "", first
    for other in others:
        said, closed, after = other.partition(end)
        yield (said, after) if closed else ("", start + other)


def _take(said: str, opened: list[tuple[str, bool, list[Node]]]) -> None:
    """Take what stands in double braces."""
    sign, name = said[:1], said[1:].strip()
    if sign in ("#", "^") and name:
        if len(opened) <= _DEEPEST:
            opened.append((name, sign == "^", []))
    elif sign == "/" and name:
        if any(name == field for field, _, _ in opened[1:]):
            while _close(opened) != name:
                pass
    elif said:
        *filters, field = said.split(":")
        opened[-1][2].append(Shown(field.strip(), tuple(one.strip() for one in reversed(filters) if one)))


def _close(opened: list[tuple[str, bool, list[Node]]]) -> str:
    field, negated, nodes = opened.pop()
    opened[-1][2].append(Part(field, negated, tuple(nodes)))
    return field


def is_empty(text: str) -> bool:
    """Whether Anki takes a field for empty: nothing in it, or only blanks and line breaks."""
    return bool(_BLANK.fullmatch(text))


def shown(nodes: Iterable[Node], fields: Mapping[str, str]) -> tuple[Piece, ...]:
    """What a side shows with a note's fields: its pieces without conditions. Texts that meet are one.

    Fields that the note lacks show nothing. A condition on a cloze's number (`{{#c1}}`) counts as met.
    """
    pieces: list[Piece] = []
    for piece in _flat(nodes, fields):
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        elif isinstance(piece, str) or piece.field in fields or piece.field in SPECIAL:
            pieces.append(piece)
    return tuple(pieces)


def _flat(nodes: Iterable[Node], fields: Mapping[str, str]) -> Iterator[Piece]:
    for node in nodes:
        if not isinstance(node, Part):
            yield node
        elif (not _holds(node.field, fields)) == node.negated:
            yield from _flat(node.nodes, fields)


def _holds(field: str, fields: Mapping[str, str]) -> bool:
    """Whether a condition on this field is met."""
    return not is_empty(fields[field]) if field in fields else bool(_CARD.fullmatch(field))


def named(nodes: Iterable[Node]) -> frozenset[str]:
    """The fields that a side may show, whatever a note holds."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, Part):
            found |= named(node.nodes)
        elif isinstance(node, Shown):
            found.add(node.field)
    return frozenset(found - SPECIAL)


def conditions(nodes: Iterable[Node]) -> frozenset[str]:
    """The fields on which it depends what a side shows."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, Part):
            found |= {node.field} | conditions(node.nodes)
    return frozenset(found)


def rendered(pieces: Sequence[Piece], fields: Mapping[str, str]) -> str:
    """The HTML of pieces with a note's fields. Clozes keep their markers; what is spoken is left out.

    `fields` may name the special ones, too. A field to be typed shows its text: leave it out of the front.
    """
    return "".join(
        piece if isinstance(piece, str) else _filtered(fields.get(piece.field, ""), piece.filters)
        for piece in pieces
    )


def _filtered(text: str, filters: Iterable[str]) -> str:
    """A field's text after its filters; one that isn't known changes nothing."""
    for name in filters:
        if name.startswith("tts ") or name == "tts":
            return ""
        text = _FILTERS.get(name, str)(text)
    return text


def without_comments(text: str) -> str:
    """HTML without its comments; one that has no end stays."""
    first, *others = text.split("<!--")
    kept = [first]
    for other in others:
        inside, closed, after = other.partition("-->")
        kept.append(after if closed else f"<!--{inside}")
    return "".join(kept)


def _without_scripts(text: str) -> str:
    """HTML without scripts and styles."""
    first, *others = _SCRIPT.split(text)
    ends = [_SCRIPT_END.search(other) for other in others]
    return "".join((first, *(end.string[end.end() :] for end in ends if end)))


def stripped(text: str) -> str:
    """HTML without its tags, entities kept."""
    return _TAG.sub("", without_comments(text))


def plain(text: str) -> str:
    """The words of HTML in one line."""
    return " ".join(html.unescape(stripped(_BREAK.sub(" ", text))).split())


def _readings(made: Callable[[str, str], str]) -> Callable[[str], str]:
    """A filter for words with their reading in brackets, as in Japanese; a blank before the word only parts it."""

    def read(text: str) -> str:
        text = text.replace("&nbsp;", " ")
        parts: list[str] = []
        done = 0
        for reading in _READING.finditer(text):
            before = text[done : reading.start()]
            word = max(map(before.rfind, " >]")) + 1
            if word == len(before):  # no word: brackets that mean themselves
                parts.append(before + reading[0])
            else:
                kept = before[: word - 1] if before[word - 1 : word] == " " else before[:word]
                parts += kept, made(before[word:], reading[1])
            done = reading.end()
        return "".join((*parts, text[done:]))

    return read


_FILTERS: Mapping[str, Callable[[str], str]] = {
    "text": stripped,
    "kanji": _readings(lambda word, _: word),
    "kana": _readings(lambda _, reading: reading),
    "furigana": _readings(lambda word, reading: f"{word}({reading})"),
}
