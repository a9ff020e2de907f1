"""What must hold when things go wrong around an answer, and when clocks disagree."""

import json
import sqlite3
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quizapp.collection import Collection
from quizapp.errors import CollectionError, RequestError, UnknownCardError
from quizapp.memory.state import Rating

DECK = "cards:\n" + "".join(
    f"  - {{q: What is the {name} of it?, a: It is {name}, id: {name}}}\n" for name in ("a1", "a2", "a3")
)
LINK_TEXT = "cards:\n  - q: What is the capital of France?\n    a: It is the city of Paris\n"


def lines(root):
    return [
        json.loads(text)
        for path in sorted((root / "history").iterdir())
        for text in path.read_text().splitlines()
    ]


def test_a_deck_that_cannot_be_reached_is_not_gone(make_collection, tmp_path, at):
    root, now = make_collection({"a.yaml": DECK}), at("2026-11-22T08:00")
    target = tmp_path / "elsewhere.yaml"
    target.write_text(LINK_TEXT)
    (root / "b.yaml").symlink_to(target)
    with Collection.open(root, now=now) as collection:
        (card,) = collection.find("capital", now)
        collection.answer(card.id, Rating.EASY, now)
    target.unlink()
    (root / "a.yaml").write_text(
        DECK + "  - q: Name the seat of the French government\n    a: It is the city of Paris\n"
    )

    with Collection.open(root, now=now) as collection:
        assert [problem.code for problem in collection.problems] == ["unreadable"]
        assert collection.memory(card.id) is not None
    assert not [line for line in lines(root) if line.get("event") == "rename"]


def test_a_linked_folder_that_leads_nowhere_is_named(make_collection, tmp_path):
    root = make_collection({"a.yaml": DECK})
    (root / "more").symlink_to(tmp_path / "nowhere")

    with Collection.open(root) as collection:
        assert [(problem.code, problem.file) for problem in collection.problems] == [
            ("unreadable", "cards/more")
        ]


def test_settings_changed_by_someone_else_are_taken_in_before_anything_is_written(make_collection, at):
    root, now = make_collection({"a.yaml": DECK}), at("2026-11-22T08:00")
    with Collection.open(root, now=now) as first:
        first.answer("a1", Rating.EASY, now)
        (root / "quizapp.toml").write_text("[fsrs]\nretention = 0.8\n")
        Collection.open(root, now=now).close()

        with pytest.raises(CollectionError, match="has changed"):
            first.answer("a1", Rating.GOOD, now + timedelta(days=2))
        assert first.settings.fsrs.retention == 0.9

        first.refresh(now)
        first.answer("a1", Rating.GOOD, now + timedelta(days=2))

        assert first.settings.fsrs.retention == 0.8
        with Collection.open(root, now=now + timedelta(days=2)) as second:
            assert second.memory("a1") == first.memory("a1")
            assert len(second.reviews("a1")) == 2


def test_settings_that_cannot_be_read_are_a_problem_and_the_old_ones_go_on(make_collection, at):
    root, now = make_collection({"a.yaml": DECK}, "[study]\nnew_per_day = 1\n"), at("2026-11-22T08:00")
    with Collection.open(root, now=now) as collection:
        (root / "quizapp.toml").write_text("[study]\nnew_per_day = many\n")

        assert collection.counts(now=now).new == 1
        assert [(p.file, p.line, p.code) for p in collection.problems] == [
            ("cards/quizapp.toml", 2, "bad-settings")
        ]
        assert collection.unread == collection.problems

        (root / "quizapp.toml").write_text("[study]\nnew_per_day = 2\n")

        assert collection.counts(now=now).new == 2
        assert collection.problems == []


def test_with_a_busy_index_an_answer_is_on_disk_or_an_error_but_never_both(make_collection, at):
    root, now = make_collection({"a.yaml": DECK}), at("2026-11-22T08:00")
    with Collection.open(root, now=now) as collection:
        collection.answer("a1", Rating.GOOD, now)
        collection.counts(now=now)
        collection._works.index.db.execute("PRAGMA busy_timeout = 20")
        other = sqlite3.connect(collection._works.index.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CollectionError, match="busy"):
            for number in range(100):
                answered = number
                collection.answer("a2", Rating.AGAIN, now + timedelta(minutes=number + 1))
        other.execute("ROLLBACK")
        other.close()

        assert answered >= 32
        assert collection.counts(now=now + timedelta(hours=2)).learning == 2
        assert collection.memory("a2").reps == answered
    assert sum("rating" in line for line in lines(root)) == answered + 1


def test_an_index_damaged_meanwhile_does_not_stop_an_answer(make_collection, at):
    root, now = make_collection({"a.yaml": DECK}), at("2026-11-22T08:00")
    with Collection.open(root, now=now) as collection:
        collection.answer("a1", Rating.GOOD, now)
        collection.counts(now=now)
        path = collection._works.index.path
        for suffix in ("", "-wal"):
            damaged = path.with_name(path.name + suffix)
            damaged.write_bytes(b"x" * damaged.stat().st_size)

        collection.answer("a2", Rating.GOOD, now + timedelta(minutes=1))

        assert [collection.memory(card).reps for card in ("a1", "a2")] == [1, 1]
    assert sum("rating" in line for line in lines(root)) == 2


