"""Notes taken out of a deck: the bytes before and after."""

import pytest

from quizapp.decks.proof import CannotSpliceError, read
from quizapp.decks.removing import removed


def without(content, *questions):
    """The file without the notes that ask these questions."""
    content = content.encode()
    return removed(content, [note for note in read(content).notes if note.question in questions]).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("cards:\n  - q: A?\n    a: x\n  - q: B?\n    a: y\n", "cards:\n  - q: B?\n    a: y\n"),
        ("cards:\n  - q: B?\n    a: y\n  - q: A?\n    a: x", "cards:\n  - q: B?\n    a: y\n"),
        ("cards:\n- q: A?\n  a: x\n", "cards:\n"),
        ("cards:\n- q: A?\n  a: x\ntitle: T\n", "cards:\ntitle: T\n"),
        (
            "cards:\n  # first\n  - q: A?\n    # within\n    a: |\n      x\n\n      y\n\n  # second\n  - {q: B?, a: y}\n",
            "cards:\n  # first\n\n  # second\n  - {q: B?, a: y}\n",
        ),
        (
            "cards:\n  -  # alone\n    q: A?\n    a: x\n  - {q: B?, a: y}  # end\n",
            "cards:\n  - {q: B?, a: y}  # end\n",
        ),
        ("cards:\n  - {q: A?,\n     a: x}\n  - {q: B?, a: y}\n", "cards:\n  - {q: B?, a: y}\n"),
        (
            "cards:\n  - q: Broken: it is\n  - q: A?\n    a: x\n  - {q: B?, a: y}\n",
            "cards:\n  - q: Broken: it is\n  - {q: B?, a: y}\n",
        ),
        ("cards: [{q: A?, a: x}, {q: B?, a: y}]\n", "cards: [{q: B?, a: y}]\n"),
        ("cards: [{q: B?, a: y}, {q: A?, a: x}]\n", "cards: [{q: B?, a: y}]\n"),
        ("cards: [{q: A?, a: x}]  # so\n", "cards: []  # so\n"),
        ("cards: [\n  {q: A?, a: x},\n  {q: B?, a: y},\n]\n", "cards: [\n  {q: B?, a: y},\n]\n"),
        ("cards: [\n  {q: B?, a: y},\n  {q: A?, a: x},\n]\n", "cards: [\n  {q: B?, a: y},\n]\n"),
        ("cards: [\n  {q: B?, a: y},\n  {q: A?, a: x}\n]\n", "cards: [\n  {q: B?, a: y}\n]\n"),
        ('{"cards": [{"q": "A?", "a": "x"}, {"q": "B?", "a": "y"}]}', '{"cards": [{"q": "B?", "a": "y"}]}'),
    ],
)
def test_a_note_goes_with_its_lines_and_nothing_else_does(before, after):
    assert without(before, "A?") == after
    assert without(before.replace("\n", "\r\n"), "A?") == after.replace("\n", "\r\n")
    assert without("\ufeff" + before, "A?") == "\ufeff" + after


def test_several_notes_go_at_once():
    cards = "".join(f"  - q: {name}?\n    a: x\n" for name in "ABCDE")
    kept = "".join(f"  - q: {name}?\n    a: x\n" for name in "BD")

    assert without("cards:\n" + cards, "A?", "C?", "E?") == "cards:\n" + kept
    assert (
        without("cards: [{q: A?, a: x}, {q: B?, a: x}, {q: C?, a: x}]", "B?", "C?")
        == "cards: [{q: A?, a: x}]"
    )


def test_an_anchor_that_others_need_stays():
    with pytest.raises(CannotSpliceError, match="line 2 can't be taken out without changing others"):
        without("cards:\n  - {q: A?, a: &x y}\n  - {q: B?, a: *x}\n", "A?")


def test_an_alias_goes_alone():
    text = "cards:\n  - {q: B?, a: &x y}\n  - {q: C?, a: *x}\n"

    assert without(text + "  - {q: A?, a: *x}\n", "A?") == text
