"""Tables as text into rows."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.decks.draft import Draft
from quizapp.decks.note import Kind
from quizapp.formats.rows import FormatError
from quizapp.formats.separated import read_separated, records, separator_of


def test_a_header_names_the_columns(separated):
    found = separated("Answer,Question,Notes,Tags,Deck\nfour,two and two?,easy,maths one,sums\n")

    (row,) = found.rows
    assert row.draft == Draft("two and two?", ("four",), extra="easy", tags=("maths", "one"))
    assert (row.line, row.deck) == (2, "sums")


def test_without_a_header_the_first_column_asks_and_the_second_answers(separated, pairs):
    found = separated("What is a?,one\nWhat is b?,two,more\n")

    assert pairs(found) == [("What is a?", "one"), ("What is b?", "two")]
    assert [row.draft.extra for row in found.rows] == ["", "more"]
    assert [row.line for row in found.rows] == [1, 2]


def test_a_card_about_questions_is_no_header(separated, pairs):
    assert pairs(separated("question,a sentence that asks\n")) == [("question", "a sentence that asks")]


def test_terms_are_asked_both_ways(separated):
    (row,) = separated("term;definition\nRank;the number of dimensions\n").rows

    assert row.draft.kind is Kind.TERM


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_what_separates_is_found(sign, separated, pairs):
    text = (
        f"Is it 1, 2 or 3?{sign}two; or so\nWhy?{sign}because\n" if sign != "," else "Why?,because\nWho?,me\n"
    )

    assert pairs(separated(text))[-1] in [("Why?", "because"), ("Who?", "me")]
    assert separator_of(text.split("\n")) == sign


def test_quotes_hold_separators_line_ends_and_quotes(separated, pairs):
    found = separated('question,answer\n"Which, of\nthese ""two""?","a, b"\nNext?,yes\n')

    assert pairs(found) == [('Which, of\nthese "two"?', "a, b"), ("Next?", "yes")]
    assert [row.line for row in found.rows] == [2, 4]


def test_a_quote_that_is_not_closed_loses_one_line_and_no_more(separated, pairs, passed):
    found = separated('question,answer\n"Open?,yes\nWhole?,yes\n')

    assert pairs(found) == [("Whole?", "yes")]
    assert passed(found) == [(2, 'a quote is opened here and not closed; write "" for a quote within')]


def test_words_in_quotes_at_the_start_of_a_field_are_text(separated, pairs):
    assert pairs(separated('"Cogito" was said by whom?\tDescartes\n', separator="\t")) == [
        ('"Cogito" was said by whom?', "Descartes")
    ]


def test_rows_that_make_no_card_are_named(separated, pairs, passed):
    found = separated("question,answer\nno answer,\n\n,no question\na,b,c\na,b,\n")

    assert pairs(found) == [("a", "b")]
    assert passed(found) == [
        (2, 'this row has nothing under "answer"'),
        (4, 'this row has nothing under "question"'),
        (5, "this row has 3 cells and its table 2 columns; put it in quotes"),
    ]


def test_columns_can_be_named(separated, pairs):
    text = "Stimulus,Reaction\nx,y\n"

    assert pairs(separated(text, "question=Stimulus,answer=Reaction")) == [("x", "y")]
    assert pairs(separated("x,y\n", "question=2,answer=1")) == [("y", "x")]
    with pytest.raises(FormatError, match='no column "Prompt"; its first line holds "Stimulus", "Reaction"'):
        separated(text, "question=Prompt,answer=Reaction")
    with pytest.raises(FormatError, match="name both"):
        separated("x,y\n", "extra=1")


@pytest.mark.parametrize("said", ["question", "asks=x", "question="])
def test_columns_named_wrongly_are_explained(said, separated):
    with pytest.raises(FormatError, match="write --columns question=NAME,answer=NAME"):
        separated("a,b\n", said)


def test_an_empty_file_has_no_rows(separated):
    assert separated("").rows == separated("\n\n").rows == ()


FIELD = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\0"), max_size=12)


@given(st.lists(st.lists(FIELD, min_size=2, max_size=4), min_size=1, max_size=6), st.sampled_from(",;\t|"))
def test_what_a_csv_writer_writes_comes_back(rows, sign):
    file = io.StringIO()
    csv.writer(file, delimiter=sign, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)

    found, passed = records(file.getvalue().removesuffix("\n").split("\n"), sign)

    assert passed == []
    assert [fields for _, fields in found] == [row for row in rows if any(field.strip() for field in row)]


@given(st.text(st.sampled_from('",;\t|\nab #'), max_size=80))
def test_no_text_breaks_the_reading(text):
    found = read_separated(text)

    assert all(0 < one.line <= text.count("\n") + 1 for one in (*found.rows, *found.passed))
