"""Bring the index up to date with the decks and the history: read what changed, fold what it touches."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice

from quizapp.decks.identity import base
from quizapp.garbage import collector_paused
from quizapp.index.changes import Changes, DeckChange, Sources, look
from quizapp.index.deck_rows import DeckRows, reading
from quizapp.index.history import Arrived, cards_beyond, entries_of, read_history, settle
from quizapp.index.library import assign, read_changes
from quizapp.index.recognise import judge, learn, match_orphans
from quizapp.index.redirect import redirect
from quizapp.index.schema import CARD_INDEXES, EVENT_INDEXES, NOTE_INDEXES
from quizapp.index.standing import COLUMNS, NOTHING, fold, to_row
from quizapp.index.store import Index, create_indexes
from quizapp.journal.entry import Entry
from quizapp.journal.log import LogFile
from quizapp.problem import Problem, Severity

Progress = Callable[[str, int, int], None]  # what, how much is done, of how much

_SET = ", ".join(f"{name} = ?" for name in COLUMNS)
FOLDED = f"UPDATE cards SET fresh = 0, {_SET} WHERE num = ?"  # noqa: S608  constant names
_BULK = 2000  # cards; above, one walk over all events is faster than a look-up for each


def synchronise(
    index: Index,
    sources: Sources,
    horizon: int,
    progress: Progress,
    *,
    decks: bool = True,
    found: Changes | None = None,
) -> Sequence[Problem]:
    """Take in everything that changed on disk. Events after `horizon` (an instant) are set aside.

    Returns the problems of reaching files; those within them stay in the index. Nothing is written when
    nothing changed; without `decks`, only the history is looked at; `found` is what a look just found.
    Interrupted at any point, the index is as it was.
    """
    foreign = index.foreign_changes()
    found = found or look(index.db, sources, horizon, decks=decks)
    if found.any:
        with index.much_memory(), index.transaction(), collector_paused():
            if index.foreign_changes() != foreign:  # another process was faster
                found = look(index.db, sources, horizon, decks=decks)
            _update(index, sources, found, horizon, progress)
    return found.problems


def _update(index: Index, sources: Sources, found: Changes, horizon: int, progress: Progress) -> None:
    db = index.db
    db.executemany(
        "UPDATE decks SET size = ?, mtime = ?, read_at = ? WHERE file = ?",
        [(size, mtime, sources.clock(), file) for size, mtime, file in found.touched],
    )
    if found.anew:
        index.clear_events()
    with reading(found.decks) as rows:
        cards, noted = _take_history(db, sources, found.files, horizon, progress)
        notes = _take_decks(db, sources, found.decks, rows, progress) if found.decks else set()
    notes |= {base(card) for card in cards | noted}
    if notes or found.anew:  # without a history left, too
        if changed := redirect(db):
            notes |= assign(db, ())  # the text that came with a rename may tell a note from its copy
            cards |= changed | redirect(db)
        _refold(db, sources, cards, progress)
        judge(db, notes | {base(card) for card in cards})
        match_orphans(db, sure=not any(problem.severity is Severity.ERROR for problem in found.problems))


def _take_history(
    db: sqlite3.Connection, sources: Sources, files: Sequence[LogFile], horizon: int, progress: Progress
) -> Arrived:
    """Read what is new in the history; the cards whose events changed."""
    first = db.execute("SELECT 1 FROM events LIMIT 1").fetchone() is None
    cards, noted = read_history(db, sources.history, files, progress)
    create_indexes(db, EVENT_INDEXES)
    cards |= cards_beyond(db, horizon)
    settle(db, horizon, None if first else cards | noted)
    learn(db, cards | noted)
    moved = db.execute("SELECT DISTINCT card, owner FROM events WHERE owner IS NOT NULL").fetchall()
    cards |= {owner for card, owner in moved if card in cards}  # what no longer counts, counted for another
    return Arrived(cards, noted)


def _take_decks(
    db: sqlite3.Connection,
    sources: Sources,
    changes: Sequence[DeckChange],
    rows: Iterator[DeckRows | None],
    progress: Progress,
) -> set[str]:
    """Read the changed decks; the notes that came, went or changed. Another scheduler means folding again."""
    of = sources.schedulers.of
    reviewed = "SELECT c.id, d.name FROM cards c JOIN decks d ON d.num = c.deck WHERE c.state > 0"
    before = dict(db.execute(reviewed).fetchall()) if sources.schedulers.differ else {}
    read, notes = read_changes(db, changes, rows, sources.clock(), progress)
    create_indexes(db, NOTE_INDEXES)
    notes |= assign(db, read)
    moved = (
        [card for card, deck in db.execute(reviewed) if of(deck) is not of(before.get(card, deck))]
        if before
        else ()
    )
    db.executemany("UPDATE cards SET fresh = 1 WHERE id = ?", [(card,) for card in moved])
    return notes


def _refold(db: sqlite3.Connection, sources: Sources, cards: set[str], progress: Progress) -> None:
    """Fold the events of these cards, and of those new in the index, into their rows."""
    if db.execute("SELECT 1 FROM cards WHERE NOT fresh LIMIT 1").fetchone():  # not in a rebuild
        db.executemany("UPDATE cards SET fresh = 1 WHERE id = ? AND NOT fresh", [(card,) for card in cards])
    blank = [*to_row(NOTHING, sources.schedulers.day_starts)]
    db.execute(
        f"UPDATE cards SET {_SET} WHERE fresh AND (state OR suspended OR buried OR marked)",  # noqa: S608
        blank,
    )
    fresh = {
        card: (num, deck)
        for num, card, deck in db.execute(
            "SELECT c.num, c.id, d.name FROM cards c JOIN decks d ON d.num = c.deck WHERE c.fresh"
        )
    }
    histories = enumerate(_histories(db, fresh))
    while batch := list(islice(histories, _BULK)):
        rows = []
        for _, (card, entries) in batch:
            num, deck = fresh[card]
            standing = fold(card, entries, sources.schedulers.of(deck))
            rows.append((*to_row(standing, sources.schedulers.day_starts), num))
        db.executemany(FOLDED, rows)
        progress("memory", batch[-1][0], len(fresh))
    db.execute("UPDATE cards SET fresh = 0 WHERE fresh")
    create_indexes(db, CARD_INDEXES)


def _histories(db: sqlite3.Connection, cards: Iterable[str]) -> Iterator[tuple[str, list[Entry]]]:
    """The events of each of the cards that has any, in the order of the log."""
    cards = set(cards)
    renamed = set()
    if len(cards) > _BULK:
        renamed = {
            card for (card,) in db.execute("SELECT DISTINCT owner FROM events WHERE owner IS NOT NULL")
        }
        walk = db.cursor().execute(
            "SELECT card, instant, kind, at, due, took, of, '' FROM events"  # a line matters only among equals
            " WHERE out = 0 AND owner IS NULL ORDER BY card, instant"
        )
        for card, rows in groupby(map(Entry._make, walk), key=lambda entry: entry.card):
            if card in cards and card not in renamed:
                entries = list(rows)
                if len({entry.instant for entry in entries}) < len(entries):
                    entries = entries_of(db, card)
                yield card, entries
    for card in renamed & cards if len(cards) > _BULK else cards:
        if entries := entries_of(db, card):
            yield card, entries
