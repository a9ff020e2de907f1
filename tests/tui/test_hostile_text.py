"""Whatever a deck holds shows as text, and changes nothing outside its box."""

import json

import pytest
from rich.cells import cell_len

TEXTS = {
    "markup": ("[bold red]loud[/] [@click=app.quit]here[/]", "[bold red]loud[/] [@click=app.quit]here[/]"),
    "unclosed": ("[/nothing] [", "[/nothing] ["),
    "escape": ("\x1b[2J\x1b[31mred", "␛[2J␛[31mred"),
    "link": ("\x1b]8;;https://example.org\x07here\x1b]8;;\x07", "␛]8;;https://example.org␇here"),
    "clipboard": ("\x1b]52;c;aGVsbG8=\x07", "␛]52;c;aGVsbG8=␇"),
    "c1": ("before\x9b31mafter", "before"),
    "carriage return": ("kept\roverwritten", "kept"),
    "direction": ("abc\u202edef\u2066ghi", "abc"),
    "hebrew": ("שלום", "שלום"),
    "wide": ("漢字" * 200, "漢字漢字"),
    "emoji": ("🦉" * 200, "🦉🦉"),
    "joined": ("👩\u200d👩\u200d👧 family", "family"),
    "zero width": ("a\u200bb\u0301\u0301\u0301c" * 50, "a"),
    "long": ("x" * 10_000, "x" * 60),
    "lines": ("line\n" * 3_000, "line"),
    "tabs": ("a\tb", "a       b"),
    "markdown": ("# head **bold** `code` $x^2$", "# head **bold** `code` $x^2$"),
}


@pytest.mark.parametrize("name", TEXTS)
async def test_hostile_text_shows_as_text_and_leaves_the_rest_alone(opened, name):
    text, shown = TEXTS[name]
    async with opened(_deck("plain"), review=True) as at:
        await at.press("space")
        plain = at.rows()
    async with opened(_deck(text), review=True) as at:
        await at.press("space")
        await at.pilot.pause()
        rows = at.rows()

    assert shown in "\n".join(rows)
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for row in rows for letter in row)
    assert {cell_len(row) for row in rows} == {80}
    assert rows[:2] == plain[:2]
    assert rows[-4:] == plain[-4:]


async def test_hostile_names_of_decks_show_as_text(opened):
    async with opened({"[red]odd[.yaml": "cards:\n  - {q: One?, a: Yes.}\n"}) as at:
        home = at.text()
        await at.press("enter")

        assert "[red]odd[" in home
        assert "[red]odd[" in at.text()


async def test_hostile_text_within_a_notice_shows_as_text(opened):
    async with opened(_deck("\x1b[31m[red]loud[/]\nmore"), review=True) as at:
        await at.press("@")

        assert "Suspended: “␛[31m[red]loud[/] more”." in at.text()


def _deck(text):
    quoted = json.dumps(text)
    return {"deck.yaml": f"cards:\n  - {{q: {quoted}, a: {quoted}, hint: {quoted}, extra: {quoted}, id: odd}}\n"}
