"""Whole days out of wished intervals: rounding, spreading, and the order of the buttons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.memory.intervals import (
    Wished,
    constrained_range,
    draw,
    fuzz_range,
    graduating,
    passing,
    rounded,
    spread,
)

LENGTHS = st.floats(0, 40000)
DRAWS = st.floats(0, 1, exclude_max=True)
MAYBE_DRAWS = st.none() | DRAWS
WISHES = st.lists(LENGTHS, min_size=3, max_size=3).map(lambda wishes: Wished(*sorted(wishes)))


@pytest.mark.parametrize(("length", "days"), [(0.0, 0), (0.49, 0), (0.5, 1), (1.5, 2), (2.5, 3), (10.2, 10)])
def test_halves_go_up(length, days):
    assert rounded(length) == days


@pytest.mark.parametrize(
    ("interval", "days"),
    [(1, (1, 1)), (2.4, (2, 2)), (3, (2, 4)), (7, (5, 9)), (10, (8, 12)), (20, (17, 23)), (100, (93, 107))],
)
def test_longer_intervals_are_spread_over_more_days(interval, days):
    assert fuzz_range(interval) == days


@pytest.mark.parametrize(
    ("interval", "minimum", "maximum", "days"),
    [
        (100, 1, 36500, (93, 107)),
        (100, 98, 36500, (98, 107)),
        (100, 1, 99, (92, 99)),
        (2, 5, 36500, (5, 6)),
        (2, 2, 36500, (2, 2)),
        (2, 5, 5, (5, 5)),
        (2, 5, 3, (3, 3)),
    ],
)
def test_a_range_keeps_between_its_bounds_and_the_upper_one_has_the_last_word(
    interval, minimum, maximum, days
):
    assert constrained_range(interval, minimum, maximum) == days


def test_the_draw_reaches_both_ends_of_the_range():
    days = {spread(10, 1, 36500, number / 100) for number in range(100)}

    assert days == {8, 9, 10, 11, 12}


def test_without_a_draw_the_interval_is_only_rounded():
    assert spread(10.4, 1, 36500, None) == 10
    assert spread(0.2, 1, 36500, None) == 1
    assert spread(500, 1, 365, None) == 365


@given(LENGTHS, st.integers(0, 40000), st.integers(1, 40000), DRAWS)
def test_a_spread_interval_lies_within_its_range(interval, minimum, maximum, u):
    low, high = constrained_range(interval, max(1, minimum), maximum)

    assert low <= spread(interval, minimum, maximum, u) <= high
    assert min(max(1, minimum), maximum) <= low <= high <= maximum


@given(WISHES, st.integers(0, 40000), MAYBE_DRAWS)
def test_hard_comes_before_good_before_easy(wished, previous, u):
    days = passing(wished, previous, 10**6, u)

    assert 1 <= days.hard < days.good < days.easy


@given(WISHES, st.integers(0, 40000), st.integers(1, 400), MAYBE_DRAWS)
def test_the_longest_interval_binds_every_button(wished, previous, maximum, u):
    assert max(passing(wished, previous, maximum, u)) <= maximum
    assert max(graduating(wished, maximum, u)) <= maximum


@given(WISHES, st.integers(1, 36000), MAYBE_DRAWS)
def test_spreading_never_takes_growth_back(wished, previous, u):
    days = passing(wished, previous, 10**6, u)

    assert all(given > previous for given, wish in zip(days, wished, strict=True) if rounded(wish) > previous)


def test_an_interval_within_the_range_of_the_previous_one_keeps_it():
    assert passing(Wished(95, 200, 300), 100, 36500, 0.0).hard == 100


def test_an_interval_that_shrank_far_is_free():
    assert passing(Wished(50, 60, 70), 100, 36500, None) == (50, 60, 70)


def test_intervals_too_close_together_are_moved_apart():
    assert passing(Wished(3.1, 3.2, 3.3), 0, 36500, None) == (3, 4, 5)


@given(WISHES, MAYBE_DRAWS)
def test_a_graduating_card_waits_a_day_at_least_and_easy_longer_than_good_wishes(wished, u):
    days = graduating(wished, 10**6, u)

    assert min(days) >= 1
    assert days.easy > spread(wished.good, 1, 10**6, u)


@given(st.text(max_size=20), st.integers(0, 10**6))
def test_a_draw_lies_between_0_and_1_and_repeats(card, reviews):
    assert 0 <= draw(card, reviews) < 1
    assert draw(card, reviews) == draw(card, reviews)


def test_draws_differ_between_cards_and_reviews_and_fill_the_range():
    draws = [draw(f"card{number}", reviews) for number in range(200) for reviews in range(5)]

    assert len(set(draws)) == 1000
    assert all(80 <= sum(tenth / 10 <= u < (tenth + 1) / 10 for u in draws) <= 120 for tenth in range(10))


def test_a_draw_is_the_same_on_every_machine_and_in_every_version():
    assert draw("k7f3q9x2ma", 3) == 0.9217195538803935
