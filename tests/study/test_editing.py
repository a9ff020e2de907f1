"""Notes added, edited, tagged, moved and deleted through a collection: what the files say, and what is remembered."""

import re
from dataclasses import replace

import pytest

from quizapp.collection import Collection
from quizapp.decks.draft import Draft
from quizapp.decks.note import Kind
from quizapp.errors import EditError, RequestError, UnknownCardError
from quizapp.memory.state import Rating

NOW = "2026-11-22T08:00"
DECK = """\
# about sets
title: Sets
source: https://example.org/sets
tags: [maths]
cards:
  - q: What is a set?   # the first
    a: A collection of things.
    id: set
  - {q: What is the empty set?, a: The set without elements., id: empty, tags: [short]}

  - q: |
      What is a subset?
    a: A set whose elements are all in the other.
"""
STEPS = "cards:\n  - q: How is tea made?\n    steps: [boil water, add leaves, wait]\n    id: tea\n"


@pytest.fixture
def collection(opened):
    return opened({"maths/sets.yaml": DECK, "tea.yaml": STEPS})


def content(collection, file="maths/sets.yaml"):
    return (collection.root / file).read_bytes().decode()


def id_of(collection, words):
    (row,) = collection.find_rows(words)
    return row.card.id


def files(collection):
    return {path: path.read_bytes() for path in collection.root.rglob("*.yaml")}


# --- adding ------------------------------------------------------------------------------------------------


def test_a_card_is_added_at_the_end_of_its_deck(collection, at):
    card = collection.add("maths/sets", "What is a union?", "Everything in either.", ["new"], now=at(NOW))

    added = content(collection).removeprefix(DECK)
    assert content(collection).startswith(DECK)
    assert added == (
        "\n  - q: What is a union?\n    a: Everything in either.\n    tags: [new]\n"
        f"    id: {card.id}\n    added: 2026-11-22\n"
    )
    assert (card.question, card.answer, card.deck) == (
        "What is a union?",
        "Everything in either.",
        "maths/sets",
    )
    assert (card.tags, card.source, card.added) == (
        ("maths", "new"),
        "https://example.org/sets",
        "2026-11-22",
    )
    assert (card.file, card.line) == ("maths/sets.yaml", 15)
    assert collection.row(card.id).card == card
    assert collection.problems == []


def test_a_deck_that_is_not_there_is_made_with_its_folders(collection, at):
    card = collection.add("maths/numbers/primes", "Is 2 prime?", "Yes.", now=at(NOW))

    made = content(collection, "maths/numbers/primes.yaml")
    assert (
        made
        == f"# yaml-language-server: $schema=../../deck.schema.json\ncards:\n  - q: Is 2 prime?\n    a: Yes.\n    id: {card.id}\n    added: 2026-11-22\n"
    )
    assert "maths/numbers/primes" in collection.deck_names()


@pytest.mark.parametrize("name", ["sets", "maths/sets", "maths/sets.yaml", "sets.yml"])
def test_a_deck_goes_by_the_end_of_its_name(collection, at, name):
    assert collection.add(name, "What is a union?", "x", now=at(NOW)).deck == "maths/sets"


def test_an_end_that_two_decks_have_makes_a_deck_of_its_own(opened, at):
    collection = opened({"a/notes.yaml": STEPS, "b/notes.yaml": DECK})

    assert collection.add("notes", "What is a union?", "x", now=at(NOW)).deck == "notes"


