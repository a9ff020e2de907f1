"""Questions asked twice in nearly the same words, and those that only look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.decks.duplicates import Asked, near_duplicates, nearest, telling_words

LONG = "It is the same answer in every word of it."

SAME = [
    ("What is a tensor?", "What is a tensor"),
    ("What is a tensor?", "What is the tensor?"),
    ("What is a tensor?", "What's a tensor?"),
    ("What is a tensor?", "Define tensor"),
    ("What does overfitting mean?", "What is overfitting?"),
    ("What is a PyTorch tensor?", "What is a tensor in PyTorch?"),
    ("In PyTorch, what is a tensor?", "What is a tensor in PyTorch?"),
    (
        "What is the difference between a stack and a queue?",
        "What is the difference between a queue and a stack?",
    ),
    ("Which is faster, a list or a tuple?", "Which is faster, a tuple or a list?"),
    ("Which loss do classifiers minimise?", "Which loss do classifiers minimize?"),
    ("Who invented the  Transistor?", "Who invented the transistor?!"),
    ("Tensor", "What is a tensor?"),
    ("Why does dropout reduce overfitting?", "Why does dropout reduce overfiting?"),
    ("Was ist ein Tensor in PyTorch?", "Was ist ein Tensor in PyTorch"),
    ("Who proved that theorem of primes?", "Who proved that theorem of all primes?"),
]

OTHER = [
    ("What is the scheduler?", "What does the scheduler do?"),
    ("What is the derivative of sin?", "What is the derivative of cos?"),
    ("What is the derivative of cos?", "What is the derivative of cosh?"),
    ("What is $2^3$?", "What is $2^4$?"),
    ("What is 2 times 3?", "What is 2 times 4?"),
    ("What is the capital of Austria?", "What is the capital of Australia?"),
    ("Which layers have weights?", "Which layers have no weights?"),
    ("What is a matrix?", "What is a singular matrix?"),
    ("Who wrote Hamlet?", "Who wrote Macbeth?"),
    ("How is Celsius converted to Fahrenheit?", "How is Fahrenheit converted to Celsius?"),
    ("What is the derivative of the inverse?", "What is the inverse of the derivative?"),
    ("Why do cats chase mice?", "Why do mice chase cats?"),
    ("Why is attention scaled?", "When is attention scaled?"),
    ("How does dropout work?", "Why does dropout work?"),
    ("How is it read from memory to disk?", "How is it read to memory from disk?"),
    ("Katze", "Katzen"),
    ("to trail", "to trial"),
    ("What is `a.t()`?", "What is `a.T`?"),
    ("What is shown? ![](media/a.png)", "What is shown? ![](media/b.png)"),
    ("The {{c1::cell}} makes energy", "The cell makes {{c1::energy}}"),
    ("What is causal inference for?", "What is casual inference for?"),
    ("What is the first law of motion?", "What is the second law of motion?"),
    ("", ""),
    ("What is the?", "Which are the?"),
]


def _pairs(*asked):
    return [
        tuple(pair)
        for pair in near_duplicates([one if isinstance(one, Asked) else Asked(one, LONG) for one in asked])
    ]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_question_in_other_words_is_found(one, other):
    assert _pairs(one, other) == [(0, 1)]
    assert _pairs(other, "Something else entirely?", one) == [(0, 2)]


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_a_question_about_something_else_is_none(one, other):
    answers = ("alpha", "omega")

    assert (
        _pairs(*(Asked(question, answer) for question, answer in zip((one, other), answers, strict=True)))
        == []
    )


@pytest.mark.parametrize(("one", "other"), [pair for pair in OTHER if "inference" not in pair[0]])
def test_the_same_answer_makes_no_other_question_the_same(one, other):
    if one not in ("to trail", "Katze"):
        assert _pairs(one, other) == []


def test_words_may_be_added_only_before_the_same_long_answer():
    few, many = (
        "Who proved the theorem about prime numbers?",
        "Who first proved the theorem about prime numbers?",
    )
    more = "Who proved the famous theorem about prime numbers?"

    assert _pairs(Asked(few, LONG), Asked(more, LONG)) == [(0, 1)]
    assert _pairs(Asked(few, LONG), Asked(more, "Another answer than that, in full.")) == []
    assert _pairs(Asked(few, "Euclid"), Asked(more, "Euclid")) == []
    assert _pairs(Asked(few, LONG), Asked(many, LONG)) == [], "first is a number"


def test_other_choices_make_another_question():
    question = "Which of these shapes can be broadcast?"
    one, other = (Asked(question, "a", choices) for choices in (("a", "b"), ("a", "c")))

    assert _pairs(one, other) == []
    assert _pairs(one, one._replace(choices=("b", "a"))) == [(0, 1)]


def test_each_question_is_named_once_with_the_first_like_it():
    assert _pairs("What is a tensor?", "Define tensor", "Other?", "What's a tensor?") == [(0, 1), (0, 3)]


def test_a_table_of_many_likes_is_told_apart_by_its_rare_words():
    words = [f"{a}{b}ing" for a in "bcdfghjklmnp" for b in ("and", "est", "ill", "ock", "unt", "art")]
    asked = [f"What is the past tense of {word} in English?" for word in words]

    assert _pairs(*asked) == []
    assert _pairs(*asked, "In English, what's the past tense of gocking?") == [
        (words.index("gocking"), len(words))
    ]


def test_questions_made_of_common_words_are_found_through_pairs_of_them():
    nouns, verbs = (
        ("loss", "rate", "layer", "token", "batch", "step"),
        ("fall", "rise", "grow", "stop", "help", "fail"),
    )
    asked = [f"When may every {noun} {verb} again?" for noun in nouns for verb in verbs]

    assert _pairs(*asked) == []
    assert _pairs(*asked, "When may every batch fail again") == [
        (asked.index("When may every batch fail again?"), 36)
    ]


def test_progress_is_told():
    told = []
    near_duplicates(
        [Asked(f"What is {number}?") for number in range(4500)], lambda *state: told.append(state)
    )

    assert told == [(0, 4500), (2000, 4500), (4000, 4500)]


WORDS = st.sampled_from(
    "what is are the of tensor tensors matrix loss rate rates not 2 3 from to and in between".split()
)
QUESTIONS = st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=12)


@given(QUESTIONS)
def test_pairs_are_in_order_and_no_question_is_second_twice(questions):
    pairs = _pairs(*questions)

    assert all(first < second for first, second in pairs)
    assert [second for _, second in pairs] == sorted({second for _, second in pairs})


@given(QUESTIONS)
def test_what_is_repeated_letter_by_letter_is_always_found(questions):
    told = {second for _, second in _pairs(*questions, *questions)}
    wanted = {len(questions) + place for place, text in enumerate(questions) if telling_words(text)}

    assert wanted <= told


def test_the_nearest_come_first_while_a_question_is_typed():
    candidates = [
        "What is a matrix?",
        "Define tensor",
        "What is a tensor?",
        "What is the tensor",
        "Why a tensor?",
    ]

    assert nearest("what is a tensor", candidates, 2) == [2, 3]
    assert nearest("what is a tensor", candidates, 9) == [2, 3, 1]
    assert nearest("what is a", candidates, 9) == []
    assert nearest("", candidates, 9) == []


def test_a_word_more_is_near_enough_while_a_question_is_typed():
    candidates = [
        "Why does dropout reduce overfitting?",
        "Why does dropout reduce overfitting in small networks?",
    ]

    assert nearest("Why does dropout often reduce overfitting?", candidates, 3) == [0]


def test_while_typing_a_question_with_one_word_more_is_close():
    asked = ["What is a PyTorch tensor?", "What is a matrix?", "When is a tensor contiguous?"]

    assert nearest("What is a tensor?", asked, 3) == [0]
