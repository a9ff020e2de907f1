"""Small collections, and the screen opened on them with a clock of its own."""

import json
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

import pytest

from quizapp.collection import Collection
from quizapp.tui.app import QuizApp
from quizapp.tui.plan import Plan

DECKS = {
    "math/algebra.yaml": "cards:\n"
    "  - {q: What is a tensor?, a: An array of numbers., id: tensor, hint: think of arrays}\n"
    "  - {q: What is a scalar?, a: A single number., id: scalar, extra: Its rank is 0., source: Notes on rank}\n",
    "physics.yaml": "cards:\n"
    "  - q: Which unit has force?\n"
    "    choices: [newton, joule]\n"
    "    a: newton\n"
    "    id: force\n",
}


class Clock:
    """A clock that stands still until it is moved on."""

    def __init__(self):
        self.now = datetime(2026, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=1)))

    def __call__(self):
        self.now += timedelta(milliseconds=5)
        return self.now

    def forward(self, **amount):
        self.now += timedelta(**amount)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path, monkeypatch):
    for name in ("CONFIG", "CACHE", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def make_cards(tmp_path):
    """Write decks into a folder of cards and name it."""

    def make(decks=DECKS, settings=""):
        root = tmp_path / "cards"
        root.mkdir(exist_ok=True)
        (root / "quizapp.toml").write_text(settings)
        for name, text in decks.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return root

    return make


@pytest.fixture
def logged(tmp_path):
    """What the log holds: `(card, rating)` of a review, `(card, event)` of anything else but `note`."""

    def read():
        files = sorted((tmp_path / "cards" / "history").glob("*.jsonl"))
        lines = [json.loads(line) for file in files for line in file.read_text().splitlines()]
        return [
            (line["card"], line.get("rating", line.get("event")))
            for line in lines
            if line.get("event") != "note"
        ]

    return read


@pytest.fixture
def opened(make_cards):
    """Open the screen: `async with opened(decks, ...) as at:` with `at.app`, `.pilot`, `.clock`, `.text()`."""

    @asynccontextmanager
    async def open_screen(
        decks=DECKS, *, settings="", size=(80, 24), review=False, clock=None, remembered=None, **asked
    ):
        clock = clock or Clock()
        with Collection.open(make_cards(decks, settings), now=clock()) as collection:
            plan = Plan(collection, clock=clock, **asked)
            app = QuizApp(plan, plan.session() if review else None, remembered)
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                yield SimpleNamespace(
                    app=app,
                    pilot=pilot,
                    press=pilot.press,
                    clock=clock,
                    collection=collection,
                    rows=lambda: rows_of(app),
                    text=lambda: "\n".join(rows_of(app)),
                )

    return open_screen


def rows_of(app):
    """The rows of the screen as plain text."""
    strips = app.screen._compositor.render_strips()
    return [strip.text for strip in strips]
