"""`quizapp edit`: another text for a card, which keeps its memory."""

from dataclasses import replace
from typing import Unpack

import click

from quizapp.cli.opening import Where, is_plain
from quizapp.cli.output import as_json, print_json
from quizapp.cli.texts import Texts, edit_file, is_any, places, tags_in, text_options, with_texts
from quizapp.collection import Collection
from quizapp.decks.draft import Draft
from quizapp.markup.plain import one_line


@click.command("edit")
@click.argument("card")
@text_options
@click.option("-t", "--tag", metavar="TAG", multiple=True, help="Give it a tag.")
@click.option("--untag", metavar="TAG", multiple=True, help="Take a tag away.")
@click.option(
    "--keep/--afresh", default=None, help="Keep what was learned, or start afresh; asked if in doubt."
)
@click.option("-e", "--editor", is_flag=True, help="Open the deck in $EDITOR at the card's line.")
@as_json
@click.pass_obj
def command(
    where: Where,
    *,
    card: str,
    tag: tuple[str, ...],
    untag: tuple[str, ...],
    keep: bool | None,
    editor: bool,
    as_json: bool,
    **texts: Unpack[Texts],
) -> int:
    """Edit a card: in the form, with options, or in your editor. Only what changes is written."""
    with where.open() as collection:
        row = collection.row(card)
        if editor:
            edit_file(collection.root / row.card.file, row.card.line)
            return _after_editor(collection, card, row.card.file)
        if not (is_any(texts) or tag or untag or keep is False):
            if is_plain():
                raise click.UsageError("say what to change, such as -a TEXT, or give -e for $EDITOR")
            from quizapp.cli.screen import open_form  # noqa: PLC0415  only for the screen

            open_form(collection, card_id=card)
            return 0
        before = collection.draft(card)
        draft = with_texts(before, texts)
        kept = [one for one in draft.tags if one not in tags_in(untag)]
        draft = replace(draft, tags=tuple(dict.fromkeys((*kept, *tags_in(tag)))))
        afresh = _starts_afresh(collection, card, draft, keep)
        edited = collection.edit(card, draft, before=before, afresh=afresh)
        place = places([edited], collection.root)[0]
        if as_json:
            print_json({**place, "changed": draft != before, "afresh": afresh})
        elif draft == before and not afresh:
            click.echo("nothing to change")
        else:
            click.echo(one_line(f"changed: {place['file']}:{place['line']}"))
    return 0


def _starts_afresh(collection: Collection, card: str, draft: Draft, keep: bool | None) -> bool:
    """Whether what was learned is let go; asked when the card may mean something else, and somebody is there."""
    if keep is not None:
        return not keep
    if not collection.means_another(card, draft):
        return False
    if is_plain():
        click.echo("its memory is kept; --afresh starts it anew", err=True)
        return False
    return not click.confirm("It may mean something else now. Keep what was learned?", default=True)


def _after_editor(collection: Collection, card: str, file: str) -> int:
    """Say what is wrong in the deck after somebody edited it."""
    collection.refresh()
    problems = [problem for problem in collection.problems if problem.file.endswith(f"/{file}")]
    for problem in problems:
        click.echo(one_line(f"{problem.file}:{problem.line}:{problem.column}: {problem.message}"), err=True)
    if not collection.exists(card):
        click.echo(one_line(f"no card has the id {card} any more"), err=True)
    return 0
