"""`quizapp import`: notes of other formats into the collection."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli.opening import Progress, Where, named_deck
from quizapp.cli.output import as_json, print_json
from quizapp.markup.plain import one_line

if TYPE_CHECKING:
    from quizapp.formats.importing import Deed
    from quizapp.formats.proposal import Proposal


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--deck", metavar="DECK", default="", help="Put all notes into this deck; headings become tags."
)
@click.option(
    "--columns", metavar="NAMES", default="", help="Unusual columns: question=Prompt,answer=2,extra=Why."
)
@click.option(
    "--headings",
    is_flag=True,
    help="In Markdown, take headings for questions and the text below for answers.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@as_json
@click.pass_obj
def command(
    where: Where, file: Path, *, deck: str, columns: str, headings: bool, dry_run: bool, as_json: bool
) -> None:
    """Import notes: Markdown (tables, Q:/A:, definitions), CSV, TSV, or Anki's plain text.

    The same file can be imported again and again: what changed in it changes, what you changed stays.
    """
    from quizapp.formats.importing import carry_out, deeds  # noqa: PLC0415  30 ms, not for --help
    from quizapp.formats.proposal import propose  # noqa: PLC0415
    from quizapp.formats.reading import read_file  # noqa: PLC0415

    found = read_file(file, named=columns, headings=headings)
    with where.open() as collection:
        progress = Progress("importing")
        try:
            proposal = propose(collection, file, found, named_deck(collection, deck))
            if not dry_run:
                carry_out(collection, proposal, progress=progress)
        finally:
            progress.clear()
    done = deeds(proposal)
    if as_json:
        print_json(_document(proposal, done, dry_run=dry_run))
    else:
        _tell(proposal, done, str(file), dry_run=dry_run)


def _document(proposal: "Proposal", done: "list[Deed]", *, dry_run: bool) -> dict[str, object]:
    return {
        "added": sum(deed.added for deed in done),
        "updated": sum(deed.updated for deed in done),
        "unchanged": sum(deed.unchanged for deed in done),
        "skipped": [{"line": one.line, "reason": one.reason} for one in proposal.skipped],
        "decks": [deed.deck for deed in done],
        "by_deck": [
            {"name": deed.deck, "added": deed.added, "updated": deed.updated, "unchanged": deed.unchanged}
            for deed in done
        ],
        "images": sorted(f"media/{name}" for name in proposal.images),
        "missing_images": [{"line": line, "image": image} for line, image in proposal.missing],
        "dry_run": dry_run,
    }


def _tell(proposal: "Proposal", done: "list[Deed]", file: str, *, dry_run: bool) -> None:
    """Per deck what happened, and then what was passed over, with its place."""
    add, update = ("to add", "to update") if dry_run else ("added", "updated")
    for deed in done:
        counts = [(deed.added, add), (deed.updated, update), (deed.unchanged, "unchanged")]
        said = ", ".join(f"{count} {what}" for count, what in counts if count)
        click.echo(f"{one_line(deed.deck)}: {said}")
    if not done:
        click.echo(
            "nothing imported" if proposal.skipped else "no notes found; --headings makes cards of headings"
        )
    if proposal.images:
        what = "an image" if len(proposal.images) == 1 else f"{len(proposal.images)} images"
        click.echo(f"{what} {'to copy' if dry_run else 'copied'} to media/")
    name = one_line(file)
    for line, image in proposal.missing:
        click.echo(f"{name}:{line}: the image {one_line(image)} is not there")
    for one in proposal.skipped:
        click.echo(f"{name}:{one.line}: passed over: {one_line(one.reason)}")
