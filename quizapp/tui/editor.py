"""A deck in the learner's own editor, while the app waits."""

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from quizapp.errors import QuizappError
from quizapp.external_editor import command, named

if TYPE_CHECKING:
    from quizapp.decks.note import Card
    from quizapp.tui.app import QuizApp


def edit_outside(app: "QuizApp", root: Path, card: "Card") -> str:
    """Open the card's file at its line and wait until the editor ends; why it can't be, "" if it could."""
    editor = named(os.environ)
    try:
        words = command(editor, root / card.file, card.line)
        with app.suspend():
            subprocess.run(words, check=False)  # noqa: S603  the learner's own choice, and no shell
    except QuizappError as error:
        return str(error)
    except OSError as error:
        return f"the editor {editor!r} can't be run ({error.strerror}); set $EDITOR to another"
    except SuspendNotSupported:
        return "an editor can't take this terminal"
    return ""
