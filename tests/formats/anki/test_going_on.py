"""What the log and the memory say when they arrive, and what Anki does with them next: the same that we would do."""

import os
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from quizapp.decks.draft import Draft
from quizapp.formats.anki.log_lines import log_lines
from quizapp.formats.anki.package import write_package
from quizapp.formats.anki.schedule import Timetable
from quizapp.journal.entry import event, review
from quizapp.memory.scheduler import Scheduler
from quizapp.memory.state import Rating, State
from quizapp.settings import Fsrs, Settings, parse
from quizapp.study.outgoing import OutgoingDeck, Schedule, Standing
from tests.formats.anki.a_year import Year
from tests.formats.anki.ours import sent

os.environ["ANKI_TEST_MODE"] = "1"  # Anki then gives unspread intervals; it looks once, when first used

FOUR = timedelta(hours=4)
KINDS = {State.NEW: 0, State.LEARNING: 0, State.REVIEW: 1, State.RELEARNING: 2}
EXACT = Fsrs(fuzz=False)


def without(*steps, relearning=()):
    return Settings(fsrs=EXACT._replace(learning_steps=steps, relearning_steps=relearning))


@pytest.fixture
def taken(at_anki, tmp_path):
    """Bring cards with these memories and events into Anki."""

    def taken(settings, memories, events=(), now=None, only=None):
        now = now or datetime.now().astimezone()
        schedule = Schedule(settings, now, lambda card: Standing(memories[card]), events)
        notes = [
            sent(Draft(f"Question {name}?", ("answer",)), note_id=name, deck="d") for name in only or memories
        ]
        write_package(tmp_path / "x.apkg", [OutgoingDeck("d")], notes, tmp_path, schedule)
        anki = at_anki()
        anki.collection.set_config("fsrs", True)
        anki.take(tmp_path / "x.apkg")
        return anki

    return taken


def answered(scheduler, name, now, ratings):
    """The memory of a card that got these ratings, ten minutes apart, the last one ten minutes ago."""
    memory = None
    for ago, rating in zip(range(10 * len(ratings), 0, -10), ratings, strict=True):
        memory = scheduler.outcome(name, memory, rating, now - timedelta(minutes=ago))
    return memory


def as_anki_keeps(memory):
    return replace(memory, stability=round(memory.stability, 4), difficulty=round(memory.difficulty, 3))


@pytest.mark.parametrize("steps", [(60, 600), (600,), ()], ids=["two steps", "one step", "no steps"])
def test_the_four_answers_give_in_anki_what_they_would_give_here(taken, steps):
    settings = without(*steps, relearning=steps)
    scheduler = Scheduler(settings.fsrs, FOUR)
    now = datetime.now().astimezone()
    memories = Year(40, settings, now.tzinfo).memories
    for one in Rating:
        for other in Rating:
            memories[f"new{one}{other}"] = answered(scheduler, f"new{one}{other}", now, (one, other))
            old = memories[f"card00{4 * one + other:02}"]
            memories[f"old{one}{other}"] = scheduler.outcome("", old, one, now - timedelta(minutes=5))
    anki = taken(settings, memories, now=now)
    for name, memory in memories.items():
        states = anki.collection._backend.get_scheduling_states(anki.card(name).id)
        for rating, ours in scheduler.outcomes(name, as_anki_keeps(memory), now).items():
            theirs = getattr(states, rating.name.lower()).normal
            kind = theirs.WhichOneof("kind")

            assert kind == ours.state
            if kind == "review":
                near = (
                    abs(ours.stability % 1 - 0.5) < 1e-5 * ours.stability
                )  # single precision may round it away
                assert abs(theirs.review.scheduled_days - ours.interval) <= near
            elif isinstance(ours.due, datetime):
                step = theirs.learning if kind == "learning" else theirs.relearning.learning
                assert abs(step.scheduled_secs - (ours.due - now).total_seconds()) <= 1


@pytest.mark.parametrize(
    "steps",
    [(60, 600), (600, 86400), (3 * 86400,), (60, 600, 36000)],
    ids=["minutes", "a day", "days", "hours"],
)
def test_lines_tell_the_state_that_replaying_the_log_gives(steps):
    settings = without(*steps, relearning=steps[-1:])
    answers = Year(40, settings).answers
    cards = {name: (number, "d") for number, name in enumerate(answers)}
    events = [entry for name in sorted(answers) for entry, _, _ in answers[name]]
    lines = list(log_lines(events, cards, {"d": settings.fsrs}, FOUR))
    expected = [KINDS[before] for name in sorted(answers) for _, before, _ in answers[name]]

    assert [line.kind for line in lines] == expected
    assert {0, 1, 2} == set(expected)


