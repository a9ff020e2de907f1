"""Two versions of a text, with the words in which they differ brought out."""

import re
from difflib import SequenceMatcher

from textual.content import Content

from quizapp.markup.plain import visible

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_MOST = 1000  # words that are compared; what comes after them is shown as it is
_BEFORE, _AFTER = "bold underline $text-warning", "bold underline $text-success"


def differences(before: str, after: str) -> tuple[Content, Content]:
    """Both texts as they are shown; what only one of them has stands out, in colour and without."""
    old, new = (_WORD.findall(visible(text).rstrip()) for text in (before, after))
    first, second = old[:_MOST], new[:_MOST]
    one, other = [], []
    for what, start, end, begin, stop in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        same = what == "equal"
        one.append(_part(first[start:end], "" if same else _BEFORE))
        other.append(_part(second[begin:stop], "" if same else _AFTER))
    one.append(_part(old[_MOST:], ""))
    other.append(_part(new[_MOST:], ""))
    return Content("").join(one), Content("").join(other)


def _part(words: list[str], style: str) -> Content:
    return Content("".join(words)).stylize(style)
