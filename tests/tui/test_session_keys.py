"""Keys of a session beside the grades: notes, marks, why, source, pauses, the end."""

import json

import pytest

TERM = {
    "one.yaml": "source: https://example.org/notes\nread:\n  - {title: A book, url: 'https://example.org/book'}\n"
    "cards:\n  - {term: Rank, means: Number of axes., id: rank, source: Notes}\n  - {q: Other?, a: x, id: other}\n",
}
NO_SIBLINGS = "[study]\nbury_siblings = false\n[fsrs]\nfuzz = false\n"
COVERED = 1.0  # seconds, in which a busy machine takes in a few keys


def took(tmp_path):
    lines = next((tmp_path / "cards" / "history").glob("*.jsonl")).read_text().splitlines()
    return [json.loads(line)["took"] for line in lines if "took" in line]


@pytest.mark.parametrize(("key", "event"), [("=", "bury"), ("!", "suspend")])
async def test_a_note_goes_with_all_its_cards_and_comes_back_with_one_undo(opened, logged, key, event):
    async with opened(TERM, review=True, settings=NO_SIBLINGS) as at:
        await at.press(key)
        gone = at.text()
        await at.press("u")

        assert "Other?" in gone
        assert "u takes it back" in gone
        assert "Rank" in at.text()
    assert logged() == [("rank", event), ("rank.r", event), ("rank", "undo"), ("rank.r", "undo")]


async def test_a_mark_is_set_and_taken_away_and_the_card_stays(opened, logged):
    async with opened(TERM, review=True) as at:
        await at.press("space", "*")
        marked = at.text()
        await at.press("*")

        assert marked.splitlines()[0].strip().startswith("* one")
        assert "Marked." in marked
        assert "Number of axes." in marked
        assert at.text().splitlines()[0].strip().startswith("one")
    assert logged() == [("rank", "mark"), ("rank", "unmark")]


async def test_why_now_tells_of_each_review_with_what_was_predicted(opened):
    one = {"one.yaml": "cards:\n  - {q: One?, a: x, id: one}\n"}
    async with opened(one, review=True, settings=NO_SIBLINGS, size=(80, 40)) as at:
        await at.press("i")
        new = at.text()
        await at.press("i", "space", "4", "q")
        at.clock.forward(days=8)
    async with opened(one, review=True, settings=NO_SIBLINGS, size=(80, 40), clock=at.clock) as at:
        await at.press("i")
        text = " ".join(at.text().split())

        assert "This card is new" in new
        assert (
            "Due today: 8 days after the last review its recall was expected to fall to 90 %; now 90 %."
            in text
        )
        assert "Stability" in text
        assert "Seen once, forgotten never." in text
        assert "2026-11-23 easy 8 d" in text
        assert "◆" in text


async def test_the_source_opens_outside_if_it_is_an_address(opened, monkeypatch):
    decks = {
        "one.yaml": "cards:\n  - {q: One?, a: x, id: one, source: 'MIT 18.06, https://example.org/a(b).'}\n  - {q: Two?, a: y, source: a book}\n"
    }
    opened_links = []
    monkeypatch.setattr("quizapp.tui.links.browser", lambda: "browser")
    monkeypatch.setattr("quizapp.tui.links.open_link", lambda link, *_: opened_links.append(link))
    async with opened(decks, review=True) as at:
        await at.press("space", "o")
        await at.pilot.pause(0.1)
        said = at.text()
        await at.press("4", "space", "o")
        await at.pilot.pause(0.1)

        assert "Opened https://example.org/a(b)" in said
        assert "o source" not in at.text()
    assert opened_links == ["https://example.org/a(b)"]


async def test_without_a_browser_the_address_is_told(opened, monkeypatch):
    decks = {"one.yaml": "cards:\n  - {q: One?, a: x, source: 'https://example.org'}\n"}
    monkeypatch.setattr("quizapp.tui.links.browser", lambda: "")
    async with opened(decks, review=True) as at:
        await at.press("o")
        await at.pilot.pause(0.1)

        assert "No browser is here: https://example.org" in at.text()


@pytest.mark.parametrize(
    "cover", ["i", *(pytest.param(key, marks=pytest.mark.long) for key in ("?", "ctrl+p", ","))]
)
async def test_what_covers_the_card_does_not_count_as_thinking(opened, tmp_path, cover):
    async with opened(review=True) as at:
        await at.press(cover)
        await at.pilot.pause(COVERED)
        await at.press("escape", "space", "3")

    assert took(tmp_path)[0] < COVERED


