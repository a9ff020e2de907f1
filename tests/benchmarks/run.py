"""Measures quizapp against Anki over the same cards, in one run, taking turns; prints the ratios.

    python tests/benchmarks/make_collection.py --cards 100000 --reviews 500000 /tmp/large
    python tests/benchmarks/run.py /tmp/large --json

The collection itself is left as it is: both sides work on copies. Anki's is built beside it the first time.
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

from children import Run, clean_environment, run
from grading import ANKI_DECK, summary

_HERE = Path(__file__).parent
_SETTINGS = "[study]\nnew_per_day = 9999\nreviews_per_day = 9999\n"
_COMMAND = "import sys; from quizapp.cli.main import main; sys.exit(main())"  # what the console script does
_BUDGETS = {"due": 0.4, "grade": 1.0, "memory": 120.0, "rebuild": 20.0, "touched": 60.0, "search": 0.5}
_WORDS = 25  # that are searched for


@dataclass(slots=True)
class Bench:
    """Both sides' copies of one collection, and the peaks of memory seen so far, in megabytes."""

    ours: Path
    anki: Path
    environment: dict[str, str]
    peaks: dict[str, float] = field(default_factory=dict)

    def due(self) -> Run:
        """`quizapp due --json` as a whole process."""
        arguments = ("--collection", str(self.ours), "due", "--json")
        return self._run("ours_due_mb", "-c", _COMMAND, *arguments)

    def anki_due(self) -> Run:
        """Anki's counts of all decks as a whole process."""
        return self._run("anki_due_mb", str(_HERE / "anki_due.py"), str(self.anki))

    def grades(self, answers: int) -> dict[str, list[float]]:
        """Milliseconds of our answers, each with the next card, in a process of their own."""
        return self._times("ours_grade_mb", "our_grade.py", self.ours, answers)

    def anki_grades(self, answers: int) -> dict[str, list[float]]:
        """Milliseconds of Anki's answers, each with the next card, in a process of their own."""
        return self._times("anki_grade_mb", "anki_grade.py", self.anki, answers)

    def searches(self, words: Sequence[str]) -> dict[str, list[float]]:
        """Milliseconds of our search for each word, as the browser makes it, in a process of its own."""
        return self._times("ours_search_mb", "our_search.py", self.ours, *words)

    def anki_searches(self, words: Sequence[str]) -> dict[str, list[float]]:
        """Milliseconds of Anki's search for each word, in a process of its own."""
        return self._times("anki_search_mb", "anki_search.py", self.anki, *words)

    def _times(self, peak: str, script: str, collection: Path, *given: object) -> dict[str, list[float]]:
        output = self._run(peak, str(_HERE / script), str(collection), *map(str, given)).output
        times: dict[str, list[float]] = json.loads(output)
        return times

    def _run(self, peak: str, *arguments: str) -> Run:
        done = run([sys.executable, *arguments], self.environment)
        self.peaks[peak] = max(self.peaks.get(peak, 0), round(done.peak_mb, 1))
        return done


