"""`quizapp export` says what it wrote, and what it could not take along."""

import json

import pytest


def test_what_can_not_be_read_is_said(call, make_collection, tmp_path):
    torn = "cards:\n  - {q: Whole?, a: Yes., id: whole}\n  - q: Torn: is it?\n    a: No.\n"
    root = make_collection({"torn.yaml": torn})
    result = call("export", "torn", "-o", tmp_path / "x.apkg", "--json", root=root)

    assert result.code == 0
    assert json.loads(result.out)["notes"] == 1
    assert json.loads(result.out)["unread"] == 1
    assert "1 place of decks or history can't be read" in result.err


def test_what_is_read_with_a_warning_and_what_stands_in_other_decks_is_not_counted(
    call, make_collection, tmp_path
):
    same = "cards:\n  - {q: Same?, a: one, id: one}\n  - {q: Same?, a: two, id: two}\n"
    torn = "cards:\n  - q: Torn: is it?\n    a: No.\n"
    root = make_collection({"same.yaml": same, "deep/torn.yaml": torn, "deeper.yaml": torn})

    for decks, count in (["same"], 0), (["deep"], 1), (["deep/torn"], 1), ([], 2):
        result = call("export", *decks, "-o", tmp_path / "x.apkg", "--json", root=root)
        assert (result.code, json.loads(result.out)["unread"]) == (0, count)


@pytest.mark.parametrize("name", ["x.apkg", "x.txt"])
def test_an_export_says_that_the_history_can_not_be_written(call, make_collection, tmp_path, name):
    root = make_collection({"a.yaml": "cards:\n  - {q: Who?, a: Me., id: who}\n"})
    assert call("export", "-o", tmp_path / name, root=root).err == ""
    (log,) = (root / "history").iterdir()
    lines = log.read_text()
    log.unlink()
    log.mkdir()  # a folder in its way
    (root / "history" / "2026-elsewhere-abcd.jsonl").write_text(lines)
    assert call("export", "-o", tmp_path / name, root=root).err == ""  # nothing has changed

    (root / "a.yaml").write_text("cards:\n  - {q: Who?, a: You., id: who}\n")
    told = call("export", "-o", tmp_path / name, root=root)
    result = call("export", "-o", tmp_path / name, "--json", root=root)
    assert (told.code, result.code, told.err) == (0, 0, result.err)
    assert len(result.err.splitlines()) == 1
    assert "the history can't be written" in result.err
    assert json.loads(result.out)["remarks"] == [result.err.strip()]
    assert json.loads(result.out)["notes"] == 1
