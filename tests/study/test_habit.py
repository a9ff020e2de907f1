"""What the log says of a learner's days: streak, week and pace."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quizapp.memory.state import Rating
from quizapp.study.counts import Counts
from quizapp.study.habit import Pace


@pytest.fixture
def collection(opened, make_deck):
    return opened({"a.yaml": make_deck(*(f"c{n}" for n in range(40)))}, "[study]\nnew_per_day = 100\n")


def review(collection, at, *times, rating=Rating.GOOD, took=None):
    for number, text in enumerate(times):
        collection.answer(f"c{number}", rating, at(text), took)


def test_without_reviews_there_is_no_streak_and_an_empty_week(collection, at):
    overview = collection.overview(at("2026-11-22T08:00"))

    assert overview.streak() == 0
    assert overview.week() == (0,) * 7


@pytest.mark.parametrize(
    ("now", "days"),
    [("2026-11-22T20:00", 3), ("2026-11-23T03:00", 3), ("2026-11-23T20:00", 3), ("2026-11-24T05:00", 0)],
)
def test_a_streak_counts_study_days_in_a_row_and_waits_for_a_day_to_be_over(collection, at, now, days):
    review(
        collection, at, "2026-11-18T12:00", "2026-11-20T12:00", "2026-11-20T13:00", "2026-11-21T12:00",
        "2026-11-23T03:30",  # still the 22nd
    )  # fmt: skip

    assert collection.overview(at(now)).streak() == (days if now > "2026-11-23T03:30" else 2)


def test_a_streak_goes_by_the_clock_each_review_was_made_with(collection):
    tokyo, berlin = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin")
    collection.answer(
        "c0", Rating.GOOD, datetime(2026, 11, 20, 5, tzinfo=tokyo)
    )  # the 19th, 21:00, in Berlin
    collection.answer("c1", Rating.GOOD, datetime(2026, 11, 21, 5, tzinfo=tokyo))
    collection.answer("c2", Rating.GOOD, datetime(2026, 11, 22, 12, tzinfo=berlin))

    assert collection.overview(datetime(2026, 11, 22, 13, tzinfo=berlin)).streak() == 3


def test_a_week_counts_reviews_a_day_without_those_taken_back(collection, at):
    review(collection, at, "2026-11-16T12:00", "2026-11-21T12:00", "2026-11-21T13:00", "2026-11-22T06:00")
    collection.undo(at("2026-11-22T06:01"))
    collection.answer("c9", Rating.GOOD, at("2026-11-22T06:02"))
    collection.answer("c8", Rating.GOOD, at("2026-11-15T12:00"))

    assert collection.overview(at("2026-11-22T08:00")).week() == (1, 0, 0, 0, 0, 2, 1)


def test_the_pace_is_the_usual_one_until_there_are_enough_cards(collection, at):
    review(collection, at, *["2026-11-22T12:00"] * 9, took=50.0)

    assert collection.overview(at("2026-11-22T13:00")).pace() == Pace()


def test_the_pace_adds_a_cards_repetitions_of_a_day_and_tells_new_cards_from_others(collection, at):
    review(collection, at, *["2026-11-20T12:00"] * 10, took=20.0)
    review(collection, at, *["2026-11-20T12:10"] * 10, took=10.0)
    review(collection, at, *["2026-11-22T12:00"] * 10, took=5.0)

    pace = collection.overview(at("2026-11-22T13:00")).pace()

    assert pace == Pace(30.0, 5.0)
    assert pace.seconds(Counts(2, 1, 3)) == 80.0


def test_how_well_a_deck_is_known_is_the_recall_expected_of_its_cards(collection, at):
    review(collection, at, *["2026-11-10T12:00"] * 3, rating=Rating.EASY)
    now = at("2026-11-22T12:00")
    overview = collection.overview(now)
    expected = sum(collection.recall(collection.row(f"c{n}"), now) for n in range(3))

    assert [overview.known(deck) for deck in overview.decks()] == [pytest.approx(expected, abs=1e-12)]


def test_tags_are_counted_by_note(opened, make_deck, at):
    collection = opened(
        {
            "a.yaml": make_deck("x", "y", kind="term", tags="[one, two]"),
            "b.yaml": make_deck("z", tags="[one]"),
        }
    )
    overview = collection.overview(at("2026-11-22T08:00"))
    found = [dict(overview.tags(deck)) for deck in overview.decks()]

    assert found == [{"one": 2, "two": 2}, {"one": 1}]


def test_a_damaged_index_is_made_anew_under_an_overview(collection, at):
    review(collection, at, "2026-11-22T06:00")
    overview = collection.overview(at("2026-11-22T08:00"))
    collection._works.index.db.execute("DROP TABLE events")

    assert overview.streak() == 1
    assert timedelta(0) < timedelta(seconds=overview.pace().new)
