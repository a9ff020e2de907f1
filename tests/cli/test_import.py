"""`quizapp import`: what it does to decks and log, what it says, and what a second time does."""

import re

import pytest

from quizapp import Collection, Rating

NOTES = """# My notes

## 1. Tensors

### Study Notes

| Question | Answer |
|---|---|
| What is a tensor? | An **array** of numbers, see [the docs](https://example.org/t). |
| What is $x^2$ called? | The square of `x | y`. |

#### Resources

| Title | By |
|---|---|
| [Broadcasting](https://example.org/b) | Someone |

## 2. Terms

| Term | Meaning | Links |
|---|---|---|
| **Rank** | the number of dimensions of a tensor | <https://example.org/r> |

| City | Country |
|---|---|
| Paris | France |
"""


@pytest.fixture
def root(make_collection):
    """A collection without decks."""
    return make_collection({})


@pytest.fixture
def notes(tmp_path):
    """The file of notes."""
    path = tmp_path / "study.md"
    path.write_text(NOTES)
    return path


@pytest.fixture
def bring(call, root):
    """Import a file with `--json`; the document."""

    def bring(path, *more):
        result = call("import", path, "--json", *more, root=root)
        assert result.code == 0, result.err
        return result.json()

    return bring


def counts(found):
    return found["added"], found["updated"], found["unchanged"]


def texts(root):
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*.yaml")}


def find(root, question):
    with Collection.open(root) as collection:
        return next(card for card in collection.find("") if card.question == question)


def test_notes_become_decks_named_after_their_headings(bring, root, notes):
    found = bring(notes)

    assert counts(found) == (3, 0, 0)
    assert found["decks"] == ["study", "study/tensors"]
    card = find(root, "What is a tensor?")
    assert card.answer == "An **array** of numbers, see [the docs](https://example.org/t)."
    assert card.deck == "study/tensors"
    assert find(root, "What is $x^2$ called?").answer == "The square of `x | y`."
    rank = find(root, "Rank")
    assert (rank.answer, rank.source) == ("the number of dimensions of a tensor", "<https://example.org/r>")
    assert [(one["line"], "City" in one["reason"]) for one in found["skipped"]] == [(24, True)]


def test_a_new_deck_says_what_should_be_read(bring, root, notes):
    bring(notes)

    with Collection.open(root) as collection:
        (resource,) = collection.resources("study/tensors")
    assert (resource.title, resource.url) == ("Broadcasting (Someone)", "https://example.org/b")


def test_a_second_import_changes_nothing(bring, root, notes, logged):
    bring(notes)
    before, log = texts(root), logged(root)

    found = bring(notes)

    assert counts(found) == (0, 0, 3)
    assert (texts(root), logged(root)) == (before, log)


def test_the_log_keeps_where_each_note_comes_from(bring, root, notes, logged):
    bring(notes)

    lines = logged(root)
    assert [line["event"] for line in lines] == ["note"] * 3
    assert {line["from"] for line in lines} == {"study.md"}
    assert all(line["row"].startswith(line["hash"]) and "q" not in line for line in lines)


def test_an_edited_answer_changes_one_card_which_keeps_its_memory(bring, root, notes, logged, at):
    bring(notes)
    card = find(root, "What is a tensor?")
    with Collection.open(root) as collection:
        collection.answer(card.id, Rating.GOOD)
        memory = collection.memory(card.id)
    before = texts(root)["study/tensors.yaml"].splitlines()
    notes.write_text(NOTES.replace("An **array** of numbers", "A **grid** of numbers"))

    found = bring(notes)

    assert counts(found) == (0, 1, 2)
    after = texts(root)["study/tensors.yaml"].splitlines()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
    with Collection.open(root) as collection:
        assert collection.memory(card.id) == memory
        assert collection.row(card.id).card.answer.startswith("A **grid**")
    hashes = [
        line["hash"] for line in logged(root) if line.get("event") == "note" and line["card"] == card.id
    ]
    assert len(hashes) == len(set(hashes)) == 2
    assert counts(bring(notes)) == (0, 0, 3)


def test_a_reworded_question_keeps_its_card(bring, root, notes):
    bring(notes)
    card = find(root, "What is a tensor?")
    notes.write_text(NOTES.replace("What is a tensor?", "What do we call a tensor?"))

    assert counts(bring(notes)) == (0, 1, 2)
    assert find(root, "What do we call a tensor?").id == card.id


