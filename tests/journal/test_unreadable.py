"""A history that can't be read is named; it never counts as an empty one."""

import os
import shutil
from contextlib import contextmanager

import pytest

from quizapp.collection import Collection
from quizapp.errors import CollectionError, HistoryError
from quizapp.journal.log import LogFile, Writer, crc_of, log_files, parts_lines, read_lines
from quizapp.memory.state import Rating


def test_a_history_that_is_no_folder_is_named_with_the_reason(tmp_path):
    (tmp_path / "history").write_text("")

    with pytest.raises(CollectionError, match="history: the history can't be read: Not a directory"):
        log_files(tmp_path / "history")


def test_a_file_that_leads_to_itself_is_named(tmp_path):
    (tmp_path / "loop.jsonl").symlink_to("loop.jsonl")

    with pytest.raises(
        CollectionError, match=r"loop\.jsonl: this history file can't be read: Too many levels"
    ):
        log_files(tmp_path)


def test_a_file_that_vanishes_while_the_folder_is_read_is_left_out(tmp_path, monkeypatch):
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text("{}\n")
    scandir = os.scandir

    @contextmanager
    def vanishing(folder):
        with scandir(folder) as entries:
            found = list(entries)
        (tmp_path / "a.jsonl").unlink()
        yield found

    monkeypatch.setattr(os, "scandir", vanishing)

    (left,) = log_files(tmp_path)
    assert left == LogFile("b.jsonl", 3, left.mtime)


@pytest.mark.parametrize(
    "read",
    [lambda path: list(read_lines(path)), lambda path: crc_of(path, 9), lambda path: parts_lines(path, 1)],
)
def test_a_history_file_that_cannot_be_read_is_named_with_the_reason(read, tmp_path):
    (tmp_path / "a.jsonl").mkdir()

    with pytest.raises(CollectionError, match=r"a\.jsonl: this history file can't be read: Is a directory"):
        read(tmp_path / "a.jsonl")


def test_a_writer_makes_the_history_but_not_the_collection(tmp_path, at):
    (tmp_path / "cards").mkdir()
    with Writer(tmp_path / "cards" / "history", "desk-abcd").locked(at("2026-11-22T08:00")):
        pass

    assert (tmp_path / "cards" / "history" / "2026-desk-abcd.jsonl").exists()
    with (
        pytest.raises(HistoryError, match="can't be written"),
        Writer(tmp_path / "gone" / "history", "desk-abcd").locked(at("2026-11-22T08:00")),
    ):
        pass
    assert not (tmp_path / "gone").exists()


def test_a_collection_moved_away_during_a_session_is_not_made_anew(root, at, tmp_path):
    with Collection.open(root, now=at("2026-11-22T08:00")) as collection:
        collection.answer("card0", Rating.GOOD, at("2026-11-22T08:00"))
        shutil.move(root, tmp_path / "elsewhere")
        with pytest.raises(HistoryError, match="can't be written"):
            collection.answer("card1", Rating.GOOD, at("2026-11-22T08:01"))

    assert not root.exists()
