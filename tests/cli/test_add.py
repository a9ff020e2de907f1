"""`quizapp add`: every way of it yields a valid card that the next review brings."""

import os
import stat
from pathlib import Path

import pytest
import yaml


@pytest.fixture
def empty(make_collection):
    """A collection without decks."""
    return make_collection({})


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """Let $EDITOR be a script that does this to the file it is given."""

    def edit(script):
        path = tmp_path / "editor.py"
        path.write_text(
            f"#!{os.sys.executable}\nimport sys\nfrom pathlib import Path\nfile = Path(sys.argv[-1])\n"
            f"text = file.read_text()\n{script}\n"
        )
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("EDITOR", str(path))
        monkeypatch.delenv("VISUAL", raising=False)

    return edit


def kept(result):
    """The text that a message says is kept."""
    path = Path(result.err.rpartition("the text is kept in ")[2].strip())
    text = path.read_text()
    path.unlink()
    return text


def only_card(root, deck="inbox"):
    (card,) = yaml.safe_load((root / f"{deck}.yaml").read_text())["cards"]
    return card


def test_a_question_and_its_answer_go_to_the_inbox(call, empty):
    result = call(
        "add", "-q", "What is a tensor?", "-a", "An array.", "-t", "shapes", "-t", "two words", root=empty
    )

    card = only_card(empty)
    assert (result.code, result.out) == (
        0,
        f"added to cards/inbox.yaml:3: What is a tensor? ({card['id']})\n",
    )
    assert (card["q"], card["a"], card["tags"]) == ("What is a tensor?", "An array.", ["shapes", "two words"])
    assert "What is a tensor?" in call("review", "--plain", root=empty, stdin="q\n").out
    assert call("check", root=empty).out == "no problems\n"


def test_as_json_the_place_is_told(call, empty):
    found = call("add", "maths/sets", "-q", "Q?", "-a", "A.", "--json", root=empty).json()

    assert (found["file"], found["line"]) == ("cards/maths/sets.yaml", 3)
    assert found["id"] == only_card(empty, "maths/sets")["id"]


def test_a_deck_that_is_there_is_named_by_the_end_of_its_name(call, cards):
    found = call("add", "algebra", "-q", "Q?", "-a", "A.", "--json", root=cards).json()

    assert found["file"] == "cards/maths/algebra.yaml"


@pytest.mark.parametrize("named", ["cards/maths/algebra.yaml", "./cards/new.yml", "maths/algebra.yaml"])
def test_a_deck_may_be_named_by_its_file(call, cards, monkeypatch, named):
    monkeypatch.chdir(cards.parent)
    found = call("add", named, "-q", "Q?", "-a", "A.", "--json", root=cards).json()

    assert found["file"] in ("cards/maths/algebra.yaml", "cards/new.yaml")


@pytest.mark.parametrize(
    "words, fields",
    [
        (["--cloze", "A {{c1::tensor}} has {{c2::a shape}}."], {"cloze": "A {{c1::tensor}} has {{c2::a shape}}."}),
        (["--kind", "term", "-q", "Mass", "-a", "Inertia."], {"term": "Mass", "means": "Inertia."}),
        (["-q", "Which?", "--choice", "one", "--choice", "two", "-a", "two"], {"choices": ["one", "two"], "a": "two"}),
        (["-q", "Which?", "--choice", "one", "-a", "two"], {"choices": ["one", "two"], "a": "two"}),
        (["--kind", "steps", "-q", "How?", "-a", "first", "-a", "then"], {"steps": ["first", "then"]}),
        (["--kind", "typed", "-q", "Call?", "-a", "f()"], {"a": "f()", "type": True}),
        (["-q", "Call?", "-a", "f()", "--accept", "f( )"], {"accept": ["f( )"], "type": True}),
        (["-q", "Q?", "-a", "no", "--hint", "12:30", "--extra", "a: b", "--source", "https://example.org"],
         {"a": "no", "hint": "12:30", "extra": "a: b", "source": "https://example.org"}),
    ],
)  # fmt: skip
def test_every_kind_can_be_added_with_options(call, empty, words, fields):
    result = call("add", *words, root=empty)

    assert result.code == 0
    assert only_card(empty).items() >= fields.items()
    assert (
        "1 card" in call("review", "--plain", root=empty, stdin="q\n").out
        or call("due", "--json", root=empty).json()["new"]
    )
    assert call("check", "--json", root=empty).json()["problems"] == []


def test_the_answer_may_come_from_standard_input(call, empty):
    piped = call("add", "-q", "What is piped?", root=empty, stdin="all of\nthis\n")
    named = call("add", "-q", "-", "-a", "short", root=empty, stdin="What is\nasked?\n")

    first, second = yaml.safe_load((empty / "inbox.yaml").read_text())["cards"]
    assert (piped.code, named.code) == (0, 0)
    assert (first["a"], second["q"]) == ("all of\nthis\n", "What is\nasked?\n")


def test_cards_may_come_from_standard_input(run, empty):
    run("add", "-t", "x", root=empty, stdin="Q: One and one?\nA: Two.\n\nQ: Two and two?\nA: Four.\n")
    run("add", root=empty, stdin="Which line asks?\nThe first.\nThis answers, too.\n")

    cards = yaml.safe_load((empty / "inbox.yaml").read_text())["cards"]
    assert [(card["q"], card["a"].strip()) for card in cards] == [
        ("One and one?", "Two."),
        ("Two and two?", "Four."),
        ("Which line asks?", "The first.\nThis answers, too."),
    ]
    assert [card.get("tags") for card in cards] == [["x"], ["x"], None]


