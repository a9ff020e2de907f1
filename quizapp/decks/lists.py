"""A YAML list in the bytes of a file: putting entries in, taking entries out.

The list of cards is one, and so are a card's tags, steps and choices.
"""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from quizapp.decks.composing import BOM, Node
from quizapp.decks.lines import Lines, Splice, last_line, last_line_of_text

_COMMENT = re.compile(rb"(?:[ \t]*(,))?([ \t]*#[^\n\r]*)")
_GAP = re.compile(rb"(?:[\s]|#[^\n\r]*)*")


class Item(NamedTuple):
    """An entry of a list: its node, and the lines before the text that its marks count from."""

    node: Node
    shift: int


def _end(item: Item, lines: Lines) -> int:
    """The byte after an entry in brackets."""
    return lines.at(item.node.end_mark, item.shift)


def end_line(item: Item, lines: Lines) -> int:
    """The last line of an entry of a list in block style."""
    node = item.node
    if isinstance(node.value, list) and node.value and not node.flow_style:
        return last_line(node, item.shift, lines)
    return last_line_of_text(node, item.shift, lines)


def dash_line(item: Item, column: int, lines: Lines) -> int:
    """The line in which the dash of an entry in block style stands; dashes stand at a column."""
    line = item.node.start_mark.line + item.shift
    while line >= 0:
        text = lines.text(line)
        if text[column : column + 1] == b"-" and not text[:column].strip(b" "):
            return line
        line -= 1
    raise ValueError("no dash")


def dash_column(item: Item, lines: Lines) -> int:
    """The column of the dash before an entry in block style."""
    line, column = item.node.start_mark.line + item.shift, item.node.start_mark.column
    before = lines.text(line)[:column]
    while b"-" not in before and line:
        line -= 1
        before = lines.text(line).partition(b"#")[0]
    return len(before.removeprefix(BOM).partition(b"-")[0])


# --- in block style ------------------------------------------------------------------------------------------


def appended(last: Item, text: Sequence[bytes], column: int, lines: Lines) -> Splice:
    """Lines after the last entry of a list in block style, and after the comments that belong to it.

    `column` is where the dashes stand.
    """
    line = end_line(last, lines)
    while line + 1 < len(lines.starts):
        text_below = lines.text(line + 1)
        blanks = len(text_below) - len(text_below.lstrip(b" "))
        if not (text_below.lstrip().startswith(b"#") and blanks > column):
            break
        line += 1
    return lines.after(line, lines.newline.join(text))


def has_gaps(first: Item, second: Item, column: int, lines: Lines) -> bool:
    """Whether a blank line stands between two entries in block style that follow each other."""
    between = range(end_line(first, lines) + 1, dash_line(second, column, lines))
    return any(not lines.text(line).strip() for line in between)


def without(items: Sequence[Item], gone: Collection[int], column: int, lines: Lines) -> list[Splice]:
    """Take entries (by their number) out of a list in block style: their lines go."""
    found = []
    for number in sorted(gone):
        start = lines.starts[dash_line(items[number], column, lines)]
        found.append(Splice(start, lines.end(end_line(items[number], lines)), b""))
    return found


# --- in brackets ---------------------------------------------------------------------------------------------


def appended_in_brackets(last: Item, texts: Sequence[bytes], lines: Lines) -> Splice:
    """Entries after the last one of a list in brackets, each in a line of its own if those there are.

    A comment behind the last one stays there.
    """
    start, end = last.node.start_mark, _end(last, lines)
    before = lines.text(start.line + last.shift)[: start.column]
    if before.strip(b" \t"):
        return Splice(end, end, b"".join(b", " + text for text in texts))
    stop = lines.stops[lines.line_of(end)]
    rest = _COMMENT.fullmatch(lines.content, end, stop)
    comma, comment = (rest[1] or b"", rest[2]) if rest else (b"", b"")
    glue = lines.newline + before
    return Splice(end, stop if rest else end, b"," + comment + glue + (b"," + glue).join(texts) + comma)


def without_in_brackets(items: Sequence[Item], gone: Collection[int], lines: Lines) -> list[Splice]:
    """Take entries out of a list in brackets, each with one comma: that after it, or else that before it."""
    found = []
    has_end = bool(items) and _comma(_end(items[-1], lines), lines) >= 0
    kept = [number for number in range(len(items)) if number not in gone]
    for number in sorted(gone):
        start, end = lines.at(items[number].node.start_mark, items[number].shift), _end(items[number], lines)
        if kept and number > kept[-1] and not has_end:
            comma = _comma(_end(items[number - 1], lines), lines)
            if not lines.content[comma + 1 : start].strip(b" "):  # in one line: with the blank between
                found.append(Splice(comma, end, b""))
                continue
            found += [Splice(comma, comma + 1, b""), _with_line(start, end, lines)]
            continue
        comma = _comma(end, lines)
        if lines.content[end:comma].strip() or comma < 0:  # none, or a comment before it
            found += [Splice(start, end, b"")] + ([Splice(comma, comma + 1, b"")] if comma >= 0 else [])
        else:
            found.append(_with_line(start, comma + 1, lines))
    return found


def _comma(end: int, lines: Lines) -> int:
    """The byte of the comma after an entry, -1 if there is none."""
    gap = _GAP.match(lines.content, end)
    comma = gap.end() if gap else end
    return comma if lines.content[comma : comma + 1] == b"," else -1


def _with_line(start: int, stop: int, lines: Lines) -> Splice:
    """A part to be taken out: with its line if nothing else stands there, else with the blanks behind it."""
    line, last = lines.line_of(start), lines.line_of(stop)
    before, after = lines.content[lines.starts[line] : start], lines.content[stop : lines.stops[last]]
    if not before.strip() and not after.strip() and line:
        return Splice(lines.starts[line], lines.end(last), b"")
    return Splice(start, stop + len(after) - len(after.lstrip(b" ")), b"")
