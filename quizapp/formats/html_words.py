"""The words of a paragraph into Markdown: marks where they hold, and a backslash where text would be taken for one."""

import re
from collections.abc import Sequence

OPEN = {"b": "\ue010", "i": "\ue012", "s": "\ue014"}
CLOSE = {"b": "\ue011", "i": "\ue013", "s": "\ue015"}
_SIGNS = {"b": "**", "i": "*", "s": "~~"}
_OPENS = {sign: mark for mark, sign in OPEN.items()}
_CLOSES = {sign: mark for mark, sign in CLOSE.items()}
HELD = re.compile("[\ue000-\ue015]")  # what stands for something here; no field has it
_HELD = re.compile("\ue000([0-9]+)\ue001")
_TOKENS = re.compile("([\ue010-\ue015])")
_PARAGRAPH = re.compile(r"\n[ \n]*\n")

# What Markdown would take for a mark within a line, and at the beginning of one.
_WITHIN = re.compile(
    r"(?P<all>`|\\(?=[!-/:-@\[-`{-~\n\ue000-\ue015])|\*(?=\S)|(?<=\S)\*|\](?=\()|!(?=\ue000)|~(?=~)|&(?=#?\w{1,30};)|<(?=[a-zA-Z][\w.+-]{1,31}:|[\w.+-]+@))"
    r"|(?P<low>_)|\$"
)
_RUNS = {  # signs that are marks by pairs
    "`": re.compile(r"`+"),
    "*": re.compile(r"(?<![\s*])\*+|(?<!\*)\*+(?![\s*])"),
    "_": re.compile(r"_+"),
    "~": re.compile(r"~+"),
}
_MONEY = re.compile(r"\$(?!\s)[^$]*(?<!\s)\$(?!\d)|\$\$[^$]*\$\$")  # that would be a formula
_AT_START = re.compile(
    r"(?P<sign>#{1,6}(?=[ \n]|$)|>|[-+*](?=[ \n]|$)|~~~|`{3}"
    r"|(?:-[ ]*){3,}$|(?:\*[ ]*){3,}$|(?:_[ ]*){3,}$|(?:=+)[ ]*$|-+[ ]*$"
    r"|\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)+\|?$)"
    r"|(?P<number>[0-9]{1,9})(?=[.)](?:[ \n]|$))"
)


def held(text: str, kept: list[str]) -> str:
    """A sign for Markdown that is ready: it stands for it until the words around it are written."""
    kept.append(text)
    return f"\ue000{len(kept) - 1}\ue001"


def replaced(text: str, kept: Sequence[str]) -> str:
    """The text with each sign replaced by what it stands for."""
    return _HELD.sub(lambda match: kept[int(match[1])], text)


def written(words: str, kept: Sequence[str]) -> list[str]:
    r"""The paragraphs of a line of words; `\v` in it is a line break, and all other white space a blank."""
    text = re.sub(r"[ \t\n\r\f\xa0]+", " ", words)
    text = re.sub(r" ?\v ?", "\n", text).strip(" ")
    found = []
    carried = ""
    dollars = any("$" in kept[int(number)] for number in _HELD.findall(text))
    for paragraph in _PARAGRAPH.split(text.strip("\n")):
        part, carried = _balanced(carried + paragraph)
        if part := _paragraph(part.strip(), dollars=dollars):
            found.append(replaced(part, kept))
    return ["\n\n".join(found)] if found else []


def _balanced(text: str) -> tuple[str, str]:
    """A paragraph with its marks closed, and the signs that open those again that go on."""
    stack = []
    for sign in _TOKENS.findall(text):
        if sign in _OPENS:
            stack.append(_OPENS[sign])
        elif _CLOSES[sign] in stack:
            stack.reverse()
            stack.remove(_CLOSES[sign])
            stack.reverse()
    return text + "".join(CLOSE[mark] for mark in reversed(stack)), "".join(OPEN[mark] for mark in stack)


