"""The commands that log one event each."""

import pytest


@pytest.fixture
def state(call, cards):
    """What `find` says of a card."""

    def read(card):
        return next(found for found in call("find", "--json", root=cards).json() if found["id"] == card)

    return read


def test_a_suspended_card_is_left_out_until_it_is_resumed(call, cards, state, logged):
    result = call("suspend", "tensor", "scalar", root=cards)

    assert (result.code, result.out) == (0, "suspended: tensor\nsuspended: scalar\n")
    assert state("tensor")["suspended"]
    assert call("due", "--json", root=cards).json()["new"] == 3
    assert call("resume", "tensor", root=cards).out == "resumed: tensor\n"
    assert not state("tensor")["suspended"]
    assert call("due", "--json", root=cards).json()["new"] == 4
    assert [(e["card"], e["event"]) for e in logged(cards)] == [
        ("tensor", "suspend"), ("scalar", "suspend"), ("tensor", "resume")
    ]  # fmt: skip


def test_resume_takes_a_buried_card_in_again(call, cards, state):
    call("review", "--plain", root=cards, stdin="-\n")
    assert state("tensor")["buried"]
    call("resume", "tensor", root=cards)

    assert not state("tensor")["buried"]


def test_a_forgotten_card_is_new_again_and_undo_gives_its_memory_back(call, cards, state, logged):
    call("review", "--plain", "--limit", "1", root=cards, stdin="4\n")
    before = state("tensor")
    call("forget", "tensor", root=cards)

    assert (state("tensor")["state"], state("tensor")["due"]) == ("new", None)
    assert len([event for event in logged(cards) if "rating" in event]) == 1
    assert call("undo", root=cards).out.startswith("undone: forget of tensor, 2")
    assert state("tensor") == before


def test_undo_takes_back_one_event_after_the_other(call, cards, state):
    call("review", "--plain", "--limit", "1", root=cards, stdin="1\n")
    call("suspend", "force", root=cards)

    assert call("undo", root=cards).out.startswith("undone: suspend of force, ")
    assert call("undo", root=cards).out.startswith("undone: the answer again of tensor, ")
    assert call("undo", root=cards).out == "nothing to undo\n"
    assert call("undo", "--json", root=cards).json() == {"undone": None}
    assert (state("tensor")["state"], state("force")["suspended"]) == ("new", False)


def test_undo_in_json_gives_the_event(call, cards):
    call("suspend", "force", root=cards)
    undone = call("undo", "--json", root=cards).json()["undone"]

    assert (undone["event"], undone["card"]) == ("suspend", "force")


def test_a_stranger_among_the_cards_stops_at_its_name(call, cards, state):
    result = call("suspend", "tensor", "nobody", "scalar", root=cards)

    assert (result.code, result.out) == (2, "suspended: tensor\n")
    assert '"nobody"' in result.err
    assert not state("scalar")["suspended"]


def test_relink_gives_the_history_of_a_lost_card_to_another(call, cards, state):
    call("review", "--plain", "--limit", "1", root=cards, stdin="4\n")
    deck = cards / "maths" / "algebra.yaml"
    deck.write_text(
        deck.read_text()
        .replace("id: tensor", "id: other")
        .replace("What is a tensor?", "Tensors?")
        .replace("An array", "Any array")
    )

    check = call("check", root=cards)
    assert check.code == 0
    assert '"tensor" has history but is in no deck' in check.out
    assert "`quizapp relink tensor" in check.out
    assert call("relink", "tensor", "other", root=cards).out == "the history of tensor counts for other\n"
    assert state("other")["state"] == "review"
    assert call("check", root=cards).out == "no problems\n"


def test_forget_lets_the_history_of_a_lost_card_go(call, cards):
    call("review", "--plain", "--limit", "1", root=cards, stdin="4\n")
    (cards / "maths" / "algebra.yaml").unlink()

    assert "orphaned" in call("check", "--json", root=cards).out
    assert call("forget", "tensor", root=cards).code == 0
    assert call("check", root=cards).out == "no problems\n"


@pytest.mark.parametrize("words", [("tensor", "scalar"), ("nobody", "scalar"), ("tensor", "nobody")])
def test_a_relink_that_makes_no_sense_is_refused(call, cards, words, logged):
    call("suspend", "tensor", root=cards)
    result = call("relink", *words, root=cards)

    assert (result.code, result.out) == (2, "")
    assert len(logged(cards)) == 1
