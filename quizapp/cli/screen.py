"""From the command line to the full screen."""

import gc
from typing import Any

from quizapp.collection import Collection


def open_screen(collection: Collection, **session: Any) -> None:
    """Run the app; `session` is what `quizapp.tui.app.run` takes beside the collection."""
    from quizapp.tui.app import run  # noqa: PLC0415  Textual, only for the screen

    gc.freeze()  # what is loaded now stays: the collector need not look at it again
    gc.enable()
    run(collection, **session)
