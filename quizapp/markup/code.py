"""Code in colours: the words of a language told apart by classes, and the style that gives these their colours."""

import re
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_LONGEST = 20_000  # letters; what is longer is shown without colours

_CLASSES = {  # Pygments' classes by what they are to the eye; those not named here look like text
    "k": ("k", "kc", "kd", "kn", "kp", "kr", "ow"),
    "t": ("kt", "nc", "nb", "bp", "ne", "nn", "nd"),
    "f": ("nf", "fm", "nt", "na"),
    "s": ("s", "sa", "sb", "sc", "dl", "s2", "se", "sh", "si", "sx", "sr", "s1", "ss", "sd"),
    "n": ("m", "mb", "mf", "mh", "mi", "mo", "il", "l", "ld"),
    "c": ("c", "ch", "cm", "cp", "cpf", "c1", "cs"),
}
_KINDS = {name: kind for kind, names in _CLASSES.items() for name in names}
_COLOURS = {  # light, dark
    "k": ("#7a3e9d", "#c99aea"),
    "t": ("#0b6e80", "#6cc5d6"),
    "f": ("#1f5fbf", "#86b6ff"),
    "s": ("#2e6b2e", "#9ccb8a"),
    "n": ("#a04a00", "#f0ae72"),
    "c": ("#626a73", "#98a2ad"),
}


def highlighted(code: str, language: str, marks: re.Pattern[str] | None = None) -> str | None:
    """The code as HTML with a class for each kind of word; None for a language that nobody knows.

    What `marks` finds is no part of the code, and stays where it is.
    """
    if len(code) > _LONGEST:
        return escape(code, quote=False)
    words = _words(marks.sub("", code) if marks else code, language.lower())
    if words is None:
        return None
    found = [(match.start(), match[0]) for match in marks.finditer(code)] if marks else []
    parts: list[str] = []
    place = taken = 0  # in the code as it is given; how many of the marks were passed
    for kind, text in words:
        pieces: list[str] = []
        done = 0
        while taken < len(found) and (at := found[taken][0] - place) < len(text):
            (pieces if at else parts).extend((escape(text[done:at], quote=False), found[taken][1]))
            place += len(found[taken][1])
            done = at
            taken += 1
        inner = "".join((*pieces, escape(text[done:], quote=False)))
        place += len(text)
        parts.append(f'<span class="{kind}">{inner}</span>' if kind else inner)
    return "".join((*parts, *(mark for _, mark in found[taken:])))


def _words(code: str, language: str) -> list[tuple[str, str]] | None:
    """The words of the code, each with its kind, those of one kind beside each other as one."""
    lexer = _lexer(language)
    if lexer is None:
        return None
    from pygments.token import STANDARD_TYPES  # noqa: PLC0415  for code only

    kinds = ((_KINDS.get(STANDARD_TYPES.get(token, ""), ""), text) for token, text in lexer.get_tokens(code))
    words = [
        (kind, "".join(text for _, text in group)) for kind, group in groupby(kinds, key=lambda pair: pair[0])
    ]
    return words if "".join(text for _, text in words) == code else [("", code)]


@lru_cache(maxsize=64)
def _lexer(language: str) -> "Lexer | None":
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415  for code only
    from pygments.util import ClassNotFound  # noqa: PLC0415  as above

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _rules(place: int, before: str) -> str:
    return "".join(f"{before}.code .{kind} {{ color: {pair[place]}; }}\n" for kind, pair in _COLOURS.items())


CODE_STYLES = _rules(0, "") + _rules(1, ".nightMode ") + _rules(1, ".night_mode ")
