"""An import of a package killed at any point: the next one makes of it what one that nobody disturbed does."""

import json
from datetime import UTC, datetime

import pytest

from quizapp import Collection
from quizapp.decks.reading import read_deck
from quizapp.formats.anki.exporting import export
from tests.cli.test_import_kills import bring
from tests.formats.anki.a_life import SETTINGS, lived

pytestmark = pytest.mark.long
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def package(make_collection, tmp_path):
    """All that a collection can hold, with its schedule."""
    path = tmp_path / "p.apkg"
    opened = []

    def open_(decks, settings):
        opened.append(Collection.open(make_collection(decks, settings), now=NOW))
        return opened[-1]

    with lived(open_, lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC)) as collection:
        export(collection, None, path, schedule=True, now=NOW)
    return path


def there(root):
    """Decks and media byte for byte; the log but for the instants of what the import itself did.

    What notes said when they came is in the package, and so need not be in the log.
    """
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.suffix != ".jsonl" and not path.name.startswith(".")
    }
    lines = [
        json.loads(line)
        for path in root.glob("history/*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]
    log = [
        json.dumps(line if line["at"] < "2026" else {**line, "at": ""})
        for line in lines
        if line.get("event") != "note"
    ]
    return files, sorted(log)


def is_readable(root):
    return all(read_deck(path.read_bytes(), name="", file="").problems == () for path in root.rglob("*.yaml"))


@pytest.mark.parametrize("first", [0, 3, 6])
def test_a_killed_import_of_a_package_is_made_up_for(first, package, make_collection):
    undisturbed = make_collection({}, SETTINGS)
    assert bring(undisturbed, package) == 0
    meant = there(undisturbed)
    assert len(meant[1]) > 40
    kills = 0
    for last in range(1 + first, 2000, 9):
        root = make_collection({}, SETTINGS)
        code = bring(root, package, last)
        assert is_readable(root)
        kills += code == 99
        assert bring(root, package) == 0
        assert there(root) == meant
        if code == 0:
            break
    assert kills > 10
