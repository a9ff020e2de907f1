"""Sessions in a real terminal, from the first frame to the log: its keys, its sizes, its job control."""

import json
import random
import shlex
import sys
import time
from itertools import groupby

import pytest

from quizapp.collection import Collection
from tests.tui.terminal import Terminal, command, ends, needs_proc, quizapp, state, take_the_tour

CTRL_P, CTRL_Z, ENTER, ESCAPE, F1 = "\x10", "\x1a", "\r", "\x1b", "\x1bOP"
PAGE_UP, PAGE_DOWN, HOME, END = "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F"
SIZES = [(60, 18), (140, 40), (240, 70), (80, 24)]
STOPPED = 1.0  # seconds


def test_home_a_grade_and_the_way_out_in_a_real_terminal(make_cards, logged):
    with quizapp(make_cards()) as terminal:
        terminal.wait_for("all decks")
        terminal.press(ENTER)
        terminal.wait_for_question("What is a tensor?")
        terminal.press(" ")
        terminal.wait_for_answer("An array of numbers.")
        terminal.press("2")
        terminal.wait_for_question("What is a scalar?")
        terminal.press("q")
        terminal.wait_for("1 learning")
        terminal.press("q")
        code = terminal.ended()

    assert code == 0
    assert logged() == [("tensor", 2)]


# --- sizes --------------------------------------------------------------------------------------------------

WIDE = (
    "cards:\n"
    "  - q: What is a tensor?\n"
    f"    a: An array of numbers. {'A word and テンソル, then ' * 12}the end.\n"
    f"    source: https://example.org/{'long/' * 40}\n"
    f"  - {{q: What is a scalar?, a: {'number' * 40}}}\n"
)


@pytest.mark.long
def test_a_resize_in_the_middle_of_a_card_keeps_it_on_the_screen_and_within_it(make_cards):
    with quizapp(make_cards({"math.yaml": WIDE})) as terminal:
        terminal.wait_for("all decks", "enter study")
        terminal.press(ENTER)
        terminal.wait_for_question("What is a tensor?")
        outside = []
        for size in SIZES:
            terminal.resize(*size)
            terminal.wait_for_question("What is a tensor?")
            outside += terminal.outside
        terminal.press(" ")
        for size in SIZES:
            terminal.resize(*size)
            terminal.wait_for("What is a tensor?", "An array of numbers.", "4 easy")
            terminal.wait_for_answer("An array of numbers.")
            outside += terminal.outside
        terminal.press("3")
        terminal.wait_for_question("What is a scalar?")
        outside += terminal.outside

    assert outside == []


# --- ctrl+z -------------------------------------------------------------------------------------------------


def stop(terminal):
    """Ctrl+z, until the shell has the terminal again; the process that stopped."""
    process = terminal.foreground
    terminal.press(CTRL_Z)
    terminal.wait_until(lambda: state(process) == "T", "stop")
    terminal.wait_for("Stopped")
    return process


@pytest.fixture
def shell(make_cards):
    yield from started(shlex.join(command(make_cards())))


@pytest.fixture
def shell_and_script(make_cards):
    """The same, with a script between shell and app."""
    yield from started(shlex.join(["sh", "-c", f"{shlex.join(command(make_cards()))}; echo over"]))


def started(line):
    """The app at its first question, started from a shell that can stop it and go on with it."""
    take_the_tour()
    with Terminal(["bash", "--norc", "--noprofile", "-i"], PS1="$ ") as terminal:
        terminal.wait_for("$")
        terminal.press(line, ENTER)
        terminal.wait_for("all decks", "enter study")
        terminal.press(ENTER)
        terminal.wait_for_question("What is a tensor?")
        yield terminal


