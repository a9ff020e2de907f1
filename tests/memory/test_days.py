"""Study days: when they begin, when they end, and what a journey does to them."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.memory.days import day_end, study_day

FOUR = timedelta(hours=4)
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [
    ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")
]
DAYS = {"min_value": datetime(1990, 1, 1), "max_value": datetime(2090, 1, 1)}
STARTS = st.integers(0, 24 * 60 - 1).map(lambda minutes: timedelta(minutes=minutes))


def test_a_review_after_midnight_belongs_to_the_evening_before():
    assert study_day(datetime(2026, 5, 2, 3, 59, tzinfo=BERLIN), FOUR) == date(2026, 5, 1)
    assert study_day(datetime(2026, 5, 2, 4, 0, tzinfo=BERLIN), FOUR) == date(2026, 5, 2)


def test_the_study_day_is_that_of_the_offset_an_instant_carries():
    at = datetime(2026, 5, 2, 2, 30, tzinfo=UTC)

    assert study_day(at, FOUR) == date(2026, 5, 1)
    assert study_day(at.astimezone(timezone(timedelta(hours=9))), FOUR) == date(2026, 5, 2)


def test_a_day_ends_where_the_next_begins():
    end = day_end(datetime(2026, 5, 2, 23, 0, tzinfo=BERLIN), FOUR)

    assert end == datetime(2026, 5, 3, 4, 0, tzinfo=BERLIN)
    assert end.tzinfo is BERLIN


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 28), 23), (date(2026, 10, 24), 25)])
def test_the_days_on_which_the_clocks_change_have_23_and_25_hours(day, hours):
    begin = datetime(day.year, day.month, day.day, 4, tzinfo=BERLIN)

    assert day_end(begin, FOUR).astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=hours)


def test_an_end_that_the_clock_shows_twice_is_the_later_one():
    now = datetime(2026, 10, 25, 2, 10, tzinfo=BERLIN, fold=1)  # the clock has just gone back to two

    assert day_end(now, timedelta(hours=2, minutes=30)).astimezone(UTC) == datetime(
        2026, 10, 25, 1, 30, tzinfo=UTC
    )


@given(st.datetimes(**DAYS), st.datetimes(**DAYS), st.integers(-12 * 60, 14 * 60), STARTS)
def test_within_an_offset_a_later_instant_has_no_earlier_day(one, other, offset, starts):
    zone = timezone(timedelta(minutes=offset))
    early, late = sorted([one.replace(tzinfo=zone), other.replace(tzinfo=zone)])

    assert study_day(early, starts) <= study_day(late, starts)


@given(st.datetimes(**DAYS, timezones=st.just(UTC)), st.sampled_from(ZONES), STARTS)
def test_the_end_of_the_day_is_ahead_and_belongs_to_the_next_day(instant, zone, starts):
    now = instant.astimezone(zone)
    end = day_end(now, starts)

    assert end.astimezone(UTC) > now.astimezone(UTC)
    assert study_day(end, starts) == study_day(now, starts) + timedelta(days=1)
    assert end.astimezone(UTC) - now.astimezone(UTC) <= timedelta(hours=25)
