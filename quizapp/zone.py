"""The clock of this machine as a time zone, summer and winter."""

from datetime import UTC, datetime, timedelta, tzinfo


class Zone(tzinfo):
    """What the system says of local time."""

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        """The offset of a local time; of one that comes twice, `fold` tells which."""
        return at.replace(tzinfo=None).astimezone().utcoffset() if at else None

    def dst(self, _at: datetime | None) -> None:
        """Nobody asks."""

    def tzname(self, at: datetime | None) -> str | None:
        """What the offset is called."""
        return at.replace(tzinfo=None).astimezone().tzname() if at else None

    def fromutc(self, at: datetime) -> datetime:
        """The local time of a time of UTC's."""
        local = at.replace(tzinfo=UTC).astimezone()
        first = local.replace(tzinfo=None, fold=0)
        return first.replace(tzinfo=self, fold=int(first.astimezone().utcoffset() != local.utcoffset()))
