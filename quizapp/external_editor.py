"""The learner's own editor, and how it is told at which line to open a file."""

import shlex
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath

from quizapp.errors import RequestError

_USUAL = "vi"  # what POSIX promises

_Opening = Callable[[str, int], list[str]]


def _plus(file: str, line: int) -> list[str]:
    return [f"+{line}", file]


def _goto(file: str, line: int) -> list[str]:
    return ["-g", f"{file}:{line}"]


def _colon(file: str, line: int) -> list[str]:
    return [f"{file}:{line}"]


def _option(file: str, line: int) -> list[str]:
    return ["--line", str(line), file]


_OPENING: Mapping[str, _Opening] = {
    **dict.fromkeys(("vi", "vim", "nvim", "gvim", "mvim", "view", "vimx", "elvis", "nvi"), _plus),
    **dict.fromkeys(("nano", "pico", "rnano", "emacs", "emacsclient", "mg", "jmacs", "zile"), _plus),
    **dict.fromkeys(("joe", "ne", "jed", "micro", "kak", "gedit", "gnome-text-editor", "mcedit"), _plus),
    **dict.fromkeys(("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"), _goto),
    **dict.fromkeys(("subl", "sublime_text", "hx", "helix", "zed", "zeditor", "atom"), _colon),
    **dict.fromkeys(("kate", "kwrite", "mate"), _option),
}


def named(environment: Mapping[str, str]) -> str:
    """The editor that the environment names, else the one that every Unix has."""
    return environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip() or _USUAL


def command(editor: str, file: Path, line: int) -> list[str]:
    """What to run so that `editor`, with options if it has any, opens a file at a line, which counts from 1.

    An editor that isn't known gets the file alone. RequestError for a name with a quote left open.
    """
    try:
        words = shlex.split(editor)
    except ValueError as error:
        raise RequestError(f"the editor {editor!r} has a quote without an end; set $EDITOR anew") from error
    if not words:
        words = [_USUAL]
    opening = _OPENING.get(PurePath(words[0]).name.lower())
    return [*words, *(opening(str(file), line) if opening else [str(file)])]
