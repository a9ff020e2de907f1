"""Study days: the days by which memory counts, from the hour at which a learner's day begins.

A review at one in the morning belongs to the evening before it. Every instant is judged in the offset
it carries, so a log written on a journey reads the same at home.
"""

from datetime import date, datetime, timedelta


def study_day(at: datetime, day_starts: timedelta) -> date:
    """The study day of an aware instant, by the wall clock of its own offset."""
    return (at - day_starts).date()
