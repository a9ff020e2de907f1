"""What lies beside a file while it is written: gone afterwards, whatever became of who wrote it."""

import subprocess
import sys

import pytest

from quizapp.atomic import folder_beside

KILLED = """
import os, signal, sys
from pathlib import Path
from quizapp.atomic import folder_beside
with folder_beside(Path(sys.argv[1])) as folder:
    (folder / "half").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def names(folder):
    return [path.name for path in folder.iterdir()]


def test_what_a_killed_process_left_goes_with_the_next(tmp_path):
    path = tmp_path / "[x].apkg"
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    (left,) = names(tmp_path)
    (tmp_path / ".[x].apkg.note.new").write_text("a file")
    (tmp_path / ".y.apkg.other.new").mkdir()
    with folder_beside(path) as folder:
        assert left not in names(tmp_path)
        assert names(folder) == []
    assert sorted(names(tmp_path)) == [".[x].apkg.note.new", ".y.apkg.other.new"]


def test_what_another_is_writing_stays(tmp_path):
    with folder_beside(tmp_path / "x.apkg") as one:
        (one / "half").write_text("half")
        with folder_beside(tmp_path / "x.apkg") as other:
            assert one != other
        assert names(one) == ["half"]
    assert names(tmp_path) == []


def test_it_goes_when_writing_fails(tmp_path):
    with pytest.raises(OSError, match="full"), folder_beside(tmp_path / f"{'é' * 120}.apkg") as folder:
        (folder / "half").write_text("half")
        raise OSError("full")
    assert names(tmp_path) == []


def test_without_locks_nothing_is_swept_and_all_is_written(tmp_path, monkeypatch):
    def flock(*_):
        raise OSError("no locks here")

    monkeypatch.setattr("fcntl.flock", flock)
    (tmp_path / ".x.apkg.left.new").mkdir()
    with folder_beside(tmp_path / "x.apkg") as folder:
        (folder / "half").write_text("half")
    assert names(tmp_path) == [".x.apkg.left.new"]
