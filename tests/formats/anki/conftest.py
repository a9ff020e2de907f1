"""Collections on both sides: ours, and Anki's."""

from datetime import datetime, timedelta
from itertools import count

import pytest

from quizapp.collection import Collection
from quizapp.formats.anki.exporting import export
from tests.formats.anki.at_anki import AtAnki

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def at_anki(tmp_path):
    """Open an empty collection of Anki's; closed after the test."""
    opened = []

    def open_it():
        opened.append(AtAnki(tmp_path / f"anki-{len(opened)}"))
        return opened[-1]

    yield open_it
    for anki in opened:
        anki.collection.close()


@pytest.fixture
def opened(make_collection, at):
    """Open a new collection of these decks, in the year 2025; closed after the test."""
    collections = []

    def open_it(decks, settings="", media=()):
        root = make_collection(decks, settings)
        for name in media:
            path = root / "media" / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(PIXEL)
        collections.append(Collection.open(root, now=at("2025-03-01T09:00")))
        return collections[-1]

    yield open_it
    for collection in collections:
        collection.close()


@pytest.fixture
def packed(tmp_path, at):
    """Export a collection; the package."""
    numbers = count(1)

    def pack(collection, decks=None, *, schedule=False, now="2025-03-02T09:00"):
        path = tmp_path / f"{next(numbers)}.apkg"
        export(collection, decks, path, schedule=schedule, now=at(now))
        return path

    return pack


@pytest.fixture
def now():
    """This moment: Anki knows no other."""
    return datetime.now().astimezone()


@pytest.fixture
def send(tmp_path):
    """Export a collection, and take that into Anki."""

    def send(collection, anki, now):
        path = tmp_path / "sent.apkg"
        export(collection, None, path, schedule=True, now=now)
        return anki.take(path)

    return send


@pytest.fixture
def anki(home, at_anki, send, now):
    """An Anki that took in the test's `home` four hours ago."""
    anki = at_anki()
    send(home, anki, now - timedelta(hours=4))
    return anki


@pytest.fixture
def come(tmp_path):
    """Export from Anki, and import here."""

    from tests.formats.anki.a_life import taken
    from tests.formats.anki.test_round_trip import exported

    def come(collection, anki, now):
        return taken(collection, exported(anki, "apkg", tmp_path / "home"), now)

    return come
