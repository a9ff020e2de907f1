"""What happened to cards on the phone comes home: once, in its order, and not over what happened here since."""

from datetime import date, timedelta

import pytest

from quizapp import Collection, Rating
from quizapp.journal.entry import event, review
from quizapp.study.arriving import Arriving


def reviewed(at, card, rating, due, took=5.0):
    return review(at, card, rating, took, due)


@pytest.fixture
def home(opened, make_deck):
    return opened({"a.yaml": make_deck("x", "y", "z")})


def log(collection):
    return {path.name: path.read_bytes() for path in (collection.root / "history").glob("*.jsonl")}


def test_reviews_count_as_if_they_had_been_given_here(opened, make_deck, at, home):
    twin = opened({"a.yaml": make_deck("x", "y", "z")})
    times = [at(f"2026-11-{day}T09:00") for day in (22, 24, 28)]
    memories = [twin.answer("x", Rating.GOOD, time, 5.0) for time in times]
    entries = [
        reviewed(time, "x", Rating.GOOD, memory.due) for time, memory in zip(times, memories, strict=True)
    ]

    assert home.take_past(Arriving(entries[::-1]), at("2026-11-29T09:00")) == (3, 0)
    assert home.memory("x") == twin.memory("x")
    assert [entry.line for entry in home.reviews("x")] == [entry.line for entry in twin.reviews("x")]


def test_what_comes_again_changes_nothing(at, home):
    past = Arriving(
        [reviewed(at("2026-11-22T09:00"), "x", Rating.EASY, date(2026, 12, 1))],
        suspended=frozenset("x"),
        marked=frozenset("x"),
        changed={"x": int(at("2026-11-22T09:05").timestamp())},
    )
    assert home.take_past(past, at("2026-11-23T09:00")) == (1, 1)
    before = log(home)
    assert home.take_past(past, at("2026-11-24T09:00")) == (0, 0)
    assert log(home) == before


def test_an_older_past_is_put_before_what_is_there(at, home):
    home.answer("x", Rating.GOOD, at("2026-11-24T09:00"))
    home.take_past(
        Arriving([reviewed(at("2025-03-01T09:00"), "x", Rating.EASY, date(2025, 3, 10))]),
        at("2026-11-25T09:00"),
    )
    assert [entry.at[:4] for entry in home.reviews("x")] == ["2025", "2026"]
    assert sorted(name[:4] for name in log(home)) == ["2025", "2026"]
    with Collection.open(home.root, now=at("2026-11-25T10:00")) as again:
        assert again.memory("x") == home.memory("x")


def test_what_was_taken_back_here_stays_taken_back(at, home):
    home.answer("x", Rating.AGAIN, at("2026-11-22T09:00"))
    home.undo(at("2026-11-22T09:01"))
    entry = reviewed(at("2026-11-22T09:00"), "x", Rating.AGAIN, date(2026, 11, 23))
    assert home.take_past(Arriving([entry]), at("2026-11-23T09:00")) == (0, 0)
    assert home.memory("x") is None


def test_a_review_that_was_moved_by_some_milliseconds_is_the_same(at, home):
    home.answer("x", Rating.GOOD, at("2026-11-22T09:00"))
    moved = at("2026-11-22T09:00") + timedelta(milliseconds=2)
    assert (
        home.take_past(
            Arriving([reviewed(moved, "x", Rating.GOOD, date(2026, 11, 24))]), at("2026-11-23T09:00")
        )[0]
        == 0
    )
    assert (
        home.take_past(
            Arriving([reviewed(moved, "x", Rating.AGAIN, date(2026, 11, 24))]), at("2026-11-23T09:00")
        )[0]
        == 1
    )


def test_two_quick_reviews_stay_two(at, home):
    first = at("2026-11-22T09:00")
    times = [first, first + timedelta(milliseconds=1), first + timedelta(milliseconds=2)]
    home.answer("x", Rating.GOOD, times[0])
    entries = [reviewed(time, "x", Rating.GOOD, date(2026, 11, 24)) for time in times]
    assert home.take_past(Arriving(entries), at("2026-11-23T09:00"))[0] == 2
    assert len(home.reviews("x")) == 3


