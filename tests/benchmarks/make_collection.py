"""Makes a collection of any size for measuring: the same for the same arguments, and much like a real one.

python tests/benchmarks/make_collection.py --cards 100000 --reviews 500000 /tmp/large
"""

import argparse
import random
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from made_notes import MadeDeck, deck_yaml, make_decks
from made_reviews import history_lines, make_reviews

_MACHINE = "laptop-kqzv"
_MOST_REVIEWS = 50  # a card; more do not fit into two years


def make_collection(root: Path, *, cards: int, reviews: int, seed: int, per_deck: int, today: date) -> None:
    """Write quizapp.toml, decks and history below `root`, which is made and must be empty."""
    root.mkdir(parents=True, exist_ok=True)
    if any(root.iterdir()):
        raise FileExistsError(f"{root} is not empty")
    (root / "quizapp.toml").write_text("# Every setting has a default.\n", encoding="utf-8")
    decks = list(make_decks(random.Random(f"decks {seed}"), cards, per_deck, today))
    _write_decks(root, decks)
    _write_history(root, decks, random.Random(f"history {seed}"), reviews, today)


def _write_decks(root: Path, decks: Sequence[MadeDeck]) -> None:
    for deck in decks:
        path = root / f"{deck.name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(deck_yaml(deck), encoding="utf-8")


def _write_history(
    root: Path, decks: Sequence[MadeDeck], rng: random.Random, reviews: int, today: date
) -> None:
    cards = [card for deck in decks for card in deck.cards]
    hashes = {note.declared or "": note.hash for deck in decks for note in deck.notes}
    years: dict[int, list[str]] = {}
    for year, line in history_lines(make_reviews(rng, cards, reviews, today), hashes):
        years.setdefault(year, []).append(line)
    (root / "history").mkdir()
    for year, lines in years.items():
        (root / "history" / f"{year}-{_MACHINE}.jsonl").write_text("".join(lines), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments and make the collection."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("root", type=Path, metavar="DIR", help="the collection's folder: new or empty")
    parser.add_argument("--cards", type=int, required=True)
    parser.add_argument("--reviews", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cards-per-deck", type=int, default=100)
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 22), metavar="YYYY-MM-DD")
    given = parser.parse_args(arguments)
    if given.cards < 0 or given.cards_per_deck < 1 or not 0 <= given.reviews <= given.cards * _MOST_REVIEWS:
        parser.error(f"wants cards, at least 1 a deck, and at most {_MOST_REVIEWS} reviews a card")
    try:
        make_collection(
            given.root,
            cards=given.cards,
            reviews=given.reviews,
            seed=given.seed,
            per_deck=given.cards_per_deck,
            today=given.today,
        )
    except FileExistsError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
