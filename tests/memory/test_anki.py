"""The schedule, held to the real Anki: the same memory, the same days."""

import os
import random
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from quizapp.memory.curve import curve
from quizapp.memory.intervals import fuzz_range
from quizapp.memory.scheduler import Scheduler
from quizapp.memory.state import Memory, Rating, State
from quizapp.settings import Fsrs

DECAY = 0.1542
FITTED = (
    0.3, 1.1, 3.5, 12.0, 6.8, 0.7, 2.6, 0.02, 1.6, 0.22, 0.9,
    1.7, 0.08, 0.31, 1.5, 0.5, 2.1, 0.6, 0.12, 0.09, 0.21,
)  # fmt: skip
BERLIN = ZoneInfo("Europe/Berlin")
FOUR = timedelta(hours=4)


def a_memory(
    chance: random.Random, state: State, now: datetime, *, steps: int = 0, days: int = 400
) -> Memory:
    """A random memory last changed up to `days` ago; as rounded as Anki keeps it."""
    stability = round(10 ** chance.uniform(-2, 2.8), 4)
    near = max(1, round(stability * chance.uniform(0.5, 2)))
    interval = near if chance.random() < 0.7 else chance.randrange(1, 400)
    elapsed = min(days, chance.choice([0, 1, max(1, round(interval * chance.uniform(0.3, 2)))]))
    last = (now - timedelta(days=elapsed)).replace(microsecond=0)
    return Memory(
        state=state,
        stability=stability,
        difficulty=round(chance.uniform(1, 10), 3),
        due=now.date(),
        reps=5,
        lapses=1,
        last_review=last,
        step=chance.randrange(steps) if steps else 0,
        interval=interval if state is State.REVIEW else 0,
    )


def on_the_edge(outcomes: dict[Rating, Memory], fsrs: Fsrs) -> bool:
    """Whether a wished interval is so close to half a day that Anki's single precision may round it away."""
    decay = (fsrs.parameters or (DECAY,))[-1]
    wishes = [curve(decay).interval(outcome.stability, fsrs.retention) for outcome in outcomes.values()]
    return any(abs(wish % 1 - 0.5) < 2e-6 * wish for wish in wishes)


def compare_review_cards(open_anki, fsrs: Fsrs, number: int, seed: int) -> None:
    anki = open_anki(fsrs)
    chance = random.Random(seed)
    scheduler = Scheduler(fsrs, anki.day_starts)
    memories = [a_memory(chance, State.REVIEW, anki.now, days=2000) for _ in range(number)]
    ours = [scheduler.outcomes("card", memory, anki.now) for memory in memories]
    clear = [not on_the_edge(outcomes, fsrs) for outcomes in ours]
    theirs = [anki.answers(card) for card in anki.put(memories)]
    passed = (Rating.HARD, Rating.GOOD, Rating.EASY)

    assert sum(clear) >= number * 0.998
    assert [tuple(theirs[n][rating].length for rating in passed) for n in range(number) if clear[n]] == [
        tuple(ours[n][rating].interval for rating in passed) for n in range(number) if clear[n]
    ]
    for outcomes, answers in zip(ours, theirs, strict=True):
        for rating in Rating:
            assert outcomes[rating].state == answers[rating].state
            assert outcomes[rating].stability == pytest.approx(answers[rating].stability, rel=1e-4)
            assert outcomes[rating].difficulty == pytest.approx(answers[rating].difficulty, rel=1e-4)


@pytest.mark.parametrize(
    "fsrs",
    [
        Fsrs(fuzz=False),
        Fsrs(fuzz=False, retention=0.8, parameters=FITTED),
        Fsrs(fuzz=False, retention=0.97, maximum_interval=90),
    ],
    ids=["defaults", "fitted", "short"],
)
def test_review_cards_get_the_days_that_anki_gives(open_anki, fsrs):
    compare_review_cards(open_anki, fsrs, 500, seed=1)


@pytest.mark.long
def test_5000_review_cards_get_the_days_that_anki_gives(open_anki):
    compare_review_cards(open_anki, Fsrs(fuzz=False), 5000, seed=2)


def length(outcome: Memory, now: datetime, day_starts: timedelta) -> int:
    """The length of an outcome in Anki's terms: days of a review card, seconds in steps."""
    if outcome.state is State.REVIEW:
        return outcome.interval
    assert isinstance(outcome.due, datetime)
    return round((outcome.due - now).total_seconds())


@pytest.mark.parametrize(
    "steps", [(60, 600), (600,), (60, 600, 3600), ()], ids=["two", "one", "three", "none"]
)
@pytest.mark.parametrize("state", [State.NEW, State.LEARNING, State.RELEARNING, State.REVIEW])
def test_cards_in_steps_get_the_step_or_the_days_that_anki_gives(open_anki, state, steps):
    fsrs = Fsrs(fuzz=False, learning_steps=steps, relearning_steps=steps)
    anki = open_anki(fsrs)
    chance = random.Random(3)
    now = anki.now - timedelta(hours=20)
    scheduler = Scheduler(fsrs, anki.day_starts)
    memories = [
        None if state is State.NEW else a_memory(chance, state, now, steps=len(steps)) for _ in range(100)
    ]
    ours = [scheduler.outcomes("card", memory, now) for memory in memories]
    theirs = [anki.answers(card) for card in anki.put(memories)]

    for outcomes, answers in zip(ours, theirs, strict=True):
        for rating in Rating:
            mine, other = outcomes[rating], answers[rating]
            assert (mine.state, mine.step) == (other.state, other.step)
            assert mine.stability == pytest.approx(other.stability, rel=1e-4)
            if on_the_edge(outcomes, fsrs):
                continue
            slack = 0 if mine.state is State.REVIEW or steps else 1  # a second, of single precision
            assert abs(length(mine, now, anki.day_starts) - other.length) <= slack


