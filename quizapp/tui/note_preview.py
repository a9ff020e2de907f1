"""A draft as the review will show it: both sides of each of its cards."""

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.content import Content

from quizapp.decks import cloze
from quizapp.decks.draft import Draft, tidied
from quizapp.decks.note import Kind
from quizapp.tui.card_view import both_sides
from quizapp.tui.text_view import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 12  # cards that are shown
_DIM = "$foreground 60%"
_SPACE = Block(Content(""))


def preview(draft: Draft, source: str) -> "Sequence[Block]":
    """The cards below each other. `source` is the deck's, which holds unless the draft has one."""
    found = tidied(draft)
    if not found.question.strip():
        return [_said("The card shows here as you type.")]
    if found.kind is Kind.CLOZE and (fault := cloze.fault(found.question)):
        return [_said(fault)]
    cards = replace(found, source=found.source or source).cards()
    blocks: list[Block] = []
    for number, card in enumerate(cards[:_MOST], 1):
        if blocks:
            blocks += [_SPACE, _SPACE]
        if len(cards) > 1:
            blocks += [_said(f"card {number} of {len(cards)}"), _SPACE]
        blocks += both_sides(card)
    if len(cards) > _MOST:
        blocks += [_SPACE, _said(f"and {len(cards) - _MOST} more")]
    return blocks or [_said("It has no card yet.")]


def _said(text: str) -> Block:
    return Block(Content(text).stylize(_DIM))
