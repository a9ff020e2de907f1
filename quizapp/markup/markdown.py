"""Card text as Markdown: one parser for all that shows it."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCHEMES = frozenset(("http", "https", "mailto"))


@cache
def parser() -> "MarkdownIt":
    """CommonMark with tables, `~~struck out~~` and formulas in dollars; HTML is text, and a line's end is one."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  30 ms, for those who draw cards
    from mdit_py_plugins.dollarmath import dollarmath_plugin  # noqa: PLC0415  as above
    from mdit_py_plugins.dollarmath.index import math_inline_dollar  # noqa: PLC0415  as above

    made = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    made.use(dollarmath_plugin, allow_labels=False, allow_space=False, double_inline=True)
    dollar = math_inline_dollar(allow_space=False, allow_digits=True, allow_double=True)
    made.inline.ruler.at("math_inline", lambda state, silent: _no_price(state, silent, dollar))
    made.validateLink = is_harmless  # type: ignore[method-assign, assignment]
    return made


def _no_price(state: "StateInline", silent: bool, dollar: "Callable[[StateInline, bool], bool]") -> bool:
    """A formula, unless a digit follows its end: `$5 and $6` are prices."""
    start = state.pos
    if not dollar(state, True):
        return False
    end, state.pos = state.pos, start
    return not state.src[end : end + 1].isdigit() and dollar(state, silent)


def is_harmless(address: str) -> bool:
    """Whether an address may be a link: on the web, of a mailbox, or a file's without a scheme."""
    match = _SCHEME.match(address.strip())
    return match[1].lower() in _SCHEMES if match else not address.startswith("//")
