"""Actions by name: what the footer, the help, the palette and the README call them.

A binding's description is the word in the footer; its tooltip is the action's full name.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.binding import Binding

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode
    from textual.screen import Screen

QUIT_KEYS = "q,escape"


class Action(NamedTuple):
    """One action: its full name, its keys as people say them, and how to run it."""

    name: str
    keys: tuple[str, ...]
    action: str
    node: "DOMNode"


def full_name(binding: Binding) -> str:
    """What the action is called in help, palette and README."""
    return binding.tooltip or binding.description


def moving(action: str = "move") -> list[Binding]:
    """The keys that move or scroll, alike on every screen."""
    return [
        Binding("down,j", f"{action}('down')", "down", tooltip="down", show=False),
        Binding("up,k", f"{action}('up')", "up", tooltip="up", show=False),
        Binding("pagedown", f"{action}('page_down')", "page down", tooltip="a page down", show=False),
        Binding("pageup", f"{action}('page_up')", "page up", tooltip="a page up", show=False),
        Binding("home", f"{action}('home')", "top", tooltip="to the top", show=False),
        Binding("end", f"{action}('end')", "end", tooltip="to the end", show=False),
    ]


def actions(app: "App[Any]", screen: "Screen[Any]", *, now: bool = False) -> Iterator[Action]:
    """The actions of a screen and of the app, each once; only those that can be taken `now`, if asked."""
    found: dict[str, Action] = {}
    for node in (screen, app):
        for binding in Binding.make_bindings(node.BINDINGS):
            if now and not _can(node, binding):
                continue
            name, key = full_name(binding), app.get_key_display(binding)
            keys = found[name].keys if name in found else ()
            first = found[name].action if name in found else binding.action
            found[name] = Action(name, keys if key in keys else (*keys, key), first, node)
    yield from found.values()


def _can(node: "DOMNode", binding: Binding) -> bool:
    """Whether a binding's action makes sense now."""
    from textual.actions import parse  # noqa: PLC0415  loaded with Textual

    _, name, parameters = parse(binding.action)
    return node.check_action(name, parameters) is True
