"""The command line, called within this process or through a real one."""

import contextlib
import gc
import io
import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from quizapp.cli.main import _run

DECKS = {
    "maths/algebra.yaml": "title: Algebra\ntags: [maths]\ncards:\n"
    "  - {q: What is a tensor?, a: An array of numbers., id: tensor, hint: think of arrays}\n"
    "  - {q: What is a scalar?, a: A single number., id: scalar, extra: Its rank is 0., source: Notes on rank}\n"
    "  - {q: What is a vector?, a: A row of numbers.}\n",
    "physics.yaml": "cards:\n"
    "  - {q: Which unit has force?, choices: [newton, joule], a: newton, id: force}\n"
    "  - {term: Mass, means: Resistance to acceleration., id: mass}\n",
}


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    """A time zone in which it is about noon, so that no study day begins while a test runs."""
    offset = datetime.now(UTC).hour - 12  # of POSIX: hours west of Greenwich
    monkeypatch.setenv("TZ", f"NOON{offset:+d}")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def cards(make_collection):
    """A collection of two decks."""
    return make_collection(DECKS)


@pytest.fixture
def call(monkeypatch):
    """Call a command within this process: `call("due", "--json").code`, `.out`, `.err`, `.json()`."""

    def call(*words, root=None, stdin=""):
        given = ["--collection", str(root)] if root else []
        out, err = io.StringIO(), io.StringIO()
        monkeypatch.setattr(sys, "argv", ["quizapp", *given, *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = _run()
        gc.enable()  # a command turns it off for its short life
        return _result(code, out.getvalue(), err.getvalue())

    return call


@pytest.fixture
def run(tmp_path):
    """Run a command in a process of its own."""

    def run(*words, root=None, cwd=None, stdin="", encoding="utf-8", **variables):
        given = ["--collection", str(root)] if root else []
        process = subprocess.run(
            [sys.executable, "-m", "quizapp", *given, *map(str, words)],
            input=stdin.encode(),
            capture_output=True,
            cwd=cwd or tmp_path,
            env=os.environ | variables,
            timeout=60,
            check=False,
        )
        return _result(process.returncode, process.stdout.decode(encoding), process.stderr.decode(encoding))

    return run


def _result(code, out, err):
    assert "Traceback" not in err + out
    return SimpleNamespace(code=code, out=out, err=err, json=lambda: json.loads(out))


@pytest.fixture
def logged():
    """What a collection's log holds, oldest first: each line as a mapping."""

    def read(root):
        lines = [
            line for file in root.glob("history/*.jsonl") for line in file.read_text("utf-8").splitlines()
        ]
        return sorted(map(json.loads, lines), key=lambda event: event["at"])

    return read
