"""The counts say what a session then brings, whatever the settings."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.collection import Collection
from quizapp.memory.state import Rating
from quizapp.study.counts import Counts
from quizapp.study.desk import Selection

LAW = settings(
    max_examples=settings().max_examples * 2 // 5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

worlds = st.fixed_dictionaries({
    "new": st.integers(0, 6), "reviews": st.integers(0, 6), "siblings": st.booleans(), "mix": st.booleans(),
    "order": st.sampled_from(["due", "recall", "random"]), "new_order": st.sampled_from(["deck", "random"]),
    "cap": st.integers(0, 4), "below": st.integers(0, 3), "steps": st.sampled_from(['"1m", "10m"', "", '"10m", "1d"', '"1m", "3h"']),
})  # fmt: skip
PAST = ["a0", "a1", "a2", "t0", "t0.r", "t1", "z0", "z0.2", "z0.3", "b0", "b1"]
pasts = st.lists(
    st.tuples(
        st.sampled_from(PAST),
        st.sampled_from([Rating.AGAIN, Rating.GOOD, Rating.EASY, Rating.EASY, "suspend", "bury", "forget"]),
        st.sampled_from([90, 30, 8, 1, 1, 0]),
    ),
    max_size=16,
)


@pytest.fixture
def world(make_collection, make_deck):
    def world(of):
        settings = (
            f"[study]\nnew_per_day = {of['new']}\nreviews_per_day = {of['reviews']}\norder = '{of['order']}'\n"
            f"new_order = '{of['new_order']}'\nmix = {str(of['mix']).lower()}\n"
            f"bury_siblings = {str(of['siblings']).lower()}\n[fsrs]\nlearning_steps = [{of['steps']}]\n"
            f"[decks.x]\nnew_per_day = {of['cap']}\nreviews_per_day = {of['cap']}\n"
            f"[decks.'x/b']\nnew_per_day = {of['below']}\nreviews_per_day = {of['below']}\n"
        )
        decks = {
            "a.yaml": make_deck("a0", "a1", "a2") + make_deck("t0", "t1", kind="term")[7:],
            "x/b.yaml": make_deck("b0", "b1", "b2") + make_deck("z0", kind="cloze")[7:],
            "x/c.yaml": make_deck("c0", "c1") + make_deck("t2", kind="term", added="2026-11-20")[7:],
        }
        return make_collection(decks, settings)

    return world


@LAW
@given(worlds, pasts, st.sampled_from([None, ("a",), ("x",), ("x/b", "a")]), st.data())
def test_counts_are_what_a_session_then_brings(world, at, of, past, decks, data):
    now = at("2026-11-22T12:00")
    with Collection.open(world(of), now=at("2026-08-01T08:00")) as collection:
        for card, what, days in sorted(past, key=lambda one: -one[2]):
            then = now - timedelta(days=days, hours=2)
            if isinstance(what, Rating):
                collection.answer(card, what, then)
            else:
                getattr(collection, what)(card, then)
        came = set()
        for _ in range(60):
            counts = collection.counts(decks, now)
            left = collection.left(Selection(decks), now)
            assert left == counts
            card = collection.current(Selection(decks), now)
            if card is None:
                break
            row = collection.row(card.id)
            assert not row.suspended
            assert row.buried <= collection.today(now).toordinal()
            again = data.draw(st.sampled_from([False] * 6 + [True])) and card.id not in came
            collection.answer(card.id, Rating.AGAIN if again else Rating.EASY, now)
            if not again:
                assert card.id not in came  # Easy takes a card out for the day
                came.add(card.id)
            now += timedelta(seconds=data.draw(st.sampled_from([1, 30, 700])))
            if data.draw(st.sampled_from([False] * 6 + [True])):
                assert collection.undo(now).card == card.id == collection.current(Selection(decks), now).id
                came.discard(card.id)

        assert card is None
        assert collection.counts(decks, now) == Counts(0, 0, 0)
        assert now < at("2026-11-23T04:00")


@LAW
@given(worlds, pasts)
def test_a_decks_row_is_what_it_brings_by_itself(world, at, of, past):
    now = at("2026-11-22T12:00")
    with Collection.open(world(of), now=at("2026-08-01T08:00")) as collection:
        for card, what, days in sorted(past, key=lambda one: -one[2]):
            then = now - timedelta(days=days, hours=2)
            if isinstance(what, Rating):
                collection.answer(card, what, then)
            else:
                getattr(collection, what)(card, then)
        for row in collection.deck_counts(None, now)[1]:
            alone = collection.counts([row.name], now)

            assert (row.new, row.learning, row.review) == tuple(alone)
            assert row.total == len(collection.find(f"deck:{row.name}", now))
