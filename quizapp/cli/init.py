"""`quizapp init`: a new collection."""

import json
import re
import shutil
from pathlib import Path

import click

from quizapp import places, settings
from quizapp.cli.opening import is_plain
from quizapp.errors import CollectionError

_PACKAGE = Path(__file__).parent.parent
_SETTINGS = """# Settings of this collection, all optional: the README lists them, and "," in quizapp changes them.
"""


@click.command("init")
@click.argument("folder", metavar="[DIR]", default="cards")
@click.option("--decks/--no-decks", default=None, help="Copy the decks that come with quizapp, or don't.")
def command(folder: str, decks: bool | None) -> None:
    """Make a collection in DIR (by default in cards/) and remember it as yours."""
    if decks is None:
        decks = is_plain() or click.confirm("Copy the decks that come with quizapp?", default=True)
    make_collection(folder, decks=decks)
    click.echo("`quizapp` opens it from any folder.")


def make_collection(folder: str, *, decks: bool) -> None:
    """Make a collection; nothing that is there already is overwritten. CollectionError says what is in the way."""
    root = places.expanded(folder).absolute()
    if root.exists() and not root.is_dir():
        raise CollectionError(f"{folder} is a file; a collection is a folder")
    if (root / "history").is_file():
        raise CollectionError(f"{folder}/history is a file; the history is a folder")
    line = _config_line(root)
    (root / "history").mkdir(parents=True, exist_ok=True)
    copied = _copy_decks(root) if decks else 0
    if not (root / settings.NAME).exists():
        (root / settings.NAME).write_text(_SETTINGS, encoding="utf-8")
    from quizapp.decks.schema_file import ensure_schema  # noqa: PLC0415  only for a new collection

    ensure_schema(root)
    _remember(line)
    click.echo(f"made a collection in {root}" + (f" with {copied} decks" if copied else ""))


def _copy_decks(root: Path) -> int:
    copied = 0
    for source in sorted(shipped_decks().rglob("*.yaml")):
        target = root / source.relative_to(shipped_decks())
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            copied += 1
    return copied


def shipped_decks() -> Path:
    """The decks that come with quizapp: in the wheel beside the code, in a checkout beside the package."""
    inside = _PACKAGE / "shipped"
    return inside if inside.is_dir() else _PACKAGE.parent / "cards"


def _config_line(root: Path) -> str:
    """The line of the user's config that names the collection: a string of JSON is one of TOML, but for DEL."""
    try:
        str(root).encode()
    except UnicodeEncodeError:
        raise CollectionError(f"{root}: this name is not UTF-8; rename the folder") from None
    return f"collection = {json.dumps(str(root), ensure_ascii=False)}".replace("\x7f", "\\u007f")


def _remember(line: str) -> None:
    """Write the collection's line into the user's config; other lines of it stay."""
    path = places.config_file()
    places.read_config()
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    text, found = re.subn(r"(?m)^\s*collection\s*=.*$", lambda _: line, text, count=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text if found else f"{line}\n{text}", encoding="utf-8")
