"""Commands that do one thing to each card named."""

from collections.abc import Callable

import click

from quizapp.cli.opening import Where
from quizapp.collection import Collection


def each_card(name: str, text: str, done: str, act: Callable[[Collection, str], None]) -> click.Command:
    """The command `name`, which does `act` to every card given and says so."""

    @click.command(name, help=text)
    @click.argument("cards", metavar="CARD…", nargs=-1, required=True)
    @click.pass_obj
    def command(where: Where, cards: tuple[str, ...]) -> None:
        with where.open() as collection:
            for card in cards:
                act(collection, card)
                click.echo(f"{done}: {card}")

    return command
