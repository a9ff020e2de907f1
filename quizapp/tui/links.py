"""Addresses in a card's source: which may be opened, and opening them outside."""

import re
import subprocess
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

_LINK = re.compile(r"https?://[^\s<>\"'`\\\x00-\x20\x7f-\x9f]+", re.IGNORECASE)
_IN_TERMINAL = frozenset(["www-browser", "links", "links2", "elinks", "lynx", "w3m", "browsh"])
_AFTER = ".,;:!?)]}"  # signs that end a sentence rather than an address


def link_of(source: str) -> str:
    """The first web address in a text; "" if there is none. No other kind of address is ever opened."""
    match = _LINK.search(source)
    if match is None:
        return ""
    link = match[0]
    while link[-1] in _AFTER and not (link[-1] == ")" and link.count("(") >= link.count(")")):
        link = link[:-1]
    return link


def browser() -> str:
    """The name of this machine's browser; "" if there is none."""
    try:
        return str(getattr(webbrowser.get(), "name", "browser"))
    except webbrowser.Error:
        return ""


def open_link(link: str, name: str, suspend: "Callable[[], AbstractContextManager[None]]") -> None:
    """Open an address in the browser called `name`; one that draws in the terminal gets it for as long."""
    if Path(name).name in _IN_TERMINAL:
        with suspend():
            webbrowser.open(link)
    else:  # in a process of its own, whose messages can't reach the screen
        nothing = subprocess.DEVNULL
        subprocess.Popen(  # noqa: S603  a web address, and no shell
            [sys.executable, "-m", "webbrowser", link],
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            start_new_session=True,
        )
