"""Which cards come, in which order, and how many."""

from datetime import timedelta

import pytest

from quizapp.collection import Collection
from quizapp.memory.state import Rating
from quizapp.study.desk import Selection
from quizapp.study.queue import mixed
from quizapp.study.rows import row_at

NAMES = [f"n{number:02}" for number in range(30)]
ALL = Selection()


@pytest.fixture
def warm(at):
    """Answer a card the day before, until the collection has taken in that it did."""

    def warm(collection, card):
        for time in ("08:00", "09:00", "10:00"):
            collection.answer(card, Rating.EASY, at(f"2026-11-21T{time}"))
            collection.next(None, at("2026-11-21T11:00"))

    return warm


# --- limits ------------------------------------------------------------------------------------------------


def test_new_cards_of_a_day_are_limited_over_sessions(opened, make_deck, exhaust, at):
    collection = opened({"a.yaml": make_deck(*NAMES)}, "[study]\nnew_per_day = 4\n")
    first = [exhaust(collection, at(f"2026-11-22T0{hour}:00")) for hour in (8, 9)]
    with Collection.open(collection.root, now=at("2026-11-23T03:00")) as again:
        late = exhaust(again, at("2026-11-23T03:00"))
        tomorrow = exhaust(again, at("2026-11-23T04:00"))

    assert first == [NAMES[:4], []]
    assert (late, tomorrow) == ([], NAMES[4:8])


def test_limits_hold_over_machines(make_collection, machine, make_deck, exhaust, at):
    root = make_collection({"a.yaml": make_deck(*NAMES)}, "[study]\nnew_per_day = 4\nreviews_per_day = 3\n")
    desk, phone = (machine(host, root, at("2026-11-01T08:00")) for host in ("desk", "phone"))
    for card in NAMES[:6]:
        desk.answer(card, Rating.EASY, at("2026-11-01T08:00"))
    now = at("2026-11-22T08:00")
    came = []
    for collection in (desk, phone, desk, phone):
        collection.refresh(now)
        came.append(collection.current(ALL, now).id if collection.counts(None, now) != (0, 0, 0) else None)
        if came[-1]:
            collection.answer(came[-1], Rating.EASY, now)
        now += timedelta(minutes=1)
    rest = [exhaust(collection, now) for collection in (desk, phone) if not collection.refresh(now)]

    assert len(list((root / "history").iterdir())) == 2
    assert len({*came, *rest[0], *rest[1]}) == len([*came, *rest[0], *rest[1]]) == 7


def test_decks_with_a_cap_bring_no_more_than_it(opened, make_deck, exhaust, at):
    caps = '[decks.big]\nnew_per_day = 3\n[decks."big/one"]\nnew_per_day = 2\n[study]\nnew_per_day = 6\n'
    decks = {f"big/{name}.yaml": make_deck(*(f"{name}{n}" for n in range(4))) for name in ("one", "two")}
    decks["other.yaml"] = make_deck(*(f"other{n}" for n in range(9)))
    collection = opened(decks, caps)
    now = at("2026-11-22T08:00")
    together, rows = collection.deck_counts(None, now)
    came = exhaust(collection, now)

    assert together.new == 6
    assert [(row.name, row.new) for row in rows] == [("big/one", 2), ("big/two", 3), ("other", 6)]
    assert came == ["one0", "one1", "two0", "other0", "other1", "other2"]


def test_reviews_are_capped_by_deck_and_collection(opened, make_deck, learned, exhaust, at):
    decks = {"a.yaml": make_deck("a0", "a1", "a2"), "b.yaml": make_deck("b0", "b1", "b2", "b3")}
    collection = opened(
        decks, "[study]\nreviews_per_day = 4\nnew_per_day = 0\n[decks.a]\nreviews_per_day = 1\n"
    )
    learned(collection, ["a0", "a1", "a2", "b0", "b1", "b2", "b3"], at("2026-10-01T08:00"))
    counts = collection.counts(None, at("2026-11-22T08:00"))
    came = exhaust(collection, at("2026-11-22T08:00"))

    assert counts.review == len(came) == 4
    assert sum(card.startswith("a") for card in came) == 1


def test_what_is_answered_in_one_selection_counts_in_another(opened, make_deck, warm, at):
    decks = {f"{name}.yaml": make_deck(f"{name}0") for name in "abc"}
    collection = opened(decks, "[study]\nnew_per_day = 1\n")
    now = at("2026-11-22T08:00")
    warm(collection, "c0")
    first, second = (collection.next([deck], now) for deck in ("a", "b"))
    collection.answer(first.id, Rating.EASY, now)

    assert (first.id, second.id) == ("a0", "b0")
    assert collection.next(["b"], now) is None


def test_a_card_in_its_steps_stays_in_its_own_selection(opened, make_deck, warm, at):
    collection = opened({f"{name}.yaml": make_deck(f"{name}0") for name in "abc"})
    now = at("2026-11-22T08:00")
    warm(collection, "c0")
    collection.next(["a"], now)
    collection.next(["b"], now)
    collection.answer("a0", Rating.AGAIN, now)
    collection.answer("b0", Rating.EASY, now)

    assert collection.next(["b"], now) is None
    assert collection.next(["a"], now).id == "a0"


