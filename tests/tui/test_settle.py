"""The screen on which the learner says what became of a question that changed."""

import json

import pytest

from quizapp import Rating
from quizapp.tui.settle import SettleScreen

OLD = {
    "physics.yaml": "cards:\n"
    "  - {q: What is a tensor in physics?, a: It transforms.}\n"
    "  - {q: Which unit has a force in mechanics?, a: The newton.}\n"
}
NEW = {
    "physics.yaml": "cards:\n"
    "  - {q: What is a tensor in computing?, a: An array.}\n"
    "  - {q: What is a tensor in chemistry?, a: A table.}\n"
    "  - {q: Which unit has a force in statics?, a: The kilonewton.}\n"
}


@pytest.fixture
def changed(opened, make_cards):
    """Open the screen on decks whose questions were changed after they had been reviewed."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def change(old=OLD, new=NEW, **more):
        async with opened(old, **more) as at:
            for card in at.collection.find("", at.clock()):
                at.collection.answer(card.id, Rating.GOOD, at.clock())
            make_cards(new)
            at.clock.forward(days=1)
            at.collection.refresh(at.clock())
            at.app.screen.show_now()
            await at.pilot.pause()
            yield at

    return change


async def test_home_tells_of_changed_questions_and_its_key_opens_them(changed):
    async with changed() as at:
        home = at.text()
        await at.press("c")

        assert "! 2 changed questions: c settles them" in home
        assert "c settle" in home
        assert isinstance(at.app.screen, SettleScreen)


async def test_home_says_nothing_where_nothing_is_to_be_settled(opened):
    async with opened() as at:
        await at.press("c")

        assert "settle" not in at.text()
        assert not isinstance(at.app.screen, SettleScreen)


@pytest.mark.parametrize(
    "size", [(60, 18), (140, 40), pytest.param((80, 24), marks=pytest.mark.long)], ids=str
)
async def test_old_and_new_stand_beside_each_other_or_below(changed, size):
    async with changed(size=size) as at:
        await at.press("c")
        if "1 of 2" in at.text() and "tensor in physics" not in at.text():
            await at.press("s")
        rows = at.rows()

    old = next(y for y, row in enumerate(rows) if "What is a tensor in physics?" in row)
    new = next(
        y
        for y, row in enumerate(rows)
        if "What is a tensor in " in row and "physics" not in row.rpartition("What")[2]
    )
    assert (old == new) == (size[0] >= 100)
    assert any("1 review" in row for row in rows)
    assert "enter the same card" in "".join(rows[-4:])


async def to_the_tensor(at):
    await at.press("c")
    if "tensor in physics" not in at.text():
        await at.press("s")


async def test_the_same_card_keeps_its_memory_and_the_next_case_comes(changed, logged):
    async with changed() as at:
        await to_the_tensor(at)
        while "computing" not in at.text():
            await at.press("n")
        await at.press("y")
        after = at.text()
        (card,) = at.collection.find("computing", at.clock())

        assert at.collection.memory(card.id) is not None
        assert "goes on with 1 review" in after
        assert "force in mechanics" in after
    assert [kind for _, kind in logged() if kind == "rename"] == ["rename"]


async def test_an_undo_brings_the_case_back(changed):
    async with changed() as at:
        await to_the_tensor(at)
        await at.press("enter", "u")

        assert "Taken back" in at.text()
        assert "tensor in physics" in at.text()
        assert len(at.collection.unsure()) == 2


async def test_an_undo_takes_back_nothing_that_was_done_before_the_screen_was_opened(changed, logged):
    async with changed() as at:
        before = logged()
        await to_the_tensor(at)
        await at.press("u")
        at_first = at.text()
        await at.press("enter", "u", "u")

        assert "Nothing was settled yet." in at_first
        assert "Nothing was settled yet." in at.text()
        assert "undo" not in [kind for _, kind in before]
    assert [kind for _, kind in logged() if kind == "undo"] == ["undo"]


async def test_a_history_is_not_forgotten_when_an_undo_came_between_the_two_keys(changed, logged):
    async with changed() as at:
        await to_the_tensor(at)
        await at.press("x", "u", "x")

    assert "forget" not in [kind for _, kind in logged()]


async def test_candidates_are_gone_through_both_ways(changed):
    async with changed() as at:
        await to_the_tensor(at)
        first = at.text()
        await at.press("n")
        second = at.text()
        await at.press("p")

        assert "candidate 1 of 3" in first
        assert "candidate 2 of 3" in second
        assert "candidate 1 of 3" in at.text()


async def test_a_history_is_forgotten_only_when_asked_for_twice(changed, logged):
    async with changed() as at:
        await to_the_tensor(at)
        await at.press("x", "n", "x")
        asked, kinds = at.text(), [kind for _, kind in logged()]
        await at.press("x")

        assert "x again forgets its history" in asked
        assert "forget" not in kinds
        assert [case.question for case in at.collection.unsure()] == ["Which unit has a force in mechanics?"]


async def test_when_all_is_settled_it_is_said_and_home_says_nothing_more(changed):
    async with changed() as at:
        await at.press("c", "x", "x", "enter")
        settled = at.text()
        await at.press("q")

        assert "Every changed question is settled." in settled
        assert "enter the same card" not in settled
        assert "changed question" not in at.text()


async def test_hostile_text_of_old_and_new_shows_as_text(changed):
    text = "[bold red]loud[/] [@click=app.quit]tensor[/] in {}"
    old = {"a.yaml": f"cards:\n  - {{q: {json.dumps(text.format('physics'))}, a: x}}\n"}
    new = {"a.yaml": f"cards:\n  - {{q: {json.dumps(text.format('computing'))}, a: y}}\n"}
    async with changed(old, new) as at:
        await at.press("c")

        assert "[@click=app.quit]tensor[/] in physics" in at.text()
        assert "[@click=app.quit]tensor[/] in computing" in at.text()


async def test_a_file_that_changes_back_while_the_screen_is_open_settles_by_itself(changed, make_cards):
    async with changed() as at:
        await at.press("c")
        make_cards(OLD)
        await at.pilot.pause(0.5)
        at.app.take_in()
        await at.pilot.pause(0.5)

        assert "Every changed question is settled." in at.text()
