"""The form by which a note is added or edited, with the keyboard alone."""

import stat
import sys

import pytest
from textual.events import Paste
from textual.widgets import TextArea

from quizapp.decks.note import Kind
from quizapp.tui.note_fields import Fields
from quizapp.tui.note_form import NoteScreen
from quizapp.tui.note_text import Typed
from quizapp.tui.text_view import TextView
from tests.tui.terminal import Terminal, quizapp, take_the_tour

INBOX = {"inbox.yaml": "cards: []\n"}
BY_KEYS = 2  # letters
PAUSE = 0.6  # seconds, after which preview and warnings are there


async def type_in(at, text):
    """The first letters by keys, the rest pasted, which is quicker."""
    names = {" ": "space", "\n": "enter"}
    await at.press(*(names.get(letter, letter) for letter in text[:BY_KEYS]))
    if text[BY_KEYS:]:
        at.app.screen.focused.post_message(Paste(text[BY_KEYS:]))
        await at.pilot.pause()


def fields(at):
    return at.app.screen.query_one(Fields)


def errors(at):
    return [problem for problem in at.collection.problems if problem.severity == "error"]


async def reviewed(at):
    """What the next review shows: question and answer of each card."""
    await at.press("escape", "enter")
    shown = []
    while not at.app.screen.has_class("-over"):
        await at.press("space")
        shown.append(at.text())
        await at.press("4")
        await at.pilot.pause()
    return shown


# --- adding -------------------------------------------------------------------------------------------------


async def test_a_card_is_added_with_a_question_a_tab_an_answer_and_ctrl_s(opened):
    async with opened({}) as at:
        await at.press("a")
        await type_in(at, "Why?")
        await at.press("tab")
        await type_in(at, "So.")
        await at.press("ctrl+s")
        said = at.text()
        shown = await reviewed(at)

        assert "Added to inbox: “Why?”" in said
        assert errors(at) == []
    assert len(shown) == 1
    assert "Why?" in shown[0]
    assert "So." in shown[0]


KINDS = {
    Kind.TERM: (["Temperature", "tab", "Divides the logits"], ["Temperature", "Divides the logits"]),
    Kind.CLOZE: (["A {{c1::rank-0}} tensor"], ["A […] tensor", "rank-0"]),
    Kind.CHOICES: (["Which?", "tab", "one\n* two"], ["a  one", "b  two"]),
    Kind.TYPED: (["Which call?", "tab", "zero()", "tab", "nought()"], ["Which call?", "zero()"]),
    Kind.STEPS: (["How?", "tab", "first\nsecond"], ["step 1 of 2", "1. first"]),
}


@pytest.mark.parametrize(
    "kind",
    [
        Kind.CLOZE,
        *(pytest.param(kind, marks=pytest.mark.long) for kind in KINDS if kind is not Kind.CLOZE),
    ],
)
async def test_a_note_of_each_kind_is_added_by_keys_alone_and_comes_in_the_next_review(opened, kind):
    typed, expected = KINDS[kind]
    async with opened({}) as at:
        await at.press("a", *["ctrl+k"] * list(Kind).index(kind))
        for part in typed:
            await (at.press("tab") if part == "tab" else type_in(at, part))
        await at.press("ctrl+s")
        said = at.text()
        shown = await reviewed(at)

        assert "Added to inbox" in said
        assert errors(at) == []
        assert all(card.kind is kind for card in at.collection.find(""))
    assert all(text in shown[0] for text in expected)


async def with_choices(at):
    await at.press("a", *["ctrl+k"] * list(Kind).index(Kind.CHOICES))
    await type_in(at, "Which?")
    await at.press("tab")
    await type_in(at, "cat\n* dog\ncow")


@pytest.mark.long
async def test_of_choices_the_right_one_becomes_the_answer_of_another_kind_and_they_come_back(opened):
    async with opened({}) as at:
        await with_choices(at)
        await at.press("ctrl+k")
        other = fields(at).typed
        await at.press(*["ctrl+k"] * (len(Kind) - 1))

        assert (other.kind, other.answer) == (Kind.TYPED, "dog")
        assert (fields(at).typed.kind, fields(at).typed.answer) == (Kind.CHOICES, "cat\n* dog\ncow")


