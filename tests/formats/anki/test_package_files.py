"""A package as a file: the same bytes each time, whole or not there, and readable for old clients."""

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from datetime import datetime

import pytest

from quizapp.collection import Collection
from quizapp.formats.anki.exporting import export, target
from quizapp.formats.anki.fields import anki_note
from quizapp.formats.anki.package import write_package
from quizapp.study.outgoing import OutgoingDeck
from tests.formats.anki.conftest import PIXEL

DECKS = {
    "maths/algebra.yaml": "title: Algebra\ncards:\n"
    "  - {q: What is a tensor?, a: '![an array](media/array.png)', id: tensor}\n"
    "  - {q: How to count?, steps: [begin, go on, stop], id: counting}\n",
    "physics.yaml": "cards:\n  - {term: Mass, means: 'Resistance ![](media/gone.png)', id: mass}\n",
}
EXPORT = """
import sys
from datetime import datetime
from pathlib import Path
from quizapp.collection import Collection
from quizapp.formats.anki.exporting import export
root, target, now = sys.argv[1:]
now = datetime.fromisoformat(now)
with Collection.open(root, now=now) as collection:
    export(collection, None, Path(target), schedule=True, now=now)
"""
MANY = """
import os, signal, sys
from pathlib import Path
from quizapp.decks.note import Kind
from quizapp.formats.anki.outgoing import AnkiNote
from quizapp.formats.anki.package import write_package
from quizapp.study.outgoing import OutgoingDeck
notes = (
    AnkiNote(Kind.BASIC, f"n{n}", n, "d", (f"question {n}", "answer " * 20, *[""] * 7), (), (0,), (f"n{n}",))
    for n in range(20000)
)
heard = []
def progress(*told):
    if sys.argv[2:] == [str(len(heard))]:
        os.kill(os.getpid(), signal.SIGKILL)
    heard.append(told)
write_package(Path(sys.argv[1]), [OutgoingDeck("d")], notes, Path("."), progress=progress)
"""


@pytest.fixture
def studies(opened):
    """A small collection with an image that is there, and one that isn't."""
    return opened(DECKS, media=["array.png"])


@pytest.fixture
def notes(studies, at):
    """The collection's notes as they go to Anki."""
    return [anki_note(out) for out in studies.outgoing_notes(None, at("2025-03-02T09:00"))]


def decks(notes):
    return [OutgoingDeck(name) for name in dict.fromkeys(note.deck for note in notes)]


def database(package, folder):
    """The database within a package, opened."""
    with zipfile.ZipFile(package) as archive:
        return closing(sqlite3.connect(archive.extract("collection.anki2", folder)))


def test_two_processes_write_the_same_bytes(studies, tmp_path, at):
    studies.answer("tensor", 3, at("2025-03-01T09:00"))
    written = []
    for seed in ("1", "2"):
        target = tmp_path / seed / "one.apkg"
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"HERE{seed}"}
        words = [sys.executable, "-c", EXPORT, str(studies.root), str(target), "2025-03-02T09:00+01:00"]
        subprocess.run(words, env=environment, check=True)
        written.append(target.read_bytes())

    assert written[0] == written[1]


def test_the_time_of_the_export_is_nowhere_in_a_package_without_a_schedule(studies, packed):
    first = packed(studies, now="2025-03-02T09:00")

    assert packed(studies, now="2026-01-02T23:00").read_bytes() == first.read_bytes()


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_an_interrupted_package_leaves_the_old_one_and_nothing_beside_it(notes, tmp_path, error):
    target = tmp_path / "exports" / "one.apkg"
    target.parent.mkdir()
    target.write_bytes(b"before")

    def interrupted():
        yield notes[0]
        raise error

    with pytest.raises(error):
        write_package(target, decks(notes), interrupted(), tmp_path)
    assert [(path.name, path.read_bytes()) for path in target.parent.iterdir()] == [("one.apkg", b"before")]


@pytest.mark.long
def test_a_package_whose_writer_is_killed_is_not_there(tmp_path):
    target = tmp_path / "exports" / "one.apkg"
    steps = 0
    while subprocess.run([sys.executable, "-c", MANY, str(target), str(steps)], check=False).returncode:
        assert not target.exists()
        steps += 1

    assert steps > 10  # notes came ten times, and then bytes
    assert zipfile.is_zipfile(target)


def test_a_disk_that_is_full_is_an_oserror(tmp_path):
    target = tmp_path / "exports" / "one.apkg"
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))\n"
    done = subprocess.run(
        [sys.executable, "-c", limit + MANY, str(target)], capture_output=True, text=True, check=False
    )

    assert done.stderr.splitlines()[-1].startswith("OSError: ")
    assert str(target) in done.stderr.splitlines()[-1]
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize(
    "place",
    ["file/one.apkg", "file/deeper/one.apkg", f"{'long' * 70}.apkg", "closed/one.apkg", "folder.apkg"],
)
def test_a_place_where_nothing_can_be_written_is_an_oserror(notes, tmp_path, place):
    if place.startswith("closed") and os.geteuid() == 0:
        pytest.skip("nothing is closed to root")
    (tmp_path / "file").write_text("a file")
    (tmp_path / "closed").mkdir(mode=0o500)
    (tmp_path / "folder.apkg").mkdir()
    before = sorted(tmp_path.rglob("*.apkg*"))

    with pytest.raises(OSError, match=r".") as raised:
        write_package(tmp_path / place, decks(notes), notes, tmp_path)
    assert "\n" not in str(raised.value)
    assert sorted(tmp_path.rglob("*.apkg*")) == before