@needs_proc
def test_a_session_stopped_by_ctrl_z_goes_on_where_it_was(shell, logged):
    stop(shell)
    shell.press("fg", ENTER)
    shell.wait_for_question("What is a tensor?")
    offered = "4 easy" in shell.text
    shell.press(" ")
    shell.wait_for_answer("An array of numbers.")
    stop(shell)
    shell.press("fg", ENTER)
    shell.wait_for_answer("An array of numbers.")
    shell.press("2")
    shell.wait_for_question("What is a scalar?")
    shell.press("q")
    shell.wait_for("1 learning")
    shell.press("q")
    shell.wait_for("$")
    shell.press("echo code $?", ENTER)
    shell.wait_for("code 0")

    assert not offered
    assert logged() == [("tensor", 2)]
    assert "Traceback" not in shell.output


@pytest.mark.long
def test_a_script_that_started_the_app_is_stopped_with_it(shell_and_script):
    shell_and_script.press(CTRL_Z)
    shell_and_script.wait_for("Stopped")
    shell_and_script.press("fg", ENTER)
    shell_and_script.wait_for_question("What is a tensor?")
    shell_and_script.press("q")
    shell_and_script.wait_for("all decks", "enter study")
    shell_and_script.press("q")
    shell_and_script.wait_for("over")


@needs_proc
def test_the_time_for_which_a_session_was_stopped_does_not_count(shell, make_cards):
    asked = time.monotonic()
    stop(shell)
    stopped = time.monotonic()
    time.sleep(STOPPED)
    stopped = time.monotonic() - stopped
    shell.press("fg", ENTER)
    shell.wait_for_question("What is a tensor?")
    shell.press(" ")
    shell.wait_for_answer("An array of numbers.")
    thought = time.monotonic() - asked - stopped
    shell.press("2")
    shell.wait_for_question("What is a scalar?")
    [history] = (make_cards() / "history").glob("*.jsonl")
    took = json.loads(history.read_text().splitlines()[0])["took"]

    assert took <= thought + 0.1


@needs_proc
def test_a_terminal_that_goes_ends_a_stopped_process_too(shell, logged):
    shell.press(" ")
    shell.wait_for_answer("An array of numbers.")
    shell.press("2")
    shell.wait_for_question("What is a scalar?")
    process = stop(shell)
    shell.hang_up()

    assert ends(process)
    assert logged() == [("tensor", 2)]


@pytest.mark.long
def test_ctrl_z_does_nothing_where_no_shell_could_go_on_with_the_app(make_cards):
    with quizapp(make_cards()) as terminal:
        terminal.wait_for("all decks", "enter study")
        terminal.press(CTRL_Z, ENTER)
        terminal.wait_for_question("What is a tensor?")


# --- a morning of forty cards -------------------------------------------------------------------------------

SETTINGS = "[study]\nnew_per_day = 100\nbury_siblings = false\n[fsrs]\nlearning_steps = []\n"
MORNING = 40  # cards
LINES = 80  # of the one long answer


def decks():
    """Six kinds of notes; every one with a hint, every other with a source that can be opened."""
    notes = [f"q: What is number {n}?, a: It is {n}." for n in range(20)]
    notes += [f"term: Term {n}, means: Meaning of the term {n}." for n in range(8)]
    notes += [f'cloze: "Fact {n} has {{{{c1::head {n}}}}} and {{{{c2::tail {n}}}}}."' for n in range(6)]
    notes += [f"q: Which of these is {n}?, choices: [no {n}, yes {n}], a: yes {n}" for n in range(6)]
    notes += [f"q: Which call makes {n}?, a: make_{n}(), type: true, accept: [make {n}]" for n in range(4)]
    notes += [f"q: The steps of plan {n}?, steps: [begin {n}, go on {n}, end {n}]" for n in range(5)]
    random.Random(40).shuffle(notes)
    notes.insert(5, 'q: A long one?, a: "' + "\\n".join(f"Line {n}" for n in range(1, LINES + 1)) + '"')
    lines = [
        f"  - {{{note}, id: n{number}, hint: a hint for {number}{', source: ' + link(number) if number % 2 else ''}}}\n"
        for number, note in enumerate(notes)
    ]
    return {"a.yaml": "cards:\n" + "".join(lines[:30]), "b.yaml": "cards:\n" + "".join(lines[30:])}


