"""A session: one card after the other, the way back, and its end."""

from datetime import date, timedelta

import pytest

from quizapp.collection import Collection
from quizapp.memory.state import Rating, State
from quizapp.study.session import becomes_leech
from quizapp.study.wording import outlook_lines

NAMES = [f"n{number}" for number in range(8)]


@pytest.fixture
def study(opened, make_deck):
    """A collection of eight cards, `n0` to `n7`, in one deck."""

    def study(settings="", names=NAMES, **more):
        return opened({"a.yaml": make_deck(*names, **more)}, settings)

    return study


def test_a_session_shows_grades_and_ends(study, at):
    collection, now = study(names=NAMES[:3]), at("2026-11-22T08:00")
    session = collection.session(now=now)
    seen = []
    while shown := session.show(now):
        seen.append((shown.card.id, shown.number, shown.left.new))
        answered = session.grade(shown.card, Rating.EASY, now, 3.0)
        assert answered.memory == shown.outcomes[Rating.EASY]
        now += timedelta(seconds=20)

    assert seen == [("n0", 1, 3), ("n1", 2, 2), ("n2", 3, 1)]
    assert session.recalled == 1.0


def test_a_session_ends_at_its_limit_or_its_time(study, at):
    collection, now = study(), at("2026-11-22T08:00")
    short, timed = collection.session(limit=2, now=now), collection.session(minutes=1.5, now=now)
    for session in (short, timed):
        while shown := session.show(now):
            session.grade(shown.card, Rating.EASY, now)
            now += timedelta(minutes=1)
        now = at("2026-11-22T08:00")

    assert (len(short.answers), len(timed.answers)) == (2, 2)
    assert collection.session(limit=0, now=now).show(now) is None


def test_a_query_brings_only_what_it_finds(study, at, exhaust):
    collection, now = study(), at("2026-11-22T08:00")
    session = collection.session(query="is:new n3", now=now)
    shown = session.show(now)
    session.grade(shown.card, Rating.EASY, now)

    assert shown.card.id == "n3"
    assert session.show(now) is None


# --- undo --------------------------------------------------------------------------------------------------


def test_undone_cards_come_first_the_last_undone_before_all(study, at):
    collection, now = study(), at("2026-11-22T08:00")
    session = collection.session(now=now)
    for number in range(4):
        session.grade(session.show(now).card, Rating.GOOD, now + timedelta(seconds=number))
    undone = [session.undo(now + timedelta(minutes=1, seconds=number)).card for number in range(3)]
    came = []
    for number in range(5):
        card = session.show(now + timedelta(minutes=2)).card
        came.append(card.id)
        session.grade(card, Rating.EASY, now + timedelta(minutes=2, seconds=number))

    assert undone == ["n3", "n2", "n1"]
    assert came == ["n1", "n2", "n3", "n4", "n5"]


def test_undo_goes_back_as_far_as_there_are_events(study, at):
    collection, now = study(), at("2026-11-22T08:00")
    before = collection.counts(None, now)
    session = collection.session(now=now)
    for number in range(40):
        session.grade(session.show(now).card, Rating(1 + number % 4), now)
        now += timedelta(seconds=30)
        if session.show(now) is None:
            break
    done = len(session.answers)
    undone = [session.undo(now + timedelta(seconds=number)) for number in range(done)]

    assert done >= len(NAMES)
    assert all(undone)
    assert (session.undo(now + timedelta(hours=1)), session.answers) == (None, [])
    assert [collection.memory(card) for card in NAMES] == [None] * len(NAMES)
    assert collection.counts(None, now) == before


def test_a_card_undone_twice_comes_once(study, at):
    collection, now = study(), at("2026-11-22T08:00")
    for minute in range(2):
        collection.answer("n0", Rating.AGAIN, now + timedelta(minutes=minute))
    for minute in range(2, 4):
        collection.undo(now + timedelta(minutes=minute))
    now += timedelta(minutes=5)
    first = collection.next(None, now).id
    collection.answer(first, Rating.GOOD, now)

    assert first == "n0"
    assert collection.next(None, now).id == "n1"


def test_an_undone_card_that_is_then_buried_or_suspended_does_not_come(study, at):
    for what in (Collection.bury, Collection.suspend):
        collection, now = study(), at("2026-11-22T08:00")
        collection.answer("n3", Rating.GOOD, now)
        collection.undo(now + timedelta(seconds=10))
        assert collection.next(None, now + timedelta(seconds=15)).id == "n3"
        what(collection, "n3", now + timedelta(seconds=20))

        assert collection.next(None, now + timedelta(seconds=30)).id == "n0"


def test_an_undone_answer_gives_its_place_in_the_limit_back(study, at, exhaust):
    collection, now = study("[study]\nnew_per_day = 1\n"), at("2026-11-22T08:00")
    collection.answer("n0", Rating.EASY, now)
    none = collection.next(None, now)
    collection.undo(now + timedelta(seconds=1))

    assert none is None
    assert exhaust(collection, now + timedelta(seconds=2)) == ["n0"]


