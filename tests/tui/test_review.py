"""The review screen: what is pressed is what is logged, and nothing is lost."""

import json

import pytest
from textual.events import MouseScrollDown

from quizapp.tui.card_view import CardView
from quizapp.tui.grade_bar import GradeBar
from quizapp.tui.key_line import KeyLine
from quizapp.tui.notice import Notice

ONE = {"one.yaml": "cards:\n  - {q: One?, a: Yes., id: one}\n"}
LONG = {
    "long.yaml": "cards:\n  - q: Long?\n    id: long\n    a: |\n"
    + "".join(f"      line {n}\n" for n in range(200))
}


@pytest.mark.parametrize("rating", [1, 2, 3, 4])
async def test_the_grade_pressed_is_the_grade_logged(opened, logged, rating):
    async with opened(review=True) as at:
        await at.press("space", str(rating))

    assert logged() == [("tensor", rating)]


@pytest.mark.parametrize("keys", [("space", "space"), ("enter", "enter")])
async def test_the_key_that_flips_then_means_good(opened, logged, keys):
    async with opened(review=True) as at:
        await at.press(*keys)

    assert logged() == [("tensor", 3)]


async def test_grades_count_only_once_the_answer_shows(opened, logged):
    async with opened(review=True) as at:
        await at.press("1", "2", "3", "4")

        assert "What is a tensor?" in at.text()
    assert logged() == []


async def test_the_answer_shows_only_after_the_flip(opened):
    async with opened(review=True) as at:
        before = at.text()
        await at.press("space")

        assert "An array of numbers." not in before
        assert "An array of numbers." in at.text()


async def test_the_next_question_shows_neither_answer_nor_grades(opened):
    async with opened(review=True) as at:
        await at.press("space", "3")
        text = at.text()

    assert "What is a scalar?" in text
    assert "A single number." not in text
    assert "again" not in text


async def test_the_footer_names_the_keys_that_work_now(opened):
    async with opened(review=True) as at:
        before = " ".join(at.rows()[-2:])
        await at.press("space")
        after = " ".join(at.rows()[-2:])

    assert "space show" in before
    assert "h hint" in before
    assert "grade" not in before
    assert "space good" in after
    assert "1 2 3 4 grade" in after
    assert "hint" not in after


async def test_extra_and_source_stand_below_the_answer(opened):
    async with opened(review=True) as at:
        await at.press("space", "4", "space")
        text = at.text()

    assert text.index("A single number.") < text.index("Its rank is 0.") < text.index("from  Notes on rank")


async def test_choices_are_numbered_under_the_question(opened):
    async with opened(review=True) as at:
        await at.press("space", "4", "space", "4")
        text = at.text()

    assert text.index("Which unit has force?") < text.index("a  newton") < text.index("b  joule")


async def test_the_hint_shows_when_asked_for_and_only_if_there_is_one(opened):
    async with opened(review=True) as at:
        without = at.text()
        await at.press("h")
        hinted = at.text()
        await at.press("space", "4", "h")

        assert "think of arrays" not in without
        assert "hint  think of arrays" in hinted
        assert "hint" not in at.text()


async def test_nothing_moves_between_question_and_answer(opened):
    async with opened(review=True) as at:
        before = at.rows()
        card, keys = at.app.screen.query_one(CardView).region, at.app.screen.query_one(KeyLine).region
        await at.press("space")
        after = at.rows()

        assert before[:4] == after[:4]
        assert at.app.screen.query_one(CardView).region == card
        assert at.app.screen.query_one(KeyLine).region == keys


async def test_each_grade_shows_its_interval(opened):
    async with opened(ONE, review=True, settings="[fsrs]\nfuzz = false\n") as at:
        await at.press("space")
        rows = [row.split() for row in at.rows()]

    place = rows.index(["1", "again", "2", "hard", "3", "good", "4", "easy"])
    assert rows[place + 1] == ["1", "min", "6", "min", "10", "min", "8", "d"]


