"""A row of a Markdown table into its cells.

GitHub cuts a row at every pipe that no backslash precedes, even within code and formulas. Notes are not written
so carefully: a pipe within `a | b` or $P(A|B)$ is text here, too, where the row then has as many cells as its table.
"""

import re

_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(?:(?!\1(?!`)).)*?(?<!`)\1(?!`)")
_MATHS = re.compile(r"(?<![\\$])(\$\$?)(?![\s$])[^$]*?(?<![\s\\])\1(?![\d$])")
_PIPE = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_DELIMITER = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?")


def is_delimiter(line: str) -> bool:
    """Whether a line is the one below a table's header."""
    return "-" in line and bool(_DELIMITER.fullmatch(line.strip()))


def cells(line: str, columns: int = 0) -> tuple[str, ...]:
    """The texts of a row's cells. `columns` is how many its table has, 0 if that isn't known yet."""
    code = _spans(_CODE, line)
    whole = _cut(line, code)
    if columns and len(whole) > columns:
        fewer = _cut(line, code + _spans(_MATHS, line))
        whole = fewer if len(fewer) == columns else whole
    if columns > 1 and len(whole) < 2:  # backticks that are no code hold it together
        whole = _cut(line, [])
    while len(whole) > columns > 0 and not whole[-1]:
        whole.pop()
    return tuple(map(_text, whole))


def _spans(pattern: re.Pattern[str], line: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(line)]


def _cut(line: str, kept: list[tuple[int, int]]) -> list[str]:
    """Cut at the pipes that are neither escaped nor within what is kept whole."""
    found = []
    done = 0
    within = {place for start, end in kept for place in range(start, end)}
    for pipe in _PIPE.finditer(line):
        place = pipe.start()
        if place not in within:
            found.append(line[done:place].strip())
            done = place + 1
    found.append(line[done:].strip())
    if not found[0] and len(found) > 1:
        del found[0]
    if not found[-1] and len(found) > 1:
        del found[-1]
    return found


def _text(cell: str) -> str:
    """A cell's Markdown by itself: pipes need no backslash there, and lines end as lines do; code stays."""
    parts = []
    done = 0
    for start, end in _spans(_CODE, cell):
        parts += [_BREAK.sub("\n", cell[done:start]), cell[start:end]]
        done = end
    parts.append(_BREAK.sub("\n", cell[done:]))
    return "".join(parts).replace("\\|", "|").strip()
