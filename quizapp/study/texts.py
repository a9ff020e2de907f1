"""What a note says itself and where it stands, as the index has it: what an edit begins from."""

import json
from typing import NamedTuple

from quizapp.decks.draft import Draft, draft_of
from quizapp.decks.note import Note
from quizapp.index.deck_rows import decode
from quizapp.index.store import Index
from quizapp.study.editor import Ref
from quizapp.study.rows import CardRow


class NoteText(NamedTuple):
    """A note with its deck's name, its own texts, and what names it on disk."""

    note: Note
    deck: str
    draft: Draft
    ref: Ref


def text_of(index: Index, row: CardRow) -> NoteText:
    """The text of a card's note."""
    body, line, column, header, name, file = index.db.execute(
        "SELECT n.body, n.line, n.col, d.header, d.name, d.file FROM notes n JOIN decks d ON d.num = n.deck"
        " WHERE n.num = ?",
        (row.note_num,),
    ).fetchone()
    head = json.loads(header)
    note = decode(body, line, column)
    draft = draft_of(note, head["source"], tuple(head["tags"]))
    return NoteText(note, name, draft, Ref(row.card.note, row.hash, line, file))
