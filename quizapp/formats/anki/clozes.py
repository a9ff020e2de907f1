"""Anki's cloze notes as cloze text of ours, and what their backs add."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quizapp.formats.anki.field_text import as_markdown
from quizapp.formats.anki.sides import aside, beyond, joined, laid_out, question_of
from quizapp.formats.anki.templates import Node, Piece, Shown, is_empty, rendered

_TOKEN = re.compile(r"\{\{c([0-9,]+)::|\}\}")
_MANY = re.compile(r"\{\{c[0-9]+,")
_HIDDEN_IMAGE = re.compile(r"\{\{c[0-9,]+::image-occlusion:")


class SaidCloze(NamedTuple):
    """What a cloze note says, in Markdown."""

    text: str
    hint: str = ""
    extra: str = ""
    source: str = ""


def said(front: Sequence[Node], back: Sequence[Node], fields: Mapping[str, str]) -> SaidCloze:
    """What a cloze note says whose sides these are."""
    fields = {name: single(text) for name, text in fields.items()}
    asked = _once(laid_out(front, fields))
    text, hint = question_of(asked, fields)
    known = {piece.field for piece in asked if isinstance(piece, Shown)}
    told = [p for p in beyond(laid_out(back, fields), asked) if isinstance(p, str) or not _is_known(p, known)]
    if all(isinstance(p, str) or is_empty(fields.get(p.field, "")) for p in told):
        return SaidCloze(text, hint)
    rest, extra, source = aside(told, fields, all_of_it=True)
    return SaidCloze(text, hint, joined(as_markdown(rendered(rest, fields)), extra), source)


def _once(pieces: Sequence[Piece]) -> list[Piece]:
    """A front on which each cloze stands once."""
    kept: list[Piece] = []
    there: set[str] = set()
    for piece in pieces:
        if isinstance(piece, Shown) and piece.is_cloze:
            if piece.field in there:
                continue
            there.add(piece.field)
        kept.append(piece)
    return kept


def _is_known(piece: Shown, known: set[str]) -> bool:
    return piece.is_cloze or piece.field in known


def hides_images(fields: Mapping[str, str]) -> bool:
    """Whether a deletion is a shape on an image."""
    return any(_HIDDEN_IMAGE.search(text) for text in fields.values())


def single(text: str) -> str:
    """Cloze text in which each deletion has one number: `{{c1,2::x}}` becomes two, one within the other."""
    if not _MANY.search(text):
        return text
    parts: list[str] = []
    opened: list[tuple[int, str]] = []  # how often each open deletion is to be closed, and its hint
    done = 0
    for token in _TOKEN.finditer(text):
        between = text[done : token.start()]
        parts.append(between)
        if opened and "::" in between:
            opened[-1] = (opened[-1][0], "::" + between.partition("::")[2])
        done = token.end()
        if token[1] is not None:
            numbers = sorted({int(number) for number in token[1].split(",") if number})
            parts += [f"{{{{c{number}::" for number in numbers] or [token[0]]
            opened.append((len(numbers) or 1, ""))
        elif opened:
            times, hint = opened.pop()
            parts.append("}}" + f"{hint}}}}}" * (times - 1))
        else:
            parts.append(token[0])
    return "".join((*parts, text[done:]))
