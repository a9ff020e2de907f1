"""Steps have numbers that rise with them, and keep theirs whatever else is done to the note."""

from hypothesis import given
from hypothesis import strategies as st

from quizapp import Collection
from quizapp.study.step_numbers import MOST, numbered

STEPS = st.lists(st.integers(0, 999).map(str), unique=True, max_size=40)


@given(STEPS)
def test_numbers_rise_with_the_steps(steps):
    numbers = numbered(steps, {})
    assert list(numbers) == sorted(set(numbers))
    assert all(1 <= number <= MOST for number in numbers)


@given(STEPS, STEPS)
def test_what_has_a_number_keeps_it_and_none_comes_twice(before, after):
    known = dict(zip(before, numbered(before, {}), strict=True))
    found = dict(zip(after, numbered(after, known), strict=True))

    assert all(found[step] == known[step] for step in after if step in known)
    assert len({*known.values(), *found.values()}) == len({*before, *after})


def test_a_step_put_between_two_others_gets_a_number_between_theirs():
    assert numbered(["a", "b", "c"], {}) == (10, 20, 30)
    assert numbered(["a", "new", "b", "c"], {"a": 10, "b": 20, "c": 30}) == (10, 15, 20, 30)
    assert numbered(["a", "b", "c", "new"], {"a": 10, "b": 20, "c": 30}) == (10, 20, 30, 40)
    assert numbered(["new", "a"], {"a": 1}) == (2, 1)  # no room before it


def test_the_number_of_a_step_that_is_gone_is_not_given_again():
    assert numbered(["a", "new"], {"a": 10, "gone": 20}) == (10, 21)


def test_more_steps_than_there_are_numbers_have_none():
    numbers = numbered([f"s{place}" for place in range(MOST + 3)], {})
    assert sorted(numbers)[3:] == list(range(1, MOST + 1))
    assert numbers.count(0) == 3


def test_the_log_keeps_the_numbers(opened, at):
    collection = opened({"a.yaml": "cards:\n  - q: How?\n    steps: [wash, rinse]\n    id: how\n"})
    (before,) = collection.outgoing_notes(None, at("2026-11-22T09:00"))
    (log,) = (collection.root / "history").glob("*.jsonl")
    lines = log.read_text()
    deck = collection.root / "a.yaml"
    deck.write_text(deck.read_text().replace("[wash, rinse]", "[fill, wash, soak, rinse]"))
    collection.refresh(at("2026-11-22T10:00"))
    (after,) = collection.outgoing_notes(None, at("2026-11-22T10:01"))

    assert before.numbers == (10, 20)
    assert lines.count('"steps":') == 1
    assert after.numbers == (5, 10, 15, 20)
    log_before = log.read_text()
    with Collection.open(collection.root, now=at("2026-11-22T11:00")) as again:
        (same,) = again.outgoing_notes(None, at("2026-11-22T11:00"))
    assert same == after
    assert log.read_text() == log_before