@pytest.mark.long
async def test_choices_do_not_come_back_over_an_answer_that_was_touched(opened):
    async with opened({}) as at:
        await with_choices(at)
        await at.press("ctrl+k", "ctrl+end")
        await type_in(at, "s")
        await at.press(*["ctrl+k"] * (len(Kind) - 1))

        assert "cat" not in fields(at).typed.answer


@pytest.mark.long
async def test_the_kind_is_chosen_with_the_arrows_too(opened):
    async with opened({}) as at:
        await at.press("a", "shift+tab", "right", "right", "left")

        assert fields(at).typed.kind is Kind.TERM
        assert "means" in at.text()


async def test_after_adding_deck_kind_and_tags_stay_and_the_cursor_is_in_the_question(opened):
    async with opened({}) as at:
        await at.press("a", "ctrl+k")
        await type_in(at, "Term")
        await at.press("tab")
        await type_in(at, "Meaning")
        await at.press("tab")
        await type_in(at, "hint")
        await at.press("tab", "tab")
        await type_in(at, "hard, linear algebra")
        await at.press("tab")
        await type_in(at, "a book")
        await at.press("ctrl+s")
        await at.pilot.pause()

        assert fields(at).typed == Typed(deck="inbox", kind=Kind.TERM, tags="hard, linear algebra")
        assert "Tags for the next: hard, linear algebra." in " ".join(at.text().split())
        assert fields(at).at == "question"
        assert at.collection.find("")[0].tags == ("hard", "linear algebra")


@pytest.mark.long
async def test_what_is_kept_is_there_the_next_time_the_form_is_opened(opened):
    async with opened(INBOX) as at:
        await at.press("a", "shift+tab", "shift+tab", *["backspace"] * 5)
        await type_in(at, "new/deck")
        await at.press("enter", "tab")
        await type_in(at, "One?")
        await at.press("tab")
        await type_in(at, "1")
        await at.press("ctrl+s", "escape", "a")

        assert fields(at).typed.deck == "new/deck"
        assert {card.deck for card in at.collection.find("")} == {"new/deck"}


@pytest.mark.long
async def test_the_kind_is_basic_the_next_time_the_form_is_opened(opened):
    async with opened({}) as at:
        await at.press("a", "ctrl+k")
        await type_in(at, "Term")
        await at.press("tab")
        await type_in(at, "Meaning")
        await at.press("ctrl+s", "escape", "a")

        assert fields(at).typed.kind is Kind.BASIC


@pytest.mark.long
async def test_leaving_with_only_a_source_typed_asks(opened):
    async with opened({}) as at:
        await at.press("a")
        fields(at).go("source")
        await type_in(at, "a book")
        await at.press("escape")

        assert "not saved" in at.text()


async def test_the_deck_under_the_cursor_is_the_one_that_gets_the_card(opened):
    async with opened() as at:
        await at.press("end", "a")

        assert fields(at).typed.deck == "physics"


@pytest.mark.long
async def test_a_name_that_no_deck_has_is_said_to_make_one(opened):
    async with opened() as at:
        await at.press("end", "a", "shift+tab", "shift+tab")
        known = at.text()
        await type_in(at, "s")

        assert "new deck" not in known
        assert "new deck" in at.text()


async def test_a_deck_that_is_begun_is_completed_and_the_arrows_go_through_those_that_fit(opened):
    async with opened() as at:
        await at.press("end", "a", "shift+tab", "shift+tab", "ctrl+u")
        await type_in(at, "ma")
        await at.pilot.pause()
        await at.press("right")
        completed = fields(at).typed.deck
        await at.press("ctrl+u")
        await type_in(at, "s")
        offered = "".join(at.rows()[-2:])
        await at.press("down")

        assert completed == "math/algebra"
        assert "↓ complete" in offered
        assert fields(at).typed.deck == "physics"


@pytest.mark.long
async def test_tab_takes_the_deck_that_is_offered_and_enter_the_one_that_was_typed(opened):
    async with opened() as at:
        await at.press("end", "a", "shift+tab", "shift+tab", "ctrl+u")
        await type_in(at, "Ma")
        footer = "".join(at.rows()[-2:])
        await at.press("tab")
        taken, went_to = fields(at).typed.deck, fields(at).at
        await at.press("shift+tab", "ctrl+u")
        await type_in(at, "ma")
        await at.press("enter")

        assert "take the name" in footer
        assert (taken, went_to) == ("math/algebra", "kind")
        assert (fields(at).typed.deck, fields(at).at) == ("ma", "kind")