def test_new_rows_are_added_to_the_decks_that_are_there(bring, root, notes):
    bring(notes)
    notes.write_text(NOTES.replace("\n#### Resources", "| What is new? | This. |\n\n#### Resources"))

    assert counts(bring(notes)) == (1, 0, 3)
    assert find(root, "What is new?").deck == "study/tensors"


def test_what_the_learner_changed_too_stays_and_is_named(bring, root, notes):
    bring(notes)
    deck = root / "study/tensors.yaml"
    deck.write_text(deck.read_text().replace("An **array** of numbers", "My own words"))
    notes.write_text(NOTES.replace("An **array** of numbers", "A **grid** of numbers"))

    found = bring(notes)

    assert counts(found) == (0, 0, 2)
    (one, _) = found["skipped"]
    assert one["line"] == 9
    assert re.fullmatch(
        r"its answer has changed here and in the file; cards/study/tensors.yaml:\d+ keeps yours;"
        r" the file's: \"A \*\*grid\*\* of numbers.*\"",
        one["reason"],
    )
    assert "My own words" in deck.read_text()


def test_a_card_that_was_moved_to_another_deck_is_still_known(bring, root, notes):
    bring(notes)
    with Collection.open(root) as collection:
        collection.move([find(root, "What is a tensor?").id], "elsewhere")
    notes.write_text(NOTES.replace("An **array** of numbers", "A **grid** of numbers"))

    found = bring(notes)

    assert counts(found) == (0, 1, 2)
    assert "A **grid**" in texts(root)["elsewhere.yaml"]


def test_a_deleted_card_stays_deleted_until_all_are(bring, root, notes):
    bring(notes)
    with Collection.open(root) as collection:
        collection.delete([find(root, "What is a tensor?").id])

    found = bring(notes)
    assert counts(found) == (0, 0, 2)
    assert (found["skipped"][0]["line"], found["skipped"][0]["reason"]) == (
        9,
        "you have deleted its card; it stays deleted",
    )

    for path in root.rglob("*.yaml"):
        path.unlink()
    assert counts(bring(notes)) == (3, 0, 0)
    assert counts(bring(notes)) == (0, 0, 3)


def test_a_dry_run_says_what_would_happen_and_does_nothing(call, bring, root, notes, logged):
    found = bring(notes, "--dry-run")

    assert counts(found) == (3, 0, 0)
    assert (texts(root), logged(root)) == ({}, [])
    told = call("import", notes, "--dry-run", root=root).out
    assert "study/tensors: 2 to add\n" in told


def test_people_are_told_what_happened_and_what_was_passed_over(call, root, notes):
    result = call("import", notes, root=root)

    assert result.code == 0
    assert "study/tensors: 2 added\n" in result.out
    assert f"{notes}:24: passed over: this table" in result.out
    assert "study/tensors: 2 unchanged\n" in call("import", notes, root=root).out


def test_all_notes_can_go_to_one_deck_with_their_headings_as_tags(bring, root, notes):
    found = bring(notes, "--deck", "mine")

    assert found["decks"] == ["mine"]
    assert find(root, "What is a tensor?").tags == ("tensors",)
    assert counts(bring(notes, "--deck", "mine")) == counts(bring(notes)) == (0, 0, 3)


def test_a_deck_that_is_there_keeps_its_head(bring, make_collection, call, notes):
    head = "title: Mine\ntags: [tensors]\n# a comment\nread: []\ncards:\n  - {q: First?, a: one, id: first}\n"
    root = make_collection({"mine.yaml": head})

    result = call("import", notes, "--deck", "mine", "--json", root=root)

    assert counts(result.json()) == (3, 0, 0)
    assert (root / "mine.yaml").read_text().startswith(head.rstrip("\n"))
    assert find(root, "What is a tensor?").tags == ("tensors",)
    notes.write_text(NOTES.replace("An **array** of numbers", "A **grid** of numbers"))
    assert counts(call("import", notes, "--deck", "mine", "--json", root=root).json()) == (0, 1, 2)


def test_a_question_that_the_collection_has_is_not_made_twice(call, make_collection, notes):
    deck = "cards:\n  - {q: What is a tensor?, a: Something else., id: mine}\n  - {term: Rank, means: the number of dimensions of a tensor, id: rank}\n"
    root = make_collection({"own.yaml": deck})

    found = call("import", notes, "--json", root=root).json()

    assert counts(found) == (1, 0, 1)
    assert found["skipped"][0]["reason"] == (
        "its question stands in cards/own.yaml:2 with another answer; that card stays as it is"
    )
    assert (root / "own.yaml").read_text() == deck


