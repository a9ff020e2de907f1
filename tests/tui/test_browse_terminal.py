"""The browser in a real terminal, as `quizapp find` opens it."""

import pytest

from tests.tui.terminal import quizapp

DECK = (
    "cards:\n  - {q: What is a tensor?, a: An array of numbers., id: tensor}\n"
    f"  - {{q: What is a scalar? {'テンソル and ' * 20}, a: A number., id: scalar}}\n"
)
SIZES = [(140, 40), (60, 18), (80, 24), (30, 12), (80, 24)]


def test_find_without_a_query_opens_the_browser_and_leaving_it_ends_it(make_cards, logged):
    with quizapp(make_cards({"math.yaml": DECK}), "find") as terminal:
        terminal.wait_for("2 cards found", "What is a tensor?", "What is a scalar?")
        terminal.press(*"tens")
        terminal.wait_for("1 card found", "/ tens")
        terminal.press("\x1b[B", "@")
        terminal.wait_for("1 card is suspended. u takes it back.", "@  What is a tensor?")
        terminal.press("u")
        terminal.wait_for("Taken back: suspended")
        terminal.press("q")
        code = terminal.ended()

    assert code == 0
    assert logged() == [("tensor", "suspend"), ("tensor", "undo")]


@pytest.mark.long
def test_keys_pressed_faster_than_cards_are_found_act_on_what_it_finds(make_cards, logged):
    with quizapp(make_cards({"math.yaml": DECK})) as terminal:
        terminal.wait_for("enter study")
        terminal.press("/scalar\x1b[B@")
        terminal.wait_for("1 card is suspended.")
        terminal.press("/ number\x1b[B*")
        terminal.wait_for("1 card is marked.")

    assert logged() == [("scalar", "suspend"), ("scalar", "mark")]


@pytest.mark.long
def test_the_browser_keeps_within_a_terminal_of_any_size(make_cards):
    with quizapp(make_cards({"math.yaml": DECK}), "find") as terminal:
        terminal.wait_for("2 cards found")
        terminal.press("\x1b[B")
        terminal.wait_for("enter show")
        outside = []
        for size in SIZES:
            terminal.resize(*size)
            terminal.wait_for("What is", "enter show")
            terminal.read_until_quiet()
            outside += terminal.outside

    assert outside == []


def test_find_with_a_query_prints(make_cards):
    with quizapp(make_cards({"math.yaml": DECK}), "find", "tens") as terminal:
        code = terminal.ended()

        assert "tensor  math  What is a tensor?" in terminal.text
    assert code == 0
