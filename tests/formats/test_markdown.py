"""Markdown notes into rows."""

from hypothesis import given
from hypothesis import strategies as st

from quizapp.decks.draft import Draft
from quizapp.decks.note import Kind
from quizapp.formats.markdown import read_markdown


def test_a_table_of_questions_is_read_with_its_lines(markdown):
    found = markdown(
        """
        # Notes

        | Question | Answer |
        |----------|--------|
        | What is a tensor? | An **array**, see [the docs](https://example.org/t). |
        | What is $x^2$? | A square. |
        """
    )

    assert [(row.line, row.draft) for row in found.rows] == [
        (5, Draft("What is a tensor?", ("An **array**, see [the docs](https://example.org/t).",))),
        (6, Draft("What is $x^2$?", ("A square.",))),
    ]
    assert found.passed == ()


def test_the_columns_may_have_any_order_and_emphasis(markdown, pairs):
    found = markdown("| **Solution** | _Prompt_ |\n|---|---|\n| four | two and two |")

    assert pairs(found) == [("two and two", "four")]


def test_a_table_of_terms_is_asked_both_ways_and_its_layout_goes(markdown):
    found = markdown(
        """
        | Keyword | Explanation | Links |
        |---|---|---|
        | **Temperature** | divides the **logits** | [post](https://example.org/p)
        | **Top P (nucleus)** | a share of the mass |
        | K *and* V | both |
        """
    )

    first, second, third = (row.draft for row in found.rows)
    assert first.kind is Kind.TERM
    assert (first.question, first.answer) == ("Temperature", ("divides the **logits**",))
    assert first.source == "[post](https://example.org/p)"
    assert (second.question, second.source) == ("Top P (nucleus)", "")
    assert third.question == "K *and* V"


def test_further_columns_become_extra_and_source(markdown):
    found = markdown(
        """
        | # | Question | Answer | Why | Level | Source | Hint | Tags |
        |---|---|---|---|---|---|---|---|
        | 1 | Who? | Me. | Because. | easy | a book | think | one, two words |
        """
    )

    assert [row.draft for row in found.rows] == [
        Draft(
            "Who?",
            ("Me.",),
            extra="Because.\n\nLevel: easy",
            source="a book",
            hint="think",
            tags=("one", "two-words"),
        )
    ]


def test_an_explanation_beside_an_answer_is_extra(markdown):
    found = markdown("| Question | Answer | Explanation |\n|---|---|---|\n| Who? | Me. | It was I. |")

    assert [(row.draft.answer, row.draft.extra) for row in found.rows] == [(("Me.",), "It was I.")]


def test_unusual_columns_can_be_named_by_name_or_number(markdown, pairs):
    text = "| Card | Reply | Remark |\n|---|---|---|\n| x | y | z |\n"
    unusual = text.replace("Card", "Stimulus").replace("Reply", "Reaction")

    assert pairs(markdown(unusual)) == []
    assert pairs(markdown(unusual, "question=stimulus,answer=Reaction")) == [("x", "y")]
    assert pairs(markdown(unusual, "question=2,answer=1")) == [("y", "x")]


def test_tables_with_usual_names_are_read_beside_those_that_are_named(markdown, pairs):
    text = "| Stimulus | Reaction |\n|---|---|\n| x | y |\n\n| Question | Answer |\n|---|---|\n| q | a |\n"

    assert pairs(markdown(text, "question=Stimulus,answer=Reaction")) == [("x", "y"), ("q", "a")]


def test_a_table_of_another_kind_is_passed_over_with_its_line(markdown, passed):
    found = markdown("Text.\n\n| City | Country |\n|---|---|\n| Paris | France |\n")

    assert found.rows == ()
    assert [line for line, _ in passed(found)] == [3]
    assert '"City", "Country"' in found.passed[0].reason


def test_rows_that_make_no_card_are_passed_over_with_their_lines(markdown, pairs, passed):
    found = markdown(
        """
        | Question | Answer |
        |---|---|
        | Whole? | Yes. |
        | No answer? |
        | | No question. |
        | Too | many | cells |
        | | |
        | Last? | Yes. |
        """
    )

    assert pairs(found) == [("Whole?", "Yes."), ("Last?", "Yes.")]
    assert passed(found) == [
        (4, 'this row has nothing under "Answer"'),
        (5, 'this row has nothing under "Question"'),
        (6, "this row has 3 cells and its table 2 columns; write \\| for a pipe that is text"),
    ]


