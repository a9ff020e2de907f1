"""What the screen remembers: the theme, and that the tour was taken."""

import pytest

from quizapp.tui.preferences import Preferences, load, save

FIVE = ("study the deck", "show the answer", "again, hard, good, easy", "take back", "every key")


@pytest.fixture
def remembered(tmp_path):
    return tmp_path / "state" / "quizapp" / "screen.json"


async def test_the_very_first_start_shows_five_lines_once(opened, remembered):
    async with opened(remembered=remembered) as at:
        await at.pilot.pause()
        first = at.text()
        await at.press("enter")
        home = at.text()
    async with opened(remembered=remembered) as at:
        await at.pilot.pause()

        assert all(line in first for line in FIVE)
        assert len([row for row in first.splitlines()[1:-2] if row.strip()]) == 5
        assert "all decks" in home
        assert "all decks" in at.text()


async def test_the_five_lines_fit_a_small_terminal_and_come_again_when_asked(opened, remembered):
    async with opened(remembered=remembered, size=(60, 18)) as at:
        await at.press("enter", "f1")
        text = at.text()

        assert len([row for row in text.splitlines()[1:-2] if row.strip()]) == 5
        assert "welcome to quizapp" in text


async def test_a_theme_is_remembered(opened, remembered):
    async with opened(remembered=remembered) as at:
        at.app.theme = "nord"
        await at.pilot.pause()
    async with opened(remembered=remembered) as at:
        assert at.app.theme == "nord"


async def test_the_theme_is_chosen_by_its_key(opened):
    async with opened() as at:
        await at.press("ctrl+t")
        await at.pilot.pause(0.3)
        await at.press(*"gruvbox")
        await at.pilot.pause(0.5)
        await at.press("enter")
        await at.pilot.pause(0.3)

        assert at.app.theme == "gruvbox"


async def test_an_unknown_theme_is_passed_over(opened, remembered):
    save(remembered, Preferences("of another version", toured=True))
    async with opened(remembered=remembered) as at:
        assert at.app.theme == "textual-dark"


@pytest.mark.parametrize(
    "content", [b"", b"[1]", b"{", b"\xff", b'{"theme": 3, "toured": "yes"}', b"[" * 100_000]
)
def test_what_cannot_be_read_is_as_if_it_were_not_there(remembered, content):
    remembered.parent.mkdir(parents=True)
    remembered.write_bytes(content)

    assert load(remembered) == Preferences()


def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path):
    (tmp_path / "file").write_text("")
    save(tmp_path / "file" / "screen.json", Preferences("nord"))

    assert load(tmp_path / "file" / "screen.json") == Preferences()
