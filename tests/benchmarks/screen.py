"""Measures the screen on a pseudo-terminal against a minimal Textual app, in one run, taking turns.

    python tests/benchmarks/screen.py /tmp/b/c10k/cards /tmp/b/c100k/cards

The collections themselves are left as they are, as is the user's home: it works on copies, in a home of its own.
"""

import argparse
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from children import clean_environment, run
from terminal import Terminal

_SETTINGS = "[study]\nnew_per_day = 9999\nreviews_per_day = 9999\n"
_MINIMAL = """
from textual.app import App
from textual.widgets import Static

class Minimal(App):
    def compose(self):
        yield Static("as small as can be")

Minimal().run()
"""
_BUDGETS = {"first_ms": 1.5, "memory_mb": 1.6, "graded_mb": 1.6}  # of the minimal app
_KEY_BUDGETS = {  # milliseconds, the p95
    "answer": 16.0,  # one frame of 60 a second
    "question": 16.0,
    "letter": 50.0,
    "found": 50.0,
}
_GROWTH = 1.25  # a further collection, of the first one
_NAMES = {
    "first_ms": "first frame, ms",
    "memory_mb": "memory, MB",
    "graded_mb": "… after grading, MB",
    "answer": "key to answer, ms",
    "question": "grade to question, ms",
    "letter": "key to letter, ms",
    "found": "… to all that is found",
}
_PAUSE = 0.2  # seconds between two keys: a person reads
_TYPING = 0.4  # seconds between two letters in the browser, within which all that was found is told
_SEARCHES = 8  # words that are typed letter by letter, and taken away again


@dataclass(slots=True)
class Side:
    """One program that is started again and again: how, by what it is known to be there, and its figures."""

    command: Sequence[str]
    text: str
    first: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def start(self, environment: dict[str, str], *, counts: bool = True) -> None:
        """Start it, wait for its text, and look at its memory a second later."""
        with Terminal(self.command, environment) as terminal:
            first = (terminal.arrival(self.text) - terminal.started) * 1000
            terminal.rest(1)
            memory = terminal.resident_mb()
        if counts:
            self.first.append(first)
            self.memory += [memory] if memory else []

    def figures(self) -> dict[str, Any]:
        """The medians; no memory where it is not told."""
        found = {"first_ms": round(median(self.first), 1)}
        return found | ({"memory_mb": round(median(self.memory), 1)} if self.memory else {})


def measure(sources: Sequence[Path], scratch: Path, *, runs: int, cards: int) -> dict[str, Any]:
    """All figures: the starts take turns, the reviews come one after another."""
    environment = _environment(scratch / "home")
    copies = []
    for number, source in enumerate(sources, 1):
        _say(f"copying and indexing {source}")
        copies.append(shutil.copytree(source, scratch / str(number) / source.name))
        _index(copies[-1], environment)
        _see_the_tour(copies[-1], environment)
    minimal = Side([sys.executable, "-c", _MINIMAL], "as small as can be")
    sides = [Side(_quizapp(copy), "all decks") for copy in copies]
    _say("starting")
    for number in range(runs + 1):
        for side in (minimal, *sides):
            side.start(environment, counts=number > 0)
    collections = []
    for source, copy, side in zip(sources, copies, sides, strict=True):
        _say(f"grading {source}")
        (copy / "quizapp.toml").write_text(_SETTINGS, encoding="utf-8")
        _index(copy, environment)
        found = side.figures() | _review(copy, environment, cards)
        _say(f"finding in {source}")
        collections.append({"collection": str(source)} | found | _browse(copy, environment))
    figures = {"runs": runs, "minimal": minimal.figures(), "collections": collections}
    _judge(figures)
    return figures


def _review(collection: Path, environment: dict[str, str], cards: int) -> dict[str, Any]:
    """Flip and grade cards: milliseconds from the key to the last byte of what it painted."""
    turns: dict[str, list[tuple[float, int, int]]] = {"answer": [], "question": []}
    with Terminal([*_quizapp(collection), "review"], environment) as terminal:
        terminal.arrival("show")
        terminal.rest(1)
        try:
            for _ in range(cards):
                turns["answer"].append(_key(terminal, " ", "good"))
                turns["question"].append(_key(terminal, "4", "show"))
        except TimeoutError as error:
            _say(f"only {len(turns['question'])} cards: {error}")
        memory = terminal.resident_mb()
    found: dict[str, Any] = {"graded_mb": round(memory, 1)} if memory else {}
    return found | {name: _summary(keys) for name, keys in turns.items() if keys}