def test_a_folder_of_decks_may_have_a_deck_of_its_name(collection, at):
    collection.add("maths", "What is a union?", "x", now=at(NOW))

    assert collection.deck_names() == ["maths", "maths/sets", "tea"]


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "/",
        "..",
        "../outside",
        "a/../b",
        ".hidden",
        "a/.hidden",
        "history/x",
        "a\\b",
        "a\nb",
        "x" * 300,
        "a//b",
    ],
)
def test_a_name_that_no_deck_can_have_is_refused(collection, at, name, tmp_path):
    before = sorted(tmp_path.rglob("*.yaml"))

    with pytest.raises(RequestError, match="no deck can be called"):
        collection.add(name, "What is a union?", "x", now=at(NOW))
    assert sorted(tmp_path.rglob("*.yaml")) == before


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (Draft("", ("x",)), "a card asks something"),
        (Draft(" \n ", ("x",)), "a card asks something"),
        (Draft("What?"), "no answer"),
        (Draft("What?", ("a", "b")), '"a" wants one text'),
        (Draft("Which?", ("a",), Kind.CHOICES), "no choices"),
        (Draft("Which?", ("a",), Kind.CHOICES, ("a",)), "one choice is none"),
        (Draft("Which?", ("a",), Kind.CHOICES, ("b", "c")), "not among the choices"),
        (Draft("How?", (), Kind.STEPS), "no steps"),
        (Draft("No deletion", (), Kind.CLOZE), "c1::"),
        (Draft("A bell \x07", ("x",)), "U\\+0007"),
        (Draft("Half \ud800", ("x",)), "U\\+D800"),
        (Draft("What?", ("x" * 100_001,)), "too long"),
    ],
)
def test_what_makes_no_card_is_refused_in_the_words_of_check(collection, at, draft, said):
    before = files(collection)

    with pytest.raises(RequestError, match=said):
        collection.add_draft("maths/sets", draft, at(NOW))
    with pytest.raises(RequestError, match=said):
        collection.add_draft("new", draft, at(NOW))
    assert files(collection) == before


def test_a_question_that_the_deck_has_is_refused_with_its_line(collection, at):
    before = files(collection)

    with pytest.raises(RequestError, match=r"cards/maths/sets\.yaml:9: this question is there already"):
        collection.add("sets", "what is  the EMPTY set?", "Nothing.", now=at(NOW))
    assert files(collection) == before
    assert collection.add("tea", "What is the empty set?", "Nothing.", now=at(NOW)).deck == "tea"


def test_ids_are_ten_letters_and_digits_a_letter_first_and_all_different(collection, at):
    drafts = [Draft(f"Question {n}?", ("x",)) for n in range(200)]

    ids = [card.id for card in collection.add_drafts("many", drafts, at(NOW))]

    assert len(set(ids)) == 200
    assert all(re.fullmatch("[a-z][a-z0-9]{9}", card) for card in ids)


def test_the_day_of_a_card_is_the_study_day(collection, at):
    assert collection.add("a", "One?", "x", now=at("2026-11-22T03:59")).added == "2026-11-21"
    assert collection.add("a", "Two?", "x", now=at("2026-11-22T04:00")).added == "2026-11-22"


def test_a_card_added_is_new_and_comes_first_among_the_new_ones(collection, at):
    now = at(NOW)
    assert collection.next(None, now) is not None

    card = collection.add("zzz", "What is new?", "This.", now=now)

    assert collection.memory(card.id) is None
    assert collection.next(None, now) == card


@pytest.mark.parametrize(
    ("draft", "ids"),
    [
        (Draft("Tensor", ("An array",), Kind.TERM), 2),
        (Draft("{{c1::A}} and {{c2::b}}", (), Kind.CLOZE), 2),
        (Draft("How?", ("first", "second", "third"), Kind.STEPS), 3),
        (Draft("Which?", ("a", "b"), Kind.CHOICES, ("a", "b", "c")), 1),
        (Draft("Unit?", ("newton",), Kind.TYPED, accept=("N",)), 1),
        (Draft("Q\n\n    code", ("  x\n\ty",), hint="h", extra="no: yes #1", source="s"), 1),
    ],
)
def test_every_kind_of_note_says_what_its_draft_says(collection, at, draft, ids):
    card = collection.add_draft("sets", draft, at(NOW))

    assert collection.draft(card.id) == draft
    assert len(collection.find("", at(NOW))) == 6 + ids
    assert collection.problems == []


def test_of_several_notes_one_that_is_no_card_keeps_all_out(collection, at):
    before = files(collection)

    for second in (Draft("", ("x",)), Draft("First?", ("y",)), Draft("What is a set?", ("y",))):
        with pytest.raises(RequestError):
            collection.add_drafts("sets", [Draft("First?", ("x",)), second], at(NOW))
    assert files(collection) == before


def test_what_a_learner_types_carelessly_is_tidied(collection, at):
    card = collection.add("sets", "\n What is\r\nthat? \n\n", "  one\r\n", [" a ", "", "a"], now=at(NOW))

    assert collection.draft(card.id) == Draft(" What is\nthat?", ("  one",), tags=("a",))


# --- editing -----------------------------------------------------------------------------------------------


