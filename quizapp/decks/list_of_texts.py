"""A list of texts within a card (tags, steps, choices): those that stay are not touched when others change."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from quizapp.decks import lists, scalars
from quizapp.decks.composing import Node
from quizapp.decks.lines import Lines, Splice, last_line_of_text
from quizapp.decks.lists import Item

_COMMENT = re.compile(rb"[ \t]+#.*")


def place_of_text(node: Node, shift: int, lines: Lines) -> tuple[int, int, bytes]:
    """Where a text begins and ends, and the comment after its `|`."""
    start = lines.at(node.start_mark, shift)
    if node.style in ("|", ">"):
        header = lines.content[start : lines.stops[lines.line_of(start)]]
        comment = _COMMENT.search(header)
        stop = lines.stops[last_line_of_text(node, shift, lines)]
        return start, stop, comment[0] if comment else b""
    return start, lines.at(node.end_mark, shift), b""


def texts_of_list(node: Node, shift: int, lines: Lines, *, json_text: bool) -> "ListOfTexts":
    """The list that a node is; its marks count from that many lines into the file."""
    items = tuple(Item(entry, shift) for entry in node.value)
    return ListOfTexts(node, items, lines, bool(node.flow_style), json_text)


@dataclass(frozen=True, slots=True)
class ListOfTexts:
    """A list in a file: its node, its entries, and whether it is in brackets, of JSON perhaps."""

    node: Node
    items: tuple[Item, ...]
    lines: Lines
    brackets: bool
    json_text: bool

    def changed(self, texts: Sequence[str]) -> list[Splice] | None:
        """What makes these texts of it; None if that can't be done one by one."""
        if not self.items or any(
            item.node.id != "scalar" or item.node.start_mark.index < self.node.start_mark.index
            for item in self.items
        ):
            return None  # nothing to begin from, or an alias
        old = [item.node.value.rstrip("\n") for item in self.items]
        found: list[Splice] = []
        gone: set[int] = set()
        for action, start, stop, first, last in SequenceMatcher(
            None, old, [*texts], autojunk=False
        ).get_opcodes():
            new = texts[first:last]
            if action == "replace" and stop - start == len(new):
                found += map(self._replaced, self.items[start:stop], new)
            elif action != "equal":
                gone.update(range(start, stop))
                found += [self._inserted(stop, new)] if new else []
        return found + self._without(gone)

    def _without(self, gone: set[int]) -> list[Splice]:
        if self.brackets:
            return lists.without_in_brackets(self.items, gone, self.lines)
        return lists.without(self.items, gone, self.node.start_mark.column, self.lines)

    def _replaced(self, item: Item, text: str) -> Splice:
        """Another text in the place of one."""
        start, stop, comment = place_of_text(item.node, item.shift, self.lines)
        style = item.node.style or ""
        if self.brackets:
            written = scalars.in_one_line(text, style, brackets=True, json_text=self.json_text)
            return Splice(start, stop, written.encode())
        column = self.node.start_mark.column
        first, *rest = scalars.item(text, column, style)
        return with_lines_below(first[column + 2 :], rest, Splice(start, stop, comment), self.lines)

    def _inserted(self, before: int, texts: Sequence[str]) -> Splice:
        """Texts put in before the entry of this number, or after the last."""
        if self.brackets:
            written = [
                scalars.in_one_line(text, brackets=True, json_text=self.json_text).encode() for text in texts
            ]
            if before == 0:
                start = self.lines.at(self.items[0].node.start_mark, self.items[0].shift)
                return Splice(start, start, b"".join(text + b", " for text in written))
            end = self.lines.at(self.items[before - 1].node.end_mark, self.items[before - 1].shift)
            return Splice(end, end, b"".join(b", " + text for text in written))
        column = self.node.start_mark.column
        text = self.lines.newline.join(line.encode() for text in texts for line in scalars.item(text, column))
        if before == 0:
            start = self.lines.starts[lists.dash_line(self.items[0], column, self.lines)]
            return Splice(start, start, text + self.lines.newline)
        return self.lines.after(lists.end_line(self.items[before - 1], self.lines), text)


def with_lines_below(first: str, rest: Sequence[str], place: Splice, lines: Lines) -> Splice:
    """A text in its place, with the lines below it if it has several; a comment there stays in the first line.

    The place holds the comment that stands after the old text's `|`.
    """
    if not rest:
        return Splice(place.start, place.stop, first.encode())
    end = lines.stops[lines.line_of(place.stop)]
    header = first.encode() + (place.content or lines.content[place.stop : end])
    below = lines.newline.join(line.encode() for line in rest)
    return Splice(place.start, end, header.rstrip() + lines.newline + below)
