"""HTML as a tree, whatever state it is in: tags that are not closed, closed twice, or nested too deep."""

from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    )
)
PLAYED = {"video": "src", "audio": "src", "embed": "src", "object": "data"}  # where each names its file
_EMPTY = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    )
)
_SILENT = frozenset(("script", "style", "title", "template", "noscript"))
_DEEPEST = 40  # tags within each other that are told apart
_ENDS = {  # what a tag ends that stands open
    "li": ("li",), "p": ("p",), "tr": ("tr", "td", "th"), "td": ("td", "th"), "th": ("td", "th"),
    "dt": ("dt", "dd"), "dd": ("dt", "dd"), "rt": ("rt", "rp"), "rp": ("rt", "rp"),
}  # fmt: skip
_WALLS = frozenset(("ul", "ol", "table", "div", "blockquote", "dl", "ruby"))  # which it does not look behind


@dataclass(eq=False)
class Node:
    """A tag with its attributes, and what stands within it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute, "" if it isn't there."""
        return self.attributes.get(name, "")

    def nodes(self) -> "Iterator[Node]":
        """The tags right within it."""
        return (child for child in self.children if isinstance(child, Node))

    def holds(self, tag: str) -> bool:
        """Whether this tag stands anywhere within it."""
        return any(child.tag == tag or child.holds(tag) for child in self.nodes())

    @property
    def text(self) -> str:
        """All its text, line breaks as such."""
        parts = (
            child
            if isinstance(child, str)
            else "\n"
            if child.tag == "br"
            else child.text + "\n" * (child.tag == "div")
            for child in self.children
        )
        return "".join(parts)

    @cached_property
    def has_blocks(self) -> bool:
        """Whether a block is shown anywhere within it; what is played shows none."""
        return self.tag not in PLAYED and any(
            child.tag in BLOCKS or child.has_blocks for child in self.nodes()
        )


def tree(html: str) -> Node:
    """The whole text within one node without a name."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self._open = [self.root]
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        if self._silent:
            return
        self._end_others(tag)
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in _EMPTY and len(self._open) < _DEEPEST:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
            return
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._open[-1].children.append(data)

    def _end_others(self, tag: str) -> None:
        """End what can't hold this tag: an item the one before it."""
        ends = _ENDS.get(tag, ("p",) if tag in BLOCKS else ())
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag in ends:
                del self._open[place:]
                return
            if self._open[place].tag in _WALLS:
                return
