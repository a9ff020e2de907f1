"""`quizapp find`: cards by words and properties."""

import click

from quizapp.cli.opening import Where
from quizapp.cli.output import as_json, due_text, print_json, table
from quizapp.markup.plain import one_line
from quizapp.study.find import as_query

_WIDTH = 60


@click.command("find")
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many cards.")
@as_json
@click.pass_obj
def command(where: Where, query: tuple[str, ...], limit: int | None, as_json: bool) -> int:
    """Find cards: words (their beginnings), deck:NAME, tag:NAME, is:due, is:new, is:suspended, is:leech and so on."""
    with where.open() as collection:
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