def _paragraph(text: str, *, dollars: bool) -> str:
    for mark, sign in CLOSE.items():
        text = text.replace(f"{sign}{OPEN[mark]}", "")  # what ends where the same begins goes on
    parts = _TOKENS.split(_escaped(text, dollars=dollars))
    kept = _holding(parts)
    return "".join(
        part if place % 2 == 0 else _SIGNS[(_OPENS | _CLOSES)[part]] if place in kept else ""
        for place, part in enumerate(parts)
    ).strip()


def _holding(parts: list[str]) -> set[int]:
    """The places of those signs that Markdown takes for marks; blanks at their inner edges go out."""
    _blanks_out(parts)
    before, after = _neighbours(parts)
    kept: set[int] = set()
    opened: list[tuple[str, int]] = []
    for place in range(1, len(parts), 2):
        sign = parts[place]
        if sign in _OPENS:
            opened.append((_OPENS[sign], place))
            continue
        start = next((n for n in range(len(opened) - 1, -1, -1) if opened[n][0] == _CLOSES[sign]), None)
        if start is None:
            continue
        mark, begin = opened[start]
        del opened[start]
        doubled = any(one == mark for one, _ in opened)
        if not doubled and _holds(before[begin], after[begin]) and _holds(after[place], before[place]):
            kept |= {begin, place}
    return kept


def _blanks_out(parts: list[str]) -> None:
    for place in range(1, len(parts), 2):
        if parts[place] in _OPENS:
            after = parts[place + 1]
            bare = after.lstrip(" \n")
            parts[place - 1] += after[: len(after) - len(bare)]
            parts[place + 1] = bare
    for place in range(len(parts) - 2, 0, -2):
        if parts[place] in _CLOSES:
            before = parts[place - 1]
            bare = before.rstrip(" \n")
            parts[place + 1] = before[len(bare) :] + parts[place + 1]
            parts[place - 1] = bare


def _neighbours(parts: Sequence[str]) -> tuple[list[str], list[str]]:
    """For each place what kind of sign stands before it and after it, "" at the ends."""
    before, after = [""] * len(parts), [""] * len(parts)
    for place in range(1, len(parts)):
        before[place] = _near(parts[place - 1][-1:]) if place % 2 and parts[place - 1] else before[place - 1]
    for place in range(len(parts) - 2, -1, -1):
        after[place] = _near(parts[place + 1][:1]) if place % 2 and parts[place + 1] else after[place + 1]
    return before, after


def _holds(outer: str, inner: str) -> bool:
    """Whether a sign is taken for a mark between what stands on its outer and on its inner side."""
    return inner not in ("", " ") and (inner == "a" or outer in ("", " ", "."))


def _near(sign: str) -> str:
    """A blank, a letter or a sign; what is held is a sign."""
    return sign and (" " if sign.isspace() else "a" if sign.isalnum() else ".")


def _escaped(text: str, *, dollars: bool) -> str:
    """Text with a backslash before what would be taken for a mark, and before nothing else."""
    alone = {sign for sign, run in _RUNS.items() if len(run.findall(text)) == 1}
    if _TOKENS.search(text):
        alone -= {"*", "~"}
    if not dollars and not _MONEY.search(text):
        alone.add("$")

    def within(match: re.Match[str]) -> str:
        sign = match[0]
        if sign in alone:
            return sign
        if match["low"]:
            around = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
            inside = len(around) == 2 and (around.isalnum() or around.isspace())
            return sign if inside else rf"\{sign}"
        return rf"\{sign}"

    lines = _WITHIN.sub(within, text).split("\n")
    return "\n".join(_begun(line.strip(" ")) for line in lines)


def _begun(line: str) -> str:
    match = _AT_START.match(line)
    if match is None:
        return line
    if match["number"]:
        return f"{match['number']}\\{line[match.end() :]}"
    return line if line.startswith("\\") else f"\\{line}"
