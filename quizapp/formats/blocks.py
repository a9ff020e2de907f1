"""The blocks of Markdown notes, as a tree: markdown-it-py reads them, tables are cut by our own rule.

Texts within the blocks are not read at all: what a card says stays as it was written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from quizapp.formats.cells import is_delimiter

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_QUOTED = re.compile(r"(?:[ \t]{0,3}>[ \t]?)+")


@dataclass(slots=True)
class Block:
    """One block: `kind` is markdown-it's name for it, `start` and `end` are lines from 0, the end not included.

    `text` is the Markdown of a paragraph, heading or term; `lines` are those of a table, without what encloses
    it; `level` is a heading's.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    level: int = 0
    lines: Sequence[str] = ()
    children: "list[Block]" = field(default_factory=list)


def blocks(text: str) -> list[Block]:
    """The blocks of a text, in its order."""
    root = Block("root", 0, 0)
    path = [root]
    for token in _parser().parse(text):
        if token.nesting > 0:
            start, end = token.map or (path[-1].start, path[-1].end)
            level = int(token.tag[1:]) if token.type == "heading_open" else 0
            block = Block(token.type.removesuffix("_open"), start, end, level=level)
            path[-1].children.append(block)
            path.append(block)
        elif token.nesting < 0:
            path.pop()
        elif token.type == "inline":
            path[-1].text = token.content
            path[-1].start, path[-1].end = token.map or (path[-1].start, path[-1].end)
        elif token.type != "front_matter":
            start, end = token.map or (0, 0)
            path[-1].children.append(Block(token.type, start, end, lines=token.meta.get("lines", ())))
    return root.children


def raw(lines: Sequence[str], block: Block) -> str:
    """A block's Markdown as it stands by itself, without the indentation and quote signs of what encloses it."""
    found = [line.rstrip() for line in lines[block.start : block.end]]
    if found and (quoted := _QUOTED.match(found[0])) and block.kind != "blockquote":
        signs = quoted[0].count(">")
        found = [re.sub(rf"^(?:[ \t]{{0,3}}>[ \t]?){{1,{signs}}}", "", line) for line in found]
    margin = min((len(line) - len(line.lstrip()) for line in found if line.strip()), default=0)
    return "\n".join(line[margin:] for line in found).strip("\n")


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415  30 ms, for those who import notes
    from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415
    from mdit_py_plugins.front_matter import front_matter_plugin  # noqa: PLC0415

    parser = MarkdownIt("commonmark").use(deflist_plugin).use(front_matter_plugin)
    parser.core.ruler.disable(["inline", "text_join"])
    parser.block.ruler.after("list", "cards_table", _table, {"alt": ["paragraph", "reference"]})
    return parser


def _table(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """The rule for a table: a line with a pipe, one of dashes below it, and all lines up to a blank one.

    Unlike GitHub's it takes rows of any length, and dashes for more or fewer columns than the header has.
    """
    if start + 1 >= end or state.is_code_block(start) or state.sCount[start + 1] < state.blkIndent:
        return False
    below = _line(state, start + 1)
    if "|" not in _line(state, start) or "|" not in below or not is_delimiter(below):
        return False
    if silent:
        return True
    after = start + 2
    while after < end and _goes_on(state, after, end):
        after += 1
    token = state.push("table", "table", 0)
    token.map = [start, after]
    token.meta = {"lines": [_line(state, number) for number in range(start, after)]}
    state.line = after
    return True


def _goes_on(state: "StateBlock", number: int, end: int) -> bool:
    """Whether a line still belongs to the table."""
    if state.sCount[number] < state.blkIndent or state.is_code_block(number) or not _line(state, number):
        return False
    rules: Any = state.md.block.ruler.getRules("blockquote")
    return not any(rule(state, number, end, True) for rule in rules)


def _line(state: "StateBlock", number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].strip()


def walk(found: Sequence[Block]) -> Iterator[Block]:
    """All blocks and those within them."""
    for block in found:
        yield block
        yield from walk(block.children)
