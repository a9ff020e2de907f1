"""`quizapp find`: cards by words and properties."""

import click

from quizapp.cli.opening import Where, is_plain
from quizapp.cli.output import as_json, due_text, print_json, table
from quizapp.cli.query_command import QueryCommand, as_query
from quizapp.cli.screen import open_screen
from quizapp.markup.plain import one_line

_WIDTH = 60


@click.command("find", cls=QueryCommand)
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many cards.")
@as_json
@click.pass_obj
def command(where: Where, query: tuple[str, ...], limit: int | None, as_json: bool) -> int:
    """Find cards: words (their beginnings), '"a phrase"', deck:NAME, tag:NAME, is:due and so on; -TERM negates.

    On a terminal, without a query, the browser opens.

    is: knows due, new, learning, review, relearning, suspended, buried, marked, leech. rated:7 is answered in the last
    seven days, rated:7:1 answered Again; added:7 is added in them. prop:s>10 compares a property: s (stability, days),
    d (difficulty), r (recall now, 0 to 1), reps, lapses, ivl (interval, days), due (days until then).
    """
    with where.open() as collection:
        if not (query or limit or as_json or is_plain()):
            open_screen(collection, browse=True)
            return 0
        rows = collection.find_rows(as_query(query), limit=limit)
        today = collection.today()
    if as_json:
        print_json(
            [
                {
                    "id": row.card.id,
                    "deck": row.card.deck,
                    "question": row.card.question,
                    "answer": row.card.answer,
                    "state": row.state,
                    "due": due_text(row.memory.due if row.memory else None),
                    "suspended": row.suspended,
                    "buried": row.buried > today.toordinal(),
                }
                for row in rows
            ]
        )
    elif rows:
        lines = [(row.card.id, one_line(row.card.deck), one_line(row.card.question)[:_WIDTH]) for row in rows]
        click.echo("\n".join(table(lines)))
    else:
        click.echo("no card found", err=True)
    return 0 if rows else 1
