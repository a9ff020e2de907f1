"""One review: the four outcomes, and a replay of the log that gives the same to the last bit."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.memory.days import study_day
from quizapp.memory.scheduler import MAX_STABILITY, Scheduler
from quizapp.memory.state import Memory, Rating, State
from quizapp.settings import Fsrs

AGAIN, HARD, GOOD, EASY = Rating
FOUR = timedelta(hours=4)
PLAIN = Scheduler(Fsrs(fuzz=False), FOUR)
STEPLESS = Scheduler(Fsrs(fuzz=False, learning_steps=(), relearning_steps=()), FOUR)
SCHEDULERS = [
    Scheduler(Fsrs(), FOUR),
    PLAIN,
    STEPLESS,
    Scheduler(Fsrs(learning_steps=(30, 40000, 90000), relearning_steps=(70000,), retention=0.8), FOUR),
    Scheduler(Fsrs(learning_steps=(600,), relearning_steps=(), retention=0.97, maximum_interval=60), FOUR),
]
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 5, 2, 9, 0, tzinfo=timezone(timedelta(hours=2)))
TODAY = date(2026, 5, 2)

zones = st.sampled_from(
    [UTC, BERLIN, timezone(timedelta(hours=-7)), timezone(timedelta(hours=9, minutes=30))]
)
instants = st.builds(
    lambda at, zone: at.astimezone(zone),
    st.datetimes(datetime(2010, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)),
    zones,
)
memories = st.builds(
    Memory,
    state=st.sampled_from([State.LEARNING, State.REVIEW, State.RELEARNING]),
    stability=st.floats(0.001, 36500),
    difficulty=st.floats(1, 10),
    due=st.just(TODAY),
    reps=st.integers(1, 1000),
    lapses=st.integers(0, 100),
    last_review=instants,
    step=st.integers(0, 3),
    interval=st.integers(0, 36500),
)
schedulers = st.sampled_from(SCHEDULERS)


def review(**changes: object) -> Memory:
    """A card in review, last seen 30 days ago."""
    memory = Memory(State.REVIEW, 30.0, 5.0, TODAY, 5, 1, NOW - timedelta(days=30), interval=30)
    return replace(memory, **changes)


# --- laws ---------------------------------------------------------------------------------------------------


@settings(max_examples=settings().max_examples * 3)
@given(schedulers, st.none() | memories, instants)
def test_a_replay_with_the_due_of_the_log_gives_the_outcome_to_the_last_bit(scheduler, memory, now):
    for rating, outcome in scheduler.outcomes("card", memory, now).items():
        assert scheduler.replay("card", memory, rating, now, outcome.due) == outcome
        assert scheduler.replay("card", memory, rating, now, None) == outcome


@settings(max_examples=settings().max_examples * 3)
@given(schedulers, memories, instants)
def test_a_replay_of_the_logged_offset_gives_the_outcome_of_the_zone(scheduler, memory, now):
    logged = datetime.fromisoformat(now.isoformat())
    for rating, outcome in scheduler.outcomes("card", memory, now).items():
        assert scheduler.replay("card", memory, rating, logged, outcome.due) == outcome


@given(schedulers, st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 10**7)), max_size=40))
def test_a_history_replayed_is_the_history_lived(scheduler, answers):
    at = NOW
    lived = None
    log = []
    for rating, seconds in answers:
        at += timedelta(seconds=seconds)
        lived = scheduler.outcomes("card", lived, at)[rating]
        log.append((rating, at, lived.due))
    replayed = None
    for rating, logged, due in log:
        replayed = scheduler.replay("card", replayed, rating, logged, due)

    assert replayed == lived


@given(schedulers, st.none() | memories, instants)
def test_every_outcome_is_due_later(scheduler, memory, now):
    for outcome in scheduler.outcomes("card", memory, now).values():
        if isinstance(outcome.due, datetime):
            assert outcome.due > now
            assert study_day(outcome.due, FOUR) == study_day(now, FOUR)
        else:
            assert outcome.due > study_day(now, FOUR)


@given(schedulers, memories, instants)
def test_a_review_card_waits_longer_the_better_it_was_known_up_to_the_longest_interval(
    scheduler, memory, now
):
    outcomes = scheduler.outcomes("card", replace(memory, state=State.REVIEW), now)
    hard, good, easy = (outcomes[rating].interval for rating in (HARD, GOOD, EASY))
    longest = 60 if scheduler is SCHEDULERS[-1] else 36500

    assert hard < good or hard == good == longest
    assert good < easy or good == easy == longest


@given(schedulers, st.none() | memories, instants)
def test_stability_and_difficulty_keep_their_bounds_and_order(scheduler, memory, now):
    outcomes = scheduler.outcomes("card", memory, now)
    stabilities = [outcomes[rating].stability for rating in Rating]
    difficulties = [outcomes[rating].difficulty for rating in Rating]

    assert all(0.001 <= stability <= MAX_STABILITY for stability in stabilities)
    assert all(1 <= difficulty <= 10 for difficulty in difficulties)
    assert sorted(stabilities) == stabilities
    assert sorted(difficulties, reverse=True) == difficulties


@given(memories, instants)
def test_recall_is_a_probability_and_falls_with_the_days(memory, now):
    recalls = [PLAIN.retrievability(memory, now + timedelta(days=days)) for days in (0, 1, 100)]

    assert 1 >= recalls[0] >= recalls[1] >= recalls[2] > 0


# --- bounds -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_500_easys_in_a_row_overflow_nothing(scheduler):
    memory = None
    now = NOW
    for _ in range(500):
        memory = scheduler.outcomes("card", memory, now)[EASY]
        now += timedelta(days=min(memory.interval, 3650))

    assert memory.stability == MAX_STABILITY
    assert memory.reps == 500


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_500_agains_in_a_row_keep_the_least_stability(scheduler):
    memory = None
    for days in range(500):
        memory = scheduler.outcomes("card", memory, NOW + timedelta(days=days))[AGAIN]

    assert memory.stability >= 0.001
    assert memory.difficulty <= 10


def test_a_clock_set_back_counts_as_the_same_day():
    memory = review(last_review=NOW + timedelta(days=3))
    same = review(last_review=NOW)

    assert (
        PLAIN.outcomes("card", memory, NOW)[GOOD].stability
        == PLAIN.outcomes("card", same, NOW)[GOOD].stability
    )
    assert PLAIN.retrievability(memory, NOW) == 1


def test_days_are_counted_from_one_beginning_of_the_day_to_the_next():
    late = review(last_review=datetime(2026, 5, 1, 23, 0, tzinfo=UTC))
    night = review(last_review=datetime(2026, 5, 2, 1, 0, tzinfo=UTC))
    now = datetime(2026, 5, 2, 5, 0, tzinfo=UTC)

    assert PLAIN.retrievability(late, now) == PLAIN.retrievability(night, now) < 1


# --- what the answers do ------------------------------------------------------------------------------------


def test_a_new_card_goes_through_its_steps_to_review():
    first = PLAIN.outcomes("card", None, NOW)[GOOD]
    second = PLAIN.outcomes("card", first, NOW + timedelta(minutes=10))[GOOD]

    assert (first.state, first.step, first.due) == (State.LEARNING, 1, NOW + timedelta(minutes=10))
    assert (second.state, second.due, second.interval) == (State.REVIEW, TODAY + timedelta(days=2), 2)
    assert (second.reps, second.lapses) == (2, 0)


def test_a_forgotten_card_lapses_and_goes_through_relearning():
    outcome = PLAIN.outcomes("card", review(), NOW)[AGAIN]

    assert (outcome.state, outcome.step, outcome.interval) == (State.RELEARNING, 0, 0)
    assert (outcome.reps, outcome.lapses) == (6, 2)
    assert outcome.due == NOW + timedelta(minutes=10)


def test_failing_again_in_relearning_is_no_second_lapse():
    outcome = PLAIN.outcomes("card", review(state=State.RELEARNING), NOW)[AGAIN]

    assert outcome.lapses == 1


def test_without_relearning_steps_a_forgotten_card_stays_in_review():
    outcome = STEPLESS.outcomes("card", review(), NOW)[AGAIN]

    assert (outcome.state, outcome.lapses) == (State.REVIEW, 2)
    assert outcome.due == TODAY + timedelta(days=outcome.interval)


def test_without_steps_a_very_weak_memory_comes_back_within_the_day():
    outcome = STEPLESS.outcomes("card", None, NOW)[AGAIN]

    assert outcome.state is State.LEARNING
    assert outcome.due - NOW == timedelta(seconds=int(0.212 * 86400))


def test_without_steps_and_without_short_term_memory_every_answer_goes_to_review():
    parameters = (
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
        1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.0, 0.0, 0.0658, 0.1542,
    )  # fmt: skip
    scheduler = Scheduler(Fsrs(fuzz=False, learning_steps=(), parameters=parameters), FOUR)

    assert scheduler.outcomes("card", None, NOW)[AGAIN].due == TODAY + timedelta(days=1)


def test_a_step_past_the_end_of_the_day_becomes_a_day_and_stays_a_step():
    late = datetime(2026, 5, 3, 3, 55, tzinfo=NOW.tzinfo)
    outcome = PLAIN.outcomes("card", review(), late)[AGAIN]

    assert (outcome.state, outcome.due, outcome.interval) == (State.RELEARNING, date(2026, 5, 3), 0)
    assert PLAIN.replay("card", review(), AGAIN, late, outcome.due) == outcome


def test_the_due_of_the_log_holds_whatever_the_settings_are_now():
    assert PLAIN.replay("card", review(), GOOD, NOW, date(2026, 5, 20)).interval == 18
    assert PLAIN.replay("card", None, GOOD, NOW, date(2026, 5, 9)).state is State.REVIEW
    assert PLAIN.replay("card", None, EASY, NOW, NOW + timedelta(hours=1)).state is State.LEARNING
    assert PLAIN.replay("card", review(), GOOD, NOW, NOW + timedelta(hours=1)).state is State.RELEARNING


def test_a_due_before_the_review_makes_no_negative_interval():
    assert PLAIN.replay("card", review(), GOOD, NOW, date(2026, 4, 1)).interval == 0


def test_spreading_repeats_and_differs_between_cards():
    scheduler = SCHEDULERS[0]
    days = [scheduler.outcomes(f"card{number}", review(), NOW)[GOOD].interval for number in range(50)]

    assert days == [scheduler.outcomes(f"card{number}", review(), NOW)[GOOD].interval for number in range(50)]
    assert len(set(days)) > 5


def test_the_longest_interval_is_that_of_the_settings():
    scheduler = Scheduler(Fsrs(fuzz=False, maximum_interval=60), FOUR)
    outcomes = scheduler.outcomes("card", review(stability=9000.0), NOW)

    assert [outcomes[rating].interval for rating in (HARD, GOOD, EASY)] == [60, 60, 60]


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ((1.0,) * 20, "FSRS wants 21 parameters, not 20"),
        ((1.0,) * 4 + (99.0,) + (1.0,) * 16, "FSRS parameter 5 is 99.0; it must lie between 1.0 and 10.0"),
        ((float("nan"),) * 21, "FSRS parameter 1 is nan; it must lie between 0.001 and 100.0"),
    ],
)
def test_parameters_out_of_bounds_are_named(parameters, sentence):
    with pytest.raises(ValueError) as error:
        Scheduler(Fsrs(parameters=parameters), FOUR)

    assert str(error.value) == sentence
