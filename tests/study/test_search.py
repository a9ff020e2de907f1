"""A search by a connection of its own: it finds what others find, and can be stopped."""

import pytest

from quizapp.study.search import StoppedError

NOW = "2026-11-22T08:00"


@pytest.fixture
def collection(opened, make_deck):
    """Two decks of two cards."""
    return opened({"b.yaml": make_deck("one", "two"), "a.yaml": make_deck("three", "four")})


@pytest.fixture
def search(collection, at):
    """Begin a search in the collection."""
    begun = []

    def search(query):
        begun.append(collection.search(query, at(NOW)))
        return begun[-1]

    yield search
    for one in begun:
        one.close()


@pytest.mark.parametrize("query", ["", "it", "deck:b", "-three", "is:new -deck:a", "nothing"])
def test_it_finds_what_is_found_without_it(collection, search, at, query):
    expected = [card.id for card in collection.find(query, at(NOW))]
    found = search(query)

    assert [row.card.id for row in collection.rows_at(found.all())] == expected
    assert [row.card.id for row in collection.rows_at(found.first(2))] == expected[:2]
    assert found.count() == len(expected)
    assert list(collection.find_numbers(query, at(NOW))) == list(found.all())


def test_it_sees_what_happened_after_it_began(collection, search, at):
    suspended = search("is:suspended")
    before = suspended.count()
    collection.suspend("one", at(NOW))

    assert (before, suspended.count()) == (0, 1)


def test_a_closed_one_says_so(search):
    found = search("")
    found.close()

    with pytest.raises(StoppedError):
        found.first(1)
    with pytest.raises(StoppedError):
        found.all()


def test_without_a_file_there_is_none_and_all_is_found_at_once(opened, make_deck, at, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    collection = opened({"a.yaml": make_deck("one", "two")})

    assert collection.search("one", at(NOW)) is None
    assert [row.card.id for row in collection.rows_at(collection.find_numbers("one", at(NOW)))] == ["one"]


def test_cards_that_are_gone_are_left_out(collection, at):
    numbers = collection.find_numbers("", at(NOW))
    (collection.root / "a.yaml").unlink()
    collection.refresh(at(NOW))

    assert [row.card.id for row in collection.rows_at(numbers)] == ["one", "two"]
