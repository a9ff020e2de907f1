"""What a text calls the files and pages that it names: all that stands behind `](`, but in code."""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from quizapp.markup.markdown import parser

_TARGET = r"(?<=\]\()(?:<(?P<pointed>[^<>\n]+)>|(?P<bare>[^()\s<>]+(?:\([^()\s]*\)[^()\s<>]*)*))(?=\s*[)\"'])"
_CODE = r"(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=ticks)(?!`)|`+"
_SIGNS = re.compile(rf"\\.|{_CODE}|{_TARGET}", re.DOTALL)
_BLOCKS = ("```", "~~~", "    ", "\t")  # without one of these a text has no block of code
_LINES = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")


def targets(text: str) -> Iterator[str]:
    """What the text names, in its order."""
    for part, is_code in _parts(text):
        for match in () if is_code else _SIGNS.finditer(part):
            if named := match["pointed"] or match["bare"]:
                yield named


def with_targets(text: str, place: Callable[[str], str]) -> str:
    """The text, which names by their places what it named by what `place` is given."""

    def placed(match: re.Match[str]) -> str:
        named = match["pointed"] or match["bare"] or ""
        there = place(named) if named else ""
        return match[0] if there == named else there

    return "".join(part if is_code else _SIGNS.sub(placed, part) for part, is_code in _parts(text))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text in parts, each with whether it is a block of code; nothing of a text that names nothing."""
    if "](" not in text or not any(sign in text for sign in _BLOCKS):
        yield text, "](" not in text
        return
    blocks = [
        token.map for token in parser().parse(text) if token.type in ("fence", "code_block") and token.map
    ]
    code = {line for first, end in blocks for line in range(first, end)}
    for is_code, lines in groupby(enumerate(_LINES.split(text)), lambda line: line[0] in code):
        yield "".join(line for _, line in lines), is_code
