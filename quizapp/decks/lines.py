"""The lines of a deck's file in bytes, and where its entries stand in them: what every edit of a file needs."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quizapp.decks import composing
from quizapp.decks.composing import Mark, Node
from quizapp.decks.reading import AT_ONCE, ODD_BREAKS
from quizapp.decks.values import Report

_BREAK = re.compile(rb"\r\n|\r|\n")


class Splice(NamedTuple):
    """Bytes that come in the place of those from `start` up to `stop`."""

    start: int
    stop: int
    content: bytes


def spliced(content: bytes, splices: Sequence[Splice]) -> bytes:
    """The bytes with these in their places; of two at one place the first given comes first."""
    parts = []
    done = 0
    for splice in sorted(splices, key=lambda splice: splice.start):
        parts += [content[done : splice.start], splice.content]
        done = max(done, splice.stop)
    return b"".join((*parts, content[done:]))


class Lines:
    """The lines of a file, in bytes. Lines and columns count from 0, columns in characters."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        breaks = [(match.start(), match.end()) for match in _BREAK.finditer(content)]
        self.starts = [0, *(end for _, end in breaks)]
        self.stops = [*(start for start, _ in breaks), len(content)]
        self.newline = content[slice(*breaks[0])] if breaks else b"\n"

    def text(self, line: int) -> bytes:
        """The line without its end."""
        return self.content[self.starts[line] : self.stops[line]]

    def indent(self, line: int) -> int:
        """The blanks before the first text from this line on."""
        texts = (self.text(number) for number in range(line, len(self.starts)))
        first = next((text for text in texts if text.strip()), b"")
        return len(first) - len(first.lstrip(b" "))

    def end(self, line: int) -> int:
        """Where the next line begins."""
        return self.starts[line + 1] if line + 1 < len(self.starts) else len(self.content)

    def after(self, line: int, text: bytes) -> Splice:
        """The text as lines of their own after that line, which may be the last and have no end."""
        end = self.end(line)
        has_end = line + 1 < len(self.starts)
        return Splice(end, end, text + self.newline if has_end else self.newline + text)

    def offset(self, line: int, column: int) -> int:
        """The byte where a character stands."""
        text = self.text(line)
        skipped = len(composing.BOM) if line == 0 and text.startswith(composing.BOM) else 0
        return self.starts[line] + skipped + len(text[skipped:].decode()[:column].encode())

    def at(self, mark: Mark, shift: int = 0) -> int:
        """The byte that a mark means."""
        return self.offset(mark.line + shift, mark.column)

    def line_of(self, offset: int) -> int:
        """The line in which a byte stands."""
        from bisect import bisect_right  # noqa: PLC0415  a builtin, and only for edits

        return bisect_right(self.starts, offset) - 1


def compose(content: bytes) -> Node | None:
    """The root of a file that is YAML as a whole; None for one that must be read card by card."""
    from yaml import YAMLError  # noqa: PLC0415  20 ms, not needed when no deck is read

    content = content.removeprefix(composing.BOM)
    if len(content) > AT_ONCE or any(odd in content for odd in ODD_BREAKS):
        return None
    try:
        return composing.compose(content)
    except (YAMLError, composing.TooDeepError, composing.TooManyAliasesError):
        return None


def list_of_cards(root: Node) -> tuple[Node, Node] | None:
    """The key `cards` of a deck and what stands behind it."""
    pairs = root.value if root.id == "mapping" else ()
    return next(((key, value) for key, value in pairs if key.value == "cards"), None)


def entries(content: bytes) -> Iterator[tuple[Node, int]]:
    """The maps of the list of cards, each with the lines before the text that its marks count from."""
    root = compose(content)
    if root is not None:
        found = list_of_cards(root)
        if found and found[1].id == "sequence":
            yield from ((node, 0) for node in found[1].value if node.id == "mapping")
        return
    from quizapp.decks import salvage  # noqa: PLC0415  only for what isn't YAML

    parts = salvage.split(content.removeprefix(composing.BOM))
    for piece in parts.entries:
        node = salvage.compose_entry(piece, parts.indent, Report(""))
        if node is not None and node.id == "mapping":
            yield node, piece.shift


def is_alias(key: Node, value: Node) -> bool:
    """Whether a value stands elsewhere, behind an anchor."""
    return value.start_mark.index < key.end_mark.index


def last_line(node: Node, shift: int, lines: Lines) -> int:
    """The last line of a map or list in block style."""
    last = node.value[-1]
    key, value = last if isinstance(last, tuple) else (last, last)
    while isinstance(value.value, list) and value.value and not value.flow_style:
        if is_alias(key, value) and key is not value:
            break
        last = value.value[-1]
        key, value = last if isinstance(last, tuple) else (last, last)
    if key is not value and is_alias(key, value):
        line: int = key.end_mark.line + shift
        return line
    return last_line_of_text(value, shift, lines)


def last_line_of_text(value: Node, shift: int, lines: Lines) -> int:
    """The last line of a scalar, or of a collection in brackets."""
    line: int = value.end_mark.line + shift
    if getattr(value, "style", None) in ("|", ">"):
        line -= value.end_mark.column == 0
        indent = lines.indent(value.start_mark.line + shift + 1)
        while not lines.text(line).strip() and len(lines.text(line)) <= indent:  # a longer one is text
            line -= 1
    return line