def test_a_card_answered_out_of_turn_uses_up_the_limit(opened, make_deck, warm, at):
    collection = opened({"a.yaml": make_deck("a0", "a1", "a2", "a3")}, "[study]\nnew_per_day = 1\n")
    now = at("2026-11-22T08:00")
    warm(collection, "a3")
    collection.next(None, now)
    collection.answer("a2", Rating.EASY, now)

    assert collection.next(None, now) is None


# --- siblings ----------------------------------------------------------------------------------------------


def test_one_card_of_a_note_comes_a_day(opened, make_deck, exhaust, at):
    collection = opened({"a.yaml": make_deck("t", kind="term"), "b.yaml": make_deck("z", kind="cloze")})
    came = [exhaust(collection, at(f"2026-11-2{day}T08:00")) for day in range(2, 5)]

    assert came == [["t", "z"], ["t.r", "z.2"], ["z.3"]]


def test_siblings_come_on_one_day_if_wished(opened, make_deck, exhaust, at):
    collection = opened({"a.yaml": make_deck("t", kind="term")}, "[study]\nbury_siblings = false\n")

    assert exhaust(collection, at("2026-11-22T08:00")) == ["t", "t.r"]


def test_a_sibling_of_a_card_answered_out_of_turn_waits(opened, make_deck, warm, at):
    collection = opened({"a.yaml": make_deck("t", "u", kind="term")})
    now = at("2026-11-22T08:00")
    warm(collection, "u")
    collection.next(None, now)
    collection.answer("t.r", Rating.EASY, now)

    assert collection.next(None, now).id == "u.r"


def test_a_new_card_waits_for_its_due_sibling_even_beyond_the_limit(opened, make_deck, learned, exhaust, at):
    names = [f"t{number}" for number in range(6)]
    collection = opened({"a.yaml": make_deck(*names, kind="term")}, "[study]\nreviews_per_day = 1\n")
    learned(collection, names, at("2026-10-01T08:00"))
    now = at("2026-11-22T08:00")
    counts = collection.counts(None, now)
    came = exhaust(collection, now)

    assert counts == (0, 0, 1)
    assert len(came) == 1


# --- orders ------------------------------------------------------------------------------------------------


def test_reviews_come_by_the_day_they_were_due(opened, make_deck, exhaust, at):
    collection = opened({"a.yaml": make_deck(*NAMES[:6])})
    for number, card in enumerate(reversed(NAMES[:6])):
        collection.answer(card, Rating.EASY, at(f"2026-10-{10 + number}T08:00"))
    came = exhaust(collection, at("2026-12-22T08:00"))

    assert [collection.reviews(card)[0].due for card in came] == sorted(
        collection.reviews(card)[0].due for card in came
    )


def test_the_least_likely_recalled_come_first_if_wished(opened, make_deck, exhaust, at):
    collection = opened({"a.yaml": make_deck(*NAMES[:8])}, '[study]\norder = "recall"\n')
    for number, card in enumerate(NAMES[:8]):
        rating = Rating.EASY if number % 2 else Rating.GOOD
        collection.answer(card, rating, at(f"2026-10-{10 + number}T08:00"))
        collection.answer(card, rating, at(f"2026-10-{10 + number}T08:20"))
    now = at("2026-12-22T08:00")
    expected = sorted(NAMES[:8], key=lambda card: (collection.recall(collection.row(card), now), card))

    assert exhaust(collection, now, pause=timedelta()) == expected


def test_random_orders_are_another_each_day_and_one_all_day(opened, make_deck, at):
    collection = opened({"a.yaml": make_deck(*NAMES)}, '[study]\nnew_order = "random"\nnew_per_day = 30\n')

    def order(now):
        with Collection.open(collection.root, now=now) as again:
            queue = again._works.desks.queue(ALL, again._moment(now), now)
            return [row_at(again._works.index, num).card.id for num in queue._days]

    morning, evening, tomorrow = (
        order(at(time)) for time in ("2026-11-22T08:00", "2026-11-22T22:00", "2026-11-23T08:00")
    )

    assert sorted(morning) == NAMES
    assert morning == evening
    assert NAMES != morning != tomorrow != NAMES


def test_random_reviews_hold_all_that_are_due(opened, make_deck, learned, exhaust, at):
    collection = opened({"a.yaml": make_deck(*NAMES)}, '[study]\norder = "random"\nnew_per_day = 0\n')
    learned(collection, NAMES, at("2026-10-01T08:00"))
    came = exhaust(collection, at("2026-11-22T08:00"))

    assert sorted(came) == NAMES != came


