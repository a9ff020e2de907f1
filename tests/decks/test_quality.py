"""Which cards are complained about, and, as much, which are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.decks.kinds import COMPLAINTS
from quizapp.decks.note import Kind, Note
from quizapp.decks.quality import as_prose, complaints, images


def _codes(note):
    return [complaint.code for complaint in complaints(note)]


def _basic(question, answer, **more):
    return Note(Kind.BASIC, None, question, (answer,), **more)


TWO_FACTS = [
    ("Who wrote Hamlet and when was it written?", "Shakespeare, around 1600."),
    ("When and where was Gauss born? Where did he teach?", "1777 in Brunswick; Göttingen."),
    ("What is a stack? What is a queue?", "Last in, first out; first in, first out."),
    ("What is the learning rate, and why?", "The size of a step."),
    ("Who proved the theorem and how?", "Euler, by induction."),
    ("What is the Eiffel Tower?", "A tower in Paris. It was also the tallest building until 1930."),
    (
        "What is precision?",
        "The share of hits that are right. Also, recall is the share of right ones that are hit.",
    ),
    ("What is the capital of France?", "Paris is the capital, and Berlin is the capital of Germany."),
    ("What is a mean?", "The mean is the sum over the count; the median is the value in the middle."),
    ("What is a process?", "A process has its own memory and the thread has its own stack."),
    ("What is needed to bake bread?", "1. flour 2. water 3. yeast"),
    ("Which methods find an inverse?", "a) Gaussian elimination b) decomposition"),
]

ONE_FACT = [
    ("What is dynamic binding?", "Linking a call at run time. Also known as late binding."),
    ("Was ist der Basispreis?", "Der Preis der Option. Also der, zu dem man kauft."),
    (
        "How can one see that a graph has an Eulerian cycle?",
        "(1) It is connected, and (2) all degrees are even.",
    ),
    ("Which command saves a pipe's text and passes it on to the next command?", "tee"),
    ("Which two signs enclose a list?", "`[` and `]`"),
    ("What is a tensor?", "An array with any number of dimensions, whose elements all have one data type."),
    ("Which matrices have an inverse?", "Those that are square and have full rank."),
    (
        "What is the difference between precision and recall?",
        "Precision is about hits, and recall is about misses.",
    ),
    ("Why does `view` fail?", "`view` never copies, and the layout would need a copy; `reshape` makes it."),
    (
        "What happens when a GPU runs out of memory?",
        "PyTorch raises an error, and the process has to free memory.",
    ),
    (
        "What is an orthogonal matrix?",
        "A matrix whose columns are orthogonal and whose inverse is its transpose.",
    ),
    ("Which matrices are diagonalisable?", "A matrix that is square and symmetric has an orthonormal basis."),
    ("What does overfitting look like?", "The training loss is low while validation loss is high."),
    ("Who discovered radium?", "Marie and Pierre Curie"),
    ("What does BPE stand for, and in which field?", "byte-pair encoding"),
    ("How do a process and a thread differ?", "The process has its own memory; the thread has only a stack."),
    ("What is version 1.2 of the format?", "The one with 2. level headers."),
    (
        "What is $A$ and $B$'s product when the shapes are `(2, 3)` and `(3, 4)`?",
        "a matrix of shape `(2, 4)`",
    ),
    ("When is it known what the loss was?", "After the forward pass."),
    (
        "What tells how large a step is and what is its usual name?".replace(" and what is", " by"),
        "the learning rate",
    ),
]

REPEATS = [
    ("What is the capital of France?", "The capital of France is Paris."),
    ("What is the capital of France?", "What is the capital of France? Paris."),
    ("What is broadcasting in PyTorch?", "Broadcasting in PyTorch is stretching shapes to one."),
    (
        "Why does dropout reduce overfitting?",
        "Dropout reduces overfitting because units can't rely on each other.",
    ),
    (
        "How do residual connections help training?",
        "Residual connections help training by letting gradients through.",
    ),
    ("Gradient descent", "gradient descent"),
    ("What are the eigenvalues of a projection?", "The eigenvalues of a projection are 0 and 1."),
    ("Which is the largest planet?", "The largest planet is Jupiter."),
]

NO_REPEAT = [
    ("What is a suffix tree?", "A suffix tree is a trie of all suffixes of a text."),
    ("What is the system clock?", "The system clock is a signal that alternates at a steady rate."),
    ("What are first-class objects?", "First-class objects are those that can be passed on."),
    ("Why is log2(2^n) == n?", "log2(2^n) = n * log2(2) = n"),
    ("What is a tensor?", "A tensor is a multi-dimensional array."),
    ("What is broadcasting?", "Broadcasting is stretching shapes to one without a copy."),
    ("Why does dropout reduce overfitting?", "Units can't rely on each other."),
    ("What is the capital of France?", "Paris"),
    ("What is the rank of a matrix?", "The number of independent columns of the matrix."),
    ("Why is the sky blue?", "The sky scatters short waves more than long ones."),
    ("What is 2?", "2 is the smallest prime."),
    ("Hund", "dog"),
    ("How does attention scale?", "Attention needs memory that grows with the square of the length."),
    ("What is the past tense of go?", "went"),
]

NO_SUBJECT = [
    "How does it work?",
    "Why is it important?",
    "What is it called?",
    "What is this?",
    "What does this do?",
    "Why are these useful?",
    "What does that mean?",
    "Who invented it?",
    "What causes this?",
    "What does this function return?",
    "What is shown in this figure?",
    "How is the above computed?",
    "What does the code shown above print?",
    "Which theorem follows from the previous example?",
    "Which of these is faster?",
    "Which of the following holds?",
    "How do they learn?",
    "Why does PyTorch do this?",
]

A_SUBJECT = [
    "Why is it important to normalise inputs?",
    "What is it called when a model memorises its data?",
    "How long does it take light to reach the Earth?",
    "In LoRA, why is it enough to train two small matrices?",
    "A stack is full. What does that mean for the next push?",
    "What does this print?\n\n```\nprint(1)\n```",
    "What does `x.t()` do, and to whom does it do this?",
    "![](media/a.png) What is this?",
    "What is `this` in JavaScript?",
    "Which of these shapes can be broadcast: `(3,)`, `(4,)`?",
    "Which of the following is larger, $2^3$ or $3^2$?",
    "How does a generator keep its state?",
    "What makes that part of a cell which burns sugar work?",
    "Why do cells above the threshold fire?",
    "How far above sea level is Mont Blanc?",
    "What time is it in Tokyo when noon strikes in London?",
    "Was ist das?",
    "Qu'est-ce que c'est ?",
    "What is THIS an abbreviation of in networking?",
    'What does "this" refer to in a method?',
    "Who is they/them said of?",
    "When it rains, what do worms do?",
    "How can a model know that this token ends the text?",
    "What does an optimizer do with its state when it is saved?",
]

YES_NO = [
    ("Is a list mutable?", "Yes."),
    ("In Python, is a tuple mutable?", "No, only lists are."),
    ("Does ReLU saturate for large inputs?", "no"),
    ("Are invertible matrices always non-singular?", "Yes."),
    ("Can a matrix have two inverses?", "**No**, the inverse is unique."),
    ("If $A$ is singular, has $Ax = 0$ a solution beside 0?", "Yes, infinitely many"),
    ("Was the first transformer a decoder only?", "No – it had an encoder."),
    ("True or false: every square matrix has an inverse.", "False"),
    ("Doesn't Adam need a learning rate?", "Yes, it does."),
    ("Is a matrix invertible when its determinant is 0?", "No."),
]

NO_YES_NO = [
    ("Is dropout used in training or in inference?", "In training."),
    ("Does the norm come before or after the attention in GPT-2?", "Before."),
    ("Is Python compiled?", "To byte code, which is interpreted."),
    ("What is the opposite of yes?", "No"),
    ("Is it `(3, 4)` or `(4, 3)`?", "Yes and no."),
    ("Which word ends a refusal?", "no"),
    ("How do you say yes in Japanese?", "Yes is はい."),
    ("Is a set ordered, and why?", "No, it is a hash table."),
    ("Does any prime divide 1?", "No prime does."),
    ("Was ist die Hauptstadt von Italien?", "Nein, Rom."),
    ("Do que se fala?", "No sol"),
    ("Is $0$ a natural number? Explain the two conventions.", "No in one, yes in the other."),
]

LONG = "word " * 61
LONG_ANSWERS = [
    LONG,
    LONG + "`code`",
    "A sentence of five words. " * 13,
    f"## Title\n\n{LONG}",
    "слово " * 61,
    "ein Wort " * 31,
    f"- {LONG}",
    f"{LONG}\n\n```\ncode\n```",
]
SHORT_ANSWERS = [
    "word " * 60,
    "```\n" + LONG + "\n```",
    "`" + LONG + "`",
    "$$" + "x + " * 100 + "x$$",
    "> " + LONG,
    "“" + LONG + "”",
    '"' + LONG.strip() + '"',
    "| a | b |\n" * 30,
    "word " * 40 + "\n\n```\n" + LONG + "\n```",
    "- - - " * 50,
]

LISTS = [
    ("What are the planets?", "Mercury, Venus, Earth, Mars, Jupiter, Saturn, Uranus and Neptune"),
    ("Which are the colours of the rainbow?", "red, orange, yellow, green, blue, indigo, violet"),
    ("Name the months of summer and autumn.", "June, July, August, September, October, November"),
    (
        "Which layers has the OSI model?",
        "physical; data link; network; transport; session; presentation; application",
    ),
    ("How is bread made?", "- a\n- b\n- c\n- d\n- e\n- f"),
    ("How is bread made?", "1. a\n2. b\n3. c\n4. d\n5. e\n6. f"),
    ("What is in the box?", "* a\n* b\n* c\n* d\n* e\n* f\n* g"),
    ("What fields are in a header?", "length, type, flags, sum, source, and target"),
]
NO_LISTS = [
    ("What are the noble gases' first five?", "helium, neon, argon, krypton, xenon"),
    ("How is bread made?", "- a\n- b\n- c\n- d\n- e"),
    (
        "What does a tensor hold?",
        "Numbers, all of one type, in rows, columns, planes, and so on, as one likes",
    ),
    ("What is a tensor?", "An array, which may, on demand, live on a GPU, a TPU, or, as here, on the CPU"),
    ("Which shape has x?", "`(1, 2, 3, 4, 5, 6, 7)`"),
    ("What are the first ten digits of $\\pi$?", "3.141592653"),
    (
        "What are transformers?",
        "Networks of attention layers, which mix tokens, and of feed-forward layers, which mix features, in turn",
    ),
    ("What does the loop print?", "```\n- a\n- b\n- c\n- d\n- e\n- f\n```"),
]


@pytest.mark.parametrize(("question", "answer"), TWO_FACTS)
def test_two_facts_in_one_card_are_named(question, answer):
    assert "two-facts" in _codes(_basic(question, answer))


@pytest.mark.parametrize(("question", "answer"), ONE_FACT)
def test_one_fact_may_take_several_words_with_and(question, answer):
    assert _codes(_basic(question, answer)) == []


@pytest.mark.parametrize(("question", "answer"), REPEATS)
def test_an_answer_that_says_the_question_again_is_named(question, answer):
    assert _codes(_basic(question, answer)) == ["repeats-question"]


@pytest.mark.parametrize(("question", "answer"), NO_REPEAT)
def test_an_answer_may_take_up_words_of_its_question(question, answer):
    assert _codes(_basic(question, answer)) == []


@pytest.mark.parametrize("question", NO_SUBJECT)
def test_a_question_that_points_at_nothing_is_named(question):
    assert _codes(_basic(question, "By halves.")) == ["no-subject"]


@pytest.mark.parametrize("question", A_SUBJECT)
def test_a_pronoun_with_something_to_point_at_is_fine(question):
    assert _codes(_basic(question, "By halves.")) == []


@pytest.mark.parametrize(("question", "answer"), YES_NO)
def test_a_question_answered_by_yes_or_no_is_named(question, answer):
    assert _codes(_basic(question, answer)) == ["yes-no"]


@pytest.mark.parametrize(("question", "answer"), NO_YES_NO)
def test_a_question_with_more_than_two_answers_is_none_for_yes_or_no(question, answer):
    assert _codes(_basic(question, answer)) == []


@pytest.mark.parametrize("answer", LONG_ANSWERS)
def test_an_answer_of_more_than_sixty_words_is_named(answer):
    assert _codes(_basic("What is told?", answer)) == ["long-answer"]


@pytest.mark.parametrize("answer", SHORT_ANSWERS)
def test_code_formulas_and_quotations_do_not_make_an_answer_long(answer):
    assert _codes(_basic("What is told?", answer)) == []


@pytest.mark.parametrize(("question", "answer"), LISTS)
def test_a_list_of_more_than_five_is_named(question, answer):
    assert _codes(_basic(question, answer)) == ["long-list"]


@pytest.mark.parametrize(("question", "answer"), NO_LISTS)
def test_five_entries_or_a_sentence_with_commas_are_no_long_list(question, answer):
    assert _codes(_basic(question, answer)) == []


@pytest.mark.parametrize(
    ("term", "means"),
    [
        ("Bias", "The constant of a layer; without bias a plane goes through the origin."),
        ("Transformer", "A network such as the original transformer"),
        ("Column space", "All of the column space of a matrix"),
        ("**Recall**", "The recall is the share of right ones that are found."),
        ("LoRA", "Short for LoRA, low-rank adaptation"),
        ("Stack", "a stack, last in, first out"),
        ("Softmax", "What softmax does"),
        ("EOS", "The token EOS, at the end"),
    ],
)
def test_a_meaning_that_names_its_term_is_named(term, means):
    assert _codes(Note(Kind.TERM, None, term, (means,))) == ["repeats-question"]


@pytest.mark.parametrize(
    ("term", "means"),
    [
        ("Singular matrix", "A square matrix that has no inverse"),
        ("Rank", "How many columns are independent; see also ranking"),
        ("OR", "true if one or the other is"),
        ("IT", "it is about computers"),
        ("Set", "a collection, unlike a subset-free one"),
        ("a", "the first letter of a row"),
        ("`set`", "what `set` makes"),
        ("Hund", "dog"),
        ("$A$", "A matrix"),
    ],
)
def test_a_meaning_in_other_words_is_fine(term, means):
    assert _codes(Note(Kind.TERM, None, term, (means,))) == []


@pytest.mark.parametrize(
    "text",
    [
        "It is called {{c1::overfitting}}.",
        "This is known as {{c1::a leak}}",
        "They are used as {{c1::keys}}.",
    ],
)
def test_a_cloze_that_begins_with_a_pronoun_is_named(text):
    assert _codes(Note(Kind.CLOZE, None, text, ())) == ["no-subject"]


@pytest.mark.parametrize(
    "text",
    [
        "It is called {{c1::overfitting}} when a model learns its data by heart.",
        "A leak in memory. It is called {{c1::a leak}}.",
        "It takes light {{c1::8}} minutes from Sun to Earth.",
        "This {{c1::function}} returns nothing",
        "{{c1::It}} is a pronoun",
    ],
)
def test_a_cloze_with_a_subject_is_fine(text):
    assert _codes(Note(Kind.CLOZE, None, text, ())) == []


def test_choices_may_be_called_these():
    chosen = Note(Kind.CHOICES, None, "Which of these is faster?", ("a",), ("a", "b"))

    assert _codes(chosen) == []


def test_yes_and_no_are_no_choices():
    assert _codes(Note(Kind.CHOICES, None, "Is a list mutable?", ("yes",), ("yes", "no"))) == ["yes-no"]


def test_more_than_five_right_choices_are_too_many():
    letters = tuple("abcdefg")

    assert _codes(Note(Kind.CHOICES, None, "Which are letters?", letters[:6], letters)) == ["long-list"]
    assert _codes(Note(Kind.CHOICES, None, "Which are letters?", letters[:5], letters)) == []


def test_steps_may_be_many_but_none_may_be_long():
    assert _codes(Note(Kind.STEPS, None, "How is bread made?", tuple("abcdefghi"))) == []
    assert _codes(Note(Kind.STEPS, None, "How is bread made?", ("mix", LONG))) == ["long-answer"]


def test_a_long_answer_is_told_by_its_words():
    (complaint,) = complaints(_basic("What is told?", LONG))

    assert complaint.message.startswith("this answer has 61 words")


def test_what_a_card_allows_is_not_named():
    question, answer = "Is it good?", "Yes."

    assert _codes(_basic(question, answer)) == ["no-subject", "yes-no"]
    assert _codes(_basic(question, answer, allow=("yes-no",))) == ["no-subject"]
    assert _codes(_basic(question, answer, allow=("yes-no", "no-subject", "two-facts"))) == []


def test_images_are_those_of_the_collection_in_any_text():
    note = _basic(
        "![a](media/a.png) and ![](<media/b c.png>)",
        '![](media/d.png "title") and ![](https://example.org/e.png) and `![](media/f.png)` and ![](media/g(1).png)',
        hint="```\n![](media/h.png)\n```",
        extra="[link](media/i.png) ![](data:image/png;base64,xx) ![](media/j.png)",
    )

    assert list(images(note)) == [
        "media/a.png",
        "media/b c.png",
        "media/d.png",
        "media/g(1).png",
        "media/j.png",
    ]


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("**Bold** and *thin*", "Bold and thin"),
        ("a `b` c", "a ▢ c"),
        ("$x$ is", "▢ is"),
        ("costs $5 or $6", "costs $5 or $6"),
        ("see [there](https://example.org)", "see there"),
        ("![alt](media/a.png)", "▢"),
        ("snake_case and a_b", "snake_case and a_b"),
        ("> quoted\n> more\n\nown", "▢\n\nown"),
    ],
)
def test_prose_is_what_is_left_without_marks_code_and_formulas(text, prose):
    assert as_prose(text) == prose


HOSTILE = [
    "[",
    "![",
    "(",
    "`",
    "``a`",
    "$",
    "\\",
    "is ",
    ", is ",
    "what and ",
    "?",
    "“",
    "„a",
    "> ",
    "1. ",
    "- ",
    "; and the x is ",
    "\n",
    "this ",
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("kind", [Kind.BASIC, pytest.param(Kind.TERM, marks=pytest.mark.long), Kind.CLOZE])
def test_even_the_longest_and_oddest_text_can_be_judged(kind, piece):
    text = piece * (100_000 // len(piece))

    assert isinstance(_codes(Note(kind, None, text, (text,))), list)


@given(
    st.text(alphabet="isWhat? .,;and this`$[](!)\n*_1ae", max_size=80),
    st.text(alphabet="Yesno is. it;and`$-\n1)", max_size=80),
)
def test_any_text_can_be_judged(question, answer):
    for kind in Kind:
        codes = _codes(Note(kind, None, question, (answer,), (answer,)))

        assert set(codes) <= set(COMPLAINTS)
        assert len(codes) == len(set(codes))
