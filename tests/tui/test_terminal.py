"""One session in a real terminal, from the first frame to the log."""

import os
import sys
import time

import pexpect
import pyte

SCRIPT = """
import sys
from quizapp.collection import Collection
from quizapp.tui.app import run
with Collection.open(sys.argv[1]) as collection:
    run(collection)
"""


def test_home_a_grade_and_the_way_out_in_a_real_terminal(make_cards, logged):
    terminal = Terminal(make_cards())
    terminal.wait_for("all decks")
    terminal.press("\r")
    terminal.wait_for("What is a tensor?")
    terminal.press(" ")
    terminal.wait_for("An array of numbers.")
    terminal.press("2")
    terminal.wait_for("What is a scalar?")
    terminal.press("q")
    terminal.wait_for("1 learning")
    terminal.press("q")

    assert terminal.left() == 0
    assert logged() == [("tensor", 2)]


class Terminal:
    """quizapp in a terminal of 80 columns and 24 rows."""

    def __init__(self, root):
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        self._child = pexpect.spawn(
            sys.executable, ["-c", SCRIPT, str(root)], dimensions=(24, 80), env=environment, encoding="utf-8"
        )
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.Stream(self._screen)

    def press(self, keys):
        self._child.send(keys)

    def wait_for(self, text):
        end = time.monotonic() + 15
        while not any(text in row for row in self._screen.display):
            assert time.monotonic() < end, "\n".join(self._screen.display)
            try:
                self._stream.feed(self._child.read_nonblocking(65536, timeout=0.1))
            except pexpect.TIMEOUT:
                continue

    def left(self):
        self._child.expect(pexpect.EOF, timeout=15)
        self._child.close()
        return self._child.exitstatus