@pytest.mark.parametrize(
    ("do", "look"),
    [
        (lambda c, now: c.suspend("n0", now), lambda c: c.row("n0").suspended),
        (lambda c, now: c.bury("n0", now), lambda c: c.row("n0").buried),
        (lambda c, now: c.mark("n0", now), lambda c: c.row("n0").marked),
        (lambda c, now: c.forget("n0", now), lambda c: c.memory("n0")),
    ],
)
def test_every_event_can_be_undone(do, look, study, at):
    collection, now = study(), at("2026-11-22T08:00")
    collection.answer("n0", Rating.EASY, now)
    before = look(collection)
    do(collection, now + timedelta(minutes=1))
    between = look(collection)
    undone = collection.undo(now + timedelta(minutes=2))

    assert between != before == look(collection)
    assert undone.card == "n0"


def test_an_undo_reaches_what_another_machine_did(study, machine, at):
    desk = study()
    phone = machine("phone", desk.root, at("2026-11-22T08:00"))
    desk.answer("n0", Rating.EASY, at("2026-11-22T08:00"))
    phone.answer("n1", Rating.EASY, at("2026-11-22T08:01"))
    undone = desk.undo(at("2026-11-22T08:02"))

    assert (undone.card, desk.memory("n1"), desk.memory("n0").reps) == ("n1", None, 1)


# --- burying, suspending -----------------------------------------------------------------------------------


def test_a_buried_card_is_back_when_the_next_study_day_begins(study, at, exhaust):
    collection = study()
    collection.bury("n0", at("2026-11-22T23:00"))
    came = [collection.next(None, at(f"2026-11-23T{time}")).id for time in ("00:30", "03:59:59", "04:00")]

    assert came == ["n1", "n1", "n0"]


def test_a_suspended_card_never_comes_until_it_is_resumed(study, at, exhaust):
    collection = study()
    collection.suspend("n0", at("2026-11-22T08:00"))
    came = exhaust(collection, at("2026-12-22T08:00"))
    collection.resume("n0", at("2026-12-22T10:00"))

    assert came == NAMES[1:]
    assert collection.next(None, at("2026-12-22T10:00")).id == "n0"


def test_a_card_suspended_elsewhere_in_mid_session_does_not_come(study, machine, at):
    desk, now = study(), at("2026-11-22T08:00")
    phone = machine("phone", desk.root, now)
    session = desk.session(now=now)
    session.show(now)
    phone.suspend("n1", now)
    session.grade(session.show(now).card, Rating.EASY, now)
    desk.counts(None, now)

    assert session.show(now).card.id == "n2"


def test_a_deck_deleted_in_mid_session_ends_it(study, at):
    collection, now = study(), at("2026-11-22T08:00")
    session = collection.session(now=now)
    card = session.show(now).card
    (collection.root / "a.yaml").unlink()
    session.grade(card, Rating.EASY, now)  # what is on the table can still be answered
    collection.refresh(now)

    assert session.show(now) is None


# --- days --------------------------------------------------------------------------------------------------


def test_a_session_over_midnight_is_one_study_day(study, at, exhaust):
    collection = study("[study]\nnew_per_day = 3\n")

    assert exhaust(collection, at("2026-11-22T23:58"), pause=timedelta(minutes=2)) == NAMES[:3]
    assert collection.next(None, at("2026-11-23T03:59")) is None


def test_a_session_over_the_days_start_goes_on_with_the_new_day(study, at, exhaust):
    collection = study("[study]\nnew_per_day = 3\n")

    assert exhaust(collection, at("2026-11-23T03:58"), pause=timedelta(minutes=1)) == NAMES[:5]


def test_a_session_left_open_overnight_brings_what_is_due_then(study, at):
    collection = study("[study]\nnew_per_day = 1\n")
    session = collection.session(now=at("2026-11-22T08:00"))
    session.grade(session.show(at("2026-11-22T08:00")).card, Rating.GOOD, at("2026-11-22T08:00"))
    night = session.show(at("2026-11-22T07:00"))
    morning = session.show(at("2026-11-23T08:00"))

    assert night is None
    assert morning.card.id == "n0"
    assert morning.left == (1, 1, 0)


def test_the_days_start_can_be_set(study, at):
    collection = study('[study]\nday_starts = "00:00"\n')

    assert collection.today(at("2026-11-22T23:59")) == date(2026, 11, 22)
    assert collection.today(at("2026-11-23T00:00")) == date(2026, 11, 23)
    assert study().today(at("2026-11-23T03:59")) == date(2026, 11, 22)


# --- leeches -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("threshold", "warned"),
    [(8, [8, 12, 16, 20]), (5, [5, 8, 11, 14, 17, 20]), (1, list(range(1, 21))), (2, list(range(2, 21)))],
)
def test_a_leech_is_warned_of_at_the_threshold_and_each_half_of_it(threshold, warned):
    assert [lapses for lapses in range(21) if becomes_leech(lapses, threshold)] == warned


