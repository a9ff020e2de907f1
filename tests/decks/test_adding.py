"""A card put at the end of a deck: the bytes before and after."""

import pytest

from quizapp.decks.adding import added
from quizapp.decks.proof import CannotSpliceError, read

CARD = [("q", "New?"), ("a", "yes it is")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "cards:\n  - q: New?\n    a: yes it is\n"),
        ("\n", "\ncards:\n  - q: New?\n    a: yes it is\n"),
        ("# mine", "# mine\ncards:\n  - q: New?\n    a: yes it is\n"),
        ("title: T\n", "title: T\ncards:\n  - q: New?\n    a: yes it is\n"),
        ("title: T", "title: T\ncards:\n  - q: New?\n    a: yes it is\n"),
        ("cards:\n", "cards:\n  - q: New?\n    a: yes it is\n"),
        ("cards:", "cards:\n  - q: New?\n    a: yes it is"),
        ("cards:  # none yet\n", "cards:  # none yet\n  - q: New?\n    a: yes it is\n"),
        ("cards: []\n", "cards:\n  - q: New?\n    a: yes it is\n"),
        ("cards: []  # soon\ntags: [x]\n", "cards:  # soon\n  - q: New?\n    a: yes it is\ntags: [x]\n"),
        ("cards: [ ]", "cards:\n  - q: New?\n    a: yes it is"),
        ("cards:\ntitle: T\n", "cards:\n  - q: New?\n    a: yes it is\ntitle: T\n"),
    ],
)
def test_the_first_card_of_a_deck_begins_its_list(before, after):
    assert added(before.encode(), [CARD]).decode() == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("cards:\n  - q: A?\n    a: x\n", "cards:\n  - q: A?\n    a: x\n  - q: New?\n    a: yes it is\n"),
        ("cards:\n  - q: A?\n    a: x", "cards:\n  - q: A?\n    a: x\n  - q: New?\n    a: yes it is"),
        ("cards:\n- q: A?\n  a: x\n", "cards:\n- q: A?\n  a: x\n- q: New?\n  a: yes it is\n"),
        (
            "cards:\n -   q: A?\n     a: x\n",
            "cards:\n -   q: A?\n     a: x\n -   q: New?\n     a: yes it is\n",
        ),
        (
            "cards:\n  - q: A?\n    a: |\n      x\n\n      y\n",
            "cards:\n  - q: A?\n    a: |\n      x\n\n      y\n  - q: New?\n    a: yes it is\n",
        ),
        (
            "cards:\n  - q: A?\n    a: |\n      x\n\n\ntitle: T\n",
            "cards:\n  - q: A?\n    a: |\n      x\n  - q: New?\n    a: yes it is\n\n\ntitle: T\n",
        ),
        (
            "cards:\n  - q: A?\n    a: |+\n      x\n\n",
            "cards:\n  - q: A?\n    a: |+\n      x\n  - q: New?\n    a: yes it is\n\n",
        ),
        (
            "cards:\n  - q: A?\n    a: x\ntitle: T\n# end\n",
            "cards:\n  - q: A?\n    a: x\n  - q: New?\n    a: yes it is\ntitle: T\n# end\n",
        ),
        (
            "cards:\n  - q: A?\n    a: x\n    # of A\n  # end\n",
            "cards:\n  - q: A?\n    a: x\n    # of A\n  - q: New?\n    a: yes it is\n  # end\n",
        ),
        (
            "cards:\n  - q: A?\n    a: x\n# end\n",
            "cards:\n  - q: A?\n    a: x\n  - q: New?\n    a: yes it is\n# end\n",
        ),
        (
            "cards:\n  - q: A?\n    a: x\n\n  - q: B?\n    a: x\n",
            "cards:\n  - q: A?\n    a: x\n\n  - q: B?\n    a: x\n\n  - q: New?\n    a: yes it is\n",
        ),
        (
            "cards:\n  - q: A?\n    a: x\n\n  - q: B?\n    a: x\n  - q: C?\n    a: x\n\n",
            "cards:\n  - q: A?\n    a: x\n\n  - q: B?\n    a: x\n  - q: C?\n    a: x\n  - q: New?\n    a: yes it is\n\n",
        ),
        (
            "cards:\n  - {q: A?, a: x}\n",
            "cards:\n  - {q: A?, a: x}\n  - q: New?\n    a: yes it is\n",
        ),
        ("cards: [{q: A?, a: x}]  # so\n", "cards: [{q: A?, a: x}, {q: 'New?', a: yes it is}]  # so\n"),
        (
            "cards: [\n  {q: A?, a: x},\n]\n",
            "cards: [\n  {q: A?, a: x},\n  {q: 'New?', a: yes it is},\n]\n",
        ),
        (
            "cards:\n  [\n    {q: A?, a: x},  # one\n    {q: B?, a: x}  # two\n  ]\n",
            "cards:\n  [\n    {q: A?, a: x},  # one\n    {q: B?, a: x},  # two\n    {q: 'New?', a: yes it is}\n  ]\n",
        ),
        (
            "cards: [\n  {q: A?, a: x},  # one\n]\n",
            "cards: [\n  {q: A?, a: x},  # one\n  {q: 'New?', a: yes it is},\n]\n",
        ),
        (
            '{"title": "T", "cards": [{"q": "A?", "a": "x"}]}',
            '{"title": "T", "cards": [{"q": "A?", "a": "x"}, {"q": "New?", "a": "yes it is"}]}',
        ),
        ('{"cards": []}\n', '{"cards": [{"q": "New?", "a": "yes it is"}]}\n'),
        (
            "cards:\n  - q: Broken: it is\n    a: x\n  - q: B?\n    a: x\n",
            "cards:\n  - q: Broken: it is\n    a: x\n  - q: B?\n    a: x\n  - q: New?\n    a: yes it is\n",
        ),
        (
            "--- # deck\ncards:\n- {q: A?, a: x}\n...\n",
            "--- # deck\ncards:\n- {q: A?, a: x}\n- q: New?\n  a: yes it is\n...\n",
        ),
    ],
)
def test_a_card_is_put_after_the_last_as_the_others_are_written(before, after):
    quoted = after if "{q: 'New?'" not in after else after.replace("'New?'", added_in_braces())
    assert added(before.encode(), [CARD]).decode() == quoted
    crlf = before.replace("\n", "\r\n").encode()
    if b"\r\n" in crlf:
        assert added(crlf, [CARD]).decode() == quoted.replace("\n", "\r\n")
    marked = b"\xef\xbb\xbf" + before.encode()
    assert added(marked, [CARD]).decode() == "\ufeff" + quoted