def link(number):
    return f"https://example.org/{number}"


class Morning:
    """A learner at the terminal, who knows what the log will hold."""

    def __init__(self, terminal, cards, opened):
        self.terminal = terminal
        self.order = list(cards)
        self.waiting = list(cards)
        self.done = []  # what an undo can take back: cards, and those that waited before
        self.log = []
        self.opened = opened
        self.links = []

    @property
    def card(self):
        return self.waiting[0]

    def press(self, *keys):
        self.terminal.press(*keys)

    def sees_the_question(self):
        lines = self.card.question.split("\n")
        lines += [f"{letter}  {choice}" for letter, choice in zip("abc", self.card.choices, strict=False)]

        def shown():
            rows = self.terminal.rows_written[2:]
            after = rows[len(lines) :]
            return (
                rows[: len(lines)] == lines
                and self.terminal.offers("space show")
                and not after[0].startswith(f"{len(lines)}. ")
            )

        self.terminal.wait_until(shown, " / ".join(lines))

    def flip(self, key=" "):
        self.press(key)
        self.terminal.wait_for_answer(self.card.answer.split("\n")[0])

    def grade(self, key, rating):
        self.press(key)
        self._happened([self.card], rating)

    def put_away(self, key, event, *, note=False):
        card = self.card
        self.press(key)
        self._happened([each for each in self.order if same(each, card)] if note else [card], event)

    def mark(self, event):
        self.press("*")
        self.terminal.wait_for("Marked." if event == "mark" else "The mark is taken away.")
        self._write([self.card], event)

    def undo(self):
        self.press("u")
        cards, self.waiting = self.done.pop()
        self.log.append((ids(cards), "undo"))
        self.terminal.wait_for("Taken back")
        self.sees_the_question()

    def over(self, key, close, wait):
        self.press(key)
        wait()
        self.press(close)

    def _happened(self, cards, what):
        self._write(cards, what)
        self.waiting = [card for card in self.waiting if card not in cards]
        self.sees_the_question()

    def _write(self, cards, what):
        self.log.append((ids(cards), what))
        self.done.append((cards, self.waiting))


def ids(cards):
    return sorted(card.id for card in cards)


def same(one, other):
    """Whether two cards are of one note."""
    return one.id.partition(".")[0] == other.id.partition(".")[0]


def flip_and_grade(key, rating, flip=" "):
    def turn(at):
        at.flip(flip)
        at.grade(key, rating)

    return turn


def grades_before_the_answer_do_nothing(at):
    at.press("1", "2", "3", "4")
    at.flip()
    at.grade("4", 4)


def hint(at):
    at.press("h")
    at.terminal.wait_for(f"hint  {at.card.hint}")
    at.flip()
    at.grade("1", 1)


def reason(at):
    at.over("i", ESCAPE, lambda: at.terminal.wait_for_overlay("why now"))
    at.sees_the_question()
    at.flip()
    at.over("i", "q", lambda: at.terminal.wait_for_overlay("why now"))
    at.terminal.wait_for_answer(at.card.question.split("\n")[0])
    at.grade("2", 2)


def helped(at):
    at.over("?", " ", lambda: at.terminal.wait_for_overlay("keys"))
    at.sees_the_question()


def toured(at):
    at.over(F1, ESCAPE, lambda: at.terminal.wait_for_overlay("welcome to quizapp"))
    at.sees_the_question()


def palette(at):
    at.over(CTRL_P, ESCAPE, at.terminal.wait_for_palette)
    at.sees_the_question()


def scroll(at):
    at.press("j", "k", PAGE_DOWN, PAGE_UP, END, HOME)
    at.sees_the_question()
    at.flip()
    at.press("j", "k", PAGE_DOWN, PAGE_UP, END)
    if "\n" in at.card.answer:
        at.terminal.wait_for(f"Line {LINES}")
    at.press(HOME)
    at.terminal.wait_for_answer(at.card.question.split("\n")[0])
    at.grade(" ", 3)


