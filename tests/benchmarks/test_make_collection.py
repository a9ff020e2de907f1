"""The maker of collections: what it writes is what it says, and what the app would have written."""

import os
import subprocess
import sys
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import quizapp
from quizapp.decks.note import Kind, Note, card_ids
from quizapp.decks.reading import read_deck
from quizapp.journal import entry
from quizapp.journal.entry import Entry

CARDS, REVIEWS, TODAY = 450, 2500, date(2026, 11, 22)


def make(
    root: Path, *more: str, cards: int = CARDS, reviews: int = REVIEWS
) -> subprocess.CompletedProcess[str]:
    script = Path(__file__).with_name("make_collection.py")
    command = [
        sys.executable,
        str(script),
        str(root),
        "--cards",
        str(cards),
        "--reviews",
        str(reviews),
        *more,
    ]
    environment = os.environ | {"PYTHONPATH": str(Path(quizapp.__file__).parents[1])}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*.*"))}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made") / "collection"
    done = make(root)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="module")
def notes(made: Path) -> list[Note]:
    found: list[Note] = []
    for path in sorted(made.rglob("*.yaml")):
        deck = read_deck(path.read_bytes(), name=path.stem, file=path.name)
        assert deck.problems == ()
        found += deck.notes
    return found


@pytest.fixture(scope="module")
def cards(notes: list[Note]) -> list[str]:
    return [card for note in notes for card in card_ids(note, note.declared or "")]


@pytest.fixture(scope="module")
def log(made: Path) -> list[Entry]:
    files = sorted((made / "history").glob("*.jsonl"))
    return [entry.parse(line) for path in files for line in path.read_text().splitlines()]


@pytest.fixture(scope="module")
def reviews(log: list[Entry]) -> list[Entry]:
    return [event for event in log if event.rating]


def test_there_are_as_many_cards_as_asked_for_in_decks_of_a_hundred(made: Path, cards: list[str]) -> None:
    names = [str(path.relative_to(made)) for path in sorted(made.rglob("*.yaml"))]

    assert names == [f"topic-01/deck-000{number}.yaml" for number in range(1, 6)]
    assert len(cards) == CARDS


def test_decks_can_be_of_another_size(tmp_path: Path) -> None:
    make(tmp_path / "c", "--cards-per-deck", "7", cards=30, reviews=0)

    assert len(list(tmp_path.rglob("*.yaml"))) == 5


def test_all_kinds_of_notes_are_there_and_most_are_basic(notes: list[Note]) -> None:
    kinds = Counter(note.kind for note in notes)

    assert set(kinds) == set(Kind)
    assert kinds[Kind.BASIC] > len(notes) / 2


def test_no_two_cards_share_an_id_and_no_two_notes_a_question(notes: list[Note], cards: list[str]) -> None:
    assert len(set(cards)) == len(cards)
    assert len({note.derived for note in notes}) == len(notes)


def test_the_same_arguments_make_the_same_bytes(made: Path, tmp_path: Path) -> None:
    make(tmp_path / "again")

    assert contents(tmp_path / "again") == contents(made)


def test_another_seed_makes_another_collection(made: Path, tmp_path: Path) -> None:
    make(tmp_path / "other", "--seed", "2")
    other, first = contents(tmp_path / "other"), contents(made)

    assert all(other.get(name) != first[name] for name in first if name != "quizapp.toml")


def test_there_are_as_many_reviews_as_asked_for_and_each_is_of_a_card(
    reviews: list[Entry], cards: list[str]
) -> None:
    assert len(reviews) == REVIEWS
    assert {event.card for event in reviews} <= set(cards)


def test_a_fifth_of_the_cards_is_new(reviews: list[Entry]) -> None:
    assert len({event.card for event in reviews}) == CARDS * 4 // 5


def test_every_line_is_the_one_that_the_log_would_write(log: list[Entry]) -> None:
    for event in log:
        if event.rating and event.due:
            written = entry.review(
                event.time, event.card, event.rating, event.took, entry.read_due(event.due)
            )
        else:
            written = entry.event(event.time, event.card, event.kind, hash=event.data["hash"])

        assert event.line == written.line


def test_every_reviewed_note_is_told_once_with_the_hash_of_its_deck(
    notes: list[Note], log: list[Entry]
) -> None:
    hashes = {note.declared: note.hash for note in notes}
    told = {event.card: event.data["hash"] for event in log if event.kind == "note"}

    assert told.keys() == {event.card.partition(".")[0] for event in log if event.rating}
    assert sum(event.kind == "note" for event in log) == len(told)
    assert told.items() <= hashes.items()


def test_events_are_in_the_order_of_time_and_no_two_at_once(log: list[Entry]) -> None:
    instants = [event.instant for event in log]

    assert instants == sorted(set(instants))


def test_each_file_holds_the_reviews_of_its_year(made: Path) -> None:
    for path in (made / "history").iterdir():
        years = {entry.parse(line).time.year for line in path.read_text().splitlines()}

        assert years == {int(path.name[:4])}


def test_the_past_is_of_two_years_and_ends_before_the_day(reviews: list[Entry]) -> None:
    days = [event.time.date() for event in reviews]

    assert TODAY - timedelta(days=730) <= min(days) < TODAY - timedelta(days=300)
    assert max(days) == TODAY - timedelta(days=1)


def test_the_day_can_be_chosen(tmp_path: Path) -> None:
    make(tmp_path / "c", "--today", "2025-03-31", cards=100, reviews=300)
    lines = max((tmp_path / "c" / "history").iterdir()).read_text().splitlines()

    assert entry.parse(lines[-1]).time.date() <= date(2025, 3, 30)


def test_clocks_are_an_hour_ahead_in_summer(reviews: list[Entry]) -> None:
    offsets = {event.time.month: event.time.utcoffset() for event in reviews}

    assert {offsets[month] for month in (5, 6, 7, 8, 9)} == {timedelta(hours=2)}
    assert {offsets[month] for month in (11, 12, 1, 2)} == {timedelta(hours=1)}


def test_intervals_grow_and_some_cards_are_forgotten(reviews: list[Entry]) -> None:
    shares = {
        rating: count / REVIEWS for rating, count in Counter(int(e.rating or 0) for e in reviews).items()
    }
    last = {event.card: event for event in reviews}.values()
    intervals = sorted((date.fromisoformat(e.due[:10]) - e.time.date()).days for e in last if e.due)

    assert 0.5 < shares[3] < 0.8
    assert all(0.05 < shares[rating] < 0.25 for rating in (1, 2, 4))
    assert intervals[len(intervals) // 2] > 30


def test_some_cards_are_due_on_the_day_some_overdue_and_most_later(tmp_path: Path) -> None:
    make(tmp_path / "c", cards=3000, reviews=9000)
    due: dict[str, str] = {}
    for path in sorted((tmp_path / "c" / "history").iterdir()):
        due |= {e.card: e.due for e in map(entry.parse, path.read_text().splitlines()) if e.due}
    days = Counter(datetime.fromisoformat(when).date() for when in due.values())

    assert 5 < days[TODAY] < 100
    assert 20 < sum(count for day, count in days.items() if day < TODAY) < 200
    assert any(len(when) > 10 for when in due.values())


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = make(tmp_path)

    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert contents(tmp_path) == {"mine.txt": b"mine"}


def test_more_reviews_than_fit_into_two_years_are_refused(tmp_path: Path) -> None:
    done = make(tmp_path, cards=10, reviews=501)

    assert done.returncode == 2
    assert "at most 50 reviews a card" in done.stderr
