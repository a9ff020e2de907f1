"""`quizapp` alone: the home screen, or the offer to make a collection."""

import click

from quizapp.cli.due import command as due
from quizapp.cli.init import make_collection
from quizapp.cli.opening import Where, is_plain
from quizapp.cli.screen import open_screen
from quizapp.errors import CollectionError


def open_home(where: Where) -> None:
    """Open the home screen; without a screen say what waits; without a collection offer one."""
    if where.find() is None:
        if is_plain():
            raise CollectionError("no collection here; `quizapp init` makes one")
        click.echo("There is no collection here yet.")
        folder = click.prompt("Make one in which folder?", default="cards")
        make_collection(folder, decks=click.confirm("Copy the decks that come with quizapp?", default=True))
    if is_plain():
        due.main(args=[], obj=where, standalone_mode=False)
        return
    with where.open() as collection:
        open_screen(collection)
