"""The palette: every action that can be taken now, by name."""

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.command import DiscoveryHit, Hit, Hits, Provider

from quizapp.tui.keys import Action, actions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Actions(Provider):
    """The actions of the screen below the palette, and the app's."""

    def _actions(self) -> "Iterator[Action]":
        return actions(self.app, self.screen, now=True)

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for action in self._actions():
            yield DiscoveryHit(action.name, self._run(action), help=" ".join(action.keys))

    async def search(self, query: str) -> Hits:
        """Those whose names match."""
        matcher = self.matcher(query)
        for action in self._actions():
            if (score := matcher.match(action.name)) > 0:
                yield Hit(
                    score, matcher.highlight(action.name), self._run(action), help=" ".join(action.keys)
                )

    def _run(self, action: Action) -> "Callable[[], Any]":
        return partial(self.app.run_action, action.action, action.node)
