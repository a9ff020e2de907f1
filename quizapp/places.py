"""Where things lie: the collection, its history, and the user's own folders."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import platformdirs

from quizapp.errors import CollectionError, SettingsError
from quizapp.settings import NAME

VARIABLE = "QUIZAPP_COLLECTION"
_APP = "quizapp"


class Config(NamedTuple):
    """The user's config: the usual collection, and where the histories of collections lie that lie elsewhere."""

    collection: Path | None = None
    histories: Mapping[Path, Path] | None = None

    def history_of(self, root: Path) -> Path:
        """The folder of a collection's log. CollectionError if the config names one that does not exist."""
        moved = (self.histories or {}).get(root)
        if moved is None:
            return root / "history"
        if not os.path.lexists(moved):
            how = "make the folder, or mend the config"
            raise CollectionError(f"{moved} does not exist; {config_file()} has the history there: {how}")
        return moved


def config_file() -> Path:
    """The user's config."""
    return platformdirs.user_config_path(_APP, appauthor=False) / "config.toml"


def cache_folder() -> Path:
    """Where indexes lie."""
    return platformdirs.user_cache_path(_APP, appauthor=False)


def state_folder() -> Path:
    """Where the machine's name lies."""
    return platformdirs.user_state_path(_APP, appauthor=False)


def read_config() -> Config:
    """Read the user's config: `collection = "…"` and a table `[history]` of collection = folder.

    Paths count from the config's own folder.
    """
    path = config_file()
    if not path.exists():
        return Config()
    import tomllib  # noqa: PLC0415  not without a config

    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: {error}") from error
    except RecursionError as error:
        raise SettingsError(f"{path}: this is nested too deeply") from error
    collection, histories = found.get("collection"), found.get("history", {})
    if type(collection) not in (str, type(None)) or type(histories) is not dict:
        raise SettingsError(f'{path}: wants collection = "folder", and a table [history]')
    for root, to in histories.items():
        if type(to) is not str:
            raise SettingsError(f'{path}: [history] wants "collection" = "folder", not {root} = {to}')
    base = path.parent
    return Config(
        base / expanded(collection) if collection else None,
        {resolved(base / expanded(root)): base / expanded(to) for root, to in histories.items()},
    )


def expanded(path: str) -> Path:
    """The path, with `~` as its user's home. CollectionError if there is no such user."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise CollectionError(f"{path}: there is no home of this user") from error


def resolved(path: Path) -> Path:
    """The path without symlinks. CollectionError if it can't be followed, such as a link to itself."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # Python 3.11 calls a loop of links a RuntimeError
        raise CollectionError(f"{path} can't be used: {error}") from error


def find_collection(given: str | None, environment: Mapping[str, str], here: Path) -> Path | None:
    """The collection meant: the one given, `$QUIZAPP_COLLECTION`, the nearest `cards/` upwards, the config's."""
    if named := given or environment.get(VARIABLE):
        return expanded(named)
    for folder in (here, *here.parents):
        cards = folder / "cards"
        if (cards / NAME).is_file() or (cards / "history").is_dir():
            return cards
    return read_config().collection


def open_folder(path: Path) -> Path:
    """The folder of a collection, resolved. CollectionError says what is wrong with it."""
    root = resolved(path)
    if root.is_dir():
        return root
    what = "is not a folder" if root.exists() else "does not exist"
    raise CollectionError(f"{path} {what}; `quizapp init {path}` makes a collection there")
