"""Something wrong in a deck or in the history, with its place: reported, never raised."""

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How bad a problem is: an error loses a card or a line, a warning doesn't."""

    ERROR = "error"
    WARNING = "warning"


class Problem(NamedTuple):
    """One problem. `file` is as shown to the learner; `line` and `column` count from 1."""

    file: str
    line: int
    column: int
    code: str
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"
