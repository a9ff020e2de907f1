"""`quizapp export`: decks into a file for Anki."""

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import click

from quizapp.cli.opening import Progress, Where, named_deck
from quizapp.cli.output import as_json, print_json
from quizapp.markup.counted import counted
from quizapp.markup.plain import one_line

if TYPE_CHECKING:
    from quizapp.formats.anki.exporting import Exported
    from quizapp.problem import Problem


@click.command("export")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option(
    "-o", "--output", metavar="FILE", default="", help="Where to: a package (.apkg), or Anki's text (.txt)."
)
@click.option(
    "--schedule", is_flag=True, help="Take the memory along: due days, the whole review log, FSRS parameters."
)
@as_json
@click.pass_obj
def command(where: Where, decks: tuple[str, ...], *, output: str, schedule: bool, as_json: bool) -> None:
    """Export decks to Anki: all of them, or those named and what lies below them.

    Without -o the package goes to exports/ beside the collection. In Anki choose File, Import. The same cards exported
    again update those in Anki; what Anki knows of their schedule stays as it is.
    """
    from quizapp.formats.anki.exporting import export, target  # noqa: PLC0415  not for --help

    with where.open() as collection:
        names = [named_deck(collection, deck) for deck in decks]
        path = target(collection.root, names, output, schedule=schedule)
        progress = Progress("exporting")
        try:
            done = export(collection, names or None, path, schedule=schedule, progress=progress)
        finally:
            progress.clear()
        unread = sum(_concerns(problem, names) for problem in collection.unread)
    if as_json:
        print_json(
            {
                "file": str(done.file),
                "notes": done.notes,
                "cards": done.cards,
                "media": done.media,
                "missing": list(done.missing),
                "unread": unread,
                "remarks": list(done.remarks),
            }
        )
    else:
        _tell(done)
    for remark in done.remarks:
        click.echo(one_line(remark), err=True)
    if unread:
        what = f"{counted(unread, 'place')} of decks or history can't be read"
        click.echo(f"{what}; what stands there stays at home, and `quizapp check` names it", err=True)


def _concerns(problem: "Problem", decks: list[str]) -> bool:
    """Whether a problem may keep something of these decks at home; all do if none is named."""
    place = PurePosixPath(problem.file.partition("/")[2])
    return not decks or any(
        place.is_relative_to(name) or str(place) == f"{name}{place.suffix}" for name in ("history", *decks)
    )


def _tell(done: "Exported") -> None:
    media = f", {counted(done.media, 'file')} of media" if done.media else ""
    click.echo(
        f"{one_line(str(done.file))}: {counted(done.notes, 'note')}, {counted(done.cards, 'card')}{media}"
    )
    for name in done.missing:
        click.echo(f"{one_line(name)} is not there; the package goes without it", err=True)
