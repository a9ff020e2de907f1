"""What travels in the wheel."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

PROJECT = Path(__file__).parents[2]


@pytest.mark.long
def test_the_wheel_holds_the_code_and_the_decks_and_no_history(tmp_path):
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, PROJECT]
    subprocess.run(command, check=True, timeout=300)
    (wheel,) = tmp_path.glob("quizapp-*.whl")
    with ZipFile(wheel) as file:
        names = set(file.namelist())
    decks = {path.relative_to(PROJECT / "cards").as_posix() for path in (PROJECT / "cards").rglob("*.yaml")}
    code = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / "quizapp").rglob("*.py")}

    assert {f"quizapp/shipped/{deck}" for deck in decks if not deck.startswith("history/")} <= names
    assert code <= names
    assert not [name for name in names if "history/" in name or name.endswith((".jsonl", ".sqlite", ".pyc"))]
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"quizapp"}
