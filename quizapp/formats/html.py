"""Simple HTML, as Anki's fields have it, into Markdown."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

_TAG = re.compile(
    r"</?(?:br|b|i|u|strong|em|div|p|img|code|pre|span|ul|ol|li|a|sub|sup|font|table|h[1-6])\b[^<>]*>|&\w+;",
    re.IGNORECASE,
)
_MATHS = (
    (re.compile(r"\\\(\s*(.{1,1000}?)\s*\\\)", re.DOTALL), "$"),
    (re.compile(r"\\\[\s*(.{1,1000}?)\s*\\\]", re.DOTALL), "$$"),
)
_SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
_BLOCKS = frozenset(("div", "p", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"))
_MOST_OPEN = (
    1_000  # signs that open a tag and don't: text with more is no HTML, and would be read for minutes
)
_DEEPEST = 10  # lists within each other that are told apart
_SILENT = frozenset(("script", "style"))


def looks_like_html(text: str) -> bool:
    """Whether a text has tags or entities that are hardly meant as they stand."""
    return bool(_TAG.search(text))


def markdown(html: str) -> str:
    """The Markdown of a field in HTML. What has no counterpart is left out, its text stays."""
    if html.count("<") - html.count(">") > _MOST_OPEN:
        return html
    writer = _Writer()
    writer.feed(html)
    writer.close()
    text = "".join(writer.parts).replace("\xa0", " ")
    for pattern, sign in _MATHS:
        text = pattern.sub(rf"{sign}\1{sign}", text)
    text = re.sub(r"(?<![ \t])[ \t]+\n", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n ")


class _Writer(HTMLParser):
    """Writes Markdown as the parser meets tags and texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._lists: list[int | None] = []  # the last number of each open list, None if it has no numbers
        self._links: list[str] = []
        self._silent = 0
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what a tag means."""
        if tag in _SILENT:
            self._silent += 1
        elif tag in ("img", "a"):
            self._reference(tag, dict(attrs))
        elif tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._item()
        elif tag == "pre":
            self._code += 1
            self._fence()
        elif tag in _BLOCKS:
            self._line()
        elif tag in _SIGNS and not self._code:
            self.parts.append(_SIGNS[tag])
        elif tag == "br" or (tag == "td" and not self._at_start):
            self.parts.append("\n" if tag == "br" else " | ")

    def handle_endtag(self, tag: str) -> None:
        """End what a tag means."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "a" and self._links:
            link = self._links.pop()
            self.parts.append(f"]({_address(link)})" if link else "")
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._line()
        elif tag == "pre" and self._code:
            self._code -= 1
            self._fence()
        elif tag in _BLOCKS:
            self._line()
        elif tag in _SIGNS and not self._code:
            self._close(_SIGNS[tag])

    def handle_data(self, data: str) -> None:
        """Write a text."""
        if not self._silent:
            self.parts.append(data)

    @property
    def _at_start(self) -> bool:
        """Whether a line begins here."""
        return not "".join(self.parts[-3:]) or "".join(self.parts[-3:]).endswith("\n")

    def _line(self) -> None:
        if not self._at_start:
            self.parts.append("\n")

    def _fence(self) -> None:
        self._line()
        self.parts.append("```\n")

    def _reference(self, tag: str, given: Mapping[str, str | None]) -> None:
        if tag == "img":
            self.parts.append(f"![{given.get('alt') or ''}]({_address(given.get('src') or '')})")
        else:
            self._links.append(given.get("href") or "")
            self.parts.append("[" if self._links[-1] else "")

    def _item(self) -> None:
        self._line()
        depth = "  " * min(len(self._lists) - 1, _DEEPEST)
        if self._lists and (number := self._lists[-1]) is not None:
            self._lists[-1] = number + 1
            self.parts.append(f"{depth}{number + 1}. ")
        else:
            self.parts.append(f"{depth}- ")

    def _close(self, sign: str) -> None:
        """End emphasis, before the blanks that Markdown wants outside; of nothing there is none."""
        if self.parts and self.parts[-1] == sign:
            self.parts.pop()
            return
        last = self.parts.pop() if self.parts else ""
        kept = last.rstrip()
        self.parts += [kept, sign, last[len(kept) :]]


def _address(text: str) -> str:
    """An address as Markdown can hold it."""
    return f"<{text}>" if re.search(r"[\s()]", text) else text
