"""A collection's quizapp.toml: read, followed as it changes, and changed one setting at a time."""

from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.errors import SettingsError
from quizapp.settings import NAME, Settings, as_problem, file_state, load

if TYPE_CHECKING:
    from quizapp.problem import Problem


class SettingsFile:
    """`found` are the settings in force; `problem` says why the file can't be read now, if it can't."""

    def __init__(self, root: Path) -> None:
        self.path = root / NAME
        self.state = file_state(self.path)
        self.found: Settings = load(self.path)
        self.problem: Problem | None = None

    def follow(self) -> None:
        """Read the file again if it changed.

        While it can't be read, the settings that were go on, and `problem` names the place.
        """
        state = file_state(self.path)
        if state == self.state:
            return
        self.state, self.problem = state, None
        try:
            self.found = load(self.path)
        except SettingsError as error:
            self.problem = as_problem(error)

    def write(self, table: str, key: str, text: str) -> None:
        """Change one setting, as a person types it.

        RequestError says what the setting wants; SettingsError why the file can't be written.
        """
        from quizapp.atomic import locked, replace  # noqa: PLC0415  only to write
        from quizapp.settings_text import amended, from_text, setting  # noqa: PLC0415  as above

        line = setting(table, key)
        value = from_text(line, text)
        try:
            with locked(self.path.parent):
                self.path.touch()
                before = self.path.read_bytes()
                written = replace(self.path, before, amended(before.decode(), line, value).encode())
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{self.path}: {error}") from error
        if not written:
            raise SettingsError(f"{self.path} was changed by another program just now; try again")
