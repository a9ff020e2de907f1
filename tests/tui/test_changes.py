"""Files that another program changes while the app is open, in the middle of a session too."""

import time
from datetime import timedelta

import pytest

from quizapp.collection import Collection
from quizapp.errors import CollectionError
from quizapp.memory.state import Rating

ALGEBRA = (
    "cards:\n"
    "  - {q: What is a tensor?, a: An array of numbers., id: tensor}\n"
    "  - {q: What is a scalar?, a: A single number., id: scalar}\n"
)


@pytest.fixture
def look():
    """Let the app look at the disk now, as it does every other second."""

    async def look(at):
        at.app._changes._last_key = 0.0
        await at.app._changes.look()
        await at.pilot.pause()

    return look


async def test_a_deck_that_is_saved_shows_on_the_home_screen(opened, make_cards, look):
    async with opened() as at:
        make_cards({"late.yaml": "cards:\n  - {q: Late?, a: Yes., id: late}\n"})
        await look(at)

        assert "late" in at.text()
        assert "4 new" in at.text()


async def test_a_broken_deck_is_named_as_soon_as_it_is_saved_and_no_longer_once_it_is_mended(
    opened, make_cards, look
):
    async with opened() as at:
        make_cards({"late.yaml": "cards:\n  - {q: Late?}\n"})
        await look(at)
        broken = at.text()
        make_cards({"late.yaml": "cards:\n  - {q: Late?, a: Yes.}\n"})
        await look(at)

        assert "cards/late.yaml:2:5 this card has a question and no answer" in broken
        assert "!" not in at.text()


async def test_the_first_deck_of_an_empty_collection_appears_by_itself(opened, make_cards, look):
    async with opened({}) as at:
        make_cards({"first.yaml": "cards:\n  - {q: First?, a: Yes., id: first}\n"})
        await look(at)
        await at.press("enter")

        assert "First?" in at.text()


@pytest.mark.parametrize("flipped", [False, True])
async def test_a_card_edited_meanwhile_shows_its_new_text_as_far_as_it_was_turned_over(
    opened, make_cards, look, logged, flipped
):
    async with opened(review=True) as at:
        if flipped:
            await at.press("space")
        make_cards(
            {
                "math/algebra.yaml": ALGEBRA.replace("array of numbers", "array with axes").replace(
                    "tensor?", "tensor now?"
                )
            }
        )
        await look(at)
        text = at.text()
        await at.press(*(["3"] if flipped else ["space", "3"]))

        assert "What is a tensor now?" in text
        assert ("An array with axes." in text) == flipped
        assert ("1 again" in text) == flipped
    assert logged() == [("tensor", 3)]


async def test_a_card_deleted_meanwhile_makes_way_without_a_key(opened, make_cards, look, logged):
    async with opened(review=True) as at:
        make_cards(
            {
                "math/algebra.yaml": ALGEBRA.replace(
                    "  - {q: What is a tensor?, a: An array of numbers., id: tensor}\n", ""
                )
            }
        )
        await look(at)

        assert "What is a scalar?" in at.text()
        assert "“What is a tensor?”: it is in no deck any more" in at.text()
    assert logged() == []


async def test_a_card_answered_by_another_quizapp_makes_way(opened, look, logged):
    async with opened(review=True) as at:
        with Collection.open(at.collection.root, now=at.clock()) as other:
            other.answer("tensor", Rating.EASY, at.clock())
        await look(at)
        await at.press("space", "3")

        assert at.collection.memory("tensor").reps == 1
    assert logged() == [("tensor", 4), ("scalar", 3)]


async def test_cards_added_meanwhile_do_not_push_the_card_away(opened, make_cards, look):
    async with opened(review=True) as at:
        make_cards({"0.yaml": "cards:\n  - {q: Before all?, a: Yes., added: 2026-11-23}\n"})
        await look(at)
        kept = at.text()
        await at.press("space", "4")

        assert "What is a tensor?" in kept
        assert "1 of 4" in kept
        assert "Before all?" in at.text()


