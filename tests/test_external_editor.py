"""How each editor is told at which line to open a file."""

from pathlib import Path

import pytest

from quizapp.errors import RequestError
from quizapp.external_editor import command, named

FILE = Path("/notes/a deck.yaml")


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("vim", ["vim", "+7", "/notes/a deck.yaml"]),
        ("nano", ["nano", "+7", "/notes/a deck.yaml"]),
        ("emacs -nw", ["emacs", "-nw", "+7", "/notes/a deck.yaml"]),
        ("/usr/bin/nvim", ["/usr/bin/nvim", "+7", "/notes/a deck.yaml"]),
        ("code --wait", ["code", "--wait", "-g", "/notes/a deck.yaml:7"]),
        ("codium", ["codium", "-g", "/notes/a deck.yaml:7"]),
        ("subl -w", ["subl", "-w", "/notes/a deck.yaml:7"]),
        ("hx", ["hx", "/notes/a deck.yaml:7"]),
        ("micro", ["micro", "+7", "/notes/a deck.yaml"]),
        ("'/opt/my editor/vim' -u NONE", ["/opt/my editor/vim", "-u", "NONE", "+7", "/notes/a deck.yaml"]),
    ],
)
def test_an_editor_that_is_known_opens_at_the_line(editor, words):
    assert command(editor, FILE, 7) == words


def test_an_editor_that_is_not_known_gets_the_file_alone():
    assert command("scribble --fast", FILE, 7) == ["scribble", "--fast", "/notes/a deck.yaml"]


def test_a_file_whose_name_looks_like_an_option_is_still_a_file():
    assert command("vim", Path("/notes/-c.yaml"), 1)[-1] == "/notes/-c.yaml"


def test_a_quote_left_open_is_said_in_words():
    with pytest.raises(RequestError, match="quote without an end"):
        command("vim 'x", FILE, 1)


@pytest.mark.parametrize(
    ("environment", "editor"),
    [
        ({"VISUAL": "code -w", "EDITOR": "vim"}, "code -w"),
        ({"EDITOR": "vim"}, "vim"),
        ({"VISUAL": " ", "EDITOR": "nano"}, "nano"),
        ({}, "vi"),
    ],
)
def test_the_environment_names_the_editor(environment, editor):
    assert named(environment) == editor