def test_without_a_card_and_a_terminal_it_says_how(call, empty):
    result = call("add", root=empty)

    assert result.code == 2
    assert "give the card with -q and -a, or as text on stdin" in result.err
    assert not (empty / "inbox.yaml").exists()


@pytest.mark.parametrize(
    "words, said",
    [
        (["-q", "Q?"], "this card has a question and no answer"),
        (["-q", "  ", "-a", "A"], "a card asks something"),
        (["-q", "Q\x1b[2J?", "-a", "A"], "U+001B has no place in a card"),
        (["--cloze", "nothing to ask"], "this cloze has no deletion"),
        (["-q", "Q?", "--choice", "one", "-a", "one"], "one choice is none"),
        (["../out", "-q", "Q?", "-a", "A"], 'no deck can be called "../out"'),
        (["history/x", "-q", "Q?", "-a", "A"], 'the folder "history" holds no decks'),
    ],
)
def test_what_makes_no_card_is_refused_with_the_reason(call, empty, words, said):
    result = call("add", *words, root=empty)

    assert result.code == 2
    assert said in result.err
    assert sorted(path.name for path in empty.iterdir()) == ["quizapp.toml"]


def test_a_question_that_the_deck_has_is_refused_with_its_place(call, cards):
    result = call("add", "maths/algebra", "-q", "what is a  Tensor?", "-a", "x", root=cards)

    assert result.code == 2
    assert "cards/maths/algebra.yaml:4: this question is there already" in result.err


def test_a_close_question_elsewhere_is_named_and_the_card_added(call, cards):
    result = call("add", "-q", "What is the tensor?", "-a", "x", root=cards)

    assert result.code == 0
    assert "close to cards/maths/algebra.yaml:4: What is a tensor?" in result.err


def test_a_card_is_written_in_the_editor(run, empty, editor):
    editor('file.write_text(text.replace("- q:", "- q: What is edited?").replace("    a:", "    a: This."))')
    result = run("add", "-e", root=empty)

    assert result.code == 0
    assert only_card(empty)["q"] == "What is edited?"


def test_an_editor_left_without_a_change_adds_nothing(call, empty, editor):
    editor("pass")
    result = call("add", "-e", root=empty)

    assert (result.code, result.out) == (0, "nothing was added\n")
    assert not (empty / "inbox.yaml").exists()


def test_what_was_written_wrongly_in_the_editor_is_kept(call, empty, editor):
    editor('file.write_text("cards:\\n  - q: What has no answer?\\n")')
    result = call("add", "-e", root=empty)

    assert result.code == 2
    assert "line 2: this card has a question and no answer" in result.err
    assert "What has no answer?" in kept(result)


@pytest.mark.parametrize("deck", ["inbox", "no//deck"])
def test_what_was_written_in_the_editor_is_kept_when_it_cannot_be_added(call, make_collection, editor, deck):
    root = make_collection({"inbox.yaml": "cards:\n  - q: What is there?\n    a: This.\n"})
    editor('file.write_text("cards:\\n  - q: What is there?\\n    a: That, at length.\\n")')
    result = call("add", "-e", deck, root=root)

    assert result.code == 2
    assert "That, at length." in kept(result)


def test_the_editor_begins_with_all_that_the_options_say(call, empty, editor):
    editor('file.write_text(text.replace("Which?", "Which one?"))')
    result = call(
        "add", "-e", "-q", "Which?", "--choice", "x", "-a", "y", "--hint", "h: 1", "--tag", "t", root=empty
    )

    assert result.code == 0
    card = only_card(empty)
    assert (card["q"], card["choices"], card["a"]) == ("Which one?", ["x", "y"], "y")
    assert (card["hint"], card["tags"]) == ("h: 1", ["t"])


@pytest.mark.parametrize(
    "options",
    [
        ["--cloze", "A {{c1::b}}.", "-a", "c"],
        ["--kind", "basic", "-q", "q", "-a", "a", "--choice", "b"],
        ["--kind", "term", "-q", "q", "-a", "a", "--accept", "b"],
    ],
)
def test_an_option_that_the_card_has_no_place_for_is_refused(call, empty, options):
    result = call("add", *options, root=empty)

    assert result.code == 2
    assert not (empty / "inbox.yaml").exists()


def test_a_broken_deck_is_left_alone_and_the_reason_named(call, make_collection):
    root = make_collection({"inbox.yaml": "cards: {not: a list}\n"})
    result = call("add", "-q", "Q?", "-a", "A", root=root)

    assert result.code == 2
    assert "cards/inbox.yaml" in result.err and "list" in result.err
    assert (root / "inbox.yaml").read_text() == "cards: {not: a list}\n"


def test_tags_may_be_given_with_commas(call, empty):
    call("add", "-q", "Q?", "-a", "A.", "-t", "one, two", "-t", "three", root=empty)

    assert only_card(empty)["tags"] == ["one", "two", "three"]


def test_a_deck_outside_the_collection_is_refused(call, empty, tmp_path):
    result = call("add", str(tmp_path / "elsewhere"), "-q", "Q?", "-a", "A.", root=empty)

    assert result.code == 2
    assert "a deck lies within the collection" in result.err
