"""Whatever chance makes of a package: it is read, or one sentence says why not."""

import time

import pytest

from quizapp.formats.anki.container import opened
from quizapp.formats.anki.contents import Contents
from quizapp.formats.rows import FormatError
from tests.formats.anki import made
from tests.formats.anki.mutations import bases, mutated


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """A collection in each of Anki's formats, taken apart."""
    folder = tmp_path_factory.mktemp("packages")
    collection = made.studied(folder)
    paths = made.exported(collection, folder)
    collection.close()
    return bases(paths.values())


def read(path):
    """All that can be read of a package: what it holds, None if it is refused."""
    try:
        with opened(path) as contents:
            for media in contents.media.values():
                try:
                    assert isinstance(media(), bytes)
                except FormatError as error:
                    assert str(error)
            return contents
    except FormatError as error:
        assert str(error).isprintable()
        return None


def is_sound(contents: Contents):
    """Texts can be written, numbers are what their columns are for."""
    for note in contents.notes:
        "".join((note.guid, *note.tags, *note.fields)).encode()
        assert 0 < note.id < 10**14
        assert note.fields
    for card in contents.cards:
        card.data.encode()
        assert 0 <= card.kind <= 3
        assert all(type(value) is int for value in card._replace(data=0))
    for review in contents.reviews:
        assert 0 <= review.rating <= 4
        assert all(type(value) is int for value in review)
    for kind in contents.note_types.values():
        "".join(
            (kind.name, *kind.fields, *(text for template in kind.templates for text in template))
        ).encode()
    for deck in contents.decks.values():
        (deck.name + deck.description).encode()
    for name in contents.media:
        assert name.isprintable()
        assert "/" not in name
    return True


def try_all(packages, tmp_path, seeds):
    """How many were read."""
    path = tmp_path / "p.apkg"
    good = 0
    for seed in seeds:
        path.write_bytes(mutated(packages, seed)[1])
        began = time.monotonic()
        try:
            contents = read(path)
            good += contents is not None and is_sound(contents)
        except BaseException:
            print("seed", seed)
            raise
        assert time.monotonic() - began < 2
    assert {each.name for each in tmp_path.iterdir()} <= {"p.apkg", "home"}
    return good


def test_mutated_packages_are_read_or_refused(packages, tmp_path):
    assert 10 < try_all(packages, tmp_path, range(40)) < 40


@pytest.mark.long
def test_thousands_of_mutated_packages_are_read_or_refused(packages, tmp_path):
    assert try_all(packages, tmp_path, range(1000, 6000)) > 1000
