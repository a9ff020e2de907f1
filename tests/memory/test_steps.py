"""Learning and relearning steps: where an answer leads, and when a pause becomes a day."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from quizapp.memory.state import Rating
from quizapp.memory.steps import next_step, step_due

AGAIN, HARD, GOOD, EASY = Rating
DAY = 86400
FOUR = timedelta(hours=4)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("steps", "step", "rating", "then"),
    [
        ((60, 600), 0, AGAIN, (0, 60)),
        ((60, 600), 1, AGAIN, (0, 60)),
        ((60, 600), 0, HARD, (0, 330)),
        ((60, 600), 1, HARD, (1, 600)),
        ((60, 600), 0, GOOD, (1, 600)),
        ((60, 600), 1, GOOD, None),
        ((60, 600), 0, EASY, None),
        ((600,), 0, HARD, (0, 900)),
        ((600,), 0, GOOD, None),
        ((60, 600, 6000), 1, GOOD, (2, 6000)),
    ],
)
def test_an_answer_leads_to_the_step_that_anki_leads_to(steps, step, rating, then):
    assert next_step(steps, step, rating) == then


def test_hard_on_a_single_long_step_waits_a_day_more_at_most():
    assert next_step((3 * DAY,), 0, HARD) == (0, 4 * DAY)


def test_hard_above_a_day_waits_whole_days():
    assert next_step((DAY, 2 * DAY), 0, HARD) == (0, 2 * DAY)


@pytest.mark.parametrize(("rating", "then"), [(AGAIN, (0, 60)), (HARD, None), (GOOD, None), (EASY, None)])
def test_a_card_under_which_the_settings_shrank_leaves_its_steps_unless_forgotten(rating, then):
    assert next_step((60,), 2, rating) == then


@pytest.mark.parametrize("rating", list(Rating))
def test_without_steps_every_answer_leaves_them(rating):
    assert next_step((), 0, rating) is None


def test_a_pause_within_the_day_ends_at_an_instant():
    at = datetime(2026, 5, 2, 22, 0, tzinfo=UTC)

    assert step_due(at, 600, FOUR) == datetime(2026, 5, 2, 22, 10, tzinfo=UTC)
    assert step_due(at, 6 * 3600 - 1, FOUR) == datetime(2026, 5, 3, 3, 59, 59, tzinfo=UTC)


def test_a_pause_past_the_end_of_the_day_ends_on_a_day():
    at = datetime(2026, 5, 2, 22, 0, tzinfo=UTC)

    assert step_due(at, 6 * 3600, FOUR) == date(2026, 5, 3)
    assert step_due(at, 30 * 3600 - 1, FOUR) == date(2026, 5, 3)
    assert step_due(at, 30 * 3600, FOUR) == date(2026, 5, 4)


def test_a_pause_is_as_long_as_it_says_while_the_clocks_change():
    at = datetime(2026, 10, 25, 2, 55, tzinfo=BERLIN)  # five minutes before three, which comes twice

    assert step_due(at, 600, timedelta()) - at.astimezone(UTC) == timedelta(seconds=600)


def test_a_zone_and_the_offset_it_has_at_that_moment_give_the_same_due():
    at = datetime(2026, 10, 24, 23, 0, tzinfo=BERLIN)
    logged = at.astimezone(timezone(timedelta(hours=2)))

    for pause in range(0, 2 * DAY, 900):
        assert step_due(at, pause, FOUR) == step_due(logged, pause, FOUR)
