"""Where no index can be kept it lives in memory, and where another process keeps it busy that is said."""

import sqlite3

import pytest

from quizapp.collection import Collection
from quizapp.errors import CollectionError
from quizapp.index import store

NOW = "2026-11-22T08:00"


def test_a_folder_in_the_indexs_place_means_an_index_in_memory(root, seen, index_file, at):
    before = seen(root, at(NOW))
    path = index_file()
    path.unlink()
    path.mkdir()
    (path / "file").write_text("")

    assert seen(root, at(NOW)) == before
    assert (path / "file").exists()


def test_a_cache_folder_that_takes_no_files_means_an_index_in_memory(root, seen, tmp_path, monkeypatch, at):
    before = seen(root, at(NOW))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "quizapp").symlink_to("/proc/self")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))

    assert seen(root, at(NOW)) == before


def test_a_name_too_long_for_a_file_means_an_index_in_memory(make_collection, seen, at):
    root = make_collection({"a.yaml": "cards: [{q: One?, a: one, id: a}]"})
    long = root.parent / ("x" * 250) / ("y" * 250)
    long.mkdir(parents=True)
    (long / "a.yaml").write_bytes((root / "a.yaml").read_bytes())

    assert seen(long, at(NOW))[0] == seen(root, at(NOW))[0]


def test_an_index_that_another_process_holds_locked_is_said_to_be_busy(
    root, seen, index_file, monkeypatch, at
):
    seen(root, at(NOW))
    path = index_file()
    path.unlink()
    monkeypatch.setattr(store, "_WAIT", 50)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")

    with pytest.raises(CollectionError, match="another quizapp is busy with this collection"):
        Collection.open(root, now=at(NOW))
    holder.close()
