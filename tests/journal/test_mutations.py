"""Ten thousand damaged logs: the collection opens, what is wrong has its place, what is whole counts."""

import json
import random

import pytest

from quizapp.collection import Collection

pytestmark = pytest.mark.long

RUNS = 10_000
NAME = "2026-desk-abcd.jsonl"
JUNK = [
    b"\x00", b"\x1b[31m", b"\x7f", b"\xff\xfe", b"\xed\xa0\x80", b"\xef\xbb\xbf", "\u2028\u202e".encode(), b"\\ud800",
    b"1e999", b"-" + b"9" * 5000, b"NaN", b"[" * 3000, b'{"a":' * 1500, b'"', b"\\", b"\r", b"\t", b"null", b"x" * 70_000,
]  # fmt: skip


def lines():
    """Reviews of the kept cards, and every kind of event about others."""
    at = "2026-11-{:02}T08:{:02}:00.000+01:00".format
    kept = [
        {"at": at(1 + n, n), "card": f"kept-{n}", "rating": 1 + n % 4, "took": 2.5, "due": "2026-11-25"}
        for n in range(8)
    ]
    other = [
        {"at": at(2, 1), "card": "victim", "rating": 3, "due": at(2, 11)},
        {"at": at(2, 2), "event": "undo", "of": at(2, 1), "card": "victim"},
        {"at": at(2, 3), "event": "note", "card": "victim", "hash": "abc", "q": "Why so?", "a": "Because."},
        {"at": at(2, 4), "event": "rename", "card": "victim", "to": "heir"},
        {"at": at(2, 5), "event": "bury", "card": "victim", "until": "2026-11-03"},
        {"at": at(2, 6), "event": "due", "card": "heir.r", "due": "2026-12-03"},
        {"at": at(2, 7), "event": "quiz", "right": 3, "of": 4},
        {"at": at(2, 8), "event": "forget", "card": "victim"},
        {"at": at(2, 9), "event": "mark", "card": "heir"},
        {"at": at(2, 9), "event": "comet", "card": "heir"},
    ]
    return [json.dumps(event).encode() for pair in zip(kept, other, strict=False) for event in pair] + [
        json.dumps(event).encode() for event in other[8:]
    ]


def damaged(line, draw):
    """A line after something happened to it."""
    raw = bytearray(line)
    for _ in range(draw.choice([1, 1, 1, 2, 5])):
        place = draw.randrange(len(raw) + 1)
        what = draw.randrange(6)
        if what == 0 and raw:
            raw[place - 1] ^= 1 << draw.randrange(8)
        elif what == 1:
            raw[place : place + draw.choice([1, 3, 30])] = b""
        elif what == 2:
            raw[place:place] = draw.choice(JUNK)
        elif what == 3 and raw:
            raw[place - 1] = draw.randrange(256)
        elif what == 4:
            end = draw.randrange(len(raw) + 1)
            raw[place:place] = raw[min(place, end) : max(place, end)]
        else:
            numbers = [n for n, byte in enumerate(raw) if byte in b"0123456789"] or [0]
            raw[draw.choice(numbers) : draw.choice(numbers)] = draw.choice(
                [b"9" * 400, b"-1", b"0", b"1e308", b"99"]
            )
    return bytes(raw)


def test_no_damage_to_the_log_harms_more_than_the_lines_it_hit(make_collection, at):
    deck = "cards:\n" + "".join(f"  - {{q: Question {n}?, a: Answer {n}, id: kept-{n}}}\n" for n in range(8))
    root = make_collection({"deck.yaml": deck + "  - {term: Heir, means: who gets it, id: heir}\n"})
    (root / "history").mkdir()
    draw, whole = random.Random(1122), lines()
    reported = 0
    for _ in range(RUNS):
        hit = set(draw.sample(range(len(whole)), draw.choice([1, 1, 2, 4])))
        content, numbers = b"", {}
        for place, line in enumerate(whole):
            if place not in hit:
                numbers[content.count(b"\n") + 1] = json.loads(line).get("card", "")
            content += damaged(line, draw) if place in hit else line
            content += b"" if place in hit and place + 1 in hit and draw.random() < 0.5 else b"\n"
        if draw.random() < 0.1 and len(whole) - 1 in hit:
            content = content[:-1]
        (root / "history" / NAME).write_bytes(content)
        with Collection.open(root, now=at("2026-11-20T08:00")) as collection:
            known = {
                row.card.id
                for row in collection.find_rows("is:learning")
                + collection.find_rows("is:review")
                + collection.find_rows("is:relearning")
            }
            problems = collection.problems
        reported += len(problems)

        assert {card for card in numbers.values() if card.startswith("kept-")} <= known, content
        assert all(
            problem.file.startswith("cards/") and problem.line >= 1 and problem.message
            for problem in problems
        )
        bad = {problem.line for problem in problems if problem.code in ("bad-line", "torn-line")}
        assert not bad & numbers.keys(), content
    print(f"{RUNS} logs, {reported} problems named")

    assert reported > RUNS // 2