@pytest.mark.long
async def test_tab_leaves_a_deck_as_it_is_that_nobody_typed_or_that_is_there(opened):
    decks = dict.fromkeys(("inbox/later.yaml", "deck.yaml", "deck-two.yaml"), "cards: []\n")
    async with opened(decks) as at:
        at.app.push_screen(NoteScreen(at.app._plan))
        await at.pilot.pause()
        await at.press("shift+tab", "shift+tab", "tab")
        untouched = fields(at).typed.deck
        await at.press("shift+tab", "ctrl+u")
        await type_in(at, "deck")
        await at.press("tab")

        assert untouched == "inbox"
        assert fields(at).typed.deck == "deck"


@pytest.mark.long
async def test_tags_that_there_are_are_offered_one_after_the_other(opened):
    deck = {
        "a.yaml": "cards:\n  - {q: x, a: y, id: one, tags: [geometry]}\n  - {q: z, a: y, id: two, tags: [algebra]}\n"
    }
    async with opened(deck) as at:
        await at.press("a")
        await at.pilot.pause(0.1)
        fields(at).go("tags")
        await type_in(at, "geo")
        await at.pilot.pause()
        await at.press("right")
        await type_in(at, ", al")
        await at.press("down")

        assert fields(at).typed.tags == "geometry, algebra"


@pytest.mark.long
async def test_the_deck_s_source_shows_where_none_is_typed(opened):
    async with opened({"a.yaml": "source: The Book\ncards:\n  - {q: x, a: y, id: one}\n"}) as at:
        await at.press("end", "a")
        await type_in(at, "Why?")
        await at.pilot.pause(PAUSE)

        assert "from  The Book" in at.text()


async def test_pasted_lines_are_kept_in_a_text_and_become_one_in_a_line(opened):
    async with opened({}) as at:
        await at.press("a")
        at.app.screen.focused.post_message(Paste("first\r\nsecond\x1b[2J"))
        await at.pilot.pause()
        fields(at).go("hint")
        await at.pilot.pause()
        at.app.screen.focused.post_message(Paste("one\ntwo\x07"))
        await at.pilot.pause()

        assert fields(at).typed.question == "first\nsecond␛[2J"
        assert fields(at).typed.hint == "one two␇"


# --- what is wrong, and what is not saved ----------------------------------------------------------------------


async def test_a_card_without_an_answer_is_refused_and_the_cursor_goes_there(opened):
    async with opened({}) as at:
        await at.press("a")
        await type_in(at, "Why?")
        await at.press("ctrl+s")

        assert "answer" in at.text().split("!")[1]
        assert fields(at).at == "answer"
        assert fields(at).typed.question == "Why?"
        assert at.collection.find("") == []


@pytest.mark.long
async def test_a_form_that_a_save_has_just_emptied_is_not_refused_when_it_is_saved_again(opened):
    async with opened({}) as at:
        await at.press("a")
        await type_in(at, "Why?")
        await at.press("tab")
        await type_in(at, "So.")
        await at.press("ctrl+s", "ctrl+s")
        await at.pilot.pause()

        assert "Added to inbox" in at.text()
        assert "give it a question" not in at.text()
        assert len(at.collection.find("")) == 1


@pytest.mark.long
async def test_a_form_that_is_saved_empty_at_first_is_refused(opened):
    async with opened({}) as at:
        await at.press("a", "ctrl+s")

        assert "give it a question" in at.text()


@pytest.mark.long
async def test_what_was_wrong_is_not_said_any_more_once_a_field_changes(opened):
    async with opened({}) as at:
        await at.press("a")
        await type_in(at, "Why?")
        await at.press("ctrl+s")
        await at.pilot.pause(PAUSE)
        refused = at.text()
        await at.press("S")
        await at.pilot.pause()

        assert "! " in refused
        assert "! " not in at.text()


@pytest.mark.long
async def test_choices_of_which_none_is_right_are_refused(opened):
    async with opened({}) as at:
        await at.press("a", "ctrl+k", "ctrl+k", "ctrl+k")
        await type_in(at, "Which?")
        await at.press("tab")
        await type_in(at, "one\ntwo")
        await at.press("ctrl+s")

        assert "none of the choices is marked" in at.text()
        assert at.collection.find("") == []


