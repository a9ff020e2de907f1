"""`quizapp due`: what waits."""

import click

from quizapp.cli.opening import Where
from quizapp.cli.output import as_json, print_json, table
from quizapp.markup.plain import one_line


@click.command("due")
@click.argument("decks", metavar="[DECK…]", nargs=-1)
@as_json
@click.pass_obj
def command(where: Where, decks: tuple[str, ...], as_json: bool) -> None:
    """Say what waits, deck by deck, within the day's limits."""
    with where.open() as collection:
        counts, rows = collection.deck_counts(decks or None, refresh=False)
    if as_json:
        print_json({**counts._asdict(), "decks": [row._asdict() for row in rows]})
        return
    lines: list[tuple[str, ...]] = [("deck", "new", "learning", "review", "total")]
    lines += [(one_line(row.name), *(str(count) if count else "·" for count in row[1:])) for row in rows]
    lines.append(("together", *(str(count) for count in counts), str(sum(row.total for row in rows))))
    click.echo("\n".join(table(lines, right=frozenset([1, 2, 3, 4]))))
