"""What the screen remembers of a learner's taste on this machine: the theme, and that the tour was taken."""

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Preferences(NamedTuple):
    """`theme` is a name of Textual's, "" for its own choice; `toured` says that the tour was shown."""

    theme: str = ""
    toured: bool = False


def load(path: Path) -> Preferences:
    """Read them; what can't be read is as if it were not there."""
    try:
        found = json.loads(path.read_bytes())
        theme, toured = found.get("theme", ""), found.get("toured", False)
    except (OSError, ValueError, AttributeError, RecursionError):
        return Preferences()
    return Preferences(theme if type(theme) is str else "", toured is True)


def save(path: Path, preferences: Preferences) -> None:
    """Write them; where that can't be, they hold until the app is left."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(preferences._asdict()) + "\n", encoding="utf-8")