async def test_leaving_with_something_typed_asks_and_x_throws_it_away(opened):
    async with opened({}) as at:
        await at.press("a")
        await type_in(at, "Why?")
        await at.press("escape")
        asked = at.text()
        await at.press("x")

        assert "not saved. enter saves it, x throws it away, escape goes on." in asked
        assert "x throw away" in asked
        assert not isinstance(at.app.screen, NoteScreen)
        assert at.collection.find("") == []


@pytest.mark.parametrize("key", ["enter", pytest.param("ctrl+s", marks=pytest.mark.long)])
async def test_leaving_with_something_typed_asks_and_saves_it(opened, key):
    async with opened({}) as at:
        await at.press("a")
        await type_in(at, "Why?")
        await at.press("tab")
        await type_in(at, "So.")
        await at.press("escape", key)
        await at.pilot.pause()

        assert not isinstance(at.app.screen, NoteScreen)
        assert [card.question for card in at.collection.find("")] == ["Why?"]


@pytest.mark.long
async def test_whoever_types_on_when_asked_goes_on_editing(opened):
    async with opened({}) as at:
        await at.press("a")
        await type_in(at, "Why?")
        await at.press("escape", "y")
        await type_in(at, "!")

        assert fields(at).typed.question == "Why?y!"
        assert isinstance(at.app.screen, NoteScreen)
        assert "not saved" not in at.text()


@pytest.mark.long
async def test_a_second_escape_goes_back_to_editing(opened):
    async with opened({}) as at:
        await at.press("a")
        await type_in(at, "Why?")
        await at.press("escape", "escape")
        told = at.text()
        await type_in(at, "x")

        assert "not saved" not in told
        assert fields(at).typed.question == "Why?x"


async def test_an_empty_form_is_left_at_once(opened):
    async with opened({}) as at:
        await at.press("a", "escape")

        assert not isinstance(at.app.screen, NoteScreen)


async def test_quitting_tells_once_of_what_is_not_saved(opened):
    async with opened({}) as at:
        await at.press("a")
        await type_in(at, "Why?")
        await at.press("ctrl+c")
        told, running = at.text(), at.app.is_running
        await at.press("ctrl+c")
        await at.pilot.pause()

        assert "not saved" in told
        assert running
        assert not at.app.is_running


# --- preview and warnings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), pytest.param((140, 40), marks=pytest.mark.long)], ids=str)
async def test_the_preview_shows_both_sides_as_the_review_does(opened, size):
    async with opened({}, size=size) as at:
        await at.press("a", "ctrl+k", "ctrl+k")
        await type_in(at, "A {{c1::rank-0}} is a {{c2::scalar::kind}}")
        await at.pilot.pause(PAUSE)
        view = at.app.screen.query_one(TextView)
        shown = "\n".join(line.text for line in view._lines)

    for text in ("card 1 of 2", "A […] is a scalar", "rank-0", "card 2 of 2", "A rank-0 is a [kind]"):
        assert text in shown


@pytest.mark.long
async def test_on_a_low_screen_the_preview_shows_when_it_is_asked_for(opened):
    async with opened({}, size=(60, 18)) as at:
        await at.press("a")
        before = at.app.screen.query_one(TextView).display
        await at.press("ctrl+o")
        await type_in(at, "Why?")
        await at.pilot.pause(PAUSE)
        region = at.app.screen.query_one(TextView).region

        assert not before
        assert region.height >= 5
        assert at.app.screen.focused.region.height >= 1
        assert region.bottom <= 18


HOSTILE = "[bold red]loud[/] [@click=app.quit]x[/] {{c1::\u202eabc}} 漢字 $x^2$ [/nothing] ["


async def test_hostile_text_shows_as_text_in_fields_and_preview(opened):
    async with opened({}, size=(140, 40)) as at:
        await at.press("a")
        at.app.screen.focused.post_message(Paste(HOSTILE))
        await at.pilot.pause(PAUSE)
        rows = at.rows()

    assert "\n".join(rows).count("[bold red]loud[/] [@click=app.quit]x[/]") == 2
    assert not any(letter in row for row in rows for letter in "\x1b\u202e")


async def test_a_question_close_to_one_that_is_there_is_warned_of(opened):
    async with opened() as at:
        await at.press("end", "a")
        await type_in(at, "What is a tensor")
        await at.pilot.pause(PAUSE)
        warned = at.text()
        await type_in(at, " good for, when all is said and done, in this house?")
        await at.pilot.pause(PAUSE)

        assert "Close to “What is a tensor?” in math/algebra." in warned
        assert "Close to" not in at.text()


