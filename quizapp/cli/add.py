"""`quizapp add`: a card the moment a question comes up."""

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import Unpack

import click

from quizapp.cli.opening import Where, is_plain, named_deck
from quizapp.cli.output import as_json, print_json
from quizapp.cli.texts import (
    Texts,
    drafts_in,
    places,
    read_stdin,
    tags_in,
    text_options,
    with_texts,
    written_in_editor,
)
from quizapp.collection import Collection
from quizapp.decks.draft import Draft
from quizapp.decks.note import Card, Kind
from quizapp.markup.plain import one_line

_INBOX = "inbox"
_SHOWN = 60  # letters of a question


@click.command("add")
@click.argument("deck", default=_INBOX)
@text_options
@click.option("-t", "--tag", metavar="TAG", multiple=True, help="A tag, or several with commas.")
@click.option("-e", "--editor", is_flag=True, help="Write the card in $EDITOR.")
@as_json
@click.pass_obj
def command(
    where: Where, deck: str, tag: tuple[str, ...], editor: bool, as_json: bool, **texts: Unpack[Texts]
) -> int:
    """Add a card to a deck, the inbox unless one is named; a deck that isn't there is made.

    Without -q the form opens; without a terminal, text on stdin is the card: "Q: …" and "A: …", or a first
    line that asks and the rest that answers.
    """
    with where.open(refresh=False) as collection:
        deck = named_deck(collection, deck)
        given = with_texts(Draft(""), texts)
        with written_in_editor(given, deck) if editor else nullcontext(_drafts(given, texts)) as found:
            if found is None:
                return _open_form(collection, deck)
            drafts = [
                replace(draft, tags=tuple(dict.fromkeys((*draft.tags, *tags_in(tag))))) for draft in found
            ]
            close = [collection.close_questions(draft.question, 1) for draft in drafts]
            added = collection.add_drafts(deck, drafts, take_in=False) if drafts else []
        _say(collection, added, [found[0] if found else None for found in close], as_json=as_json)
    return 0


def _drafts(draft: Draft, texts: Texts) -> list[Draft] | None:
    """The cards that are meant; None for the form."""
    if draft.question:
        if not draft.answer and draft.kind is not Kind.CLOZE and not sys.stdin.isatty():
            text = read_stdin().strip()
            draft = replace(draft, answer=(text,) if text else ())
        return [draft]
    if not sys.stdin.isatty() and (text := read_stdin()).strip():
        return [with_texts(found, texts) for found in drafts_in(text)]
    if is_plain():
        raise click.UsageError("give the card with -q and -a, or as text on stdin")
    return None


def _open_form(collection: Collection, deck: str) -> int:
    from quizapp.cli.screen import open_form  # noqa: PLC0415  only for the screen

    collection.refresh()
    open_form(collection, deck=deck)
    return 0


def _say(
    collection: Collection, added: Sequence[Card], close: Sequence[Card | None], *, as_json: bool
) -> None:
    """Say where the cards stand, and what is nearly the same."""
    found = places(added, collection.root)
    if as_json:
        first = found[0] if found else {"id": None, "file": None, "line": None}
        print_json({**first, "cards": found})
        return
    if not added:
        click.echo("nothing was added")
    for card, place, other in zip(added, found, close, strict=True):
        click.echo(
            one_line(f"added to {place['file']}:{place['line']}: {card.question[:_SHOWN]} ({card.id})")
        )
        if other:
            near = f"{collection.root.name}/{other.file}:{other.line}: {other.question[:_SHOWN]}"
            click.echo(one_line(f"close to {near}"), err=True)
