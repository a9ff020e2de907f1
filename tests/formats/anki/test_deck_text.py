"""Decks as Anki has them, and what it shows below them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.decks.reading import Resource
from quizapp.formats.anki.deck_text import anki_name, description, head_of, our_name
from quizapp.study.outgoing import OutgoingDeck
from tests.formats.anki.ours import SAMPLES, in_anki, sent

DECK = OutgoingDeck(
    "maths/sets",
    "Sets <&> --> more",
    "https://example.org/?a&b",
    ("a tag", "cafe\u0301"),
    ("maths/logic",),
    (
        Resource("On *sets*", "https://example.org/sets", "book"),
        Resource("Bad", "javascript:alert(1)", ""),
    ),
)

_text = st.text(st.sampled_from("abé字 <>&-'\"\\{}\n\t\x00\u2028"))
_texts = st.lists(_text, max_size=3).map(tuple)
_decks = st.builds(
    OutgoingDeck,
    st.just("maths/sets"),
    _text,
    _text,
    _texts,
    _texts,
    st.lists(st.builds(Resource, _text, _text, _text), max_size=3).map(tuple),
)


@settings(max_examples=50)
@given(_decks)
def test_a_head_comes_back_from_its_description(deck):
    html = description(deck)

    assert head_of(html, "maths::sets") == deck
    before, _, comment = html.partition("<!--")
    assert "<!" not in before
    assert comment.count("--") == comment.count("-->") == comment.count(">") == 1
    assert not re.search(r"<(?!/?(?:p|b|ul|ol|li|span>|a href=\"https?://[^\"]*\"|!--|/a))", html)


def test_anki_keeps_the_description(tmp_path):
    col = in_anki(tmp_path, [sent(draft) for draft in list(SAMPLES.values())[:1]], [DECK])
    try:
        deck = col.decks.by_name("maths::sets")
        assert head_of(deck["desc"], deck["name"]) == DECK
    finally:
        col.close()


def test_a_learner_reads_what_to_study_and_what_to_know_first():
    html = description(DECK)
    shown = re.sub(r"<!--.*?-->|<[^<>]*>", "", html).split("\n")

    assert [line for line in shown if line] == [
        "Sets &lt;&amp;&gt; --&gt; more",
        "From example.org/?a&amp;b",
        "To read, in this order:",
        "On *sets* (book)",
        "Bad",
        "To know first:",
        "maths::logic",
    ]
    assert 'href="https://example.org/sets"' in html and 'href="java' not in html


def test_a_deck_renamed_in_anki_has_its_name_from_there():
    renamed = head_of(description(DECK), "maths::Set theory")
    assert renamed == DECK._replace(name="maths/set-theory")


def test_a_deck_that_anki_must_tell_from_one_with_other_capitals_keeps_its_name():
    assert head_of(description(DECK), "maths::sets_") == DECK


@pytest.mark.parametrize(
    "html",
    [
        "",
        "words",
        "<!-- quizapp -->",
        "<!-- quizapp {} -->",
        "<!-- quizapp {broken} -->",
        '<!-- quizapp {"name":1} -->',
        '<!-- quizapp {"name":"a","title":1} -->',
        '<!-- quizapp {"name":"a","read":[1]} -->',
        '<!-- quizapp {"name":"a","read":1} -->',
        '<!-- quizapp {"name":"a","tags":"x"} -->',
        '<!-- quizapp {"name":"a","tags":[1]} -->',
        f'<!-- quizapp {{"name":{"[" * 100_000}}} -->',
    ],
)
def test_a_description_that_was_changed_tells_nothing(html):
    assert head_of(html, "a") is None


def test_names_go_there_and_back():
    for name in ("a", "a/b/c", "genai-handbook/3-foundations/tokenization"):
        assert our_name(anki_name(name)) == name
    assert our_name("My Deck::Üb 1") == "my-deck/üb-1"
