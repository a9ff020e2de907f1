"""Why a text is no YAML, in words that say what to write instead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizapp.decks.composing import Mark
from quizapp.decks.values import BACKSLASH, shown

if TYPE_CHECKING:
    from yaml import YAMLError

_VALUE = re.compile(r"""\s*(?:-\s+)*(?:"[^"]*"|'[^']*'|[^\s:#]+)\s*:\s+(?=\S)""")
_GLUED = re.compile(r"\s*(?:-\s+)*([a-z]+):(?=\S)")
_QUOTES = ('"', "'")
_OPENING = ("[", "{", *_QUOTES)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where (line and column from 1, within the text that was read)."""

    line: int
    column: int
    code: str
    message: str


def explain(error: "YAMLError", lines: Sequence[str]) -> Fault:
    """What a YAMLError of libyaml means, given the lines of the text."""
    mark: Mark | None = getattr(error, "problem_mark", None)
    if mark is None:
        return Fault(1, 1, "not-yaml", "this text can't be read as YAML")
    problem, context = getattr(error, "problem", None) or "", getattr(error, "context", None) or ""
    start = getattr(error, "context_mark", None) or mark
    for explainer in (_documents, _quoted, _tokens, _colon, _flow, _keys, _references):
        if fault := explainer(f"{context}; {problem}", mark, start, lines):
            return _within(fault, lines)
    message = f"this is no YAML here ({shown(problem)}); see that keys are indented alike"
    return _within(_fault(mark, "not-yaml", message), lines)


def _within(fault: Fault, lines: Sequence[str]) -> Fault:
    """The fault, at the text's end if libyaml puts it after that."""
    if fault.line <= len(lines):
        return fault
    return replace(fault, line=len(lines), column=len(lines[-1]) + 1)


def _fault(mark: Mark, code: str, message: str) -> Fault:
    return Fault(mark.line + 1, mark.column + 1, code, message)


def _line(mark: Mark, lines: Sequence[str]) -> str:
    return lines[mark.line] if mark.line < len(lines) else ""


def _begins(mark: Mark, lines: Sequence[str]) -> tuple[str, int]:
    """The text behind the key of the mark's line, and its column; "" if there is none."""
    match = _VALUE.match(_line(mark, lines))
    return (_line(mark, lines)[match.end() :], match.end()) if match else ("", 0)


def _begins_with(sign: str) -> str:
    return f'text that begins with "{shown(sign)}" needs quotes'


def _documents(said: str, mark: Mark, _start: Mark, lines: Sequence[str]) -> Fault | None:
    if "document" not in said or "quoted" in said:
        return None
    sign = _line(mark, lines)[:3]
    if sign in ("---", "..."):
        return _fault(mark, "several-documents", f'a deck is one document; delete this "{sign}"')
    return _fault(mark, "not-yaml", "this doesn't belong to the deck; indent it, or delete it")


def _quoted(said: str, mark: Mark, start: Mark, lines: Sequence[str]) -> Fault | None:
    if "quoted scalar" not in said:
        return None
    if "end of stream" in said or "document indicator" in said:
        quote = _line(start, lines)[start.column : start.column + 1]
        return _fault(start, "unclosed-quote", f"this {quote} is never closed; put one at the text's end")
    if "escape" in said or "hexdecimal" in said:
        return _fault(mark, "backslash", BACKSLASH)
    return _fault(mark, "indentation", "a text in quotes goes on here; indent its lines with spaces")


def _tokens(said: str, mark: Mark, _start: Mark, lines: Sequence[str]) -> Fault | None:
    sign = _line(mark, lines)[mark.column : mark.column + 1]
    if "tab character" in said or ("cannot start any token" in said and sign == "\t"):
        return _fault(mark, "tab", "a tab can't indent; use spaces")
    if "cannot start any token" in said and sign:
        return _fault(mark, "needs-quotes", _begins_with(sign))
    if "mapping keys are not allowed" in said:
        return _fault(mark, "needs-quotes", _begins_with("?"))
    if "block sequence entries" in said:
        return _fault(mark, "needs-quotes", _begins_with("-") + "; a list begins on a line of its own")
    if "block scalar" in said:
        value, column = _begins(mark, lines)
        message = f'after "{value[:1] or "|"}" the text begins on the next line, or else it needs quotes'
        return Fault(mark.line + 1, (column or mark.column) + 1, "block-text", message)
    return None


def _colon(said: str, mark: Mark, _start: Mark, lines: Sequence[str]) -> Fault | None:
    if "mapping values" not in said:
        return None
    before = _line(mark, lines)[: mark.column]
    above = lines[mark.line - 1] if 0 < mark.line <= len(lines) else ""
    if _VALUE.match(before + " x") and re.search(r":\s", before):
        return _fault(mark, "colon", 'text with ": " in it needs quotes')
    if glued := _GLUED.match(above):
        column = glued.start(1) + 1
        return Fault(mark.line, column, "colon", f'write a space after "{glued[1]}:"')
    return _fault(mark, "indentation", "this key is not indented as those above it; put it under them")


def _flow(said: str, mark: Mark, start: Mark, lines: Sequence[str]) -> Fault | None:
    if "node content" in said and mark.column < len(_line(mark, lines)):
        return _fault(mark, "needs-quotes", _begins_with(_line(mark, lines)[mark.column]))
    if "parsing a flow" not in said:
        return None
    if _line(start, lines)[start.column : start.column + 2] == "{{":
        return _fault(start, "needs-quotes", _begins_with("{{"))
    sign = _line(start, lines)[start.column : start.column + 1] or "["
    close = "}" if sign == "{" else "]"
    message = f'this "{sign}" has no "{close}"; add it, or put the text in quotes'
    return _fault(start, "unclosed-list", message)


def _keys(said: str, mark: Mark, start: Mark, lines: Sequence[str]) -> Fault | None:
    if "expected key" in said:
        value, column = _begins(mark, lines)
        if value[:1] in _OPENING and column < mark.column:
            return Fault(mark.line + 1, column + 1, "needs-quotes", _goes_on(value))
        return _fault(mark, "indentation", "this line is not indented as the keys above; put it under them")
    if "expected ':'" in said:
        message = 'this line is no "key: text"; indent it more than its key, or put "|" after that'
        return _fault(start, "no-key", message)
    if "'-' indicator" in said:
        message = "this line stands neither under the dashes nor under the keys; indent it as those above"
        return _fault(mark, "indentation", message)
    return None


def _goes_on(value: str) -> str:
    """Why a value that began with a bracket or a quote can't go on after its end."""
    if value[0] in _QUOTES:
        return "this text goes on after its closing quote; put quotes around all of it, or use |"
    return _begins_with("{{" if value.startswith("{{") else value[0])


def _references(said: str, mark: Mark, start: Mark, _lines: Sequence[str]) -> Fault | None:
    if "alias" in said:
        return _fault(mark if "undefined" in said else start, "needs-quotes", _begins_with("*"))
    if "duplicate anchor" in said:
        return _fault(mark, "needs-quotes", _begins_with("&") + "; this anchor stands twice")
    if "anchor" in said:
        return _fault(start, "needs-quotes", _begins_with("&"))
    if "tag" in said:
        return _fault(start, "needs-quotes", _begins_with("!"))
    return None