async def test_settings_changed_meanwhile_hold(opened, make_cards, look):
    async with opened() as at:
        make_cards({}, "[study]\nnew_per_day = 1\n")
        await look(at)
        one = at.text()
        make_cards({}, "[study]\nnew_per_day = 'one'\n")
        await look(at)

        assert "1 new" in one
        assert "cards/quizapp.toml:2:1 new_per_day wants a whole number" in " ".join(at.text().split())
        assert "1 new" in at.text()


async def test_a_session_goes_on_when_settings_change_its_intervals(opened, make_cards, look, logged):
    async with opened(review=True, settings="[fsrs]\nfuzz = false\n") as at:
        await at.press("space")
        before = at.text()
        make_cards({}, '[fsrs]\nfuzz = false\nlearning_steps = ["3m", "20m"]\n')
        await look(at)
        after = at.text()
        await at.press("1")

        assert " 1 min " in before
        assert " 3 min " in after
    assert logged() == [("tensor", 1)]


@pytest.mark.parametrize(
    "over_it",
    [(), *(pytest.param(keys, marks=pytest.mark.long) for keys in (("ctrl+p", "escape"), ("f1", "enter")))],
)
async def test_what_takes_long_is_shown_and_no_key_reaches_the_screen_until_it_is_over(
    opened, make_cards, monkeypatch, logged, over_it
):
    monkeypatch.setattr("quizapp.tui.watch._SHORT", 0.0)
    refresh = Collection.refresh

    def slowly(collection, *args):
        time.sleep(0.5)
        refresh(collection, *args)

    async with opened() as at:
        monkeypatch.setattr(Collection, "refresh", slowly)
        make_cards({"late.yaml": "cards:\n  - {q: Late?, a: Yes., id: late}\n"})
        task = at.app.run_worker(at.app._changes.look())
        while type(at.app.screen).__name__ != "BusyScreen":
            await at.pilot.pause(0.001)
        await at.pilot.pause(0.1)
        shown = at.text()
        await at.press("enter", "space", "u", *over_it)
        await task.wait()
        await at.pilot.pause(0.3)

        assert "Taking in what changed" in shown
        assert type(at.app.screen).__name__ == "HomeScreen"
        assert "late" in at.text()
    assert logged() == []


async def test_the_end_of_a_session_survives_its_deck(opened, tmp_path, look):
    async with opened(
        {"a.yaml": "cards:\n  - {q: One?, a: x}\n", "b.yaml": "cards:\n  - {q: Two?, a: x}\n"}
    ) as at:
        await at.press("j", "enter", "space", "4")
        (tmp_path / "cards" / "a.yaml").unlink()
        await look(at)
        at.app.screen._tick()
        await at.pilot.pause()
        gone = at.text()
        await at.press("q")

        assert '! no deck "a"' in gone
        assert "›all decks" in at.text()


async def test_a_collection_that_can_no_longer_be_read_is_told_and_nothing_is_lost(
    opened, look, logged, monkeypatch
):
    async with opened(review=True) as at:

        def refuse(*_args):
            raise CollectionError("the folder is gone")

        with monkeypatch.context() as patch:
            patch.setattr(Collection, "is_news", lambda *_: True)
            patch.setattr(Collection, "refresh", refuse)
            await look(at)
        text = at.text()
        await at.press("space", "3")

        assert "the folder is gone" in text
    assert logged() == [("tensor", 3)]


async def test_another_day_begins_while_a_card_lies_open(opened, logged):
    async with opened(review=True, settings="[fsrs]\nfuzz = false\n") as at:
        await at.press("space", "4")
        at.clock.forward(days=1)
        at.app.screen._tick()
        await at.pilot.pause()
        text = at.text()
        await at.press("space", "4")

        assert "What is a scalar?" in text
        assert at.collection.memory("scalar").last_review - at.clock() < timedelta(minutes=1)
        assert at.collection.memory("scalar").due.toordinal() == at.clock().toordinal() + 8
    assert [card for card, _ in logged()] == ["tensor", "scalar"]
