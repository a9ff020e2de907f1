"""Anki's plain text into rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.decks.draft import Draft
from quizapp.decks.note import Kind
from quizapp.formats.anki_text import is_anki_text
from quizapp.formats.html import markdown as html

FULL = (
    "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
    "abc\tBasic\tMaths::Sets\tWhat is <b>a set</b>?\tMany&nbsp;things<br>as one\tsets one\n"
    "def\tBasic (and reversed card)\tMaths\tRank\tthe number of dimensions\t\n"
    "ghi\tCloze\tMaths\tA {{c1::set}}\tback\t\n"
    "jkl\tBasic (type in the answer)\tMaths\tHow many?\ttwo\t\n"
)


def test_the_columns_that_say_something_about_the_note_are_taken_out(anki):
    rows = anki(FULL).rows

    assert [row.deck for row in rows] == ["Maths::Sets", "Maths", "Maths", "Maths"]
    assert rows[0].draft == Draft("What is **a set**?", ("Many things\nas one",), tags=("sets", "one"))
    assert [row.draft.kind for row in rows] == [Kind.BASIC, Kind.TERM, Kind.CLOZE, Kind.TYPED]
    assert rows[2].draft.extra == "back"
    assert [row.line for row in rows] == [7, 8, 9, 10]


def test_the_head_can_name_deck_tags_kind_and_columns(anki):
    text = "#separator:Semicolon\n#html:false\n#deck:Words\n#tags:de a1\n#notetype:Basic\n#columns:Back;Front;Remark\n"
    (row,) = anki(text + "Haus;house <b>;neuter\n").rows

    assert row.draft == Draft("house <b>", ("Haus",), extra="neuter", tags=("de", "a1"))
    assert row.deck == "Words"


def test_html_is_found_when_the_head_does_not_say(anki, pairs):
    assert pairs(anki("#separator:tab\na &lt; b<br>c\td\n")) == [("a < b\nc", "d")]
    assert pairs(anki("#separator:tab\n1 < 2\td\n")) == [("1 < 2", "d")]


def test_fields_in_quotes_hold_line_ends(anki, pairs):
    assert pairs(anki('#separator:tab\n#html:false\n"one\ntwo"\tthree\nfour\tfive\n')) == [
        ("one\ntwo", "three"),
        ("four", "five"),
    ]


def test_notes_without_an_answer_are_named(anki, passed):
    assert passed(anki("#separator:tab\n#html:false\nonly asked\t\n")) == [
        (3, 'this row has nothing under "second column"')
    ]


def test_columns_can_be_named_by_number(anki, pairs):
    assert pairs(anki("#separator:tab\nx\ty\n", "question=2,answer=1")) == [("y", "x")]


@pytest.mark.parametrize("text", ["#separator:tab\nx\ty", "\ufeff#html:true\n", "#deck:Maths\n"])
def test_anki_text_is_known_by_its_head(text):
    assert is_anki_text(text)


@pytest.mark.parametrize("text", ["# Heading\n", "#hashtag\n", "#note: x\n", "a\tb\n", ""])
def test_other_text_is_not_taken_for_it(text):
    assert not is_anki_text(text)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<b>bold </b>text", "**bold** text"),
        ("<b></b>text", "text"),
        ("<i>a</i> <code>b</code> <em>c</em>", "*a* `b` *c*"),
        ("a &amp; b &lt; c&nbsp;d", "a & b < c d"),
        ('<img src="x y.png" alt="alt">', "![alt](<x y.png>)"),
        ('<a href="https://example.org/">here</a>', "[here](https://example.org/)"),
        ("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "- a\n- b\n  1. c"),
        ("<pre>x = 1\ny</pre>", "```\nx = 1\ny\n```"),
        (r"\(x^2\) and \[ y \]", "$x^2$ and $$y$$"),
        ("<span style='color: red'>red</span><script>evil()</script>", "red"),
        ("[sound:a.mp3]", "[sound:a.mp3]"),
        ("1 < 2", "1 < 2"),
    ],
)
def test_simple_html_becomes_markdown(field, expected):
    assert html(field) == expected


@given(st.text(st.sampled_from("<>/brdivulmgp&;=\"' a\n")))
def test_no_html_breaks_the_reading(text):
    assert isinstance(html(text), str)


@given(
    st.text(
        st.characters(whitelist_categories=("Lu", "Ll", "Lo", "Nd"), whitelist_characters=" .,;:?()-%/'\"")
    )
)
def test_plain_words_stay(text):
    words = " ".join(f"w{text}".split())
    assert html(words) == words
