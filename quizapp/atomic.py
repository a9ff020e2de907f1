"""Replacing a file: whole or not at all, and only if it is still the one that was read."""

import contextlib
import os
import tempfile
from pathlib import Path


def replace(path: Path, before: bytes, after: bytes) -> bool:
    """Put `after` in the place of `before`; False, and nothing done, if the file holds something else by now.

    The new content is on disk before the name points to it. Mode and, through a symlink, the target stay.
    Raises OSError; then the file is as it was.
    """
    path = path.resolve()
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    new = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(path.stat().st_mode & 0o7777)
        if path.read_bytes() != before:
            return False
        new.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            new.unlink()
    return True
