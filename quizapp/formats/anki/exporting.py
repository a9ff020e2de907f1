"""A collection's notes into a file for Anki: a package, or text."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.atomic import folder_beside
from quizapp.errors import RequestError
from quizapp.formats.anki.fields import anki_note
from quizapp.formats.anki.media import package_name
from quizapp.formats.rows import FormatError

if TYPE_CHECKING:
    from datetime import datetime

    from quizapp.collection import Collection
    from quizapp.formats.anki.outgoing import AnkiNote
    from quizapp.study.outgoing import OutgoingNote

Progress = Callable[[str, int, int], None]
_ENDINGS = (".apkg", ".txt")
_NAMED = 3  # decks that a file is named after


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: notes, cards and media as Anki counts them. `missing` are files that cards name in vain.

    `remarks` say in words what else is not as it should be.
    """

    file: Path
    notes: int
    cards: int
    media: int
    missing: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def target(root: Path, decks: Sequence[str], output: str, *, schedule: bool = False) -> Path:
    """Where an export goes: what is asked for, or a file in `exports/` beside the collection, named after its decks.

    RequestError for an ending that says nothing, and for a schedule that would go into text.
    """
    name = "-".join(decks).replace("/", "-") if 0 < len(decks) <= _NAMED else "quizapp"
    if not output:
        return root.parent / "exports" / f"{name}.apkg"
    path = Path(output)
    with suppress(RuntimeError):  # `~` and a name that is nobody's
        path = path.expanduser()
    if path.is_dir():
        return path / f"{name}.apkg"
    if path.suffix.lower() not in _ENDINGS:
        raise RequestError(f"{output}: a package ends in .apkg, and Anki's text in .txt")
    if schedule and path.suffix.lower() == ".txt":
        raise RequestError(
            "Anki's text can't hold a schedule; leave --schedule out, or write a package (.apkg)"
        )
    return path


def export(
    collection: "Collection",
    decks: Sequence[str] | None,
    path: Path,
    *,
    schedule: bool = False,
    now: "datetime | None" = None,
    progress: Progress | None = None,
) -> Exported:
    """Write these decks (None: all) to a file, whole or not at all. FormatError says why it can't be written."""
    collection.refresh(now)
    try:
        if path.suffix.lower() == ".txt":
            return _as_text(collection, decks, path, now, progress)
        return _as_package(collection, decks, path, now, progress, schedule=schedule)
    except BrokenPipeError:  # nobody looks at the progress any more
        raise
    except OSError as error:
        raise FormatError(f"{path} can't be written: {error.strerror or error}") from error


def _as_package(
    collection: "Collection",
    decks: Sequence[str] | None,
    path: Path,
    now: "datetime | None",
    progress: Progress | None,
    *,
    schedule: bool,
) -> Exported:
    from quizapp.formats.anki.package import write_package  # noqa: PLC0415  loads genanki

    total = collection.outgoing_count(decks)
    remarks: list[str] = []
    memory = collection.schedule(now) if schedule else None
    written = write_package(
        path,
        collection.outgoing_decks(decks),
        _anki_notes(collection, decks, now, remarks),
        collection.root,
        memory,
        total=total,
        progress=progress,
    )
    return Exported(path, written.notes, written.cards, written.media, written.missing, tuple(remarks))


def _as_text(
    collection: "Collection",
    decks: Sequence[str] | None,
    path: Path,
    now: "datetime | None",
    progress: Progress | None,
) -> Exported:
    from quizapp.formats.anki.as_text import text  # noqa: PLC0415  not for packages

    total, cards = collection.outgoing_count(decks), 0
    remarks: list[str] = []

    def counted() -> "Iterator[OutgoingNote]":
        nonlocal cards
        for number, out in enumerate(_outgoing(collection, decks, now, remarks), 1):
            cards += len(out.cards)
            if progress:
                progress("notes", number, total)
            yield out

    path.parent.mkdir(parents=True, exist_ok=True)
    with folder_beside(path) as folder:
        written = folder / "text"
        rows = -1  # the head is none
        with written.open("w", encoding="utf-8", newline="") as file:
            for piece in text(counted(), image=_named):
                file.write(piece)
                rows += 1
        written.replace(path)
    return Exported(path, rows, cards, 0, remarks=tuple(remarks))


def _anki_notes(
    collection: "Collection", decks: Sequence[str] | None, now: "datetime | None", remarks: list[str]
) -> Iterator["AnkiNote"]:
    return (anki_note(out, image=_named) for out in _outgoing(collection, decks, now, remarks))


def _outgoing(
    collection: "Collection", decks: Sequence[str] | None, now: "datetime | None", remarks: list[str]
) -> Iterator["OutgoingNote"]:
    """The notes; `remarks` get what they may lack."""
    changed = "what was changed since it could be may not be updated in Anki, or come twice"
    return collection.outgoing_notes(decks, now, lambda why: remarks.append(f"{why}; {changed}"))


def _named(address: str) -> str:
    return package_name(address) or address
