"""The schema's file in a collection: there for editors, made and renewed by the app."""

import json
import re
from pathlib import Path

from quizapp import atomic
from quizapp.decks import schema

_OURS = re.compile(rf'"\$comment":\s*"{re.escape(schema.OURS)} ([0-9]{{1,9}});')


def schema_text() -> str:
    """The schema as it stands in the file."""
    return json.dumps(schema.deck_schema(), indent=2, ensure_ascii=False) + "\n"


def ensure_schema(root: Path) -> bool:
    """Write the schema into a collection, if it isn't there or is an older one of ours; whether it was written.

    A file of this name that the app has not written, or that a newer one has, stays. Raises OSError.
    """
    path = root / schema.FILE
    text = schema_text().encode()
    try:
        before = path.read_bytes()
    except FileNotFoundError:
        return atomic.create(path, text)
    ours = _OURS.search(before.decode(errors="replace"))
    if before == text or ours is None or int(ours[1]) > schema.VERSION:
        return False
    return atomic.replace(path, before, text)
