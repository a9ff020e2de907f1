import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.decks.note import Kind, Note
from quizapp.decks.recognition import Text, close, recognise, same_answer

LONG = "it holds one number only"


def text(note_id, question, answer="short", *, known=True):
    note = Note(Kind.BASIC, None, question, (answer,))
    return Text(note_id, note.hash, question if known else "", answer if known else "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("What is a tensor?", "what is  a Tensor"),
        ("What is a tensor?", "What is the tensor?"),
        ("What is a tensr in short?", "What is a tensor in short?"),
        ("What is backpropogation?", "What is backproopogation?"),
        ("What is a tesnor?", "What is a tensor?"),
        ("Which loss do classifiers minimise?", "Which loss do classifiers minimize?"),
        ("What is `x` in **attention**?", "What is `x` in attention?"),
        ("The {{c1::atention}} layer.", "The {{c1::attention}} layer."),
    ],
)
def test_a_slip_of_the_finger_is_close_whatever_the_answer(old, new):
    assert close(text("a", old, "one"), text("b", new, "other"))
    assert close(text("b", new, "one"), text("a", old, "other"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("What is a rank-0 tensor?", "What is a rank-1 tensor?"),
        ("What is the row rank of a matrix?", "What is the column rank of a matrix?"),
        ("What does torch.max return?", "What does torch.min return?"),
        ("What does `torch.max` return?", "What does `torch.min` return?"),
        ("What if temperature increases?", "What if temperature decreases?"),
        ("When is a matrix invertible?", "When is a matrix not invertible?"),
        ("Why isn't it symmetric?", "Why is it symmetric?"),
        ("What is a symmetric relation?", "What is an asymmetric relation?"),
        ("What is a million?", "What is a billion?"),
        ("What is macro averaging?", "What is micro averaging?"),
        ("What is sodium nitrate?", "What is sodium nitrite?"),
        ("Who is the trainer?", "Who is the trainee?"),
        ("What is an effect?", "What is an affect?"),
        ("What is $x^2$?", "What is $x^3$?"),
        ("What is 2 + 2?", "What is 2 - 2?"),
        ("What is C++ good at?", "What is C# good at?"),
        ("What is the first step?", "What is the third step?"),
        ("Which loss is convex?", "Which loss is not convex?"),
        ("A {{c1::b}} c", "A {{c2::b}} c"),
        ("What is the mean of a set of numbers?", "What is the mode of a set of numbers?"),
        ("What is a cat?", "How tall is the tower?"),
    ],
)
def test_another_question_is_not_close(old, new):
    for answer in ("one", "other"):
        assert not close(text("a", old, "one"), text("b", new, answer))
        assert not close(text("b", new, "one"), text("a", old, answer))


def test_words_may_be_added_when_even_a_short_answer_is_the_same():
    old = "Which loss do classifiers minimise in training?"
    new = "Which loss do most classifiers minimise in training?"

    assert close(text("a", old, "cross-entropy"), text("b", new, "Cross-entropy"))
    assert not close(text("a", old, "cross-entropy"), text("b", new, "hinge"))


def test_a_question_known_by_its_hash_only_is_close_to_itself():
    assert close(text("a", "What is it?", "x", known=False), text("b", "what  is it?", "y"))
    assert not close(text("a", "What is it?", "x", known=False), text("b", "What was it?", "x"))


def test_a_long_answer_stands_for_its_question():
    assert same_answer(text("a", "What?", LONG), text("b", "Which?", LONG))
    assert same_answer(text("a", "What?", LONG, known=False), text("b", "Which?", LONG))
    assert same_answer(text("a", "What?", LONG.upper()), text("b", "Which?", LONG))
    assert not same_answer(text("a", "What?", "only three words"), text("b", "Which?", "only three words"))
    assert not same_answer(text("a", "What?", LONG), text("b", "Which?", LONG + " now"))


def test_clozes_have_no_answer_to_be_the_same():
    old, new = (Note(Kind.CLOZE, None, f"{{{{c1::{word}}}}}", ()) for word in ("apple", "orange"))

    assert not same_answer(Text("a", old.hash, old.question, ""), Text("b", new.hash, new.question, ""))
    assert not close(Text("a", old.hash, old.question, ""), Text("b", new.hash, new.question, ""))


