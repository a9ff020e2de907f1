"""Cloze text as Anki writes it: `{{c1::text}}` and `{{c1::text::hint}}`, nested at will."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 500  # the highest number of a deletion, as in Anki

_TOKEN = re.compile(r"\{\{c([0-9]{1,3})::|\}\}")
_FORMULA_ENDS = re.compile(r"(?:\}\})*\$")
_ALMOST = re.compile(r"\{\{\s*[cC]?\s*[0-9]*\s*::?|\{\{\s*[cC]\s*[0-9]+")


@dataclass(frozen=True, slots=True)
class Deletion:
    """One deletion: its number, its hint ("" if none), and the pieces within it (from start up to end)."""

    number: int
    start: int
    end: int
    hint: str


@dataclass(frozen=True, slots=True)
class Cloze:
    """Cloze text taken apart. The pieces joined are the text without markers and hints.

    `deletions` are in the order in which they begin; `unclosed` counts those without an end, whose
    markers stay in the text.
    """

    pieces: tuple[str, ...]
    deletions: tuple[Deletion, ...]
    unclosed: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers that make cards, rising."""
        return tuple(sorted({d.number for d in self.deletions if 1 <= d.number <= MOST}))

    def question(self, number: int) -> str:
        """The text with the deletions of this number shown as `[…]`, or as their hint in brackets."""
        parts: list[str] = []
        done = 0
        for deletion in self._outermost(number):
            parts += self.pieces[done : deletion.start]
            parts.append(f"[{deletion.hint or '…'}]")
            done = deletion.end
        return "".join(parts) + "".join(self.pieces[done:])

    def answer(self, number: int) -> str:
        """The texts behind the deletions of this number, joined by commas."""
        return ", ".join("".join(self.pieces[d.start : d.end]) for d in self._outermost(number))

    def _outermost(self, number: int) -> list[Deletion]:
        found: list[Deletion] = []
        for deletion in self.deletions:
            if deletion.number == number and (not found or deletion.start >= found[-1].end):
                found.append(deletion)
        return found


def parse(text: str) -> Cloze:
    r"""Take cloze text apart. Whatever is no deletion is text; nothing is refused here.

    A formula ends in no blank, and one that ends in a deletion can't but have one: `${{c1::\frac{1}{2} }}$`. That
    blank only keeps the braces apart, and is no part of the text.
    """
    pieces: list[str] = []
    found: list[tuple[int, Deletion]] = []
    opened: list[tuple[int, int, str]] = []  # number, piece of the marker, hint
    done = 0
    for token in _TOKEN.finditer(text):
        _text(text[done : token.start()], pieces, opened)
        done = token.end()
        if token[1]:
            opened.append((int(token[1]), len(pieces), ""))
            pieces.append("")
        elif opened:
            if pieces[-1].endswith("} ") and _ends_formula(text, done):
                pieces[-1] = pieces[-1][:-1]
            number, start, hint = opened.pop()
            found.append((start, Deletion(number, start, len(pieces), hint)))
        else:
            pieces.append("}}")
    _text(text[done:], pieces, opened)
    for number, start, _ in opened:
        pieces[start] = f"{{{{c{number}::"
    return Cloze(tuple(pieces), tuple(d for _, d in sorted(found, key=lambda pair: pair[0])), len(opened))


def _text(text: str, pieces: list[str], opened: list[tuple[int, int, str]]) -> None:
    """Append text; within a deletion, what follows `::` is the innermost one's hint."""
    if opened:
        text, mark, hint = text.partition("::")
        if mark:
            number, start, _ = opened[-1]
            opened[-1] = (number, start, hint)
    if text:
        pieces.append(text)


def _ends_formula(text: str, place: int) -> bool:
    """Whether a formula ends here, but for the ends of further deletions."""
    return bool(_FORMULA_ENDS.match(text, place)) and text.count("$", 0, place) % 2 == 1


def fault(text: str) -> str:
    """What is wrong with cloze text, as a sentence that says what to write instead; "" if nothing is."""
    return next(_faults(text, parse(text)), "")


def _faults(text: str, cloze: Cloze) -> Iterator[str]:
    if cloze.unclosed:
        yield "a deletion has no end; close each {{c1:: with }}"
    if any(not 1 <= d.number <= MOST for d in cloze.deletions):
        yield f"deletions are numbered from c1 to c{MOST}"
    for match in _ALMOST.finditer(text):
        if not _TOKEN.match(text, match.start()):
            written = " ".join(match[0].split())
            yield f'"{written}" begins no deletion; write {{{{c1::text}}}} or {{{{c1::text::hint}}}}'
    for deletion in cloze.deletions:
        inner = "".join(cloze.pieces[deletion.start : deletion.end])
        if not inner.strip():
            yield f"a deletion holds no text; write {{{{c{deletion.number}::text}}}}"
        if inner.count("$") % 2 and inner.count("{") > inner.count("}"):
            yield 'the "}}" of a formula ends the deletion too early; write "} }" there'
    if not cloze.deletions:
        yield "this cloze has no deletion; write {{c1::text}} around what is to be asked"