def test_images_are_copied_and_those_that_are_not_there_are_named(bring, root, notes, tmp_path, call):
    (tmp_path / "images").mkdir()
    (tmp_path / "images/row.png").write_bytes(b"picture")
    notes.write_text("Q: Which? ![](images/row.png)\nA: This ![x](images/none.png)\n")

    found = bring(notes)

    assert found["images"] == ["media/row.png"]
    assert found["missing_images"] == [{"line": 1, "image": "images/none.png"}]
    assert (root / "media/row.png").read_bytes() == b"picture"
    card = find(root, "Which? ![](media/row.png)")
    assert card.answer == "This ![x](media/none.png)"

    (tmp_path / "images/none.png").write_bytes(b"late")
    found = bring(notes)
    assert counts(found) == (0, 0, 1)
    assert (root / "media/none.png").read_bytes() == b"late"
    assert bring(notes)["images"] == []


def test_rows_that_make_no_card_are_named_in_the_readers_words(bring, notes):
    notes.write_text(
        "| Question | Answer |\n|---|---|\n| A {{c0::tensor}} is {{c1::here}} | |\n| Good? | yes |\n"
    )

    found = bring(notes)

    assert counts(found) == (1, 0, 0)
    assert [(one["line"], one["reason"]) for one in found["skipped"]] == [
        (3, "deletions are numbered from c1 to c500")
    ]


def test_tables_as_text_are_imported(bring, root, tmp_path):
    path = tmp_path / "Words.csv"
    path.write_text("word,meaning,deck\nHaus,house,de::nouns\ngehen,to go,de::verbs\n")

    found = bring(path)

    assert (counts(found), found["decks"]) == ((2, 0, 0), ["de/nouns", "de/verbs"])
    assert counts(bring(path)) == (0, 0, 2)


def test_unusual_columns_can_be_named(bring, root, tmp_path):
    path = tmp_path / "odd.md"
    path.write_text("| Stimulus | Reaction |\n|---|---|\n| x | y |\n")

    assert counts(bring(path)) == (0, 0, 0)
    assert counts(bring(path, "--columns", "question=Stimulus,answer=Reaction")) == (1, 0, 0)


def test_headings_are_questions_when_asked_for(bring, root, tmp_path):
    path = tmp_path / "heads.md"
    path.write_text("# All\n\n## What is it?\n\nThis.\n")

    assert counts(bring(path)) == (0, 0, 0)
    assert counts(bring(path, "--headings")) == (1, 0, 0)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("deck.apkg", b"PK\x03\x04", "deck.apkg: it"),
        ("notes.md", b"\xff\x00\x01", "is not UTF-8"),
        ("notes.bin", b"a\0b", "it is no text"),
    ],
)
def test_files_that_can_not_be_used_end_with_code_2(name, content, message, call, root, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)

    result = call("import", path, root=root)

    assert (result.code, result.out) == (2, "")
    assert message in result.err


def test_wrong_use_ends_with_code_2(call, root, notes, tmp_path):
    assert "can't be read: No such file" in call("import", tmp_path / "none.md", root=root).err
    assert call("import", notes, "--columns", "x", root=root).code == 2
    result = call("import", notes, "--deck", "../up", root=root)
    assert (result.code, "no deck can be called" in result.err) == (2, True)
    assert texts(root) == {}


def test_hostile_notes_drive_no_terminal(call, root, tmp_path):
    path = tmp_path / "evil\x1b[31m.md"
    path.write_text(
        "| Ci\x1bty | Country |\n|---|---|\n| \x1b[2J | x |\n\n# \x1b]0;x\x07\n\nQ: \x1b[31mred?\nA: b\n"
    )

    result = call("import", path, root=root)

    assert "\x1b" not in result.out + result.err
    assert "\x07" not in result.out + result.err


def test_another_file_of_the_same_name_takes_over_no_card(bring, root, tmp_path):
    texts = {
        "a": "Q: What is a list in Python?\nA: A mutable sequence.\n\n"
        "Q: What does len do?\nA: It counts the items of a thing.\n",
        "b": "Q: What is a list in Java?\nA: An interface of ordered collections.\n\n"
        "Q: What does length do?\nA: It counts the items of a thing.\n",
    }
    for folder, text in texts.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "notes.md").write_text(text)
        bring(tmp_path / folder / "notes.md")

    deck = (root / "notes.yaml").read_text()
    assert deck.count("- q:") == 4
    assert "What does len do?" in deck
