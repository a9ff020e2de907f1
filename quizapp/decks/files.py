"""Where the decks lie: every YAML file of a collection, named by its path."""

import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple
from unicodedata import normalize

from quizapp.problem import Problem

_ENDINGS = (".yaml", ".yml")
_LONGEST_PART = 200  # bytes of a file's name, with room for its ending and a mark of ours
_NOT_DECKS = frozenset(("history", "media"))  # folders at the top that hold something else


class DeckFile(NamedTuple):
    """A deck's name (its path without the ending, with slashes), its file, and the file's state."""

    name: str
    where: str
    stat: os.stat_result

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.where)


def deck_files(root: Path) -> tuple[list[DeckFile], list[Problem]]:
    """The deck files below a folder, sorted by name, and what could not be looked at.

    Hidden files and folders are passed over, and `history` and `media` at the top. Links are followed, but
    no folder is visited twice. If two files give one name, the second is a problem. Problems name files
    relative to the folder.
    """
    found: list[DeckFile] = []
    problems: list[Problem] = []
    for prefix, entries in _folders(root, problems):
        for entry in entries:
            stem, dot, ending = entry.name.rpartition(".")
            if stem and dot + ending.lower() in _ENDINGS and not entry.name.startswith("."):
                _add(entry, prefix + normalize("NFC", stem), found, problems)
    found.sort(key=lambda file: (file.name, file.where))
    unique = _unique(found, problems)
    return unique, [problem._replace(file=_shown(problem.file, root)) for problem in problems]


def name_fault(name: str) -> str:
    """Why a deck can't have a name, as a sentence; "" if it can."""
    parts = name.split("/")
    if not name or not all(part.strip() for part in parts):
        return "a deck's name is words between slashes, such as maths/sets"
    if any(part.startswith(".") or part != part.strip() for part in parts):
        return "no part of a deck's name begins with a dot, or begins or ends with a blank"
    if not name.isprintable() or "\\" in name or any(len(part.encode()) > _LONGEST_PART for part in parts):
        return f"a deck's name is a path of printable letters, {_LONGEST_PART} bytes between slashes at most"
    if parts[0].casefold() in _NOT_DECKS and len(parts) > 1:
        return f'the folder "{parts[0]}" holds no decks'
    return ""


def _folders(root: Path, problems: list[Problem]) -> Iterator[tuple[str, list[os.DirEntry[str]]]]:
    """Every folder once: the start of its decks' names, and its entries. Linked folders come last."""
    visited: set[tuple[int, int]] = set()
    waiting = [(os.fspath(root), "")]
    linked: list[tuple[str, str]] = []
    while waiting or linked:
        folder, prefix = waiting.pop() if waiting else linked.pop(0)
        stat = _stat(folder, problems)
        if stat is None or (stat.st_dev, stat.st_ino) in visited:
            continue
        visited.add((stat.st_dev, stat.st_ino))
        entries = _listing(folder, problems)
        yield prefix, entries
        for entry in entries:
            if entry.is_symlink() and not Path(entry.path).exists() and not entry.name.endswith(_ENDINGS):
                problems.append(_unreadable(entry.path, FileNotFoundError(2, "this link leads nowhere")))
            if _leads_on(entry, top=not prefix):
                line = linked if entry.is_symlink() else waiting
                line.append((entry.path, f"{prefix}{normalize('NFC', entry.name)}/"))


def _leads_on(entry: os.DirEntry[str], *, top: bool) -> bool:
    """Whether an entry is a folder that may hold decks."""
    if entry.name.startswith(".") or (top and entry.name in _NOT_DECKS):
        return False
    try:
        return entry.is_dir()
    except OSError:
        return False


def _listing(folder: str, problems: list[Problem]) -> list[os.DirEntry[str]]:
    """A folder's entries, sorted by name."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        problems.append(_unreadable(folder, error))
        return []


def _add(entry: os.DirEntry[str], name: str, found: list[DeckFile], problems: list[Problem]) -> None:
    try:
        name.encode()
        stat = entry.stat()
        if S_ISREG(stat.st_mode):
            found.append(DeckFile(name, entry.path, stat))
    except (OSError, UnicodeEncodeError) as error:
        problems.append(_unreadable(entry.path, error))


def _stat(path: str, problems: list[Problem]) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116  a Path a folder would cost more than the call
    except OSError as error:
        problems.append(_unreadable(path, error))
        return None


def _unreadable(path: str, error: OSError | UnicodeEncodeError) -> Problem:
    reason = error.strerror if isinstance(error, OSError) else "its name is not UTF-8; rename it"
    return Problem(path, 1, 1, "unreadable", f"this can't be read: {reason}")


def _shown(path: str, root: Path) -> str:
    """A path below the root as a learner reads it."""
    relative = os.path.relpath(path, root).replace(os.sep, "/")
    return relative.encode(errors="backslashreplace").decode()


def _unique(found: list[DeckFile], problems: list[Problem]) -> list[DeckFile]:
    """One file for each name: the first."""
    unique: dict[str, DeckFile] = {}
    for file in found:
        first = unique.setdefault(file.name, file)
        if first is not file:
            message = f'the deck "{file.name}" is already in {first.path.name}; rename one of the two files'
            problems.append(Problem(file.where, 1, 1, "same-deck", message))
    return list(unique.values())
