"""The schedule as Anki goes on with it: memory, days, flags, and the log that both compute from."""

import json
import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from functools import cache

import pytest

from quizapp import Rating
from quizapp.collection import Collection
from quizapp.formats.anki.exporting import export
from quizapp.journal.entry import event
from quizapp.memory.state import State
from quizapp.settings import parse
from tests.formats.anki.a_year import FITTED, SETTINGS, Year

AGAIN, HARD, GOOD, EASY = Rating
NEW, LEARNING, REVIEW, RELEARNING = range(4)  # Anki's types; its queues are the same, but for:
SUSPENDED, BURIED, DAYS = -1, -3, 3


def deck(*names):
    return "cards:\n" + "".join(
        f"  - {{q: What is {name}?, a: it is {name}, id: {name}}}\n" for name in names
    )


@pytest.fixture
def one(opened, at_anki, packed, at):
    """What becomes of one card in Anki: `one(do, settings)` studies it and gives Anki and its card."""

    def one(do, settings="", now="2025-03-02T09:00"):
        collection = opened({"a.yaml": deck("x", "y")}, settings)
        do(collection)
        anki = at_anki()
        anki.take(packed(collection, schedule=True, now=now))
        return anki, anki.card("x"), collection.memory("x")

    return one


@pytest.fixture
def studied(at):
    """Answer x on the first of March: a rating a minute, from nine on."""

    def studied(*ratings, start="2025-03-01T09:00"):
        def do(collection):
            for minute, rating in enumerate(ratings):
                collection.answer("x", rating, at(start) + timedelta(minutes=minute))

        return do

    return studied


def state(card):
    return card.type, card.queue, card.reps, card.lapses, card.user_flag()


def test_a_card_in_its_steps_goes_on_there(one, studied, at):
    anki, card, memory = one(studied(GOOD), now="2025-03-01T09:05")

    assert state(card) == (LEARNING, LEARNING, 1, 0, 0)
    assert card.due == int(at("2025-03-01T09:10").timestamp())
    assert card.left % 1000 == 1
    assert card.memory_state.stability == pytest.approx(memory.stability, rel=1e-4)
    assert anki.reviews(card) == [(int(at("2025-03-01T09:00").timestamp()) * 1000, 3, -600, 0, 0, 0)]


def test_a_card_at_its_first_step_has_both_before_it(one, studied):
    assert one(studied(AGAIN))[1].left % 1000 == 2


def test_a_learned_card_is_due_on_its_day(one, studied):
    anki, card, memory = one(studied(GOOD, EASY))

    assert state(card) == (REVIEW, REVIEW, 2, 0, 0)
    assert anki.due_day(card) == memory.due
    assert card.ivl == memory.interval == (memory.due - date(2025, 3, 1)).days
    assert card.memory_state.difficulty == pytest.approx(memory.difficulty, rel=1e-4)
    assert (card.desired_retention, card.decay) == (pytest.approx(0.9), pytest.approx(0.154, abs=1e-3))
    assert card.last_review_time == int(memory.last_review.timestamp())


def test_a_forgotten_answer_is_a_lapse_and_learned_again(one, studied):
    _, card, memory = one(studied(EASY, AGAIN))

    assert memory.state is State.RELEARNING
    assert state(card) == (RELEARNING, LEARNING, 2, 1, 0)
    assert (card.due, card.left % 1000) == (int(memory.due.timestamp()), 1)


def test_a_step_of_days_counts_days(one, studied):
    anki, card, memory = one(studied(GOOD), '[fsrs]\nlearning_steps = ["1m", "2d"]\n')

    assert state(card) == (LEARNING, DAYS, 1, 0, 0)
    assert anki.due_day(card) == memory.due == date(2025, 3, 3)