def test_an_edit_writes_only_what_differs_and_keeps_the_memory(collection, at, learned):
    learned(collection, ["set"], at(NOW))
    memory = collection.memory("set")

    card = collection.edit(
        "set", replace(collection.draft("set"), answer=("A collection of distinct things.",)), at(NOW)
    )

    assert content(collection) == DECK.replace("of things.", "of distinct things.")
    assert (card.id, card.answer) == ("set", "A collection of distinct things.")
    assert collection.memory("set") == memory
    assert collection.problems == []


def test_a_note_without_an_id_keeps_its_memory_when_its_question_changes(collection, at, learned):
    card = id_of(collection, "subset")
    learned(collection, [card], at(NOW))
    memory = collection.memory(card)

    edited = collection.edit(
        card, replace(collection.draft(card), question="What else\nis a superset?"), at(NOW)
    )

    assert content(collection) == DECK.replace(
        "      What is a subset?", "      What else\n      is a superset?"
    ) + (f"    id: {card}\n")
    assert (edited.id, collection.memory(card)) == (card, memory)
    assert collection.problems == []


def test_a_note_without_an_id_gets_none_when_only_its_answer_changes(collection, at):
    card = id_of(collection, "subset")

    collection.edit(card, replace(collection.draft(card), answer=("Less.",)), at(NOW))

    assert content(collection) == DECK.replace("A set whose elements are all in the other.", "Less.")


def test_an_edit_that_changes_nothing_writes_nothing(collection, at):
    before = (collection.root / "maths/sets.yaml").stat()

    collection.edit("set", collection.draft("set"), at(NOW))

    after = (collection.root / "maths/sets.yaml").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert collection.take_back(at(NOW)) is None


def test_two_writers_that_change_different_texts_are_both_heard(collection, at):
    before = collection.draft("set")
    path = collection.root / "maths/sets.yaml"
    path.write_text(path.read_text().replace("A collection of things.", "Things together."))

    collection.edit("set", replace(before, question="What do we call a set?"), at(NOW), before=before)

    assert content(collection) == DECK.replace("What is a set?", "What do we call a set?").replace(
        "A collection of things.", "Things together."
    )


def test_the_same_text_changed_by_another_program_is_not_written_over(collection, at):
    before = collection.draft("set")
    path = collection.root / "maths/sets.yaml"
    path.write_text(changed := path.read_text().replace("A collection of things.", "Things together."))

    with pytest.raises(EditError, match=r"cards/maths/sets\.yaml:6: .* changed this card's answer"):
        collection.edit("set", replace(before, answer=("Mine.",)), at(NOW), before=before)
    assert content(collection) == changed


def test_both_making_the_same_change_is_no_conflict(collection, at):
    before = collection.draft("set")
    path = collection.root / "maths/sets.yaml"
    path.write_text(changed := path.read_text().replace("A collection of things.", "Things together."))

    collection.edit("set", replace(before, answer=("Things together.",)), at(NOW), before=before)

    assert content(collection) == changed


def test_a_note_that_moved_within_its_file_meanwhile_is_found_by_its_id(collection, at):
    draft = collection.draft("set")
    path = collection.root / "maths/sets.yaml"
    path.write_text(path.read_text().replace("cards:\n", "cards:\n  - {q: Another?, a: x}\n"))

    collection.edit("set", replace(draft, hint="h"), at(NOW))

    assert collection.draft("set").hint == "h"


def test_a_file_or_card_that_is_gone_is_said_so_and_made_by_nobody(collection, at):
    draft = replace(collection.draft("set"), answer=("Mine.",))
    path = collection.root / "maths/sets.yaml"
    path.write_text("cards:\n  - {q: Another?, a: x}\n")
    with pytest.raises(EditError, match=r"cards/maths/sets\.yaml:.*not there any more"):
        collection.edit("set", draft, at(NOW))
    path.unlink()
    with pytest.raises(EditError, match=r"cards/maths/sets\.yaml"):
        collection.edit("set", draft, at(NOW))
    assert not path.exists()


def test_a_stranger_is_an_unknown_card(collection, at):
    for act in (
        lambda: collection.draft("nobody"),
        lambda: collection.edit("nobody", Draft("What?", ("x",)), at(NOW)),
        lambda: collection.tag(["set", "nobody"], ["x"], now=at(NOW)),
        lambda: collection.move(["nobody"], "tea", at(NOW)),
        lambda: collection.delete(["set", "nobody"], at(NOW)),
        lambda: collection.means_another("nobody", Draft("What?", ("x",))),
    ):
        with pytest.raises(UnknownCardError):
            act()
    assert content(collection) == DECK


