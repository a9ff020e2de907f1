"""Why a card comes now: its reviews, what was predicted, and the curve through them."""

import pytest

from quizapp.errors import UnknownCardError
from quizapp.memory.state import Rating


@pytest.fixture
def collection(opened, make_deck):
    return opened({"a.yaml": make_deck("x", "y")}, "[fsrs]\nfuzz = false\n", now="2026-10-01T08:00")


def test_a_new_card_has_no_story(collection, at):
    story = collection.story("x", at("2026-11-22T08:00"))

    assert (story.passed, story.recall, story.when_due, story.curve) == ((), None, None, ())


def test_each_review_has_the_recall_that_was_expected_of_it(collection, at):
    collection.answer("x", Rating.EASY, at("2026-10-01T08:00"))
    expected = collection.recall(collection.row("x"), at("2026-10-20T08:00"))
    collection.answer("x", Rating.AGAIN, at("2026-10-20T08:00"))
    collection.answer("x", Rating.GOOD, at("2026-10-20T08:10"))

    story = collection.story("x", at("2026-10-21T08:00"))

    assert [(p.rating, p.predicted) for p in story.passed] == [
        (Rating.EASY, None), (Rating.AGAIN, expected), (Rating.GOOD, None),
    ]  # fmt: skip
    assert story.passed[-1].after == collection.memory("x")


def test_recall_falls_to_the_wished_retention_on_the_day_it_is_due(collection, at):
    collection.answer("x", Rating.EASY, at("2026-10-01T08:00"))

    story = collection.story("x", at("2026-10-03T08:00"))

    assert story.due_day == collection.memory("x").due
    assert story.when_due == pytest.approx(0.9, abs=0.01)
    assert 0.9 < story.recall < 1


def test_the_curve_falls_between_reviews_and_each_review_lifts_it(collection, at):
    collection.answer("x", Rating.EASY, at("2026-10-01T08:00"))
    collection.answer("x", Rating.GOOD, at("2026-10-11T08:00"))

    curve = collection.story("x", at("2026-10-12T08:00")).curve
    days = [day for day, _ in curve]
    second = days.index(10, days.index(10) + 1)

    assert days == sorted(days)
    assert curve[0] == (0, 1.0)
    assert curve[second] == (10, 1.0)
    for part in (curve[:second], curve[second:]):
        assert [recall for _, recall in part] == sorted((recall for _, recall in part), reverse=True)


def test_a_forgotten_history_is_no_part_of_the_story(collection, at):
    collection.answer("x", Rating.EASY, at("2026-10-01T08:00"))
    collection.forget("x", at("2026-10-02T08:00"))
    collection.answer("x", Rating.GOOD, at("2026-10-03T08:00"))

    assert [p.rating for p in collection.story("x", at("2026-10-04T08:00")).passed] == [Rating.GOOD]


def test_a_stranger_has_no_story(collection, at):
    with pytest.raises(UnknownCardError):
        collection.story("stranger", at("2026-10-04T08:00"))
