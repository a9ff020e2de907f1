"""The sentences and rows of the screens, without a screen."""

import pytest

from quizapp.problem import Problem, Severity
from quizapp.study.counts import Counts, DeckCounts
from quizapp.tui.deck_rows import deck_rows, recalled
from quizapp.tui.words import about, bars, duration, problem_lines, quoted


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a minute"),
        (50, "1 minute"),
        (600, "10 minutes"),
        (3600, "1 h 0 min"),
        (4500, "1 h 15 min"),
    ],
)
def test_durations_read_as_people_say_them(seconds, words):
    assert duration(seconds) == words


def test_a_long_question_is_cut_where_it_is_quoted():
    assert quoted("why " * 100).endswith("…”")
    assert len(quoted("why " * 100)) <= 42


def test_warnings_are_left_to_check():
    problem = Problem("a.yaml", 1, 2, "code", "message", Severity.WARNING)

    assert problem_lines([problem]) == []


def test_an_error_is_one_line_with_its_place():
    assert problem_lines([Problem("a.yaml", 1, 2, "code", "two\nlines")]) == ["a.yaml:1:2 two lines"]


def test_decks_stand_below_their_folders_whatever_else_sorts_between():
    names = ["a", "a-b", "a/c", "b", "b/d", "b/d/e"]
    rows = deck_rows(Counts(4, 0, 0), [DeckCounts(name, 1, 0, 0, 2) for name in names])

    assert [(row.name, row.label, row.depth) for row in rows] == [
        (None, "all decks", 0),
        ("a", "a", 0),
        ("a/c", "c", 1),
        ("a-b", "a-b", 0),
        ("b", "b", 0),
        ("b/d", "d", 1),
        ("b/d/e", "e", 2),
    ]


def test_what_lies_in_a_folder_that_is_shut_is_left_out():
    counts = [DeckCounts(name, 1, 0, 0, 2) for name in ("a", "a/b", "a/b/c", "d")]
    rows = deck_rows(Counts(4, 0, 0), counts, {"a/b", "d"})

    assert [(row.name, row.folder, row.shut) for row in rows] == [
        (None, False, False),
        ("a", True, False),
        ("a/b", True, True),
        ("d", False, False),
    ]


def test_what_is_recalled_of_decks_adds_up_to_folders_and_to_everything():
    assert recalled({"a/b": 2.0, "a/c": 3.0, "d": 1.0}) == {
        None: 6.0, "a": 5.0, "a/b": 2.0, "a/c": 3.0, "d": 1.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, ""),
        (1, "about 1 min"),
        (840, "about 14 min"),
        (3599, "about 1 h 00 min"),
        (7500, "about 2 h 05 min"),
    ],
)
def test_what_waits_is_told_in_whole_minutes(seconds, words):
    assert about(seconds) == words


def test_a_week_is_drawn_to_its_largest_day_and_a_day_without_reviews_is_a_dot():
    assert bars((0, 1, 4, 8)) == "·▁▄█"
    assert bars((0, 0)) == "··"


def test_all_decks_have_the_cards_of_what_stands_at_the_top():
    counts = [DeckCounts("a", 3, 1, 2, 30), DeckCounts("a/b", 3, 1, 2, 30), DeckCounts("c", 1, 0, 0, 4)]

    assert deck_rows(Counts(4, 1, 2), counts)[0][5:] == (4, 1, 2, 34)
