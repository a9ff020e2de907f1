"""Formulas in card text: where they are, and why one can't be drawn.

A formula is TeX between dollars, `$x$` or `$$x$$`. As for Pandoc, a single dollar opens one only before a sign and
closes it only after one and before no digit, so that prices stay prices.
"""

import re
from collections.abc import Iterator, Mapping

_CODE = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_FORMULA = re.compile(r"\$\$(.*?)\$\$|\$(?=[^\s$])((?:[^$\n\\]|\\.|\n(?!\s*\n))+?)(?<!\s)\$(?!\d)", re.DOTALL)
_BEGUN = re.compile(
    r"\$\$(?=[^$]*[\\^_])|\$(?!\d[\d,.]*\s)(?=[^\s$][^$\n]{0,60}?\\[A-Za-z]{2}|\\[A-Za-z]{2})"
)
_ESCAPED = re.compile(r"\\[^A-Za-z]")
_TEXT = re.compile(r"\\text\s*\{[^{}$]*\}")  # words, in which all signs are meant
_BLANK = "\x00\x00"  # in the place of an escaped sign

_COMMAND = re.compile(r"\\([A-Za-z]+)\*?")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
_GROUP = re.compile(r"\\[A-Za-z]+\s*(?:\[[^\[\]]*\]\s*)?|[^\s{}&^_\\]|\{")
_WANTS = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac", "binom", "overset", "underset", "stackrel"), 2),
    **dict.fromkeys(
        (
            *(
                "sqrt",
                "text",
                "textbf",
                "textit",
                "mathrm",
                "mathbb",
                "mathbf",
                "mathcal",
                "mathit",
                "mathsf",
            ),
            *(
                "boldsymbol",
                "operatorname",
                "hat",
                "widehat",
                "bar",
                "vec",
                "tilde",
                "dot",
                "ddot",
                "overline",
            ),
            *("underline", "overbrace", "underbrace", "boxed", "pmb", "mathfrak", "mathtt", "widetilde"),
        ),
        1,
    ),
}
_TWICE = re.compile(r"(\^|_)\s*(?:\{[^{}]*\}|\\[A-Za-z]+|[^\s{}\\^_])\s*\1")
_SCRIPT = re.compile(r"[\^_]")
_BRACE = re.compile(r"[{}]")
_ARGUMENT = re.compile(r"\s*(?:\[[^\[\]]*\]\s*)?")


def formulas(text: str) -> list[str]:
    """The formulas of a text in Markdown, in order, without their dollars; those in code are none."""
    return [formula.replace(_BLANK, "\\$") for formula in _found(_bare(text))]


def fault(text: str) -> str:
    """Why a formula of the text can't be drawn, as a sentence that says what to write; "" if all can."""
    if "$" not in text:
        return ""
    bare = _bare(text)
    for formula in _found(bare):
        if found := next(_faults(formula), ""):
            return f'the formula "{_short(formula)}" can\'t be drawn: {found}'
    rest = _FORMULA.sub(" ", bare)
    if begun := _BEGUN.search(rest):
        return f'the formula "{_short(rest[begun.start() :])}" has no end; close it with "{begun[0]}"'
    return ""


def _found(bare: str) -> list[str]:
    return [match[1] if match[1] is not None else match[2] for match in _FORMULA.finditer(bare)]


def _bare(text: str) -> str:
    """The text without code, and without dollars that are meant as such."""
    without = _CODE.sub(" ", text) if "`" in text or "~~~" in text else text
    return without.replace("\\$", _BLANK)


def _short(formula: str) -> str:
    line = " ".join(formula.replace(_BLANK, "\\$").split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def _faults(formula: str) -> Iterator[str]:
    if not formula.strip():
        yield "it is empty; write it between the dollars, or delete them"
        return
    text = _TEXT.sub(r"\\text{}", _ESCAPED.sub(_BLANK, formula))
    yield from _pairs(text)
    yield from _arguments(text)
    if twice := _TWICE.search(text):
        yield f'"{twice[1]}" stands twice after one sign; put braces around what belongs together'
    if "&" in text and "\\begin" not in text:
        yield '"&" belongs into a table such as \\begin{matrix}; write "\\&" for the sign'


def _pairs(text: str) -> Iterator[str]:
    """Braces, environments, and what grows with its content."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            yield 'it has a "}" too many; delete it, or write "\\}" for the sign'
            break
    if depth > 0:
        yield 'a "{" has no end; close it with "}"'
    begun: list[str] = []
    for match in _ENVIRONMENT.finditer(text):
        if match[1] == "begin":
            begun.append(match[2])
        elif not begun or begun.pop() != match[2]:
            yield f"\\end{{{match[2]}}} ends what was not begun; write \\begin{{{match[2]}}} before it"
            return
    if begun:
        yield f"\\begin{{{begun[-1]}}} has no end; add \\end{{{begun[-1]}}}"
    names = _COMMAND.findall(text)
    if names.count("left") != names.count("right"):
        yield 'each \\left wants its \\right; write "\\right." where no bracket is meant'


def _arguments(text: str) -> Iterator[str]:
    """Commands, powers and indices after which something is missing. Braces are in pairs here."""
    closing = _closing(text)
    for match in _COMMAND.finditer(text):
        wanted = _WANTS.get(match[1], 0)
        place = match.end()
        for number in range(wanted):
            end = _argument_end(text, place, closing)
            if end is None:
                wants = "braces after it" if wanted == 1 else f"{wanted} pairs of braces, {number} are there"
                yield f"\\{match[1]} wants {wants}"
                break
            place = end
    for sign in _SCRIPT.finditer(text):
        if _argument_end(text, sign.end(), closing) is None:
            yield f'nothing stands after "{sign[0]}"'


def _closing(text: str) -> dict[int, int]:
    """Where the group that begins with a brace ends, by the place of that brace."""
    found: dict[int, int] = {}
    begun: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            begun.append(brace.start())
        elif begun:
            found[begun.pop()] = brace.end()
    return found


def _argument_end(text: str, place: int, closing: Mapping[int, int]) -> int | None:
    """Where the argument that begins here ends: a group, a command or one sign; None if there is none."""
    skipped = _ARGUMENT.match(text, place)
    place = skipped.end() if skipped else place
    found = _GROUP.match(text, place)
    if found is None:
        return None
    return closing.get(place, len(text)) if found[0] == "{" else found.end()