async def test_a_terminal_without_focus_does_not_count_as_thinking(opened, tmp_path):
    async with opened(review=True) as at:
        at.app.app_focus = False
        await at.pilot.pause(COVERED)
        at.app.app_focus = True
        await at.press("space", "3")

    assert took(tmp_path)[0] < COVERED


async def test_undo_works_after_leaving_and_coming_back(opened, logged):
    async with opened(TERM) as at:
        await at.press("enter", "space", "2", "q", "enter", "u")

        assert "Rank" in at.text()
        assert "Taken back: hard, “Rank”." in at.text()
    assert logged() == [("rank", 2), ("rank", "undo")]


async def test_the_end_tells_what_was_hard_and_where_to_read(opened):
    async with opened(TERM, review=True, settings='[fsrs]\nlearning_steps = ["1m"]\n') as at:
        await at.press("space", "1", "space", "4", "space", "4")
        text = " ".join(at.text().split())

        assert "2 cards in less than a minute, 67 % recalled." in text
        assert "hard today “Rank” missed once from Notes" in text
        assert "Next: more tomorrow." in text


async def test_the_end_tells_what_comes_tomorrow_even_when_the_limit_ended_the_session(opened):
    async with opened(TERM, review=True, limit=1) as at:
        await at.press("space", "4")

        assert "Tomorrow: no reviews yet." in at.text()


async def test_what_to_read_is_the_decks_if_the_card_has_no_source(opened):
    decks = {
        "one.yaml": "read:\n  - {title: A book, url: 'https://example.org/book'}\ncards:\n  - {q: One?, a: x}\n"
    }
    async with opened(decks, review=True) as at:
        await at.press("space", "1", "space", "4")

        assert "read A book https://example.org/book" in at.text()


async def test_a_card_that_comes_back_is_told_at_the_end_and_space_goes_on(opened, logged):
    async with opened(
        TERM, review=True, settings='[study]\nnew_per_day = 1\n[fsrs]\nlearning_steps = ["1h"]\n'
    ) as at:
        await at.press("space", "1")
        end = at.text()
        await at.press("space")
        at.clock.forward(minutes=45)
        at.app.screen._tick()
        await at.pilot.pause()
        back = at.text()
        await at.press("space", "space", "4")

        assert "Next: 1 card in 1 hour" in end
        assert "go on" not in end
        assert "There is a card again: space goes on." in back
        assert "space go on" in back
    assert logged() == [("rank", 1), ("rank", 4)]


async def test_more_new_cards_are_taken_in_at_the_end_if_there_are_any(opened, logged):
    async with opened(TERM, review=True, settings="[study]\nnew_per_day = 1\n") as at:
        await at.press("space", "4")
        end = at.text()
        await at.press("n")
        more = at.text()
        await at.press("space", "4", "n")

        assert "n more new cards" in end
        assert "Other?" in more
    assert logged() == [("rank", 4), ("other", 4)]


async def test_every_kind_of_note_can_be_studied(opened, logged):
    text = (
        "cards:\n"
        "  - {q: Basic?, a: basic answer, id: basic}\n"
        "  - {term: Term, means: its meaning, id: term}\n"
        "  - {cloze: 'A {{c1::rank-0::hint}} tensor.', id: cloze}\n"
        "  - {q: Choice?, choices: [this, that], a: that, id: choice}\n"
        "  - {q: Typed?, a: typed answer, type: true, id: typed}\n"
        "  - {q: Steps?, steps: [first step, second step], id: steps}\n"
    )
    shown = {}
    async with opened({"kinds.yaml": text}, review=True, settings=NO_SIBLINGS) as at:
        while at.app.is_running and at.app.screen._card:
            card = at.app.screen._card
            await at.press("space")
            shown[card.id] = " ".join(at.text().split())
            await at.press("4")

    for card, parts in {
        "basic": ("Basic?", "basic answer"),
        "term": ("Term", "its meaning"),
        "term.r": ("its meaning", "Term"),
        "cloze": ("A [hint] tensor.", "rank-0"),
        "choice": ("Choice? a this b that", "that"),
        "typed": ("Typed?", "typed answer"),
    }.items():
        assert all(part in shown[card] for part in parts)
    assert (
        sum(
            "1. first step" in text and "2. second step" in text and "step 2 of 2" in text
            for text in shown.values()
        )
        == 1
    )
    assert len(logged()) == 8


async def test_the_answer_and_the_next_card_are_laid_out_before_the_key(opened):
    async with opened(review=True) as at:
        await at.pilot.pause(0.1)
        view = at.app.screen._view
        faces, ahead = view._faces, view._ahead

        assert faces.answer._key is not None
        assert ahead.card.id == "scalar"
        assert ahead.question._key is not None
        await at.press("space", "4")
        assert view._faces is ahead
