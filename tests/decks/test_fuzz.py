import random
import re
import time

import pytest

from quizapp.decks.fixing import with_ids
from quizapp.decks.note import card_ids, cards

DECK = """\
title: "Fuzz: a deck"
source: https://example.org
tags: [one, two]
read:
  - {title: T, url: https://example.org/t, kind: docs}
cards:
  - q: What is a tensor?
    a: A multi-dimensional array of numbers.
    id: k7f3q9x2ma
  # a comment
  - q: 'Quoted: it''s?'
    a: |
      first

      second $\\frac{1}{2}$
    tags: [x, "y"]
    hint: "start\\tat"

  - term: Temperature
    means: >
      Divides the
      logits.
  - cloze: A {{c1::rank-0}} tensor is a {{c2::scalar::hint}}.
  - q: Which loss?
    choices: [a, b, c]
    a: [a, c]
  - q: &x Call?
    a: optimizer.zero_grad()
    type: true
    accept: [opt.zero_grad()]
    extra: *x
  - {q: Flow?, a: yes}
  - q: Steps?
    steps:
      - forward
      - backward
  - q: Größe?
    a: 猫 🐈
  - q: Last?
    a: last
""".encode()

PIECES = (
    *(b"\0", b"\x07", b"\x1b", b"\x7f", b"\xff", b"\xc3", b"\xe2\x80\xa8", b"\xc2\x85", b"\xef\xbb\xbf", b"\xef\xbf\xbf"),
    *(b"\n", b"\r", b"\r\n", b"\t", b"  ", b"    ", b"- ", b": ", b":", b"? ", b"#", b"'", b'"', b"\\", b"|", b">", b"|-\n"),
    *(b"[", b"]", b"{", b"}", b",", b"{{", b"}}", b"{{c1::", b"&a ", b"*a", b"*x", b"!x ", b"!!str ", b"!!python/name:os ", b"%", b"@"),
    *(b"\n---\n", b"\n...\n", b"\n%YAML 1.1\n", b"\ncards:\n", b"\n  - q: x\n", b"\n- ", b"\ntitle: x\n", b"<<: *x\n", b"q: ", b"a: "),
)  # fmt: skip


def mutated(source):
    content = bytearray(DECK)
    for _ in range(source.choice((1, 1, 1, 2, 5, 20))):
        place = source.randrange(len(content) + 1)
        end = min(len(content), place + source.choice((0, 0, 1, 1, 5, 50)))
        kind = source.random()
        if kind < 0.3:
            content[place:end] = bytes(source.randrange(256) for _ in range(source.choice((1, 1, 4))))
        elif kind < 0.7:
            content[place:end] = source.choice(PIECES)
        elif kind < 0.8:
            del content[place:end]
        elif kind < 0.9:
            other = source.randrange(len(content) + 1)
            content[place:end] = content[other : other + source.choice((1, 10, 100))]
        elif kind < 0.92:
            content[place:end] = source.choice(PIECES) * source.choice((100, 3000))
        elif kind < 0.93:
            content[place:end] = b"word " * 25_000
        else:
            del content[source.choice((place, len(content) - place // 10)) :]
    return bytes(content)


@pytest.mark.long
def test_whatever_the_bytes_are_a_deck_or_its_problems_come_out(read):
    source = random.Random(20261122)
    slowest = 0.0
    for _ in range(10_000):
        content = mutated(source)
        started = time.perf_counter()
        deck = read(content)
        slowest = max(slowest, time.perf_counter() - started)
        check_places(deck, content)
        check_notes(deck)
        if not deck.notes and not deck.problems:
            assert (
                not re.search(rb"^ *(- |\[)", uncommented(content), re.MULTILINE) or b"cards: []" in content
            ), content

    assert slowest < 3


def uncommented(content):
    return re.sub(rb"^ *#.*$", b"", content, flags=re.MULTILINE).partition(b"cards:")[2]


def check_places(deck, content):
    """Every problem is in the file, or at its end."""
    lines = re.split(r"\r\n|\r|\n", content.decode(errors="replace"))
    for problem in deck.problems:
        assert 1 <= problem.line <= len(lines), content
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 2, (content, problem)
        assert problem.message
        assert len(problem.message) < 250
        assert problem.message.isprintable()
    assert list(deck.problems) == sorted(deck.problems)


def check_notes(deck):
    """Every note that is returned makes cards."""
    for note in deck.notes:
        note_id = note.declared or note.derived
        assert note.question.strip()
        assert len(note.hash) == 40
        assert [card.id for card in cards(note, note_id, deck.name)] == list(card_ids(note, note_id)) != []


@pytest.mark.long
def test_ids_written_into_damaged_decks_change_nothing_else(read):
    source = random.Random(7)
    for _ in range(1500):
        content = mutated(source)
        before = read(content)
        ids = {(note.line, note.column): f"new{n}" for n, note in enumerate(before.notes)}
        fixed = with_ids(content, ids)
        after = read(fixed)

        assert [(note.question, note.answer) for note in after.notes] == [
            (note.question, note.answer) for note in before.notes
        ]
        rest = iter(fixed)
        assert all(byte in rest for byte in content)
