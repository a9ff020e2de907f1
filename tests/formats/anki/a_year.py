"""A year of reviews, in Berlin unless another zone is given, written as the log of a collection."""

import random
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from quizapp.journal.entry import review
from quizapp.memory.scheduler import Scheduler
from quizapp.memory.state import Memory, Rating, State
from quizapp.settings import Settings

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2024, 3, 1), datetime(2025, 3, 1, tzinfo=UTC)
FITTED = (
    0.3, 1.1, 3.5, 12.0, 6.8, 0.7, 2.6, 0.02, 1.6, 0.22, 0.9,
    1.7, 0.08, 0.31, 1.5, 0.5, 2.1, 0.6, 0.12, 0.09, 0.21,
)  # fmt: skip
SETTINGS = f"[decks.fitted]\nparameters = {list(FITTED)}\nretention = 0.85\n"


class Year:
    """Cards of two decks, one of them with parameters of its own. `answers` are (entry, state before, due)."""

    def __init__(self, cards, settings: Settings, zone: tzinfo = BERLIN):
        chance = random.Random(5)
        self.memories: dict[str, Memory] = {}
        self.answers: dict[str, list] = {}
        self.decks = {f"card{number:04}": ("plain", "fitted")[number % 2] for number in range(cards)}
        used = set()
        for card, deck in self.decks.items():
            scheduler = Scheduler(settings.fsrs_of(deck), settings.study.day_starts)
            at = _evening(FIRST + timedelta(days=chance.randrange(100)), chance, zone)
            memory = None
            for _ in range(30):
                while at in used:
                    at += timedelta(milliseconds=1)
                if at > LAST:
                    break
                used.add(at)
                rating = chance.choices(list(Rating), (18, 10, 58, 14))[0]
                before = memory.state if memory else State.NEW
                memory = scheduler.outcome(card, memory, rating, at)
                entry = review(at, card, rating, chance.randrange(600) / 10, memory.due)
                self.answers.setdefault(card, []).append((entry, before, memory.due))
                at = _next(at, memory, chance, zone)
            self.memories[card] = memory

    def deck_texts(self):
        """The decks' files by their names."""
        texts = {f"{deck}.yaml": "cards:\n" for deck in ("plain", "fitted")}
        for card, deck in self.decks.items():
            texts[f"{deck}.yaml"] += f"  - {{q: What is {card}?, a: it is {card}, id: {card}}}\n"
        return texts

    def write(self, history):
        """Write the log, a file for each year."""
        history.mkdir()
        entries = sorted(
            (entry for answers in self.answers.values() for entry, _, _ in answers),
            key=lambda entry: entry.instant,
        )
        for year in (2024, 2025):
            lines = [entry.line for entry in entries if entry.at.startswith(str(year))]
            (history / f"{year}-laptop-abcd.jsonl").write_text("".join(f"{line}\n" for line in lines))

    def rows(self, card):
        """The lines of Anki's review log as they should be: instant, rating, interval, the last one, time, kind."""
        found, last = [], 0
        for entry, before, due in self.answers[card]:
            if isinstance(due, datetime):
                interval = -round((due - entry.time).total_seconds())
            else:
                interval = (due - (entry.time - timedelta(hours=4)).date()).days
            kind = {State.NEW: 0, State.LEARNING: 0, State.REVIEW: 1, State.RELEARNING: 2}[before]
            took = round(entry.took * 1000)
            found.append([entry.instant // 1000, int(entry.rating), interval, last, took, kind])
            last = interval
        return found


def _evening(day, chance, zone):
    """An instant of a study day, away from the hours in which it may begin; in the offset of that day."""
    local = datetime.combine(day, time(6), zone) + timedelta(seconds=chance.randrange(19 * 3600))
    return datetime.fromisoformat(local.isoformat())


def _next(at, memory, chance, zone):
    if isinstance(memory.due, datetime):
        return memory.due + timedelta(seconds=chance.randrange(300))
    late = chance.choice([0, 0, 0, 1, 2, chance.randrange(12)])
    return max(at + timedelta(minutes=1), _evening(memory.due + timedelta(days=late), chance, zone))
