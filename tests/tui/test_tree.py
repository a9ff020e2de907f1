"""The tree of decks on the home screen: folding, what is known, habits, and what to do when nothing waits."""

import pytest

from quizapp.errors import CollectionError
from quizapp.memory.state import Rating
from quizapp.study.overview import Overview
from quizapp.tui.deck_tree import DeckTree

TREE = {
    name: f"cards:\n  - {{q: What is {name}?, a: x, id: {name.replace('/', '-').removesuffix('.yaml')}}}\n"
    for name in ("a/b/one.yaml", "a/b/two.yaml", "a/three.yaml", "four.yaml")
}


def labels(at):
    tree = at.app.screen.query_one(DeckTree)
    return [row.label for row in tree._rows]


async def test_a_folder_is_shut_and_opened_and_the_cursor_stays_near(opened):
    async with opened(TREE) as at:
        await at.press("j", "j", "left")
        shut = labels(at)
        await at.press("left")
        parent = at.app.screen.query_one(DeckTree).row.name
        await at.press("j", "right")

        assert shut == ["all decks", "a", "b", "three", "four"]
        assert parent == "a"
        assert labels(at) == ["all decks", "a", "b", "one", "two", "three", "four"]


async def test_shutting_a_folder_above_the_cursor_puts_the_cursor_on_it(opened):
    async with opened(TREE) as at:
        await at.press("j", "j", "j", "h", "h", "h", "h")

        assert at.app.screen.query_one(DeckTree).row.name == "a"
        assert labels(at) == ["all decks", "a", "four"]


async def test_a_click_on_the_arrow_folds_and_one_on_the_name_studies(opened):
    async with opened(TREE) as at:
        await at.pilot.click(DeckTree, offset=(1, 1))
        folded = labels(at)
        await at.pilot.click(DeckTree, offset=(8, 1))
        await at.pilot.pause()

        assert folded == ["all decks", "a", "four"]
        assert "What is a/" in at.text()


async def test_a_long_tree_begins_with_its_folders_shut(opened):
    decks = {
        f"f{n}/d{m}.yaml": f"cards:\n  - {{q: What is {n} {m}?, a: x}}\n" for n in range(7) for m in range(7)
    }
    async with opened(decks) as at:
        assert labels(at) == ["all decks", *(f"f{n}" for n in range(7))]


async def test_a_thousand_decks_scroll_with_the_cursor(opened):
    decks = {f"d{n:03}.yaml": f"cards:\n  - {{q: What is {n}?, a: x}}\n" for n in range(300)}
    async with opened(decks) as at:
        await at.press("end")
        end = at.text()
        await at.press("pageup", "up", "home")

        assert "›  d299" in end
        assert "›all decks" in at.text()


async def test_what_is_known_shows_for_decks_folders_and_everything(opened):
    async with opened(TREE) as at:
        at.collection.answer("a-b-one", Rating.EASY, at.clock())
        await at.press("r")
        await at.pilot.pause(0.2)
        rows = {" ".join(row.split()).lstrip("›▾ ").split(" ")[0]: row for row in at.rows()}

    for name, share in (("all", "25 %"), ("a", "33 %"), ("b", "50 %"), ("one", "100 %"), ("four", "0 %")):
        assert rows[name].rstrip().endswith(share)


async def test_streak_week_and_time_are_told(opened):
    async with opened(TREE) as at:
        for card in ("a-b-one", "a-b-two", "a-three"):
            at.collection.answer(card, Rating.EASY, at.clock())
            at.clock.forward(days=1)
        await at.press("r")
        await at.pilot.pause(0.2)
        rows = at.rows()

    assert "3 days in a row" in rows[0]
    assert "about 1 min" in rows[1]
    assert "···███·" in rows[1]


async def test_with_nothing_waiting_the_head_says_what_comes_next(opened):
    async with opened({"one.yaml": "cards:\n  - {q: One?, a: x, id: one}\n"}) as at:
        at.collection.answer("one", Rating.EASY, at.clock())
        await at.press("r")

        assert "all done, next: in " in at.text()


async def test_what_was_done_last_is_taken_back_at_home_too(opened, logged):
    async with opened(TREE) as at:
        await at.press("enter", "space", "4", "q", "u")

        assert "Taken back: easy, “What is" in at.text()
        assert "4 new" in at.text()
    assert [event for _, event in logged()] == [4, "undo"]


async def test_with_nothing_done_there_is_nothing_to_take_back(opened):
    async with opened(TREE) as at:
        await at.press("u")

        assert "There is nothing to take back." in at.text()


@pytest.mark.parametrize("size", [(60, 18), pytest.param((80, 24), marks=pytest.mark.long)])
async def test_steps_that_are_over_show_by_themselves(opened, size):
    async with opened(
        {"one.yaml": "cards:\n  - {q: One?, a: x, id: one}\n"},
        size=size,
        settings='[fsrs]\nlearning_steps = ["1h"]\n',
    ) as at:
        at.collection.answer("one", Rating.AGAIN, at.clock())
        await at.press("r")
        before = at.text()
        at.clock.forward(hours=1)
        at.app.screen._minute()
        await at.pilot.pause()

        assert "all done, next: 1 card in 1 hour" in before
        assert "1 learning" in at.text()


async def test_the_head_does_not_flicker_while_habits_are_found_out_anew(opened):
    async with opened(TREE) as at:
        await at.pilot.pause(0.2)
        before = at.rows()[:2]
        at.app.screen.show_now()
        at.app.screen._show_totals(at.app.screen._counts[0])

        assert "about" in before[1]
        assert at.app.screen.query_one(".today").render().plain.strip() == before[1].strip()


async def test_what_cannot_be_found_out_is_told_and_the_app_goes_on(opened, monkeypatch):
    def refuse(*_args):
        raise CollectionError("another quizapp is busy")

    monkeypatch.setattr(Overview, "streak", refuse)
    async with opened(TREE) as at:
        await at.pilot.pause(0.2)
        text = at.text()
        await at.press("enter")

        assert "! another quizapp is busy" in text
        assert "What is" in at.text()
