"""However a session ends: what was graded is in the log, the process is gone, and the next start goes on."""

import json
import random
import re
import signal
import sys
import time

import pytest

from tests.tui.terminal import Terminal, command, ends, needs_proc, quizapp, take_the_tour

SETTINGS = "[study]\nnew_per_day = 9999\n[fsrs]\nlearning_steps = []\n"
CTRL_C, CTRL_P = "\x03", "\x10"
ENDS = 60


def ask(number):
    return f"What is number {number}?"


def reply(number):
    return f"It is {number}."


@pytest.fixture
def numbers(make_cards):
    """A collection of cards that come in their order and never a second time on the same day."""

    def make(count):
        cards = [f"  - {{q: {ask(n)}, a: {reply(n)}, id: n{n}}}\n" for n in range(count)]
        return make_cards({"numbers.yaml": "cards:\n" + "".join(cards)}, SETTINGS)

    return make


# --- ways to end, and the exit codes that go with them ------------------------------------------------------


def by(number):
    return lambda terminal: terminal.send_signal(number)


WAYS = {
    "SIGKILL": (by(signal.SIGKILL), {-signal.SIGKILL}),
    "SIGHUP": (by(signal.SIGHUP), {128 + signal.SIGHUP, -signal.SIGHUP}),
    "SIGTERM": (by(signal.SIGTERM), {0, 128 + signal.SIGTERM, -signal.SIGTERM}),
    "ctrl+c": (lambda terminal: terminal.press(CTRL_C), {0}),
    "terminal gone": (lambda terminal: terminal.hang_up(), {128 + signal.SIGHUP, -signal.SIGHUP}),
}

# --- moments, each of which leaves the session with a question or a key just pressed ------------------------


def at_a_question(terminal, number):
    terminal.wait_for_question(ask(number))


def at_an_answer(terminal, number):
    terminal.press(" ")
    terminal.wait_for_answer(reply(number))


def at_a_flip(terminal, number):
    terminal.press(" ")


def at_a_grade(terminal, number):
    at_an_answer(terminal, number)
    terminal.press("3")


def in_the_info(terminal, number):
    terminal.press("i")
    terminal.wait_for_overlay("why now")


def in_the_help(terminal, number):
    terminal.press("?")
    terminal.wait_for_overlay("keys")


def in_the_palette(terminal, number):
    terminal.press(CTRL_P)
    terminal.wait_for_palette()


MOMENTS = [
    at_a_question,
    at_an_answer,
    at_a_flip,
    at_a_grade,
    in_the_info,
    in_the_help,
    in_the_palette,
]
AT_ONCE = {at_a_flip, at_a_grade}  # a key is on its way

# --- a session, and what it leaves --------------------------------------------------------------------------


def graded(root):
    """All grades of the log, card and rating, in their order."""
    lines = [line for file in sorted(root.glob("history/*.jsonl")) for line in file.read_text().splitlines()]
    events = [json.loads(line) for line in lines]
    return [(event["card"], event["rating"]) for event in events if "rating" in event]


def start(terminal, number):
    """Home, and the session whose first card is this one."""
    terminal.wait_for("all decks", "enter study")
    terminal.press("\r")
    terminal.wait_for_question(ask(number))


def grade(terminal, number, rating):
    """Answer a card and see the next one."""
    at_an_answer(terminal, number)
    terminal.press(str(rating))
    terminal.wait_for_question(ask(number + 1))
    return f"n{number}", rating


def end_a_session(root, way, moment, *, ratings=(3, 1), delay=0.0, **options):
    """Grade, end, and hold the log to what was shown; the terminal as it was left."""
    end, codes = WAYS[way]
    shown = graded(root)
    with quizapp(root, **options) as terminal:
        start(terminal, len(shown))
        for rating in ratings:
            shown.append(grade(terminal, len(shown), rating))
        moment(terminal, len(shown))
        time.sleep(delay)
        end(terminal)
        code = terminal.ended()
    logged = graded(root)
    pressed = [(f"n{len(shown)}", 3)] if moment is at_a_grade else []

    assert code in codes
    assert "Traceback" not in terminal.output
    assert logged in (shown, shown + pressed)
    return terminal


