"""`quizapp export` says what it wrote, and what it could not take along."""

import json


def test_what_can_not_be_read_is_said(call, make_collection, tmp_path):
    torn = "cards:\n  - {q: Whole?, a: Yes., id: whole}\n  - q: Torn: is it?\n    a: No.\n"
    root = make_collection({"torn.yaml": torn})
    result = call("export", "torn", "-o", tmp_path / "x.apkg", "--json", root=root)

    assert result.code == 0
    assert json.loads(result.out)["notes"] == 1
    assert json.loads(result.out)["unread"] == 1
    assert "1 place of decks or history can't be read" in result.err