@pytest.mark.parametrize("hours", [24, 30, 47, 48, 100])
def test_a_step_into_another_study_day_is_due_on_the_day_that_anki_gives(open_anki, hours):
    fsrs = Fsrs(fuzz=False, learning_steps=(hours * 3600,))
    anki = open_anki(fsrs)
    now = datetime.now(UTC)
    today = (now - anki.day_starts).date()
    queue, due = anki.press(anki.put([None])[0], Rating.AGAIN)
    ours = Scheduler(fsrs, anki.day_starts).outcomes("card", None, now)[Rating.AGAIN]

    assert (queue, ours.state) == (3, State.LEARNING)
    assert ours.due == today + timedelta(days=due - anki.collection.sched.today)


def simulated(number: int, scheduler: Scheduler) -> list[list[tuple[datetime, Rating, State]]]:
    """A year of reviews of `number` cards in Berlin, from six in the morning to one at night.

    Instants carry the offset of their day, as the log's lines do.
    """
    chance = random.Random(4)
    histories = []
    for card in range(number):
        at = evening(date(2025, 3, 1) + timedelta(days=chance.randrange(120)), chance)
        memory = None
        history = []
        while at < datetime(2026, 3, 1, tzinfo=UTC) and len(history) < 30:
            rating = chance.choices(list(Rating), (15, 10, 60, 15))[0]
            history.append((at, rating, memory.state if memory else State.NEW))
            memory = scheduler.outcomes(str(card), memory, at)[rating]
            if isinstance(memory.due, datetime):
                at = memory.due + timedelta(seconds=chance.randrange(300))
            else:
                late = chance.choice([0, 0, 0, 1, 2, chance.randrange(15)])
                at = max(at + timedelta(minutes=1), evening(memory.due + timedelta(days=late), chance))
        histories.append(history)
    return histories


def evening(day: date, chance: random.Random) -> datetime:
    local = datetime.combine(day, time(6), BERLIN) + timedelta(seconds=chance.randrange(19 * 3600))
    return datetime.fromisoformat(local.isoformat())


def compare_histories(open_anki, number: int, west: int) -> int:
    fsrs = Fsrs()
    anki = open_anki(fsrs, west)
    scheduler = Scheduler(fsrs, FOUR)
    histories = simulated(number, scheduler)
    cards = anki.put([None] * number)
    anki.log([(card, *review) for card, history in zip(cards, histories, strict=True) for review in history])
    for card, history in zip(cards, histories, strict=True):
        memory = None
        for at, rating, _ in history:
            memory = scheduler.replay(str(card), memory, rating, at, at.date())
        stability, difficulty = anki.remembered(card)

        assert memory.stability == pytest.approx(stability, rel=1e-4)
        assert memory.difficulty == pytest.approx(difficulty, rel=1e-4)
    return sum(map(len, histories))


@pytest.mark.parametrize("west", [-60, -120], ids=["asked in winter", "asked in summer"])
def test_a_year_of_reviews_across_both_clock_changes_leaves_the_memory_that_anki_computes(open_anki, west):
    reviews = compare_histories(open_anki, 100, west)

    assert reviews > 900


@pytest.mark.long
def test_12000_reviews_of_1000_cards_leave_the_memory_that_anki_computes(open_anki):
    reviews = compare_histories(open_anki, 1000, west=-60)

    assert reviews > 11_000


SPREAD = """
import sys
from anki.collection import Collection
collection = Collection(sys.argv[1])
note = collection.new_note(collection.models.by_name("Basic"))
note["Front"] = "question"
collection.add_note(note, 1)
row = collection.db.all("select * from cards")[0]
cards = range(1, 1501)
places = ",".join("?" * 18)
collection.db.executemany(f"insert into cards values ({places})", [[n, *row[1:]] for n in cards])
for interval in map(int, sys.argv[2:]):
    days = [interval + collection._backend.fuzz_delta(card_id=n, interval=interval) for n in cards]
    print(min(days), max(days))
"""


@pytest.mark.long
def test_intervals_are_spread_over_the_range_that_anki_spreads_them(tmp_path):
    intervals = [*range(1, 31), 50, 100, 365]
    environment = {name: value for name, value in os.environ.items() if name != "ANKI_TEST_MODE"}
    arguments = [sys.executable, "-c", SPREAD, str(tmp_path / "spread.anki2"), *map(str, intervals)]
    out = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=True).stdout
    theirs = [tuple(map(int, line.split())) for line in out.splitlines()]

    assert [fuzz_range(interval) for interval in intervals] == theirs
