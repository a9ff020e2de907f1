"""A history that can't take a line: the learner is told, and nothing is half-written."""

import subprocess
import sys

import pytest

from quizapp.collection import Collection
from quizapp.errors import HistoryError
from quizapp.memory.state import Rating

ANSWER = """
import resource, signal, sys
from datetime import datetime, timedelta
from quizapp.collection import Collection
from quizapp.errors import HistoryError
from quizapp.memory.state import Rating
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
now = datetime.fromisoformat("2026-11-22T08:00+01:00")
with Collection.open(sys.argv[1], now=now) as collection:
    collection.answer("card0", Rating.GOOD, now)
    (path,) = collection.history.glob("2026-*.jsonl")
    with path.open("ab") as file:
        file.write(b" " * 3_000_000 + b"\\n")
    before, memory, counts = path.read_bytes(), collection.memory("card0"), collection.counts(None, now)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for room in (0, 1, 40, len(b'{"at":"2026-11-22T08:00:01.000+01:00"')):
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + room, hard))
        for act in (lambda at: collection.answer("card0", Rating.EASY, at), lambda at: collection.suspend("card1", at), collection.undo):
            try:
                act(now + timedelta(minutes=1))
            except HistoryError as error:
                print(error)
            else:
                print("no error")
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        assert path.read_bytes() == before
        assert collection.memory("card0") == memory and not collection.row("card1").suspended
    print(collection.answer("card0", Rating.EASY, now + timedelta(minutes=2)).reps)
    assert path.read_bytes().startswith(before)
"""


def test_a_full_disk_is_an_error_and_leaves_the_history_as_it_was(root):
    done = subprocess.run(
        [sys.executable, "-c", ANSWER, str(root)], capture_output=True, text=True, check=False
    )
    *errors, reps = done.stdout.splitlines()

    assert done.stderr == ""
    assert len(errors) == 12
    assert all(line.startswith(f"{root}/history/2026-") and "was not saved: " in line for line in errors)
    assert reps == "2"


def test_a_history_that_cannot_be_made_is_an_error_and_the_cards_can_still_be_read(root, at):
    (root / "history").rmdir()
    (root / "history").symlink_to("nowhere")
    with Collection.open(root, now=at("2026-11-22T08:00")) as collection:
        with pytest.raises(HistoryError) as caught:
            collection.answer("card0", Rating.GOOD, at("2026-11-22T08:00"))
        left = collection.memory("card0"), collection.counts(None, at("2026-11-22T08:00")).new

    assert "the history can't be written" in str(caught.value)
    assert left == (None, 5)


def test_a_machine_that_can_keep_no_name_is_an_error(root, at, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    with (
        Collection.open(root, now=at("2026-11-22T08:00")) as collection,
        pytest.raises(HistoryError) as caught,
    ):
        collection.answer("card0", Rating.GOOD, at("2026-11-22T08:00"))

    assert str(caught.value).startswith("this machine's name can't be kept: ")
