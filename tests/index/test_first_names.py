"""First names: they last, and no two notes or cards have the same."""

from hypothesis import given
from hypothesis import strategies as st

from quizapp.index.first_names import FirstNames

NOTES = ("a", "b", "c")
NAMES = (*NOTES, *(f"{note}.{card}" for note in NOTES for card in ("r", "2")))


def named(*renames):
    names = FirstNames()
    for old, new in renames:
        names.rename(old, new)
    return names


def test_a_note_that_came_back_and_was_renamed_again_keeps_the_name_it_had_between():
    between = named(("a", "b"))
    after = named(("a", "b"), ("a", "c"))

    assert between.of("b") == after.of("b") == "a"
    assert between.of("a") == after.of("c") != after.of("a")


def test_a_step_that_came_back_is_another_than_the_one_that_was_reworded():
    names = named(("n.sold", "n.snew"))

    assert names.of("n.snew") == "n.sold"
    assert names.of("n.sold").startswith("n.")
    assert names.of("n.sold") != "n.sold"


def test_cards_follow_their_note():
    names = named(("a.2", "a.r"), ("a", "b"), ("b", "a"))

    assert {card: names.of(card) for card in ("a", "a.r", "b.r")} == {"a": "a", "a.r": "a.2", "b.r": "b.r"}


@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: ("." in pair[0]) == ("." in pair[1])))
)  # fmt: skip
def test_no_two_have_the_same_first_name(renames):
    names = named(*renames)
    assert len(set(map(names.of, NAMES))) == len(NAMES)
