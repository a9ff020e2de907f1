"""Packages that are broken or mean harm, all the way into a collection: refused in a sentence, or taken in whole."""

import json
import time
from datetime import UTC, datetime

import pytest
import yaml

from quizapp import Collection
from quizapp.decks.note import Kind
from quizapp.errors import QuizappError
from quizapp.formats.anki.container import opened
from quizapp.formats.anki.exporting import export
from quizapp.formats.anki.note_types import NOTE_TYPES
from quizapp.formats.anki.proposal import carry_out_package, propose_package
from quizapp.problem import Severity
from tests.formats.anki import made
from tests.formats.anki.a_life import lived
from tests.formats.anki.mutations import bases, mutated

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TOGETHER = 30  # packages that one collection takes


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """Anki's own packages in each of its formats, and ours, taken apart."""
    folder = tmp_path_factory.mktemp("packages")
    collection = made.studied(folder)
    paths = [*made.exported(collection, folder).values(), folder / "ours.apkg"]
    collection.close()
    root = folder / "cards"
    root.mkdir()
    (root / "quizapp.toml").write_text("")
    ours = None

    def opened_(decks, settings):
        nonlocal ours
        for name, text in decks.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        ours = Collection.open(root, now=NOW)
        return ours

    lived(opened_, lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC))
    export(ours, None, paths[-1], schedule=True, now=NOW)
    ours.close()
    return bases(paths)


def files(folder):
    """All that lies below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def take(collection, path):
    """Import a package; whether it was taken in."""
    try:
        with opened(path) as contents:
            found = propose_package(collection, path, contents, now=NOW, zone=UTC)
            carry_out_package(collection, found, NOW)
    except QuizappError as error:
        assert str(error).isprintable()
        return False
    accounted = {step.wanted.line for step in found.notes.steps} | {one.line for one in found.notes.passed}
    assert accounted >= set(range(1, len(contents.notes) + 1))
    return True


def is_whole(collection):
    """Whether each deck can be read, and nothing is wrong with the log."""
    for path in collection.root.rglob("*.yaml"):
        yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return [one for one in collection.problems if one.severity is Severity.ERROR] == []


def try_all(packages, make_collection, tmp_path, seeds):
    """Import mutants, many into one collection; how many were taken in."""
    path, good = tmp_path / "p.apkg", 0
    for first in range(seeds.start, seeds.stop, TOGETHER):
        around = files(tmp_path)
        root = make_collection({"mine.yaml": "cards:\n  - {q: Mine?, a: yes}\n"})
        with Collection.open(root, now=NOW) as collection:
            for seed in range(first, min(first + TOGETHER, seeds.stop)):
                path.write_bytes(mutated(packages, seed)[1])
                began = time.monotonic()
                try:
                    good += take(collection, path)
                    assert is_whole(collection)
                except BaseException:
                    print("seed", seed)
                    raise
                assert time.monotonic() - began < 5
        below = f"{root.relative_to(tmp_path).as_posix()}/"
        new = {name for name in files(tmp_path) - around if not name.startswith(("cache/", "state/"))}
        assert {name for name in new if not name.startswith(below)} <= {"p.apkg"}
        within = {name.removeprefix(below) for name in new if name.startswith(below)} - {
            "quizapp.toml",
            "deck.schema.json",
        }
        others = {name for name in within if not name.startswith(("history/", "media/"))}
        assert others == {name for name in others if name.endswith(".yaml")}
    return good


def test_mutated_packages_are_taken_in_or_refused(packages, make_collection, tmp_path):
    assert 3 < try_all(packages, make_collection, tmp_path, range(15)) < 15


@pytest.mark.long
def test_thousands_of_mutated_packages_are_taken_in_or_refused(packages, make_collection, tmp_path):
    assert try_all(packages, make_collection, tmp_path, range(1000, 6000)) > 1000


# By hand: what chance does not think of


def ours(name="quizapp basic", deck="a", told="a", tags="", title="A", **fields):
    """A package of ours with one note; `told` is the name that the deck's description gives."""
    kind = NOTE_TYPES[Kind.BASIC]
    model = made.BASIC | {
        "id": kind.id,
        "name": name,
        "flds": [{"name": one, "ord": place} for place, one in enumerate(kind.fields)],
    }
    said = {"Question": "Why?", "Answer": "so", "Id": "mynote"} | fields
    values = "\x1f".join(said.get(one, "") for one in kind.fields)
    head = json.dumps({"name": told, "title": title})
    description = f"<!-- quizapp {head} -->"
    content = made.database(
        models={str(kind.id): model},
        decks={"1": {"id": 1, "name": "Default"}, "7": {"id": 7, "name": deck, "desc": description}},
    )
    statements = ("update cards set did = 7", f"update notes set mid = {kind.id}, tags = ' {tags} '")
    content = made.changed(content, *statements)
    return {
        "collection.anki2": made.changed(content, "update notes set flds = ?", values=(values,)),
        "media": b'{"0": "picture.png"}',
        "0": b"picture",
    }


