"""`quizapp review`: a session, on the full screen or line by line."""

import click

from quizapp.cli.opening import Where, is_plain
from quizapp.cli.query_command import QueryCommand, as_query
from quizapp.cli.screen import open_screen
from quizapp.collection import Collection
from quizapp.errors import UnknownDeckError

_LONGEST = 60 * 24 * 365  # minutes


def _minutes(_context: click.Context, _option: click.Parameter, minutes: float | None) -> float | None:
    """Minutes that a clock can count; `nan` lies in no range, and so in every one for click."""
    if minutes is not None and not minutes <= _LONGEST:
        raise click.BadParameter(f"at most {_LONGEST}, a year")
    return minutes


@click.command("review", cls=QueryCommand)
@click.argument("what", metavar="[DECK… or query]", nargs=-1)
@click.option("--plain", is_flag=True, help="Line by line: for screen readers, pipes and dumb terminals.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many cards.")
@click.option(
    "--minutes", type=click.FloatRange(min=0, min_open=True), callback=_minutes, help="At most so long."
)
@click.pass_obj
def command(
    where: Where, what: tuple[str, ...], plain: bool, limit: int | None, minutes: float | None
) -> None:
    """Study what is due in all decks, in some, or among the cards that a query finds."""
    with where.open() as collection:
        decks, query = _meant(collection, what)
        if plain or is_plain():
            from quizapp.cli.plain import study  # noqa: PLC0415  one front end is enough

            study(collection, collection.session(decks, query=query, limit=limit, minutes=minutes))
        else:
            open_screen(collection, decks=decks, query=query, limit=limit, minutes=minutes, start_review=True)


def _meant(collection: Collection, what: tuple[str, ...]) -> tuple[tuple[str, ...] | None, str | None]:
    """Decks if all arguments are decks, else a query; UnknownDeckError if it finds nothing either."""
    if not what:
        return None, None
    try:
        collection.counts(what)
    except UnknownDeckError:
        if ":" not in " ".join(what) and not collection.find(as_query(what), limit=1):
            raise
        return None, as_query(what)
    return what, None
