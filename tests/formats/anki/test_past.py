"""Anki's review log as ours: what the real Anki remembers, our replay of the events remembers, too."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quizapp.formats.anki.contents import CardRow, Contents, NoteRow, ReviewRow
from quizapp.formats.anki.past import past
from quizapp.index.standing import fold
from quizapp.journal.entry import parse
from quizapp.memory.scheduler import Scheduler
from quizapp.memory.state import Rating, State
from quizapp.settings import Fsrs
from tests.formats.anki.studying import Study, simulated

FOUR = timedelta(hours=4)
BERLIN = ZoneInfo("Europe/Berlin")
NEW, LEARNING, REVIEW, RELEARNING = range(4)
LEARNED, REVIEWED, RELEARNED, FILTERED, MANUAL, RESCHEDULED = range(6)


@pytest.fixture
def study(tmp_path):
    """A collection of Anki's."""
    made = Study(tmp_path)
    yield made
    made.collection.close()


def taken(study):
    """The past of all cards, and our ids of them."""
    with study.contents() as contents:
        ids = {card.id: f"card{card.id}" for card in contents.cards}
        return past(contents, ids, study.zone, study.day_starts), ids


def remembered(found, card, day_starts=FOUR):
    """The memory of a card after its events."""
    scheduler = Scheduler(Fsrs(), day_starts)
    return fold(card, [entry for entry in found.entries if entry.card == card], scheduler).memory


def kinds(found, card):
    return [entry.kind for entry in found.entries if entry.card == card]


def compare(study, notes, days, seed, rounding):
    """Study notes for some days, and hold the replay to what Anki has; the number of reviews.

    What Anki computes from its log is exact; what it keeps with a card is rounded after each review.
    """
    cards = simulated(study, notes, days, seed)
    found, ids = taken(study)
    anki = study.collection

    assert len(found.entries) == anki.db.scalar("select count() from revlog")
    assert not found.due
    assert not found.without_log
    for card in cards:
        memory, theirs = remembered(found, ids[card], study.day_starts), anki.get_card(card)
        computed = anki._backend.compute_memory_state(card).state

        assert memory.due == study.day(theirs.due)
        assert (memory.reps, memory.lapses) == (theirs.reps, theirs.lapses)
        assert memory.stability == pytest.approx(theirs.memory_state.stability, rel=rounding)
        assert memory.difficulty == pytest.approx(theirs.memory_state.difficulty, rel=rounding)
        assert memory.stability == pytest.approx(computed.stability, rel=1e-4)
        assert memory.difficulty == pytest.approx(computed.difficulty, rel=1e-4)
    return len(found.entries)


def test_the_replay_of_studied_days_leaves_the_memory_and_the_days_that_anki_has(study):
    assert compare(study, notes=20, days=12, seed=1, rounding=5e-3) > 80


@pytest.mark.long
def test_the_replay_of_studied_months_does_so_too(study):
    assert compare(study, notes=200, days=90, seed=2, rounding=1e-2) > 1500


