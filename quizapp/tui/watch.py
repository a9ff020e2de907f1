"""What other programs do to decks, history and settings while the app is open, taken in as it happens."""

import asyncio
import sqlite3
import threading
from time import monotonic
from typing import TYPE_CHECKING

from quizapp.errors import QuizappError

if TYPE_CHECKING:
    from quizapp.index.changes import Glance
    from quizapp.tui.app import QuizApp
    from quizapp.tui.plan import Plan

_EVERY = 2.0  # seconds between two glances at the disk
_STILL = 0.4  # seconds without a key before one
_SHORT = 0.15  # seconds that taking in may hold the screen up before it says so


class _LeavingError(Exception):
    """The app is being left: stop reading."""


class Watch:
    """Glances at the disk in a thread; what changed is taken in in another, while nobody asks the collection."""

    def __init__(self, app: "QuizApp", plan: "Plan") -> None:
        self._app = app
        self._plan = plan
        self._taken_in: Glance | None = None
        self._last_key = 0.0
        self._far = ""
        self._failed: Exception | None = None
        self._thread: threading.Thread | None = None
        self.busy = False

    def begin(self) -> None:
        """Glance from now on."""
        self._app.set_interval(_EVERY, self.look)

    def finish(self) -> None:
        """Wait for what still reads, which stops as soon as it sees that the app has ended."""
        if self._thread:
            self._thread.join()

    def key(self) -> None:
        """A key was pressed: not now."""
        self._last_key = monotonic()

    async def look(self) -> None:
        """Glance once, and take in what is new; what stands in the way is told."""
        if self.busy or monotonic() - self._last_key < _STILL:
            return
        collection = self._plan.collection
        try:
            seen = await asyncio.to_thread(collection.glance)
            if not self.busy and collection.is_news(seen, self._taken_in):
                await self.take_in()
        except QuizappError as error:
            self._app.complain(str(error))

    async def take_in(self) -> None:
        """Refresh the collection, and let the screens show it; what takes longer is told."""
        if self.busy:
            return
        self.busy, self._far, self._failed = True, "", None
        thread = self._thread = threading.Thread(target=self._refresh, daemon=True)
        try:
            thread.start()
            thread.join(_SHORT)
            if thread.is_alive():
                from quizapp.tui.busy import BusyScreen  # noqa: PLC0415  seldom needed

                await self._app.push_screen(BusyScreen(lambda: f"Taking in what changed … {self._far}"))
                await asyncio.to_thread(thread.join)
        finally:
            self.busy = False
        if self._failed:
            self._app.complain(str(self._failed))
        else:
            self._app.tell_screens()

    def _refresh(self) -> None:
        collection = self._plan.collection
        try:
            seen = collection.glance()
            collection.refresh(self._plan.clock(), self._progress)
            self._taken_in = seen
        except (QuizappError, OSError, sqlite3.Error) as error:
            self._failed = error
        except _LeavingError:
            pass

    def _progress(self, what: str, done: int, total: int) -> None:
        if not self._app.is_running:
            raise _LeavingError
        self._far = f"{what} {100 * done // max(1, total)} %"