# --- editing ----------------------------------------------------------------------------------------------------


async def test_a_card_is_edited_in_a_session_and_stays_with_its_new_text(opened, logged):
    async with opened(review=True) as at:
        await at.press("space", "e", "tab", "ctrl+end")
        fields(at).field("answer").move_cursor((0, 100))
        await type_in(at, " Of one type.")
        await at.press("ctrl+s")
        await at.pilot.pause()
        if isinstance(at.app.screen, NoteScreen):
            await at.press("k")
            await at.pilot.pause()
        text = at.text()
        await at.press("3")

        assert "What is a tensor?" in text
        assert "An array of numbers. Of one type." in text
        assert "1 again" in text
    assert logged() == [("tensor", 3)]


async def test_an_edit_that_changes_nothing_leaves_the_file_alone(opened, tmp_path):
    async with opened(review=True) as at:
        before = (tmp_path / "cards" / "math" / "algebra.yaml").read_bytes()
        await at.press("e", "ctrl+s")
        await at.pilot.pause()

        assert not isinstance(at.app.screen, NoteScreen)
        assert "takes it back" not in at.text()
    assert (tmp_path / "cards" / "math" / "algebra.yaml").read_bytes() == before


async def test_another_question_asks_whether_to_keep_the_memory_and_escape_goes_on_editing(opened):
    async with opened(review=True) as at:
        await at.press("space", "3")
        at.app.push_screen(NoteScreen(at.app._plan, "tensor"))
        await at.pilot.pause()
        at.app.screen.query_one(TextArea).text = "Who was the first to fly alone over an ocean?"
        await at.press("ctrl+s")
        asked = at.text()
        await at.press("escape")
        await type_in(at, "x")

        assert "k keeps the memory, n starts afresh" in " ".join(asked.split())
        assert isinstance(at.app.screen, NoteScreen)
        assert fields(at).typed.question.startswith("x")
        assert at.collection.memory("tensor") is not None


@pytest.mark.parametrize(("key", "kept"), [("k", True), pytest.param("n", False, marks=pytest.mark.long)])
async def test_the_memory_is_kept_or_begun_afresh_as_the_learner_says(opened, key, kept):
    async with opened(review=True) as at:
        await at.press("space", "3")
        at.app.push_screen(NoteScreen(at.app._plan, "tensor"))
        await at.pilot.pause()
        at.app.screen.query_one(TextArea).text = "Who was the first to fly alone over an ocean?"
        await at.press("ctrl+s", key)
        await at.pilot.pause()

        assert not isinstance(at.app.screen, NoteScreen)
        assert (at.collection.memory("tensor") is not None) is kept
        assert at.collection.find("ocean")[0].id == "tensor"


async def test_a_card_that_starts_afresh_in_a_session_makes_way_or_comes_as_new(opened):
    async with opened(review=True) as at:
        await at.press("space", "1", "space", "4")
        await at.press("space", "4")  # physics
        assert "What is a tensor?" in at.text()
        await at.press("e")
        at.app.screen.query_one(TextArea).text = "Who was the first to fly alone over an ocean?"
        await at.press("ctrl+s", "n")
        await at.pilot.pause()
        text = at.text()

        assert "answered elsewhere" not in text
        assert at.collection.memory("tensor") is None


async def test_a_card_changes_its_deck_in_the_form(opened):
    async with opened(review=True) as at:
        await at.press("e")
        fields(at).field("deck").value = "physics"
        await at.press("ctrl+s")
        await at.pilot.pause()

        assert at.collection.row("tensor").card.deck == "physics"
        assert "What is a tensor?" in at.text()


async def change_the_answer(at):
    await at.press("e", "tab")
    at.app.screen.focused.text = "A table of numbers."
    await at.press("ctrl+s")
    await at.pilot.pause()
    if isinstance(at.app.screen, NoteScreen):
        await at.press("k")
        await at.pilot.pause()