def test_the_log_is_taken_over_row_by_row(study):
    simulated(study, notes=5, days=4)
    found, ids = taken(study)
    rows = study.collection.db.all("select id, cid, ease, time from revlog order by id")

    assert [(e.instant // 1000, e.card, e.rating, e.took) for e in found.entries] == [
        (at, ids[card], rating, round(took / 1000, 1) if took else None) for at, card, rating, took in rows
    ]
    assert [parse(entry.line) for entry in found.entries] == list(found.entries)


def test_a_card_that_anki_has_made_new_again_is_new(study):
    card, other = simulated(study, notes=2, days=3)
    study.collection.sched.schedule_cards_as_new([card])
    found, ids = taken(study)

    assert kinds(found, ids[card])[-1] == "forget"
    assert remembered(found, ids[card]) is None
    assert remembered(found, ids[other]) is not None


def test_a_card_learned_anew_after_a_reset_has_the_memory_that_anki_has(study):
    (card,) = simulated(study, notes=1, days=6)
    study.collection.sched.schedule_cards_as_new([card])
    study.press(card, Rating.EASY)
    study.pass_days(5)
    study.press(card, Rating.HARD)
    found, ids = taken(study)
    memory, theirs = remembered(found, ids[card], study.day_starts), study.collection.get_card(card)

    assert kinds(found, ids[card])[-3:] == ["forget", "4", "2"]
    assert memory.stability == pytest.approx(theirs.memory_state.stability, rel=2e-3)
    assert memory.due == study.day(theirs.due)


def test_a_day_set_by_hand_is_the_day_of_the_card(study):
    card, *_ = simulated(study, notes=3, days=3)
    study.collection.sched.set_due_date([card], "33")
    found, ids = taken(study)

    assert kinds(found, ids[card])[-1] == "due"
    assert remembered(found, ids[card]).due == study.day(study.collection.sched.today + 33)
    assert not found.due


def test_a_day_set_before_a_review_is_told_and_counts_no_more(study):
    (card,) = simulated(study, notes=1, days=3)
    study.collection.sched.set_due_date([card], "5")
    study.pass_days(5)
    study.press(card, Rating.GOOD)
    found, ids = taken(study)

    assert kinds(found, ids[card])[-2:] == ["due", "3"]
    assert remembered(found, ids[card], study.day_starts).due == study.day(
        study.collection.get_card(card).due
    )
    assert not found.due


def test_reviews_in_a_filtered_deck_count_if_they_changed_the_schedule(study):
    cards = simulated(study, notes=4, days=3)
    for reschedule in (False, True):
        deck = study.collection.sched.get_or_create_filtered_deck(0)
        deck.name = f"filtered {reschedule}"
        deck.config.reschedule = reschedule
        deck.config.search_terms[0].search = "deck:Default"
        study.collection.sched.add_or_update_filtered_deck(deck)
        for card in cards:
            study.press(card, Rating.GOOD)
        study.collection.sched.empty_filtered_deck(study.collection.decks.id(deck.name))
    found, ids = taken(study)

    assert found.crammed == len(cards)
    for card in cards:
        memory, theirs = remembered(found, ids[card], study.day_starts), study.collection.get_card(card)
        assert memory.stability == pytest.approx(theirs.memory_state.stability, rel=2e-3)
        assert memory.due == study.day(theirs.due)
    assert not found.due


def test_a_card_that_a_filtered_deck_has_borrowed_keeps_its_day(study):
    simulated(study, notes=4, days=3)
    deck = study.collection.sched.get_or_create_filtered_deck(0)
    deck.config.search_terms[0].search = "deck:Default"
    study.collection.sched.add_or_update_filtered_deck(deck)
    found, _ = taken(study)

    assert study.collection.db.scalar("select count() from cards where odid") == 4
    assert not found.due


def test_suspended_buried_and_marked_cards_are_named(study):
    suspended, buried, flagged, tagged, plain = simulated(study, notes=5, days=1)
    study.collection.sched.suspend_cards([suspended])
    study.collection.sched.bury_cards([buried])
    study.collection.set_user_flag_for_cards(2, [flagged])
    note = study.collection.get_card(tagged).note()
    note.tags = ["Marked", "other"]
    study.collection.update_note(note)
    found, ids = taken(study)

    assert found.suspended == (ids[suspended],)
    assert found.buried == (ids[buried],)
    assert set(found.marked) == {ids[flagged], ids[tagged]}
    assert ids[plain] not in (*found.suspended, *found.buried, *found.marked)


def test_siblings_that_wait_for_tomorrow_are_not_named(study):
    preset = study.collection.decks.get_config(1)
    preset["new"]["bury"] = True
    study.collection.decks.update_config(preset)
    first, second = study.cards(study.add("Basic (and reversed card)", "one", "two"))
    study.press(first, Rating.GOOD)

    assert study.collection.get_card(second).queue == -2
    assert not taken(study)[0].buried


# --- by hand: what a test can't let happen in Anki -------------------------------------------------------------


def at(text, zone=BERLIN):
    """Milliseconds of a local time."""
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000)


def row(when, rating=3, interval=1, kind=REVIEWED, factor=500, took=2000):
    return ReviewRow(at(when), 1, rating, interval, 0, factor, took, kind)


def a_card(kind=REVIEW, due=0, **more):
    fields = {"queue": kind, "home": 0, "home_due": 0, "flag": 0, "data": "{}", "modified": 0} | more
    return CardRow(1, 1, 1, 0, kind, fields.pop("queue"), due, 10, 5, 0, fields["home_due"], fields["home"],
                   fields["flag"], fields["data"], fields["modified"])  # fmt: skip


