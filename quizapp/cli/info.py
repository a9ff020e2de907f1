"""`quizapp info`: all about one card."""

from datetime import date

import click

from quizapp.cli.opening import Where
from quizapp.cli.output import as_json, due_text, print_json
from quizapp.markup.plain import one_line, visible
from quizapp.study.rows import CardRow


@click.command("info")
@click.argument("card")
@as_json
@click.pass_obj
def command(where: Where, card: str, as_json: bool) -> None:
    """Show a card, its memory and its reviews."""
    with where.open() as collection:
        row = collection.row(card)
        recall = collection.recall(row)
        entries = collection.reviews(card)
        today = collection.today()
    reviews = [{"at": e.at, "rating": int(e.rating or 0), "took": e.took, "due": e.due} for e in entries]
    memory = row.memory
    document = {
        "id": row.card.id,
        "deck": row.card.deck,
        "state": row.state,
        "stability": memory.stability if memory else None,
        "difficulty": memory.difficulty if memory else None,
        "recall": recall,
        "due": due_text(memory.due if memory else None),
        "reps": memory.reps if memory else 0,
        "lapses": memory.lapses if memory else 0,
        "suspended": row.suspended,
        "buried": row.buried > today.toordinal(),
        "marked": row.marked,
        "file": row.card.file,
        "line": row.card.line,
        "reviews": reviews,
    }
    if as_json:
        print_json(document)
        return
    click.echo(f"{row.card.id} in {one_line(row.card.deck)} ({one_line(row.card.file)}:{row.card.line})")
    click.echo(f"\n{visible(row.card.question)}\n\n{visible(row.card.answer)}\n")
    click.echo("\n".join(_memory_lines(row, recall, today)))
    for entry in entries:
        click.echo(f"  {one_line(entry.at)}  {entry.rating.name.lower() if entry.rating else ''}")


def _memory_lines(row: CardRow, recall: float | None, today: date) -> list[str]:
    lines = []
    if row.memory:
        memory = row.memory
        lines.append(
            f"{row.state}, due {due_text(memory.due)}, recalled now with {100 * (recall or 0):.0f} %"
        )
        lines.append(f"stability {memory.stability:.1f} days, difficulty {memory.difficulty:.1f} of 10")
        lines.append(f"reviewed {_times(memory.reps)}, forgotten {_times(memory.lapses)}")
    else:
        lines.append("new: never reviewed")
    lines += ["suspended"] * row.suspended + ["marked"] * row.marked
    if row.buried > today.toordinal():
        lines.append(f"buried until {date.fromordinal(row.buried)}")
    return lines


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
