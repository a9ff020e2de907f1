import json

import pytest

from quizapp.collection import Collection

DECK = "cards:\n" + "".join(f"  - {{q: Question {n}?, a: Answer {n}, id: card{n}}}\n" for n in range(5))
DUE = "2026-11-30"


@pytest.fixture
def root(make_collection):
    """A collection of five cards, `card0` to `card4`."""
    root = make_collection({"deck.yaml": DECK})
    (root / "history").mkdir()
    return root


@pytest.fixture
def write(root):
    """Write a history file from lines, each with its end, or from bytes as they are."""

    def write(*lines, name="2026-desk-abcd.jsonl"):
        lines = [line if isinstance(line, bytes) else f"{line}\n".encode() for line in lines]
        (root / "history" / name).write_bytes(b"".join(lines))

    return write


@pytest.fixture
def line():
    """A review's line, as text."""

    def line(card="card0", at="2026-11-20T08:00:00.000+01:00", rating=3, due=DUE, **more):
        return json.dumps({"at": at, "card": card, "rating": rating, "due": due, **more})

    return line


@pytest.fixture
def look(root, at):
    """Open the collection: how often each reviewed card was reviewed, and `(file, line, code)` of each problem."""

    def look(now="2026-11-22T08:00"):
        with Collection.open(root, now=at(now)) as collection:
            memories = {card.id: collection.memory(card.id) for card in collection.find("", at(now))}
            problems = [(problem.file, problem.line, problem.code) for problem in collection.problems]
        return {card: memory.reps for card, memory in memories.items() if memory}, problems

    return look
