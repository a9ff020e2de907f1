"""Our own HTML in pieces: tags, the signs of formulas, marks that were put there, and the text between."""

import re
from typing import NamedTuple

_EMPTY = frozenset(("br", "hr", "img"))
_TAG = re.compile(r"</?([a-z0-9]+)")
_NEVER = re.compile(r"(?!)")


class Piece(NamedTuple):
    """`kind` is "tag", "sign" (of a formula), "mark" or "text"; `inside` is "code" or "formula" if it is in one."""

    kind: str
    text: str
    inside: str = ""

    @property
    def number(self) -> int:
        """A mark's number."""
        return int(self.text[1:-1])

    @property
    def ends(self) -> bool:
        """Whether it ends a tag or a formula."""
        return self.text.startswith("</") if self.kind == "tag" else self.text in ("\\)", "\\]")

    @property
    def name(self) -> str:
        """The tag's name, of a formula's sign the sign itself; "" if it neither begins nor ends anything."""
        if self.kind == "sign":
            return self.text
        match = _TAG.match(self.text) if self.kind == "tag" else None
        return "" if match is None or match[1] in _EMPTY else match[1]


def pieces(rendered: str, mark: re.Pattern[str] = _NEVER) -> list[Piece]:
    """The HTML in pieces."""
    found: list[Piece] = []
    code = 0
    formula = ""
    done = 0

    def add(kind: str, text: str) -> None:
        if text:
            found.append(Piece(kind, text, "formula" if formula else "code" if code else ""))

    for match in re.finditer(rf"(<[^<>]*>)|({mark.pattern})|(\\\\|\\[()\[\]])", rendered):
        if match[3] == "\\\\":
            continue  # a line's end within a formula
        add("text", rendered[done : match.start()])
        done = match.end()
        if match[3]:
            add("sign", match[3])
            formula = match[3] if match[3] in ("\\(", "\\[") else ""
        else:
            code += match[0].startswith("<code") - (match[0] == "</code>")
            add("mark" if match[2] else "tag", match[0])
    add("text", rendered[done:])
    return found