def test_cloze_text_in_a_column_of_questions_makes_a_cloze(markdown):
    found = markdown(
        "| Question | Answer |\n|---|---|\n| A {{c1::tensor}} has a rank. | |\n| {{c1::x}}? | y |"
    )

    assert [row.draft for row in found.rows] == [
        Draft("A {{c1::tensor}} has a rank.", kind=Kind.CLOZE),
        Draft("{{c1::x}}?", kind=Kind.CLOZE, extra="y"),
    ]


def test_tables_within_lists_and_quotations_are_read(markdown, pairs):
    found = markdown(
        """
        > | Q | A |
        > |---|---|
        > | quoted | one |

        - | Q | A |
          |---|---|
          | listed | two |
        """
    )

    assert pairs(found) == [("quoted", "one"), ("listed", "two")]


def test_a_table_in_code_is_code(markdown):
    assert markdown("```\n| Q | A |\n|---|---|\n| x | y |\n```\n").rows == ()


def test_a_line_of_dashes_for_more_columns_than_the_header_has_is_one_still(markdown, pairs):
    assert pairs(markdown("| Q | A |\n|---|---|---|\n| x | y |\n")) == [("x", "y")]


def test_lines_with_pipes_and_no_dashes_are_named(markdown, passed):
    assert [line for line, _ in passed(markdown("| Q | A |\n| x | y |\n"))] == [1]


def test_a_table_in_html_is_named(markdown, passed):
    assert [line for line, _ in passed(markdown("Hello\n\n<table>\n<tr><td>x</td></tr>\n</table>\n"))] == [3]


def test_questions_and_answers_in_paragraphs_are_read(markdown, pairs):
    found = markdown(
        """
        Q: What is a tensor?
        A: An array.

        **Q:** Two paragraphs?

        **A:** Yes,
        in two lines.

        **Question 3: All bold?**
        Answer: Also.
        Q: No blank line?
        A: None.

        Prose that belongs to nothing.
        """
    )

    assert pairs(found) == [
        ("What is a tensor?", "An array."),
        ("Two paragraphs?", "Yes,\nin two lines."),
        ("All bold?", "Also."),
        ("No blank line?", "None."),
    ]
    assert [row.line for row in found.rows] == [1, 4, 9, 11]


def test_lists_and_code_right_below_an_answer_belong_to_it(markdown, pairs):
    found = markdown(
        """
        Q: Which?
        A: These:
        - one
        - two

        Q: And in code?

        ```python
        x = 1
        ```

        A:

        ```python
        y = 2
        ```

        - not a part
        """
    )

    assert pairs(found) == [
        ("Which?", "These:\n- one\n- two"),
        ("And in code?\n\n```python\nx = 1\n```", "```python\ny = 2\n```"),
    ]


def test_pairs_in_lists_are_read(markdown, pairs):
    found = markdown("- Q: One?\n  A: First.\n- Q: Two?\n- A: Second.\n")

    assert pairs(found) == [("One?", "First."), ("Two?", "Second.")]


def test_questions_without_answers_and_answers_without_questions_are_named(markdown, passed):
    found = markdown("Q: Only asked?\n\n# Next\n\nA: Only answered.\n\nQ: At the end?")

    assert found.rows == ()
    assert passed(found) == [
        (1, 'this question has no answer; begin a line below it with "A:"'),
        (5, 'this answer has no question; write "Q:" above it'),
        (7, 'this question has no answer; begin a line below it with "A:"'),
    ]


def test_definition_lists_are_terms(markdown):
    found = markdown(
        """
        Tensor
        : An array of numbers
          of one type.

        Rank
        : The number of dimensions.
        : Not the rank of a matrix.
        """
    )

    first, second = found.rows
    assert first.line == 1
    assert first.draft == Draft("Tensor", ("An array of numbers\nof one type.",), Kind.TERM)
    assert second.draft.answer == ("The number of dimensions.\nNot the rank of a matrix.",)


def test_a_definition_below_two_terms_is_named(markdown, passed):
    assert [line for line, _ in passed(markdown("Rank\nOrder\n: The number of dimensions."))] == [1]


