"""Card text as Markdown: one parser for all that shows it."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCHEMES = frozenset(("http", "https", "mailto"))


@cache
def parser() -> "MarkdownIt":
    """CommonMark with tables, `~~struck out~~` and formulas in dollars; HTML is text, and a line's end is one.

    Links by reference are text, too: a card holds no list of addresses, and no line of it may vanish.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415  30 ms, for those who draw cards
    from mdit_py_plugins.dollarmath.index import math_inline_dollar  # noqa: PLC0415  as above

    made = MarkdownIt("commonmark", {"html": False, "breaks": True})
    made.enable(["table", "strikethrough"]).disable(["reference", "html_block", "html_inline"])
    dollar = math_inline_dollar(allow_space=False, allow_digits=True, allow_double=True)
    made.inline.ruler.before("escape", "formula", lambda state, silent: _no_price(state, silent, dollar))
    made.block.ruler.before(
        "fence", "formula_block", _formula_block, {"alt": ["paragraph", "blockquote", "list"]}
    )
    made.validateLink = is_harmless  # type: ignore[method-assign, assignment]
    return made


def _no_price(state: "StateInline", silent: bool, dollar: "Callable[[StateInline, bool], bool]") -> bool:
    """A formula, unless a digit follows its end: `$5 and $6` are prices."""
    start = state.pos
    if state.src[start] != "$" or not dollar(state, True):
        return False
    end, state.pos = state.pos, start
    return not state.src[end : end + 1].isdigit() and dollar(state, silent)


def _formula_block(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """A formula in lines of its own, from `$$` at the beginning of one to `$$` at the end of this or another."""
    if state.is_code_block(start):
        return False
    first = _line(state, start)
    if not first.startswith("$$") or (silent and len(first) > 2):  # only `$$` alone ends a paragraph
        return False
    lines = [first[2:]]
    while "$$" not in lines[-1]:
        line = start + len(lines)
        outside = line < end and state.sCount[line] < state.blkIndent and not state.isEmpty(line)
        if line >= end or (outside and not silent):
            return False
        lines.append(_line(state, line))
    if not lines[-1].endswith("$$") or lines[-1].count("$") > 2 or lines == ["$$"]:
        return False
    if not silent:
        lines[-1] = lines[-1][:-2]
        token = state.push("math_block", "math", 0)
        token.content, token.markup, token.block = "\n".join(lines), "$$", True
        token.map = [start, start + len(lines)]
        state.line = start + len(lines)
    return True


def _line(state: "StateBlock", line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def is_harmless(address: str) -> bool:
    """Whether an address may be a link: on the web, of a mailbox, or a file's without a scheme."""
    match = _SCHEME.match(address.strip())
    return match[1].lower() in _SCHEMES if match else not address.startswith("//")
