"""Texts written as YAML, so that every reader takes them for the text they are.

A text is plain where it can be, in quotes where a reader would see something else, and after `|` if it has
several lines. Styles are those of PyYAML: "" plain, `'`, `"`, `|`, `>`.
"""

import json
import re
from collections.abc import Sequence

# What may be a number, a date or a time for some reader, and the words that are no text for some.
_NUMBER = re.compile(r"[-+.]?[0-9][0-9a-fA-FxXo_:.,+\-eETtZz ]*|[-+]?\.[0-9infaINFA]+")
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n", "~", "=", "<<"))
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_INSIDE = re.compile(r": |:$| #|[\t\n]|^\s|\s$")
_IN_BRACKETS = re.compile(r"[^\w .;()+*/<>=-]|(?<!\w)[-+*/<>=]")  # what a list in brackets could trip over
_RAW = frozenset(
    ("type", "added")
)  # keys whose values are meant as the truth value and the date they look like
_WIDTH = 100  # columns of a folded line
_LONG_LIST = 80  # letters of a list that is written in brackets


def in_one_line(text: str, style: str = "", *, brackets: bool = False, json_text: bool = False) -> str:
    """The text in one line, in its old style if that can hold it; `brackets`: within `[]` or `{}`."""
    if json_text:
        return json.dumps(text, ensure_ascii=False)
    if "\n" not in text:
        if style not in ("'", '"') and _can_be_plain(text, brackets=brackets):
            return text
        if style == "'" or "\\" in text or '"' in text or "\t" in text:
            return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _can_be_plain(text: str, *, brackets: bool) -> bool:
    if not text or text[0] in _INDICATORS or text.lower() in _WORDS or text.startswith("\ufeff"):
        return False
    if _INSIDE.search(text) or _NUMBER.fullmatch(text):
        return False
    return not (brackets and _IN_BRACKETS.search(text))


def in_lines(text: str, indent: int, style: str = "|") -> list[str] | None:
    """Header and lines of a block scalar whose parent stands at column `indent`; None if there can be none.

    The lines are indented by two more. A folded one (style `>`) becomes literal if folding would change it.
    """
    if not text.strip() or "\r" in text:
        return None
    folds = style == ">" and "\n" not in text and text == " ".join(text.split())
    lines = _folded(text, max(_WIDTH - indent, _WIDTH // 2)) if folds else text.split("\n")
    number = "" if lines[0][:1].strip() else "2"  # blanks at the beginning belong to the text
    blanks = " " * (indent + 2)
    return [f"{'>' if folds else '|'}{number}", *(blanks + line if line else "" for line in lines)]


def _folded(text: str, width: int) -> list[str]:
    """The text in lines of about that many letters, broken at blanks."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


def as_list(texts: Sequence[str], *, json_text: bool = False) -> str | None:
    """Texts as a list in brackets; None if they are better written one a line."""
    written = ", ".join(in_one_line(text, brackets=True, json_text=json_text) for text in texts)
    if not json_text and (len(written) > _LONG_LIST or any("\n" in text for text in texts)):
        return None
    return f"[{written}]"


def pair(key: str, value: str | Sequence[str], column: int, style: str = "") -> list[str]:
    """The lines of one key with its value in a map at this column; the first is without its blanks."""
    if isinstance(value, str):
        return _text_pair(key, value, column, style)
    if (brackets := as_list(value)) is not None:
        return [f"{key}: {brackets}"]
    return [f"{key}:", *(line for text in value for line in item(text, column + 2))]


def _text_pair(key: str, text: str, column: int, style: str) -> list[str]:
    if "\n" in text or style in ("|", ">"):
        lines = in_lines(text, column, style or "|")
        if lines is not None:
            return [f"{key}: {lines[0]}", *lines[1:]]
    return [f"{key}: {text if key in _RAW else in_one_line(text, style)}"]


def item(text: str, column: int, style: str = "") -> list[str]:
    """The lines of one entry of a list whose dashes stand at this column."""
    blanks = " " * column
    if "\n" in text or style in ("|", ">"):
        lines = in_lines(text, column, style or "|")
        if lines is not None:
            return [f"{blanks}- {lines[0]}", *lines[1:]]
    return [f"{blanks}- {in_one_line(text, style)}"]


def in_braces(fields: Sequence[tuple[str, str | Sequence[str]]], *, json_text: bool) -> str:
    """A map in braces, in one line."""

    def value(key: str, content: str | Sequence[str]) -> str:
        if not isinstance(content, str):
            texts = ", ".join(in_one_line(text, brackets=True, json_text=json_text) for text in content)
            return f"[{texts}]"
        if key == "type" or (key in _RAW and not json_text):
            return content
        return in_one_line(content, brackets=True, json_text=json_text)

    name = '"{}"' if json_text else "{}"
    return "{" + ", ".join(f"{name.format(key)}: {value(key, content)}" for key, content in fields) + "}"


def in_block(fields: Sequence[tuple[str, str | Sequence[str]]], dash: int, column: int) -> list[str]:
    """The lines of an entry of a list: a dash at one column, its keys at another."""
    blanks = " " * column
    lines: list[str] = []
    for key, value in fields:
        first, *rest = pair(key, value, column)
        lines += [blanks + first, *rest]
    lines[0] = f"{' ' * dash}-{' ' * (column - dash - 1)}{lines[0][column:]}"
    return lines