def _browse(collection: Path, environment: dict[str, str]) -> dict[str, Any]:
    """Type words in the browser: milliseconds from a key to its letter, and to all that the query finds then."""
    deck = min(collection.rglob("deck-*.yaml")).read_text(encoding="utf-8")
    words = sorted(set(re.findall(r"\b[a-z]{4,8}\b", deck)))
    turns: dict[str, list[tuple[float, int, int]]] = {"letter": [], "found": []}
    with Terminal([*_quizapp(collection), "find"], environment) as terminal:
        terminal.arrival("cards found")
        terminal.rest(1)
        for word in words[:: max(1, len(words) // _SEARCHES)][:_SEARCHES]:
            for key in word + "\x7f" * len(word):
                pressed = terminal.press(key)
                first, last, size = terminal.watched(_TYPING)
                turns["letter"].append(((first - pressed) * 1000, size, 0))
                turns["found"].append(((last - pressed) * 1000, size, 0))
    return {name: _summary(keys) for name, keys in turns.items()}


def _key(terminal: Terminal, key: str, text: str) -> tuple[float, int, int]:
    """Milliseconds, bytes of the burst, and bytes that came later, while the person reads."""
    pressed = terminal.press(key)
    arrived, size = terminal.painted(text)
    return (arrived - pressed) * 1000, size, terminal.rest(_PAUSE)


def _summary(keys: Sequence[tuple[float, int, int]]) -> dict[str, Any]:
    times = sorted(key[0] for key in keys)
    return {
        "p50": round(median(times), 1),
        "p95": round(times[-(-95 * len(times) // 100) - 1], 1),
        "max": round(times[-1], 1),
        "keys": len(times),
        "bytes": round(median(key[1] for key in keys)),
        "with_later_output": sum(key[2] > 0 for key in keys),
    }


def _judge(figures: dict[str, Any]) -> None:
    """Put the budgets beside the figures: each a name, the value, the limit, and whether it is kept."""
    minimal, collections = figures["minimal"], figures["collections"]
    for found in collections:
        verdicts = found["budgets"] = {}
        for name, limit in _BUDGETS.items():
            base = minimal.get(name.replace("graded", "memory"))
            if base and name in found:
                verdicts[name] = [_verdict("of minimal", found[name] / base, limit)]
        for name, limit in _KEY_BUDGETS.items():
            if name in found:
                verdicts[name] = [_verdict("p95", found[name]["p95"], limit)]
        if found is not collections[0]:
            for name, several in verdicts.items():
                if name in collections[0] and name != "found":
                    growth = _value(found[name]) / _value(collections[0][name])
                    several.append(_verdict("of the first", growth, _GROWTH))


def _verdict(what: str, value: float, limit: float) -> dict[str, Any]:
    return {"what": what, "value": round(value, 2), "budget": limit, "within_budget": value <= limit}


def _value(figure: Any) -> float:
    value: float = figure["p95"] if isinstance(figure, dict) else figure
    return value


def _lines(figures: dict[str, Any]) -> list[str]:
    """The figures as a table, with the budgets beside."""
    lines = [f"a minimal Textual app, {figures['runs']} starts"]
    lines += [f"  {_NAMES[name]:<23}{value:>7}" for name, value in figures["minimal"].items()]
    for found in figures["collections"]:
        lines += ["", found["collection"]]
        for name, words in _NAMES.items():
            if name in found:
                lines.append(f"  {words:<23}{_cell(found[name]):<34} {_words(found, name)}".rstrip())
    return lines


def _cell(figure: Any) -> str:
    if not isinstance(figure, dict):
        return f"{figure:>7}"
    late = f", {figure['with_later_output']} with later output" if figure["with_later_output"] else ""
    return f"{figure['p50']:>7} p50 {figure['p95']:>6} p95 {figure['max']:>6} max{late}"


def _words(found: dict[str, Any], name: str) -> str:
    return "   ".join(
        f"{one['value']:.2f} {one['what']} {'<=' if one['within_budget'] else 'OVER'} {one['budget']}"
        for one in found["budgets"].get(name, [])
    )


def _quizapp(collection: Path) -> list[str]:
    return [sys.executable, "-m", "quizapp", "--collection", str(collection)]


def _index(collection: Path, environment: dict[str, str]) -> None:
    """Bring the index up to date, and once more, so that no file counts as changed just now."""
    for _ in range(2):
        run([*_quizapp(collection), "due", "--json"], environment)


def _see_the_tour(collection: Path, environment: dict[str, str]) -> None:
    """Open the screen and leave it once, as a first start may show a tour."""
    with Terminal(_quizapp(collection), environment) as terminal:
        terminal.rest(3)
        for key in ("\x1b", "q"):
            try:
                terminal.press(key)
            except OSError:  # it has ended already
                break
            terminal.rest(1)


def _environment(home: Path) -> dict[str, str]:
    """A home of its own on a terminal with all colours."""
    home.mkdir()
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    return {"LANG": "C.UTF-8"} | clean_environment(home) | terminal


def _say(what: str) -> None:
    print(what, file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the collections and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "roots", type=Path, nargs="+", metavar="DIR", help="a collection written by make_collection.py"
    )
    parser.add_argument("--runs", type=int, default=10, help="starts of each program that count")
    parser.add_argument("--cards", type=int, default=60, help="cards to flip and grade, if so many wait")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of a table")
    given = parser.parse_args(arguments)
    if given.runs < 1 or given.cards < 1:
        parser.error("wants a run and a card at least")
    with tempfile.TemporaryDirectory() as scratch:
        roots = [root.resolve() for root in given.roots]
        figures = measure(roots, Path(scratch), runs=given.runs, cards=given.cards)
    print(json.dumps(figures, indent=2) if given.json else "\n".join(_lines(figures)))


if __name__ == "__main__":
    main()