def goes_on(root):
    """A next start asks the first card that has no grade, and grades it."""
    before = graded(root)
    with quizapp(root) as terminal:
        start(terminal, len(before))
        now = grade(terminal, len(before), 4)
        terminal.press(CTRL_C)
        terminal.ended()
    return graded(root) == [*before, now]


def test_every_grade_whose_next_card_was_shown_is_in_the_log(numbers):
    root = numbers(24)
    end_a_session(root, "SIGKILL", at_a_grade)
    end_a_session(root, "SIGHUP", at_a_flip)
    end_a_session(root, "terminal gone", at_a_grade)

    assert goes_on(root)


@pytest.mark.long
def test_every_grade_whose_next_card_was_shown_is_in_the_log_after_sixty_ends(numbers):
    draw = random.Random(22)
    root = numbers(12 * (ENDS + 1))
    cases = [(way, moment) for way in WAYS for moment in MOMENTS]
    cases += [(way, at_a_grade) for way in WAYS for _ in range(5)]
    draw.shuffle(cases)
    for way, moment in cases[:ENDS]:
        ratings = draw.choices([1, 2, 3, 4], k=draw.randrange(11))
        delay = draw.uniform(0, 0.06) if moment in AT_ONCE else draw.choice([0, 0.02, 0.5])
        print(f"{way} {moment.__name__}, {ratings}, {delay:.3f} s")
        end_a_session(root, way, moment, ratings=ratings, delay=delay)

    assert len(graded(root)) > 3 * ENDS
    assert goes_on(root)


@pytest.mark.parametrize("way", ["SIGTERM", "ctrl+c"])
def test_an_end_gives_the_terminal_back(numbers, way):
    before, _, after = end_a_session(numbers(12), way, in_the_help).output.rpartition("\x1b[?1049l")

    assert "\x1b[?1049h" in before
    assert "\x1b[?25h" in after
    assert "\x1b[?1049h" not in after
    assert "\x1b[?25l" not in after


@pytest.mark.long
def test_a_terminal_that_goes_while_hangups_are_ignored_ends_the_process_too(numbers):
    end_a_session(numbers(12), "terminal gone", at_a_question, ignore_sighup=True)


# --- while it starts ----------------------------------------------------------------------------------------


def test_a_sigterm_that_comes_with_the_first_frame_gives_the_terminal_back(numbers):
    with quizapp(numbers(12)) as terminal:
        terminal.wait_until(lambda: "\x1b[?1049h" in terminal.output, "other screen")
        terminal.send_signal(signal.SIGTERM)
        terminal.ended()

    assert "\x1b[?1049l" in terminal.output
    assert "Traceback" not in terminal.output


@pytest.mark.long
def test_a_terminal_that_goes_while_the_app_starts_ends_it_even_if_hangups_are_ignored(numbers, tmp_path):
    with quizapp(numbers(12), ignore_sighup=True) as terminal:
        terminal.wait_until(
            lambda: any(tmp_path.glob("cache/quizapp/*")), "index"
        )  # Textual is not loaded yet
        terminal.hang_up()
        code = terminal.ended()

    assert code is not None


# --- beyond the reach of the terminal's signals -------------------------------------------------------------

LOOSE = """
import os, sys
child = os.fork()
if child:
    print(f"child {child}.", flush=True)
    os.waitpid(child, 0)
os.setsid()
os.execv(sys.argv[1], sys.argv[1:])
"""


@needs_proc
def test_a_terminal_that_goes_without_a_hangup_ends_the_process_too(numbers):
    root = numbers(12)
    take_the_tour()
    with Terminal([sys.executable, "-c", LOOSE, *command(root)]) as terminal:
        start(terminal, 0)
        shown = [grade(terminal, 0, 3)]
        process = int(re.search(r"child (\d+)\.", terminal.output)[1])
        terminal.hang_up()

        assert ends(process)
    assert graded(root) == shown
