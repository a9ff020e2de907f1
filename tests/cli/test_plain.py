"""A session line by line: what was typed is what the log holds."""

import json
import re

import pytest

from quizapp import Collection

KEYS = [
    "3",
    "\n1",
    "2",
    "4",
    "\n2",
    "u",
    "\n3",
    "\n4",
    "1",
    "\nu",
    "3",
    "-",
    "\n3",
    "u",
    "4",
    "\n@",
    "h\n3",
    "x\n4",
]


def replayed(out, typed):
    """What a session did, read off its dialogue: each question takes the next keys, as a listener would tell it."""
    keys = iter(typed)
    done = []
    for block in re.split(r"\nQuestion \d+ of \d+, deck .*?\.\n", out)[1:]:
        question = block.splitlines()[0]
        shown = False
        for key in keys:
            if key == "" and not shown:
                shown = True
            elif key in ("1", "2", "3", "4"):
                done.append((question, int(key)))
                break
            elif key in ("-", "@"):
                done.append((question, {"-": "bury", "@": "suspend"}[key]))
                break
            elif key == "u":
                if done:
                    done.pop()
                break
            elif key == "q":
                return done
    return done


def of_the_log(events, names):
    """The events that count, as (question, rating or event)."""
    undone = {(event["of"], event["card"]) for event in events if event.get("event") == "undo"}
    return [
        (names[event["card"]], event.get("rating") or event["event"])
        for event in events
        if event.get("event") not in ("undo", "note") and (event["at"], event["card"]) not in undone
    ]


@pytest.fixture
def sixty(make_collection):
    """A collection of sixty cards and a limit that lets all of them in."""
    text = "cards:\n" + "".join(
        f"  - {{q: Question number {n}?, a: answer {n}, id: card{n}}}\n" for n in range(60)
    )
    return make_collection({"sixty.yaml": text}, "[study]\nnew_per_day = 100\n")


def test_sixty_cards_with_all_grades_and_undos_are_logged_as_they_were_answered(run, call, sixty, logged):
    typed = "\n".join([*KEYS * 4, *["3"] * 200, ""]).split("\n")
    result = run("review", "--plain", root=sixty, stdin="\n".join(typed) + "\n")
    names = {f"card{n}": f"Question number {n}?" for n in range(60)}
    events = logged(sixty)

    assert result.code == 0
    assert of_the_log(events, names) == replayed(result.out, typed)
    assert {event["rating"] for event in events if "rating" in event} == {1, 2, 3, 4}
    assert sum(event.get("event") == "undo" for event in events) >= 8
    assert "Nothing is due." in result.out

    with Collection.open(sixty) as collection:
        counts, decks = collection.deck_counts()
        assert len(collection.find("is:new is:buried")) + len(collection.find("is:new is:suspended")) <= 8
    due = call("due", "--json", root=sixty).json()
    assert due == {**counts._asdict(), "decks": [deck._asdict() for deck in decks]}
    assert call("due", "--json", root=sixty).json() == due
    assert "Question" not in call("review", "--plain", root=sixty, stdin="3\n" * 9).out


def test_a_card_is_asked_answered_and_graded_in_whole_sentences(call, cards):
    out = call("review", "maths", "--plain", root=cards, stdin="\n3\n\n4\n").out

    assert "Question 1 of 3, deck maths/algebra.\nWhat is a tensor?\nPress enter to show the answer" in out
    assert (
        "Answer: An array of numbers.\nGrade: 1 again (1 minute), 2 hard (6 minutes), 3 good (10 minutes), 4 easy ("
        in out
    )
    assert "Answer: A single number.\nAlso: Its rank is 0.\nFrom: Notes on rank\n" in out
    assert "Done: 2 cards, 100 percent recalled." in out


def test_choices_are_numbered_and_the_hint_is_told_when_asked_for(call, cards):
    out = (
        call("review", "--plain", root=cards, stdin="h\nq\n").out
        + call("review", "physics", "--plain", root=cards).out
    )

    assert "Hint: think of arrays" in out
    assert "Choice 1: newton\nChoice 2: joule" in out


def test_a_card_without_a_hint_says_so(call, cards):
    assert "This card has no hint." in call("review", "physics", "--plain", root=cards, stdin="h\n").out


def test_what_is_not_understood_names_the_keys_and_asks_again(call, cards, logged):
    out = call("review", "--plain", root=cards, stdin="what?\n5\n2\nq\n").out

    assert out.count("Not understood. The keys: enter show, 1 to 4 grade, u undo") == 2
    assert [event["rating"] for event in logged(cards) if "rating" in event] == [2]


def test_a_buried_card_and_a_suspended_one_do_not_come_again(call, cards, logged):
    out = call("review", "maths", "--plain", root=cards, stdin="-\n@\n").out

    assert "Buried until tomorrow." in out
    assert "Suspended." in out
    assert [(event["card"], event["event"]) for event in logged(cards)] == [
        ("tensor", "bury"),
        ("scalar", "suspend"),
    ]
    again = call("review", "maths", "--plain", root=cards).out
    assert "Question 1 of 1" in again
    assert "What is a vector?" in again


def test_undo_brings_the_card_back_at_once(call, cards, logged):
    out = call("review", "maths", "--plain", root=cards, stdin="1\nu\n4\nq\n").out

    assert "Undone: the answer again." in out
    assert out.count("What is a tensor?") == 2
    assert [event.get("rating") for event in logged(cards) if event.get("event") != "note"] == [1, None, 4]


def test_undo_with_nothing_to_undo_says_so(call, cards):
    assert "Nothing to undo." in call("review", "--plain", root=cards, stdin="u\nq\n").out


@pytest.mark.parametrize("stdin", ["q\n", "", "\nq\n", "\n"])
def test_quitting_and_the_end_of_the_input_end_the_session_without_a_grade(call, cards, logged, stdin):
    result = call("review", "--plain", root=cards, stdin=stdin)

    assert result.code == 0
    assert logged(cards) == []


def test_the_limit_ends_a_session(call, cards, logged):
    call("review", "--plain", "--limit", "2", root=cards, stdin="4\n" * 9)

    assert len([event for event in logged(cards) if "rating" in event]) == 2


def test_the_end_says_what_still_waits_and_where(call, cards):
    limited = call("review", "--plain", "--limit", "1", root=cards, stdin="4\n").out
    elsewhere = call("review", "physics", "--plain", root=cards, stdin="4\n" * 9).out

    assert "Still waiting: 4 new · 0 learning · 0 review.\n" in limited
    assert "Nothing is left here.\nIn the whole collection: " in elsewhere
    assert "Nothing is due." not in limited + elsewhere


def test_a_query_chooses_the_cards_of_a_session(call, cards, logged):
    out = call("review", "tag:maths", "scalar", "--plain", root=cards, stdin="4\n" * 9).out

    assert "Question 1 of 1" in out
    assert [event["card"] for event in logged(cards) if "rating" in event] == ["scalar"]


def test_took_is_in_seconds_and_due_is_there(call, cards, logged):
    call("review", "--plain", "--limit", "1", root=cards, stdin="4\n")

    (review,) = [event for event in logged(cards) if "rating" in event]
    assert 0 <= review["took"] < 60
    assert json.dumps(review["due"]) > '"2'


def test_an_empty_collection_says_so(call, make_collection):
    assert "There are no cards yet." in call("review", "--plain", root=make_collection({})).out


def test_home_on_a_pipe_says_what_waits(run, call, cards):
    result = run(root=cards)

    assert (result.code, result.out) == (0, call("due", root=cards).out)