def added_in_braces():
    """How the question is quoted in braces."""
    return added(b"cards: [{q: A?, a: x}]", [CARD]).decode().partition(", {q: ")[2].partition(",")[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("- q: A?\n  a: x\n", "cards"),
        ("cards: some text\n", '"cards" is no list'),
        ("cards: {q: A?}\n", '"cards" is no list'),
        ("title: &x [one]\ncards: *x\n", "behind an alias"),
        ("{title: T}\n", 'add "cards: \\[\\]"'),
        ("cards:\n  - q: A?\n    a: x\n  - q: Broken: it is\n", "last card can't be read"),
        ("\x00\x00", "line 1|can't be read"),
        ("a: [\n", "can't be read"),
    ],
)
def test_a_file_that_cannot_be_added_to_says_why(content, said):
    with pytest.raises(CannotSpliceError, match=said):
        added(content.encode(), [CARD])


def test_what_comes_after_a_broken_card_is_still_read():
    after = added(b"cards:\n  - q: Broken: it is\n  - {q: B?, a: x}\n", [CARD])

    assert [note.question for note in read(after).notes] == ["B?", "New?"]


def test_of_several_documents_the_last_card_is_what_is_added_after():
    after = added(b"cards:\n  - {q: A?, a: x}\n---\ntitle: T\n", [CARD])

    assert after == b"cards:\n  - {q: A?, a: x}\n  - q: New?\n    a: yes it is\n---\ntitle: T\n"
    assert [problem.code for problem in read(after).problems] == ["several-documents"]


def test_a_card_comes_with_the_complaints_that_it_is_allowed():
    fields = [("q", "x"), ("a", "y z"), ("id", "x"), ("allow", ("yes-no", "long-list"))]
    (note,) = read(added(b"", [fields])).notes

    assert note.allow == ("yes-no", "long-list")
