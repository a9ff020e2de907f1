"""The real Anki, asked what it would do: its own backend on a collection made for the test."""

import json
import os
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from quizapp.memory.state import Memory, Rating, State
from quizapp.settings import Fsrs

os.environ["ANKI_TEST_MODE"] = "1"  # Anki then gives unspread intervals; it looks once, when first used

DEFAULTS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
TYPES = {State.LEARNING: (1, 1), State.REVIEW: (2, 2), State.RELEARNING: (3, 1)}  # Anki's type and queue
CARD = f"insert into cards values ({','.join('?' * 18)})"
REVIEW = f"insert into revlog values ({','.join('?' * 9)})"


@dataclass(frozen=True, slots=True)
class Answer:
    """What Anki would do: `length` is in days for a review card, in seconds for one in steps."""

    state: State
    length: int
    step: int
    stability: float
    difficulty: float


class Anki:
    """One collection of Anki's. `west`: minutes west of UTC; without it the machine's zone counts."""

    def __init__(self, folder: Path, fsrs: Fsrs, west: int | None = None) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Anki's generated modules warn when they are imported
            from anki.collection import Collection

        self.fsrs = fsrs
        self.collection = Collection(str(folder / "collection.anki2"), server=west is not None)
        self.collection.set_config("fsrs", True)
        self.collection.set_config("rollover", 4)
        if west is not None:
            self.collection.set_config("localOffset", west)
        self._configure()
        self._ids = count(1)
        note = self.collection.new_note(self.collection.models.by_name("Basic"))
        note["Front"] = "question"
        self.collection.add_note(note, 1)
        self.note = note.id

    def _configure(self) -> None:
        preset = self.collection.decks.get_config(1)
        preset["fsrsParams6"] = list(self.fsrs.parameters or DEFAULTS)
        preset["desiredRetention"] = self.fsrs.retention
        preset["new"]["delays"] = [seconds / 60 for seconds in self.fsrs.learning_steps]
        preset["lapse"]["delays"] = [seconds / 60 for seconds in self.fsrs.relearning_steps]
        preset["rev"]["maxIvl"] = self.fsrs.maximum_interval
        self.collection.decks.update_config(preset)

    @property
    def now(self) -> datetime:
        """An instant of Anki's present study day."""
        return datetime.fromtimestamp(self.collection.sched.day_cutoff - 3600, UTC)

    @property
    def day_starts(self) -> timedelta:
        """When Anki's study days begin, in UTC."""
        return timedelta(seconds=self.collection.sched.day_cutoff % 86400)

    def put(self, memories: list[Memory | None]) -> list[int]:
        """Bring cards with these memories (None: new) in; their ids in Anki."""
        rows = [self._row(number, memory) for number, memory in zip(self._ids, memories, strict=False)]
        self.collection.db.executemany(CARD, rows)
        return [row[0] for row in rows]

    def _row(self, number: int, memory: Memory | None) -> tuple[int | str, ...]:
        if memory is None:
            return (number, self.note, 1, 0, 0, -1, 0, 0, number, *[0] * 8, "{}")
        kind, queue = TYPES[memory.state]
        steps = self.fsrs.learning_steps if kind == 1 else self.fsrs.relearning_steps
        left = 0 if kind == 2 else max(0, len(steps) - memory.step)
        last = int(memory.last_review.timestamp())
        data = {"s": memory.stability, "d": memory.difficulty, "dr": self.fsrs.retention, "lrt": last}
        data["decay"] = (self.fsrs.parameters or DEFAULTS)[20]
        due = self.collection.sched.today if kind == 2 else last
        middle = (memory.interval, 2500, memory.reps, memory.lapses, left, 0, 0, 0)
        return (number, self.note, 1, 0, 0, -1, kind, queue, due, *middle, json.dumps(data))

    def answers(self, card: int) -> dict[Rating, Answer]:
        """What each of the four buttons would do now."""
        states = self.collection._backend.get_scheduling_states(card)
        return {rating: self._answer(getattr(states, rating.name.lower()).normal) for rating in Rating}

    def _answer(self, normal: object) -> Answer:
        kind = normal.WhichOneof("kind")
        if kind == "review":
            memory = normal.review.memory_state
            return Answer(State.REVIEW, normal.review.scheduled_days, 0, memory.stability, memory.difficulty)
        learning = normal.learning if kind == "learning" else normal.relearning.learning
        steps = self.fsrs.learning_steps if kind == "learning" else self.fsrs.relearning_steps
        step = max(0, len(steps) - learning.remaining_steps)
        memory = learning.memory_state
        return Answer(State(kind), learning.scheduled_secs, step, memory.stability, memory.difficulty)

    def press(self, card: int, rating: Rating) -> tuple[int, int]:
        """Answer a card for good; its queue and due in Anki's numbers."""
        from anki.scheduler_pb2 import CardAnswer

        found = self.collection.get_card(card)
        found.start_timer()
        states = self.collection._backend.get_scheduling_states(card)
        button = (CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY)[rating - 1]
        self.collection.sched.answer_card(
            self.collection.sched.build_answer(card=found, states=states, rating=button)
        )
        found.load()
        return found.queue, found.due

    def log(self, reviews: list[tuple[int, datetime, Rating, State]]) -> None:
        """Write reviews (card, instant, rating, state before it) into Anki's log."""
        kinds = {State.NEW: 0, State.LEARNING: 0, State.REVIEW: 1, State.RELEARNING: 2}
        stamps = set()
        rows = []
        for card, at, rating, state in reviews:
            stamp = round(at.timestamp() * 1000)
            while stamp in stamps:
                stamp += 1
            stamps.add(stamp)
            rows.append((stamp, card, -1, int(rating), 1, 1, 2500, 1000, kinds[state]))
        self.collection.db.executemany(REVIEW, rows)

    def remembered(self, card: int) -> tuple[float, float]:
        """Stability and difficulty as Anki computes them from its log."""
        state = self.collection._backend.compute_memory_state(card).state
        return state.stability, state.difficulty


@pytest.fixture
def open_anki(tmp_path):
    """Open a collection of Anki's with these settings; closed after the test."""
    opened = []

    def open_it(fsrs: Fsrs, west: int | None = None) -> Anki:
        folder = tmp_path / str(len(opened))
        folder.mkdir()
        opened.append(Anki(folder, fsrs, west))
        return opened[-1]

    yield open_it
    for anki in opened:
        anki.collection.close()
