"""The language of queries: what each term finds, and what is said to a term that makes no sense."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from quizapp.errors import RequestError
from quizapp.memory.state import Rating

NOW = "2026-11-22T08:00"

DECKS = {
    "math/algebra.yaml": "cards:\n"
    "  - {q: What is an eigenvalue?, a: The factor by which an eigenvector is stretched., id: eigen, tags: [linear]}\n"
    "  - {q: What is a two word answer?, a: big small words, id: two}\n"
    "  - {q: Which words are small?, a: These words., id: small, tags: [Größe, animal::dog], added: 2026-11-21}\n",
    "café.yaml": "cards:\n"
    "  - {q: Où est le café?, a: 'Là-bas: std::vector, x_i, 100%.', id: cafe, added: 2026-11-16}\n"
    "  - {cloze: '{{c1::Naïve}} Bayes and {{c2::more}}', id: bayes, tags: [linear]}\n",
}


@pytest.fixture
def collection(opened):
    """Two decks; most of their cards are new."""
    return opened(DECKS)


@pytest.fixture
def found(collection, at):
    """The ids of the cards that a query finds, in their order."""
    return lambda query: [card.id for card in collection.find(query, at(NOW))]


def test_no_query_finds_every_card_in_the_order_of_the_decks(found):
    assert found("") == found("   ") == ["cafe", "bayes", "bayes.2", "eigen", "two", "small"]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("eigen", ["eigen"]),
        ("EIGEN Stretch", ["eigen"]),
        ("igenvalue", []),
        ("words small", ["two", "small"]),
        ('"small words"', ["two"]),
        ('"words are small"', ["small"]),
        ('"small word"', []),
        ('"small wor', ["two"]),  # still being typed
        ('small "big small"', ["two"]),
        ("cafe", ["cafe"]),
        ("CAFÉ ou la", ["cafe"]),
        ("naive", ["bayes", "bayes.2"]),
        ("std::vector", ["cafe"]),
        ("x_i 100%", ["cafe"]),
        ("words -small", []),
        ("-words", ["cafe", "bayes", "bayes.2", "eigen"]),
        ('what -"two word"', ["eigen"]),
        ("-what -naive -cafe", ["small"]),
        ("?", []),
        ("eigen ?", ["eigen"]),
        ("- eigen", ["eigen"]),
        ("deck:math", ["eigen", "two", "small"]),
        ("deck:cafe", ["cafe", "bayes", "bayes.2"]),
        ("-deck:CAFE", ["eigen", "two", "small"]),
        ("DECK:algebra -eigen", ["two", "small"]),
        ("tag:linear", ["bayes", "bayes.2", "eigen"]),
        ("tag:grosse", ["small"]),
        ("tag:GROSSE", ["small"]),
        ("tag:größe", ["small"]),
        ("tag:animal", ["small"]),
        ("tag:anim", []),
        ("tag:animal::dog", ["small"]),
        ("tag:none", ["cafe", "two"]),
        ("-tag:none -tag:linear", ["small"]),
        ("id:two", ["two"]),
        ("id:bayes", ["bayes", "bayes.2"]),
        ("id:bayes.2", ["bayes.2"]),
        ("added:1", []),
        ("added:2", ["small"]),
        ("added:7", ["cafe", "small"]),
        ("-added:7 deck:math", ["eigen", "two"]),
        ("is:new words", ["two", "small"]),
        ("-is:new", []),
    ],
)
def test_a_term_finds(found, query, ids):
    assert found(query) == ids


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("deck:", 'such as deck:math, or deck:"two words"'),
        ("deck:/", "such as deck:math"),
        ("eigen tag:", "such as tag:algebra"),
        ("id:", "the id of a card"),
        ("is:", "there are is:due, is:new"),
        ("is:done", '"is:done" is not known'),
        ("rated:", "such as rated:7"),
        ("rated:0", "such as rated:7"),
        ("rated:7:5", "1 again, 2 hard, 3 good, 4 easy"),
        ("rated:²", "such as rated:7"),
        ("rated:9999999999", "such as rated:7"),
        ("added:x", "such as added:7"),
        ("added:1:1", "such as added:7"),
        ("-prop:s", "such as prop:s>10"),
        ("prop:q>1", "s (stability, days), d (difficulty, 1 to 10)"),
        ("prop:s>", "such as prop:s>10"),
        ("prop:s=>1", "such as prop:s>10"),
        ("prop:s>ten", "such as prop:s>10"),
        (" ".join(["x"] * 101), "100 terms at most, not 101"),
    ],
)
def test_a_term_that_makes_no_sense_is_told_what_to_write(found, query, says):
    with pytest.raises(RequestError) as told:
        found(query)

    assert says in str(told.value)


def test_rated_counts_study_days_and_today_is_the_first(collection, at, found):
    collection.answer("eigen", Rating.AGAIN, at("2026-11-16T08:00"))
    collection.answer("two", Rating.GOOD, at("2026-11-21T23:00"))
    collection.answer("two", Rating.EASY, at("2026-11-22T03:59"))  # still the day before
    collection.answer("small", Rating.EASY, at("2026-11-22T04:00"))

    assert found("rated:1") == ["small"]
    assert found("rated:2") == ["two", "small"]
    assert found("rated:6") == ["two", "small"]
    assert found("rated:7") == ["eigen", "two", "small"]
    assert found("rated:2:3") == ["two"]
    assert found("rated:2:4") == ["two", "small"]
    assert found("rated:1:3") == found("rated:6:1") == []
    assert found("rated:7:1") == ["eigen"]
    assert found("-rated:7 deck:math") == []


def test_a_grade_that_was_taken_back_was_not_given(collection, at, found):
    collection.answer("two", Rating.GOOD, at("2026-11-22T07:00"))
    collection.answer("two", Rating.AGAIN, at("2026-11-22T07:01"))
    collection.undo(at("2026-11-22T07:02"))

    assert found("rated:1:1") == []
    assert found("rated:1:3") == ["two"]


def test_properties_are_those_that_the_collection_tells(collection, at, found):
    collection.answer("eigen", Rating.EASY, at("2026-11-10T08:00"))
    collection.answer("two", Rating.GOOD, at("2026-11-22T07:00"))
    memory = collection.memory("eigen")
    recall = collection.recall(collection.row("eigen"), at(NOW))

    assert found(f"prop:s>{memory.stability - 0.001:.4f} prop:s<{memory.stability + 0.001:.4f}") == ["eigen"]
    assert found(f"prop:d>{memory.difficulty - 0.001:.4f} prop:d<{memory.difficulty + 0.001:.4f}") == [
        "eigen"
    ]
    assert found(f"prop:r>={recall - 0.0001:.4f} prop:r<={recall + 0.0001:.4f}") == ["eigen"]
    assert found(f"prop:ivl={memory.interval}") == ["eigen"]
    assert found(f"prop:due={(memory.due - at(NOW).date()).days}") == ["eigen"]
    assert found("prop:due=0") == ["two"]
    assert found("prop:reps=1") == ["eigen", "two"]
    assert found("prop:reps!=1 deck:math") == ["small"]
    assert found("prop:lapses>0") == []


def test_negation_finds_all_that_the_term_does_not_new_cards_too(collection, at, found):
    collection.answer("eigen", Rating.EASY, at("2026-11-10T08:00"))

    for term in (
        "prop:s>1",
        "prop:r>0.1",
        "prop:due>-99",
        "rated:1",
        "is:due",
        "tag:linear",
        "added:7",
        "words",
    ):
        assert sorted(found(term) + found(f"-{term}")) == sorted(found(""))


def test_a_limit_gives_the_first_of_what_is_found(collection, at):
    for query in ("", "words", "tag:linear", "-eigen", "is:new"):
        everything = collection.find(query, at(NOW))

        assert collection.find(query, at(NOW), 2) == everything[:2]
        assert sorted(collection.find_ids(query, at(NOW))) == sorted(card.id for card in everything)


def test_an_edited_card_is_found_by_its_new_tags_and_words(make_collection, opened, at):
    collection = opened({"a.yaml": "cards: [{q: One?, a: one, id: one, tags: [old]}]"})
    (collection.root / "a.yaml").write_text("cards: [{q: Two?, a: one, id: one, tags: [fresh]}]")

    assert [card.id for card in collection.find("two tag:fresh", at(NOW) + timedelta(minutes=1))] == ["one"]
    assert collection.find("tag:old", at(NOW)) == collection.find("question", at(NOW)) == []


_PIECES = st.sampled_from(
    ["deck:", "tag:", "is:", "id:", "rated:", "added:", "prop:", '"', "-", "*", "(", ")", "NEAR", " AND ", " OR ",
     "NOT ", "^", "+", ":", "question:", "{", "}", "'", ";", "--", "%", "_", "s>1", "7", "7:1", " ", "\0", "\ud800"]
)  # fmt: skip


@given(st.lists(_PIECES | st.text(max_size=6), max_size=30).map("".join))
@example('"')
@example('-"')
@example("deck:\ud800")
@example("tag:\0")
@example('question:"one" OR answer')
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_typed_finds_cards_or_is_told_what_to_write(collection, at, query):
    try:
        cards = collection.find(query, at(NOW))
    except RequestError as error:
        assert str(error)
    else:
        assert sorted(collection.find_ids(query, at(NOW))) == sorted(card.id for card in cards)


@pytest.mark.parametrize(
    "query", ["eigen OR small", "eigen NOT small", "NEAR(eigen factor)", "question : eigen*"]
)
def test_the_words_of_the_full_text_search_are_words_like_others(found, query):
    assert found(query) == []