@pytest.mark.parametrize("learned", [True, False], ids=["learned", "new"])
def test_suspended_buried_and_marked_cards_arrive_as_they_are(opened, packed, at_anki, at, learned):
    collection = opened({"a.yaml": deck("s", "b", "m", "back", "all", "past")})
    now = at("2025-03-01T09:00")
    if learned:
        for card in ("s", "b", "m", "back", "all", "past"):
            collection.answer(card, EASY, now)
    collection.suspend("s", now)
    collection.bury("b", at("2025-03-02T08:00"))
    collection.mark("m", now)
    collection.suspend("back", now)
    collection.resume("back", now)
    collection.mark("all", now)
    collection.suspend("all", now)
    collection.bury("past", now)
    anki = at_anki()
    anki.take(packed(collection, schedule=True, now="2025-03-02T09:00"))
    found = {name: anki.card(name) for name in ("s", "b", "m", "back", "all", "past")}
    kind = REVIEW if learned else NEW

    assert {card.type for card in found.values()} == {kind}
    assert {name: (card.queue, card.user_flag()) for name, card in found.items()} == {
        "s": (SUSPENDED, 0),
        "b": (BURIED, 0),
        "m": (kind, 1),
        "back": (kind, 0),
        "all": (SUSPENDED, 1),
        "past": (kind, 0),
    }


def test_a_day_set_by_hand_counts(one, studied, at):
    def do(collection):
        studied(EASY)(collection)
        line = event(at("2025-03-01T10:00"), "x", "due", due="2025-05-17").line
        with next((collection.history).glob("2025-*.jsonl")).open("a") as file:
            file.write(f"{line}\n")
        collection.refresh(at("2025-03-01T11:00"))

    anki, card, memory = one(do)

    assert memory.due == date(2025, 5, 17)
    assert state(card) == (REVIEW, REVIEW, 1, 0, 0)
    assert anki.due_day(card) == date(2025, 5, 17)
    assert [row[1:3] for row in anki.reviews(card)][1:] == [(0, 77)]


def test_a_forgotten_card_is_new_and_its_log_tells(one, studied, at):
    def do(collection):
        studied(EASY, AGAIN)(collection)
        collection.forget("x", at("2025-03-01T10:00"))

    anki, card, memory = one(do)
    anki.collection.set_config("fsrs", True)
    computed = anki.collection._backend.compute_memory_state(card.id)

    assert memory is None
    assert state(card) == (NEW, NEW, 0, 0, 0)
    assert [row[1] for row in anki.reviews(card)] == [4, 1, 0]
    assert not computed.HasField("state")


def test_what_was_learned_after_it_was_forgotten_counts_alone(one, studied, at):
    def do(collection):
        studied(EASY, AGAIN)(collection)
        collection.forget("x", at("2025-03-01T10:00"))
        studied(EASY, start="2025-03-01T11:00")(collection)

    anki, card, memory = one(do)
    anki.collection.set_config("fsrs", True)
    computed = anki.collection._backend.compute_memory_state(card.id).state

    assert [row[5] for row in anki.reviews(card)] == [0, 1, 4, 0]
    assert computed.stability == pytest.approx(memory.stability, rel=1e-3)


def test_a_leech_arrives_with_its_lapses(one, at):
    def do(collection):
        for day in range(8):
            for minute, rating in enumerate((EASY, AGAIN)):
                collection.answer("x", rating, at("2025-02-01T09:00") + timedelta(days=day, minutes=minute))

    anki, card, memory = one(do)

    assert card.lapses == memory.lapses == 8
    assert card.reps == 16
    assert anki.collection.decks.config_dict_for_deck_id(card.did)["lapse"]["leechFails"] == 8


def test_answers_taken_back_are_not_in_the_log(one, studied, at):
    def do(collection):
        studied(GOOD, EASY)(collection)
        collection.undo(at("2025-03-01T09:30"))

    anki, card, _ = one(do)

    assert [row[1] for row in anki.reviews(card)] == [3]
    assert state(card) == (LEARNING, LEARNING, 1, 0, 0)


def test_answers_of_one_instant_keep_lines_of_their_own(opened, packed, at_anki, at):
    collection = opened({"a.yaml": deck("x", "y")})
    for card in ("x", "y"):
        collection.answer(card, GOOD, at("2025-03-01T09:00"))
    anki = at_anki()
    anki.take(packed(collection, schedule=True))
    instants = [anki.reviews(anki.card(card))[0][0] for card in ("x", "y")]

    assert abs(instants[0] - instants[1]) == 1


