import os
import subprocess
import sys
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.errors import HistoryError
from quizapp.journal.entry import event
from quizapp.journal.log import Writer, crc_of, log_files, read_lines

APPEND = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from quizapp.journal.entry import event
from quizapp.journal.log import Writer
writer = Writer(Path(sys.argv[1]), "desk-abcd")
now = datetime.fromisoformat("2026-11-22T08:00+01:00")
for number in range(200):
    with writer.locked(now) as tail:
        tail.append([event(now + timedelta(milliseconds=number), sys.argv[2], kind) for kind in ("mark", "unmark")])
"""


@pytest.fixture
def mark(at):
    def mark(card="one", when="2026-11-22T08:00"):
        return event(at(when), card, "mark")

    return mark


@pytest.fixture
def writer(tmp_path):
    writer = Writer(tmp_path / "history", "desk-abcd")
    yield writer
    writer.close()


def read(path):
    return [line.text for chunk in read_lines(path) for line in chunk.lines]


def test_events_go_into_the_file_of_their_year(writer, tmp_path, mark, at):
    for year in (2025, 2026, 2025):
        with writer.locked(at(f"{year}-12-31T23:59")) as tail:
            tail.append([mark(when=f"{year}-12-31T23:59")])

    assert [file.name for file in log_files(tmp_path / "history")] == [
        "2025-desk-abcd.jsonl",
        "2026-desk-abcd.jsonl",
    ]
    assert len(read(tmp_path / "history/2025-desk-abcd.jsonl")) == 2


def test_appended_events_are_flushed_to_the_disk_with_their_name(writer, mark, at, monkeypatch):
    synced = []
    fsync = os.fsync
    monkeypatch.setattr(
        os,
        "fsync",
        lambda descriptor: (synced.append(os.readlink(f"/proc/self/fd/{descriptor}")), fsync(descriptor)),
    )
    for _ in range(2):
        with writer.locked(at("2026-11-22T08:00")) as tail:
            tail.append([mark()])
            flushed = [os.path.basename(path) for path in synced]

    assert flushed == ["2026-desk-abcd.jsonl", "history", "2026-desk-abcd.jsonl"]


@pytest.mark.parametrize("torn", [b'{"at":"2026-11', b"\xff\xfe", b" ", b"{}"])
def test_a_torn_last_line_stays_and_the_next_event_begins_its_own(torn, writer, tmp_path, mark, at):
    path = tmp_path / "history/2026-desk-abcd.jsonl"
    path.parent.mkdir()
    path.write_bytes(torn)
    with writer.locked(at("2026-11-22T08:00")) as tail:
        data = tail.append([mark()])

    assert path.read_bytes() == torn + b"\n" + mark().line.encode() + b"\n"
    assert torn + data == path.read_bytes()


def test_a_file_replaced_by_a_sync_tool_is_appended_to_under_its_name(writer, tmp_path, mark, at):
    path = tmp_path / "history/2026-desk-abcd.jsonl"
    with writer.locked(at("2026-11-22T08:00")) as tail:
        tail.append([mark("one")])
    (tmp_path / "new").write_text(f"{mark('one').line}\n{mark('two').line}\n")
    (tmp_path / "new").rename(path)
    with writer.locked(at("2026-11-22T08:00")) as tail:
        tail.append([mark("three")])

    assert read(path) == [mark(card).line for card in ("one", "two", "three")]


def test_a_file_deleted_meanwhile_is_made_anew(writer, tmp_path, mark, at):
    for card in ("one", "two"):
        with writer.locked(at("2026-11-22T08:00")) as tail:
            tail.append([mark(card)])
        left = read(tmp_path / "history/2026-desk-abcd.jsonl")
        (tmp_path / "history/2026-desk-abcd.jsonl").unlink()

        assert left == [mark(card).line]


def test_a_history_that_is_no_folder_is_named(tmp_path, at):
    (tmp_path / "history").write_text("")
    with (
        pytest.raises(HistoryError) as caught,
        Writer(tmp_path / "history", "desk-abcd").locked(at("2026-11-22T08:00")),
    ):
        pass

    assert str(caught.value).startswith(
        f"{tmp_path}/history/2026-desk-abcd.jsonl: the history can't be written: "
    )


def test_writers_wait_for_each_other(tmp_path):
    children = [
        subprocess.Popen([sys.executable, "-c", APPEND, str(tmp_path), card]) for card in ("one", "two")
    ]
    assert [child.wait() for child in children] == [0, 0]
    lines = read(tmp_path / "2026-desk-abcd.jsonl")

    assert len(lines) == len(set(lines)) == 800
    assert all(
        '"mark"' in one and '"unmark"' in two for one, two in zip(lines[::2], lines[1::2], strict=True)
    )


def test_only_visible_jsonl_files_are_history(tmp_path):
    for name in (
        "b.jsonl",
        "a.sync-conflict-20261122.jsonl",
        ".hidden.jsonl",
        "c.json",
        "d.jsonl.tmp",
        "e.jsonl~",
    ):
        (tmp_path / name).touch()
    (tmp_path / "folder.jsonl").mkdir()

    assert [file.name for file in log_files(tmp_path)] == ["a.sync-conflict-20261122.jsonl", "b.jsonl"]
    assert log_files(tmp_path / "nowhere") == []


@settings(
    max_examples=settings().max_examples * 3 // 5,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(
    st.lists(
        st.binary(max_size=8) | st.sampled_from([b"\n", b"\r\n", b"\xff", b"x" * (1 << 20)]), max_size=8
    ),
    st.data(),
)
def test_reading_on_from_any_chunk_gives_what_reading_at_once_gives(tmp_path, parts, data):
    content = b"".join(parts)
    path = tmp_path / "log"
    path.write_bytes(content)
    chunks = list(read_lines(path))
    lines = [line for chunk in chunks for line in chunk.lines]
    expected = content.split(b"\n")
    raw = expected[:-1] + ([expected[-1]] if expected[-1] else [])

    assert [line.number for line in lines] == list(range(1, len(raw) + 1))
    assert [line.text for line in lines] == [_decoded(one.rstrip(b"\r")) for one in raw]
    if chunks:
        stop = data.draw(st.sampled_from(chunks))
        assert stop.crc == zlib.crc32(content[: stop.end]) == crc_of(path, stop.end)
        rest = [
            line
            for chunk in read_lines(path, stop.end, stop.crc, stop.lines[-1].number)
            for line in chunk.lines
        ]
        assert rest == lines[stop.lines[-1].number :]


def _decoded(raw):
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None
