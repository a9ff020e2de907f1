"""The help: every action of a screen with its keys, made from the bindings themselves."""

from typing import TYPE_CHECKING

from textual.content import Content

from quizapp.tui.keys import actions

if TYPE_CHECKING:
    from textual.app import App


def help_text(app: "App[None]") -> Content:
    """The keys of the screen that is shown and the app's, a line each."""
    rows = [(" ".join(action.keys), action.name) for action in actions(app, app.screen)]
    width = max(len(keys) for keys, _ in rows)
    return Content("\n").join(
        Content.assemble((keys.rjust(width), "bold"), f"   {name}") for keys, name in rows
    )
