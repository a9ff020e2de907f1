"""Code in colours: the words of a language told apart by classes, and the style that gives these their colours."""

from html import escape
from itertools import groupby

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


def highlighted(code: str, language: str) -> str | None:
    """The code as HTML with a class for each kind of word; None for a language that nobody knows."""
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415  for code only
    from pygments.token import STANDARD_TYPES  # noqa: PLC0415  as above
    from pygments.util import ClassNotFound  # noqa: PLC0415  as above

    if len(code) > _LONGEST:
        return escape(code, quote=False)
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    kinds = ((_KINDS.get(STANDARD_TYPES.get(token, ""), ""), text) for token, text in lexer.get_tokens(code))
    parts = []
    for kind, group in groupby(kinds, key=lambda pair: pair[0]):
        text = escape("".join(text for _, text in group), quote=False)
        parts.append(f'<span class="{kind}">{text}</span>' if kind else text)
    return "".join(parts)


def _rules(place: int, before: str) -> str:
    return "".join(f"{before}.code .{kind} {{ color: {pair[place]}; }}\n" for kind, pair in _COLOURS.items())


CODE_STYLES = _rules(0, "") + _rules(1, ".nightMode ") + _rules(1, ".night_mode ")
