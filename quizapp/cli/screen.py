"""From the command line to the full screen."""

import gc
import os
from typing import Any

from quizapp import places
from quizapp.collection import Collection

# Textual reads it when it is loaded. A key often paints twice; the second time waits for the next of so many frames.
_FPS = "TEXTUAL_FPS"


def open_screen(collection: Collection, **session: Any) -> None:
    """Run the app; `session` is what `quizapp.tui.app.run` takes beside the collection."""
    os.environ.setdefault(_FPS, "240")
    from quizapp.tui.app import run  # noqa: PLC0415  Textual, only for the screen

    gc.freeze()  # what is loaded now stays: the collector need not look at it again
    gc.enable()
    run(collection, remembered=places.state_folder() / "screen.json", **session)