def measure(bench: Bench, *, pairs: int, answers: int, rounds: int) -> dict[str, Any]:
    """All figures. The first start builds the index; memory is that of the starts after it."""
    _say("rebuilding")
    rebuild = bench.due()
    bench.peaks.clear()
    figures: dict[str, Any] = {"collection": _contents(bench, rebuild)}
    _say("counting what is due")
    figures["due"] = _due(bench, pairs)
    _say("touching decks")
    figures["touched"] = _touched(bench, pairs)
    _say("grading")
    figures["grade"] = _grade(bench, min(answers, _waiting(figures) // rounds), rounds)
    _say("searching")
    figures["search"] = _search(bench, rounds)
    figures["memory"] = _memory(bench.peaks)
    figures["rebuild"] = {"seconds": round(rebuild.seconds, 2), "peak_mb": round(rebuild.peak_mb, 1)}
    for name, budget in _BUDGETS.items():
        section = figures[name]
        measured = section[
            {"memory": "ours_mb", "rebuild": "seconds", "touched": "extra_ms"}.get(name, "ratio")
        ]
        section |= {"budget": budget, "within_budget": measured <= budget}
    return figures


def _contents(bench: Bench, first: Run) -> dict[str, Any]:
    """What each side sees, to show that both have the same cards; RuntimeError if they don't."""
    ours = json.loads(first.output)
    last = bench.anki_due().output
    anki = next(line.split("\t")[1:] for line in last.splitlines() if line.startswith(f"{ANKI_DECK}\t"))
    cards = sum(deck["total"] for deck in ours["decks"])
    if cards != int(anki[3]):
        raise RuntimeError(f"quizapp sees {cards} cards and Anki {anki[3]}")
    counts = {"ours": [ours["new"], ours["learning"], ours["review"]], "anki": [int(n) for n in anki[:3]]}
    return {"cards": cards, "decks": len(ours["decks"]), "new_learning_review": counts}


def _waiting(figures: dict[str, Any]) -> int:
    """How many cards can be graded on both sides before nothing is left."""
    sides: dict[str, list[int]] = figures["collection"]["new_learning_review"]
    return min(sum(counts) for counts in sides.values())


def _due(bench: Bench, pairs: int) -> dict[str, Any]:
    bench.due()
    turns = [(bench.due().seconds, bench.anki_due().seconds) for _ in range(pairs)]
    ours, anki = (median(side) * 1000 for side in zip(*turns, strict=True))
    return {"ratio": round(ours / anki, 3), "ours_ms": round(ours, 1), "anki_ms": round(anki, 1)}


def _touched(bench: Bench, pairs: int) -> dict[str, Any]:
    decks = sorted(bench.ours.rglob("deck-*.yaml"))
    turns = []
    for number in range(pairs):
        _edit(decks[number * 37 % len(decks)], number)
        turns.append((bench.due().seconds * 1000, bench.due().seconds * 1000))
    touched, untouched = (median(side) for side in zip(*turns, strict=True))
    extra = median(one - other for one, other in turns)
    return {
        "extra_ms": round(extra, 1),
        "touched_ms": round(touched, 1),
        "untouched_ms": round(untouched, 1),
    }


def _edit(deck: Path, number: int) -> None:
    """Change one answer of the deck, as an editor would."""
    lines = deck.read_text(encoding="utf-8").split("\n")
    place = next(n for n, line in enumerate(lines) if line.startswith("    a: ") and line.endswith("."))
    lines[place] += f" Edited {number}."
    deck.write_text("\n".join(lines), encoding="utf-8")


def _grade(bench: Bench, answers: int, rounds: int) -> dict[str, Any]:
    ours: list[float] = []
    previewed: list[float] = []
    anki: list[float] = []
    for _ in range(rounds):
        own = bench.grades(answers)
        ours += own["answer"]
        previewed += own["with_preview"]
        anki += bench.anki_grades(answers)["answer"]
    (our_median, our_p99), (anki_median, anki_p99) = summary(ours), summary(anki)
    return {
        "ratio": round(our_median / anki_median, 3),
        "ours_ms": round(our_median, 3),
        "anki_ms": round(anki_median, 3),
        "ours_p99_ms": round(our_p99, 3),
        "anki_p99_ms": round(anki_p99, 3),
        "ours_with_preview_ms": round(median(previewed), 3),
        "answers": len(ours),
    }


def _search(bench: Bench, rounds: int) -> dict[str, Any]:
    """One word at a time: ours finds those that begin so and gives a page of rows and the number found.

    Anki's finds the word within others, too, and gives the numbers of all cards.
    """
    deck = min(bench.ours.rglob("deck-*.yaml")).read_text(encoding="utf-8")
    found = sorted(set(re.findall(r"\b[a-z]{4,}\b", deck)))
    words = found[:: max(1, len(found) // _WORDS)][:_WORDS]
    turns = [(bench.searches(words)["search"], bench.anki_searches(words)["search"]) for _ in range(rounds)]
    ours, anki = ([median(times) for times in zip(*side, strict=True)] for side in zip(*turns, strict=True))
    ratios = [one / other for one, other in zip(ours, anki, strict=True)]
    return {
        "ratio": round(median(ours) / median(anki), 3),
        "worst_ratio": round(max(ratios), 3),
        "worst_word": words[ratios.index(max(ratios))],
        "ours_ms": round(median(ours), 2),
        "anki_ms": round(median(anki), 2),
        "words": len(words),
    }


def _memory(peaks: dict[str, float]) -> dict[str, Any]:
    ours = max(peaks["ours_due_mb"], peaks["ours_grade_mb"])
    anki = max(peaks["anki_due_mb"], peaks["anki_grade_mb"])
    return {"ratio": round(ours / anki, 3), "ours_mb": ours, "anki_mb": anki, **peaks}


def _prepare(source: Path, scratch: Path) -> Bench:
    """Copies of both collections in `scratch`, and an environment of its own."""
    environment = clean_environment(scratch / "home")
    (scratch / "home").mkdir()
    built = Path(run([sys.executable, str(_HERE / "anki_build.py"), str(source)], environment).output.strip())
    (scratch / "anki").mkdir()
    anki = Path(shutil.copy2(built, scratch / "anki"))
    ours = shutil.copytree(source, scratch / "collection")
    (ours / "quizapp.toml").write_text(_SETTINGS, encoding="utf-8")
    return Bench(ours, anki, environment)


def _say(what: str) -> None:
    print(what, file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the collection and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("root", type=Path, metavar="DIR", help="a collection written by make_collection.py")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")
    parser.add_argument("--pairs", type=int, default=15, help="turns of the process measurements")
    parser.add_argument("--answers", type=int, default=300, help="answers a turn of grading, if so many wait")
    parser.add_argument("--rounds", type=int, default=4, help="turns of grading")
    given = parser.parse_args(arguments)
    _say("preparing both collections (Anki's takes a while the first time)")
    with tempfile.TemporaryDirectory() as scratch:
        bench = _prepare(given.root.resolve(), Path(scratch))
        figures = measure(bench, pairs=given.pairs, answers=given.answers, rounds=given.rounds)
    if given.json:
        print(json.dumps(figures, indent=2))
        return
    for name, section in figures.items():
        print(f"{name:<11}" + "  ".join(f"{key} {value}" for key, value in section.items()))


if __name__ == "__main__":
    main()
