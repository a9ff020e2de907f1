import subprocess
import sys

import pytest

from quizapp.journal.machine import machine_name

ASK = """
import sys
from pathlib import Path
from quizapp.journal.machine import machine_name
sys.stdin.readline()
print(machine_name(Path(sys.argv[1]), "desk", sys.argv[2]))
"""


def test_a_machine_keeps_its_name(tmp_path):
    assert machine_name(tmp_path / "state", "desk", "abcd") == "desk-abcd"
    assert machine_name(tmp_path / "state", "desk", "wxyz") == "desk-abcd"


def test_another_host_gets_another_name(tmp_path):
    machine_name(tmp_path, "desk", "abcd")

    assert machine_name(tmp_path, "laptop", "wxyz") == "laptop-wxyz"
    assert machine_name(tmp_path, "laptop", "efgh") == "laptop-wxyz"


def test_a_host_whose_name_begins_like_the_old_one_is_another(tmp_path):
    machine_name(tmp_path, "desk-abcd", "wxyz")

    assert machine_name(tmp_path, "desk", "efgh") == "desk-efgh"


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("Desk.example.org", "desk-abcd"),
        ("Ada's Laptop", "ada-s-laptop-abcd"),
        ("../../etc", "machine-abcd"),
        ("", "machine-abcd"),
        ("λ", "machine-abcd"),
    ],
)
def test_a_name_is_fit_for_a_file(host, name, tmp_path):
    assert machine_name(tmp_path, host, "abcd") == name


@pytest.mark.parametrize(
    "kept", [b"", b"desk", b"desk-ABCD", b"desk-abcd/..", b"\xff\xfe", b"\0" * 4096, b"desk-abcde"]
)
def test_a_kept_name_that_is_none_is_made_anew(kept, tmp_path):
    (tmp_path / "machine").write_bytes(kept)

    assert machine_name(tmp_path, "desk", "wxyz") == "desk-wxyz"
    assert (tmp_path / "machine").read_text() == "desk-wxyz\n"


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "state").write_text("a file")

    with pytest.raises(OSError):
        machine_name(tmp_path / "state", "desk", "abcd")


def test_two_first_starts_at_once_agree_on_one_name(tmp_path):
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", ASK, str(tmp_path / "state"), letters],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for letters in ("abcd", "efgh", "ijkl", "mnop")
    ]
    for start in starts:
        start.stdin.write("\n")
        start.stdin.flush()
    names = {start.communicate()[0] for start in starts}

    assert len(names) == 1
