"""A week on the phone comes home: what was reviewed in Anki counts here, once, beside what was reviewed here."""

import json
import random
import shutil
from datetime import datetime, timedelta

import pytest

from quizapp import Collection, Rating
from quizapp.formats.anki.exporting import export
from tests.formats.anki.a_life import NOW, SETTINGS, disk, lived, log_lines, taken, told
from tests.formats.anki.studying import Study

WEEK = timedelta(days=7)
DAYS = 7
REVIEW = 2  # Anki's type of card


@pytest.fixture
def now():
    """This moment: Anki knows no other."""
    return datetime.now().astimezone()


@pytest.fixture
def phone(opened, tmp_path, now):
    """A collection as it was a week ago, and the same in Anki, where it was studied since: both, and the package.

    In Anki all that is there becomes older by a day when a day passes. So what goes there is newer by a week.
    """
    hour = (now.hour + 12) % 24  # no day begins while a test runs
    settings = f'[study]\nday_starts = "{hour:02}:00"\n{SETTINGS}'

    def at(text, ago=timedelta()):
        then = datetime.fromisoformat(text) - datetime.fromisoformat(NOW)
        return now.replace(microsecond=0) - timedelta(minutes=1) - ago + then

    sent = lived(opened, at, settings)
    home = lived(opened, lambda text: at(text, WEEK), settings)
    path = tmp_path / "sent.apkg"
    export(sent, None, path, schedule=True, now=now)
    folder = tmp_path / "anki"
    folder.mkdir()
    study = Study(folder)
    study.collection.set_config("rollover", hour)
    study.pass_days(1)  # a collection of today's has no day yet before the hour at which one begins
    study.take(path)
    yield home, study
    study.collection.close()


def week(study, seed=1):
    """Study for a week; how many reviews that were."""
    chance = random.Random(seed)
    before = study.collection.db.scalar("select count() from revlog")
    for _ in range(DAYS):
        for deck in study.collection.decks.all_names_and_ids():
            study.collection.decks.select(deck.id)
            study.study(chance)
        study.pass_days(1)
    return study.collection.db.scalar("select count() from revlog") - before


def compare(home, study):
    """Hold the memory of each card to Anki's; how many there are."""
    anki, count = study.collection, 0
    began = datetime.fromtimestamp(anki.sched.day_cutoff).astimezone() - timedelta(days=1)
    first = began.date() - timedelta(days=anki.sched.today)
    card_at = {
        instant // 1000: card
        for instant, card, kind, *_ in told(home, datetime.now().astimezone()).events
        if kind in "1234"
    }
    for number, last in anki.db.execute("select cid, max(id) from revlog where ease > 0 group by cid"):
        theirs, memory = anki.get_card(number), home.memory(card_at[last])
        if theirs.memory_state is None:  # it was forgotten
            assert memory is None
            continue
        computed = anki._backend.compute_memory_state(number).state
        assert memory.stability == pytest.approx(theirs.memory_state.stability, rel=1e-2)
        assert memory.stability == pytest.approx(computed.stability, rel=1e-4)
        assert memory.difficulty == pytest.approx(computed.difficulty, rel=1e-4)
        assert (memory.reps, memory.lapses) == (theirs.reps, theirs.lapses)
        assert theirs.type != REVIEW or memory.due == first + timedelta(days=theirs.due)
        count += 1
    return count


def test_a_week_on_the_phone_comes_home_once(phone, now):
    home, study = phone
    before = log_lines(home)
    count = week(study)
    package = study.package()
    _, reviews = taken(home, package, now)

    assert count > 20
    assert reviews == count
    assert compare(home, study) > 10
    assert {*map(str, before)} < {*map(str, log_lines(home))}
    assert [line["card"] for line in log_lines(home) if "steps" in line] == ["say"]  # Anki's numbers of them
    assert len(log_lines(home)) == len(before) + count + 1

    there = disk(home)
    for later in (timedelta(), timedelta(minutes=1), timedelta(days=1), timedelta(days=40)):
        assert taken(home, package, now + later)[1] == 0
        assert disk(home) == there


def test_reviews_of_the_same_week_here_are_merged_whichever_comes_first(phone, now, tmp_path):
    home, study = phone
    before = log_lines(home)
    twin = shutil.copytree(home.root, tmp_path / "twin" / "cards")
    week(study)
    package = study.package()
    cards = [card.id for card in home.find("", now)]
    for day in range(DAYS):
        for card in cards[day::3]:
            home.answer(card, Rating.GOOD, now - WEEK + timedelta(days=day, minutes=day), 3.0)
    here = [line for line in log_lines(home) if line not in before]
    taken(home, package, now)

    with Collection.open(twin, now=now) as other:
        taken(other, package, now)
        lines = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in here)
        (twin / "history" / f"{now.year}-elsewhere-abcd.jsonl").write_text(lines)
        there = told(other, now)
        assert there.events == told(home, now).events
        assert there.memories == told(home, now).memories
        assert taken(other, package, now)[1] == 0
