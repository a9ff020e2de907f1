import importlib.util
import json
from pathlib import Path

import pytest

from quizapp.collection import Collection

DECKS = {
    "one.yaml": "cards:\n"
    "  - {q: First question?, a: one, id: a}\n"
    "  - {q: Second question?, a: two, id: b}\n"
    "  - {term: Third, means: three, id: t}\n",
    "two/deep.yaml": "cards:\n"
    "  - {q: Fourth question?, a: four, id: c}\n"
    "  - {cloze: 'The {{c1::fifth}} and the {{c2::sixth}}.', id: z}\n",
}
SETTINGS = '[decks.two]\nretention = 0.8\nlearning_steps = ["5m"]\n'
CARDS = {
    "a": "one",
    "b": "one",
    "t": "one",
    "t.r": "one",
    "c": "two/deep",
    "z": "two/deep",
    "z.2": "two/deep",
}


@pytest.fixture(scope="session")
def model():
    """The plain model of model.py."""
    spec = importlib.util.spec_from_file_location("quizapp_tests_model", Path(__file__).with_name("model.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def root(make_collection):
    """A collection of two decks, the second with settings of its own."""
    root = make_collection(DECKS, SETTINGS)
    (root / "history").mkdir()
    return root


@pytest.fixture(scope="session")
def cards():
    """The cards of `root`, with their decks."""
    return CARDS


@pytest.fixture(scope="session")
def line():
    """A line of the log: a rating's digit or an event's name, then whatever belongs to it."""

    def line(card, at, what=3, **more):
        kind = {"rating": what} if isinstance(what, int) else {"event": what}
        return json.dumps({"at": at, "card": card, **kind, **more})

    return line


@pytest.fixture
def seen():
    """All that a collection shows at a time: cards with memory and flags, counts, problems."""

    def seen(root, now):
        with Collection.open(root, now=now) as collection:
            rows = collection.find_rows("", now)
            shown = {
                row.card.id: (
                    row.card.deck,
                    row.card.question,
                    repr(row.memory),
                    row.suspended,
                    row.buried,
                    row.marked,
                )
                for row in rows
            }
            found = [card.id for card in collection.find("question", now)]
            return (
                shown,
                found,
                collection.deck_counts(None, now),
                collection.outlook(now),
                collection.problems,
            )

    return seen


@pytest.fixture
def rebuilt(seen, tmp_path_factory, monkeypatch):
    """The same, from an index made anew elsewhere."""

    def rebuilt(root, now):
        with monkeypatch.context() as patch:
            patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("fresh")))
            return seen(root, now)

    return rebuilt


@pytest.fixture
def index_file(tmp_path):
    """The file of the one index there is."""

    def index_file():
        (path,) = (tmp_path / "cache").rglob("*.sqlite")
        return path

    return index_file