async def test_an_undo_right_after_an_edit_takes_it_back_and_the_card_stays(opened, tmp_path):
    async with opened(review=True) as at:
        before = (tmp_path / "cards" / "math" / "algebra.yaml").read_bytes()
        await at.press("space")
        await change_the_answer(at)
        edited = at.text()
        await at.press("u")
        text = at.text()

        assert "A table of numbers." in edited
        assert "u takes it back" in edited
        assert "Taken back: the change of a card in math/algebra." in text
        assert "An array of numbers." in text
        assert "1 again" in text
    assert (tmp_path / "cards" / "math" / "algebra.yaml").read_bytes() == before


@pytest.mark.long
async def test_grades_and_edits_are_taken_back_in_the_order_in_which_they_were_made(opened, logged):
    async with opened(review=True) as at:
        await change_the_answer(at)
        await at.press("space", "3")
        await at.press("u")
        first = at.text()
        await at.press("u")

        assert "Taken back: good" in first
        assert "Taken back: the change" in at.text()
        assert at.collection.row("tensor").card.answer == "An array of numbers."
    assert logged() == [("tensor", 3), ("tensor", "undo")]


@pytest.mark.long
async def test_an_undo_at_home_takes_back_what_was_added(opened):
    async with opened(INBOX) as at:
        await at.press("a")
        await type_in(at, "Why?")
        await at.press("tab")
        await type_in(at, "So.")
        await at.press("ctrl+s", "escape", "u")
        await at.pilot.pause()

        assert "Taken back: adding the card to inbox." in at.text()
        assert at.collection.find("") == []


async def test_an_edit_that_another_program_crossed_is_refused_and_nothing_typed_is_lost(opened, tmp_path):
    async with opened(review=True) as at:
        await at.press("e", "tab")
        path = tmp_path / "cards" / "math" / "algebra.yaml"
        path.write_text(path.read_text().replace("An array of numbers.", "Something else."))
        at.app.screen.focused.text = "A table of numbers."
        at.clock.forward(minutes=1)
        await at.press("ctrl+s")
        await at.pilot.pause()
        if "k keeps" in " ".join(at.text().split()):
            await at.press("k")
            await at.pilot.pause()

        assert isinstance(at.app.screen, NoteScreen)
        assert fields(at).typed.answer == "A table of numbers."
        assert "! " in at.text()
    assert "Something else." in path.read_text()


async def save_keeping_the_memory(at):
    await at.press("ctrl+s")
    await at.pilot.pause()
    if "k keeps" in " ".join(at.text().split()):
        await at.press("k")
        await at.pilot.pause()


async def test_after_being_told_of_another_program_s_change_ctrl_s_writes_over_it(opened, tmp_path):
    async with opened(review=True) as at:
        await at.press("e", "tab")
        path = tmp_path / "cards" / "math" / "algebra.yaml"
        path.write_text(
            path.read_text()
            .replace("An array of numbers.", "Something else.")
            .replace("think of arrays", "a hint of theirs")
        )
        at.app.screen.focused.text = "A table of numbers."
        at.clock.forward(minutes=1)
        await save_keeping_the_memory(at)
        told = " ".join(at.text().split())
        shown = fields(at).typed
        await save_keeping_the_memory(at)

        assert (
            "Another program changed this card's answer meanwhile. ctrl+s again writes yours over it." in told
        )
        assert shown.hint == "a hint of theirs"
        assert not isinstance(at.app.screen, NoteScreen)
    written = path.read_text()
    assert "A table of numbers." in written
    assert "Something else." not in written
    assert "a hint of theirs" in written


@pytest.mark.long
async def test_a_second_change_of_another_program_is_told_again(opened, tmp_path):
    async with opened(review=True) as at:
        await at.press("e", "tab")
        path = tmp_path / "cards" / "math" / "algebra.yaml"
        at.app.screen.focused.text = "A table of numbers."
        for old, new in (("An array of numbers.", "Something else."), ("Something else.", "A third thing.")):
            path.write_text(path.read_text().replace(old, new))
            at.clock.forward(minutes=1)
            await save_keeping_the_memory(at)

        assert "Another program changed" in at.text()
    assert "A third thing." in path.read_text()


