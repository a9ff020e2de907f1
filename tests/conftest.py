"""What every test may ask for: folders of its own, a collection, and times."""

import gc
import os
from datetime import datetime, timedelta, timezone
from itertools import count

import pytest
from hypothesis import is_hypothesis_test, settings

FEW = 25  # examples of a law; the long run has a hundred

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each process that a test starts compiles quizapp anew


def pytest_configure(config):
    """Give the laws few examples, but all of them in the long run."""
    settings.register_profile("few", settings(), max_examples=FEW)
    if config.option.markexpr != "long":
        settings.load_profile("few")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Let every law run in the long run, too."""
    if config.option.markexpr == "long":
        for item in items:
            if is_hypothesis_test(item.obj):
                item.add_marker("long")


def pytest_collection_finish():
    """Let the collector pass over all that was loaded: it would look at it again and again, and free none of it."""
    gc.collect()
    gc.freeze()


def pytest_xdist_auto_num_workers(config):
    """Half as many workers again as there are cores: many tests wait for terminals and screens."""
    return max(2, (os.cpu_count() or 2) * 3 // 2)


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    """No test sees, or leaves anything in, the home of whoever runs it."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("CACHE", "STATE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.delenv("QUIZAPP_COLLECTION", raising=False)


@pytest.fixture
def make_collection(tmp_path):
    """Write a new collection: its decks (name with ending -> text) and its settings; the folder."""
    numbers = count(1)

    def make(decks, settings=""):
        root = tmp_path / f"collection-{next(numbers)}" / "cards"
        root.mkdir(parents=True)
        (root / "quizapp.toml").write_text(settings)
        for name, text in decks.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return root

    return make


@pytest.fixture
def at():
    """A time, an hour east of Greenwich: `at("2026-11-22T08:00")`."""

    def at(text):
        return datetime.fromisoformat(text).replace(tzinfo=timezone(timedelta(hours=1)))

    return at
