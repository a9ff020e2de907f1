"""What a learner can do wrong: a sentence on stderr, an exit code, never a traceback."""

import os
import signal
import subprocess
import sys

import pytest


def assert_refused(result, *words):
    """Exit code 2, nothing on stdout, and each of the words in one line on stderr."""
    assert (result.code, result.out) == (2, "")
    assert all(word in result.err for word in words), result.err
    assert len(result.err.strip().splitlines()) == 1


def test_no_collection_says_how_to_make_one(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words in (["due"], ["find", "x"], ["review", "--plain"], []):
        assert_refused(call(*words), "quizapp init")


def test_a_collection_that_is_not_there_is_named(call, tmp_path):
    assert_refused(call("due", root=tmp_path / "nowhere"), "nowhere", "does not exist", "quizapp init")


def test_a_collection_that_is_a_file_is_named(call, tmp_path):
    (tmp_path / "file").write_text("")

    assert_refused(call("due", root=tmp_path / "file"), "file is not a folder")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("[study\n", ("quizapp.toml:1:",)),
        ("[study]\nnew_per_day = -1\n", ("quizapp.toml:2:", "new_per_day", "0 or more")),
        ("[study]\nnew_per_dya = 5\n", ("quizapp.toml:2:", 'did you mean "new_per_day"')),
        ("[fsrs]\nparameters = [1, 2]\n", ("quizapp.toml:2:", "21")),
    ],
)
def test_broken_settings_are_named_with_their_line(call, cards, settings, words):
    (cards / "quizapp.toml").write_text(settings)

    assert_refused(call("due", root=cards), *words)


def test_settings_that_are_no_text_are_named(call, cards):
    (cards / "quizapp.toml").write_bytes(b"\xff\xfe\x00")

    assert_refused(call("due", root=cards), "quizapp.toml")