def entry(**said):
    return json.dumps({"q": "Why?", "a": "so"} | said)


HARMFUL = {
    "a deck above": ours(deck="..::..::evil", told="../../evil"),
    "a deck at the root": ours(deck="::tmp::evil", told="/tmp/evil"),
    "a hidden deck": ours(deck=".git::config", told=".git/config"),
    "a deck in the history": ours(deck="history::x", told="history/x"),
    "a deck of media": ours(deck="Media::x", told="Media/x"),
    "a deck with a zero": ours(deck="a\0b", told="a\0b"),
    "a deck with lines": ours(deck="a\nb", told="a\nb"),
    "a deck with escapes": ours(deck="a\x1b[2Jb", told="a\x1b[2Jb"),
    "a deck too long": ours(deck="a" * 5000, told="a" * 5000),
    "a deck too deep": ours(deck="::".join("a" * 3000), told="/".join("a" * 3000)),
    "a deck without a name": ours(deck="", told=""),
    "a title with escapes": ours(title="\x1b[31mred"),
    "a title with lines": ours(title="a\ncards: []\nb"),
    "half a letter": ours(title="\ud800", told="\ud800"),
    "a date that is none": ours(Quizapp=entry(added="2025-99-99")),
    "a date with lines": ours(Quizapp=entry(added="2025-01-01\ncards: x")),
    "unknown complaints": ours(Quizapp=entry(allow=["yes-no", "more", "yes-no", "a\nb"])),
    "an id that is a path": ours(Id="../../x", Quizapp=entry()),
    "an id too long": ours(Id="a" * 5000, Quizapp=entry()),
    "no text at all": ours(Question="", Answer="", Quizapp=""),
    "blanks": ours(Question=" &nbsp;<br>", Answer="<br>", Quizapp=entry(q=" ", a="\n")),
    "numbers for steps": ours(Quizapp=json.dumps({"q": "x", "steps": ["a", "b"], "numbers": [1, 10**30]})),
    "lone surrogates": ours(Quizapp='{"q": "\\ud800", "a": "\\udfff"}'),
    "control characters": ours(Quizapp=entry(q="a\0b\x1b[31m", a="\x07")),
    "media above": ours(Quizapp=entry(a="![](media/../../../x.png)")),
    "media elsewhere": ours(Quizapp=entry(a="![](/etc/passwd) ![](picture.png)")),
    "media of history": ours(Quizapp=entry(a="![](media/%2e%2e/history/x.png)")),
    "tags": ours(tags="a,b [x] \x1b[1m : # &", Quizapp=entry(tags=["a\nb", "", "x" * 9000])),
    "nested JSON": ours(Quizapp="[" * 100_000),
    "a source": ours(Quizapp=entry(source="javascript:alert(1)\n\x1b")),
}


@pytest.mark.parametrize("package", HARMFUL.values(), ids=HARMFUL)
def test_notes_that_call_themselves_ours_do_no_harm(package, make_collection, tmp_path, call):
    root = make_collection({"mine.yaml": "cards:\n  - {q: Mine?, a: yes}\n"})
    path = made.packed(tmp_path / "p.apkg", package)
    around = {name for name in files(tmp_path) if not name.startswith("collection-")}
    result = call("import", path, "--json", root=root)

    assert result.code == 0 or (result.code == 2 and result.err.count("\n") == 1)
    assert "\x1b" not in result.out + result.err
    new = {name for name in files(tmp_path) - around if not name.startswith(("cache/", "state/"))}
    assert all(name.startswith("collection-1/cards/") for name in new)
    assert {path.name for path in (root / "history").glob("*") if path.suffix != ".jsonl"} == set()
    assert not any(
        part.startswith(".") for path in root.rglob("*.yaml") for part in path.relative_to(root).parts
    )
    with Collection.open(root) as collection:
        assert is_whole(collection)
        assert collection.find("Mine")
        if result.code == 0 and result.json()["added"]:
            assert len(collection.find("")) == 2
    again = call("import", path, "--json", root=root)
    assert again.code == result.code
    assert again.code or again.json()["added"] == again.json()["updated"] == 0


REFUSED = {
    "nothing": b"",
    "no zip": b"<html>Not found</html>",
    "a cut zip": made.database()[:1000],
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("more", [(), ("--dry-run",), ("--json",), ("--deck", "mine")])
def test_what_is_no_package_is_refused_in_a_sentence(content, more, make_collection, tmp_path, call):
    root = make_collection({"mine.yaml": "cards:\n  - {q: Mine?, a: yes}\n"})
    path = tmp_path / "p.apkg"
    path.write_bytes(content)
    before = files(root)
    result = call("import", path, *more, root=root)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"Error: {path}: ") or str(path) in result.err
    assert len(result.err.splitlines()) == 1
    assert files(root) == before
