"""Images that notes name: their files go to the collection's `media/`, and the texts name them there.

Nothing is written outside that folder, and no file in it is written over.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from quizapp.atomic import create
from quizapp.decks.draft import Draft

FOLDER = "media"

IMAGE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]]|\[[^\]]*\])*)\]\((?:<(?P<pointed>[^<>\n]+)>|(?P<bare>(?:[^()\s<>]|\([^()\s]*\))+))"
    r"(?P<title>\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
ENDINGS = frozenset(
    (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".ico")
)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:|//", re.IGNORECASE)
_LETTERS = 8  # of a hash, where a name is taken
_LONGEST = 100  # bytes of a name without its ending: a hash and more must fit, too
_LONGEST_ENDING = 12  # letters


@dataclass(slots=True)
class Images:
    """The images of one file of notes. `folder` is where that lies, `root` the collection's folder.

    `copies` are the files to be copied by their names in `media/`; `missing` those that are not there, by
    what the notes call them.
    """

    folder: Path
    root: Path
    copies: dict[str, Path] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    _named: dict[str, str] = field(default_factory=dict)

    def placed(self, draft: Draft) -> Draft:
        """The draft with its images where the collection has them, or will."""
        if not any("![" in text for text in (draft.question, *draft.answer, draft.hint, draft.extra)):
            return draft
        return replace(
            draft,
            question=self._in(draft.question),
            answer=tuple(map(self._in, draft.answer)),
            hint=self._in(draft.hint),
            extra=self._in(draft.extra),
        )

    def _in(self, text: str) -> str:
        def placed(match: re.Match[str]) -> str:
            named = match["pointed"] or match["bare"]
            place = self._named.setdefault(named, self._place(named))
            return f"![{match['alt']}]({place}{match['title'] or ''})" if place != named else match[0]

        return IMAGE.sub(placed, text)

    def _place(self, named: str) -> str:
        """What the collection calls an image; as the notes do if it is none of theirs."""
        if named in self._named:
            return self._named[named]
        if SCHEME.match(named) or Path(unquote(named)).suffix.lower() not in ENDINGS:
            return named
        source = self._source(named)
        if source is None:
            return self._absent(named)
        media = (self.root / FOLDER).resolve()
        if source.is_relative_to(media):
            return f"{FOLDER}/{source.relative_to(media).as_posix()}"
        content = source.read_bytes()
        name = free_name(safe_name(source.name), content, self._content)
        if not (media / name).exists():
            self.copies[name] = source
        return f"{FOLDER}/{name}"

    def _source(self, named: str) -> Path | None:
        """The file that is meant; None if there is none that can be read."""
        for base in (self.folder, self.root):
            for text in (named, unquote(named)):
                with suppress(OSError, ValueError):
                    path = (base / text).resolve()
                    if path.is_file() and os.access(path, os.R_OK):
                        return path
        return None

    def _absent(self, named: str) -> str:
        """Where an image is looked for when it is put there later."""
        name = safe_name(Path(unquote(named)).name)
        is_taken = self._content(name) is not None
        self.missing[named] = named if is_taken else f"{FOLDER}/{name}"
        return self.missing[named]

    def _content(self, name: str) -> bytes | None:
        """What a name in `media/` stands for, or will; None if it is free."""
        with suppress(OSError):
            path = self.root / FOLDER / name
            if path.is_file():
                return path.read_bytes()
            return self.copies[name].read_bytes() if name in self.copies else b"" if path.exists() else None
        return b""


def images_in(draft: Draft) -> Iterator[str]:
    """What a draft calls its images."""
    for text in (draft.question, *draft.answer, draft.hint, draft.extra):
        for match in IMAGE.finditer(text):
            yield match["pointed"] or match["bare"]


def safe_name(name: str) -> str:
    """A file's name in letters that no shell, address or other system trips over, as short as every disk wants."""
    path = Path(name)
    stem = re.sub(r"[^\w.-]+", "-", path.stem).strip("-.") or "image"
    short = stem[:80].encode()[:_LONGEST].decode(errors="ignore")
    return f"{short}{path.suffix.lower()[:_LONGEST_ENDING]}"


def free_name(name: str, content: bytes, there: Callable[[str], bytes | None]) -> str:
    """The name, or where another file has it, the name with letters of the content's hash."""
    path = Path(name)
    stem, ending = path.stem, path.suffix
    digest = sha256(content).hexdigest()
    for wished in (name, f"{stem}-{digest[:_LETTERS]}{ending}"):
        if there(wished) in (None, content):
            return wished
    return f"{stem}-{digest}{ending}"


def put(content: bytes, root: Path, name: str) -> bool:
    """Write a file into the collection's `media/`, whole or not at all; False if one of this name is there."""
    path = root / FOLDER / name
    (root / FOLDER).mkdir(exist_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    return create(path, content)
