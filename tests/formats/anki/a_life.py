"""A collection with all that one can hold, and what is to come back of it from Anki."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from quizapp import Rating
from quizapp.decks.files import deck_files
from quizapp.decks.reading import read_deck
from quizapp.formats.anki.container import opened
from quizapp.formats.anki.proposal import carry_out_package, propose_package
from quizapp.journal.entry import event
from tests.formats.anki.conftest import PIXEL

AGAIN, HARD, GOOD, EASY = Rating
SETTINGS = """\
[fsrs]
learning_steps = ["1m", "10m", "2d"]
[decks."Wörter"]
retention = 0.85
"""
DECKS = {
    "maths.yaml": """\
title: All of maths
source: https://example.org/book?a=1&b=2
cards:
  - {q: What is a number?, a: "A thing that counts: <1> & two", id: number, source: https://example.org/book?a=1&b=2}
  - {q: "No id, $x_1 < y$?", a: none, added: 2025-01-31}
  - {term: Mass, means: "*Resistance*, ![atom](media/atom.png)", id: mass, tags: [physics, maths::deep, two words]}
""",
    "maths/Linear Algebra.yaml": """\
title: Linear -- <algebra>
source: A book
tags: [maths, linear algebra]
requires: [maths, UPPER/Lower case]
read:
  - {title: A book, url: "https://example.org/read", kind: book}
  - {title: A talk without a place}
cards:
  # what stands in a deck stays there
  - q: |
      What is

      | a | matrix |
      |---|--------|
      | 1 | 2 |
    a: |
      ```python
      x = {1: {2: 3}}  # std::x
      ```
    hint: "at the *end*"
    extra: "see [here](https://example.org/) and $$x^{2^{3}}$$ ![](<media/sub/odd name.png>)"
    source: https://example.org/source
    tags: [deep]
    id: matrix
  - {cloze: "A {{c2::`vec::tor`}} has {{c1::one::how many}} {{c2::index}}, $x^{2}$.", id: vector, extra: more}
  - {cloze: "Only {{c3::three}} of {{c5::five}}.", id: gaps, allow: [yes-no, dead-image]}
""",
    "UPPER/Lower case.yaml": """\
cards:
  - {q: Which?, choices: [a, "*b*", "$c$", "![](media/atom.png)"], a: ["*b*", "$c$"], id: which, hint: two}
  - {q: Which one?, choices: ["10", "20"], a: "20", id: one}
  - {q: Type it!, a: "`f(a * b) < c`", type: true, accept: [g, "`h`"], id: typed}
""",
    "Wörter/日本語.yaml": """\
tags: [Sprache]
cards:
  - {term: 犬, means: der Hund, id: inu, tags: [tier], added: "2025-02-03"}
  - {q: "Wie heißt \\u0041\\u030a?", a: "A\\u030a: \\"decomposed\\" \\u2014 [sound:x.mp3]", id: ring}
  - {q: How to say it?, steps: [first `a::b`, breathe, "say {{c1::x}}", breathe, end], id: say, extra: slowly}
""",
}  # fmt: skip
MEDIA = {"atom.png": PIXEL, "sub/odd name.png": PIXEL + b"odd", "unused.png": b"unused"}
NOW = "2025-05-10T09:00"


def lived(opened_, at, settings=SETTINGS):
    """A collection that was studied from March to May 2025, or when `at` puts that."""
    collection = opened_(DECKS, settings)
    for name, content in MEDIA.items():
        path = collection.root / "media" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    _study(collection, at)
    return collection


def _study(c, at):
    def answer(card, time, *ratings, took=4.2):
        for minute, rating in enumerate(ratings):
            c.answer(card, rating, at(time) + timedelta(minutes=minute, milliseconds=7), took)

    answer("number", "2025-03-01T09:00", GOOD, GOOD)
    answer("number", "2025-03-03T09:00", GOOD)
    answer("number", "2025-03-10T21:00", HARD, took=70)
    answer("number", "2025-04-01T03:30", AGAIN, GOOD, took=None)
    answer("mass", "2025-03-01T10:00", EASY)
    answer("mass", "2025-05-09T10:00", AGAIN)  # in relearning
    answer("mass.r", "2025-05-10T08:58", AGAIN, GOOD)  # in its steps
    answer("matrix", "2025-05-10T08:30", GOOD, GOOD, AGAIN)
    answer("vector", "2025-03-02T10:00", GOOD, GOOD)
    answer("vector.2", "2025-03-02T10:30", EASY)
    answer("gaps.5", "2025-03-02T10:40", EASY)
    answer("which", "2025-03-05T10:00", EASY)
    answer("one", "2025-03-05T10:02", EASY)
    answer("typed", "2025-03-05T10:10", EASY)
    answer("typed", "2025-03-25T10:10", AGAIN)
    c.undo(at("2025-03-25T10:11"))
    answer("typed", "2025-03-25T10:20", GOOD)
    answer("inu", "2025-03-05T11:00", EASY)
    answer("inu.r", "2025-03-05T11:01", EASY)
    c.forget("inu.r", at("2025-03-06T11:01"))
    answer("ring", "2025-03-05T11:02", EASY)
    c.forget("ring", at("2025-03-06T11:02"))
    answer("ring", "2025-04-05T11:02", GOOD, EASY)
    steps = [card.id for card in c.find("deck:日本語") if card.step]
    for number, card in enumerate(steps[:4]):
        answer(card, f"2025-03-0{number + 1}T12:00", EASY, AGAIN, GOOD)
    c.suspend("vector", at("2025-05-01T10:00"))
    c.suspend("gaps.3", at("2025-05-01T10:01"))
    c.mark("which", at("2025-05-01T10:02"))
    c.mark("gaps.5", at("2025-05-01T10:03"))
    c.suspend("gaps.5", at("2025-05-01T10:04"))
    c.bury("one", at("2025-05-10T08:59"))
    _set_day(c, "vector.2", "2025-05-02T10:00", at("2025-09-01T12:00").date().isoformat(), at)


def _set_day(collection, card, time, day, at):
    """What `reschedule` will log."""
    collection.settle()
    line = event(at(time), card, "due", due=day).line
    file = max(collection.history.glob("*.jsonl"))
    with file.open("a") as log:
        log.write(line + "\n")
    collection.refresh(at(NOW))


class Told(NamedTuple):
    """What a collection says, in a form that can be compared: its decks, cards, log and media."""

    heads: dict
    notes: dict
    order: dict
    memories: dict
    flags: dict
    events: list
    media: dict


def told(collection, now):
    """All that a collection is to be the same in."""
    collection.refresh(now)
    heads, notes, order = {}, {}, {}
    for file in deck_files(collection.root)[0]:
        deck = read_deck(file.path.read_bytes(), name=file.name, file=file.name)
        assert deck.problems == ()
        heads[file.name] = (deck.title, deck.source, deck.tags, deck.requires, deck.read)
        for note in deck.notes:
            said = note.declared or note.derived
            notes[said] = replace(note, declared=said, line=0, column=0)
            order.setdefault(file.name, []).append(said)
    cards = [card.id for card in collection.find("", now)]
    schedule = collection.schedule(now)
    today = collection.today(now).toordinal()
    standing = {card: schedule.standing(card) for card in cards}
    return Told(
        heads,
        notes,
        order,
        {card: _memory(one.memory) for card, one in standing.items()},
        {card: (one.suspended, one.buried > today, one.marked) for card, one in standing.items()},
        sorted(
            (e.instant, e.card, e.kind, _moment(e.due), e.took and round(e.took, 1)) for e in schedule.events
        ),
        media(collection.root),
    )


def _memory(memory):
    """A memory, its times as instants."""
    last = memory and memory.last_review.timestamp()
    return memory and (replace(memory, due=None, last_review=None), _moment(memory.due), last)


def _moment(due):
    text = due if isinstance(due, str) else due.isoformat() if due else ""
    return round(datetime.fromisoformat(text).timestamp()) if "T" in text else text


def media(root):
    """The files below media/."""
    folder = root / "media"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def disk(collection):
    """All files of a collection."""
    root = collection.root
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def taken(collection, package, now, deck=""):
    """Import a package; the proposal, and how many reviews were new."""
    with opened(package) as contents:
        found = propose_package(collection, package, contents, deck, now=now, zone=now.tzinfo)
        return found, carry_out_package(collection, found, now)


def log_lines(collection):
    """The lines of the log as mappings, oldest first."""
    lines = [
        line for file in collection.history.glob("*.jsonl") for line in file.read_text("utf-8").splitlines()
    ]
    return sorted(map(json.loads, lines), key=lambda line: line["at"])
