"""The help: every action of a screen with its keys, made from the bindings themselves."""

from collections.abc import Callable, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from textual.content import Content

from quizapp.tui.keys import actions

if TYPE_CHECKING:
    from textual.app import App


def help_text(app: "App[None]") -> Callable[[int], Content]:
    """The actions of the screen that is shown and the app's, with their keys, for any number of columns."""
    rows = [(" ".join(action.keys), action.name) for action in actions(app, app.screen)]
    return lambda width: two_columns(rows, width)


def two_columns(rows: Sequence[tuple[str, str]], width: int) -> Content:
    """Keys to the left, what they do to the right, wrapped within its column."""
    left = max(len(keys) for keys, _ in rows)
    lines = []
    for keys, name in rows:
        first, *more = wrap(name, max(10, width - left - 3))
        lines.append(Content.assemble((keys.rjust(left), "bold"), f"   {first}"))
        lines += [Content(" " * (left + 3) + line) for line in more]
    return Content("\n").join(lines)
