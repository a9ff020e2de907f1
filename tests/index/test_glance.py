"""A glance at the disk: what other programs did is news, what this one did is none."""

import os
import sqlite3
import time

import pytest

from quizapp.collection import Collection
from quizapp.errors import CollectionError
from quizapp.memory.state import Rating

DECK = "cards:\n  - {q: What is one?, a: x, id: one}\n  - {q: What is two?, a: y, id: two}\n"


@pytest.fixture
def root(make_collection):
    return make_collection({"a.yaml": DECK, "f/b.yaml": DECK.replace("one", "three").replace("two", "four")})


@pytest.fixture
def collection(root, at):
    with Collection.open(root, now=at("2026-11-22T08:00")) as collection:
        yield collection


def test_nothing_is_news_after_opening_answering_and_undoing(collection, at):
    now = at("2026-11-22T08:00")
    first = collection.is_news(collection.glance(), None)
    collection.answer("one", Rating.GOOD, now)
    answered = collection.is_news(collection.glance(), None)
    collection.undo(now)
    undone = collection.is_news(collection.glance(), None)
    collection.suspend("one", now)

    assert not first
    assert not answered
    assert not undone
    assert not collection.is_news(collection.glance(), None)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "a.yaml").write_text(DECK + "  - {q: More?, a: z}\n"),
        lambda root: (root / "new.yaml").write_text("cards: []\n"),
        lambda root: (root / "f/b.yaml").unlink(),
        lambda root: (root / "a.yaml").rename(root / "f/c.yaml"),
        lambda root: (root / "quizapp.toml").write_text("[study]\nnew_per_day = 1\n"),
        lambda root: (root / "history").mkdir() or (root / "history/2026-other-abcd.jsonl").write_text("x\n"),
    ],
    ids=["edited", "added", "removed", "renamed", "settings", "history"],
)
def test_what_another_program_does_is_news_until_it_was_taken_in(collection, root, change, at):
    before = collection.glance()
    change(root)
    seen = collection.glance()
    news = collection.is_news(seen, before)
    collection.refresh(at("2026-11-22T09:00"))

    assert news
    assert not collection.is_news(collection.glance(), seen)


def test_another_process_on_the_same_machine_is_news(collection, root, at):
    collection.answer("one", Rating.GOOD, at("2026-11-22T08:00"))
    with Collection.open(root, now=at("2026-11-22T08:01")) as other:
        other.answer("two", Rating.EASY, at("2026-11-22T08:02"))
    news = collection.is_news(collection.glance(), None)
    collection.refresh(at("2026-11-22T08:03"))

    assert news
    assert collection.memory("two").reps == 1


def test_files_with_one_name_are_no_news_twice(collection, root, at):
    (root / "a.yml").write_text("cards: []\n")
    seen = collection.glance()
    collection.refresh(at("2026-11-22T09:00"))

    assert not collection.is_news(collection.glance(), seen)


def test_a_file_that_was_only_touched_keeps_the_queue(collection, root, at):
    now = at("2026-11-22T08:00")
    session = collection.session(now=now)
    session.show(now)
    queue = collection._works.desks.queue(session.selection, collection._moment(now), now)
    os.utime(root / "a.yaml", (1, 1))
    collection.refresh(now)

    assert collection._works.desks.queue(session.selection, collection._moment(now), now) is queue


def test_what_another_process_wrote_is_news_once(root, at):
    past = 1_700_000_000
    for path in root.rglob("*.yaml"):
        os.utime(path, (past, past))
    with Collection.open(root, now=at("2026-11-22T08:00")) as collection:
        collection.answer("one", Rating.GOOD, at("2026-11-22T08:00"))
        with Collection.open(root, now=at("2026-11-22T08:01")) as other:
            other.answer("two", Rating.EASY, at("2026-11-22T08:02"))
        first = collection.is_news(collection.glance(), None)
        collection.refresh(at("2026-11-22T08:03"))

        assert first
        assert not collection.is_news(collection.glance(), None)


def test_settings_that_cannot_be_followed_now_are_followed_the_next_time(root, at, monkeypatch):
    with Collection.open(root, now=at("2026-11-22T08:00")) as collection:
        collection.answer("one", Rating.GOOD, at("2026-11-22T08:00"))
        (root / "quizapp.toml").write_text("[fsrs]\nretention = 0.8\n")
        with monkeypatch.context() as patch:
            patch.setattr(Collection, "_make_works", lambda _: (_ for _ in ()).throw(CollectionError("busy")))
            with pytest.raises(CollectionError, match="busy"):
                collection.refresh(at("2026-11-22T08:01"))
        between = collection.settings.fsrs.retention, collection.memory("one").reps
        collection.refresh(at("2026-11-22T08:02"))

        assert between == (0.9, 1)
        assert collection.settings.fsrs.retention == 0.8
        assert collection.memory("one").reps == 1


def test_an_overview_goes_on_when_settings_change_between_its_steps(root, at):
    with Collection.open(root, now=at("2026-11-22T08:00")) as collection:
        collection.answer("one", Rating.GOOD, at("2026-11-22T08:00"))
        overview = collection.overview(at("2026-11-22T08:00"))
        decks = overview.decks()
        (root / "quizapp.toml").write_text("[fsrs]\nretention = 0.8\n")
        collection.refresh(at("2026-11-22T08:01"))

        assert [round(overview.known(deck), 2) for deck in decks] == [1.0, 0.0]
        assert overview.streak() == 1


def test_answers_are_settled_later_while_another_process_writes(root, at):
    with Collection.open(root, now=at("2026-11-22T08:00")) as collection:
        collection.answer("one", Rating.GOOD, at("2026-11-22T08:00"))
        other = sqlite3.connect(collection._works.index.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        collection.settle()
        took = time.monotonic() - begun
        waiting = len(collection._works.keeper._pending)
        other.execute("ROLLBACK")
        other.close()
        collection.settle()

        assert took < 5
        assert waiting == 1
        assert collection._works.keeper._pending == []
        assert collection.memory("one").reps == 1
