"""`quizapp import`: notes of other formats into the collection."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from quizapp.cli.opening import Progress, Where, named_deck
from quizapp.cli.output import as_json, print_json
from quizapp.markup.plain import one_line, shortened

if TYPE_CHECKING:
    from quizapp.formats.importing import Deed
    from quizapp.formats.proposal import Proposal
    from quizapp.formats.rows import Passed

_SHORT = 50  # signs of a question that names a note
_MOST = 10  # lines that say the same; of more only a few are named
_FEW = 3


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
    """Import notes: Markdown (tables, Q:/A:, definitions), CSV, TSV, Anki's plain text, or a package of Anki's.

    The same file can be imported again and again: what changed in it changes, what you changed stays. From a package
    (.apkg, .colpkg) the reviews come along that your history lacks.
    """
    from quizapp.formats.importing import deeds  # noqa: PLC0415  30 ms, not for --help
    from quizapp.formats.reading import is_package  # noqa: PLC0415  as above

    if is_package(file):
        if columns or headings:
            raise click.UsageError(
                "--columns and --headings are for text; a package of Anki's says itself what is what"
            )
        proposal, past = _take_package(where, file, deck, dry_run=dry_run)
    else:
        proposal, past = _take_text(where, file, deck, columns, headings=headings, dry_run=dry_run), None
    done = deeds(proposal)
    if as_json:
        print_json(_document(proposal, done, past, dry_run=dry_run))
    else:
        _tell(proposal, done, str(file), past, dry_run=dry_run)


class _Past(NamedTuple):
    """Of a package: the reviews that came new, and what was left out of it, in words."""

    reviews: int
    remarks: Sequence[str]


def _take_text(
    where: Where, file: Path, deck: str, columns: str, *, headings: bool, dry_run: bool
) -> "Proposal":
    from quizapp.formats.importing import carry_out  # noqa: PLC0415  as above
    from quizapp.formats.proposal import propose  # noqa: PLC0415  as above
    from quizapp.formats.reading import read_file  # noqa: PLC0415  as above

    found = read_file(file, named=columns, headings=headings)
    with where.open() as collection, Progress("importing") as progress:
        proposal = propose(collection, file, found, named_deck(collection, deck))
        if not dry_run:
            carry_out(collection, proposal, progress=progress)
    return proposal


def _take_package(where: Where, file: Path, deck: str, *, dry_run: bool) -> "tuple[Proposal, _Past]":
    from quizapp.formats.anki.container import opened  # noqa: PLC0415  as above
    from quizapp.formats.anki.proposal import carry_out_package, propose_package  # noqa: PLC0415  as above

    with opened(file) as contents, where.open() as collection, Progress("importing") as progress:
        found = propose_package(collection, file, contents, named_deck(collection, deck))
        reviews = (
            found.new_reviews(collection)
            if dry_run
            else carry_out_package(collection, found, progress=progress)
        )
    return found.notes, _Past(reviews, found.remarks)


def _document(
    proposal: "Proposal", done: "list[Deed]", past: _Past | None, *, dry_run: bool
) -> dict[str, object]:
    is_package = past is not None
    left_out = [f"{_place(one, is_package=is_package)}: {one.reason}" for one in proposal.left_out]
    more: dict[str, object] = {"reviews": past.reviews} if past else {}
    return {
        "added": sum(deed.added for deed in done),
        "updated": sum(deed.updated for deed in done),
        "unchanged": sum(deed.unchanged for deed in done),
        "skipped": [
            {"line": one.line, "reason": one.reason} | ({"question": one.question} if is_package else {})
            for one in proposal.skipped
        ],
        "decks": [deed.deck for deed in done],
        "by_deck": [
            {"name": deed.deck, "added": deed.added, "updated": deed.updated, "unchanged": deed.unchanged}
            for deed in done
        ],
        "images": sorted(f"media/{name}" for name in proposal.images),
        "missing_images": [{"line": line, "image": image} for line, image in proposal.missing],
        "remarks": [*left_out, *(past.remarks if past else ())],
        "dry_run": dry_run,
    } | more


def _tell(proposal: "Proposal", done: "list[Deed]", file: str, past: _Past | None, *, dry_run: bool) -> None:
    """Per deck what happened, and then what was passed over, with its place."""
    add, update = ("to add", "to update") if dry_run else ("added", "updated")
    for deed in done:
        counts = [(deed.added, add), (deed.updated, update), (deed.unchanged, "unchanged")]
        said = ", ".join(f"{count} {what}" for count, what in counts if count)
        click.echo(f"{one_line(deed.deck)}: {said}")
    if not done:
        click.echo(_nothing(proposal, past))
    if past and past.reviews:
        what = "a review" if past.reviews == 1 else f"{past.reviews:,} reviews"
        click.echo(f"{what} {'to add' if dry_run else 'added'} to your history")
    if proposal.images:
        what = "one file" if len(proposal.images) == 1 else f"{len(proposal.images):,} files"
        click.echo(f"{what} {'to copy' if dry_run else 'copied'} to media/")
    name = one_line(file)
    is_package = past is not None
    for one in proposal.without_images:
        what = "file" if is_package else "image"
        click.echo(f"{_at(name, one, is_package=is_package)}: the {what} {one_line(one.reason)} is not there")
    _tell_skipped(name, proposal.skipped, is_package=is_package)
    for one in proposal.left_out:
        click.echo(f"{_at(name, one, is_package=is_package)}: {one_line(one.reason)}")
    for remark in past.remarks if past else ():
        click.echo(f"{name}: {one_line(remark)}")


def _tell_skipped(name: str, skipped: "Sequence[Passed]", *, is_package: bool) -> None:
    """What was passed over, a line each; of very many with one reason the first few."""
    by_reason: dict[str, list[Passed]] = {}
    for one in skipped:
        by_reason.setdefault(one.reason, []).append(one)
    for reason, found in by_reason.items():
        if len(found) <= _MOST:
            for one in found:
                click.echo(f"{_at(name, one, is_package=is_package)}: passed over: {one_line(reason)}")
        else:
            few = "; ".join(_place(one, is_package=is_package) for one in found[:_FEW])
            what = "notes" if is_package else "rows"
            click.echo(
                f"{name}: {len(found):,} {what} passed over: {one_line(reason)} ({few};"
                f" and {len(found) - _FEW:,} more)"
            )


def _at(name: str, one: "Passed", *, is_package: bool) -> str:
    """The file with a place in it."""
    return f"{name}: {_place(one, is_package=True)}" if is_package else f"{name}:{one.line}"


def _place(one: "Passed", *, is_package: bool) -> str:
    """A line, or a note with how its question begins, as Anki shows no numbers."""
    if not is_package:
        return f"line {one.line}"
    return f'note {one.line}, "{shortened(one.question, _SHORT)}"' if one.question else f"note {one.line}"


def _nothing(proposal: "Proposal", past: _Past | None) -> str:
    if proposal.skipped:
        return "nothing imported"
    return "it holds no notes" if past else "no notes found; --headings makes cards of headings"