def test_new_cards_come_in_the_order_of_the_decks_but_added_ones_first(opened, make_deck, exhaust, at):
    decks = {
        "2-b.yaml": make_deck("b0") + make_deck("b1", added="2026-11-21")[7:],
        "10-a.yaml": make_deck("a0", "a1") + make_deck("a2", added="2026-11-22")[7:],
        "inbox.yaml": make_deck("i0", "i1", added="2026-11-21"),
    }
    collection = opened(decks)

    came = exhaust(collection, at("2026-11-22T08:00"))

    assert came[0] == "a2"
    assert set(came[1:4]) == {"b1", "i0", "i1"}
    assert came.index("i1") < came.index("i0")  # the latest before
    assert came[4:] == ["b0", "a0", "a1"]


def test_of_an_added_note_the_first_card_comes_first(opened, make_deck, exhaust, at):
    added = (
        make_deck("t0", "t1", kind="term", added="2026-11-22")
        + make_deck("c0", kind="cloze", added="2026-11-22")[7:]
    )
    collection = opened({"inbox.yaml": added}, "[study]\nbury_siblings = false\n")

    came = exhaust(collection, at("2026-11-22T08:00"))

    assert came == ["c0", "c0.2", "c0.3", "t1", "t1.r", "t0", "t0.r"]


@pytest.mark.parametrize(("mix", "last"), [("true", "r"), ("false", "n")])
def test_new_cards_come_between_reviews_or_after_them(mix, last, opened, make_deck, learned, exhaust, at):
    collection = opened({"a.yaml": make_deck("r0", "r1", "r2", "r3", "n0", "n1")}, f"[study]\nmix = {mix}\n")
    learned(collection, ["r0", "r1", "r2", "r3"], at("2026-10-01T08:00"))
    kinds = "".join(card[0] for card in exhaust(collection, at("2026-11-22T08:00")))

    assert (kinds == "rrrrnn") == (mix == "false")
    assert (sorted(kinds), kinds[-1]) == (list("nnrrrr"), last)


def test_new_cards_are_spread_evenly():
    assert mixed([1, 2, 3, 4], [8, 9]) == [1, 8, 2, 3, 9, 4]
    assert mixed([], [8, 9]) == [8, 9]
    assert mixed([1, 2], []) == [1, 2]


# --- steps -------------------------------------------------------------------------------------------------


def test_a_step_comes_when_its_time_is_there_before_all_else(opened, make_deck, at):
    collection = opened({"a.yaml": make_deck(*NAMES[:5])})
    collection.answer(NAMES[0], Rating.AGAIN, at("2026-11-22T08:00"))

    assert collection.next(None, at("2026-11-22T08:00:59")).id == NAMES[1]
    assert collection.next(None, at("2026-11-22T08:01:00")).id == NAMES[0]


@pytest.mark.parametrize(("now", "card"), [("08:00", "a"), ("07:50", "a"), ("07:49:59", None)])
def test_with_nothing_else_left_a_step_comes_twenty_minutes_early(now, card, opened, make_deck, at):
    collection = opened({"a.yaml": make_deck("a")}, now="2026-11-22T07:00")
    collection.answer("a", Rating.GOOD, at("2026-11-22T08:00"))  # its step is due at 08:10
    came = collection.next(None, at(f"2026-11-22T{now}"))

    assert (came and came.id) == card
    assert collection.counts(None, at(f"2026-11-22T{now}")).learning == bool(card)


def test_the_same_card_does_not_come_twice_in_a_row_while_another_is_there(opened, make_deck, at):
    collection = opened({"a.yaml": make_deck("a", "b")})
    now = at("2026-11-22T08:00")
    came = []
    for _ in range(12):
        came.append(collection.next(None, now).id)
        collection.answer(came[-1], Rating.AGAIN, now)
        now += timedelta(seconds=5)

    assert came == ["a", "b"] * 6


def test_a_card_forgotten_comes_at_its_time_though_another_is_hours_away(opened, make_deck, at):
    collection = opened({"a.yaml": make_deck("a", "b")}, '[fsrs]\nlearning_steps = ["1m", "3h"]\n')
    now = at("2026-11-22T08:00")
    for card, rating in (("b", Rating.GOOD), ("a", Rating.AGAIN)):
        collection.next(None, now)
        collection.answer(card, rating, now)
        now += timedelta(minutes=1)

    assert collection.next(None, now).id == "a"


def test_a_clock_put_back_and_right_again_loses_no_review(opened, make_deck, at):
    collection = opened({"a.yaml": make_deck("a", "b", "c")})
    collection.answer("a", Rating.EASY, at("2026-11-25T08:00"))
    for card in ("b", "c"):
        collection.answer(card, Rating.EASY, at("2026-11-22T08:00"))
    memory = collection.answer("a", Rating.GOOD, at("2026-12-10T08:00"))

    assert memory.reps == collection.memory("a").reps == 2


def test_asked_again_without_an_answer_it_is_the_same_card(opened, make_deck, at):
    collection = opened({"a.yaml": make_deck(*NAMES)}, '[study]\nnew_order = "random"\n')
    now = at("2026-11-22T08:00")

    assert collection.next(None, now) == collection.next(None, now) == collection.next(None, now)
