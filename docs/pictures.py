"""Makes the pictures of the README from the real app, on the shipped decks after some weeks of study.

python docs/pictures.py
"""

import asyncio
import os
import random
import re
import shutil
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

from quizapp import Collection, Rating
from quizapp.tui.app import QuizApp
from quizapp.tui.plan import Plan

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 22, 7, 30, tzinfo=timezone(timedelta(hours=1)))
DAYS = 34
SIZE = (80, 24)
THEMES = {"dark": "textual-dark", "light": "textual-light"}


def study(root: Path) -> None:
    """Study every day up to the one of the pictures, remembering about nine of ten cards."""
    chance = random.Random("pictures")
    for day in range(DAYS, 0, -1):
        now = NOW - timedelta(days=day)
        with Collection.open(root, now=now) as collection:
            session = collection.session(now=now)
            while shown := session.show(now):
                rating = chance.choices(list(Rating), [10, 10, 60, 20])[0]
                session.grade(shown.card, rating, now, took=chance.uniform(4, 14))
                now += timedelta(seconds=20)


def typed(text: str) -> list[str]:
    """The keys for a text."""
    names = {" ": "space", "?": "question_mark", ".": "full_stop"}
    return [names.get(sign, sign) for sign in text]


async def draw(root: Path) -> None:
    """Draw home, a card that is turned over, the browser and the form, in each theme."""
    with Collection.open(root, now=NOW) as collection:
        for name, theme in THEMES.items():
            app = QuizApp(Plan(collection, clock=lambda: NOW))
            async with app.run_test(size=SIZE) as pilot:
                app.theme = theme
                await pilot.pause(0.5)
                save(app.export_screenshot(), f"home-{name}")
                await pilot.press("enter")
                await pilot.pause()
                await pilot.press("space")
                await pilot.pause(0.2)
                save(app.export_screenshot(), f"review-{name}")
                await pilot.press("q", "slash", *"matrix", "down", "down", "space", "down")
                await pilot.pause(0.4)
                save(app.export_screenshot(), f"find-{name}")
                await pilot.press(
                    "q", "a", *typed("Which matrices have no inverse?"), "tab", *typed("Singular ones.")
                )
                await pilot.pause(0.6)
                save(app.export_screenshot(), f"add-{name}")


def save(svg: str, name: str) -> None:
    """Keep the picture, without the fonts that it would fetch from elsewhere."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", "monospace").replace(
        "font-family: Fira Code", "font-family: monospace"
    )
    (HERE / f"{name}.svg").write_text(re.sub(r"terminal-\d+-", f"{name}-", svg), encoding="utf-8")


def main() -> None:
    """Study in a folder of its own, and draw."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        for name in ("CACHE", "STATE", "CONFIG"):
            os.environ[f"XDG_{name}_HOME"] = folder
        root = Path(folder) / "notes" / "cards"
        shutil.copytree(HERE.parent / "cards", root, ignore=shutil.ignore_patterns("history"))
        (root / "quizapp.toml").write_text("[study]\nnew_per_day = 2\n", encoding="utf-8")
        study(root)
        asyncio.run(draw(root))


if __name__ == "__main__":
    main()
