"""What a command in a shell's prompt may load."""

import json
import os
import subprocess
import sys
import time

import pytest

HEAVY = {
    "textual",
    "genanki",
    "pygments",
    "asyncio",
    "yaml",
    "fsrs",
    "rapidfuzz",
    "difflib",
    "rich",
    "anki",
    "markdown_it",
}
CALL = """
import json, sys
sys.argv = ["quizapp", *{words}]
from quizapp.cli.main import _run
code = _run()
print("\\n" + json.dumps([code, sorted(sys.modules)]))
"""


def loaded(*words, root):
    """The modules that a process has loaded when it has run a command."""
    script = CALL.format(words=["--collection", str(root), *words])
    out = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    ).stdout
    code, modules = json.loads(out.splitlines()[-1])
    assert code == 0
    return {name.partition(".")[0] for name in modules} | {
        name for name in modules if name.startswith("quizapp")
    }


@pytest.fixture
def warm(cards, call):
    """A collection with some reviews, whose index is up to date."""
    call("review", "--plain", "--limit", "3", root=cards, stdin="3\n1\n4\n")
    past = time.time() - 3600
    for path in cards.rglob("*.yaml"):
        os.utime(path, (past, past))
    call("due", root=cards)
    return cards


def test_due_loads_no_screen_no_parser_and_no_scheduler_when_the_index_is_warm(warm):
    modules = loaded("due", root=warm)

    assert not modules & HEAVY
    assert "quizapp.study.counts" in modules


def test_due_in_json_of_a_deck_loads_no_more(warm):
    assert not loaded("due", "physics", "--json", root=warm) & HEAVY


@pytest.mark.parametrize("words", [("find", "tensor"), ("check",)])
def test_commands_that_only_read_load_no_screen_and_no_parser(warm, words):
    assert not loaded(*words, root=warm) & (HEAVY - {"fsrs"})


def test_a_plain_session_loads_no_screen(warm):
    assert not loaded("review", "--plain", root=warm) & {"textual", "pygments", "asyncio", "rich"}
