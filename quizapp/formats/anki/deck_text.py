"""Decks as Anki has them: their names, and below them in Anki what a deck's file says before its cards.

A learner reads there what to study and where it comes from. A comment that nobody sees holds the same as JSON, so that
a deck comes back as it was.
"""

import json
import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from quizapp.decks.reading import Resource
from quizapp.formats.anki.fields import source_html, web_link
from quizapp.formats.sections import named_deck
from quizapp.markup.html import plain
from quizapp.study.outgoing import OutgoingDeck

_HEAD = re.compile(r"<!--\s*quizapp (\{.*?\})\s*-->", re.DOTALL)
_RESOURCE = ("title", "url", "kind")


def anki_name(deck: str) -> str:
    """Anki's name for a deck of ours."""
    return deck.replace("/", "::")


def our_name(name: str) -> str:
    """Our name for a deck of Anki's, "" if nothing of it can be one: the same again for one of ours."""
    return named_deck(name)


def description(deck: OutgoingDeck) -> str:
    """What Anki shows below a deck, in HTML: its title, its source, what to read in order, what to know first."""
    parts = []
    if deck.title:
        parts.append(f"<p><b>{plain(deck.title)}</b></p>")
    if deck.source:
        parts.append(f"<p>From {source_html(deck.source)}</p>")
    if deck.read:
        parts.append(f"<p>To read, in this order:</p>\n{_list('ol', map(_resource, deck.read))}")
    if deck.requires:
        names = (plain(anki_name(name)) for name in deck.requires)
        parts.append(f"<p>To know first:</p>\n{_list('ul', names)}")
    return "\n".join((*parts, _comment(deck)))


def head_of(html: str, name: str) -> OutgoingDeck | None:
    """What a deck with Anki's name `name` said when it was exported; None if its description doesn't tell.

    Its own name comes back, too, unless the deck was renamed in Anki.
    """
    found = _HEAD.search(html)
    try:
        said = json.loads(unescape(found[1])) if found else {}
        if not isinstance(said.get("name"), str):
            return None
        return OutgoingDeck(
            said["name"] if _is_called(name, anki_name(said["name"])) else our_name(name),
            _text(said.get("title", "")),
            _text(said.get("source", "")),
            _texts(said.get("tags", ())),
            _texts(said.get("requires", ())),
            tuple(Resource(*(_text(one.get(key, "")) for key in _RESOURCE)) for one in said.get("read", ())),
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _is_called(name: str, given: str) -> bool:
    """Whether a deck has the name it was given: Anki tells names apart by strokes at the end, not by capitals."""
    return name.rstrip("_").casefold() == given.rstrip("_").casefold()


def _comment(deck: OutgoingDeck) -> str:
    said: dict[str, Any] = {key: value for key, value in deck._asdict().items() if value}
    if deck.read:
        said["read"] = [
            {key: value for key in _RESOURCE if (value := getattr(one, key))} for one in deck.read
        ]
    text = json.dumps(said, separators=(",", ":"))  # in ASCII: Anki brings all else into NFC
    for sign in "<>&-":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f"<!-- quizapp {text} -->"


def _resource(resource: Resource) -> str:
    """Something to read: its title, which leads there, and what it is."""
    kind = f" ({plain(resource.kind)})" if resource.kind else ""
    return f"{web_link(resource.url, plain(resource.title)) or plain(resource.title)}{kind}"


def _list(tag: str, items: Iterable[str]) -> str:
    inner = "\n".join(f"<li>{item}</li>" for item in items)
    return f"<{tag}>\n{inner}\n</{tag}>"


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError
    return tuple(map(_text, value))
