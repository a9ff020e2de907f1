"""What happened to cards in Anki, as events of our log: reviews, resets and days set by hand; and how cards stand.

What counts for Anki's own FSRS counts: reviews in filtered decks that changed no schedule don't, and a card that
begins to learn once more was reset before, even if Anki did not log it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from quizapp.formats.anki.contents import CardRow, Contents, NoteRow, ReviewRow
from quizapp.formats.anki.entry import read
from quizapp.formats.anki.note_types import ENTRY
from quizapp.journal.entry import Entry, event, review
from quizapp.memory.days import study_day
from quizapp.memory.state import Due, Rating
from quizapp.memory.steps import step_due

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = 7_000_000_000_000  # milliseconds: in 2191; what is later is no time of a review
_DAY = 86_400_000  # milliseconds
_LONGEST = 100_000  # days of an interval, and from Anki's first day
_NEW, _REVIEW = 0, 2  # kinds of cards
_SUSPENDED, _BURIED = -1, -3  # queues; -2 are siblings of what was answered: they wait here of themselves
_LEARNED, _FILTERED, _MANUAL, _RESCHEDULED = 0, 3, 4, 5  # kinds of reviews
_MARKED = "marked"  # a note's tag


@dataclass(frozen=True, slots=True)
class Past:
    """What is to be logged, by our cards' ids. `entries` are in the order of the log.

    `suspended`, `buried` and `marked` say how cards stand now. `due` holds the days on which cards come that the log
    tells otherwise. `without_log` are cards that Anki has learned and of which no review is known: they begin as new.
    `crammed` counts reviews that changed no schedule, `unusable` rows that can't be events.
    """

    entries: tuple[Entry, ...]
    suspended: tuple[str, ...] = ()
    buried: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    due: Mapping[str, date] = field(default_factory=dict)
    without_log: tuple[str, ...] = ()
    crammed: int = 0
    unusable: int = 0


def past(contents: Contents, cards: Mapping[int, str], zone: tzinfo, day_starts: timedelta) -> Past:
    """The past of these cards (our ids by Anki's) in the learner's zone, whose study days begin at `day_starts`."""
    days = _Days.of(contents, zone, day_starts)
    rows: dict[int, list[ReviewRow]] = {}
    for row in sorted(contents.reviews):
        if row.card in cards:
            rows.setdefault(row.card, []).append(row)
    mine = [card for card in contents.cards if card.id in cards]
    stories = [_Story(cards[card.id], card, days).told(rows.get(card.id, ())) for card in mine]
    tagged = {note.id for note in contents.notes if _is_marked(note.tags) and not _was_tagged(note, contents)}
    entries = {(one.card, one.instant, one.kind): one for story in stories for one in story.entries}
    return Past(
        tuple(sorted(entries.values(), key=lambda one: (one.instant, one.line.encode()))),
        suspended=tuple(cards[card.id] for card in mine if card.queue == _SUSPENDED),
        buried=tuple(cards[card.id] for card in mine if card.queue == _BURIED),
        marked=tuple(cards[card.id] for card in mine if card.flag or card.note in tagged),
        due={story.id: day for story in stories if (day := story.differs)},
        without_log=tuple(story.id for story in stories if story.card.kind != _NEW and story.due is None),
        crammed=sum(story.crammed for story in stories),
        unusable=sum(story.unusable for story in stories),
    )


def _is_marked(tags: Sequence[str]) -> bool:
    return _MARKED in map(str.casefold, tags)


def _was_tagged(note: NoteRow, contents: Contents) -> bool:
    """Whether a note of ours had Anki's tag for marks as a tag of its own when it was exported."""
    note_type = contents.note_types.get(note.type)
    fields = dict(zip(note_type.fields, note.fields, strict=False)) if note_type else {}
    entry = read(fields.get(ENTRY, ""))
    return entry is not None and _is_marked(entry.draft.tags)


@dataclass(frozen=True, slots=True)
class _Days:
    """How Anki and we count days. `first` is Anki's day 0; its days begin at `theirs`, ours at `ours`."""

    zone: tzinfo
    ours: timedelta
    theirs: timedelta
    first: date
    offsets: dict[int, timezone | None] = field(default_factory=dict)

    @classmethod
    def of(cls, contents: Contents, zone: tzinfo, day_starts: timedelta) -> "_Days":
        """The days of a package."""
        clock = zone if contents.west is None else timezone(timedelta(minutes=-contents.west))
        first = (_EPOCH + timedelta(seconds=min(max(contents.first_day, 0), _LAST // 1000))).astimezone(clock)
        theirs = day_starts if contents.rollover is None else timedelta(hours=contents.rollover)
        return cls(zone, day_starts, theirs, first.date())

    def time(self, milliseconds: int) -> datetime:
        """An instant by the learner's clock at that time."""
        offset = self._offset_of_day(milliseconds // _DAY) or self._offset(milliseconds)
        return (_EPOCH + timedelta(milliseconds=milliseconds)).astimezone(offset)

    def _offset_of_day(self, day: int) -> timezone | None:
        """The learner's offset on a day of UTC's; None if it changes then."""
        if day not in self.offsets:
            first, last = self._offset(day * _DAY), self._offset((day + 1) * _DAY - 1)
            self.offsets[day] = first if first == last else None
        return self.offsets[day]

    def _offset(self, milliseconds: int) -> timezone:
        """The learner's offset at an instant."""
        local = (_EPOCH + timedelta(milliseconds=milliseconds)).astimezone(self.zone)
        return timezone(local.utcoffset() or timedelta())

    def after(self, at: datetime, interval: int) -> Due:
        """When a card is due after an interval of Anki's: days, or seconds if it is negative."""
        if interval < 0:
            return step_due(at, min(-interval, _LONGEST * 86400), self.ours)
        return self.in_days(at, interval)

    def in_days(self, at: datetime, interval: int) -> date:
        """The day that comes some days after an instant."""
        return study_day(at, self.theirs) + timedelta(days=min(interval, _LONGEST))

    def day(self, card: CardRow) -> date | None:
        """The day on which a review card is due; None if Anki has no day for it."""
        number = card.home_due or card.due if card.home else card.due
        if card.home_due and abs(number) > _LONGEST:  # the first scheduler's cards in steps
            number = card.home_due
        return self.first + timedelta(days=number) if abs(number) <= _LONGEST else None


@dataclass(slots=True)
class _Story:
    """One card's rows told as events. `due` is what the last event says, None if nothing is remembered."""

    id: str
    card: CardRow
    days: _Days
    entries: list[Entry] = field(default_factory=list)
    due: Due | None = None
    reviewed: datetime | None = None
    crammed: int = 0
    unusable: int = 0

    def told(self, rows: Sequence[ReviewRow]) -> "_Story":
        """Take the rows of the card, in their order."""
        learning = False
        for row in (kept := [row for row in rows if self._counts(row)]):
            learns = row.kind == _LEARNED
            if learns and not learning:
                self._forget(row.id - 1)
            learning = learns
            if row.kind < _MANUAL:
                self._review(row)
            elif row.kind == _MANUAL and not row.factor:
                self._forget(row.id)
            elif row.kind == _MANUAL:
                self._set_day(row, self.days.day(self.card) if row is kept[-1] else None)
        if kept and self.card.kind == _NEW:
            self._forget(kept[-1].id + 1)
        return self

    @property
    def differs(self) -> date | None:
        """The day on which a review card is due, if the log tells it otherwise."""
        day = self.days.day(self.card) if self.card.kind == _REVIEW and self.due else None
        return day if day != self.due else None

    def _counts(self, row: ReviewRow) -> bool:
        """Whether a row says anything of the schedule; what doesn't is counted."""
        crammed = row.kind == _FILTERED and not row.factor
        graded = 1 <= row.rating <= 4 and 0 <= row.kind < _MANUAL
        usable = 0 < row.id < _LAST and (graded or row.kind in (_MANUAL, _RESCHEDULED))
        self.crammed += crammed
        self.unusable += not crammed and not usable
        return usable and not crammed

    def _review(self, row: ReviewRow) -> None:
        at = self.days.time(row.id)
        self.due, self.reviewed = self.days.after(at, row.interval), at
        took = row.took / 1000 or None  # nothing takes no time: it was not measured
        self.entries.append(review(at, self.id, Rating(row.rating), took, self.due))

    def _forget(self, milliseconds: int) -> None:
        """Nothing is remembered any more, if anything was."""
        if self.due is not None:
            self.entries.append(event(self.days.time(milliseconds), self.id, "forget"))
        self.due = self.reviewed = None

    def _set_day(self, row: ReviewRow, day: date | None) -> None:
        """A day was set by hand. Of one that holds no more, Anki keeps but the days since the review before."""
        if self.reviewed is None or row.interval < 0:
            return
        at = self.days.time(row.id)
        if day is None:
            day = max(self.days.in_days(at, 0), self.days.in_days(self.reviewed, row.interval))
        self.entries.append(event(at, self.id, "due", due=day.isoformat()))
        self.due = day