def test_headings_are_questions_when_asked_for(markdown, pairs):
    text = """
        # My notes

        Introduction.

        ## What is a tensor?

        An array:

        - of numbers

        ## 2. Chapter

        ### Why?

        Because.

        ## Questions

        | Q | A |
        |---|---|
        | x | y |
        """

    assert pairs(markdown(text)) == [("x", "y")]
    found = markdown(text, headings=True)
    assert pairs(found) == [
        ("What is a tensor?", "An array:\n\n- of numbers"),
        ("Why?", "Because."),
        ("x", "y"),
    ]
    assert [row.headings for row in found.rows[:2]] == [(), ("2. Chapter",)]


def test_front_matter_is_no_heading(markdown, pairs):
    found = markdown("---\ntitle: x\ntags: [a]\n---\n\nQ: a?\nA: b\n", headings=True)

    assert pairs(found) == [("a?", "b")]
    assert [row.line for row in found.rows] == [6]


def test_rows_know_the_headings_above_them_but_not_that_of_the_whole(markdown):
    found = markdown("# Title\n\n## Part\n\n### Topic\n\nQ: a?\nA: b\n\n## Other\n\nQ: c?\nA: d\n")

    assert [row.headings for row in found.rows] == [("Part", "Topic"), ("Other",)]
    assert found.title == "Title"


def test_a_heading_that_only_says_questions_belongs_to_the_one_before(markdown):
    found = markdown(
        "## Part\n\n### Topic\n\nText.\n\n### Study notes\n\nQ: a?\nA: b\n\n### Next\n\nQ: c?\nA: d\n"
    )

    assert [row.headings for row in found.rows] == [("Part", "Topic", "Study notes"), ("Part", "Next")]


def test_the_nearest_links_of_a_section_are_to_be_read(markdown):
    found = markdown(
        """
        # A

        - [far](https://example.org/far)

        ## Topic

        | Q | A |
        |---|---|
        | x | y |

        ### Resources

        | Category | Title | Comment |
        |---|---|---|
        | Video | Part 3 of [Tensors](https://example.org/t) | by Someone |
        | Book | [Arrays](https://example.org/a) | |

        ### More

        - [later](https://example.org/later)

        ## Bare

        Q: a?
        A: b
        """
    )

    assert [tuple(one) for one in map(_resource, found.rows[0].read)] == [
        ("Part 3 of Tensors (by Someone)", "https://example.org/t", "video"),
        ("Arrays", "https://example.org/a", "book"),
    ]
    assert found.rows[1].read == ()
    assert found.passed == ()


def _resource(one):
    return one.title, one.url, one.kind


def test_a_list_of_links_is_to_be_read(markdown):
    found = markdown(
        "## T\n\nQ: a?\nA: b\n\n- [One](https://example.org/1): by Someone\n- <https://example.org/2>\n"
        "- [Two](https://example.org/a_(b)) and [as text](https://example.org/3)\n"
    )

    assert list(map(_resource, found.rows[0].read)) == [
        ("One: by Someone", "https://example.org/1", ""),
        ("https://example.org/2", "https://example.org/2", ""),
        ("Two", "https://example.org/a_(b)", ""),
        ("as text", "https://example.org/3", ""),
    ]


def test_a_table_of_links_with_no_cards_near_is_passed_over(markdown, passed):
    found = markdown("| Title | By |\n|---|---|\n| [x](https://example.org) | me |\n")

    assert [line for line, _ in passed(found)] == [1]


TEXT = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp"), blacklist_characters="`$<\\"),
    min_size=1,
    max_size=20,
).filter(lambda text: text == text.strip() and "{{c" not in text)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6))
def test_a_table_of_any_texts_comes_back_cell_for_cell(rows):
    lines = ["| Answer | Question |", "|---|---|"]
    lines += [f"| {a.replace('|', chr(92) + '|')} | {q.replace('|', chr(92) + '|')} |" for q, a in rows]

    found = read_markdown("\n".join(lines))

    assert [(row.draft.question, *row.draft.answer) for row in found.rows] == rows
    assert [row.line for row in found.rows] == list(range(3, 3 + len(rows)))


@given(st.text(st.sampled_from("|-:`$\\ \nQA#>*ab{}c1[]()!<brt>\t"), max_size=200))
def test_no_text_breaks_the_reading(text):
    found = read_markdown(text, headings=True)

    assert all(0 < one.line <= text.count("\n") + 1 for one in (*found.rows, *found.passed))
