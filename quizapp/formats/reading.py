"""A file into rows, whatever its format: told by its ending, else by what it holds."""

from collections.abc import Mapping
from pathlib import Path

from quizapp.formats import columns
from quizapp.formats.anki_text import is_anki_text, read_anki_text
from quizapp.formats.markdown import read_markdown
from quizapp.formats.rows import Field, FormatError, Found
from quizapp.formats.separated import read_separated
from quizapp.formats.text import LONGEST, decoded

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".qmd", ".rmd", ".mdx")
_PACKAGES = (".apkg", ".colpkg")
_ZIP = b"PK\x03\x04"


def is_package(file: Path) -> bool:
    """Whether a file is a package of Anki's, by its ending or, if that says nothing, by its beginning."""
    if file.suffix.lower() in _PACKAGES:
        return True
    try:
        with file.open("rb") as opened:
            return file.suffix.lower() in ("", ".zip") and opened.read(len(_ZIP)) == _ZIP
    except OSError:
        return False


def read_file(path: Path, *, named: str = "", headings: bool = False) -> Found:
    """The rows of a file. `named` is what `--columns` says. FormatError if it can't be used."""
    try:
        with path.open("rb") as file:  # which may have no end
            content = file.read(LONGEST + 1)
    except IsADirectoryError as error:
        raise FormatError(f"{path} is a folder; name a file") from error
    except OSError as error:
        raise FormatError(f"{path} can't be read: {error.strerror}") from error
    try:
        return read_bytes(
            content, path.suffix.lower(), columns.chosen(named) if named else {}, headings=headings
        )
    except FormatError as error:
        raise FormatError(f"{path}: {error}") from error


def read_bytes(content: bytes, ending: str, named: Mapping[Field, str], *, headings: bool = False) -> Found:
    """The rows of a file's content; `ending` is that of its name, with the dot."""
    if content.startswith(_ZIP):
        raise FormatError(
            "it is packed, and no package of Anki's; Markdown, CSV, TSV and Anki's plain text are read"
        )
    text = decoded(content)
    if ending in _MARKDOWN:
        return read_markdown(text, named, headings=headings)
    if is_anki_text(text):
        return read_anki_text(text, named)
    if ending in (".csv", ".tsv", ".tab"):
        return read_separated(text, named, separator="\t" if ending != ".csv" and "\t" in text else "")
    first = next((line for line in text.split("\n") if line.strip()), "")
    if "\t" in first.strip():
        return read_anki_text(text, named)
    return read_markdown(text, named, headings=headings)
