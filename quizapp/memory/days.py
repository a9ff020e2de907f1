"""Study days: the days by which memory counts, from the hour at which a learner's day begins.

A review at one in the morning belongs to the evening before it. Every instant is judged in the offset
it carries, so a log written on a journey reads the same at home.
"""

from datetime import UTC, date, datetime, time, timedelta


def study_day(at: datetime, day_starts: timedelta) -> date:
    """The study day of an aware instant, by the wall clock of its own offset."""
    return (at - day_starts).date()


def day_end(now: datetime, day_starts: timedelta) -> datetime:
    """The instant at which the study day of `now` ends, in the zone of `now`.

    In a zone with daylight saving two days a year have 23 and 25 hours. Where the clock shows the
    end twice, or not at all, the later instant counts, so the end is always ahead.
    """
    tomorrow = study_day(now, day_starts) + timedelta(days=1)
    end = datetime.combine(tomorrow, time.min, now.tzinfo) + day_starts
    return max(end, end.replace(fold=1), key=lambda instant: instant.astimezone(UTC))
