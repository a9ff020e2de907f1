"""Decks and tags named after files and headings."""

import pytest

from quizapp.formats.sections import cleaned, deck_name, file_deck, heading_tags, named_deck


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("1.1.1. PyTorch Tensors", "PyTorch Tensors"),
        ("III. Mathematical Foundations", "Mathematical Foundations"),
        ("Chapter 3: Attention", "Attention"),
        ("Section IV - Tuning", "Tuning"),
        ("A) Basics", "Basics"),
        ("**Bold** and `code`", "Bold and code"),
        ("[Linked](https://example.org/x_(y))", "Linked"),
        ("Terms (uncategorized)", "Terms"),
        ("3D convolution", "3D convolution"),
        ("2 ways", "2 ways"),
        ("Mix. of things", "Mix. of things"),
        ("Norms (L1)", "Norms (L1)"),
    ],
)
def test_a_heading_is_cleaned_of_numbers_marks_and_asides(title, expected):
    assert cleaned(title) == expected


@pytest.mark.parametrize(
    ("stem", "headings", "expected"),
    [
        ("llm-fasttrack", ("1. PyTorch", "1.1. Tensors", "Study Notes"), "llm-fasttrack/tensors"),
        ("My Notes 2", (), "my-notes-2"),
        ("notes", ("Questions",), "notes"),
        ("maths", ("Q&A", "Study Resources"), "maths"),
        ("sets", ("Sets",), "sets"),
        ("history", ("Rome",), "history-notes/rome"),
        ("..", ("???",), "notes"),
        ("Übung", ("Größe & Maß",), "übung/größe-and-maß"),
    ],
)
def test_a_deck_is_named_after_the_file_and_the_nearest_telling_heading(stem, headings, expected):
    assert deck_name(stem, headings) == expected


def test_a_long_heading_makes_a_name_of_whole_words():
    name = deck_name("f", ("word " * 40,)).removeprefix("f/")

    assert len(name) <= 60
    assert set(name.split("-")) == {"word"}


def test_headings_are_tags():
    assert heading_tags(("1. PyTorch", "Study Notes", "Deep Learning")) == ("pytorch", "deep-learning")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Maths::Linear Algebra", "Maths/linear-algebra"),
        ("a/b", "a/b"),
        ("../../etc/passwd", "etc/passwd"),
        (".hidden", "hidden"),
        ("media::x", "media-notes/x"),
        ("History::Rome", "History-notes/Rome"),
        ("हिन्दी::ไทยที่", "हिन्दी/ไทยที่"),
        ("हिन्दी पाठ", "हिन्दी-पाठ"),
        ("cafe\u0301", "caf\u00e9"),
        ("_x::B1.2", "_x/B1.2"),
        ("\u2764\ufe0f love", "love"),
        ("  ", ""),
        ("a::::b", "a/b"),
    ],
)
def test_a_deck_that_a_row_names_is_safe_as_a_path(name, expected):
    assert named_deck(name) == expected


def test_no_file_gives_a_deck_a_name_that_leads_elsewhere():
    assert file_deck("../up/../..") == "up"