def test_an_edited_question_is_a_certain_rename():
    assert recognise(
        [text("a", "What is a tensr?")], [text("b", "What is a tensor?"), text("c", "Other?")]
    ) == (
        {"a": "b"},
        {},
    )


def test_a_question_behind_the_same_long_answer_is_a_certain_rename():
    gone = [text("a", "What is a scalar?", LONG, known=False)]

    assert recognise(gone, [text("b", "Scalars: what do they hold?", LONG)]) == ({"a": "b"}, {})


def test_two_candidates_are_asked_about():
    gone = [text("a", "What is a scalar?", LONG)]
    unknown = [text("b", "Scalars hold what?", LONG), text("c", "What is a sclar?", "another")]

    assert recognise(gone, unknown) == ({}, {"a": ("c", "b")})


def test_two_old_notes_of_one_candidate_are_asked_about():
    gone = [text("a", "What is a scalar?", LONG), text("b", "What is a skalar?", LONG)]

    assert recognise(gone, [text("c", "What's a scalar?", LONG)]) == ({}, {"a": ("c",), "b": ("c",)})


def test_an_equal_question_beats_a_close_one():
    gone = [text("a", "What is a tensor?", "x", known=False), text("b", "What is a tensr?", "y")]
    unknown = [text("c", "What is a tensor?", "new"), text("d", "What is a tennsr?", "y")]

    assert recognise(gone, unknown) == ({"a": "c", "b": "d"}, {})


def test_a_candidate_that_is_asked_about_is_certain_for_no_other():
    gone = [text("a", "What is a tensor?"), text("b", "What is a tensr?", "y")]
    unknown = [text("c", "What is a tensor?", "1"), text("d", "what is a tensor?", "2")]
    certain, asked = recognise(gone, unknown)

    assert certain == {}
    assert set(asked) == {"a", "b"}


def test_a_changed_question_with_a_changed_answer_is_asked_about():
    gone = [text("a", "What is the row rank of a matrix?", "old")]
    unknown = [text("b", "What is the column rank of a matrix?", "new"), text("c", "Who?", "x")]

    assert recognise(gone, unknown) == ({}, {"a": ("b",)})


def test_what_is_like_nothing_is_not_asked_about():
    assert recognise([text("a", "What is a tensor?")], [text("b", "Wer war Gauß?", "x")]) == ({}, {})
    assert recognise([text("a", "What?", known=False)], [text("b", "Which?")]) == ({}, {})
    assert recognise([], []) == ({}, {})


WORDS = ["what is", "tensor", "tensr", "a", "row", "rank-0", "rank-1", "not", "scalar", "matrix"]
questions = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
answers = st.sampled_from(["yes", "no", LONG, LONG + " now"])
collections = st.lists(st.tuples(questions, answers, st.booleans()), max_size=7)


@given(collections, collections, st.randoms())
def test_no_new_note_is_given_to_two_old_ones_and_the_order_does_not_matter(old, new, source):
    gone = [text(f"old{n}", q, a, known=known) for n, (q, a, known) in enumerate(old)]
    unknown = [text(f"new{n}", q, a) for n, (q, a, _) in enumerate(new)]
    certain, asked = recognise(gone, unknown)

    assert len(set(certain.values())) == len(certain)
    assert not certain.keys() & asked.keys()
    assert all(asked.values())
    source.shuffle(gone)
    source.shuffle(unknown)
    assert recognise(gone, unknown) == (certain, asked)


@given(questions, answers, questions, answers)
def test_closeness_has_no_direction(question, answer, other_question, other_answer):
    one, other = text("a", question, answer), text("b", other_question, other_answer)

    assert close(one, other) == close(other, one)
    assert close(one, one)


@pytest.mark.long
def test_many_notes_are_matched_quickly():
    gone = [text(f"old{n}", f"Question number {n} about thing x{n}?", "yes") for n in range(1000)]
    unknown = [text(f"new{n}", f"Question number {n} abuot thing x{n}?", "yes") for n in range(100_000)]
    started = time.perf_counter()
    certain, asked = recognise(gone, unknown)

    assert certain == {f"old{n}": f"new{n}" for n in range(1000)}
    assert asked == {}
    assert time.perf_counter() - started < 20
