"""From the command line to the full screen."""

import gc
import os
from pathlib import Path
from typing import Any

from quizapp import places
from quizapp.collection import Collection

# Textual reads it when it is loaded. A key often paints twice; the second time waits for the next of so many frames.
_FPS = "TEXTUAL_FPS"


def open_screen(collection: Collection, **session: Any) -> None:
    """Run the app; `session` is what `quizapp.tui.app.run` takes beside the collection."""
    os.environ.setdefault(_FPS, "240")
    from quizapp.tui.app import run  # noqa: PLC0415  Textual, only for the screen

    _keep_what_is_loaded()
    run(collection, remembered=_remembered(), **session)


def open_form(collection: Collection, *, card_id: str | None = None, deck: str | None = None) -> None:
    """Open the form to edit a card, or to add cards to a deck."""
    os.environ.setdefault(_FPS, "240")
    from quizapp.tui.app import run_form  # noqa: PLC0415  as above

    _keep_what_is_loaded()
    run_form(collection, card_id=card_id, deck=deck, remembered=_remembered())


def _keep_what_is_loaded() -> None:
    """The collector need not look again at what is loaded now: it stays."""
    gc.freeze()
    gc.enable()


def _remembered() -> Path:
    return places.state_folder() / "screen.json"
