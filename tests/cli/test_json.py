"""What `--json` prints: one document on stdout, with the keys that scripts count on."""

import json

import pytest

from quizapp import Collection, Rating

CARD = {"id", "deck", "question", "answer", "state", "due"}


@pytest.fixture
def reviewed(cards, at):
    """The collection with a card reviewed long ago, and one suspended."""
    with Collection.open(cards, now=at("2026-01-05T12:00")) as collection:
        collection.answer("tensor", Rating.EASY, at("2026-01-05T12:00"), 3.25)
        collection.suspend("force", at("2026-01-05T12:01"))
    return cards


def test_due_gives_what_waits_and_a_row_for_each_deck_file(call, reviewed):
    found = call("due", "--json", root=reviewed).json()

    assert {"new", "learning", "review", "decks"} <= found.keys()
    assert [row["name"] for row in found["decks"]] == ["maths/algebra", "physics"]
    assert all({"name", "new", "learning", "review", "total"} <= row.keys() for row in found["decks"])
    assert (found["new"], found["learning"], found["review"]) == (3, 0, 1)
    assert [(row["new"], row["review"], row["total"]) for row in found["decks"]] == [(2, 1, 3), (1, 0, 3)]


def test_due_of_a_deck_gives_its_row_alone(call, reviewed):
    found = call("due", "physics", "--json", root=reviewed).json()

    assert [row["name"] for row in found["decks"]] == ["physics"]
    assert found["new"] == 1


def test_find_gives_a_list_of_cards(call, reviewed):
    found = call("find", "tensor", "--json", root=reviewed).json()

    assert [card["id"] for card in found] == ["tensor"]
    assert found[0].keys() >= CARD | {"suspended", "buried"}
    assert (found[0]["state"], found[0]["deck"]) == ("review", "maths/algebra")
    assert len(found[0]["due"]) == len("2026-01-13")


def test_find_without_words_gives_every_card_and_new_ones_have_no_due(call, reviewed):
    found = call("find", "--json", root=reviewed).json()

    assert len(found) == 6
    assert {card["due"] for card in found if card["state"] == "new"} == {None}
    assert [card["id"] for card in found if card["suspended"]] == ["force"]


def test_find_that_finds_nothing_gives_an_empty_list_and_code_1(call, reviewed):
    result = call("find", "no such word", "--json", root=reviewed)

    assert (result.code, result.json()) == (1, [])


def test_info_gives_the_memory_and_every_review(call, reviewed):
    found = call("info", "tensor", "--json", root=reviewed).json()

    assert found.keys() >= {"id", "deck", "state", "stability", "difficulty", "recall", "due", "reviews"}
    assert 0 < found["recall"] < 1
    assert found["stability"] > 1
    (review,) = found["reviews"]
    assert (review["rating"], review["took"]) == (4, 3.2)


def test_info_of_a_new_card_has_no_memory(call, cards):
    found = call("info", "scalar", "--json", root=cards).json()

    assert (found["state"], found["stability"], found["recall"], found["reviews"]) == ("new", None, None, [])


def test_check_gives_every_problem_with_its_place(call, cards):
    (cards / "broken.yaml").write_text("cards:\n  - q: Alone?\n  - {q: Good?, a: yes}\n  - q: Alone too?\n")
    result = call("check", "--json", root=cards)
    problems = result.json()["problems"]

    assert result.code == 1
    assert all(p.keys() >= {"file", "line", "column", "severity", "code", "message"} for p in problems)
    assert [(p["file"], p["line"], p["severity"]) for p in problems] == [
        ("cards/broken.yaml", 2, "error"),
        ("cards/broken.yaml", 4, "error"),
    ]


@pytest.mark.parametrize("words", [("due",), ("find",), ("info", "tensor"), ("check",), ("undo",)])
def test_json_is_one_document_on_stdout_and_nothing_else(call, reviewed, words):
    result = call(*words, "--json", root=reviewed)

    assert result.err == ""
    assert result.out.count("\n") == 1
    json.loads(result.out)


def test_an_argument_with_spaces_is_words_and_quotation_marks_in_it_make_a_phrase(call, cards):
    def found(*words):
        return [card["id"] for card in call("find", "--json", *words, root=cards).json()]

    assert found("numbers tensor") == found("numbers", "tensor") == ["tensor"]
    assert found('"numbers tensor"') == []
    assert found('"array of numbers"') == ["tensor"]


def test_an_argument_that_begins_with_a_dash_is_a_term(call, cards):
    def found(*words):
        return [card["id"] for card in call("find", "--json", *words, root=cards).json()]

    assert found("what", "-tag:maths") == []
    assert found("-deck:maths", "--limit", "1", "-which") == ["mass"]
    assert found("is:new", "--", "-deck:maths", "-which") == ["mass", "mass.r"]


def test_a_dash_before_what_is_no_term_is_told_of(call, cards):
    assert "rated:7:1" in call("find", "-rated:x", root=cards).err
    assert "--jsno" in call("find", "--jsno", root=cards).err
    assert "Usage" in call("find", "-h", root=cards).out
    assert call("review", "--plain", "-is:new", root=cards).code == 0
