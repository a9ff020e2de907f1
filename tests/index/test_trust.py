"""The index is a cache: deleted, damaged or of another time, it shows what a new one shows."""

import os
import random
import shutil
import sqlite3
from datetime import datetime

import pytest

from quizapp.collection import Collection
from quizapp.errors import SettingsError
from quizapp.memory.state import Rating
from tests.index.conftest import DECKS, SETTINGS

NOW = "2026-11-22T08:00"


@pytest.fixture(scope="module")
def days_of_study(tmp_path_factory):
    """A log of some days, with something of everything; it is made once, for that takes its time."""
    folder = tmp_path_factory.mktemp("days")
    root = folder / "cards"
    (root / "history").mkdir(parents=True)
    for name, text in DECKS.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)
    (root / "quizapp.toml").write_text(SETTINGS)

    def at(text):
        return datetime.fromisoformat(f"{text}+01:00")

    with pytest.MonkeyPatch.context() as patch:
        for name in ("CACHE", "STATE", "CONFIG"):
            patch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
        with Collection.open(root, now=at("2026-11-10T08:00")) as collection:
            for day in range(10, 20):
                for card in ("a", "b", "t", "t.r", "c", "z.2")[: day - 8]:
                    collection.answer(card, Rating(1 + (day * 7 + len(card)) % 4), at(f"2026-11-{day}T09:00"))
            collection.suspend("b", at("2026-11-20T08:00"))
            collection.bury("c", at("2026-11-21T08:00"))
            collection.mark("a", at("2026-11-21T09:00"))
            collection.undo(at("2026-11-21T10:00"))
    return root / "history"


@pytest.fixture
def studied(root, days_of_study, line):
    """`root` after some days of study, here and on a phone."""
    shutil.copytree(days_of_study, root / "history", dirs_exist_ok=True)
    phone = [
        line("a", "2026-11-19T21:00:00.000-05:00"),
        line("gone", "2026-11-19T21:00:00.000Z", 1),
        "no line",
        "",
    ]
    (root / "history/2026-phone-wxyz.jsonl").write_text("\n".join(phone))
    return root


def test_a_deleted_index_is_made_anew(studied, seen, index_file, at):
    before = seen(studied, at(NOW))
    index_file().unlink()

    assert seen(studied, at(NOW)) == before


def test_a_collection_taken_elsewhere_shows_the_same(studied, seen, tmp_path, at):
    shutil.copytree(studied, tmp_path / "usb" / "cards")

    assert seen(tmp_path / "usb" / "cards", at(NOW)) == seen(studied, at(NOW))


@pytest.mark.parametrize(
    "content",
    [b"", b"text\n" * 3000, b"\0" * 4096, b"SQLite format 3\0" + b"\xff" * 8000],
    ids=["empty", "text", "zeros", "header"],
)
def test_an_index_replaced_by_something_else_is_made_anew(content, studied, seen, index_file, at):
    before = seen(studied, at(NOW))
    index_file().write_bytes(content)

    assert seen(studied, at(NOW)) == before


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.5, 0.8, 0.99])
def test_a_truncated_index_is_made_anew(share, studied, seen, index_file, at):
    before = seen(studied, at(NOW))
    os.truncate(index_file(), int(index_file().stat().st_size * share))

    assert seen(studied, at(NOW)) == before


@pytest.mark.parametrize("seed", range(20))
def test_an_index_with_pages_overwritten_is_made_anew(seed, studied, seen, index_file, at):
    before = seen(studied, at(NOW))
    content = bytearray(index_file().read_bytes())
    draw = random.Random(seed)
    for page in draw.sample(range(len(content) // 4096), 1 + seed % 5):
        content[page * 4096 : (page + 1) * 4096] = draw.randbytes(4096)
    index_file().write_bytes(content)

    assert seen(studied, at(NOW)) == before


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        (b'["basic"', b'["b\x00sic"'),
        (b'["basic"', b'["bAsic"'),
        (b"CREATE TABLE notes", b"CREATE TABLE n\xc1tes"),
        (b"CREATE TABLE cards", b"CREATE TABLE cord\xd5"),
        (b"2026-11-1", b"2026-13-1"),
    ],
)
def test_an_index_whose_text_is_damaged_is_made_anew(text, damaged, studied, seen, index_file, at):
    before = seen(studied, at(NOW))
    content = index_file().read_bytes()
    index_file().write_bytes(content.replace(text, damaged))

    assert text in content
    assert seen(studied, at(NOW)) == before


def test_an_index_of_another_version_is_made_anew(studied, seen, index_file, at):
    before = seen(studied, at(NOW))
    with sqlite3.connect(index_file()) as db:
        db.execute("UPDATE meta SET value = '0:' || value")
        db.execute("UPDATE cards SET reps = 99")
    db.close()

    assert seen(studied, at(NOW)) == before


def test_an_index_with_other_tables_is_made_anew(studied, seen, index_file, at):
    before = seen(studied, at(NOW))
    path = index_file()
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE decks (shape TEXT)")
        db.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        db.execute("CREATE VIEW cards AS SELECT 1")
    db.close()

    assert seen(studied, at(NOW)) == before


@pytest.mark.parametrize(
    "settings",
    [
        "",
        "[fsrs]\nretention = 0.75\n",
        '[fsrs]\nlearning_steps = []\nrelearning_steps = ["1d"]\n',
        "[fsrs]\nparameters = [0.3, 1.3, 2.4, 8.3, 6.4, 0.8, 3, 0.001, 1.9, 0.2, 0.8, 1.5, 0.06, 0.3, 1.6, 0.6, 1.9, 0.5, 0.1, 0.07, 0.2]\n",
        '[study]\nday_starts = "00:00"\nnew_per_day = 1\n',
        "[decks.one]\nretention = 0.95\n",
        "[decks.two]\nnew_per_day = 0\n",
    ],
)
def test_other_settings_give_what_a_new_index_gives(settings, studied, seen, rebuilt, at):
    seen(studied, at(NOW))
    (studied / "quizapp.toml").write_text(settings)

    assert seen(studied, at(NOW)) == rebuilt(studied, at(NOW))


def test_parameters_out_of_bounds_are_named_with_their_file(studied, at):
    (studied / "quizapp.toml").write_text(f"[fsrs]\nparameters = {[0.0] * 21}\n")

    with pytest.raises(SettingsError) as caught:
        Collection.open(studied, now=at(NOW))

    assert str(caught.value).startswith(
        f"{studied}/quizapp.toml: FSRS parameter 1 is 0.0; it must lie between"
    )


def test_without_a_cache_folder_the_index_lives_in_memory(studied, seen, at, tmp_path, monkeypatch):
    before = seen(studied, at(NOW))
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert seen(studied, at(NOW)) == before
