"""`quizapp relink`: give the history of a card that is gone to another."""

import click

from quizapp.cli.opening import Where


@click.command("relink")
@click.argument("old")
@click.argument("new")
@click.pass_obj
def command(where: Where, old: str, new: str) -> None:
    """Let the history of OLD, a card in no deck, count for NEW. `quizapp check` names such cards."""
    with where.open() as collection:
        collection.relink(old, new)
    click.echo(f"the history of {old} counts for {new}")
