"""Small and large terminals, and terminals without colour."""

import pytest

from quizapp.tui.card_view import CardView
from quizapp.tui.grade_bar import GradeBar

SIZES = [(60, 18), (140, 40), *(pytest.param(size, marks=pytest.mark.long) for size in ((80, 24), (240, 70)))]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_part_is_on_the_screen_and_the_text_in_the_middle(opened, size):
    async with opened(size=size) as at:
        home = at.text()
        await at.press("enter", "space")
        text = at.text()
        card, bar = at.app.screen.query_one(CardView).region, at.app.screen.query_one(GradeBar).region

    for part in ("today", "all decks", "physics", "enter study", "q quit"):
        assert part in home
    for part in ("What is a tensor?", "An array of numbers.", "1 again", "4 easy", "space good", "? help"):
        assert part in text
    assert card.width <= 72
    assert abs(card.x - (size[0] - card.right)) <= 1
    assert card.bottom < bar.y


async def test_a_terminal_made_smaller_and_larger_keeps_its_list(opened):
    async with opened(size=(140, 40)) as at:
        await at.press("end")
        await at.pilot.resize_terminal(60, 18)
        await at.pilot.pause()
        small = at.text()
        await at.pilot.resize_terminal(80, 24)
        await at.pilot.pause()
        await at.press("enter")

        assert "physics" in small
        assert at.text().lstrip().startswith("physics")


async def test_without_colour_everything_is_still_said(opened, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(review=True) as at:
        await at.press("space")

        assert "1 again" in at.text()
        assert at.app.no_color


async def test_without_colour_no_theme_is_offered_that_would_show_black_on_black(opened, monkeypatch):
    async with opened() as at:
        assert "ansi-dark" in at.app.available_themes
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened() as at:
        assert not {"ansi-dark", "ansi-light"} & set(at.app.available_themes)
        assert at.app.available_themes