def test_lines_are_the_same_whatever_cards_go_along(taken):
    at = datetime.fromisoformat("2025-03-01T09:00:00.000+01:00")
    memories, events = {}, []
    for name in ("a", "b", "c"):
        memories[name] = Scheduler(EXACT, FOUR).outcome(name, None, Rating.EASY, at)
        events.append(review(at, name, Rating.EASY, 5.0, memories[name].due))
    together = taken(Settings(fsrs=EXACT), memories, events)
    alone = taken(Settings(fsrs=EXACT), memories, events, only=["c"])

    assert [together.reviews(together.card(name))[0][0] for name in "abc"] == [
        int(at.timestamp() * 1000) + n for n in range(3)
    ]
    assert alone.rows("revlog", "id, ease, ivl") == together.rows("revlog", "id, ease, ivl")[2:]


@pytest.mark.parametrize("days", [-5, 0, 1, 700])
def test_a_day_set_by_hand_is_told_from_the_last_review_as_anki_does(taken, days):
    now = datetime.now().astimezone().replace(microsecond=0)
    today = (now - FOUR).date()
    day = today + timedelta(days=days)
    scheduler = Scheduler(EXACT, FOUR)
    memory = scheduler.outcome("x", None, Rating.EASY, now - timedelta(days=20))
    events = [
        review(memory.last_review, "x", Rating.EASY, 5.0, memory.due),
        event(now, "x", "due", due=day.isoformat()),
    ]
    anki = taken(Settings(fsrs=EXACT), {"x": replace(memory, due=day)}, events, now)
    card = anki.card("x")
    computed = anki.collection._backend.compute_memory_state(card.id).state
    reviewed = (memory.last_review - FOUR).date()

    assert anki.due_day(card) == day
    assert [row[1:3] + row[5:] for row in anki.reviews(card)][1] == (0, max(0, (day - reviewed).days), 4)
    assert computed.stability == pytest.approx(memory.stability, rel=1e-3)


@pytest.mark.parametrize("starts", ["00:00", "04:00", "23:30"])
@pytest.mark.parametrize("hours", [-11, -3, 0, 5.5, 13])
def test_day_0_begins_where_the_learner_is_when_their_days_begin(starts, hours):
    zone = timezone(timedelta(hours=hours))
    settings = parse(f'[study]\nday_starts = "{starts}"\n')
    now = datetime(2026, 7, 1, 12, tzinfo=zone)
    made = Timetable(Schedule(settings, now, lambda card: Standing(), ()), ["d"])
    begins = datetime.fromtimestamp(made.first_second, zone).replace(tzinfo=None)

    assert begins == datetime(2001, 1, 1) + settings.study.day_starts
    assert made.conf == {"creationOffset": -hours * 60, "rollover": int(starts[:2])}


def test_a_card_due_long_ago_is_due_on_that_day(taken):
    scheduler = Scheduler(EXACT, FOUR)
    at = datetime.fromisoformat("1999-12-24T09:00+01:00")
    memory = scheduler.outcome("x", None, Rating.GOOD, at)
    memory = scheduler.outcome("x", memory, Rating.GOOD, at + timedelta(minutes=10))
    anki = taken(Settings(fsrs=EXACT), {"x": memory})

    assert anki.due_day(anki.card("x")) == memory.due < date(2001, 1, 1)


def test_a_step_beyond_the_seconds_that_anki_counts_is_a_day(taken):
    now = datetime.now().astimezone()
    memory = answered(Scheduler(without(60).fsrs, FOUR), "x", now, [Rating.AGAIN])
    far = datetime.fromisoformat("2150-01-01T12:00+01:00")
    answer = review(memory.last_review, "x", Rating.AGAIN, 5.0, far)
    anki = taken(without(60), {"x": replace(memory, due=far)}, [answer])
    card = anki.card("x")

    assert (card.queue, anki.due_day(card)) == (3, date(2150, 1, 1))
    assert [row[2] for row in anki.reviews(card)] == [-(2**31) + 1]
