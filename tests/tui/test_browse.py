"""The browser: found as it is typed, in a table, and what can be done there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from quizapp.decks.note import Card, Kind
from quizapp.memory.state import Memory, Rating, State
from quizapp.study.rows import CardRow
from quizapp.tui.browse import BrowseScreen
from quizapp.tui.browse_acts import Tags, read_tags
from quizapp.tui.card_line import Moment, card_line, due_words
from quizapp.tui.card_table import CardTable

DECKS = {
    "math/algebra.yaml": "tags: [maths]\ncards:\n"
    "  - {q: What is a tensor?, a: An array of numbers., id: tensor, hint: think of arrays}\n"
    "  - {q: What is a scalar?, a: A single number., id: scalar, tags: [easy]}\n"
    "  - {term: Vector, means: A tensor of rank one., id: vector}\n",
    "physics.yaml": "cards:\n  - {q: Which unit has force?, a: newton, id: force}\n",
}


async def find(at, *keys):
    """Open the browser, type, and wait for what is found."""
    await at.press("slash", *keys)
    await settle(at)


async def settle(at):
    await at.pilot.pause(0.3)


def table(at):
    """The rows of the table, from the head down to where nothing is any more."""
    rows = at.rows()
    begin = next(y for y, row in enumerate(rows) if "question" in row and "due" in row)
    return [" ".join(row.split()) for row in rows[begin + 1 :] if row.strip()][: -_below(rows)]


def _below(rows):
    return sum(bool(row.strip()) for row in rows[-3:])


def line(at, question):
    return next(" ".join(row.split()) for row in at.rows() if question in row)


async def test_every_card_is_shown_before_anything_is_typed_with_deck_due_and_stability(opened):
    async with opened(DECKS) as at:
        at.collection.answer("tensor", Rating.EASY, at.clock())
        stability = at.collection.memory("tensor").stability
        await find(at)

        assert line(at, "find").endswith("5 cards found")
        assert f"d {stability:.1f} d" in line(at, "What is a tensor?")
        assert line(at, "Which unit has force?").endswith("physics new")


async def test_what_is_typed_is_found_letter_by_letter(opened):
    async with opened(DECKS) as at:
        await find(at, *"tens")
        found = at.text()
        await at.press(*"x")
        await settle(at)
        nothing = at.text()
        await at.press(*["backspace"] * 5, *"unit")
        await settle(at)

        assert "3 cards found" in found and "What is a tensor?" in found and "Which unit" not in found
        assert "no card is found" in nothing and "What is a tensor?" not in nothing
        assert "1 card found" in at.text() and "Which unit has force?" in at.text()


async def test_a_term_that_makes_no_sense_yet_leaves_what_was_found_and_says_what_to_write(opened):
    async with opened(DECKS) as at:
        await find(at, *"scalar", "space", *"is", "colon")

        assert "there are is:due, is:new" in at.text()
        assert "What is a scalar?" in at.text()


async def test_escape_goes_from_the_cards_to_the_query_and_from_there_home(opened):
    async with opened(DECKS) as at:
        await find(at, "down")
        among_cards = at.app.screen.typing
        await at.press("escape")
        typing = at.app.screen.typing
        await at.press("escape")
        await at.pilot.pause()

        assert (among_cards, typing) == (False, True)
        assert "all decks" in at.text()


@pytest.mark.long
async def test_keys_that_act_among_the_cards_are_letters_in_the_query(opened, logged):
    async with opened(DECKS) as at:
        await find(at, "at", "minus", "asterisk", "d", "q", "question_mark", "slash", "j")

        assert at.app.screen.query_one(Input).value == "@-*dq?/j"
    assert logged() == []


async def test_the_cursor_moves_and_the_card_under_it_is_shown_in_full(opened):
    async with opened(DECKS) as at:
        await find(at, "down", "j", "end", "k", "home", "enter")
        await at.pilot.pause()

        assert "What is a tensor?" in at.text()
        assert "An array of numbers." in at.text()
        assert "think of arrays" in at.text()
        assert "maths" in at.text()


async def test_a_card_is_suspended_and_resumed_and_its_row_stays(opened, logged):
    async with opened(DECKS) as at:
        await find(at, *"scalar", "down", "at")
        suspended, row = at.text(), line(at, "What is a scalar?")
        await at.press("at")

        assert "1 card is suspended. u takes it back." in suspended
        assert row.startswith("› @ What is a scalar?")
        assert "1 card is resumed." in at.text()
    assert logged() == [("scalar", "suspend"), ("scalar", "resume")]


async def test_what_is_done_to_several_cards_is_taken_back_at_once(opened, logged):
    async with opened(DECKS) as at:
        await find(at, "down", "space", "space")
        chosen = at.text()
        await at.press("at")
        said = at.text()
        await at.press("u")
        await settle(at)

        assert "2 selected" in chosen
        assert "2 cards are suspended." in said
        assert "Taken back: suspended, 2 cards." in at.text()
        assert not at.collection.find("is:suspended", at.clock())
        assert "2 selected" in at.text()
    assert sorted(logged()) == [
        ("scalar", "suspend"), ("scalar", "undo"), ("tensor", "suspend"), ("tensor", "undo"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "query", "said"),
    [
        ("at", "is:suspended", "5 cards are suspended."),
        pytest.param("minus", "is:buried", "5 cards are buried until tomorrow.", marks=pytest.mark.long),
        pytest.param("asterisk", "is:marked", "5 cards are marked.", marks=pytest.mark.long),
    ],
)
async def test_all_that_was_found_is_selected_and_acted_upon(opened, key, query, said):
    async with opened(DECKS) as at:
        await find(at, "down", "ctrl+a", key)

        assert said in at.text()
        assert len(at.collection.find(query, at.clock())) == 5


@pytest.mark.long
async def test_of_several_cards_only_those_that_are_not_suspended_yet_are(opened, logged):
    async with opened(DECKS) as at:
        at.collection.suspend("scalar", at.clock())
        at.collection.mark("tensor", at.clock())
        await find(at, "down", "space", "space", "at")
        suspended = at.text()
        await at.press("asterisk")

        assert "1 card is suspended." in suspended
        assert "1 card is marked." in at.text()
    assert logged() == [("scalar", "suspend"), ("tensor", "mark"), ("tensor", "suspend"), ("scalar", "mark")]


@pytest.mark.long
async def test_marks_are_taken_away_when_all_are_marked(opened):
    async with opened(DECKS) as at:
        await find(at, "down", "space", "space", "asterisk", "asterisk")

        assert "2 cards are no longer marked." in at.text()
        assert not at.collection.find("is:marked", at.clock())


@pytest.mark.long
async def test_cards_are_selected_on_the_way_and_left_again(opened):
    async with opened(DECKS) as at:
        await find(at, "down", "shift+down", "shift+down")
        three = at.text()
        await at.press("space", "ctrl+a")
        every = at.text()
        await at.press("ctrl+a")

        assert "3 selected" in three
        assert "5 selected" in every
        assert "selected" not in at.text().splitlines()[0]


@pytest.mark.long
async def test_another_query_selects_nothing(opened):
    async with opened(DECKS) as at:
        await find(at, "down", "space", "slash", *"vec")
        await settle(at)

        assert "selected" not in at.text().splitlines()[0]


async def test_notes_are_moved_to_another_deck_and_back(opened):
    async with opened(DECKS) as at:
        await find(at, *"scalar", "down", "m")
        await at.pilot.pause()
        asked = at.text()
        await at.press(*"phys", "down", "enter")
        await settle(at)
        moved = at.text(), (at.collection.root / "physics.yaml").read_text()
        await at.press("u")
        await settle(at)

        assert "move 1 note to which deck?" in asked and "math/algebra" in asked
        assert "1 note is moved to physics. u takes it back." in moved[0]
        assert "What is a scalar?" in moved[1]
        assert "Taken back: moving one note to physics." in at.text()
        assert at.collection.row("scalar").card.deck == "math/algebra"


async def test_notes_are_given_tags_and_lose_them(opened):
    async with opened(DECKS) as at:
        await find(at, *"scalar", "down", "t")
        await settle(at)
        asked = at.text()
        await at.press(*"hard -easy", "enter")
        await settle(at)

        assert "tag 1 note" in asked and "easy" in asked and "-name takes it away" in asked
        assert "1 note is tagged: +hard -easy. u takes it back." in at.text()
        assert set(at.collection.row("scalar").card.tags) == {"maths", "hard"}


@pytest.mark.long
async def test_a_suggested_tag_takes_the_place_of_the_word_that_is_typed(opened):
    async with opened({"a.yaml": "cards: [{q: One?, a: x, id: one, tags: [two words, easy]}]"}) as at:
        await find(at, "down", "t")
        await settle(at)
        await at.press(*"new -wor", "down", "enter")

        assert at.app.screen.query_one(Input).value == 'new -"two words" '
        await at.press("enter")
        await settle(at)
        assert at.collection.row("one").card.tags == ("easy", "new")


def test_a_line_of_tags():
    assert read_tags('one +two -three -"four five" "six" + -') == Tags(
        ("one", "two", "six"), ("three", "four five")
    )


async def test_deleting_asks_and_the_note_comes_back(opened):
    async with opened(DECKS) as at:
        at.collection.answer("vector", Rating.GOOD, at.clock())
        deck = at.collection.root / "math/algebra.yaml"
        before = deck.read_bytes()
        await find(at, *"vector", "down", "d")
        await at.pilot.pause()
        asked = " ".join(at.text().split())
        await at.press("n")
        await at.pilot.pause()
        kept = deck.read_bytes()
        await at.press("delete")
        await at.pilot.pause()
        await at.press("y")
        await settle(at)
        deleted, gone = at.text(), not at.collection.exists("vector")
        await at.press(*["backspace"] * 6, "down", "u")
        await settle(at)

        assert "Delete 1 note" in asked and "history" in asked
        assert kept == before
        assert "1 note is deleted; the history is kept. u takes it back." in deleted
        assert gone
        assert deck.read_bytes() == before
        assert at.collection.memory("vector").reps == 1


async def test_why_a_card_comes_is_told(opened):
    async with opened(DECKS) as at:
        await find(at, "down", "i")
        await at.pilot.pause()

        assert "This card is new" in at.text()


async def test_what_other_programs_did_is_found_and_cursor_and_selection_stay(opened):
    async with opened(DECKS) as at:
        await find(at, "down", "end", "space")
        (at.collection.root / "a.yaml").write_text("cards: [{q: A first one?, a: x, id: first}]")
        at.app.take_in()
        await settle(at)

        assert "6 cards found" in at.text()
        assert "A first one?" in at.text()
        assert line(at, "Which unit has force?").startswith("›✓")


async def test_the_card_under_the_cursor_may_go(opened):
    async with opened(DECKS) as at:
        await find(at, "down", "end")
        (at.collection.root / "physics.yaml").unlink()
        at.app.take_in()
        await settle(at)

        assert "4 cards found" in at.text()
        assert line(at, "A tensor of rank one.").startswith("›")


@pytest.mark.long
async def test_the_query_is_typed_on_when_nothing_is_found_any_more(opened):
    async with opened({"a.yaml": "cards: [{q: One?, a: x, id: one}]"}) as at:
        await find(at, "down")
        (at.collection.root / "a.yaml").unlink()
        at.app.take_in()
        await settle(at)

        assert "no card is found" in at.text()
        assert at.app.screen.typing


async def test_a_click_goes_to_a_row_and_one_before_it_selects_it(opened):
    async with opened(DECKS) as at:
        await find(at)
        y = next(y for y, row in enumerate(at.rows()) if "What is a scalar?" in row)
        await at.pilot.click(offset=(20, y))
        clicked = line(at, "What is a scalar?")
        await at.pilot.click(offset=(2, y + 1))
        await at.pilot.pause()

        assert clicked.startswith("› What is a scalar?")
        assert "1 selected" in at.text()


MANY = {"a.yaml": "cards:\n" + "".join(f"  - {{q: Number {n:04}?, a: x, id: n{n}}}\n" for n in range(1500))}


async def test_of_many_cards_the_last_is_reached_and_only_some_are_ever_asked_for(opened):
    async with opened(MANY) as at:
        await find(at, "down")
        asked = []
        rows_at = at.app.screen.query_one(CardTable)._rows_at
        at.app.screen.query_one(CardTable)._rows_at = lambda numbers: (
            asked.extend(numbers) or rows_at(numbers)
        )
        await at.press("end")
        last = line(at, "Number 1499?")
        await at.press("pageup", "pageup", "home", "pagedown", "up")

        assert last.startswith("›")
        assert line(at, "›").startswith("› Number 0015?")
        assert len(asked) < 200


async def test_the_wheel_scrolls_and_the_cursor_stays(opened):
    async with opened(MANY) as at:
        await find(at, "down")
        for _ in range(10):
            at.app.screen.on_mouse_scroll_down()
        scrolled = at.text()
        at.app.screen.on_mouse_scroll_up()
        await at.press("down")

        assert "Number 0030?" in scrolled and "Number 0000?" not in scrolled
        assert line(at, "›").startswith("› Number 0001?")


@pytest.mark.parametrize(
    ("size", "shown", "hidden"),
    [
        pytest.param((60, 18), ["due", "math/algebra"], ["stability"], marks=pytest.mark.long),
        ((42, 16), ["due"], ["stability", "math/algebra"]),
        pytest.param(
            (80, 24),
            ["due", "math/algebra", "stability"],
            ["An array of numbers."],
            marks=pytest.mark.long,
        ),
        ((140, 40), ["due", "math/algebra", "stability", "An array of numbers."], []),
    ],
)
async def test_columns_fall_away_when_narrow_and_the_card_stands_beside_when_wide(
    opened, size, shown, hidden
):
    async with opened(DECKS, size=size) as at:
        await find(at, "down")

        assert all(text in at.text() for text in ["What is a tensor?", *shown])
        assert not any(text in at.text() for text in hidden)


HOSTILE = (
    "[bold red]loud[/] [@click=app.quit]here[/]", "\x1b[2J\x1b]52;c;aGVsbG8=\x07", "kept\roverwritten\nnext", "\u202eabc",
    "漢字" * 80, "🦉" * 80, "👩\u200d👩\u200d👧 family", "a\u0301" * 90, "a\tb", "x" * 9000, "",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [20, 43, 44, 65, 66, 79, 120])
def test_whatever_a_card_holds_is_one_line_of_the_tables_width(text, width):
    card = Card("one", "one", text[:90] or "deck", Kind.BASIC, text, "x")
    row = CardRow(1, card, 1, "", None, None, suspended=True, buried=0, marked=True)
    now = datetime(2026, 11, 22, 8, tzinfo=UTC)
    parts = card_line(row, Moment(now, now.date()), width, cursor=True, chosen=True)
    shown = "".join(part for part, _ in parts)

    assert cell_len(shown) == width
    assert shown.startswith("›✓@* ")
    assert not set(shown) & set("\x1b\x07\r\n\t\u202e")


NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "state", "words"),
    [
        (date(2026, 11, 22), State.REVIEW, "now"),
        (date(2026, 11, 19), State.REVIEW, "3 d ago"),
        (date(2026, 11, 30), State.REVIEW, "8 d"),
        (NOW - timedelta(minutes=5), State.LEARNING, "now"),
        (NOW + timedelta(minutes=5), State.RELEARNING, "5 min"),
    ],
)
def test_when_a_card_is_due_in_words(due, state, words):
    card = Card("one", "one", "deck", Kind.BASIC, "q", "a")
    memory = Memory(state, 3.0, 5.0, due, 1, 0, NOW, 0, 3)
    row = CardRow(1, card, 1, "", None, memory, suspended=False, buried=0, marked=False)

    assert due_words(row, Moment(NOW, NOW.date()))[0] == words


async def test_over_a_session_the_watch_stands_still_and_a_suspended_card_makes_way(opened, logged):
    async with opened(DECKS, review=True) as at:
        await at.press("slash")
        await settle(at)
        assert isinstance(at.app.screen, BrowseScreen)
        await at.press("down", "at", "escape", "escape")
        await at.pilot.pause()

        assert "What is a tensor?" in at.text() and "waits no longer" in at.text()
        assert "What is a scalar?" in at.text()
    assert logged() == [("tensor", "suspend")]


@pytest.mark.long
async def test_a_collection_whose_index_can_be_no_file_is_searched_as_well(opened, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    async with opened(DECKS) as at:
        await find(at, *"unit")

        assert "1 card found" in at.text()
        assert "Which unit has force?" in at.text()
