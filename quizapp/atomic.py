"""Replacing a file: whole or not at all, and only if it is still the one that was read."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from glob import escape
from pathlib import Path

_SHORT = 50  # letters of a name: more, with what is put around them, some disks don't take


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other processes that ask for it, too, from changing files below a folder. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def replace(path: Path, before: bytes, after: bytes) -> bool:
    """Put `after` in the place of `before`; False, and nothing done, if the file holds something else by now.

    The new content is on disk before the name points to it. Mode and, through a symlink, the target stay.
    Raises OSError; then the file is as it was.
    """
    path = path.resolve()
    with _written(path, after) as new:
        new.chmod(path.stat().st_mode & 0o7777)
        if path.read_bytes() != before:
            return False
        new.replace(path)
        _keep_name(path)
    return True


def create(path: Path, content: bytes) -> bool:
    """Make a file; False, and nothing done, if there is one of that name. Raises OSError."""
    with _written(path, content) as new:
        new.chmod(0o666 & ~_umask())
        try:
            path.hardlink_to(new)
        except FileExistsError:
            return False
        except OSError:  # a file system without links, such as a USB stick's
            if path.exists():
                return False
            new.replace(path)
        _keep_name(path)
    return True


@contextlib.contextmanager
def _written(path: Path, content: bytes) -> Iterator[Path]:
    """The content in a file beside that one, on disk; it is gone afterwards unless it got another name."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    new = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield new
    finally:
        with contextlib.suppress(FileNotFoundError):
            new.unlink()


@contextlib.contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """A hidden folder for what will be the file when it is whole; afterwards it is gone. Raises OSError.

    It is locked as long as somebody writes there. So what nobody holds was left by a killed process, and goes.
    """
    name = f".{path.name[:_SHORT]}."
    with contextlib.ExitStack() as until_made:
        with contextlib.suppress(OSError):  # a file system without locks: then nothing is swept
            until_made.enter_context(locked(path.parent))
            _sweep_folders(path.parent, name)
        folder = Path(tempfile.mkdtemp(dir=path.parent, prefix=name, suffix=".new"))
        lock = _lock_of(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _sweep_folders(parent: Path, name: str) -> None:
    """Take away the folders that killed processes left; only for who holds the lock of the one above."""
    for left in parent.glob(f"{escape(name)}*.new"):
        if left.is_dir() and not left.is_symlink() and (lock := _lock_of(left)) is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(lock)


def _lock_of(folder: Path) -> int | None:
    """The lock of a folder; None if another process has it, or there are none."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
        else:
            return descriptor
    return None


def sweep(path: Path) -> None:
    """Take away what a killed process left beside a file; only for who holds the lock."""
    for left in path.parent.glob(f".{escape(path.name)}.*.new"):
        with contextlib.suppress(OSError):
            left.unlink()


def _keep_name(path: Path) -> None:
    """See to it that a name survives a power cut, where folders can be told so."""
    with contextlib.suppress(OSError):
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
