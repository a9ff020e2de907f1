"""Card text as Markdown: one parser for all that shows it."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCHEMES = frozenset(("http", "https", "mailto"))


@cache
def parser() -> "MarkdownIt":
    """CommonMark with tables, `~~struck out~~` and formulas in dollars; HTML is text, and a line's end is one."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  30 ms, for those who draw cards
    from mdit_py_plugins.dollarmath import dollarmath_plugin  # noqa: PLC0415  as above

    made = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    made.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    made.validateLink = is_harmless  # type: ignore[method-assign, assignment]
    return made


def is_harmless(address: str) -> bool:
    """Whether an address may be a link: on the web, of a mailbox, or a file's without a scheme."""
    match = _SCHEME.match(address.strip())
    return match[1].lower() in _SCHEMES if match else not address.startswith("//")
