"""Edits and answers taken back one by one: files are byte for byte what they were, and so is the memory."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from quizapp.decks.draft import Draft
from quizapp.decks.note import Kind
from quizapp.errors import EditError, QuizappError
from quizapp.journal.entry import Entry
from quizapp.memory.state import Rating

NOW = "2026-11-22T08:00"
DECKS = {
    "a.yaml": "title: A  # first\r\ncards:\r\n- q: What is the capital of France?\r\n  a: Paris\r\n"
    "- {q: Who wrote Faust?, a: Goethe, id: faust}\r\n# end",
    "b/c.yaml": "tags: [b]\ncards:\n  - term: Tensor\n    means: An array\n    id: tensor\n\n"
    "  - q: How is tea made?\n    steps:\n      - boil water\n      - add leaves\n    id: tea\n",
    "flow.yaml": "cards: [{q: Which sea is salty?, a: 'All, in truth', id: sea}, {q: Is iron heavy?, a: It is, id: iron}]",
}


def state(collection, now):
    """All that an edit may change: the files, and of each card what is remembered."""
    rows = collection.find_rows("", now)
    return (
        {path.relative_to(collection.root): path.read_bytes() for path in collection.root.rglob("*.yaml")},
        {row.card.id: (row.card, repr(row.memory), row.suspended, row.buried, row.marked) for row in rows},
    )


def differences(one, other):
    return [
        (key, now.get(key), then.get(key))
        for now, then in zip(one, other, strict=True)
        for key in {**now, **then}
        if now.get(key) != then.get(key)
    ]


def added(collection, _draw, number, now):
    collection.add(
        f"b/{'c' if number % 3 else 'new'}", f"What is number {number} of {number**3}?", "x", now=now
    )


def edited(collection, draw, number, now):
    card = draw.choice(collection.find("", now)).id
    draft = collection.draft(card)
    change = draw.choice(["hint", "question", "answer", "afresh"])
    if change == "question" and draft.kind is not Kind.CLOZE:
        draft = replace(draft, question=f"{draft.question} ({number})")
    elif change == "answer" and draft.kind is Kind.STEPS:
        draft = replace(draft, answer=(f"{draft.answer[0]} {number}", *draft.answer[1:]))
    else:
        draft = replace(draft, hint=f"hint {number}")
    collection.edit(card, draft, now, afresh=change == "afresh")


def some(collection, draw, now):
    cards = [card.id for card in collection.find("", now)]
    return draw.sample(cards, min(len(cards), draw.randint(1, 3)))


def tagged(collection, draw, number, now):
    collection.tag(some(collection, draw, now), [f"t{number % 3}"], [f"t{(number + 1) % 3}"], now)


def moved(collection, draw, number, now):
    collection.move(some(collection, draw, now), draw.choice(["a", "b/c", "flow", f"new/n{number % 2}"]), now)


def deleted(collection, draw, _number, now):
    collection.delete(some(collection, draw, now), now)


def answered(collection, draw, _number, now):
    collection.answer(some(collection, draw, now)[0], draw.choice(list(Rating)), now)


def suspended(collection, draw, _number, now):
    collection.suspend(some(collection, draw, now)[0], now)


ACTIONS = [added, edited, edited, edited, tagged, moved, deleted, answered, answered, answered, suspended]


def sequence(collection, seed, now):
    draw = random.Random(seed)
    done = []
    for number in range(25):
        now += timedelta(milliseconds=draw.choice([20, 1000, 60_000]))
        if done and draw.random() < 0.25:
            taken = collection.take_back(now)
            assert differences(state(collection, now), done.pop()) == [], f"{seed}, {number}: {taken}"
            continue
        if not collection.find("", now):
            break
        before = state(collection, now)
        act = draw.choice(ACTIONS)
        try:
            act(collection, draw, number, now)
        except QuizappError:
            assert state(collection, now) == before
            continue
        if act in (answered, suspended) or state(collection, now) != before:
            done.append(before)
    while done:
        now += timedelta(milliseconds=20)
        taken = collection.take_back(now)
        assert differences(state(collection, now), done.pop()) == [], f"{seed}, {len(done)} left: {taken}"


@pytest.mark.parametrize("seeds", [range(2), pytest.param(range(2, 80), marks=pytest.mark.long)])
def test_whatever_was_done_is_taken_back_step_by_step(opened, at, seeds):
    for seed in seeds:
        collection = opened(DECKS)
        for name, text in DECKS.items():
            (collection.root / name).write_bytes(text.encode())
        collection.refresh(at(NOW))
        sequence(collection, seed, at(NOW))
        collection.close()


def test_each_edit_says_in_words_what_was_taken_back(opened, at):
    collection = opened(DECKS)
    before = state(collection, at(NOW))
    collection.add("a", "New?", "x", now=at(NOW))
    collection.edit("faust", Draft("Who wrote Faust?", ("Goethe, twice",)), at(NOW))
    collection.tag(["faust", "sea"], ["x"], now=at(NOW))
    collection.move(["sea", "iron"], "b/c", at(NOW))
    collection.delete(["tensor.r"], at(NOW))

    words = [collection.take_back(at(NOW)).what for _ in range(5)]

    assert words == [
        "deleting one note",
        "moving 2 notes to b/c",
        "the tags of 2 notes",
        "the change of a card in a",
        "adding the card to a",
    ]
    assert state(collection, at(NOW)) == before
    assert collection.take_back(at(NOW)) is None


def test_edits_and_answers_come_back_in_the_order_in_which_they_were_made(opened, at):
    collection, now = opened(DECKS), at(NOW)
    collection.answer("faust", Rating.GOOD, now)
    collection.tag(["faust"], ["x"], now=now + timedelta(seconds=1))
    collection.answer("sea", Rating.GOOD, now + timedelta(seconds=2))

    taken = [collection.take_back(now + timedelta(seconds=n)) for n in (3, 4, 5)]

    assert isinstance(taken[0], Entry)
    assert taken[0].card == "sea"
    assert taken[1].what == "the tags of one note"
    assert taken[2].card == "faust"


def test_a_note_started_afresh_is_taken_back_with_its_memory(opened, at, learned):
    collection, now = opened(DECKS), at(NOW)
    learned(collection, ["tensor", "tensor.r"], now)
    before = state(collection, now)

    collection.edit(
        "tensor", Draft("Tensor", ("Something else",), Kind.TERM), now + timedelta(seconds=1), afresh=True
    )
    assert collection.memory("tensor.r") is None
    collection.take_back(now + timedelta(seconds=2))

    assert state(collection, now) == before


def test_a_file_that_changed_since_is_left_alone(opened, at):
    collection = opened(DECKS)
    collection.move(
        ["faust", "tea.s" + collection.find("tea", at(NOW))[0].id.partition(".s")[2]], "new", at(NOW)
    )
    path = collection.root / "a.yaml"
    path.write_bytes(path.read_bytes() + b"\n# mine\n")
    before = state(collection, at(NOW))

    for _ in range(2):
        with pytest.raises(EditError, match=r"cards/a\.yaml has changed since"):
            collection.take_back(at(NOW))
    assert state(collection, at(NOW)) == before


def test_a_file_that_is_gone_is_not_made_again(opened, at):
    collection = opened(DECKS)
    collection.tag(["faust"], ["x"], now=at(NOW))
    (collection.root / "a.yaml").unlink()

    with pytest.raises(EditError, match=r"cards/a\.yaml"):
        collection.take_back(at(NOW))
    assert not (collection.root / "a.yaml").exists()


def test_a_deck_that_was_made_goes_again(opened, at):
    collection = opened(DECKS)
    collection.add("x/y", "New?", "x", now=at(NOW))

    collection.take_back(at(NOW))

    assert not (collection.root / "x/y.yaml").exists()
    assert "x/y" not in collection.deck_names()


def test_a_note_deleted_and_asked_again_in_like_words_hands_its_memory_back(opened, at, learned):
    collection, now = opened(DECKS), at(NOW)
    learned(collection, ["faust"], now)
    before = state(collection, now)
    collection.delete(["faust"], now + timedelta(seconds=1))
    collection.add("a", "Who wrote Faust?", "Goethe", now=now + timedelta(seconds=2))

    collection.take_back(now + timedelta(seconds=3))
    collection.take_back(now + timedelta(seconds=4))

    assert state(collection, now) == before
