"""An import killed at any point: each deck is as it was or as it should be, and the next import makes up for it."""

import os
import signal
import subprocess
import sys
import time

import pytest

from quizapp import Collection
from quizapp.decks.reading import read_deck

pytestmark = pytest.mark.long

# Ends itself, as abruptly as SIGKILL does, before the given one of its dealings with files.
IMPORT = """
import os, sys
left = int(sys.argv.pop(1))
def hook(event, arguments):
    global left
    if event in ("open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.chmod", "fcntl.flock", "os.truncate"):
        if event == "open" and str(arguments[0]).endswith((".py", ".pyc")):
            return
        left -= 1
        if not left:
            os._exit(99)
sys.addaudithook(hook)
from quizapp.cli.main import main
main()
"""
DECKS = {"notes/tensors": 30, "notes/scalars": 20, "notes/vectors": 25}


def notes(word, more=0):
    """Notes for all decks, all answers with a word."""
    text = "# Notes\n"
    for deck, count in DECKS.items():
        topic = deck.partition("/")[2]
        text += f"\n## {topic}\n\n| Question | Answer |\n|---|---|\n"
        text += "".join(f"| {topic} {n}? ![](x.png) | {word} {n} |\n" for n in range(count + more))
    return text


def asked(root):
    """What each deck's file asks and answers; it is read without an error."""
    found = {}
    for path in root.rglob("*.yaml"):
        deck = read_deck(path.read_bytes(), name="", file="")
        assert deck.problems == ()
        found[path.relative_to(root).with_suffix("").as_posix()] = {
            note.question: note.answer[0] for note in deck.notes
        }
    return found


def meant(word, more=0):
    return {
        deck: {f"{topic} {n}? ![](media/x.png)": f"{word} {n}" for n in range(count + more)}
        for deck, count in DECKS.items()
        for topic in [deck.partition("/")[2]]
    }


def note_lines(logged, root):
    """A text that a killed import wrote is logged by whoever reads it next, and again when its origin is known."""
    return [
        (line["card"], line["hash"], line.get("from")) for line in logged(root) if line["event"] == "note"
    ]


@pytest.fixture
def started(make_collection, tmp_path):
    """A collection in which the first notes are; the second lie ready. Its folder and the notes' file."""
    root, path = make_collection({}), tmp_path / "notes.md"
    (tmp_path / "x.png").write_bytes(b"picture")
    path.write_text(notes("old"))
    return root, path


def bring(root, path, last=0):
    """Import in a process that ends itself at the given dealing; its exit code."""
    command = [sys.executable, "-c", IMPORT, str(last), "--collection", str(root), "import", str(path)]
    return subprocess.run(command, capture_output=True, check=False, timeout=60).returncode


@pytest.mark.parametrize("first", [0, 5, 10])
def test_a_killed_import_leaves_whole_decks_and_is_made_up_for(first, started, logged):
    root, path = started
    assert bring(root, path) == 0
    before = meant("old")
    rounds = 0
    for last in range(1 + first, 400, 15):
        rounds += 1
        word, after = f"word{last}", meant(f"word{last}", rounds)
        path.write_text(notes(word, rounds))
        code = bring(root, path, last)
        for deck, there in asked(root).items():
            assert there in (before[deck], after[deck])
        assert bring(root, path) == 0
        assert asked(root) == after
        lines = note_lines(logged, root)
        assert len(lines) == len(set(lines))
        before = after
        if code == 0:
            break
    assert rounds > 3
    assert [file.name for file in root.rglob(".*.new")] == []
    with Collection.open(root) as collection:
        assert collection.problems == []


@pytest.mark.parametrize("last", range(1, 200, 9))
def test_a_killed_first_import_is_made_up_for(last, started, logged):
    root, path = started
    bring(root, path, last)
    assert all(there == meant("old")[deck] for deck, there in asked(root).items())

    assert bring(root, path) == 0

    assert asked(root) == meant("old")
    lines = note_lines(logged, root)
    assert len(lines) == len(set(lines)) == sum(DECKS.values())
    assert (root / "media/x.png").read_bytes() == b"picture"


def test_ctrl_c_leaves_whole_decks(started):
    root, path = started
    for wait in (0.25, 0.35, 0.45, 0.55, 0.65, 0.75):  # by when Python itself has started
        command = [sys.executable, "-m", "quizapp", "--collection", str(root), "import", str(path)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(wait)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert process.returncode in (0, 130, -signal.SIGINT)
        assert process.returncode != 130 or err.strip() == b"interrupted"
        assert all(there == meant("old")[deck] for deck, there in asked(root).items())
    assert bring(root, path) == 0
    assert asked(root) == meant("old")
    assert os.listdir(root / "media") == ["x.png"]
