"""Files into rows: which format, which encoding, and what can't be used."""

import pytest

from quizapp.formats.reading import is_package, read_file
from quizapp.formats.rows import FormatError

PAIR = [("a?", "b")]


@pytest.fixture
def read(tmp_path, pairs):
    """Write a file and read it."""

    def read(name, content, **more):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return pairs(read_file(path, **more))

    return read


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.md", "Q: a?\nA: b\n"),
        ("NOTES.MD", "Q: a?\r\nA: b\r\n"),
        ("notes", "Q: a?\nA: b\n"),
        ("notes.txt", "Q: a?\nA: b\n"),
        ("cards.csv", "a?,b\n"),
        ("cards.csv", "\ufeffquestion;answer\r\na?;b\r\n"),
        ("cards.tsv", "a?\tb\n"),
        ("cards.txt", "a?\tb\n"),
        ("cards.txt", "#separator:comma\na?,b\n"),
        ("cards.csv", "#separator:pipe\na?|b\n"),
        ("cards.csv", "a?\tb\r\n".encode("utf-16")),
    ],
)
def test_the_format_is_told_by_ending_and_content(name, content, read):
    assert read(name, content) == PAIR


def test_what_is_packed_is_no_text(read):
    with pytest.raises(FormatError, match="it is packed, and no package of Anki's"):
        read("notes.md", b"PK\x03\x04")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.apkg", b"", True),
        ("A.COLPKG", b"", True),
        ("a.zip", b"PK\x03\x04", True),
        ("a.txt", b"PK\x03\x04", False),
    ],
)
def test_packages_are_told_by_ending_or_content(name, content, expected, tmp_path):
    (tmp_path / name).write_bytes(content)
    assert is_package(tmp_path / name) is expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Q: a?\nA: \xe9t\xe9\n", "notes.md: line 2 is not UTF-8; save the file as UTF-8"),
        (b"PK\x03\x04", "notes.md: it is packed"),
        (b"a\0b", "notes.md: it is no text"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(content, message, read):
    with pytest.raises(FormatError, match=message):
        read("notes.md", content)


def test_what_can_not_be_read_is_said(tmp_path):
    with pytest.raises(FormatError, match=r"none.md can't be read: No such file"):
        read_file(tmp_path / "none.md")
    with pytest.raises(FormatError, match="is a folder; name a file"):
        read_file(tmp_path)
