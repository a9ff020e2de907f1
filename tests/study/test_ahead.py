"""A session between two keys: what is likely to come, what stays when files change, and more new cards."""

import pytest

from quizapp.memory.state import Rating


@pytest.fixture
def collection(opened, make_deck):
    return opened({"a.yaml": make_deck(*(f"c{n}" for n in range(8)))}, "[study]\nnew_per_day = 3\n")


def test_the_card_seen_ahead_is_the_one_that_comes(collection, at):
    session, now = collection.session(now=at("2026-11-22T08:00")), at("2026-11-22T08:00")
    came, ahead = [], []
    while shown := session.show(now):
        came.append(shown.card.id)
        coming = session.ahead(now)
        ahead.append(coming.id if coming else None)
        session.grade(shown.card, Rating.EASY, now)

    assert came == ["c0", "c1", "c2"]
    assert ahead == ["c1", "c2", None]


def test_looking_ahead_changes_nothing(collection, at):
    session, now = collection.session(now=at("2026-11-22T08:00")), at("2026-11-22T08:00")
    session.grade(session.show(now).card, Rating.AGAIN, now)
    before = session.show(now)
    session.ahead(now)

    assert session.show(now) == before


def test_a_card_on_the_table_stays_when_others_come_before_it(collection, at):
    session, now = collection.session(now=at("2026-11-22T08:00")), at("2026-11-22T08:00")
    session.grade(session.show(now).card, Rating.EASY, now)
    shown = session.show(now)
    root = collection.root
    (root / "0.yaml").write_text("cards:\n  - {q: First of all?, a: f, id: first, added: 2026-11-22}\n")
    collection.refresh(now)

    assert session.show(now).card.id == "first"
    assert session.again(shown, now).card == shown.card
    session.grade(shown.card, Rating.EASY, now)
    assert session.show(now).card.id == "first"


def test_a_card_that_waits_no_longer_makes_way(collection, at):
    session, now = collection.session(now=at("2026-11-22T08:00")), at("2026-11-22T08:00")
    shown = session.show(now)
    collection.suspend(shown.card.id, now)

    assert session.again(shown, now).card.id == "c1"


def test_more_new_cards_come_beyond_the_limit_for_this_session_only(collection, at, exhaust):
    now = at("2026-11-22T08:00")
    exhaust(collection, now)
    session = collection.session(now=now)
    nothing = session.show(now)
    found = session.take_more(2, now)
    came = []
    while shown := session.show(now):
        came.append(shown.card.id)
        session.grade(shown.card, Rating.EASY, now)

    assert nothing is None
    assert found == 2
    assert came == ["c3", "c4"]
    assert collection.session(now=now).show(now) is None
    assert session.take_more(10, now) == 3


def test_more_new_cards_of_a_deck_with_its_own_cap_come_too(opened, make_deck, at, exhaust):
    settings = "[study]\nnew_per_day = 5\n[decks.a]\nnew_per_day = 1\n"
    collection, now = opened({"a.yaml": make_deck("x", "y", "z")}, settings), at("2026-11-22T08:00")
    exhaust(collection, now)
    session = collection.session(["a"], now=now)

    assert session.take_more(10, now) == 2


def test_hard_cards_are_those_forgotten_the_worst_first(collection, at):
    session, now = collection.session(now=at("2026-11-22T08:00")), at("2026-11-22T08:00")
    c0, c1, c2 = (collection.row(card).card for card in ("c0", "c1", "c2"))
    for card, rating in ((c0, 1), (c1, 1), (c1, 1), (c2, 2), (c0, 3)):
        session.grade(card, Rating(rating), now)

    assert session.hard == [(c1, 2), (c0, 1)]


def test_more_new_cards_stay_so_many_whatever_else_happens(opened, make_deck, at):
    collection = opened({"a.yaml": make_deck(*(f"c{n}" for n in range(30)))}, "[study]\nnew_per_day = 3\n")
    session, now = collection.session(now=at("2026-11-22T08:00")), at("2026-11-22T08:00")
    came = 0
    for _ in range(2):
        while shown := session.show(now):
            came += 1
            session.grade(shown.card, Rating.EASY, now)
            collection.bury("c29", now)  # makes the queues anew
        session.take_more(5, now)

    assert came == 8
    assert collection.left(session.selection, now).new == 5


def test_the_card_on_the_table_may_be_graded_though_the_time_is_over(opened, make_deck, at):
    collection = opened({"a.yaml": make_deck("x", "y")})
    session = collection.session(minutes=5, now=at("2026-11-22T08:00"))
    shown = session.show(at("2026-11-22T08:04"))
    again = session.again(shown, at("2026-11-22T08:06"))
    session.grade(again.card, Rating.EASY, at("2026-11-22T08:06"))

    assert again.card == shown.card
    assert session.show(at("2026-11-22T08:06")) is None


def test_a_card_that_was_buried_comes_back_first_whatever_was_taken_back_before(collection, at):
    session, now = collection.session(now=at("2026-11-22T08:00")), at("2026-11-22T08:00")
    for _ in range(3):
        session.grade(session.show(now).card, Rating.EASY, now)
    for _ in range(3):
        session.undo(now)
    session.grade(session.show(now).card, Rating.EASY, now)
    buried = session.show(now).card
    session.put_away(buried, now, until_tomorrow=True, whole_note=False)
    after = session.show(now).card
    session.undo(now)

    assert (buried.id, after.id) == ("c1", "c2")
    assert session.show(now).card == buried


def test_an_answer_taken_back_here_and_given_elsewhere_does_not_come_again(collection, at):
    session, now = collection.session(now=at("2026-11-22T08:00")), at("2026-11-22T08:00")
    session.grade(session.show(now).card, Rating.EASY, now)
    session.undo(now)
    shown = session.show(now)
    with type(collection).open(collection.root, now=now) as other:
        other.answer("c0", Rating.EASY, at("2026-11-22T08:01"))
    collection.refresh(at("2026-11-22T08:02"))

    assert shown.card.id == "c0"
    assert session.again(shown, at("2026-11-22T08:02")).card.id == "c1"
