"""`check` names what is wrong; `check --fix` writes ids and nothing else."""

import re
from threading import Thread

import pytest

from quizapp.atomic import locked

TEXT = """# my notes
title:   Spaces   kept
cards:
  - q: "What is a tensor?"   # a comment
    a: An array.

  - {q: Flow style?, a: yes}
  - a: Answer first.
    q: Question second?
  - term: Mass
    means: >
      Resistance to
      acceleration.
"""


def test_ids_are_written_under_the_lock_that_all_edits_take(call, make_collection):
    root = make_collection({"a.yaml": "cards:\n  - q: What is a set?\n    a: A collection.\n"})
    fixing = Thread(target=call, args=("check", "--fix"), kwargs={"root": root})
    with locked(root):
        fixing.start()
        fixing.join(1)
        assert fixing.is_alive()
    fixing.join()

    assert "id: q" in (root / "a.yaml").read_text()


def test_a_sound_collection_has_no_problems(call, cards):
    result = call("check", root=cards)

    assert (result.code, result.out, result.err) == (0, "no problems\n", "")


def test_errors_are_named_with_file_line_and_column(call, cards):
    (cards / "maths" / "broken.yaml").write_text(
        "cards:\n  - q: Alone?\n  - {q: Good?, a: 'yes'}\n  - cloze: none\n"
    )
    result = call("check", root=cards)

    assert result.code == 1
    assert [line.split(": ")[0] for line in result.out.splitlines()] == [
        "cards/maths/broken.yaml:2:5", "cards/maths/broken.yaml:4:5", "2 errors, 0 warnings"
    ]  # fmt: skip


def test_warnings_are_said_to_be_warnings_and_do_not_fail(call, cards):
    (cards / "same.yaml").write_text("cards: [{q: What is a tensor?, a: Another.}]")
    result = call("check", root=cards)

    assert result.code == 0
    assert result.out.startswith(
        "cards/same.yaml:1:9: warning: this question is asked in maths/algebra.yaml:4 too"
    )
    assert result.out.endswith("0 errors, 1 warnings\n")


def test_a_damaged_line_of_the_history_is_an_error_and_a_torn_one_a_warning(call, cards):
    call("suspend", "tensor", root=cards)
    (log,) = (cards / "history").glob("*.jsonl")
    log.write_text('{"card":"tensor","rating":7}\n' + log.read_text() + '{"at":"2026-1')
    result = call("check", "--json", root=cards)

    assert result.code == 1
    assert [(p["line"], p["severity"]) for p in result.json()["problems"]] == [(1, "error"), (3, "warning")]
    assert {p["file"] for p in result.json()["problems"]} == {f"cards/history/{log.name}"}


def test_fix_inserts_ids_and_changes_no_other_byte(call, cards):
    deck = cards / "notes.yaml"
    deck.write_bytes(TEXT.replace("acceleration.\n", "acceleration.").encode())
    before = {path: path.read_bytes() for path in cards.rglob("*.yaml")}
    result = call("check", "--fix", root=cards)
    inserted = rb"(?:, id: q[a-z2-7]{12}|\n +id: q[a-z2-7]{12})"

    assert result.code == 0
    assert "wrote 5 ids" in result.out
    for path, text in before.items():
        assert re.sub(inserted, b"", path.read_bytes()) == text
        assert path.read_bytes().count(b"id: ") == len(re.findall(rb"\b(?:q|term): ", text))
    assert {card["id"] for card in call("find", "--json", root=cards).json()} >= {"tensor", "mass", "mass.r"}


def test_fix_a_second_time_has_nothing_to_do(call, cards):
    call("check", "--fix", root=cards)
    before = {path: path.read_bytes() for path in cards.rglob("*.yaml")}
    result = call("check", "--fix", "--json", root=cards)

    assert (result.code, result.json()["fixed"]) == (0, 0)
    assert {path: path.read_bytes() for path in cards.rglob("*.yaml")} == before


def test_fix_keeps_the_memory_of_every_card(call, cards):
    call("review", "--plain", root=cards, stdin="3\n" * 5)
    before = {card["id"]: (card["state"], card["due"]) for card in call("find", "--json", root=cards).json()}
    call("check", "--fix", root=cards)

    assert {
        card["id"]: (card["state"], card["due"]) for card in call("find", "--json", root=cards).json()
    } == before


def test_fix_writes_into_the_good_cards_of_a_broken_deck_and_fails_for_the_others(call, make_collection):
    root = make_collection({"one.yaml": "cards:\n  - q: What: is it?\n    a: x\n  - q: Good?\n    a: y\n"})
    result = call("check", "--fix", root=root)

    assert result.code == 1
    assert re.fullmatch(
        r"cards:\n  - q: What: is it\?\n    a: x\n  - q: Good\?\n    a: y\n    id: q[a-z2-7]{12}\n",
        (root / "one.yaml").read_text(),
    )


@pytest.mark.parametrize("text", ["", "cards:\n", "title: Nothing yet\n", "# only a comment\n"])
def test_a_deck_without_cards_is_no_problem(call, make_collection, text):
    assert call("check", "--fix", root=make_collection({"empty.yaml": text})).code == 0


POOR = "cards:\n  - {q: Is a set ordered?, a: No.}\n  - q: How?\n  - {q: Why is it used?, a: Speed.}\n"


def test_cards_that_are_hard_to_learn_are_warned_of_in_the_order_of_their_places(call, make_collection):
    result = call("check", root=make_collection({"a.yaml": POOR}))

    assert result.code == 1
    assert [tuple(line.split(": ")[:2]) for line in result.out.splitlines()[:-1]] == [
        ("cards/a.yaml:2:5", "warning"),
        ("cards/a.yaml:3:5", 'this card has a question and no answer; add "a:"'),
        ("cards/a.yaml:4:5", "warning"),
    ]
    assert result.out.endswith("\n1 errors, 2 warnings\n")


def test_warnings_at_cards_fail_nothing_and_are_in_json_like_all_others(call, make_collection):
    root = make_collection({"a.yaml": "cards: [{q: Is a set ordered?, a: No.}]"})
    result = call("check", "--json", root=root)

    assert result.code == 0
    assert result.json()["problems"] == [
        {
            "file": "cards/a.yaml",
            "line": 1,
            "column": 9,
            "severity": "warning",
            "code": "yes-no",
            "message": "yes or no is half guessed; ask what, which, when or why instead",
        }
    ]


def test_the_quality_of_cards_can_be_left_out(call, make_collection):
    root = make_collection({"a.yaml": "cards: [{q: Is a set ordered?, a: No.}]"})

    assert call("check", "--no-quality", root=root).out == "no problems\n"


def test_a_card_turns_a_warning_off_and_an_unknown_one_is_told(call, make_collection):
    allowed = "cards:\n  - {q: Is a set ordered?, a: No., allow: yes-no}\n  - q: Is a list ordered?\n    a: Yes.\n    allow: [yes-know]\n"
    result = call("check", root=make_collection({"a.yaml": allowed}))

    assert result.out.splitlines() == [
        "cards/a.yaml:3:5: warning: yes or no is half guessed; ask what, which, when or why instead",
        'cards/a.yaml:5:5: warning: "allow" knows no "yes-know"; did you mean "yes-no"?',
        "0 errors, 2 warnings",
    ]


def test_the_shipped_decks_are_without_a_warning(call, tmp_path):
    call("init", tmp_path / "cards", "--decks")

    assert call("check", root=tmp_path / "cards").out == "no problems\n"
