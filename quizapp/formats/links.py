"""What notes say should be read: tables and lists of links, as a deck's `read:`."""

import re
from collections.abc import Iterable, Sequence

from quizapp.decks.reading import Resource
from quizapp.formats.text import bare

_LINK = re.compile(
    r"(?<!!)\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\(<?(?P<to>https?://(?:[^()\s<>]|\([^()\s]*\))+)>?(?:\s+\"[^\"]*\")?\)"
    r"|<(?P<auto>https?://[^\s<>]+)>|(?P<plain>https?://(?:[^\s<>()|]|\([^\s()]*\))+)"
)
_EDGES = " \t\n-–—:;,.|"  # noqa: RUF001  dashes between a link and what is said of it
_KINDS = {
    "video": r"youtube\.com|youtu\.be|vimeo\.com",
    "paper": r"arxiv\.org|aclanthology\.org|openreview\.net|papers\.|doi\.org",
    "course": r"ocw\.|coursera\.org|edx\.org|udacity\.com|/courses?(?:/|$)",
    "code": r"github\.com|gitlab\.com|colab\.|\.ipynb",
    "docs": r"//docs?\.|/docs?/|readthedocs|\.readme\.io",
}
_SAID = {
    "videos": "video",
    "papers": "paper",
    "books": "book",
    "courses": "course",
    "posts": "post",
    "article": "post",
}
_ALL = frozenset(("paper", "book", "video", "course", "post", "docs", "code"))


def has_link(text: str) -> bool:
    """Whether a text holds a web address."""
    return bool(_LINK.search(text))


def is_link_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether most rows of a table lead somewhere."""
    leading = sum(any(map(has_link, row)) for row in rows)
    return bool(rows) and 2 * leading > len(rows)


def of_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[Resource, ...]:
    """The resources of a table: the cell with the link is the title, what the others say stands behind it."""
    named = [bare(name).casefold() for name in header]
    found: list[Resource] = []
    for row in rows:
        place = next((n for n, cell in enumerate(row) if has_link(cell)), None)
        if place is None:
            continue
        kind = _said_kind(
            [cell for n, cell in enumerate(row) if named[n : n + 1] in (["category"], ["kind"], ["type"])]
        )
        said = [
            bare(cell)
            for n, cell in enumerate(row)
            if n != place and cell and named[n : n + 1] not in (["category"], ["kind"], ["type"])
        ]
        found += _resources(row[place], " · ".join(said), kind)
    return tuple(found)


def of_items(items: Iterable[str]) -> tuple[Resource, ...]:
    """The resources of a list's items."""
    return tuple(resource for item in items for resource in _resources(item, "", ""))


def together(read: Iterable[Resource]) -> tuple[Resource, ...]:
    """Each address once."""
    return tuple({resource.url: resource for resource in reversed(list(read))}.values())[::-1]


def _resources(text: str, said: str, kind: str) -> list[Resource]:
    """The first link with the whole text as its title, the others with their own."""
    text = " ".join(text.split())
    links = [
        (match["text"] or "", match["to"] or match["auto"] or match["plain"])
        for match in _LINK.finditer(text)
    ]
    found = []
    for number, (own, url) in enumerate(links):
        title = bare(own)
        if not number and len(links) == 1:
            title = bare(_LINK.sub(lambda match: match["text"] or "", text)).strip(_EDGES)
        if said and not number:
            title = f"{title} ({said})" if title else said
        title = "".join(sign for sign in title if sign.isprintable())
        found.append(Resource(title or url, url, kind or kind_of(url)))
    return found


def _said_kind(cells: Iterable[str]) -> str:
    words = (_SAID.get(word, word) for cell in cells for word in [bare(cell).casefold()])
    return next((word for word in words if word in _ALL), "")


def kind_of(url: str) -> str:
    """What an address leads to, as far as it tells; "" if it doesn't."""
    return next((kind for kind, pattern in _KINDS.items() if re.search(pattern, url, re.IGNORECASE)), "")
