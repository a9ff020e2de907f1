"""A program in a real terminal: pexpect holds the other end, pyte knows what stands on the screen."""

import json
import os
import signal
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pexpect
import pyte
import pytest

PATIENCE = 30  # seconds until something that ought to come is given up
REPOSITORY = Path(__file__).parents[2]


def quizapp(root, *words, **options):
    """The app on a collection, its tour taken already."""
    take_the_tour()
    return Terminal(command(root, *words), **options)


def take_the_tour():
    """Have the app begin without it."""
    remembered = Path(os.environ["XDG_STATE_HOME"], "quizapp", "screen.json")
    remembered.parent.mkdir(parents=True, exist_ok=True)
    remembered.write_text(json.dumps({"theme": "", "toured": True}))


def command(root, *words):
    """How to start the app on a collection."""
    return [sys.executable, "-m", "quizapp", "--collection", str(root), *words]


def state(process):
    """T while it is stopped, Z or nothing when it has ended; told by /proc."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def ends(process, seconds=10):
    """Whether a process that is no child of this one ends within so many seconds; if not it is killed."""
    end = time.monotonic() + seconds
    while state(process) not in ("", "Z"):
        if time.monotonic() > end:
            os.kill(process, signal.SIGKILL)
            return False
        time.sleep(0.01)
    return True


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="a process's state is told by /proc"
)


class Terminal:
    """One program in a terminal of its own; left with `with`, it and its children are killed.

    `output` is all it ever wrote, `outside` what it wrote beyond the right or the lower edge.
    """

    def __init__(self, command, *, columns=80, lines=24, ignore_sighup=False, **variables):
        self._child = pexpect.spawn(
            command[0],
            command[1:],
            dimensions=(lines, columns),
            env=_environment() | variables,
            encoding="utf-8",
            ignore_sighup=ignore_sighup,
        )
        self._child.delaybeforesend = None
        self._screen = _Screen(columns, lines)
        self._stream = pyte.Stream(self._screen)
        self._status = None
        self.pid = self._child.pid
        self.output = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for end in (lambda: os.killpg(self.pid, signal.SIGKILL), lambda: self.send_signal(signal.SIGKILL)):
            with suppress(ProcessLookupError):
                end()
        self.hang_up()
        self.ended()

    @property
    def outside(self):
        return self._screen.outside

    @property
    def foreground(self):
        """The process group that has the terminal, which is the id of a job's first process."""
        return os.tcgetpgrp(self._child.child_fd)

    def press(self, *keys):
        for key in keys:
            self._child.send(key)

    def send_signal(self, number):
        if self._status is None:
            os.kill(self.pid, number)

    def hang_up(self):
        """The terminal is gone, as when its window is closed."""
        self._child.ptyproc.fileobj.close()

    def resize(self, columns, lines):
        self.read_until_quiet()
        self._screen.resize(lines, columns)
        self._screen.clear()
        self._child.setwinsize(lines, columns)

    @property
    def rows(self):
        return [row.rstrip() for row in self._screen.display]

    @property
    def text(self):
        return "\n".join(self.rows)

    @property
    def rows_written(self):
        return [row.strip() for row in self.rows if row.strip()] or [""]

    @property
    def question(self):
        """The first line of the card that a review shows: the one below head and progress."""
        return next(iter(self.rows_written[2:]), "")

    def offers(self, keys):
        """Whether the line of keys, the last that is painted, begins with these."""
        return any(row.strip().startswith(keys) for row in self.rows[-4:])

    def wait_for(self, *texts):
        self.wait_until(lambda: all(text in self.text for text in texts), " and ".join(texts))

    def wait_for_question(self, question):
        """A card's question on a screen that is painted to its last line."""
        self.wait_until(lambda: self.question == question and self.offers("space show"), question)

    def wait_for_answer(self, text):
        self.wait_until(lambda: text in self.text and self.offers("space good"), text)

    def wait_for_overlay(self, title):
        """A text, such as the help, over the whole screen."""
        self.wait_until(lambda: title in self.rows_written[0] and self.offers("enter close"), title)

    def wait_for_palette(self):
        self.wait_for("Search for commands")

    def wait_until(self, condition, what):
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, f"no {what} within {PATIENCE} s, but\n{self.text}"
            assert self._read(0.05) is not None, (
                f"no {what}, but an end with\n{self.text}\n{self.output[-3000:]}"
            )

    def read_until_quiet(self, seconds=0.1):
        while self._read(seconds):
            pass

    def ended(self, seconds=10):
        """Read until the program and its children have ended: its exit code, or minus the signal's number."""
        end = time.monotonic() + seconds
        while not self._gone() and time.monotonic() < end:
            if self._read(0.01) is None:
                time.sleep(0.01)
        assert self._gone(), f"it is still there after {seconds} s"
        while self._read(0):
            pass
        return self._status

    def _gone(self):
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if not pid:
                return False
            self._status = os.waitstatus_to_exitcode(status)
            self._child.ptyproc.terminated = True
        with suppress(ProcessLookupError):
            os.killpg(self.pid, 0)
            return False
        return True

    def _read(self, seconds):
        """What came within these seconds, perhaps nothing; None if nothing can come any more."""
        if self._child.ptyproc.fileobj.closed:
            return None
        try:
            found = (
                pexpect.spawnbase.SpawnBase.read_nonblocking(self._child, 65536)
                if self._waits(seconds)
                else ""
            )
        except pexpect.EOF:
            return None
        self.output += found
        self._stream.feed(found)
        return found

    def _waits(self, seconds):
        return bool(pexpect.utils.poll_ignore_interrupts([self._child.child_fd], seconds))


class _Screen(pyte.Screen):
    """Tells what is written outside of it, and comes to the other screen, or back, with nothing on it."""

    def __init__(self, columns, lines):
        super().__init__(columns, lines)
        self.outside = []

    def clear(self):
        self.erase_in_display(2)
        self.outside.clear()

    def draw(self, data):
        room = self.columns - self.cursor.x
        if sum(max(0, pyte.screens.wcwidth(sign)) for sign in data) > room:
            self.outside.append((self.cursor.y, self.cursor.x, data))
        super().draw(data)

    def cursor_position(self, line=None, column=None):
        if (line or 1) > self.lines or (column or 1) > self.columns:
            self.outside.append((line, column, ""))
        super().cursor_position(line, column)

    def set_mode(self, *modes, **kwargs):
        super().set_mode(*modes, **kwargs)
        self._other_screen(modes, kwargs)

    def reset_mode(self, *modes, **kwargs):
        super().reset_mode(*modes, **kwargs)
        self._other_screen(modes, kwargs)

    def _other_screen(self, modes, kwargs):
        if kwargs.get("private") and 1049 in modes:
            self.clear()


def _environment():
    """This process's, in a time zone in which it is about noon, so that no study day begins while a test runs."""
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    return kept | {
        "TERM": "xterm-256color",
        "TZ": f"NOON{datetime.now(UTC).hour - 12:+d}",
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY), *filter(None, sys.path)]),
    }