def test_an_edit_into_no_card_or_into_another_question_is_refused(collection, at):
    draft = collection.draft("set")

    with pytest.raises(RequestError, match="no answer"):
        collection.edit("set", replace(draft, answer=()), at(NOW))
    with pytest.raises(RequestError, match=":9: this question is there already"):
        collection.edit("set", replace(draft, question="What is the empty set?"), at(NOW))
    assert content(collection) == DECK


def test_a_question_may_change_in_case_and_blanks(collection, at):
    collection.edit("set", replace(collection.draft("set"), question="WHAT is a  set?"), at(NOW))

    assert content(collection) == DECK.replace("What is a set?", "WHAT is a  set?")


def test_reworded_steps_keep_their_memory(collection, at, learned):
    cards = [card.id for card in collection.find("deck:tea", at(NOW))]
    learned(collection, cards, at(NOW))
    memories = [collection.memory(card) for card in cards]

    collection.edit(
        cards[0],
        replace(collection.draft(cards[0]), answer=("boil fresh water", "add leaves", "wait a while")),
        at(NOW),
    )

    after = [card.id for card in collection.find("deck:tea", at(NOW))]
    assert content(collection, "tea.yaml") == STEPS.replace("boil water", "boil fresh water").replace(
        "wait]", "wait a while]"
    )
    assert after[1] == cards[1]
    assert not {after[0], after[2]} & set(cards)
    assert [collection.memory(card) for card in after] == memories
    assert collection.problems == []


def test_steps_in_another_order_keep_each_its_own_memory(collection, at, learned):
    cards = [card.id for card in collection.find("deck:tea", at(NOW))]
    learned(collection, cards[:1], at(NOW))

    collection.edit(
        cards[0], replace(collection.draft(cards[0]), answer=("add leaves", "boil water", "wait")), at(NOW)
    )

    assert [card.id for card in collection.find("deck:tea", at(NOW))] == [cards[1], cards[0], cards[2]]
    assert collection.memory(cards[0]) is not None
    assert collection.memory(cards[1]) is None


def test_afresh_forgets_every_card_of_the_note_and_no_other(opened, at, learned):
    collection = opened(
        {"a.yaml": "cards:\n  - {term: Set, means: Things, id: t}\n  - {q: Else?, a: x, id: e}\n"}
    )
    learned(collection, ["t", "t.r", "e"], at(NOW))

    collection.edit("t", replace(collection.draft("t"), answer=("Elements",)), at(NOW), afresh=True)

    assert [collection.memory(card) for card in ("t", "t.r")] == [None, None]
    assert collection.memory("e") is not None


def test_afresh_of_reworded_steps_forgets_them_all(collection, at, learned):
    cards = [card.id for card in collection.find("deck:tea", at(NOW))]
    learned(collection, cards, at(NOW))

    collection.edit(
        cards[0],
        replace(collection.draft(cards[0]), answer=("one", "add leaves", "three")),
        at(NOW),
        afresh=True,
    )

    assert [collection.memory(card.id) for card in collection.find("deck:tea", at(NOW))] == [None] * 3
    assert collection.problems == []


@pytest.mark.parametrize(
    ("change", "asks"),
    [
        ({"question": "What is a sett?"}, True),  # a short word has no slips
        ({"question": "what is the SET?"}, False),
        ({"question": "What is a set, exactly?"}, False),
        ({"question": "What is not a set?"}, True),
        ({"question": "What is a group?"}, True),
        ({"answer": ("A colection of things.",)}, False),
        ({"answer": ("A collection of 3 things.",)}, True),
        ({"answer": ("Something else.",)}, True),
        ({"answer": ("A collection  of\nthings.",)}, False),
        ({"hint": "think"}, False),
        ({"extra": "more"}, False),
        ({"tags": ("other",)}, False),
        ({"source": "a book"}, False),
        ({"kind": Kind.STEPS, "answer": ("A collection of things.", "more")}, True),
    ],
)
def test_whether_to_start_afresh_is_asked_when_what_carries_meaning_changed(
    collection, at, learned, change, asks
):
    draft = replace(collection.draft("set"), **change)
    assert not collection.means_another("set", draft)

    learned(collection, ["set"], at(NOW))

    assert collection.means_another("set", draft) is asks


