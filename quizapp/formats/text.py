"""Small things about text that all formats need: bytes read, names made of headings, marks taken away."""

import re
from collections.abc import Iterator
from unicodedata import category, normalize

from quizapp.formats.rows import FormatError

LONGEST = 64_000_000  # bytes of a file

_NAME = 60  # letters of a name made of a heading
_LONGEST_NAME = 1_000  # letters of a heading or cell that is looked at closely
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\]]*\])*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_MARKS = re.compile(r"(?<!\w)([*_]{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)|(`+)(.+?)\3")
_BOMS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


def decoded(content: bytes) -> str:
    """The text of a file, its lines ended by a newline alone. FormatError if it is no text."""
    if len(content) > LONGEST:
        raise FormatError(f"it is longer than {LONGEST // 1_000_000} MB")
    for mark, name in _BOMS:
        if content.startswith(mark):
            return _lines(content.decode(name, "replace"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FormatError(f"line {line} is not UTF-8; save the file as UTF-8") from error
    if "\0" in text:
        raise FormatError("it is no text; it holds zero bytes")
    return _lines(text)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def bare(text: str) -> str:
    """A text without Markdown's emphasis, code marks and links, in one line."""
    if len(text) > _LONGEST_NAME:  # nobody's name, and marks in it may take long
        return " ".join(text.split())
    text = _LINK.sub(lambda match: match[1], text)
    before = ""
    while before != text:
        before, text = text, _MARKS.sub(lambda match: match[2] or match[4], text)
    return " ".join(text.split())


def slug(text: str) -> str:
    """A name made of a text: lower case, letters and digits joined by dashes; "" if it has none."""
    lower = normalize("NFC", bare(text).lower().replace("&", " and "))
    joined = re.sub("-+", "-", "".join(_in_names(lower))).strip("-")
    if len(joined) <= _NAME:
        return joined
    return joined[: max(joined.rfind("-", 0, _NAME + 1), 0) or _NAME]


def is_name(text: str) -> bool:
    """Whether a text is letters (with their marks), digits and underlines, behind the first also dots and dashes."""
    signs = zip(text, _in_names(text), strict=True)
    return text[:1] not in (".", "-", "") and all(own == sign or own in "._" for own, sign in signs)


def _in_names(text: str) -> Iterator[str]:
    """The signs of a text as a name has them: letters, digits and the marks of letters; a dash for each other one."""
    before = "-"
    for sign in text:
        belongs = sign.isalnum() or (before != "-" and category(sign).startswith("M"))
        before = sign if belongs else "-"
        yield before