@pytest.mark.parametrize("apart", [(60,), (0.001, 0.002)], ids=["a minute later", "one of two"])
def test_a_review_is_the_same_as_one_near_it_and_as_no_other(at, home, apart):
    first = at("2026-11-22T09:00")
    home.answer("x", Rating.GOOD, first)
    times = [first + timedelta(seconds=seconds) for seconds in apart]
    entries = [reviewed(time, "x", Rating.GOOD, date(2026, 11, 24)) for time in times]
    assert home.take_past(Arriving(entries), at("2026-11-23T09:00"))[0] == 1


def test_reviews_of_a_card_that_was_renamed_count_for_the_new_name(at, home):
    home.answer("x", Rating.GOOD, at("2026-11-22T09:00"))
    deck = home.root / "a.yaml"
    deck.write_text(deck.read_text().replace("id: x", "id: other"))
    home.refresh(at("2026-11-22T10:00"))
    known = reviewed(at("2026-11-22T09:00"), "x", Rating.GOOD, date(2026, 11, 24))
    new = reviewed(at("2026-11-24T09:00"), "x", Rating.GOOD, date(2026, 11, 30))
    assert home.take_past(Arriving([known, new]), at("2026-11-25T09:00"))[0] == 1
    assert home.memory("other").reps == 2


def test_flags_come_along_unless_something_happened_here_since(at, home):
    home.answer("x", Rating.GOOD, at("2026-11-22T09:00"))
    home.answer("y", Rating.GOOD, at("2026-11-22T09:00"))
    home.resume("y", at("2026-11-24T09:00"))
    changed = int(at("2026-11-23T09:00").timestamp())
    past = Arriving([], frozenset("xyz"), changed=dict.fromkeys("xyz", changed))
    assert home.take_past(past, at("2026-11-25T09:00")) == (0, 2)
    assert [home.row(card).suspended for card in "xyz"] == [True, False, True]


def test_a_card_resumed_there_is_resumed_here(at, home):
    home.suspend("x", at("2026-11-22T09:00"))
    home.mark("x", at("2026-11-22T09:01"))
    past = Arriving([], changed={"x": int(at("2026-11-23T09:00").timestamp())})
    assert home.take_past(past, at("2026-11-25T09:00")) == (0, 1)
    assert (home.row("x").suspended, home.row("x").marked) == (False, False)


def test_a_day_set_by_hand_there_holds_here(at, home):
    day = date(2027, 1, 15)
    past = Arriving(
        [reviewed(at("2026-11-22T09:00"), "x", Rating.EASY, date(2026, 12, 1))],
        buried=frozenset("y"),
        dues={"x": day, "y": day},
        changed=dict.fromkeys("xy", int(at("2026-11-22T09:00").timestamp())),
    )
    assert home.take_past(past, at("2026-11-23T09:00")) == (1, 2)
    assert home.memory("x").due == day
    assert home.row("y").buried == date(2026, 11, 24).toordinal()
    assert home.memory("y") is None


def test_forgetting_there_is_forgetting_here(at, home):
    home.answer("x", Rating.GOOD, at("2026-11-22T09:00"))
    assert (
        home.take_past(Arriving([event(at("2026-11-23T09:00"), "x", "forget")]), at("2026-11-24T09:00"))[0]
        == 1
    )
    assert home.memory("x") is None


def test_many_cards_forgotten_at_once_are_forgotten_once(opened, make_deck, at):
    cards = [f"c{number}" for number in range(60)]
    home = opened({"a.yaml": make_deck(*cards)})
    for card in cards:
        home.answer(card, Rating.GOOD, at("2026-11-22T09:00"))
    home._happened(cards, "forget", at("2026-11-22T10:00"))
    moved = [
        event(at("2026-11-22T10:00") + timedelta(milliseconds=n), card, "forget")
        for n, card in enumerate(cards)
    ]
    assert home.take_past(Arriving(moved), at("2026-11-23T09:00"))[0] == 0


def test_what_goes_to_and_fro_there_within_a_minute_goes_so_here(at, home):
    for second, is_suspended in enumerate((True, False, True, False)):
        now = at(f"2026-11-25T09:00:0{second}")
        past = Arriving([], frozenset("x" if is_suspended else ""), changed={"x": int(now.timestamp())})
        assert home.take_past(past, now) == (0, 1)
        assert home.row("x").suspended is is_suspended
