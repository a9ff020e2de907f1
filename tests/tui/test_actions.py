"""Every action has one name: in the palette, in the help and in the README."""

import re
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from quizapp.tui.keys import actions
from quizapp.tui.settle import SettleScreen

README = Path(__file__).parents[2] / "README.md"
CARDS = {
    "one.yaml": "cards:\n  - {q: One?, a: x, hint: h, source: 'https://example.org/one', id: one}\n"
    "  - {q: Two?, a: y, id: two}\n",
}


def documented():
    """Of the README's tables of keys: each screen's keys and names."""
    text = README.read_text(encoding="utf-8")
    section = text.partition("## Keys")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.*?) \| (.*?) \|$", section, re.MULTILINE)
    return {
        name: keys.replace("`", "").split()
        for keys, name in rows
        if not set(keys) <= {"-"} and keys != "keys"
    }


async def everywhere(at):
    """The actions of each screen there is."""
    found = {action.name: action for action in actions(at.app, SettleScreen(at.app._plan))}
    ways = {
        (): 0, ("f",): 1, ("comma",): 1, ("a",): 1, ("slash",): 1, ("slash", "down", "m"): 3,
        ("slash", "down", "d"): 3, ("enter",): 0,
    }  # fmt: skip
    for keys, back in ways.items():
        for key in keys:
            await at.press(key)
            await at.pilot.pause(0.1)
        found |= {action.name: action for action in actions(at.app, at.app.screen)}
        for _ in range(back):
            await at.press("escape")
            await at.pilot.pause()
    return found


async def test_the_readme_names_every_action_with_its_keys_and_no_other(opened):
    async with opened(CARDS) as at:
        found = await everywhere(at)

    assert {name: list(action.keys) for name, action in found.items()} == documented()


async def test_the_help_names_every_action_of_the_screen(opened):
    async with opened(CARDS, size=(80, 70)) as at:
        for keys in ((), ("enter",)):
            await at.press(*keys)
            names = [action.name for action in actions(at.app, at.app.screen)]
            await at.press("question_mark")
            rows = [" ".join(row.split()) for row in at.rows()]
            await at.press("escape")

            assert all(any(row.endswith(name) for row in rows) for name in names)


async def palette(at):
    await at.press("ctrl+p")
    await at.pilot.pause(0.3)
    options = at.app.screen.query_one(OptionList)
    found = [str(option.prompt).splitlines()[0] for option in options.options]
    await at.press("escape")
    await at.pilot.pause()
    return found


async def test_the_palette_has_every_action_of_home_and_of_a_session(opened):
    async with opened(CARDS) as at:
        home = {action.name for action in actions(at.app, at.app.screen)}
        offered_at_home = set(await palette(at))
        await at.press("enter")
        session = {action.name for action in actions(at.app, at.app.screen)}
        offered = set(await palette(at))
        await at.press("space")
        offered |= set(await palette(at))
        await at.press("4", "space", "4")
        offered |= set(await palette(at))

    assert home - offered_at_home == {"settle changed questions"}
    assert session - offered == {"go on with a card that came back", "take in ten more new cards"}


async def test_an_action_is_found_by_its_name_and_taken(opened, logged):
    async with opened(CARDS, review=True) as at:
        await at.press("ctrl+p")
        assert isinstance(at.app.screen, CommandPalette)
        at.app.screen.query_one(Input).value = "suspend the card"
        await at.pilot.pause(0.4)
        await at.press("enter")
        await at.pilot.pause(0.4)

    assert logged() == [("one", "suspend")]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("question_mark",), "keys"),
        pytest.param(("f1",), "welcome to quizapp", marks=pytest.mark.long),
    ],
)
async def test_a_text_over_the_screen_is_closed_by_any_of_its_keys(opened, keys, said):
    async with opened(CARDS) as at:
        for close in ("escape", "q", "enter", "space"):
            await at.press(*keys)
            shown = at.text()
            await at.press(close)

            assert said in shown.splitlines()[0]
            assert "all decks" in at.text()
