"""Measures how packages for Anki are written, over the same notes, in one run, taking turns; prints the ratios.

    python tests/benchmarks/packages.py --notes 10000 --notes 100000 --json

Ours is held to plain genanki that writes the same fields (time, memory, size), and to Anki that takes them in and
exports them (time). Each writes in a process of its own. What turning Markdown into fields takes is told apart, and
so is the whole command on decks of these notes: the first export logs a line for each, the second has nothing to log.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from children import clean_environment, run

_HERE = Path(__file__).parent
_SIDES = ("ours", "genanki", "anki", "anki_legacy")
_BUDGETS = {"time": 1.2, "cpu_time": 1.2, "anki_time": 0.5, "memory": 1.3, "size": 0.25}


def measure(count: int, rounds: int) -> dict[str, Any]:
    """All figures for so many notes: medians of the rounds, and the ratios that have budgets."""
    with tempfile.TemporaryDirectory() as scratch:
        notes, root = Path(scratch) / "notes.pickle", Path(scratch) / "cards"
        environment = clean_environment(Path(scratch) / "home") | {
            "TMPDIR": scratch
        }  # genanki leaves files there
        made = run(
            [sys.executable, str(_HERE / "package_notes.py"), str(count), str(notes), str(root)], environment
        )
        figures: dict[str, Any] = {"notes": count} | json.loads(made.output)
        turns: dict[str, list[tuple[float, ...]]] = {side: [] for side in _SIDES}
        for _ in range(rounds):
            for side in _SIDES:
                turns[side].append(_turn(side, notes, environment))
        figures["command"] = _command(root, environment)
    for side in _SIDES:
        values = (round(median(values), 3) for values in zip(*turns[side], strict=True))
        figures[side] = dict(zip(("seconds", "cpu_seconds", "mb", "size_mb"), values, strict=True))
    return figures | {"ratios": _ratios(figures)}


def _turn(side: str, notes: Path, environment: dict[str, str]) -> tuple[float, ...]:
    """Seconds by the clock and at work, peak resident megabytes, and megabytes of the package."""
    package = notes.with_name(f"{side}.apkg")
    done = run([sys.executable, str(_HERE / "package_sides.py"), side, str(notes), str(package)], environment)
    size = package.stat().st_size / 1e6
    package.unlink()
    return *map(float, done.output.split()), done.peak_mb, size


def _command(root: Path, environment: dict[str, str]) -> dict[str, float]:
    """Seconds and peaks of `quizapp export`, the first time and again; the index is there before."""
    words = [sys.executable, "-m", "quizapp", "--collection", str(root)]
    package = root.parent / "whole.apkg"
    run([*words, "due"], environment)
    found = {}
    for name, more in (("first", ()), ("again", ()), ("schedule", ("--schedule",))):
        done = run([*words, "export", "-o", str(package), *more], environment)
        found |= {f"{name}_seconds": round(done.seconds, 2), f"{name}_mb": round(done.peak_mb, 1)}
    return found


def _ratios(figures: dict[str, Any]) -> dict[str, Any]:
    ours, plain = figures["ours"], figures["genanki"]
    quickest = min(figures["anki"]["seconds"], figures["anki_legacy"]["seconds"])
    found = {
        "time": ours["seconds"] / plain["seconds"],
        "cpu_time": ours["cpu_seconds"] / plain["cpu_seconds"],
        "anki_time": ours["seconds"] / quickest,
        "memory": ours["mb"] / plain["mb"],
        "size": ours["size_mb"] / plain["size_mb"],
    }
    return {
        name: {"ratio": round(ratio, 3), "budget": _BUDGETS[name], "within_budget": ratio <= _BUDGETS[name]}
        for name, ratio in found.items()
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--notes", type=int, action="append", help="how many; may be given again")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each side")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")
    given = parser.parse_args(arguments)
    found = [measure(count, given.rounds) for count in given.notes or [10_000, 100_000]]
    if given.json:
        print(json.dumps(found, indent=2))
        return
    for figures in found:
        for name, section in figures.items():
            print(f"{name:<15}{section}")
        print()


if __name__ == "__main__":
    main()
