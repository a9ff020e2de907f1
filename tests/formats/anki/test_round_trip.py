"""What leaves for Anki comes back the same: into an empty collection all of it, into its own nothing."""

import pytest
from anki.collection import ExportAnkiPackageOptions

from tests.formats.anki.a_life import MEDIA, NOW, SETTINGS, disk, lived, taken, told

WAYS = (
    "straight",
    "apkg",
    "legacy colpkg",
    *(pytest.param(way, marks=pytest.mark.long) for way in ("legacy apkg", "colpkg")),
)


@pytest.fixture
def through(packed, at_anki, tmp_path):
    """Export a collection, and again from Anki: the package that comes back that way."""

    def through(collection, way, now=NOW):
        package = packed(collection, schedule=True, now=now)
        if way == "straight":
            return package
        anki = at_anki()
        anki.take(package)
        return exported(anki, way, tmp_path / "home")

    return through


def exported(anki, way, folder):
    """What Anki exports."""
    folder.mkdir(exist_ok=True)
    path, legacy = folder / f"anki.{way.split()[-1]}", way.startswith("legacy")
    if path.suffix == ".colpkg":
        anki.collection.export_collection_package(str(path), include_media=True, legacy=legacy)
        anki.collection.reopen()
    else:
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy
        )
        anki.collection.export_anki_package(out_path=str(path), options=options, limit=None)
    return path


@pytest.mark.parametrize("way", WAYS)
def test_an_empty_collection_becomes_the_same_and_its_own_stays_as_it_is(opened, at, through, way):
    collection = lived(opened, at)
    package = through(collection, way)
    before = disk(collection)
    found, reviews = taken(collection, package, at(NOW))

    assert (found.notes.skipped, found.remarks, reviews) == ([], (), 0)
    assert disk(collection) == before

    other = opened({}, SETTINGS)
    found, reviews = taken(other, package, at(NOW))
    there, here = told(other, at(NOW)), told(collection, at(NOW))

    assert (found.notes.skipped, found.remarks, reviews) == ([], (), len(here.events))
    assert there.heads == here.heads
    assert there.notes == here.notes
    assert there.order == here.order
    assert there.events == here.events
    assert there.memories == here.memories
    assert there.flags == here.flags
    assert there.media == {name: content for name, content in MEDIA.items() if name != "unused.png"}
    assert other.problems == []


def test_decks_that_differ_in_capitals_come_back_under_their_names(opened, at, through):
    names = ("Maths", "maths", "maths/Sets", "MATHS/sets", "Default", "default")
    texts = (f"cards:\n  - {{q: Of {number}?, a: yes}}\n" for number in range(len(names)))
    decks = {f"{name}.yaml": text for name, text in zip(names, texts, strict=True)}
    collection, other = opened(decks), opened({})
    taken(other, through(collection, "apkg"), at(NOW))

    assert told(other, at(NOW)).notes == told(collection, at(NOW)).notes
    assert told(other, at(NOW)).order == told(collection, at(NOW)).order