def test_an_undone_card_comes_first_only_where_it_belongs(make_collection, at):
    decks = {"a.yaml": DECK, "b.yaml": "cards:\n  - {q: Who are you?, a: b, id: b1}\n"}
    root, now = make_collection(decks), at("2026-11-22T08:00")
    with Collection.open(root, now=now) as collection:
        collection.answer("a2", Rating.GOOD, now)
        collection.undo(now + timedelta(seconds=5))

        assert collection.next(["b"], now + timedelta(seconds=6)).id == "b1"
        assert collection.next(["a"], now + timedelta(seconds=6)).id == "a2"


def test_a_session_over_a_query_keeps_its_cards(make_collection, at):
    root, now = make_collection({"a.yaml": DECK}), at("2026-11-22T08:00")
    with Collection.open(root, now=now) as collection:
        session = collection.session(query="is:new", now=now)
        session.grade(session.show(now).card, Rating.AGAIN, now)
        collection.bury(session.show(now).card.id, now)
        now += timedelta(minutes=35)

        assert session.show(now).card.id == "a1"


def test_a_leech_is_announced_by_the_lapse_and_not_again_while_it_is_relearned(make_collection, at):
    root, now = make_collection({"a.yaml": DECK}, "[study]\nleech_lapses = 1\n"), at("2026-11-22T08:00")
    with Collection.open(root, now=now) as collection:
        collection.answer("a1", Rating.EASY, now)
        now += timedelta(days=20)
        session = collection.session(now=now)
        card = collection.row("a1").card
        warned = [
            session.grade(card, Rating.AGAIN, now + timedelta(minutes=minute)).leech for minute in range(4)
        ]

        assert warned == [True, False, False, False]


def test_what_is_done_counts_although_another_clock_runs_ahead(make_collection, at):
    root, now = make_collection({"a.yaml": DECK}), at("2026-11-22T10:00")
    (root / "history").mkdir()
    line = '{"at":"2026-11-22T10:05:00.000+01:00","card":"a1","rating":3,"due":"2026-11-30"}\n'
    (root / "history" / "2026-other-abcd.jsonl").write_text(line)
    with Collection.open(root, now=now) as collection:
        collection.forget("a1", now)

        assert collection.memory("a1") is None
        collection.suspend("a1", now)
        collection.resume("a1", now - timedelta(hours=1))
        assert not collection.row("a1").suspended


def test_a_history_that_moved_can_neither_move_nor_be_forgotten_by_its_old_name(make_collection, at):
    root, now = make_collection({"a.yaml": DECK}), at("2026-11-22T10:00")
    (root / "history").mkdir()
    line = '{"at":"2026-11-22T09:05:00.000+01:00","card":"old","rating":3,"due":"2026-11-30"}\n'
    (root / "history" / "2026-other-abcd.jsonl").write_text(line)
    with Collection.open(root, now=now) as collection:
        collection.relink("old", "a1", now)

        with pytest.raises(UnknownCardError):
            collection.relink("old", "a2", now)
        with pytest.raises(UnknownCardError):
            collection.forget("old", now)
        assert collection.memory("a1").reps == 1


@pytest.mark.parametrize("event", ['"event":"quiz","score":5', '"event":"frobnicate","card":"a1"'])
def test_undo_passes_over_what_it_does_not_know(make_collection, at, event):
    root, now = make_collection({"a.yaml": DECK}), at("2026-11-22T10:00")
    with Collection.open(root, now=now) as collection:
        collection.answer("a1", Rating.GOOD, now)
        (root / "history" / "2026-x-abcd.jsonl").write_text(
            f'{{"at":"2026-11-22T10:05:00.000+01:00",{event}}}\n'
        )

        assert collection.undo(now + timedelta(minutes=9)).rating is Rating.GOOD
        assert collection.undo(now + timedelta(minutes=10)) is None


def test_answers_in_the_repeated_hour_keep_their_order(make_collection):
    root = make_collection({"a.yaml": DECK})
    now = datetime(2027, 10, 31, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=1)
    with Collection.open(root, now=now) as collection:
        collection.answer("a1", Rating.AGAIN, now)
        last = collection.answer("a1", Rating.EASY, now)

        assert collection.memory("a1") == last
        assert [entry.rating for entry in collection.reviews("a1")] == [Rating.AGAIN, Rating.EASY]


def test_what_the_log_could_not_hold_is_refused_or_left_out(make_collection, at):
    root, now = make_collection({"a.yaml": DECK}), at("2026-11-22T10:00")
    with Collection.open(root, now=now) as collection:
        collection.answer("a1", Rating.GOOD, now, took=float("nan"))
        with pytest.raises(RequestError):
            collection.answer("a1", Rating.GOOD, now.replace(year=1850))

        assert "took" not in lines(root)[0]
        assert len(lines(root)) == 2


def test_an_id_too_long_for_the_log_is_an_error_of_the_deck(make_collection):
    root = make_collection({"a.yaml": f"cards:\n  - {{q: Why?, a: so, id: {'x' * 151}}}\n"})
    with Collection.open(root) as collection:
        assert [problem.code for problem in collection.problems] == ["bad-id"]