# --- sizes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "size, kind",
    [
        ((60, 18), Kind.TYPED),
        pytest.param((80, 24), Kind.BASIC, marks=pytest.mark.long),
        pytest.param((60, 18), Kind.BASIC, marks=pytest.mark.long),
        pytest.param((80, 24), Kind.TYPED, marks=pytest.mark.long),
        pytest.param((140, 40), Kind.BASIC, marks=pytest.mark.long),
        pytest.param((140, 40), Kind.TYPED, marks=pytest.mark.long),
    ],
    ids=str,
)
async def test_tab_reaches_every_field_and_each_is_on_the_screen_then(opened, size, kind):
    async with opened({}, size=size) as at:
        await at.press("a", *["ctrl+k"] * list(Kind).index(kind))
        seen = []
        for _ in range(9):
            await at.pilot.pause()
            focused = at.app.screen.focused
            region = focused.region.intersection(focused.parent.parent.region)
            assert region.height == focused.region.height
            assert region.right <= size[0]
            seen.append(fields(at).at)
            await at.press("tab")
        last = "".join(at.rows()[-4:])

    expected = {"deck", "kind", "question", "answer", "hint", "extra", "tags", "source"}
    assert set(seen) == expected | ({"accept"} if kind is Kind.TYPED else set())
    assert "ctrl+s save" in last


# --- a real terminal --------------------------------------------------------------------------------------------

CTRL_E, CTRL_K, CTRL_S, ENTER, ESCAPE, TAB = "\x05", "\x0b", "\x13", "\r", "\x1b", "\t"
PASTED = "\x1b[200~{}\x1b[201~"


def test_a_card_is_added_and_reviewed_in_a_real_terminal(make_cards, tmp_path):
    with quizapp(make_cards({})) as terminal:
        terminal.wait_for("There are no cards yet")
        terminal.press("a")
        terminal.wait_for("add a card", "ctrl+s save")
        terminal.press("Why is it so?", TAB, "Because.", CTRL_S)
        terminal.wait_for("Added to inbox")
        terminal.press(CTRL_K, PASTED.format("Term\rof two lines"), TAB, "Meaning", CTRL_S)
        terminal.wait_for("Added to inbox: “Term of two lines”")
        outside = list(terminal.outside)
        terminal.press(ESCAPE)
        terminal.wait_for("enter study")
        terminal.press(ENTER)
        terminal.wait_for_question("Term")
        terminal.press("q")
        terminal.wait_for("all decks")
        terminal.press("q")
        assert terminal.ended() == 0

    text = (tmp_path / "cards" / "inbox.yaml").read_text()
    assert "Why is it so?" in text
    assert "Because." in text
    assert "of two lines" in text
    assert outside == []


@pytest.fixture
def editor(tmp_path):
    """An editor that writes down how it was called, and changes the answer."""
    script = tmp_path / "vim"
    script.write_text(
        f'#!/bin/sh\necho "$@" > {tmp_path}/called\nsed -i "s/An array of numbers/Changed outside/" "$2"\n'
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


def test_the_learner_s_own_editor_opens_at_the_card_s_line(make_cards, editor, tmp_path):
    root = make_cards()
    take_the_tour()
    with quizapp(root, "review", VISUAL=str(editor)) as terminal:
        terminal.wait_for_question("What is a tensor?")
        terminal.press("e")
        terminal.wait_for("edit a card", "ctrl+e editor")
        terminal.press(CTRL_E)
        terminal.wait_for("space show")
        terminal.press(" ")
        terminal.wait_for_answer("Changed outside.")
        terminal.press("q")
        assert terminal.ended() == 0

    assert (tmp_path / "called").read_text() == f"+2 {root}/math/algebra.yaml\n"


FORM = """
import sys
from pathlib import Path
from quizapp.collection import Collection
from quizapp.tui.app import run_form
with Collection.open(sys.argv[1]) as collection:
    card = run_form(collection, card_id=sys.argv[2] if len(sys.argv) > 2 else None, deck="physics")
Path(sys.argv[1], "..", "result").write_text(card.question if card else "none")
"""


@pytest.mark.parametrize(
    "card",
    [pytest.param((), id="add"), pytest.param(("tensor",), id="edit", marks=pytest.mark.long)],
)
def test_the_form_alone_ends_the_app_when_it_is_left(make_cards, tmp_path, card):
    with Terminal([sys.executable, "-c", FORM, str(make_cards()), *card]) as terminal:
        terminal.wait_for("ctrl+s save")
        terminal.press("Is it? ", *([CTRL_S] if card else [TAB, "Yes.", CTRL_S]))
        if not card:
            terminal.wait_for("Added to physics")
            terminal.press(ESCAPE)
        assert terminal.ended() == 0

    assert (tmp_path / "result").read_text() == ("Is it? What is a tensor?" if card else "Is it?")
