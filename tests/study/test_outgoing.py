"""What a collection gives to other programs: lasting names, times of change, and how cards stand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from quizapp import Rating, UnknownDeckError
from quizapp.collection import Collection


def given(collection, now=None, decks=None):
    return {out.id: out for out in collection.outgoing_notes(decks, now)}


def rewritten(collection, file, before, after, now):
    path = collection.root / file
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))
    collection.refresh(now)


def test_a_note_that_leaves_is_known_to_the_log_from_then_on(opened, make_deck, at):
    collection = opened({"a.yaml": make_deck("x", "y")})
    first = given(collection, at("2026-11-22T09:00"))
    again = given(collection, at("2026-11-29T09:00"))

    assert {out.modified for out in first.values()} == {int(at("2026-11-22T09:00").timestamp())}
    assert again == first


def test_an_export_of_one_deck_leaves_the_log_of_others_alone(opened, make_deck, at):
    collection = opened({"a.yaml": make_deck("x"), "b.yaml": make_deck("y")})
    assert list(given(collection, at("2026-11-22T09:00"), ["a"])) == ["x"]
    assert given(collection, at("2026-11-23T09:00"))["y"].modified == int(at("2026-11-23T09:00").timestamp())
    with pytest.raises(UnknownDeckError):
        given(collection, decks=["nowhere"])


@pytest.mark.parametrize(
    "change",
    [
        ("it is x", "it is an x"),
        ("What is x", "what is X"),
        ("id: x", "hint: so, id: x"),
        ("id: x", "tags: [new], id: x"),
        ("cards:", "tags: [of-the-deck]\ncards:"),
        ("cards:", "source: https://example.org\ncards:"),
    ],
)
def test_the_time_of_a_note_grows_when_its_text_changes(opened, make_deck, at, change):
    collection = opened({"a.yaml": make_deck("x"), "b.yaml": make_deck("y")})
    before = given(collection, at("2026-11-22T09:00"))
    rewritten(collection, "a.yaml", *change, at("2026-11-22T10:00"))
    after = given(collection, at("2026-11-22T11:00"))

    assert after["x"].modified == int(at("2026-11-22T10:00").timestamp())
    assert after["y"] == before["y"]


def test_two_changes_within_a_second_have_times_of_their_own(opened, make_deck, at):
    collection = opened({"a.yaml": make_deck("x")})
    now = at("2026-11-22T09:00")
    times = [given(collection, now)["x"].modified]
    for number in range(3):
        now += timedelta(milliseconds=10)
        rewritten(collection, "a.yaml", "it is x", f"it {number} is x", now)
        times.append(given(collection, now)["x"].modified)
        rewritten(collection, "a.yaml", f"it {number} is x", "it is x", now + timedelta(milliseconds=5))
        times.append(given(collection, now)["x"].modified)
    assert times == list(range(times[0], times[0] + 7))


def test_nothing_but_the_text_moves_the_time(opened, make_deck, at):
    collection = opened({"a.yaml": make_deck("x", "y")})
    before = given(collection, at("2026-11-22T09:00"))
    collection.answer("x", Rating.GOOD, at("2026-11-22T10:00"))
    collection.suspend("y", at("2026-11-22T10:01"))
    rewritten(collection, "a.yaml", "cards:", "# seen\n\ncards:", at("2026-11-22T10:02"))
    after = given(collection, at("2026-11-23T09:00"))
    assert {out.id: out.modified for out in after.values()} == {
        out.id: out.modified for out in before.values()
    }


def test_the_line_of_an_older_version_counts_as_the_same_text(opened, make_deck, at):
    collection = opened({"a.yaml": make_deck("x")})
    before = given(collection, at("2026-11-22T09:00"))["x"]
    (log,) = (collection.root / "history").glob("*.jsonl")
    hash_ = before.note.hash
    log.write_text(log.read_text().replace(hash_, hash_[:30]))
    lines = log.read_text()
    with Collection.open(collection.root, now=at("2026-11-23T09:00")) as again:
        assert given(again, at("2026-11-23T09:00"))["x"] == before
    assert log.read_text() == lines


def test_the_first_name_of_a_note_outlives_its_renames(opened, at):
    collection = opened(
        {"a.yaml": "cards:\n  - {q: What is a tensor of rank two?, a: A matrix of numbers and no more.}\n"}
    )
    (first,) = given(collection, at("2026-11-22T09:00")).values()
    collection.answer(first.id, Rating.GOOD, at("2026-11-22T09:01"))
    rewritten(collection, "a.yaml", "of rank two", "of the rank two", at("2026-11-22T10:00"))
    (second,) = given(collection, at("2026-11-22T10:01")).values()
    rewritten(collection, "a.yaml", "more.}", "more., id: mine}", at("2026-11-22T11:00"))
    (third,) = given(collection, at("2026-11-22T11:01")).values()

    assert len({first.id, second.id, third.id}) == 3
    assert first.first == second.first == third.first == first.id
    assert first.modified < second.modified == third.modified


def test_a_note_with_the_first_name_of_another_gets_one_of_its_own(opened, make_deck, at):
    collection = opened({"a.yaml": make_deck("x")})
    collection.answer("x", Rating.GOOD, at("2026-11-22T09:00"))
    rewritten(collection, "a.yaml", "id: x", "id: y", at("2026-11-22T10:00"))
    given(collection, at("2026-11-22T10:01"))
    path = collection.root / "b.yaml"
    path.write_text(make_deck("x"))
    collection.refresh(at("2026-11-22T11:00"))
    found = given(collection, at("2026-11-22T11:01"))

    assert found["y"].first == "x"
    assert found["x"].first not in ("x", "y")


def test_a_reworded_step_keeps_its_first_name(opened, at):
    text = "cards:\n  - q: How?\n    steps: [wash, rinse, repeat]\n    id: how\n"
    collection = opened({"a.yaml": text})
    before = given(collection, at("2026-11-22T09:00"))["how"]
    for card in before.cards:
        collection.answer(card, Rating.GOOD, at("2026-11-22T09:01"))
    draft = collection.draft(before.cards[1])
    reworded = replace(draft, answer=("wash", "rinse it well", "repeat"))
    collection.edit(before.cards[1], reworded, at("2026-11-22T10:00"))
    after = given(collection, at("2026-11-22T10:01"))["how"]

    assert after.cards[1] != before.cards[1]
    assert after.first_cards == before.cards == before.first_cards


def test_the_schedule_has_what_counts_by_the_present_names(opened, make_deck, at):
    collection = opened({"a.yaml": make_deck("x", "y", "z")})
    collection.answer("x", Rating.GOOD, at("2026-11-22T09:00"), 2)
    collection.answer("y", Rating.AGAIN, at("2026-11-22T09:01"))
    collection.undo(at("2026-11-22T09:02"))
    collection.answer("z", Rating.EASY, at("2026-11-22T09:03"))
    collection.forget("z", at("2026-11-22T09:04"))
    collection.suspend("y", at("2026-11-22T09:05"))
    collection.mark("y", at("2026-11-22T09:06"))
    schedule = collection.schedule(at("2026-11-22T09:07"))

    assert [(entry.card, entry.kind, entry.took) for entry in schedule.events] == [
        ("x", "3", 2.0),
        ("z", "4", None),
        ("z", "forget", None),
    ]
    assert schedule.standing("x").memory == collection.memory("x")
    assert schedule.standing("y")[:] == (None, True, 0, True)
    assert schedule.standing("nobody")[:] == (None, False, 0, False)


def test_a_renamed_cards_reviews_come_under_its_new_name(opened, make_deck, at):
    collection = opened({"a.yaml": make_deck("x")})
    collection.answer("x", Rating.GOOD, at("2026-11-22T09:00"))
    rewritten(collection, "a.yaml", "id: x", "id: y", at("2026-11-22T10:00"))
    collection.answer("y", Rating.GOOD, at("2026-11-22T11:00"))
    assert [entry.card for entry in collection.schedule(at("2026-11-22T12:00")).events] == ["y", "y"]


def test_decks_say_what_their_files_say_of_themselves(opened, at):
    text = "title: T\nsource: https://example.org\ntags: [a, b]\nrequires: [c]\nread: [{title: R, url: u, kind: book}]\ncards: []\n"
    collection = opened({"d/e.yaml": text, "c.yaml": "cards: []\n"})
    decks = {deck.name: deck for deck in collection.outgoing_decks(["d"])}
    assert list(decks) == ["d/e"]
    assert decks["d/e"][1:5] == ("T", "https://example.org", ("a", "b"), ("c",))
    assert [(r.title, r.url, r.kind) for r in decks["d/e"].read] == [("R", "u", "book")]


def test_a_deck_without_a_title_says_none(opened):
    collection = opened({"d/e.yaml": "cards: []\n"})
    assert [deck.title for deck in collection.outgoing_decks()] == [""]


def test_an_edited_question_that_went_out_is_the_same_note_even_before_its_first_review(opened, at):
    text = "cards:\n  - {q: What is a tensor of rank two?, a: A matrix of numbers and no more.}\n  - {q: And of Italy?, a: Rome}\n"
    collection = opened({"a.yaml": text})
    before = given(collection, at("2026-11-22T09:00"))
    rewritten(collection, "a.yaml", "of rank two", "of the rank two", at("2026-11-22T10:00"))
    after = given(collection, at("2026-11-22T10:01"))

    assert len(after.keys() - before.keys()) == 1
    assert [out.first for out in after.values()] == [out.first for out in before.values()]
    assert collection.problems == []


def test_a_note_that_went_out_and_is_gone_is_nobodys_question(opened, at):
    text = "cards:\n  - {q: What is the capital of France?, a: Paris}\n  - {q: And of Italy?, a: Rome}\n"
    collection = opened({"a.yaml": text})
    given(collection, at("2026-11-22T09:00"))
    rewritten(collection, "a.yaml", "the capital of", "a capital in", at("2026-11-22T10:00"))
    after = given(collection, at("2026-11-22T10:01"))

    assert [out.first for out in after.values()] == list(after)
    assert collection.problems == []
    assert collection.unsure() == []
