"""The two sides of a card in Anki as question, answer, hint, extra and source.

Only what is certain is taken out of an answer: a field of a well-known name that stands by itself. All else stays.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from quizapp.formats.anki.field_text import as_line, as_markdown, as_source, has_media
from quizapp.formats.anki.templates import (
    FRONT_SIDE,
    SPECIAL,
    Node,
    Piece,
    Shown,
    is_empty,
    plain,
    rendered,
    shown,
)

HINTS = frozenset(("hint", "hints"))
SOURCES = frozenset(
    ("source", "sources", "source url", "source link", "url", "link", "reference", "references")
)
EXTRAS = frozenset(
    (
        *("extra", "extras", "back extra", "extra info", "extra information", "additional info", "additional notes"),
        *("additional information", "more", "more info", "info", "note", "notes", "my notes", "personal notes"),
        *("remark", "remarks", "comment", "comments", "footnote", "footnotes", "explanation", "mnemonic", "mnemonics"),
    )
)  # fmt: skip
_GENERAL = EXTRAS - frozenset(("explanation", "mnemonic", "mnemonics"))  # names that tell a learner nothing

_BLOCK = re.compile(
    r"</?(?:br|hr|div|p|table|tbody|tr|ul|ol|li|dl|dt|dd|h[1-6]|section|article|header|footer|main|details|summary"
    r"|blockquote|center|figure)\b[^<>]*>",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"\s+")
_AROUND = re.compile(rf" ?({_BLOCK.pattern}) ?", re.IGNORECASE)
_RULE = re.compile(r"<hr\b[^<>]*>", re.IGNORECASE)
_LEADING_RULE = re.compile(r"\s*<hr\b[^<>]*>", re.IGNORECASE)
_ANSWER_RULE = re.compile(r"<hr\b[^<>]*\bid\s*=\s*[\"']?answer\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_LONGEST_LABEL = 40  # letters


class Said(NamedTuple):
    """What a card says, in Markdown. `typed` is what the learner is to type, "" if nothing."""

    question: str
    answer: str
    hint: str = ""
    extra: str = ""
    source: str = ""
    typed: str = ""


class Taken(NamedTuple):
    """A field that was taken out of a side, with the words that stood before it as its name."""

    shown: Shown
    label: str


def said(front: Sequence[Node], back: Sequence[Node], fields: Mapping[str, str]) -> Said:
    """What a card says whose sides these are. `fields` are the note's, and the special ones (`{{Tags}}`)."""
    asked = laid_out(front, fields)
    told = beyond(laid_out(back, fields), asked)
    typed = next(
        (p.field for p in asked if isinstance(p, Shown) and p.is_typed and as_line(fields.get(p.field, ""))),
        "",
    )
    question, hint = question_of(asked, fields)
    told, extra, source = aside(told, fields)
    if typed:
        rest = [p for p in told if isinstance(p, str) or p.field != typed]
        own = as_markdown(fields[typed]) if has_media(fields[typed]) else ""
        extra = joined(own, as_markdown(rendered(rest, fields)), extra)
        answer = as_line(fields[typed])
        return Said(question, answer, hint, extra, source, answer)
    return Said(question, as_markdown(rendered(told, fields)), hint, extra, source)


def laid_out(side: Sequence[Node], fields: Mapping[str, str]) -> list[Piece]:
    """What a side shows, without the blanks and line ends of its template that HTML doesn't show."""
    pieces = shown(side, fields)
    if any("<pre" in piece for piece in pieces if isinstance(piece, str)):
        return list(pieces)
    return [_AROUND.sub(r"\1", _BLANKS.sub(" ", p)) if isinstance(p, str) else p for p in pieces]


def question_of(asked: Sequence[Piece], fields: Mapping[str, str]) -> tuple[str, str]:
    """Question and hint of a front."""
    kept = [p for p in asked if isinstance(p, str) or not p.is_typed or p.is_cloze]
    kept, _ = take_out(kept, lambda p: p.field in SPECIAL)
    rest, hints = take_out(kept, lambda p: _name(p) in HINTS or "hint" in p.filters)
    question = as_markdown(rendered(rest, fields))
    if hints and question:
        return question, "\n\n".join(as_markdown(rendered([one.shown], fields)) for one in hints)
    question = question or as_markdown(rendered(kept, fields))
    return question or as_markdown(rendered([_silent(piece) for piece in kept], fields)), ""


def aside(
    told: Sequence[Piece], fields: Mapping[str, str], *, all_of_it: bool = False
) -> tuple[list[Piece], str, str]:
    """What is left of a back without its asides; these: extra and source. All of a back is none, unless it may be."""
    told, _ = take_out(told, lambda p: p.field in SPECIAL)
    rest, sources = take_out(told, lambda p: _name(p) in SOURCES and _names_source(fields.get(p.field, "")))
    rest, extras = take_out(rest, lambda p: _name(p) in EXTRAS | HINTS or "hint" in p.filters)
    if not all_of_it and not as_markdown(rendered(rest, fields)):
        return list(told), "", ""
    first, *others = [text for one in sources if not is_empty(text := fields[one.shown.field])] or [""]
    more = [as_markdown(text) for text in others]
    return rest, joined(*(_labelled(one, fields) for one in extras), *more), as_source(first)


def _names_source(text: str) -> bool:
    return is_empty(text) or bool(as_source(text))


