"""A deck's file as the app begins one: tidy, and ready to be edited by hand."""

from dataclasses import dataclass

from quizapp.decks import scalars
from quizapp.decks.reading import Resource


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the cards of a new deck."""

    title: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    read: tuple[Resource, ...] = ()


def new_deck(head: Head, first_line: str = "") -> bytes:
    """A deck without cards yet; the first line is a comment."""
    lines = [first_line] if first_line else []
    said = (
        ("title", head.title), ("source", head.source), ("tags", head.tags), ("requires", head.requires),
    )  # fmt: skip
    for key, value in said:
        if value:
            lines += scalars.pair(key, value, 0)
    if head.read:
        lines.append("read:")
        for resource in head.read:
            fields = [("title", resource.title), ("url", resource.url), ("kind", resource.kind)]
            lines.append(f"  - {scalars.in_braces([pair for pair in fields if pair[1]], json_text=False)}")
    return "".join(f"{line}\n" for line in [*lines, "cards:"]).encode()