def test_the_settings_arrive_as_presets_of_their_decks(opened, packed, at_anki):
    collection = opened(
        {"maths/sets.yaml": deck("x"), "maths/deep/er.yaml": deck("y"), "physics.yaml": deck("z")},
        "[study]\nnew_per_day = 7\nreviews_per_day = 150\nbury_siblings = false\nleech_lapses = 5\n"
        '[fsrs]\nlearning_steps = ["30s", "1d"]\nrelearning_steps = []\nmaximum_interval = 400\n'
        f"[decks.maths]\nretention = 0.8\nnew_per_day = 3\nparameters = {list(FITTED)}\n"
        "[decks.'maths/deep']\nretention = 0.95\nnew_per_day = 20\n",
    )
    anki = at_anki()
    anki.take(packed(collection, schedule=True))
    decks = anki.collection.decks
    found = {name: decks.config_dict_for_deck_id(decks.by_name(name)["id"]) for name in decks.all_names()}
    kept = found["physics"]

    assert {name: preset["name"] for name, preset in found.items()} == {
        "Default": "Default",
        "maths": "quizapp maths",
        "maths::sets": "quizapp maths",
        "maths::deep": "quizapp maths/deep",
        "maths::deep::er": "quizapp maths/deep",
        "physics": "quizapp",
    }
    assert (kept["new"]["perDay"], kept["rev"]["perDay"], kept["lapse"]["leechFails"]) == (7, 150, 5)
    assert (kept["new"]["bury"], kept["rev"]["bury"], kept["buryInterdayLearning"]) == (False, False, False)
    assert (kept["new"]["delays"], kept["lapse"]["delays"], kept["rev"]["maxIvl"]) == ([0.5, 1440], [], 400)
    assert found["maths"]["fsrsParams6"] == pytest.approx(FITTED)
    assert found["maths::deep"]["fsrsParams6"] == pytest.approx(FITTED)
    assert [found[name]["desiredRetention"] for name in ("physics", "maths", "maths::deep")] == pytest.approx(
        [0.9, 0.8, 0.95]
    )
    assert [found[name]["new"]["perDay"] for name in ("maths", "maths::deep")] == [3, 3]


@pytest.mark.parametrize("bury", [True, False], ids=["buried", "not buried"])
def test_anki_asks_new_cards_in_the_order_of_the_deck(opened, packed, at_anki, bury):
    steps = "  - {q: How is %s counted?, steps: [begin, go on, further, stop], id: %s}\n"
    text = f"cards:\n{steps % ('it', 'one')}  - {{term: Mass, means: it is heavy, id: mass}}\n{steps % ('he', 'two')}"
    collection = opened({"a.yaml": text}, f"[study]\nbury_siblings = {str(bury).lower()}\nnew_per_day = 50\n")
    anki = at_anki()
    anki.take(packed(collection, schedule=True))
    anki.collection.decks.select(anki.collection.decks.by_name("a")["id"])
    queued = anki.collection.sched.get_queued_cards(fetch_limit=50).cards

    assert [one.card.due for one in queued] == ([1, 5, 7] if bury else list(range(1, 11)))


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ("", (0, 1, 0, 0)),
        ('mix = false\nnew_order = "random"\norder = "random"', (1, 1, 3, 8)),
        ('order = "recall"', (0, 1, 0, 7)),
    ],
)
def test_the_order_of_a_session_arrives(opened, packed, at_anki, settings, found):
    anki = at_anki()
    anki.take(packed(opened({"a.yaml": deck("x")}, f"[study]\n{settings}\n"), schedule=True))
    preset = anki.collection.decks.config_dict_for_deck_id(anki.card("x").did)

    assert (
        tuple(preset[key] for key in ("newMix", "newSortOrder", "newGatherPriority", "reviewOrder")) == found
    )


