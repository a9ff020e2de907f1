"""The terminal that the app is shown in: told to end, stopped for a while, or gone."""

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

_HANGUP = 128 + signal.SIGHUP  # what a shell calls the end of a process whose terminal went away
_EVERY = 2.0  # seconds between two looks whether the terminal is there


def hang_up(*_: object) -> None:
    """End at once: the terminal is gone. Every grade is on disk."""
    os._exit(_HANGUP)


def end_when_told(app: "App[None]") -> None:
    """Leave the app when the process is told to end, so that the terminal is given back. Before it is taken."""
    loop = asyncio.get_running_loop()
    for told in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(told, app.exit)


def end_when_gone(app: "App[None]") -> None:
    """End when the terminal is gone though no hangup said so: it would read as empty again and again."""
    if not app.is_headless:
        app.set_interval(_EVERY, _look)


def _look() -> None:
    if sys.__stdin__ is None or not sys.__stdin__.isatty():
        hang_up()


def stop(app: "App[None]") -> bool:
    """Stop the app and what started it in the same job, as ctrl+z does; False where no shell could go on with them."""
    driver: Any = app._driver  # noqa: SLF001  Textual stops the app alone, and a script around it would hang
    if driver is None or app.is_headless or os.getpgrp() == os.getsid(0):
        return False
    app._suspend_signal()  # noqa: SLF001  as Textual's own action does
    driver.suspend_application_mode()
    driver._must_signal_resume = True  # noqa: SLF001  as above
    os.killpg(0, signal.SIGSTOP)
    return True
