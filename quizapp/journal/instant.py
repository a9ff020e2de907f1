"""Instants as the log and the index count them."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def instant(at: datetime) -> int:
    """Microseconds of Unix time of an aware `at`."""
    return (at - _EPOCH) // _MICROSECOND


def to_milliseconds(at: datetime) -> datetime:
    """The time as the log can hold it: whole milliseconds."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)