def told(*rows, card=None, zone=BERLIN, **more):
    """The past of one card. Its collection was made in the winter of 2026, at four in Berlin."""
    made = {"first_day": at("2026-01-01T04:00") // 1000, "west": -60, "rollover": 4} | more
    note = NoteRow(1, "guid", 1, 0, (), ("",))
    contents = Contents({}, {}, [note], [card or a_card()], rows, **made)
    return past(contents, {1: "card"}, zone, FOUR)


def test_days_are_counted_over_both_changes_of_the_clocks():
    for review, interval, due in (
        ("2026-03-28T22:30", 1, date(2026, 3, 29)),
        ("2026-03-29T03:30", 1, date(2026, 3, 29)),  # the clocks go forward in this night
        ("2026-03-29T04:30", 1, date(2026, 3, 30)),
        ("2026-10-25T03:59", 3, date(2026, 10, 27)),  # back in this one
        ("2026-10-25T04:01", 3, date(2026, 10, 28)),
        ("2026-07-01T23:59", 30, date(2026, 7, 31)),
    ):
        day = (due - date(2026, 1, 1)).days
        found = told(row(review, interval=interval), card=a_card(due=day))

        assert found.entries[0].due == due.isoformat(), review
        assert found.entries[0].at.startswith(review)
        assert not found.due, review


def test_a_review_has_the_offset_of_its_time():
    found = told(row("2026-03-29T01:30"), row("2026-03-29T05:30"))

    assert [entry.at[-6:] for entry in found.entries] == ["+01:00", "+02:00"]


def test_the_first_day_is_that_of_the_clock_by_which_anki_counts():
    far = ZoneInfo("Asia/Tokyo")
    made = {"first_day": at("2026-01-01T04:00", far) // 1000, "west": -540}
    review = ReviewRow(at("2026-02-01T12:00", far), 1, 3, 10, 0, 500, 0, REVIEWED)

    assert not told(review, card=a_card(due=41), zone=far, **made).due
    assert told(review, card=a_card(due=42), zone=far, **made).due == {"card": date(2026, 2, 12)}


def test_without_that_clock_the_learners_own_counts():
    found = told(row("2026-02-01T12:00", interval=10), card=a_card(due=41), west=None, rollover=None)

    assert not found.due


def test_another_hour_at_which_ankis_days_begin_decides_the_day():
    found = told(row("2026-02-01T02:00", interval=10), rollover=0)

    assert found.entries[0].due == "2026-02-11"


def test_a_step_is_due_at_its_time_and_one_into_another_day_on_that_day():
    found = told(
        row("2026-05-01T20:00", 1, -600, LEARNED),
        row("2026-05-01T20:15", 3, -86400, LEARNED),
        card=a_card(LEARNING),
    )

    assert [entry.due for entry in found.entries] == ["2026-05-01T20:10:00.000+02:00", "2026-05-02"]


def test_a_card_that_learns_once_more_was_reset_though_nothing_says_so():
    found = told(
        row("2026-05-01T20:00", 3, 1, LEARNED),
        row("2026-05-02T20:00", 3, 4, REVIEWED),
        row("2026-05-03T20:00", 3, -600, FILTERED, factor=0),
        row("2026-06-01T20:00", 1, -60, LEARNED),
        row("2026-06-01T20:02", 3, 1, LEARNED),
    )

    assert [entry.kind for entry in found.entries] == ["3", "3", "forget", "1", "3"]
    assert found.crammed == 1


def test_a_new_card_with_a_log_was_reset_right_after_it():
    found = told(row("2026-05-01T20:00", 3, 1, LEARNED), card=a_card(NEW))

    assert [(entry.kind, entry.at[:23]) for entry in found.entries] == [
        ("3", "2026-05-01T20:00:00.000"),
        ("forget", "2026-05-01T20:00:00.001"),
    ]


def test_a_reset_of_what_was_never_learned_is_not_told():
    found = told(row("2026-05-01T20:00", 0, 0, MANUAL, factor=0), card=a_card(NEW))

    assert not found.entries


def test_a_review_card_of_which_no_review_is_known_begins_as_new():
    found = told(card=a_card(due=10))

    assert found.without_log == ("card",)
    assert not found.due


def test_what_anki_has_moved_since_the_last_review_is_told_apart():
    found = told(
        row("2026-05-01T20:00", interval=10),
        row("2026-05-02T20:00", 0, 12, RESCHEDULED),
        card=a_card(due=132),
    )

    assert [entry.kind for entry in found.entries] == ["3"]
    assert found.due == {"card": date(2026, 5, 13)}


def test_a_card_in_steps_of_the_first_scheduler_has_its_day_at_home():
    found = told(
        row("2026-05-01T20:00", interval=10),
        card=a_card(REVIEW, 1_777_660_000, queue=LEARNING, home_due=130),
    )

    assert not found.due


def test_rows_that_no_review_makes_are_counted():
    strange = [
        ReviewRow(-5, 1, 3, 1, 0, 500, 0, REVIEWED),
        ReviewRow(10**17, 1, 3, 1, 0, 500, 0, REVIEWED),
        row("2026-05-01T20:00", 0),
        row("2026-05-01T20:01", 7),
        row("2026-05-01T20:02", kind=9),
    ]
    found = told(
        *strange, row("2026-05-01T20:03", interval=2**31 - 1), row("2026-05-01T20:04", interval=-(2**31))
    )

    assert found.unusable == len(strange)
    assert [parse(entry.line) for entry in found.entries] == list(found.entries)
    assert len(found.entries) == 2


def test_cards_that_were_not_taken_over_have_no_past():
    contents = Contents({}, {}, [], [a_card()], [row("2026-05-01T20:00")])
    found = past(contents, {}, BERLIN, FOUR)

    assert not found.entries
    assert not found.without_log


def test_the_same_row_twice_is_one_review():
    one = row("2026-05-01T20:00")

    assert len(told(one, one).entries) == 1


def test_a_memory_in_steps_goes_on_where_anki_stopped():
    found = told(
        row("2026-05-01T20:00", 1, -60, LEARNED),
        row("2026-05-01T20:02", 3, -600, LEARNED),
        card=a_card(LEARNING),
    )
    memory = remembered(found, "card")

    assert (memory.state, memory.step) == (State.LEARNING, 1)