def source(at):
    at.press("o")
    if at.card.source:
        at.links.append(at.card.source)
        at.terminal.wait_for(f"Opened {at.card.source}")
        at.terminal.wait_until(lambda: at.opened() == at.links, "browser")


def undo_a_grade(at):
    before = at.card
    at.flip()
    at.grade("1", 1)
    at.undo()

    assert at.card is before


def undo_what_was_put_away(at):
    at.put_away("=", "bury", note=True)
    at.put_away("@", "suspend")
    at.undo()
    at.undo()


def undo_at_an_answer(at):
    at.flip()
    at.grade("4", 4)
    at.flip()
    at.undo()


def mark_and_unmark(at):
    at.mark("mark")
    at.flip()
    at.mark("unmark")
    at.grade("2", 2)


def mark_and_undo(at):
    at.mark("mark")
    at.undo()


TURNS = [
    flip_and_grade("1", 1),
    flip_and_grade("2", 2),
    flip_and_grade("3", 3),
    flip_and_grade("4", 4),
    flip_and_grade(" ", 3),
    flip_and_grade(ENTER, 3, flip=ENTER),
    grades_before_the_answer_do_nothing,
    hint,
    reason,
    helped,
    toured,
    palette,
    scroll,
    source,
    undo_a_grade,
    undo_at_an_answer,
    undo_what_was_put_away,
    mark_and_unmark,
    mark_and_undo,
    lambda at: at.put_away("-", "bury"),
    lambda at: at.put_away("=", "bury", note=True),
    lambda at: at.put_away("@", "suspend"),
    lambda at: at.put_away("!", "suspend", note=True),
]


def happened(root):
    """What the log holds in its order, but for notes: the cards of one event, and the rating or the event."""
    [history] = (root / "history").glob("*.jsonl")
    lines = [json.loads(line) for line in history.read_text().splitlines()]
    events = [(line["at"], line.get("rating") or line["event"], line["card"]) for line in lines]
    groups = groupby((event for event in events if event[1] != "note"), lambda event: event[:2])
    return [(sorted(card for _, _, card in group), what) for (_, what), group in groups]


@pytest.fixture
def browser(tmp_path, monkeypatch):
    """A browser that writes down what it is asked to open; the addresses."""
    program, log = tmp_path / "surf", tmp_path / "surfed"
    program.write_text(
        f'#!{sys.executable}\nimport sys\nopen({str(log)!r}, "a").write(sys.argv[1] + "\\n")\n'
    )
    program.chmod(0o755)
    log.touch()
    monkeypatch.setenv("BROWSER", str(program))
    return lambda: log.read_text().splitlines()


@pytest.mark.parametrize(
    "size",
    [
        (80, 24),
        pytest.param((60, 18), marks=pytest.mark.long),
        pytest.param((140, 40), marks=pytest.mark.long),
    ],
    ids=str,
)
def test_the_log_of_a_morning_holds_what_was_pressed_in_its_order(make_cards, browser, size):
    root = make_cards(decks(), SETTINGS)
    with Collection.open(root) as collection:
        cards = [row.card for row in collection.find_rows("")]
    draw = random.Random(sum(size))
    with quizapp(root, "review", columns=size[0], lines=size[1]) as terminal:
        at = Morning(terminal, cards, browser)
        at.sees_the_question()
        turns = []
        while len(at.order) - len(at.waiting) < MORNING or turns:
            turns = turns or draw.sample(TURNS, len(TURNS))
            turns.pop()(at)
        terminal.press("q")
        code = terminal.ended()

    assert code == 0
    assert happened(root) == at.log
    assert {what for _, what in at.log} == {1, 2, 3, 4, "undo", "bury", "suspend", "mark", "unmark"}
    assert terminal.outside == []
    assert "Traceback" not in terminal.output
