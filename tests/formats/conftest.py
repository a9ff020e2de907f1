"""Notes in other formats, read from text."""

from textwrap import dedent

import pytest

from quizapp.formats.anki_text import read_anki_text
from quizapp.formats.columns import chosen
from quizapp.formats.markdown import read_markdown
from quizapp.formats.separated import read_separated


@pytest.fixture(scope="session")
def markdown():
    """Read Markdown notes, indented as the test is."""

    def read(text, named="", **more):
        return read_markdown(dedent(text).lstrip("\n"), chosen(named) if named else {}, **more)

    return read


@pytest.fixture(scope="session")
def separated():
    """Read a table as text."""

    def read(text, named="", **more):
        return read_separated(text, chosen(named) if named else {}, **more)

    return read


@pytest.fixture(scope="session")
def anki():
    """Read Anki's plain text."""

    def read(text, named=""):
        return read_anki_text(text, chosen(named) if named else {})

    return read


@pytest.fixture(scope="session")
def pairs():
    """What is asked and answered, row by row."""

    def pairs(found):
        return [(row.draft.question, *row.draft.answer) for row in found.rows]

    return pairs


@pytest.fixture(scope="session")
def passed():
    """What was passed over: line and reason."""

    def passed(found):
        return [(one.line, one.reason) for one in found.passed]

    return passed
