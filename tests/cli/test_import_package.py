"""`quizapp import` of a package: what it says, and what a dry run leaves as it is."""

import json

import pytest

from tests.formats.anki import made

NOTES = (
    "insert into notes values (1501, 'second', 10, 1, -1, ' one two ', 'q\x1fa', '', 0, 0, '')",
    "insert into notes values (1502, 'third', 10, 1, -1, '', 'other\x1fb', '', 0, 0, '')",
    "insert into notes values (1503, 'fourth', 10, 1, -1, '', 'alone\x1f', '', 0, 0, '')",
    *(f"insert into cards values ({id_}, {note}, 1, 0, 1, -1, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, '')"
      for id_, note in ((1601, 1501), (1602, 1502), (1603, 1503))),
)  # fmt: skip


@pytest.fixture
def package(tmp_path):
    """A package of four notes, of which two say the same, and one has no answer; with one review."""
    return made.packed(tmp_path / "few.apkg", {"collection.anki2": made.database(*NOTES)})


@pytest.fixture
def root(make_collection):
    return make_collection({"mine.yaml": "cards:\n  - {q: Mine?, a: yes}\n"})


def disk(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_notes_that_say_the_same_come_once_and_all_are_accounted_for(root, package, call):
    first = call("import", package, "--json", root=root)
    second = call("import", package, "--json", root=root)

    assert first.code == second.code == 0
    assert first.json()["added"] == 2
    assert first.json()["reviews"] == 1
    assert first.json()["skipped"] == [
        {"line": 2, "reason": "note 1 of the package says the same", "question": "q"},
        {"line": 4, "reason": "its back is empty", "question": "alone"},
    ]
    assert first.json()["decks"] == ["few"]
    again = {"added": 0, "updated": 0, "unchanged": 2, "reviews": 0}
    assert {key: second.json()[key] for key in again} == again
    assert second.json()["skipped"] == first.json()["skipped"]


def test_a_dry_run_says_the_same_and_writes_nothing(root, package, call):
    call("due", root=root)
    before = disk(root)
    dry = call("import", package, "--dry-run", "--json", root=root)

    assert disk(root) == before
    wet = call("import", package, "--json", root=root)
    assert dry.json() | {"dry_run": False} == wet.json()


def test_words_say_what_happened_and_what_did_not(root, package, call):
    result = call("import", package, root=root)

    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [
        "few: 2 added",
        "a review added to your history",
        f'{package}: note 2, "q": passed over: note 1 of the package says the same',
        f'{package}: note 4, "alone": passed over: its back is empty',
    ]


def test_very_many_notes_with_one_reason_are_a_line_with_the_first_few(root, tmp_path, call):
    question = "What is asked at such length that no line could ever hold it?"
    rows = [
        row
        for n in range(1, 13)
        for row in (
            f"insert into notes values ({2000 + n}, 'n{n}', 10, 1, -1, '', '<b>{n}</b> {question}\x1f', '', 0, 0, '')",
            f"insert into cards values ({3000 + n}, {2000 + n}, 1, 0, 1, -1, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, '')",
        )
    ]
    package = made.packed(tmp_path / "many.apkg", {"collection.anki2": made.database(*rows)})
    result = call("import", package, root=root)
    begins = "What is asked at such length that no line could…"

    assert result.out.splitlines()[-1] == (
        f"{package}: 12 notes passed over: its back is empty"
        f' (note 2, "1 {begins}"; note 3, "2 {begins}"; note 4, "3 {begins}"; and 9 more)'
    )


def test_a_note_that_was_changed_in_part_counts_as_updated_and_is_named(call, make_collection, tmp_path):
    deck = "cards:\n  - {q: Why?, a: so, id: why}\n  - {q: How?, a: thus, id: how}\n"
    root = make_collection({"a.yaml": deck})
    package = tmp_path / "x.apkg"
    call("export", "-o", package, root=root)
    made.edited(package, "why", ("Why so?", "for that"))
    (root / "a.yaml").write_text(deck.replace("a: so", "a: because"))
    reason = 'its answer has changed here and in Anki; cards/a.yaml:2 keeps yours; Anki\'s: "for that"'

    found = call("import", package, "--json", "--dry-run", root=root).json()
    assert (found["updated"], found["unchanged"], found["skipped"]) == (1, 1, [])
    assert found["remarks"] == [f'note 1, "Why so?": {reason}']
    assert call("import", package, root=root).out.splitlines() == [
        "a: 1 updated, 1 unchanged",
        f'{package}: note 1, "Why so?": {reason}',
    ]


def test_all_notes_may_go_into_one_deck(root, package, call):
    assert call("import", package, "--deck", "mine", root=root).code == 0
    before = disk(root)

    assert before["mine.yaml"].startswith(b"cards:\n  - {q: Mine?, a: yes}\n")
    assert before["mine.yaml"].count(b"q: ") == 3
    assert "few.yaml" not in before
    assert call("import", package, root=root).code == 0
    assert disk(root) == before


def test_the_same_notes_in_two_packages_come_once(root, package, tmp_path, call):
    call("import", package, root=root)
    other = tmp_path / "other.apkg"
    other.write_bytes(package.read_bytes())
    before = disk(root)

    assert call("import", other, "--json", root=root).json()["unchanged"] == 2
    assert disk(root) == before


@pytest.mark.parametrize("option", [("--columns", "question=1"), ("--headings",), ("--deck", "..")])
def test_options_that_make_no_sense_are_wrong_use(root, package, call, option):
    before = disk(root)
    result = call("import", package, *option, root=root)

    assert result.code == 2
    assert result.out == ""
    assert disk(root) == before


def test_json_is_all_that_is_said(root, package, call):
    assert json.loads(call("import", package, "--json", root=root).out)["remarks"] == []