def test_it_is_asked_when_a_sibling_was_learned(opened, at, learned):
    collection = opened({"a.yaml": "cards:\n  - {term: Set, means: Things, id: t}\n"})
    learned(collection, ["t.r"], at(NOW))

    assert collection.means_another("t", Draft("Set", ("Something else",), Kind.TERM))


def test_another_kind_of_note_is_written_anew_in_its_place(collection, at):
    collection.edit("set", Draft("Set", ("A collection of things.",), Kind.TERM), at(NOW))

    before, _, after = DECK.partition(
        "  - q: What is a set?   # the first\n    a: A collection of things.\n    id: set\n"
    )
    written = content(collection)
    assert written.startswith(before)
    assert written.endswith(after)
    assert (
        written.removeprefix(before).removesuffix(after)
        == "  - term: Set\n    means: A collection of things.\n    id: set\n"
    )
    assert collection.row("set.r").card.question == "A collection of things."


# --- tags --------------------------------------------------------------------------------------------------


def test_tags_are_given_and_taken_and_those_of_the_deck_stay(collection, at):
    card = id_of(collection, "subset")

    assert collection.tag(["set", "empty", card], ["maths", "short"], now=at(NOW)) == 3
    assert content(collection) == (
        DECK.replace("    id: set\n", "    id: set\n    tags: [short]\n") + "    tags: [short]\n"
    )
    assert collection.tag(["set", "empty"], ["long"], ["short", "maths"], now=at(NOW)) == 2
    assert [collection.row(found).card.tags for found in ("set", "empty")] == [("maths", "long")] * 2


def test_a_tag_that_is_there_or_one_that_is_not_changes_nothing(collection, at):
    collection.tag(["empty"], ["short"], ["never"], now=at(NOW))

    assert content(collection) == DECK
    assert collection.take_back(at(NOW)) is None


def test_notes_of_several_files_are_tagged_at_once_and_each_once(collection, at):
    steps = [card.id for card in collection.find("deck:tea", at(NOW))]

    assert collection.tag(["set", *steps], ["x"], now=at(NOW)) == 2
    assert content(collection, "tea.yaml") == STEPS + "    tags: [x]\n"
    assert content(collection).count("tags: [x]") == 1


def test_tagging_nothing_is_nothing(collection, at):
    assert collection.tag([], ["x"], now=at(NOW)) == 0
    assert collection.delete([], at(NOW)) == 0
    assert collection.move([], "tea", at(NOW)) == 0


# --- moving ------------------------------------------------------------------------------------------------


def test_a_note_that_moves_takes_source_and_tags_along_and_keeps_id_and_memory(collection, at, learned):
    learned(collection, ["set"], at(NOW))
    memory, hash_ = collection.memory("set"), collection.row("set").hash

    assert collection.move(["set"], "tea", at(NOW)) == 1

    assert content(collection) == DECK.replace(
        "  - q: What is a set?   # the first\n    a: A collection of things.\n    id: set\n", ""
    )
    assert content(collection, "tea.yaml") == STEPS + (
        "  - q: What is a set?   # the first\n    a: A collection of things.\n    id: set\n"
        "    source: https://example.org/sets\n    tags: [maths]\n"
    )
    assert collection.row("set").card.deck == "tea"
    assert (collection.memory("set"), collection.row("set").hash) == (memory, hash_)
    assert collection.problems == []


def test_a_note_without_an_id_gets_it_when_it_moves(collection, at, learned):
    card = id_of(collection, "subset")
    learned(collection, [card], at(NOW))

    collection.move([card], "new/deck", at(NOW))

    assert content(collection, "new/deck.yaml") == (
        "# yaml-language-server: $schema=../deck.schema.json\n"
        "cards:\n  - q: |\n      What is a subset?\n    a: A set whose elements are all in the other.\n"
        f"    source: https://example.org/sets\n    tags: [maths]\n    id: {card}\n"
    )
    assert collection.memory(card) is not None
    assert collection.problems == []


def test_what_both_decks_give_is_not_written_into_the_note(opened, at):
    head = "source: s\ntags: [one, two]\ncards:\n"
    collection = opened({"a.yaml": f"{head}  - {{q: A?, a: x, id: a}}\n", "b.yaml": head})

    collection.move(["a"], "b", at(NOW))

    assert content(collection, "b.yaml") == f"{head}  - q: A?\n    a: x\n    id: a\n"
    assert content(collection, "a.yaml") == head


