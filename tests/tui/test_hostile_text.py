"""Whatever a deck holds shows as text, and changes nothing outside its box."""

import json

import pytest
from rich.cells import cell_len

from quizapp.decks.note import Card, Kind
from quizapp.tui.card_view import CardView
from quizapp.tui.words import quoted

TEXTS = {
    "markup": ("[bold red]loud[/] [@click=app.quit]here[/]", "[bold red]loud[/] [@click=app.quit]here[/]"),
    "unclosed": ("[/nothing] [", "[/nothing] ["),
    "escape": ("\x1b[2J\x1b[31mred", "␛[2J␛[31mred"),
    "link": ("\x1b]8;;https://example.org\x07here\x1b]8;;\x07", "␛]8;;https://example.org␇here"),
    "clipboard": ("\x1b]52;c;aGVsbG8=\x07", "␛]52;c;aGVsbG8=␇"),
    "c1": ("before\x9b31mafter", "31mafter"),
    "carriage return": ("kept\roverwritten", "kept"),
    "direction": ("abc\u202edef\u2066ghi", "abcdefghi"),
    "hebrew": ("שלום", "שלום"),
    "wide": ("漢字" * 200, "漢字漢字"),
    "emoji": ("🦉" * 200, "🦉🦉"),
    "joined": ("👩\u200d👩\u200d👧 family", "family"),
    "zero width": ("a\u200bb\u0301\u0301\u0301c" * 50, "a"),
    "long": ("x" * 10_000, "x" * 60),
    "lines": ("line\n" * 1_000, "line"),
    "tabs": ("a\tb", "a       b"),
    "markdown": ("# head **bold** `code` $x^2$", "# head **bold** `code` $x^2$"),
}
MAIN = {"markup", "escape", "direction", "wide", "zero width", "lines"}  # one for each way to do harm


@pytest.mark.parametrize(
    "name",
    [name if name in MAIN else pytest.param(name, marks=pytest.mark.long) for name in TEXTS],
)
async def test_hostile_text_shows_as_text_and_leaves_the_rest_alone(opened, name):
    text, shown = TEXTS[name]
    async with opened(review=True) as at:
        await at.press("space")
        before = at.rows()
        view = at.app.screen.query_one(CardView)
        view.ask(
            Card(
                "odd",
                "odd",
                "deck",
                Kind.BASIC,
                text,
                text,
                hint=text,
                extra=text,
                source=text,
                choices=(text,),
            )
        )
        view.show_hint()
        view.flip()
        await at.pilot.pause()
        rows = at.rows()

    assert shown in "\n".join(rows)
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for row in rows for letter in row)
    assert {cell_len(row) for row in rows} == {80}
    assert rows[:2] == before[:2]
    assert rows[-5:] == before[-5:]


async def test_a_deck_of_markup_is_studied_like_any_other(opened, logged):
    text = json.dumps("[bold]loud[/] [@click=app.quit]here[/] 🦉", ensure_ascii=False)
    async with opened(
        {"[red]odd[.yaml": f"cards:\n  - {{q: {text}, a: {text}, hint: {text}, id: odd}}\n"}
    ) as at:
        home = at.text()
        await at.press("enter", "h", "space")
        answer = at.text()
        await at.press("@")

        assert "[red]odd[" in home
        assert "[red]odd[" in answer
        assert answer.count("[bold]loud[/] [@click=app.quit]here[/] 🦉") == 3
        assert "Suspended: “[bold]loud[/] [@click=app.quit]here[/] 🦉”." in at.text()
    assert logged() == [("odd", "suspend")]


def test_what_a_notice_quotes_is_one_harmless_line():
    assert quoted("\x1b[31mred\nmore\u202e") == "“␛[31mred more”"


NO_DECK_CAN_HOLD = {"escape"}  # reading a deck refuses it, and its error is shown


@pytest.mark.parametrize(
    "name",
    [
        *("markup", "escape"),
        *(
            pytest.param(name, marks=pytest.mark.long)
            for name in ("direction", "wide", "zero width", "long", "lines")
        ),
    ],
)
async def test_hostile_text_stays_in_its_box_at_home_at_the_end_and_in_why(opened, name):
    text = json.dumps(TEXTS[name][0], ensure_ascii=False).replace("\x9b", "\\x9b")
    deck = f"read:\n  - {{title: {text}, url: {text}}}\ncards:\n  - {{q: {text}, a: x, tags: [{text}], id: odd}}\n  - {{q: b}}\n"
    screens = {}
    async with opened({f"{name} [b]x[.yaml": deck}, review=False) as at:
        screens["home"] = at.rows()
        await at.press("f")
        await at.pilot.pause(0.1)
        screens["pick"] = at.rows()
        await at.press("escape", "enter", "i")
        screens["why"] = at.rows()
        await at.press("escape", "space", "1", "space", "4")
        await at.pilot.pause()
        screens["end"] = at.rows()

    for rows in screens.values():
        assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for row in rows for letter in row)
        assert {cell_len(row) for row in rows} == {80}
    if name not in NO_DECK_CAN_HOLD:
        assert "hard today" in "\n".join(screens["end"])
    assert screens["home"][0].strip().startswith("quizapp")
    assert "help" in "".join(screens["home"][-2:])
