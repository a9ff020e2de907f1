"""A grading process killed at any moment, and two that grade at once: what was acknowledged is in the log."""

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from quizapp.collection import Collection

pytestmark = pytest.mark.long

ROUNDS = 200
GRADE = """
import sys
from datetime import datetime, timedelta
from itertools import cycle
from quizapp.collection import Collection
from quizapp.memory.state import Rating
now = datetime.fromisoformat(sys.argv[2])
with Collection.open(sys.argv[1], now=now) as collection:
    print("open", flush=True)
    for number, card in enumerate(cycle([f"card{n}" for n in range(5)])):
        now += timedelta(seconds=1)
        memory = collection.answer(card, Rating(1 + number % 4), now)
        print(card, memory.last_review.isoformat(timespec="milliseconds"), flush=True)
        if number % 7 == 3:
            collection.next(None, now)
"""
ALL = """
import sys
from datetime import datetime, timedelta
from quizapp.collection import Collection
from quizapp.memory.state import Rating
now = datetime.fromisoformat("2026-11-22T08:00+01:00")
with Collection.open(sys.argv[1], now=now) as collection:
    print("open", flush=True)
    sys.stdin.readline()
    for number in range(2000):
        now += timedelta(seconds=1)
        collection.answer(f"n{number}", Rating.GOOD, now)
"""


def reviews(root):
    """How often each review stands in the log."""
    lines = [line for path in (root / "history").iterdir() for line in path.read_bytes().split(b"\n")]
    found = Counter()
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if "rating" in event:
            found[event["card"], event["at"]] += 1
    return found


def state(root, now):
    with Collection.open(root, now=now) as collection:
        rows = collection.find_rows("", now)
        return (
            [(row.card.id, repr(row.memory)) for row in rows],
            collection.deck_counts(None, now),
            collection.problems,
        )


@pytest.fixture
def rebuilt(tmp_path_factory, monkeypatch):
    def rebuilt(root, now):
        with monkeypatch.context() as patch:
            patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("fresh")))
            return state(root, now)

    return rebuilt


def test_what_was_acknowledged_before_a_kill_is_in_the_log_once(root, rebuilt, at):
    draw = random.Random(22)
    acknowledged, opened = [], 0
    for number in range(ROUNDS):
        start = at(f"2026-11-{1 + number // 24:02}T{number % 24:02}:00")
        child = subprocess.Popen(
            [sys.executable, "-c", GRADE, str(root), start.isoformat()],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        told = []
        if number % 4:
            told = [child.stdout.readline()]
            time.sleep(draw.uniform(0, 0.08))
        else:
            time.sleep(draw.uniform(0.05, 0.4))
        child.send_signal(signal.SIGKILL)
        rest, errors = child.communicate()
        told += rest.splitlines(keepends=True)

        assert errors == ""
        opened += bool(told)
        acknowledged += [tuple(line.split()) for line in told if line.endswith("\n") and line != "open\n"]
        if number % 20 == 19:
            now = at("2026-11-25T08:00")
            assert state(root, now) == rebuilt(root, now)
    logged = reviews(root)
    print(f"{len(acknowledged)} answers acknowledged over {ROUNDS} kills, {len(logged)} in the log")

    assert opened >= ROUNDS * 3 // 4
    assert len(acknowledged) > ROUNDS
    assert set(acknowledged) <= set(logged)
    assert set(logged.values()) == {1}
    assert len(logged) - len(acknowledged) <= ROUNDS


def test_two_processes_that_grade_at_once_lose_nothing(make_collection, rebuilt, at):
    text = "cards:\n" + "".join(f"  - {{q: Question {n}?, a: Answer {n}, id: n{n}}}\n" for n in range(2000))
    root = make_collection({"deck.yaml": text})
    with Collection.open(root, now=at("2026-11-22T08:00")):
        pass
    children = [
        subprocess.Popen(
            [sys.executable, "-c", ALL, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    assert [child.stdout.readline() for child in children] == ["open\n"] * 2
    start = time.monotonic()
    for child in children:
        child.stdin.write("\n")
        child.stdin.flush()
    for child in children:
        child.communicate()
    print(f"{time.monotonic() - start:.1f} s for two times 2,000 answers")
    logged = reviews(root)
    now = at("2026-11-22T12:00")
    shown = state(root, now)

    assert [child.returncode for child in children] == [0, 0]
    assert (len(logged), sum(logged.values())) == (4000, 4000)
    assert all("reps=2" in memory for _, memory in shown[0])
    assert shown == rebuilt(root, now)
