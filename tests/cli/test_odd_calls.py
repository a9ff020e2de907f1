"""Numbers beyond all bounds, names that are no text, streams that are closed: a message, never a traceback."""

import os
import subprocess
import sys

import pytest


@pytest.fixture
def shell(cards):
    """Run a line of shell in which `quizapp` is the command, on a small collection."""

    def shell(line, **variables):
        quizapp = f"'{sys.executable}' -m quizapp"
        return subprocess.run(
            ["/bin/sh", "-c", line.replace("quizapp", quizapp)],
            capture_output=True,
            env=os.environ | {"QUIZAPP_COLLECTION": str(cards)} | variables,
            timeout=60,
            check=False,
        )

    return shell


@pytest.mark.parametrize("minutes", ["nan", "1e300", "inf", "-inf", "1e9"])
def test_minutes_that_no_clock_counts_are_refused(call, cards, minutes):
    result = call("review", "--plain", "--minutes", minutes, root=cards)

    assert (result.code, result.out) == (2, "")
    assert "--minutes" in result.err


def test_limits_beyond_all_cards_are_no_limits(call, cards):
    most = "9" * 20

    assert call("find", "--limit", most, "tensor", root=cards).out.startswith("tensor")
    assert "Question 1 of 5" in call("review", "--plain", "--limit", most, root=cards).out


@pytest.mark.parametrize("words", [("--collection", "~nobody-here/x", "due"), ("init", "~nobody-here/x")])
def test_the_home_of_nobody_is_named(call, words):
    result = call(*words)

    assert (result.code, result.out) == (2, "")
    assert "~nobody-here/x" in result.err


def test_a_collection_that_is_a_link_to_itself_is_named(call, tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    result = call("due", root=tmp_path / "loop")

    assert (result.code, result.out) == (2, "")
    assert f"{tmp_path}/loop" in result.err


@pytest.mark.parametrize(
    "words", ["info X", "find X", "due X", "review --plain X", "suspend X", "relink a X", "X"]
)
def test_arguments_that_are_no_text_are_refused(shell, words):
    result = shell("quizapp " + words.replace("X", "$(printf '\\377')"))

    assert (result.returncode, result.stdout) == (2, b"")
    assert b"'\\udcff' is not UTF-8" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize(
    "line",
    [
        "quizapp due >&-",
        "quizapp review --plain <&-",
        *(
            pytest.param(line, marks=pytest.mark.long)
            for line in ("quizapp <&-", "quizapp due 2>&-", "quizapp due <&- >&- 2>&-")
        ),
    ],
)
def test_closed_streams_are_no_error(shell, line):
    result = shell(line)

    assert (result.returncode, result.stderr) == (0, b"")


def test_typed_bytes_that_are_no_text_are_not_understood(shell):
    result = shell("printf '\\377\\n' | quizapp review --plain", PYTHONIOENCODING="utf-8")

    assert (result.returncode, result.stderr) == (0, b"")
    assert b"Not understood." in result.stdout


def test_control_characters_in_the_log_do_not_reach_the_terminal(call, cards):
    (cards / "history").mkdir()
    at = "2026-11-20\\u001b10:00:00+01:00"
    (cards / "history" / "2026-desk-abcd.jsonl").write_text(
        f'{{"at":"{at}","card":"tensor","rating":3,"due":"2026-11-30"}}\n'
    )
    results = [call(*words, root=cards) for words in (("info", "tensor"), ("undo",), ("check",))]

    assert "cards/history/2026-desk-abcd.jsonl:1:1" in results[2].out
    assert not any("\x1b" in result.out + result.err for result in results)
