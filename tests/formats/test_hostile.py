"""Text that is made to take long, or happens to: it is read in about the time that its length needs."""

from pathlib import Path

import pytest

from quizapp.formats.reading import read_bytes, read_file
from quizapp.formats.rows import FormatError

TABLE = "| q | a |\n|---|---|\n"


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        (".md", "# " + "*a " * 20_000 + "\n" + TABLE + "| x | y |"),
        (".md", "# " + "`" * 20_000 + "\n" + TABLE + "| x | y |"),
        (".md", TABLE + "| " + "$a|" * 20_000 + " | y |\n| x | y |"),
        (".csv", "question,answer\n" + "x,y\n" * 10_000),
        (".txt", "#html:true\n" + "<a " * 30_000 + "\ty"),
        (".txt", "#html:true\n" + "\\(" * 30_000 + "\ty"),
        (".txt", "#html:true\nx" + " " * 100_000 + "x\ty"),
        (".txt", "#html:true\n" + "<ul><li>x" * 5_000 + "\ty"),
    ],
    ids=["emphasis", "code", "formulas", "records", "tags", "brackets", "blanks", "lists"],
)
def test_what_could_take_minutes_is_read(ending, text):
    assert read_bytes(text.encode(), ending, {}).rows


def test_a_file_without_an_end_is_refused():
    with pytest.raises(FormatError, match="longer than"):
        read_file(Path("/dev/zero"))
