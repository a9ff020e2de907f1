"""Everything that is wrong with decks and history, from what the index keeps of it."""

import json
import sqlite3

from quizapp.decks.values import shown
from quizapp.index.library import deck_problems
from quizapp.index.recognise import is_remembered, last_text
from quizapp.problem import Problem, Severity
from quizapp.settings import NAME, Settings, lineage

_HISTORY = "history/"


def all_problems(db: sqlite3.Connection) -> list[Problem]:
    """The problems of each deck, between decks, and of the history. Files are named within the collection."""
    return [*deck_problems(db), *_twins(db), *_orphans(db), *_lost_cards(db), *_history(db)]


def unread(db: sqlite3.Connection) -> list[Problem]:
    """Of `all_problems`, the errors of reading each deck and each line of the history; found in no time."""
    return [one for one in (*deck_problems(db), *_history(db)) if one.severity is Severity.ERROR]


def settings_problems(db: sqlite3.Connection, settings: Settings) -> list[Problem]:
    """The tables of quizapp.toml that are for no deck and no folder."""
    if not settings.decks:
        return []
    names = sorted({part for (name,) in db.execute("SELECT name FROM decks") for part in lineage(name)})
    found = []
    for deck in settings.decks:
        if deck not in names:
            import difflib  # noqa: PLC0415  only for a name mistyped

            close = difflib.get_close_matches(deck, names, 1) or [n for n in names if n.endswith(f"/{deck}")]
            hint = f'; did you mean "{close[0]}"?' if close else "; `quizapp due` lists the decks"
            message = f'there is no deck and no folder "{deck}"{hint}'
            line = settings.lines.get(deck, 1)
            found.append(Problem(NAME, line, 1, "unknown-deck", message, Severity.WARNING))
    return found


def _twins(db: sqlite3.Connection) -> list[Problem]:
    """Ids and questions that several decks claim; within one deck its reading has named them."""
    rows = db.execute(
        "SELECT d.file, n.line, n.col, n.claim, n.id, o.line, p.file, o.claim = n.claim"
        " FROM (SELECT claim AS key FROM notes GROUP BY claim HAVING count(*) > 1"
        "  UNION SELECT derived FROM notes GROUP BY derived HAVING count(*) > 1) twins"
        " JOIN notes o ON o.claim = twins.key OR o.derived = twins.key JOIN decks p ON p.num = o.deck"
        " JOIN notes n ON (n.claim = twins.key OR n.derived = twins.key) AND n.num != o.num AND n.deck != o.deck"
        " JOIN decks d ON d.num = n.deck"
        " WHERE (n.id IS NOT n.claim AND o.id IS n.claim) OR (n.id IS n.claim AND o.id IS o.claim"
        "  AND (p.rank, o.position) < (d.rank, n.position)) ORDER BY d.rank, n.line"
    )
    found = []
    for file, line, column, claim, note, other_line, other_file, same_id in rows:
        place = f"{other_file}:{other_line}"
        if same_id:
            what = f'the id "{claim}" is that of the card in {place} too'
            how = (
                "this one counts as a new card"
                if note
                else "this one has the same question and is not studied"
            )
            found.append(
                Problem(file, line, column, "duplicate-id", f"{what}; {how}: give it an id of its own")
            )
        else:
            message = f"this question is asked in {place} too; name the subject, or drop one of the two"
            found.append(Problem(file, line, column, "same-question", message, Severity.WARNING))
    return list(dict.fromkeys(found))


def _orphans(db: sqlite3.Connection) -> list[Problem]:
    """History whose card is gone."""
    found = []
    for old, candidates in db.execute(
        "SELECT old, new FROM matches WHERE NOT certain ORDER BY old"
    ).fetchall():
        text = last_text(db, old)
        asked = f" (it asked: {shown(text.question)})" if text and text.question else ""
        what = f'the card "{old}" has history but is in no deck{asked}'
        places = [
            (new, row)
            for new in json.loads(candidates)
            if (row := db.execute(
                "SELECT d.file, n.line, n.col FROM notes n JOIN decks d ON d.num = n.deck WHERE n.id = ?", (new,)
            ).fetchone())
        ]  # fmt: skip
        if places:
            names = ", ".join(f'"{new}" ({file}:{line})' for new, (file, line, _) in places)
            how = f"it may be {names}: `quizapp relink {old} {places[0][0]}` joins them"
            place = places[0][1]
        else:
            how = f"`quizapp relink {old} NEW` joins it to a card, `quizapp forget {old}` lets it go"
            place = (_HISTORY, 1, 1)
        file, line, column = place
        found.append(Problem(file, line, column, "orphaned-history", f"{what}; {how}", Severity.WARNING))
    return found


def _lost_cards(db: sqlite3.Connection) -> list[Problem]:
    """History of cards that their note, which is there, no longer makes: a step or a deletion that changed."""
    of_note = "> k.id || '.' AND {0} < k.id || '/'"
    rows = db.execute(
        "SELECT e.card, n.id, d.file, n.line, n.col"  # noqa: S608  constant names
        " FROM known k JOIN notes n ON n.id = k.id JOIN decks d ON d.num = n.deck"
        f" JOIN events e ON e.card {of_note.format('e.card')} AND e.owner IS NULL"
        " WHERE e.out = 0 AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.id = e.card)"
        " UNION SELECT e.owner, n.id, d.file, n.line, n.col"
        " FROM known k JOIN notes n ON n.id = k.id JOIN decks d ON d.num = n.deck"
        f" JOIN events e ON e.owner {of_note.format('e.owner')}"
        " WHERE e.out = 0 AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.id = e.owner) ORDER BY 1"
    ).fetchall()
    new = (
        "SELECT id FROM cards WHERE note = (SELECT num FROM notes WHERE id = ?) AND NOT state ORDER BY place"
    )
    found = []
    for card, note, file, line, column in rows:
        if is_remembered(db, card):
            what = f'the card "{card}" has history, but this note makes it no longer'
            names = [name for (name,) in db.execute(new, (note,))]
            how = f"`quizapp relink {card} {names[0] if names else 'NEW'}` joins it to another card"
            message = f"{what}; {how}, `quizapp forget {card}` lets it go"
            found.append(Problem(file, line, column, "orphaned-history", message, Severity.WARNING))
    return found


def _history(db: sqlite3.Connection) -> list[Problem]:
    rows = db.execute("SELECT file, line, code, message FROM lines ORDER BY file, line")
    found = [
        Problem(
            _HISTORY + file,
            line,
            1,
            code,
            message,
            Severity.ERROR if code == "bad-line" else Severity.WARNING,
        )
        for file, line, code, message in rows
    ]
    torn = "this last line is torn: what it held can't be read, the next review begins on a line of its own"
    for file, line in db.execute("SELECT name, torn FROM files WHERE torn NOT NULL ORDER BY name"):
        found.append(Problem(_HISTORY + file, int(line), 1, "torn-line", torn, Severity.WARNING))
    ahead, first = db.execute("SELECT count(*), min(at) FROM events WHERE out = 2").fetchone()
    if ahead:
        what = f"{ahead} events lie more than a day ahead of the clock, the first at {first}"
        found.append(
            Problem(_HISTORY, 1, 1, "future-events", f"{what}; set aside until then", Severity.WARNING)
        )
    return found
