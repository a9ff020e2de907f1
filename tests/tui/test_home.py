"""The home screen: what waits, what is wrong, and the way to study."""

import pytest

from quizapp.collection import Collection
from quizapp.errors import RequestError, UnknownDeckError
from quizapp.tui.app import run


async def test_counts_folders_and_decks_are_shown(opened):
    async with opened() as at:
        rows = [" ".join(row.split()) for row in at.rows()]

    for begin in (
        "today 3 new 0 learning 0 review",
        "›all decks 3 · ·",
        "▾ math 2 · ·",
        "algebra 2 · ·",
        "physics 1 · ·",
    ):
        assert any(row.startswith(begin) for row in rows)


async def test_enter_begins_the_day_with_everything(opened):
    async with opened() as at:
        await at.press("enter")

        assert "1 of 3" in at.text()


async def test_a_folder_brings_only_its_own_cards(opened, logged):
    async with opened() as at:
        await at.press("j", "enter", "space", "4", "space", "4")

        assert "2 cards in" in at.text()
    assert logged() == [("tensor", 4), ("scalar", 4)]


async def test_arrows_and_letters_move_the_cursor_alike(opened):
    async with opened() as at:
        await at.press("down", "j", "j", "up", "k", "j", "j", "enter")

        assert at.text().lstrip().startswith("physics")


async def test_a_click_on_a_deck_studies_it(opened):
    async with opened() as at:
        y = next(y for y, row in enumerate(at.rows()) if "physics" in row)
        await at.pilot.click(offset=(10, y))
        await at.pilot.pause()

        assert "Which unit has force?" in at.text()


async def test_the_counts_are_fresh_after_a_session(opened):
    async with opened() as at:
        await at.press("enter", "space", "4", "q")

        assert "2 new" in at.text()


async def test_the_cursor_stays_on_the_deck_that_was_studied(opened):
    async with opened() as at:
        await at.press("end", "enter", "q", "enter")

        assert at.text().lstrip().startswith("physics")


async def test_refresh_takes_in_a_deck_written_meanwhile(opened, make_cards):
    async with opened() as at:
        make_cards({"late.yaml": "cards:\n  - {q: Late?, a: Yes., id: late}\n"})
        await at.press("r")

        assert "late" in at.text()


async def test_an_empty_collection_says_where_decks_go(opened, tmp_path):
    async with opened({}, size=(140, 40)) as at:
        text = at.text()

        assert "There are no cards yet." in text
        assert str(tmp_path / "cards") in "".join(text.split())
        assert "quizapp init" in text
        assert "enter study" not in text


async def test_the_first_deck_appears_after_a_refresh(opened, make_cards):
    async with opened({}) as at:
        make_cards({"first.yaml": "cards:\n  - {q: First?, a: Yes., id: first}\n"})
        await at.press("r", "enter")

        assert "First?" in at.text()


async def test_a_broken_deck_is_named_with_its_place(opened):
    async with opened({"broken.yaml": "cards:\n  - q: No answer?\n  - {q: Fine?, a: Yes.}\n"}) as at:
        assert "cards/broken.yaml:2:5 this card has a question and no answer" in at.text()


async def test_three_errors_are_named_and_the_rest_counted(opened):
    async with opened({"broken.yaml": "cards:\n" + "  - q: No?\n" * 5}, size=(140, 40)) as at:
        named = [row for row in at.rows() if "cards/broken.yaml:" in row]

        assert len(named) == 3
        assert "2 more: quizapp check" in at.text()


async def test_with_nothing_due_studying_says_why_and_what_comes(opened):
    async with opened() as at:
        await at.press("enter", *["space", "4"] * 3, "enter", "enter")

        assert "Nothing is due." in at.text()
        assert "Next:" in at.text()


async def test_a_deck_with_nothing_left_says_what_waits_elsewhere(opened):
    async with opened() as at:
        await at.press("end", "enter", "space", "4")

        assert "Nothing is left here." in at.text()
        assert "In the whole collection: 2 new" in at.text()


async def test_the_help_names_the_keys_of_the_screen_below(opened):
    async with opened(size=(140, 40)) as at:
        await at.press("question_mark")
        home = at.text()
        await at.press("escape", "enter", "question_mark")
        review = at.text()
        await at.press("question_mark")

        assert "look at the files again" in home
        assert "take back what was done last" in review
        assert "take back what was done last" not in at.text()


@pytest.mark.parametrize("key", ["q", "ctrl+c", pytest.param("ctrl+q", marks=pytest.mark.long)])
async def test_home_is_left_with(opened, key):
    async with opened() as at:
        await at.press(key)

        assert not at.app.is_running


async def test_the_palette_opens(opened):
    async with opened() as at:
        await at.press("ctrl+p")
        await at.pilot.pause()

        assert type(at.app.screen).__name__ == "CommandPalette"


def test_an_unknown_deck_is_refused_before_the_screen_is_taken(make_cards):
    with Collection.open(make_cards()) as collection:
        with pytest.raises(UnknownDeckError, match='did you mean "physics"'):
            run(collection, decks=["phisics"])


def test_a_query_without_sense_is_refused_before_the_screen_is_taken(make_cards):
    with Collection.open(make_cards()) as collection, pytest.raises(RequestError):
        run(collection, query="is:nonsense", start_review=True)


async def test_keys_that_arrive_after_the_app_is_left_do_nothing(opened, logged):
    async with opened() as at:
        await at.press("enter", "space", "4", "q")
        at.app._leaving = True
        await at.press("u")

    assert [event for _, event in logged()] == [4]


async def test_the_heads_of_the_columns_stand_over_them_from_the_first_deck_on(opened, make_cards):
    async with opened({}) as at:
        make_cards({"first.yaml": "cards:\n  - {q: First?, a: Yes., id: first}\n"})
        await at.press("r")
        await at.pilot.pause(0.3)
        heads = next(row for row in at.rows() if " deck " in row and " new " in row)
        numbers = next(row for row in at.rows() if "all decks" in row)

        assert heads.index("new") + len("new") == numbers.index(" 1 ") + 2
        assert str(at.collection.root)[:20] in at.rows()[0]
