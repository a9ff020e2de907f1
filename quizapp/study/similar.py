"""Cards that ask nearly what is being typed: asked at every key, so only few questions are looked at.

Candidates come from the index of words, by the rarest words of what is typed; `decks/duplicates.py` says which of
them are close. What only common words could find is found if it is among the first.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from quizapp.decks.duplicates import nearest, telling_words
from quizapp.index.deck_rows import decode
from quizapp.index.store import Index
from quizapp.study.rows import SELECT, CardRow, card_row

_WORDS = 10  # of what is typed, at most
_COUNTED = 1000  # questions with a word that are counted; what more have costs too much to be put in order
_CANDIDATES = 30  # of one search
_IN_ALL = 50


def close_questions(index: Index, question: str, limit: int = 3) -> list[CardRow]:
    """The first card of each note whose question is nearly this one, the nearest first."""
    candidates = list(dict.fromkeys(_candidates(index, question)))[:_IN_ALL]
    notes = {num: decode(body, line, column) for num, body, line, column in _notes(index, candidates)}
    numbers = sorted(notes)
    found = []
    for place in nearest(question, [notes[num].question for num in numbers], len(numbers)):
        row = index.one(f"{SELECT} WHERE c.note = ? ORDER BY c.place LIMIT 1", numbers[place])
        if row:
            found.append(card_row(row))
        if len(found) == limit:
            break
    return found


def _notes(index: Index, numbers: Sequence[int]) -> Iterator[tuple[int, str, int, int]]:
    marks = ",".join("?" * len(numbers))
    sql = f"SELECT num, body, line, col FROM notes WHERE num IN ({marks})"  # noqa: S608  question marks
    yield from index.db.execute(sql, numbers)


def _candidates(index: Index, question: str) -> Iterator[int]:
    """The numbers of notes that share all known words with the question, then of those that share two rare ones."""
    words = [word for word in telling_words(question) if any(sign.isalnum() for sign in word)][:_WORDS]
    counted = sorted((count, word) for word in words if (count := _count(index, word)))
    if not counted:
        return
    known = [word for _, word in counted]
    yield from _search(index, known, in_order=counted[0][0] < _COUNTED)
    for pair in combinations(known[:3], 2):
        if len(known) > len(pair):
            yield from _search(index, pair, in_order=False)


def _count(index: Index, word: str) -> int:
    """How many questions have a word, as far as that is counted."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM texts WHERE texts MATCH ? LIMIT ?)"
    row = index.one(sql, _match([word]), _COUNTED)
    return row[0] if row else 0


def _search(index: Index, words: Sequence[str], *, in_order: bool) -> Iterator[int]:
    order = "ORDER BY rank" if in_order else ""
    sql = f"SELECT rowid FROM texts WHERE texts MATCH ? {order} LIMIT ?"  # noqa: S608  constant words
    for (number,) in index.db.execute(sql, (_match(words), _CANDIDATES)):
        yield number


def _match(words: Sequence[str]) -> str:
    quoted = ('"{}"'.format(word.replace('"', '""')) for word in words)
    return f"question : ({' AND '.join(quoted)})"
