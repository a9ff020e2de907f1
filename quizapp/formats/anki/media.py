"""Files that cards name: what a package calls those of a collection, and where the collection puts a package's.

Anki keeps all media in one folder. So a file's name there is its path below `media/`; where that can't be a plain
name, one is made of it that ends in letters of the path's hash, and nothing but the path decides it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from unicodedata import normalize
from urllib.parse import quote, unquote

from quizapp.decks.draft import Draft
from quizapp.formats.anki.targets import targets, with_targets
from quizapp.formats.images import ENDINGS, FOLDER, SCHEME, free_name, safe_name
from quizapp.formats.rows import FormatError
from quizapp.markup.html import SOUNDS

_PLAIN = re.compile(r"[\w-][\w.-]{0,100}")
_LETTERS = 8
_LONGEST = (
    240  # bytes of a file's or folder's name; more, with what a half-written file is called, no disk takes
)
_DEEPEST = 1000  # letters of a path


def package_name(address: str) -> str | None:
    """What a package calls the file at an address in a collection; None for an address that is none there."""
    path = _below_media(address)
    if path is None:
        return None
    name = path.as_posix()
    if _PLAIN.fullmatch(name):
        return name
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_LETTERS]
    stem = re.sub(r"[^\w.-]+", "-", name.removesuffix(path.suffix)).strip("-.")[:80]
    return f"{stem or 'file'}-{digest}{re.sub(r'[^.a-z0-9]', '', path.suffix.lower())}"


def _below_media(address: str) -> PurePosixPath | None:
    """The path below `media/` that an address names."""
    path = PurePosixPath(unquote(address))
    if len(path.parts) < 2 or path.parts[0] != FOLDER:
        return None
    if any(
        part in ("..", ".") or part.startswith(".") or "\\" in part or "\0" in part for part in path.parts
    ):
        return None
    return path.relative_to(FOLDER)


@dataclass(slots=True)
class PackageMedia:
    """The media of a package on their way into the collection at `root`; `files` read them, by their names.

    `copies` are those to be written, by their names below `media/`; `missing` those that notes name and that are not
    in the package, or can't be read.
    """

    files: Mapping[str, Callable[[], bytes]]
    root: Path
    copies: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    _placed: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)  # below `media/`, by address
    _spelled: dict[str, str] = field(default_factory=dict)  # names there, by `_alike`

    def copies_for(self, drafts: Iterable[Draft]) -> dict[str, Callable[[], bytes]]:
        """Those of `copies` that these drafts name."""
        named = {self._names.get(address) for draft in drafts for address in addresses(draft)}
        return {name: read for name, read in self.copies.items() if name in named}

    def placed(self, draft: Draft) -> Draft:
        """The draft with its images and sounds where the collection has them, or will."""
        if not any(True for _ in addresses(draft)):
            return draft
        return replace(
            draft,
            question=self._in(draft.question),
            answer=tuple(map(self._in, draft.answer)),
            choices=tuple(map(self._in, draft.choices)),
            hint=self._in(draft.hint),
            extra=self._in(draft.extra),
        )

    def _in(self, text: str) -> str:
        return with_targets(text, self._address)

    def _address(self, named: str) -> str:
        if named not in self._placed:
            self._placed[named] = self._place(named)
        return self._placed[named]

    def _place(self, named: str) -> str:
        """Where the collection has a file; as the text names it if it is none of the package's."""
        path = _below_media(named)
        if path is not None:
            self._keep(named, path)
            return named
        name = next((name for name in _spellings(named) if name in self.files), None)
        content = self._read(name) if name else None
        if name is None or content is None:
            return self._absent(named)
        free = self._as_there(free_name(safe_name(name), content, self._there))
        if not (self.root / FOLDER / free).exists():
            self._copy(free, name)
        place = f"{FOLDER}/{quote(free)}"
        self._names[place] = free
        return place

    def _keep(self, named: str, path: PurePosixPath) -> None:
        """Put a file of ours where it was, unless one is there."""
        own = package_name(named)
        with suppress(OSError):  # a name that no file can have
            if (self.root / FOLDER / path).exists():
                return
        if own and own in self.files and self._is_free(path) and self._read(own) is not None:
            self._copy(path.as_posix(), own)
            self._names[named] = path.as_posix()
        else:
            self.missing.add(named)

    def _copy(self, place: str, name: str) -> None:
        self.copies[place] = self.files[name]
        self._spelled.setdefault(_alike(place), place)

    def _as_there(self, name: str) -> str:
        """A name as one is spelled that is there, or will be: some disks tell no letter case, nor forms of accents."""
        if not self._spelled:
            with suppress(OSError):
                self._spelled |= {_alike(path.name): path.name for path in (self.root / FOLDER).iterdir()}
        is_there = name in self.copies or (self.root / FOLDER / name).exists()
        return name if is_there else self._spelled.get(_alike(name), name)

    def _is_free(self, path: PurePosixPath) -> bool:
        """Whether a file can be put there: not below another file, nor where a folder will be."""
        name, above = path.as_posix(), [one.as_posix() for one in path.parents]
        if (
            any(len(part.encode("utf-8", "surrogatepass")) > _LONGEST for part in path.parts)
            or len(name) > _DEEPEST
        ):
            return False
        return not (
            any(one in self.copies or (self.root / FOLDER / one).is_file() for one in above)
            or any(one.startswith(f"{name}/") for one in self.copies)
        )

    def _absent(self, named: str) -> str:
        """Where a file is looked for when it is put there later; an address of another kind stays."""
        ending = PurePosixPath(unquote(named)).suffix.lower()
        if SCHEME.match(named) or ending not in ENDINGS | SOUNDS:
            return named
        place = f"{FOLDER}/{quote(safe_name(PurePosixPath(unquote(named)).name))}"
        self.missing.add(place)
        return place

    def _read(self, name: str) -> bytes | None:
        """A file's content; None if the package can't give it."""
        try:
            return self.files[name]()
        except FormatError:
            return None

    def _there(self, name: str) -> bytes | None:
        """What a name in `media/` stands for, or will; None if it is free."""
        with suppress(OSError):
            name = self._as_there(name)
            path = self.root / FOLDER / name
            if path.exists():
                return path.read_bytes()
            return self.copies[name]() if name in self.copies else None
        return b""


def _alike(name: str) -> str:
    """What is the same for names that a disk may take for one."""
    return normalize("NFC", normalize("NFC", name).casefold())


def addresses(draft: Draft) -> Iterator[str]:
    """What a draft calls the files and pages that it names."""
    for text in (draft.question, *draft.answer, *draft.choices, draft.hint, draft.extra):
        yield from targets(text)


def _spellings(named: str) -> Iterator[str]:
    """What a package may call what a text names."""
    for name in (named, unquote(named)):
        yield name
        yield normalize("NFC", name)