@pytest.mark.parametrize("presets", [True, False], ids=["presets", "no presets"])
def test_who_wants_no_schedule_gets_new_cards(opened, packed, at_anki, at, presets):
    collection = opened({"a.yaml": deck("x", "y", "z")})
    collection.answer("x", EASY, at("2025-03-01T09:00"))
    collection.suspend("y", at("2025-03-01T09:00"))
    collection.mark("z", at("2025-03-01T09:00"))
    anki = at_anki()
    anki.take(packed(collection, schedule=True), schedule=False, presets=presets)

    assert [state(anki.card(name)) for name in ("x", "y", "z")] == [(NEW, NEW, 0, 0, 0)] * 3
    assert anki.rows("revlog") == []


ASK = """
import json, sys, warnings
from datetime import datetime, timedelta
from pathlib import Path
warnings.simplefilter("ignore")
from tests.formats.anki.at_anki import AtAnki
anki = AtAnki(Path(sys.argv[1]))
anki.take(sys.argv[2])
col = anki.collection
col.set_config("fsrs", True)
found = {}
for guid, note in anki.by_guid().items():
    (card,) = note.cards()
    computed = col._backend.compute_memory_state(card.id)
    found[guid] = {
        "stored": [card.memory_state.stability, card.memory_state.difficulty],
        "computed": [computed.state.stability, computed.state.difficulty],
        "retention": computed.desired_retention,
        "state": [card.type, card.reps, card.lapses, card.ivl],
        "due": card.due if card.queue == 1 else anki.due_day(card).isoformat(),
        "reviews": anki.reviews(card),
    }
col.close()
print(json.dumps(found))
"""


@cache
def a_year_of(cards):
    return Year(cards, parse(SETTINGS))


def ask(tmp_path, package, zone):
    """What Anki says of the cards of a package, in a process of that time zone."""
    words = [sys.executable, "-c", ASK, str(tmp_path / "anki"), str(package)]
    done = subprocess.run(words, env=os.environ | {"TZ": zone}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def compare_year(make_collection, tmp_path, at, cards, zone, now):
    year = a_year_of(cards)
    root = make_collection(year.deck_texts(), SETTINGS)
    year.write(root / "history")
    package = tmp_path / "year.apkg"
    with Collection.open(root, now=now) as collection:
        export(collection, None, package, schedule=True, now=now)
    found = ask(tmp_path, package, zone)

    assert len(found) == cards
    for card, memory in year.memories.items():
        theirs = found[card]
        wanted = [memory.stability, memory.difficulty]
        assert theirs["computed"] == pytest.approx(wanted, rel=1e-3), card
        assert theirs["stored"] == pytest.approx(wanted, abs=6e-4)  # as Anki rounds what it keeps
        assert theirs["computed"] == pytest.approx(theirs["stored"], rel=1e-3, abs=1e-4)
        assert theirs["retention"] == pytest.approx(0.9 if year.decks[card] == "plain" else 0.85)
        timed = isinstance(memory.due, datetime)
        assert theirs["due"] == (int(memory.due.timestamp()) if timed else memory.due.isoformat())
        kind = {State.LEARNING: 1, State.REVIEW: 2, State.RELEARNING: 3}[memory.state]
        assert theirs["state"][:3] == [kind, memory.reps, memory.lapses]
        if memory.state is State.REVIEW:
            assert theirs["state"][3] == memory.interval
        assert theirs["reviews"] == year.rows(card)
    return sum(map(len, year.answers.values()))


@pytest.mark.parametrize(
    ("zone", "now"),
    [
        pytest.param("WINTER-1", "2025-03-01T09:00+01:00", id="winter"),
        pytest.param("SUMMER-2", "2025-06-01T09:00+02:00", id="summer", marks=pytest.mark.long),
    ],
)
def test_anki_computes_from_the_log_of_a_year_what_it_was_told(make_collection, tmp_path, at, zone, now):
    assert compare_year(make_collection, tmp_path, at, 50, zone, datetime.fromisoformat(now)) > 500


@pytest.mark.long
@pytest.mark.parametrize("now", ["2025-03-01T09:00+01:00", "2025-06-01T09:00+02:00"])
def test_1000_cards_and_12000_reviews_are_the_same_in_anki(make_collection, tmp_path, at, now):
    reviews = compare_year(make_collection, tmp_path, at, 1000, "Europe/Berlin", datetime.fromisoformat(now))

    assert reviews > 12_000