def _labelled(one: Taken, fields: Mapping[str, str]) -> str:
    """An aside with its name before it, if that tells anything."""
    text = as_markdown(rendered([one.shown], fields))
    name = one.label.strip(" :").casefold()
    return text if not text or not name or name in _GENERAL else f"{one.label.strip(' :')}: {text}"


def joined(*texts: str) -> str:
    """Those of the texts that say something and don't repeat another one, as paragraphs."""
    return "\n\n".join(dict.fromkeys(text for text in texts if text.strip()))


def beyond(told: Sequence[Piece], asked: Sequence[Piece]) -> list[Piece]:
    """What a back shows beyond the front: without `{{FrontSide}}`, or the front written out again."""
    known = {p.field for p in asked if isinstance(p, Shown) and not p.is_typed}
    if any(isinstance(p, Shown) and p.field == FRONT_SIDE for p in told):
        rest = _without_front_side(told)
    else:
        rest = _after_rule(told, known) or _after_front(told, asked) or list(told)
    return [_ANSWER_RULE.sub("", p) if isinstance(p, str) else p for p in rest]


def _without_front_side(told: Sequence[Piece]) -> list[Piece]:
    kept: list[Piece] = []
    front = False
    for piece in told:
        if isinstance(piece, Shown) and piece.field == FRONT_SIDE:
            front = True
        else:
            kept.append(_LEADING_RULE.sub("", piece, count=1) if front and isinstance(piece, str) else piece)
            front = False
    return kept


def _after_rule(told: Sequence[Piece], known: set[str]) -> list[Piece]:
    """What comes after the first rule, if only the front's fields come before it; [] if not."""
    for number, piece in enumerate(told):
        if isinstance(piece, Shown):
            if piece.field not in known:
                return []
        elif rule := _RULE.search(piece):
            rest: list[Piece] = [piece[rule.end() :], *told[number + 1 :]]
            new = any(isinstance(p, Shown) for p in rest)
            return rest if new else []
    return []


def _after_front(told: Sequence[Piece], asked: Sequence[Piece]) -> list[Piece]:
    """What comes after the front, if the back begins with all of it; [] if not."""
    left = list(told)
    for piece in asked:
        if isinstance(piece, str) and left and isinstance(left[0], str):
            if not left[0].startswith(piece.rstrip()):
                return []
            left[0] = left[0].removeprefix(piece.rstrip())
            if not left[0].strip():
                left.pop(0)
        elif left and left[0] == piece:
            left.pop(0)
        elif not isinstance(piece, Shown) or not piece.is_typed:
            return []
    begins_anew = not left or not isinstance(left[0], str) or not plain(_BLOCK.split(left[0], maxsplit=1)[0])
    return left if begins_anew and any(isinstance(p, Shown) for p in left) else []


def take_out(pieces: Sequence[Piece], wanted: Callable[[Shown], bool]) -> tuple[list[Piece], list[Taken]]:
    """The pieces without the wanted fields that stand by themselves, and these with their labels.

    By itself stands a field in a block of its own, in which at most its name precedes it, or one behind `hint:`.
    """
    kept: list[Piece] = list(pieces)
    taken: list[Taken] = []
    for place, piece in enumerate(pieces):
        if isinstance(piece, str) or not wanted(piece):
            continue
        if "hint" in piece.filters:
            kept[place] = ""
            taken.append(Taken(piece, ""))
        elif (before := _alone(kept, place)) is not None:
            start, label = _label(before, piece)
            if label is not None:
                kept[place] = ""
                if place:
                    kept[place - 1] = before[:start] + "".join(_TAG.findall(before[start:]))
                taken.append(Taken(piece, label))
    return kept, taken


def _alone(pieces: Sequence[Piece], place: int) -> str | None:
    """The HTML before a field that stands in a block of its own, but for what may be its label; else None."""
    before = pieces[place - 1] if place else ""
    after = pieces[place + 1] if place + 1 < len(pieces) else ""
    if not isinstance(before, str) or not isinstance(after, str):
        return None
    begins = place <= 1 or _BLOCK.search(before)
    ends = place + 2 >= len(pieces) or _BLOCK.search(after)
    alone = begins and ends and not plain(_BLOCK.split(after, maxsplit=1)[0])
    return before if alone else None


def _label(before: str, piece: Shown) -> tuple[int, str | None]:
    """Where the label begins that ends some HTML, and its words, "" if there is none; None if it is no label."""
    ends = [0, *(match.end() for match in _BLOCK.finditer(before))]
    own = plain(before[ends[-1] :])
    if own:
        fits = len(own) <= _LONGEST_LABEL and (own.endswith(":") or _is_name(own, piece))
        return ends[-1], own if fits else None
    for start, end in zip(reversed(ends[:-1]), reversed(ends[1:]), strict=True):
        if words := plain(before[start:end]):
            return (start, words) if _is_name(words, piece) else (len(before), "")
    return len(before), ""


def _is_name(words: str, piece: Shown) -> bool:
    name = words.strip(" :").casefold()
    return name == _name(piece) or name in EXTRAS | HINTS | SOURCES


def _name(piece: Shown) -> str:
    return " ".join(piece.field.replace("_", " ").casefold().split())


def _silent(piece: Piece) -> Piece:
    """What is spoken, as text."""
    return Shown(piece.field) if isinstance(piece, Shown) and piece.is_spoken else piece
