from datetime import timedelta

import pytest

from quizapp.collection import Collection
from quizapp.memory.state import Rating
from quizapp.study.desk import Selection


def deck(*names, kind="basic", **more):
    """A deck's text: a card for each name, with the name as its id."""
    lines = []
    for name in names:
        text = {
            "basic": f"q: What is {name}?, a: it is {name}",
            "term": f"term: Term {name}, means: it means {name}",
            "cloze": f"cloze: '{{{{c1::{name}}}}} and {{{{c2::more}}}} and {{{{c3::most}}}}'",
        }[kind]
        own = "".join(f", {key}: {value}" for key, value in more.items())
        lines.append(f"  - {{{text}, id: {name}{own}}}\n")
    return "cards:\n" + "".join(lines)


@pytest.fixture(scope="session")
def make_deck():
    """Make a deck's text: `make_deck("a", "b", kind="term", added="2026-11-01")`."""
    return deck


@pytest.fixture
def opened(make_collection, at):
    """Open a new collection at a time: `opened({"a.yaml": …}, settings, now="2026-11-22T08:00")`."""
    collections = []

    def opened(decks, settings="", now="2026-11-22T08:00"):
        collections.append(Collection.open(make_collection(decks, settings), now=at(now)))
        return collections[-1]

    yield opened
    for collection in collections:
        collection.close()


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """Open a collection as another machine would: with a host's name, state and cache of its own."""
    collections = []

    def machine(host, root, now):
        with monkeypatch.context() as patch:
            patch.setattr("socket.gethostname", lambda: host)
            patch.setenv("XDG_STATE_HOME", str(tmp_path / host / "state"))
            patch.setenv("XDG_CACHE_HOME", str(tmp_path / host / "cache"))
            collections.append(Collection.open(root, now=now))
            collections[-1]._works.keeper._writer = collections[-1]._open_writer()
        return collections[-1]

    yield machine
    for collection in collections:
        collection.close()


@pytest.fixture
def exhaust():
    """Answer until nothing is left; the ids in the order in which they came. Each answer takes a minute."""

    def exhaust(collection, now, rating=Rating.EASY, decks=None, most=200, pause=timedelta(minutes=1)):
        came = []
        while len(came) < most and (card := collection.current(Selection(decks), now)):
            came.append(card.id)
            collection.answer(card.id, rating, now)
            now += pause
        assert len(came) < most
        return came

    return exhaust


@pytest.fixture
def learned():
    """Make cards known: each answered Easy once, at a time; their intervals are some days."""

    def learned(collection, cards, now):
        for card in cards:
            collection.answer(card, Rating.EASY, now)

    return learned
