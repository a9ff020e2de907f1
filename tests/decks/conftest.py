import pytest

from quizapp.decks.note import Kind, Note
from quizapp.decks.reading import read_deck

BEFORE = "cards:\n  - q: First?\n    a: one\n"
AFTER = "  - q: Last?\n    a: two\n"


@pytest.fixture(scope="session")
def read():
    """Read a deck from text or bytes."""

    def read(content):
        content = content if isinstance(content, bytes) else content.encode()
        return read_deck(content, name="maths/sets", file="maths/sets.yaml")

    return read


@pytest.fixture(scope="session")
def read_card(read):
    """Read one card between two good ones, from line 4 on; give its notes and the problems as short tuples."""

    def read_card(card):
        deck = read(BEFORE + card + AFTER)
        questions = [note.question for note in deck.notes]
        assert questions[:1] + questions[-1:] == ["First?", "Last?"]
        return deck.notes[1:-1], [(p.line, p.column, p.code, p.message) for p in deck.problems]

    return read_card


@pytest.fixture(scope="session")
def basic():
    """Make a basic note."""

    def basic(question="What?", answer="That.", **more):
        return Note(Kind.BASIC, more.pop("declared", None), question, (answer,), **more)

    return basic
