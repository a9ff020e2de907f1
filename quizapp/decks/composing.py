"""YAML text into nodes with places, guarded against text that is made to do harm.

libyaml does the work through PyYAML. Nothing is resolved: a text is what it looks like. PyYAML's composer
recurses in C, so nesting is bounded before it begins.
"""

import re
from functools import cache
from typing import Any, Protocol

DEEPEST = 100  # levels of lists and maps; a deck has four
REPEATED = 1_000_000  # characters that may be repeated through aliases
UNUSED_ANCHOR = "&"
BOM = b"\xef\xbb\xbf"  # a mark that some editors put before UTF-8; it is no part of the text

# Below these no text can nest deeper than a thread of 512 KB bears (1000 levels, measured): a block level
# takes at least one column of blanks and indicators, a flow level a bracket where a value can begin.
_BLANKED = bytes.maketrans(b"\t:?-", b"    ")
_RUN = b" " * 150
_BRACKET = re.compile(rb"(?<![A-Za-z0-9_^}\])\\$])[\[{]")
_BRACKETS = 300
_ANCHOR = re.compile(r"&([A-Za-z0-9_-]+)")
_ALIAS = re.compile(r"\*([A-Za-z0-9_-]+)")


class Mark(Protocol):
    """A place in a text: characters, lines and columns before it, all from 0."""

    index: int
    line: int
    column: int


class Node(Protocol):
    """A scalar (`value` is text), a sequence (a list of nodes) or a mapping (a list of pairs of nodes).

    `id` says which; `tag` is "" where none is written; `style` is a scalar's quote or block sign;
    `flow_style` is whether a collection is in brackets. A text behind an anchor that no alias names, which
    was hardly meant as an anchor, has the tag UNUSED_ANCHOR.
    """

    id: str
    tag: str
    value: Any
    style: str | None
    flow_style: bool
    start_mark: Mark
    end_mark: Mark


class TooDeepError(Exception):
    """Lists and maps within each other beyond reason; `line` and `column` (from 0) are where."""

    def __init__(self, line: int, column: int) -> None:
        super().__init__("too deep")
        self.line = line
        self.column = column


class TooManyAliasesError(Exception):
    """Text repeated through aliases beyond reason."""


@cache
def _loader() -> type[Any]:
    from yaml._yaml import CParser  # noqa: PLC0415  20 ms, not needed when no deck is read

    class Loader(CParser):
        """A composer without any rule for what plain text means; an implicit tag is empty."""

        def resolve(self, *_: object) -> str:
            return ""

        def descend_resolver(self, *_: object) -> None:
            pass

        def ascend_resolver(self) -> None:
            pass

    return Loader


def compose(content: bytes) -> Node | None:
    """The root node of a text, None if there is none.

    Raises yaml.YAMLError, TooDeepError, or TooManyAliasesError.
    """
    _guard(content)
    node: Node | None = _loader()(content).get_single_node()
    if node is not None and b"&" in content:
        _check_anchors(node, content)
    return node


def _guard(content: bytes) -> None:
    """Raise TooDeepError for text whose nesting would overflow the composer's stack."""
    if _RUN not in content.translate(_BLANKED) and _brackets(content) < _BRACKETS:
        return
    from yaml.events import CollectionEndEvent, CollectionStartEvent, StreamEndEvent  # noqa: PLC0415  as above
    from yaml.scanner import ScannerError  # noqa: PLC0415  as above

    parser = _loader()(content)
    depth = 0
    event = None
    while not isinstance(event, StreamEndEvent):
        try:
            event = parser.get_event()
        except ScannerError as error:  # PyYAML from 6.0.4 on has a bound of its own, further ahead
            mark: Any = error.problem_mark
            if mark and "nesting depth" in (error.problem or ""):
                raise TooDeepError(mark.line, mark.column) from error
            raise
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                mark = event.start_mark
                raise TooDeepError(mark.line, mark.column)
        elif isinstance(event, CollectionEndEvent):
            depth -= 1


def _brackets(content: bytes) -> int:
    """How many flow collections there are at most; the quick count spares most decks the search."""
    quick = content.count(b"[") + content.count(b"{")
    return quick if quick < _BRACKETS else len(_BRACKET.findall(content))


def _check_anchors(root: Node, content: bytes) -> None:
    """Mark texts behind unused anchors, and raise TooManyAliasesError if aliases repeat too much.

    Each further way to a node counts, so this ends on recursion, too.
    """
    text = content.decode()
    named = set(_ALIAS.findall(text))
    seen: set[int] = set()
    repeated = 0
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            repeated += 1 + len(node.value)
            if repeated > REPEATED:
                raise TooManyAliasesError
        seen.add(id(node))
        if isinstance(node.value, list):
            for child in node.value:
                waiting.extend(child if isinstance(child, tuple) else (child,))
        elif (anchor := _ANCHOR.match(text, node.start_mark.index)) and anchor[1] not in named:
            node.tag = UNUSED_ANCHOR
