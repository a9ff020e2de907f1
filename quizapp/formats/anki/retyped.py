"""Notes of ours that have a type of another's in Anki: it was changed there, or they went there as text.

They are known by their guids. What such a type can't hold, hint, extra or source, stays as it is here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from quizapp.decks.draft import Draft
from quizapp.decks.identity import renamed
from quizapp.decks.note import Kind
from quizapp.formats.anki import as_text
from quizapp.formats.anki.edited import bare, even, texts_by_markdown
from quizapp.formats.anki.entry import Entry
from quizapp.formats.anki.field_text import as_markdown
from quizapp.formats.anki.fields import visible_fields
from quizapp.formats.anki.incoming import Incoming
from quizapp.formats.anki.media import package_name
from quizapp.formats.anki.own import id_of, tags_as_written
from quizapp.markup.html import plain
from quizapp.study.imports import Head, KnownNotes, PlacedNote

_MAY_BECOME = {(Kind.BASIC, Kind.TERM), (Kind.BASIC, Kind.TYPED)}


class Retyped(NamedTuple):
    """`notes` with their ids here; `refused` are the places in the package of those that can't be brought together."""

    notes: list[Incoming]
    refused: Mapping[int, PlacedNote]


def ids(notes: Sequence[Incoming]) -> list[str]:
    """The ids that notes of other types would have if they were ours."""
    return [_own(one) for one in notes if _own(one) != one.note]


def _own(one: Incoming) -> str:
    return id_of(one.guid) if one.guid and one.base is None and not one.is_copy else one.note


def known_again(
    notes: Sequence[Incoming], known: KnownNotes, heads: Mapping[str, Head], steady: Collection[str]
) -> Retyped:
    """The notes, those of them as ours that are. `steady` are notes here that went out as they are now."""
    found: list[Incoming] = []
    refused: dict[int, PlacedNote] = {}
    for one in notes:
        own = _own(one)
        if own == one.note or one.note in known.standing:
            found.append(one)
            continue
        standing = known.standing.get(own)
        if standing is None:
            is_ours = own in known.gone or own in known.unread
            found.append(_called(one, own) if is_ours else one)
            continue
        made = _as_ours(_called(one, own), standing, heads.get(standing.deck, ("", ())))
        if made is None:
            refused[one.line] = standing
            made = _called(one, own)
        elif standing.note not in steady:
            made = made._replace(base=None)
        found.append(made)
    return Retyped(found, refused)


def _called(one: Incoming, name: str) -> Incoming:
    cards = {card: renamed(ours, one.note, name) for card, ours in one.cards.items()}
    return one._replace(note=name, cards=cards)


def _as_ours(one: Incoming, standing: PlacedNote, head: Head) -> Incoming | None:
    """The note as ours, with what it was; None if the two can't be brought together."""
    source, tags = head
    ours = standing.draft
    base = replace(ours, source=ours.source or source, tags=tuple(dict.fromkeys((*tags, *ours.tags))))
    there = one.draft
    if ours.kind is not there.kind and (ours.kind, there.kind) not in _MAY_BECOME:
        return None
    front, back = as_text.sides(base, standing.note, _named)
    asides = {*texts_by_markdown([text for text in (base.hint, base.extra, base.source) if text])}
    question = base.question if even(there.question) in _questions(base, front) else there.question
    answer = base.answer if even("\n".join(there.answer)) in _answers(base, back) else there.answer
    new = [even(text) for text in (question, *answer) if text not in (base.question, *base.answer)]
    if any(aside in text for aside in asides for text in new):
        return None  # text has them within its front and back

    def aside(here: str, now: str) -> str:
        return now if now and even(now) not in {*asides, even(as_markdown(back))} else here

    draft = replace(
        there,
        question=question,
        answer=answer,
        accept=there.accept or base.accept,
        hint=aside(base.hint, there.hint),
        extra=aside(base.extra, there.extra),
        source=aside(base.source, there.source),
        tags=tags_as_written(there.tags, base.tags),
    )
    return one._replace(deck=standing.deck, draft=draft, base=base)


def _questions(base: Draft, front: str) -> set[str]:
    """What the question says when it is read back, alone or in a front."""
    alone = visible_fields(Entry(base), "", _named)[0]
    return {even(as_markdown(front)), even(as_markdown(alone))}


def _answers(base: Draft, back: str) -> set[str]:
    """What the answer says in the same way, or is to be typed."""
    answer = "\n".join(base.answer)
    return {even(as_markdown(back)), bare(plain(answer)), *texts_by_markdown((answer,))}


def _named(address: str) -> str:
    return package_name(address) or address