def test_the_command_says_in_one_sentence_that_nothing_can_be_written(studies, tmp_path):
    (tmp_path / "file").write_text("a file")
    words = ["--collection", str(studies.root), "export", "-o", str(tmp_path / "file" / "one.apkg")]
    done = subprocess.run(
        [sys.executable, "-m", "quizapp", *words], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("quizapp: ")


def test_a_home_that_is_nobodys_is_a_folder_like_others(tmp_path):
    assert target(tmp_path, [], "~nobody-at-all/x.apkg").parts == ("~nobody-at-all", "x.apkg")


def test_a_missing_image_is_told_and_the_rest_is_there(studies, tmp_path, at, at_anki):
    target = tmp_path / "exports" / "new" / "one.apkg"
    done = export(studies, None, target, now=at("2025-03-02T09:00"))
    anki = at_anki()
    anki.take(target)

    assert (done.notes, done.cards, done.media, done.missing) == (3, 6, 1, ("media/gone.png",))
    assert [path.name for path in target.parent.iterdir()] == ["one.apkg"]
    assert 'src="gone.png"' in anki.by_guid()["mass"]["Meaning"]
    assert [path.name for path in (anki.folder / "collection.media").iterdir()] == ["array.png"]


@pytest.mark.parametrize("name", [f"{'long' * 70}.png", "folder", "link.png"])
def test_what_is_no_file_is_missing(notes, tmp_path, name):
    (tmp_path / "media" / "folder").mkdir(parents=True)
    (tmp_path / "media" / "link.png").symlink_to(tmp_path / "nowhere")
    note = notes[0]._replace(media={"x.png": f"media/{name}"})
    done = write_package(tmp_path / "one.apkg", decks([note]), [note], tmp_path)

    assert (done.media, done.missing) == (0, (f"media/{name}",))


def test_no_notes_are_a_package_too(tmp_path, at_anki):
    done = write_package(tmp_path / "one.apkg", [OutgoingDeck("empty")], [], tmp_path)

    assert done[:3] == (0, 0, 0)
    assert at_anki().take(tmp_path / "one.apkg") == (0, 0, 0, 0)


def test_progress_hears_of_notes_and_of_bytes(notes, tmp_path):
    heard = []
    write_package(
        tmp_path / "one.apkg", decks(notes), notes, tmp_path, total=3,
        progress=lambda *told: heard.append(told),
    )  # fmt: skip

    assert ("notes", 3, 3) in heard
    assert all(done <= total for _, done, total in heard)
    assert [told for told in heard if told[0] == "package"][-1][1] == heard[-1][2]


def test_an_old_client_finds_a_collection_of_schema_11(studies, packed, tmp_path, at):
    package = packed(studies, schedule=True)
    with zipfile.ZipFile(package) as archive:
        assert archive.namelist() == ["collection.anki2", "media", "0"]
        assert json.loads(archive.read("media")) == {"0": "array.png"}
        assert archive.read("0") == PIXEL
    with database(package, tmp_path) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        version, crt, *texts = db.execute("SELECT ver, crt, conf, dconf, models, decks FROM col").fetchone()
        conf, presets, models, found = map(json.loads, texts)
        indexes = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
        tags = {tags for (tags,) in db.execute("SELECT tags FROM notes")}

    assert version == 11
    assert (conf["schedVer"], conf["sched2021"], conf["rollover"], conf["creationOffset"]) == (
        2,
        True,
        4,
        -60,
    )
    assert datetime.fromisoformat("2001-01-01T04:00+01:00").timestamp() == crt
    assert {deck["name"]: presets[str(deck["conf"])]["name"] for deck in found.values()} == {
        "Default": "Default",
        "maths": "quizapp",
        "maths::algebra": "quizapp",
        "physics": "quizapp",
    }
    assert sorted(model["name"] for model in models.values() if model["name"].startswith("quizapp")) == [
        "quizapp basic", "quizapp steps", "quizapp term",
    ]  # fmt: skip
    assert {"ix_notes_csum", "ix_cards_nid", "ix_cards_sched", "ix_revlog_cid"} <= indexes
    assert tags == {""}


def test_the_collection_may_be_opened_again_while_a_package_is_written(studies, tmp_path, at):
    with Collection.open(studies.root, now=at("2025-03-02T09:00")) as other:
        one = export(other, None, tmp_path / "one.apkg", now=at("2025-03-02T09:00"))
        two = export(studies, None, tmp_path / "two.apkg", now=at("2025-03-02T09:00"))

    assert one.file.read_bytes() == two.file.read_bytes()
