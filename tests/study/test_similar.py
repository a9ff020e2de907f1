"""Cards that ask nearly what is being typed."""

import pytest

from quizapp import Collection
from quizapp.study.similar import close_questions

NAMES = ["gradient", "tensor", "layer", "token", "optimiser", "batch", "epoch", "kernel", "filter", "vector"]
VERBS = ["stored", "copied", "scaled", "shared", "dropped", "cached", "split", "joined", "sorted", "masked"]


@pytest.fixture
def close(make_collection):
    """The questions that are close to one, in a collection with these cards and a hundred others."""

    def close(question, *cards, limit=3):
        many = [f"{{q: When is a {name} {verb}?, a: Then.}}" for name in NAMES for verb in VERBS]
        deck = "cards:\n" + "".join(f"  - {card}\n" for card in (*cards, *many))
        with Collection.open(make_collection({"a.yaml": deck})) as collection:
            return [row.card.question for row in close_questions(collection._works.settled, question, limit)]

    return close


def test_a_question_in_other_words_is_found(close):
    assert close("when is the tensor cached") == ["When is a tensor cached?"]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "when",
        "when is a",
        "when is a tensor",
        "Why is a tensor cached?",
        '+ * "',
        "{{c1::x}}",
        "(NOT",
        "zebra?",
        "a:b* OR c",
    ],
)
def test_what_is_not_close_is_not_found(close, typed):
    assert close(typed) == []


def test_the_nearest_comes_first_and_no_more_than_asked(close):
    cards = "{q: Define zebra, a: b}", "{q: What is a zebra?, a: b}", "{q: What's a zebra, a: b}"

    assert close("What is a zebra?", *cards) == ["What is a zebra?", "What's a zebra", "Define zebra"]
    assert close("What is a zebra?", *cards, limit=1) == ["What is a zebra?"]


def test_a_note_of_several_cards_is_found_once(close):
    assert close("what is a zebra", "{term: Zebra, means: a horse}") == ["Zebra"]
    assert close("how does a zebra run fast", "{q: How does a zebra run fast?, steps: [left, right]}") == [
        "How does a zebra run fast?"
    ]


def test_a_short_question_is_found_among_many_with_its_word(close):
    cards = [
        f"{{q: 'Which zebra has {number} stripes in the {verb} herd?', a: b}}"
        for number in range(30)
        for verb in VERBS
    ]

    assert close("What is the zebra?", *cards, "{q: What is a zebra?, a: b}") == ["What is a zebra?"]


def test_words_of_formulas_and_code_are_compared_too(close):
    cards = "{q: 'What is $x_1$ in `a[0]`?', a: b}", "{q: 'What is $x_2$ in `a[0]`?', a: b}"

    assert close("what is $x_2$ in `a[0]`", *cards) == ["What is $x_2$ in `a[0]`?"]