def test_a_session_says_when_a_card_becomes_a_leech(study, at):
    collection = study("[study]\nleech_lapses = 2\n", names=["n0"])
    leeches, now = [], at("2026-11-22T08:00")
    for _ in range(12):
        session = collection.session(now=now)
        while shown := session.show(now):
            state = collection.row("n0").state
            answered = session.grade(shown.card, Rating.AGAIN if state is State.REVIEW else Rating.EASY, now)
            leeches.append((answered.memory.lapses, answered.leech, answered.rating))
            now += timedelta(minutes=15)
        now += timedelta(days=30)
    lapsed = [(lapses, leech) for lapses, leech, rating in leeches if rating is Rating.AGAIN]

    assert lapsed[:4] == [(1, False), (2, True), (3, True), (4, True)]
    assert not any(leech for _, leech, rating in leeches if rating is Rating.EASY)
    assert [card.id for card in collection.find("is:leech", now)] == ["n0"]


# --- outlook -----------------------------------------------------------------------------------------------


def test_the_outlook_says_why_nothing_is_left_and_what_comes(study, at, exhaust):
    collection = study("[study]\nnew_per_day = 3\n")
    now = at("2026-11-22T08:00")
    collection.suspend("n7", now)
    collection.bury("n6", now)
    for card, rating in (("n0", Rating.EASY), ("n1", Rating.GOOD), ("n2", Rating.GOOD)):
        collection.answer(card, rating, at("2026-11-22T09:00"))
    ahead = collection.outlook(at("2026-11-22T08:30"))

    assert collection.next(None, at("2026-11-22T08:30")) is None
    assert (ahead.later, ahead.next_at) == (2, at("2026-11-22T09:10"))
    assert (ahead.held_new, ahead.new_limit, ahead.held_reviews) == (3, 3, 0)
    assert (ahead.suspended, ahead.buried, ahead.cards) == (1, 1, 8)
    assert ahead.next_day == collection.memory("n0").due.toordinal()


def test_the_outlook_counts_tomorrow_and_what_a_limit_holds_back(study, learned, at, exhaust):
    collection = study("[study]\nnew_per_day = 0\nreviews_per_day = 2\n")
    learned(collection, NAMES[:4], at("2026-10-01T08:00"))
    collection.answer("n4", Rating.GOOD, at("2026-11-21T08:00"))
    collection.answer("n4", Rating.GOOD, at("2026-11-21T08:10"))
    due = collection.memory("n4").due
    exhaust(collection, at("2026-11-22T08:00"))
    ahead = collection.outlook(at("2026-11-22T10:00"))

    assert (ahead.held_reviews, ahead.review_limit) == (2 + (due <= date(2026, 11, 22)), 2)
    assert ahead.tomorrow == (due == date(2026, 11, 23))


def test_the_outlook_names_siblings_and_caps_of_decks_as_reasons(opened, make_deck, at):
    decks = {"a.yaml": make_deck("t", kind="term"), "b.yaml": make_deck("n")}
    collection = opened(decks, "[decks.b]\nnew_per_day = 0\n")
    now = at("2026-11-22T08:00")
    collection.answer("t", Rating.EASY, now)
    ahead = collection.outlook(now)

    assert collection.next(None, now) is None
    assert (ahead.held_new, ahead.new_limit, ahead.tomorrow) == (2, None, 0)
    assert outlook_lines(ahead, now, date(2026, 11, 22))[1:] == [
        "Next: more tomorrow.",
        (
            "2 new cards wait for another day: "
            "a deck's own limit is used up, or another card of the note was asked today."
        ),
    ]


def test_an_empty_collection_has_an_empty_outlook(opened, at):
    ahead = opened({}).outlook(at("2026-11-22T08:00"))

    assert (ahead.cards, ahead.later, ahead.next_at, ahead.next_day) == (0, 0, None, None)


# --- the log -----------------------------------------------------------------------------------------------


def test_a_notes_text_is_logged_once_when_it_is_first_graded(study, at):
    collection = study(names=["t", "u"], kind="term")
    for minute, card in enumerate(["t", "t.r", "t", "u", "u.r", "t.r"]):
        collection.answer(card, Rating.GOOD, at(f"2026-11-22T08:0{minute}"))
    collection.close()
    text = "".join(path.read_text() for path in (collection.root / "history").iterdir())

    assert text.count('"event":"note"') == 2


def test_an_answer_stands_in_the_log_when_it_returns(study, at):
    collection = study()
    for number in range(3):
        collection.answer("n0", Rating.GOOD, at(f"2026-11-22T08:0{number}"), 4.0)
        text = "".join(path.read_text() for path in (collection.root / "history").iterdir())

        assert text.count('"rating":3,"took":4.0') == number + 1