def test_moving_to_where_it_is_is_nothing(collection, at):
    assert collection.move(["set"], "maths/sets", at(NOW)) == 0
    assert content(collection) == DECK
    assert collection.take_back(at(NOW)) is None


def test_a_note_whose_question_is_there_already_stays_where_it_is(opened, at):
    collection = opened(
        {"a.yaml": "cards:\n  - {q: A?, a: x, id: a}\n", "b.yaml": "cards:\n  - {q: a?, a: y, id: b}\n"}
    )
    before = files(collection)

    with pytest.raises(RequestError, match=r"cards/b\.yaml:2: this question is there already"):
        collection.move(["a"], "b", at(NOW))
    assert files(collection) == before


def test_several_notes_move_in_their_order_from_several_decks(collection, at):
    tea = collection.find("deck:tea", at(NOW))[0].id

    assert collection.move(["empty", tea, "set"], "all", at(NOW)) == 3
    assert [card.note for card in collection.find("deck:all", at(NOW)) if card.step < 2] == [
        "empty",
        "tea",
        "set",
    ]
    assert collection.problems == []


# --- deleting ----------------------------------------------------------------------------------------------


def test_a_deleted_note_leaves_its_file_and_its_history_stays(collection, at, learned):
    learned(collection, ["set", "empty"], at(NOW))
    (log,) = (collection.root / "history").iterdir()
    lines = log.read_bytes()

    assert collection.delete(["set"], at(NOW)) == 1

    assert content(collection) == DECK.replace(
        "  - q: What is a set?   # the first\n    a: A collection of things.\n    id: set\n", ""
    )
    assert log.read_bytes() == lines
    assert not collection.exists("set")
    assert collection.memory("empty") is not None


def test_the_cards_of_one_note_are_deleted_once(collection, at):
    assert collection.delete([card.id for card in collection.find("deck:tea", at(NOW))], at(NOW)) == 1
    assert content(collection, "tea.yaml") == "cards:\n"


def test_all_notes_of_all_decks_can_go(collection, at):
    collection.delete([card.id for card in collection.find("", at(NOW))], at(NOW))

    assert collection.find("", at(NOW)) == []
    assert collection.problems == []
    assert (
        content(collection)
        == "# about sets\ntitle: Sets\nsource: https://example.org/sets\ntags: [maths]\ncards:\n\n"
    )


def test_a_note_that_comes_back_with_its_id_has_its_memory_again(collection, at, learned):
    learned(collection, ["set"], at(NOW))
    memory = collection.memory("set")
    collection.delete(["set"], at(NOW))

    collection.take_back(at(NOW))

    assert collection.memory("set") == memory
    assert content(collection) == DECK


# --- decks that are odd ------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", ["bom", "crlf", "both", "no end"])
def test_marks_and_line_ends_of_a_file_stay(opened, at, change):
    collection = opened({"maths/sets.yaml": DECK})
    path = collection.root / "maths/sets.yaml"
    text = DECK.removesuffix("\n") if change == "no end" else DECK
    end = "\r\n" if change in ("crlf", "both") else "\n"
    mark = "\ufeff" if change in ("bom", "both") else ""
    path.write_bytes((mark + text.replace("\n", end)).encode())
    collection.refresh(at(NOW))

    card = collection.add("sets", "Two\nlines?", "x", now=at(NOW))
    collection.edit("set", replace(collection.draft("set"), extra="a\nb"), at(NOW))
    collection.tag(["empty"], ["new"], now=at(NOW))

    expected = DECK.replace("id: set\n", "id: set\n    extra: |\n      a\n      b\n").replace(
        "[short]", "[short, new]"
    )
    expected += f"\n  - q: |\n      Two\n      lines?\n    a: x\n    id: {card.id}\n    added: 2026-11-22\n"
    if change == "no end":
        expected = expected.removesuffix("\n")
    assert path.read_bytes().decode() == mark + expected.replace("\n", end)
    collection.move(["empty"], "other", at(NOW))
    collection.delete(["set", card.id], at(NOW))
    assert len(collection.find("deck:sets", at(NOW))) == 1
    assert b"\r\n" not in path.read_bytes().replace(b"\r\n", b"")
    assert collection.problems == []


