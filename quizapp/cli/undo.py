"""`quizapp undo`: take the newest event back."""

import click

from quizapp.cli.opening import Where
from quizapp.cli.output import as_json, print_json
from quizapp.markup.plain import one_line


@click.command("undo")
@as_json
@click.pass_obj
def command(where: Where, as_json: bool) -> None:
    """Take back the newest event not yet undone: a review, a suspension or another."""
    with where.open() as collection:
        event = collection.undo()
    if as_json:
        print_json({"undone": event.data if event else None})
    elif event is None:
        click.echo("nothing to undo")
    else:
        what = f"the answer {event.rating.name.lower()}" if event.rating else event.kind
        click.echo(one_line(f"undone: {what} of {event.card}, {event.at}"))
