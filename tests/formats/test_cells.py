"""Rows of Markdown tables into cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.formats.cells import cells, is_delimiter


@pytest.mark.parametrize(
    ("line", "columns", "expected"),
    [
        ("| a | b |", 2, ("a", "b")),
        ("a | b", 2, ("a", "b")),
        ("| a | b", 2, ("a", "b")),
        ("| a \\| b | c |", 2, ("a | b", "c")),
        ("| `a | b` | c |", 2, ("`a | b`", "c")),
        ("| `a \\| b` | c |", 2, ("`a | b`", "c")),
        ("| ``a ` | b`` | c |", 2, ("``a ` | b``", "c")),
        ("| $P(A|B)$ | c |", 2, ("$P(A|B)$", "c")),
        ("| It costs 5$ | 6$ |", 2, ("It costs 5$", "6$")),
        ("| one ` tick | another ` tick |", 2, ("one ` tick", "another ` tick")),
        ("| a |", 2, ("a",)),
        ("| | b |", 2, ("", "b")),
        ("| a | |", 2, ("a", "")),
        ("| a | b | | |", 2, ("a", "b")),
        ("| a | b | c |", 2, ("a", "b", "c")),
        ("| one<br>two<BR />three | `<br>` |", 2, ("one\ntwo\nthree", "`<br>`")),
        ("| a |  |", 3, ("a", "")),
    ],
)
def test_a_row_is_cut_at_the_pipes_that_are_no_text(line, columns, expected):
    assert cells(line, columns) == expected


@pytest.mark.parametrize("line", ["|---|---|", "---|---", "| :--- | ---: | :-: |", "|-|-|", "|---|"])
def test_a_line_of_dashes_is_a_delimiter(line):
    assert is_delimiter(line)


@pytest.mark.parametrize("line", ["", "| a | b |", "|  |", "- item", "| --- | x |", "::"])
def test_another_line_is_no_delimiter(line):
    assert not is_delimiter(line)


TEXT = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), max_size=12).map(str.strip)
PLAIN = TEXT.filter(lambda text: not any(sign in text for sign in "`$<\\") and text == text.strip())
CODE = st.text(st.sampled_from("ab |_"), min_size=1, max_size=6).map(lambda text: f"`x{text}y`")


@given(st.lists(PLAIN.filter(bool), min_size=2, max_size=5))
def test_cells_with_their_pipes_escaped_come_back_cell_for_cell(texts):
    line = "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"

    assert cells(line, len(texts)) == tuple(texts)


@given(st.lists(st.tuples(PLAIN, CODE), min_size=2, max_size=4))
def test_pipes_within_code_are_text_without_being_escaped(parts):
    texts = [f"{before} {code}".strip().replace("|", "\\|", before.count("|")) for before, code in parts]
    line = "| " + " | ".join(texts) + " |"

    assert cells(line, len(texts)) == tuple(text.replace("\\|", "|") for text in texts)