BROKEN = "cards:\n  - {q: One?, a: x, id: one}\n  - q: Broken: it is\n    a: y\n  - q: Three?\n    a: z\n    id: three\n"


def test_a_deck_with_a_broken_card_can_still_be_edited_around_it(opened, at):
    collection = opened({"a.yaml": BROKEN, "b.yaml": "cards:\n  - {q: Two?, a: x, id: two}\n"})

    card = collection.add("a", "Four?", "new", now=at(NOW))
    collection.edit("one", replace(collection.draft("one"), answer=("changed",)), at(NOW))
    collection.tag(["three"], ["t"], now=at(NOW))
    collection.move(["two"], "a", at(NOW))
    assert content(collection, "a.yaml") == BROKEN.replace("a: x", "a: changed") + (
        f"    tags: [t]\n  - q: Four?\n    a: new\n    id: {card.id}\n    added: 2026-11-22\n"
        "  - q: Two?\n    a: x\n    id: two\n"
    )
    collection.delete(["three"], at(NOW))
    collection.move([card.id], "b", at(NOW))
    assert content(collection, "a.yaml") == (
        "cards:\n  - {q: One?, a: changed, id: one}\n  - q: Broken: it is\n    a: y\n  - q: Two?\n    a: x\n    id: two\n"
    )


def test_a_linked_deck_stays_a_link_and_its_target_is_written(opened, at, tmp_path):
    target = tmp_path / "elsewhere.yaml"
    target.write_text(DECK)
    target.chmod(0o640)
    collection = opened({"a.yaml": STEPS})
    (collection.root / "linked.yaml").symlink_to(target)
    collection.refresh(at(NOW))

    collection.add("linked", "What is a union?", "x", now=at(NOW))
    collection.delete(["set"], at(NOW))
    collection.take_back(at(NOW))
    collection.take_back(at(NOW))

    assert (collection.root / "linked.yaml").is_symlink()
    assert target.read_text() == DECK
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir() if "elsewhere" in path.name) == ["elsewhere.yaml"]


def test_what_stands_in_the_way_of_a_file_is_said_and_nothing_is_lost(opened, at):
    collection = opened({"a.yaml": STEPS})
    (collection.root / "new.yaml").mkdir()
    (collection.root / "b").write_text("no folder")

    with pytest.raises(EditError, match=r"cards/new\.yaml can't be written"):
        collection.add("new", "What?", "x", now=at(NOW))
    with pytest.raises(EditError, match=r"cards/b/c\.yaml can't be written"):
        collection.add("b/c", "What?", "x", now=at(NOW))
    step = collection.find("", at(NOW))[0].id
    with pytest.raises(EditError, match=r"cards/new\.yaml can't be written"):
        collection.move([step], "new", at(NOW))
    assert content(collection, "a.yaml") == STEPS


def test_what_an_alias_needs_is_not_taken_away_from_it(opened, at):
    text = "cards:\n  - q: A?\n    a: &x same\n    id: a\n  - q: B?\n    a: *x\n    id: b\n"
    collection = opened({"a.yaml": text})

    with pytest.raises(EditError, match=r"cards/a\.yaml: the card in line 2"):
        collection.delete(["a"], at(NOW))
    assert content(collection, "a.yaml") == text
    with pytest.raises(EditError, match=r"cards/a\.yaml: the card in line 5"):
        collection.edit("b", replace(collection.draft("b"), answer=("its own",)), at(NOW))
    assert content(collection, "a.yaml") == text
    collection.edit("b", replace(collection.draft("b"), hint="the same as A"), at(NOW))
    assert content(collection, "a.yaml") == text + "    hint: the same as A\n"


def test_a_deck_of_hundreds_of_cards_is_edited_like_any_other(opened, at):
    text = "cards:\n" + "".join(
        f"  - q: Question {n}?\n    a: Answer {n}\n    id: n{n}\n" for n in range(300)
    )
    collection = opened({"large.yaml": text})

    card = collection.add("large", "What?", "x", now=at(NOW))
    collection.edit("n150", replace(collection.draft("n150"), answer=("other",)), at(NOW))
    collection.tag([f"n{n}" for n in range(0, 300, 10)], ["ten"], now=at(NOW))
    collection.delete(["n7", "n299", card.id], at(NOW))

    expected = text.replace("Answer 150\n", "other\n")
    for n in range(0, 300, 10):
        expected = expected.replace(f"    id: n{n}\n", f"    id: n{n}\n    tags: [ten]\n")
    for n in (7, 299):
        expected = expected.replace(f"  - q: Question {n}?\n    a: Answer {n}\n    id: n{n}\n", "")
    assert content(collection, "large.yaml") == expected
    for _ in range(4):
        collection.take_back(at(NOW))
    assert content(collection, "large.yaml") == text


