"""What a collection holds after every step is what a new index makes of the log."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.collection import Collection
from quizapp.index.standing import COLUMNS
from quizapp.memory.state import Rating

LAW = settings(
    max_examples=settings().max_examples // 4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
CARDS = ["a", "b", "c", "t", "t.r"]
ZONES = [timezone(timedelta(hours=hours)) for hours in (1, -8, 13)]
START = datetime(2024, 12, 20, 2, tzinfo=ZONES[0])
SETTINGS = '[decks.one]\nretention = 0.8\nlearning_steps = ["5m", "1d"]\n[study]\nnew_per_day = 3\n'

pauses = st.one_of(
    st.integers(0, 3), st.integers(0, 3600), st.integers(0, 86400 * 3), st.integers(0, 86400 * 400)
)
steps = st.lists(
    st.tuples(
        st.sampled_from(CARDS),
        st.sampled_from([*Rating, *Rating, *Rating, "undo", "forget", "suspend", "resume", "mark", "bury", "look", "reopen"]),
        pauses,
        st.sampled_from(ZONES),
    ),
    max_size=14,
)  # fmt: skip


@pytest.fixture
def fresh(make_collection, make_deck):
    decks = {"one.yaml": make_deck("a", "b"), "two.yaml": make_deck("c") + make_deck("t", kind="term")[7:]}

    return lambda: make_collection(decks, SETTINGS)


def state(collection, now):
    counts = collection.deck_counts(None, now)
    rows = collection._works.index.db.execute(
        f"SELECT id, {', '.join(COLUMNS)} FROM cards ORDER BY id"
    ).fetchall()
    return rows, counts, collection.outlook(now), collection.problems


@pytest.fixture
def rebuilt(tmp_path_factory, monkeypatch):
    """What a new index makes of it."""

    def rebuilt(root, now):
        with monkeypatch.context() as patch:
            patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("fresh")))
            with Collection.open(root, now=now) as collection:
                return state(collection, now)

    return rebuilt


def step(collection, card, what, now):
    if isinstance(what, Rating):
        collection.answer(card, what, now)
    elif what == "undo":
        collection.undo(now)
    elif what == "look":
        collection.next(None, now)
        collection.counts(None, now)
    else:
        getattr(collection, what)(card, now)


@LAW
@given(steps)
def test_replay_gives_bit_for_bit_what_the_steps_gave(fresh, rebuilt, taken):
    root, now = fresh(), START
    collection = Collection.open(root, now=now)
    try:
        for card, what, pause, zone in taken:
            now = (now + timedelta(seconds=pause, milliseconds=pause % 7)).astimezone(zone)
            if what == "reopen":
                collection.close()
                collection = Collection.open(root, now=now)
            else:
                step(collection, card, what, now)
        left = {card: repr(collection.memory(card)) for card in CARDS}
        held = state(collection, now)
    finally:
        collection.close()
    again = rebuilt(root, now)
    with Collection.open(root, now=now) as collection:
        known = {card: repr(collection.memory(card)) for card in CARDS}

    assert held == again
    assert {card: text.partition("last_review")[0] for card, text in left.items()} == {
        card: text.partition("last_review")[0] for card, text in known.items()
    }


@LAW
@given(
    st.lists(
        st.tuples(st.sampled_from(CARDS), st.sampled_from(Rating), st.integers(-86400, 86400 * 9)), max_size=8
    )
)
def test_a_clock_that_goes_back_makes_no_difference_to_a_replay(fresh, rebuilt, taken):
    root, now = fresh(), START
    with Collection.open(root, now=now) as collection:
        for number, (card, rating, pause) in enumerate(taken):
            now += timedelta(seconds=pause)
            if number % 3 == 2:
                collection.forget(card, now)
            else:
                collection.answer(card, rating, now)
        end = max(now, START) + timedelta(days=60)
        collection.counts(None, end)
        held = state(collection, end)

    assert held == rebuilt(root, end)


@LAW
@given(
    st.lists(
        st.tuples(st.sampled_from(CARDS), st.sampled_from(Rating), pauses.map(lambda pause: pause + 1)),
        min_size=1,
        max_size=10,
    )
)
def test_undo_returns_to_exactly_the_former_memories(fresh, taken):
    now = START
    with Collection.open(fresh(), now=now) as collection:
        former = []
        for card, rating, pause in taken:
            now += timedelta(seconds=pause)
            former.append({one: collection.memory(one) for one in CARDS})
            collection.answer(card, rating, now)
        for before, (card, rating, _) in zip(reversed(former), reversed(taken), strict=True):
            undone = collection.undo(now)

            assert (undone.card, undone.rating) == (card, rating)
            assert {one: collection.memory(one) for one in CARDS} == before
        assert collection.undo(now) is None


@LAW
@given(
    st.lists(
        st.tuples(st.sampled_from(CARDS), st.sampled_from(Rating), pauses, st.sampled_from(ZONES)),
        max_size=10,
    )
)
def test_preview_says_what_the_answer_then_gives(fresh, taken):
    now = START
    with Collection.open(fresh(), now=now) as collection:
        for card, rating, pause, zone in taken:
            now = (now + timedelta(seconds=pause, microseconds=pause % 999)).astimezone(zone)
            preview = collection.preview(card, now)
            outcome = collection.outcomes(card, now)[rating]
            given = collection.answer(card, rating, now)

            if given.last_review == outcome.last_review:  # else the instant was taken, and the next one free
                assert given == outcome == collection.memory(card)
                assert given.due == preview[rating]
            assert list(preview) == list(Rating)


def test_answers_at_one_instant_follow_each_other_by_milliseconds(fresh, at):
    with Collection.open(fresh(), now=at("2026-11-22T08:00")) as collection:
        for _ in range(40):
            collection.answer("a", Rating.GOOD, at("2026-11-22T08:00"))
        reviews = collection.reviews("a")

    assert len({entry.instant for entry in reviews}) == len(reviews) == 40
