"""Text that is made to do harm is refused quickly, with one error."""

import subprocess
import sys
import time
import tracemalloc

import pytest

DEEP = [
    b"[" * 100_000,
    b"{" * 100_000,
    b"- " * 100_000,
    b"? " * 100_000,
    b": " * 100_000,
    b'{"a":' * 100_000,
    b"{a: " * 100_000,
    b"[!x " * 100_000,
    b"!x [" * 100_000,
    b"[&x " * 100_000,
    b"? [" * 100_000,
    b'[ "]", ' * 100_000,
    b"[\n" * 100_000,
    b"[ # ]\n" * 100_000,
    b"".join(b" " * depth + b"a:\n" for depth in range(2000)),
    b"".join(b" " * depth + b"- [\n" for depth in range(2000)),
]


@pytest.mark.parametrize("content", DEEP, ids=range(len(DEEP)))
@pytest.mark.parametrize("before", [b"", b"cards:\n  - q: "])
def test_deep_nesting_is_an_error(read, content, before):
    started = time.perf_counter()
    deck = read(before + content)

    assert deck.notes == ()
    assert len(deck.problems) in (1, 2)
    assert time.perf_counter() - started < 5


def test_nesting_just_below_the_guard_is_safe_on_a_small_stack():
    program = """
import threading
from quizapp.decks.reading import read_deck
def read():
    for content in (b"[" * 299, b"{a: " * 299, b"".join(b" " * n + b"a:\\n" for n in range(149)) + b" " * 149 + b"["):
        read_deck(b"x: " + content, name="d", file="d.yaml")
threading.stack_size(512 * 1024)
thread = threading.Thread(target=read)
thread.start()
thread.join()
print("alive")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert done.stdout == "alive\n", done.stderr


def bomb(levels):
    lines = ["a0: &a0 [" + ", ".join(["x"] * 10) + "]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, levels)]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    "content",
    [
        bomb(9),
        b"cards: &a [*a, *a]",
        b"title: &a " + b"x" * 90_000 + b"\ncards:\n" + b"  - {q: *a, a: *a}\n" * 20,
        b"cards:\n  - &a {q: x, a: y}\n" + b"  - *a\n" * 100_000 + b"  - &b [" + b"*a, " * 100_000 + b"]\n",
    ],
)
def test_text_repeated_by_aliases_is_bounded(read, content):
    started = time.perf_counter()
    deck = read(content)

    assert [problem.code for problem in deck.problems] == ["aliases"]
    assert time.perf_counter() - started < 5


@pytest.mark.long
@pytest.mark.parametrize(
    "content",
    [
        b"cards:\n  - q: x\n    a: " + b"word " * 10_000_000,
        b"cards:\n  - q: x\n    a: |\n" + b"      word\n" * 4_500_000,
        b"cards: [" + b"{q: a, a: b}, " * 3_500_000 + b"]",
        b"- " * 25_000_000,
        b"x" * 50_000_000,
        b"cards:\n" + b"x" * 70_000_000,
    ],
    ids=range(6),
)
def test_a_huge_file_is_refused_with_one_problem(read, content):
    tracemalloc.start()
    started = time.perf_counter()
    deck = read(content)
    took = time.perf_counter() - started
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert deck.notes == ()
    assert len(deck.problems) == 1
    assert took < 10
    assert peak < 500_000_000