def test_what_another_process_learned_of_an_edited_note_stays(collection, at):
    with Collection.open(collection.root, now=at(NOW)) as other:
        other.answer("set", Rating.GOOD, at(NOW))

        collection.edit("set", replace(collection.draft("set"), question="What is a set, then?"), at(NOW))

        other.refresh(at(NOW))
        assert other.memory("set") == collection.memory("set")
        assert other.row("set").card.question == "What is a set, then?"


def test_a_move_that_was_interrupted_between_its_two_files_is_finished_by_doing_it_again(make_collection):
    note = "  - {q: What is moved?, a: This., id: moved}\n"
    root = make_collection(
        {"a.yaml": f"cards:\n{note}  - {{q: What stays?, a: That.}}\n", "b.yaml": f"cards:\n{note}"}
    )

    with Collection.open(root) as collection:
        assert collection.move(["moved"], "b") == 1
        assert (root / "b.yaml").read_text() == f"cards:\n{note}"
        assert (root / "a.yaml").read_text() == "cards:\n  - {q: What stays?, a: That.}\n"
        assert collection.problems == []


def test_taking_back_a_new_deck_leaves_no_empty_folder(collection, at):
    collection.add("new/deeper/deck", "What?", "x", now=at(NOW))
    collection.take_back(at(NOW))

    assert not (collection.root / "new").exists()


# --- several files at once ---------------------------------------------------------------------------------

SHARED = "cards:\n- &x {q: Three?, a: z, id: three}\n- *x\n"  # one note twice, which no edit can tell apart


@pytest.mark.parametrize(
    "act",
    [
        lambda collection, now: collection.move(["set", "three"], "new/deck", now),
        lambda collection, now: collection.delete(["set", "three"], now),
        lambda collection, now: collection.tag(["set", "three"], ["t"], now=now),
    ],
    ids=["move", "delete", "tag"],
)
def test_if_one_of_several_files_cannot_be_changed_none_is(opened, at, act):
    collection = opened({"a.yaml": DECK, "b.yaml": SHARED})
    before = files(collection)

    with pytest.raises(EditError):
        act(collection, at(NOW))

    assert files(collection) == before
    assert not (collection.root / "new").exists()


def test_what_was_written_before_a_file_that_cannot_be_written_is_put_back(opened, at):
    long = f"{'b' * 245}.yaml"  # no file can stand beside it whose name is longer
    collection = opened({"a.yaml": DECK, long: "cards:\n- {q: Two?, a: y, id: two}\n"})
    before = files(collection)

    with pytest.raises(EditError, match="can't be written"):
        collection.delete(["set", "two"], at(NOW))

    assert files(collection) == before


def test_a_note_changed_by_another_program_while_it_moves_is_not_lost(opened, at):
    collection = opened({"a.yaml": DECK, "b.yaml": "cards:\n- {q: Two?, a: y, id: two}\n"})
    with (collection.root / "a.yaml").open("a") as file:  # as a move that was interrupted leaves it
        file.write("  - q: Two?\n    a: y\n    id: two\n")
    (collection.root / "b.yaml").write_text("cards:\n- {q: Two?, a: y, hint: mine, id: two}\n")

    with pytest.raises(RequestError):
        collection.move(["two"], "a", at(NOW))

    assert "hint: mine" in content(collection, "b.yaml")


def test_an_edit_that_cannot_be_taken_back_leaves_its_events(collection, at, learned):
    learned(collection, ["set"], at(NOW))
    collection.edit(
        "set", replace(collection.draft("set"), answer=("Else.",)), at("2026-11-22T09:00"), afresh=True
    )
    (collection.root / "maths/sets.yaml").write_text(content(collection) + "# mine\n")

    with pytest.raises(EditError):
        collection.take_back(at("2026-11-22T09:01"))

    assert collection.memory("set") is None
