"""`quizapp edit`: another text, the same memory."""

import os
import stat


def text(root):
    return (root / "maths" / "algebra.yaml").read_text()


def test_only_what_changes_is_written(call, cards):
    before = text(cards)
    result = call("edit", "tensor", "-a", "An array with a shape.", root=cards)

    assert (result.code, result.out) == (0, "changed: cards/maths/algebra.yaml:4\n")
    assert text(cards) == before.replace("a: An array of numbers.", "a: An array with a shape.")


def test_a_reworded_question_keeps_its_memory_unless_it_starts_afresh(call, cards):
    call("review", "--plain", "--limit", "1", root=cards, stdin="4\n")
    kept = call("edit", "tensor", "-q", "Which thing has a rank?", root=cards)

    assert "its memory is kept; --afresh starts it anew" in kept.err
    assert call("info", "tensor", "--json", root=cards).json()["state"] == "review"
    call("edit", "tensor", "-q", "Which of them has a rank?", "--afresh", root=cards)
    assert call("info", "tensor", "--json", root=cards).json()["state"] == "new"


def test_a_typo_is_not_asked_about(call, cards):
    call("review", "--plain", "--limit", "1", root=cards, stdin="4\n")
    result = call("edit", "tensor", "-a", "An arrray of numbers.", root=cards)

    assert (result.code, result.err) == (0, "")


def test_a_note_that_goes_by_its_question_gets_its_id_when_that_changes(call, cards):
    card = next(found["id"] for found in call("find", "vector", "--json", root=cards).json())
    result = call("edit", card, "-q", "What is a row vector?", "--json", root=cards)

    assert result.json()["id"] == card
    assert f'q: "What is a row vector?", a: A row of numbers., id: {card}' in text(cards)


def test_tags_are_given_and_taken_away(call, cards):
    call("edit", "tensor", "-t", "new", "-t", "other", root=cards)
    call("edit", "tensor", "--untag", "other", root=cards)

    assert "tags: [new]" in text(cards)


def test_nothing_to_change_changes_nothing(call, cards):
    before = text(cards)
    result = call("edit", "tensor", "-a", "An array of numbers.", root=cards)

    assert (result.code, result.out) == (0, "nothing to change\n")
    assert text(cards) == before


def test_without_a_terminal_it_asks_what_to_change(call, cards):
    result = call("edit", "tensor", root=cards)

    assert result.code == 2
    assert "say what to change" in result.err


def test_what_would_make_no_card_is_refused(call, cards):
    before = text(cards)
    result = call("edit", "tensor", "-a", " ", root=cards)

    assert result.code == 2
    assert text(cards) == before


def test_a_stranger_is_named(call, cards):
    assert call("edit", "nobody", "-a", "x", root=cards).code == 2


def test_the_editor_opens_the_deck_at_the_card_and_its_mistakes_are_named(run, cards, tmp_path):
    script = tmp_path / "vi"
    script.write_text(
        f"#!{os.sys.executable}\nimport sys\nprint(sys.argv[1:])\n"
        'with open(sys.argv[-1], "a") as file:\n    file.write("  - q: No answer?\\n")\n'
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    result = run("edit", "scalar", "-e", root=cards, EDITOR=str(script), VISUAL="")

    assert "['+5', " in result.out and "algebra.yaml" in result.out
    assert "cards/maths/algebra.yaml:7:5: this card has a question and no answer" in result.err