def test_a_broken_config_is_named(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config" / "quizapp").mkdir(parents=True)
    (tmp_path / "config" / "quizapp" / "config.toml").write_text("collection = 5")

    assert_refused(call("due"), "config.toml")


def test_an_unknown_deck_is_named_with_the_one_meant(call, cards):
    assert_refused(call("due", "algbra", root=cards), 'no deck "algbra"', "maths/algebra")
    assert_refused(call("review", "algbra", "--plain", root=cards), 'no deck "algbra"')


@pytest.mark.parametrize("command", ["info", "suspend", "resume", "forget"])
def test_an_unknown_card_is_named(call, cards, command):
    assert_refused(call(command, "nobody", root=cards), 'no card has the id "nobody"', "quizapp find")


def test_an_unknown_command_is_named_with_the_one_meant(call, cards):
    result = call("dew", root=cards)

    assert (result.code, result.out) == (2, "")
    assert 'no command "dew"; did you mean "due"?' in result.err


@pytest.mark.parametrize(
    "words", [("due", "--nonsense"), ("info",), ("review", "--limit", "0"), ("relink", "a")]
)
def test_wrong_use_is_explained(call, cards, words):
    result = call(*words, root=cards)

    assert (result.code, result.out) == (2, "")
    assert "Usage:" in result.err


def test_a_query_that_makes_no_sense_is_explained(call, cards):
    assert_refused(call("find", "is:nonsense", root=cards), '"is:nonsense"', "is:due")


def test_a_history_that_cannot_be_written_is_named_and_reading_goes_on(call, cards):
    call("suspend", "scalar", root=cards)
    (log,) = (cards / "history").iterdir()
    log.unlink()
    log.mkdir()  # a folder in its way
    result = call("review", "--plain", root=cards, stdin="\n3\n")

    assert result.code == 2
    assert "Question 1 of" in result.out
    assert "history can't be written" in result.err
    assert_refused(call("suspend", "tensor", root=cards), "history can't be written")
    assert call("due", root=cards).code == 0


def test_a_history_that_cannot_be_read_is_named_and_does_not_count_as_empty(call, cards):
    (cards / "history").write_text("a file in the way")
    for words in (["due"], ["review", "--plain"], ["suspend", "tensor"]):
        result = call(*words, root=cards)

        assert_refused(result, f"{cards}/history: the history can't be read: Not a directory")


def test_a_deck_that_is_a_folder_is_a_folder(call, cards):
    (cards / "odd.yaml").mkdir()
    (cards / "odd.yaml" / "inner.yaml").write_text("cards: [{q: In?, a: yes}]")

    assert "odd.yaml/inner" in call("due", root=cards).out
    assert call("check", root=cards).code == 0


def test_a_deck_that_leads_nowhere_is_a_problem_and_the_others_are_studied(call, cards):
    (cards / "gone.yaml").symlink_to(cards / "nothing.yaml")

    assert call("due", root=cards).code == 0
    assert "cards/gone.yaml:1:1" in call("check", root=cards).out


@pytest.mark.parametrize(
    ("encoding", "printed"),
    [("ascii", "utf-8"), pytest.param("iso-8859-1", "iso-8859-1", marks=pytest.mark.long)],
)
def test_cards_beyond_ascii_are_shown_somehow_where_the_terminal_is_not_unicode(
    run, make_collection, encoding, printed
):
    root = make_collection(
        {"maths.yaml": "cards: [{q: Wer war Gauß? 数学 🧠, a: ein Mathematiker, id: gauss}]\n"}
    )
    variables = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": encoding}
    for words in (["due"], ["find"], ["info", "gauss"], ["find", "--json"], ["review", "--plain"], ["check"]):
        result = run(*words, root=root, encoding=printed, **variables)

        assert (result.code, result.err) == (0, "")
    assert run("find", "gau", root=root, encoding=printed, **variables).out.startswith("gauss")


def test_decks_with_names_beyond_ascii_are_found_in_the_c_locale(run, make_collection):
    root = make_collection(
        {"größe/数学.yaml": "cards: [{q: Wer war Gauß?, a: ein Mathematiker, id: gauss}]\n"}
    )
    for variables in ({"LANG": "C"}, {"LC_ALL": "POSIX"}):
        assert run("find", "--json", root=root, **variables).json()[0]["deck"] == "größe/数学"
        assert run("review", "größe", "--plain", root=root, stdin="\n", **variables).out.count("Gauß") == 1


def test_a_reader_that_goes_early_is_no_error(make_collection):
    root = make_collection(
        {"many.yaml": "cards:\n" + "".join(f"  - {{q: Question {n}?, a: x}}\n" for n in range(2000))}
    )
    for words in (["find"], ["find", "--json"], ["due"]):
        process = subprocess.Popen(
            [sys.executable, "-m", "quizapp", "--collection", str(root), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        process.stdout.read(10)
        process.stdout.close()
        err = process.stderr.read()
        process.stderr.close()

        assert (process.wait(30), err) == (0, b"")


def test_ctrl_c_ends_a_session_with_130_and_what_was_answered_is_kept(cards, logged):
    process = subprocess.Popen(
        [sys.executable, "-m", "quizapp", "--collection", str(cards), "review", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdin.write(b"\n3\n")
    process.stdin.flush()
    seen = b""
    while b"Question 2" not in seen or not seen.endswith(b"quit: "):
        seen += process.stdout.read1()
    os.kill(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)

    assert process.returncode == 130
    assert b"Traceback" not in err
    assert [event["rating"] for event in logged(cards) if "rating" in event] == [3]


@pytest.mark.parametrize(
    "variables",
    [
        {"FORCE_COLOR": "1", "TERM": "xterm-256color"},
        pytest.param({}, marks=pytest.mark.long),
        pytest.param({"NO_COLOR": "1"}, marks=pytest.mark.long),
    ],
)
def test_a_pipe_gets_no_colour(run, cards, variables):
    (cards / "broken.yaml").write_text("cards: [{q: Alone?}]")
    for words in (["due"], ["find"], ["info", "tensor"], ["check"], ["--help"], ["review", "--plain"]):
        result = run(*words, root=cards, **variables)

        assert "\x1b" not in result.out + result.err


def test_the_version_and_the_help_need_no_collection(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert call("--version").code == 0
    assert "review" in call("--help").out
    assert "--json" in call("due", "-h").out
