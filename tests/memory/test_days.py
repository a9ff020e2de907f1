"""Study days: when they begin, and what a journey does to them."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from quizapp.memory.days import study_day

FOUR = timedelta(hours=4)
BERLIN = ZoneInfo("Europe/Berlin")
DAYS = {"min_value": datetime(1990, 1, 1), "max_value": datetime(2090, 1, 1)}
STARTS = st.integers(0, 24 * 60 - 1).map(lambda minutes: timedelta(minutes=minutes))


def test_a_review_after_midnight_belongs_to_the_evening_before():
    assert study_day(datetime(2026, 5, 2, 3, 59, tzinfo=BERLIN), FOUR) == date(2026, 5, 1)
    assert study_day(datetime(2026, 5, 2, 4, 0, tzinfo=BERLIN), FOUR) == date(2026, 5, 2)


def test_the_study_day_is_that_of_the_offset_an_instant_carries():
    at = datetime(2026, 5, 2, 2, 30, tzinfo=UTC)

    assert study_day(at, FOUR) == date(2026, 5, 1)
    assert study_day(at.astimezone(timezone(timedelta(hours=9))), FOUR) == date(2026, 5, 2)


@given(st.datetimes(**DAYS), st.datetimes(**DAYS), st.integers(-12 * 60, 14 * 60), STARTS)
def test_within_an_offset_a_later_instant_has_no_earlier_day(one, other, offset, starts):
    zone = timezone(timedelta(minutes=offset))
    early, late = sorted([one.replace(tzinfo=zone), other.replace(tzinfo=zone)])

    assert study_day(early, starts) <= study_day(late, starts)
