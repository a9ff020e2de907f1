"""`quizapp check`: every problem of decks and history, and cards that are hard to learn, with their places."""

import click

from quizapp.cli.opening import Progress, Where
from quizapp.cli.output import as_json, print_json
from quizapp.collection import Collection
from quizapp.markup.plain import one_line
from quizapp.problem import Problem, Severity


@click.command("check")
@click.option(
    "--fix", is_flag=True, help="Write into the decks the ids that cards have without showing them."
)
@click.option(
    "--quality/--no-quality",
    default=True,
    help="Warn of cards that are hard to learn, as is usual, or don't. A card's `allow:` turns a warning off.",
)
@as_json
@click.pass_obj
def command(where: Where, fix: bool, quality: bool, as_json: bool) -> int:
    """Name every problem; exit code 1 if one is an error."""
    with where.open() as collection:
        fixed = collection.fix() if fix else 0
        problems = sorted(collection.problems + (_quality(collection) if quality else []))
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if as_json:
        fields = ("file", "line", "column", "severity", "code", "message")
        print_json(
            {"problems": [{name: getattr(p, name) for name in fields} for p in problems], "fixed": fixed}
        )
        return 1 if errors else 0
    for problem in problems:
        warning = "" if problem.severity is Severity.ERROR else "warning: "
        place = f"{problem.file}:{problem.line}:{problem.column}"
        click.echo(f"{one_line(place)}: {warning}{one_line(problem.message)}")
    if fixed:
        click.echo(f"wrote {fixed} ids")
    warnings = len(problems) - errors
    click.echo(f"{errors} errors, {warnings} warnings" if problems else "no problems")
    return 1 if errors else 0


def _quality(collection: Collection) -> list[Problem]:
    progress = Progress("checking")
    try:
        return collection.quality(progress)
    finally:
        progress.clear()