@pytest.mark.parametrize(
    "rating", [1, 4, *(pytest.param(rating, marks=pytest.mark.long) for rating in (2, 3))]
)
async def test_a_click_on_a_grade_is_that_grade(opened, logged, rating):
    async with opened(review=True) as at:
        await at.press("space")
        await at.pilot.click(GradeBar, offset=(72 // 4 * rating - 9, 0))

    assert logged() == [("tensor", rating)]


async def test_a_click_where_the_grades_will_be_does_nothing_before_the_flip(opened, logged):
    async with opened(review=True) as at:
        await at.press("space")
        await at.press("2")
        await at.pilot.click(GradeBar, offset=(5, 0))

    assert logged() == [("tensor", 2)]


async def test_a_click_on_a_key_in_the_footer_presses_it(opened):
    async with opened(review=True) as at:
        await at.pilot.click(KeyLine, offset=(1, 0))
        await at.pilot.pause()

        assert "An array of numbers." in at.text()


async def test_the_time_a_card_took_is_logged(opened, tmp_path):
    async with opened(review=True) as at:
        await at.pilot.pause(0.3)
        await at.press("space", "3")
    line = next((tmp_path / "cards" / "history").glob("*.jsonl")).read_text().splitlines()[0]

    assert 0.3 <= json.loads(line)["took"] < 10


async def test_undo_goes_back_over_cards_and_shows_each_again(opened, logged):
    async with opened(review=True) as at:
        await at.press("space", "1", "space", "2")
        await at.press("u")
        first = at.text()
        await at.press("u")

        assert "What is a scalar?" in first
        assert "Taken back: hard, “What is a scalar?”." in first
        assert "A single number." not in first
        assert "What is a tensor?" in at.text()
        assert at.collection.memory("tensor") is None
        assert at.collection.memory("scalar") is None
    assert logged() == [("tensor", 1), ("scalar", 2), ("scalar", "undo"), ("tensor", "undo")]


async def test_a_card_taken_back_can_be_graded_otherwise(opened, logged):
    async with opened(review=True) as at:
        await at.press("space", "1", "u", "space", "4")

        assert at.collection.memory("tensor").reps == 1
    assert logged() == [("tensor", 1), ("tensor", "undo"), ("tensor", 4)]


async def test_undo_with_nothing_to_take_back_says_so(opened, logged):
    async with opened(review=True) as at:
        await at.press("u")

        assert "There is nothing to take back." in at.text()
        assert "What is a tensor?" in at.text()
    assert logged() == []


async def test_undo_works_at_the_end_of_a_session(opened):
    async with opened(ONE, review=True) as at:
        await at.press("space", "4")
        end = at.text()
        await at.press("u")

        assert "1 card in less than a minute, 100 % recalled." in end
        assert "One?" in at.text()


async def test_a_suspended_card_makes_way_for_the_next(opened, logged):
    async with opened(review=True) as at:
        await at.press("@")

        assert "What is a scalar?" in at.text()
        assert "Suspended: “What is a tensor?”." in at.text()
    assert logged() == [("tensor", "suspend")]


async def test_a_buried_card_makes_way_for_the_next(opened, logged):
    async with opened(review=True) as at:
        await at.press("space", "-")

        assert "What is a scalar?" in at.text()
        assert "Buried until tomorrow" in at.text()
    assert logged() == [("tensor", "bury")]


async def test_a_leech_is_named_without_stopping_the_session(opened):
    settings = "[study]\nleech_lapses = 1\n[fsrs]\nlearning_steps = []\nrelearning_steps = []\n"
    async with opened(ONE, review=True, settings=settings) as at:
        await at.press("space", "3", "enter")
        assert not at.app.is_running
        at.clock.forward(days=30)
    async with opened(ONE, review=True, settings=settings, clock=at.clock) as at:
        await at.press("space", "1")

        assert "“One?” is a leech, forgotten once" in at.text()


async def test_a_grade_that_cannot_be_saved_leaves_the_card_and_says_so(opened, tmp_path, logged):
    history = tmp_path / "cards" / "history"
    async with opened(review=True) as at:
        history.write_text("in the way")
        await at.press("space", "3")
        failed = at.text()
        history.unlink()
        await at.press("3")

        assert str(at.app.screen.query_one(Notice).render()) == ""
    assert "! " in failed
    assert "What is a tensor?" in failed
    assert logged() == [("tensor", 3)]


async def test_a_card_deleted_meanwhile_makes_way_for_the_next(opened, make_cards, logged):
    async with opened(review=True) as at:
        make_cards(
            {"math/algebra.yaml": "cards:\n  - {q: What is a scalar?, a: A single number., id: scalar}\n"}
        )
        at.collection.refresh(at.clock())
        await at.press("space", "3")

        assert 'no card has the id "tensor"' in at.text()
        assert "What is a scalar?" in at.text()
    assert logged() == []


@pytest.mark.parametrize(
    "key", ["ctrl+c", "q", *(pytest.param(key, marks=pytest.mark.long) for key in ("ctrl+q", "escape"))]
)
async def test_leaving_in_the_middle_keeps_what_was_graded(opened, logged, key):
    async with opened(review=True) as at:
        await at.press("space", "2", "space", key)

        assert not at.app.is_running
    assert logged() == [("tensor", 2)]


@pytest.mark.parametrize("key", ["enter", "q", "escape"])
async def test_the_end_goes_back_home_with(opened, key):
    async with opened(ONE) as at:
        await at.press("enter", "space", "4", key)

        assert "all decks" in at.text()


async def test_a_limit_ends_the_session_and_says_what_still_waits(opened):
    async with opened(review=True, limit=1) as at:
        first = at.text()
        await at.press("space", "4")

        assert "1 of 1" in first
        assert "Still waiting: 2 new · 0 learning · 0 review." in at.text()


async def test_steps_that_come_later_are_announced(opened):
    async with opened(ONE, review=True, settings='[fsrs]\nlearning_steps = ["30m"]\n') as at:
        await at.press("space", "1")

        assert "Next: 1 card in 30 minutes." in at.text()


async def test_a_long_answer_scrolls_and_the_grades_stay(opened, logged):
    async with opened(LONG, review=True) as at:
        await at.press("space")
        top = at.text()
        await at.press("pagedown", "j", "down")
        lower = at.text()
        await at.press("end")
        end = at.text()

        assert "line 0" in top
        assert "line 0" not in lower
        assert "line 199" in end
        assert all("1 again" in text for text in (top, lower, end))
        await at.press("1")
    assert logged() == [("long", 1)]


async def test_the_wheel_scrolls_a_long_answer(opened):
    async with opened(LONG, review=True) as at:
        await at.press("space")
        await at.pilot._post_mouse_events([MouseScrollDown], widget=CardView, button=0)

        assert at.app.screen.query_one(CardView).scroll_offset.y > 0


async def test_an_answer_below_a_long_question_is_brought_into_view(opened):
    text = "cards:\n  - q: |\n" + "      why\n" * 60 + "    a: Therefore.\n    id: why\n"
    async with opened({"why.yaml": text}, review=True) as at:
        await at.press("space")
        await at.pilot.pause()

        assert "Therefore." in at.text()
