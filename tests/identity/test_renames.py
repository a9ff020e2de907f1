"""Single stories of notes that are edited, moved, copied and lost."""

import json

import pytest

from quizapp import Collection, Rating, RequestError, UnknownCardError
from quizapp.decks.identity import derived_id
from quizapp.places import cache_folder

LONG = "an array of numbers of one type"
TENSOR = ("What is a tensor?", LONG)


def deck(*notes):
    """The text of a deck: each note is a question, an answer and perhaps an id."""
    lines = ["cards:"]
    for question, answer, *declared in notes:
        lines += [f"  - q: {json.dumps(question)}", f"    a: {json.dumps(answer)}"]
        lines += [f"    id: {name}" for name in declared]
    return "\n".join(lines) + "\n"


@pytest.fixture
def story(make_collection, at):
    """A collection whose files are rewritten between looks; every look is a new start, a day later."""

    class Story:
        def __init__(self):
            self.root = make_collection({})
            self.day = 0

        def write(self, **decks):
            for name, text in decks.items():
                path = self.root / f"{name}.yaml"
                path.write_text(text) if text else path.unlink()

        def open(self):
            self.day += 1
            self.now = at(f"2026-03-{self.day:02}T09:00")
            return Collection.open(self.root, now=self.now)

        def grade(self, *cards):
            with self.open() as collection:
                for card in cards:
                    collection.answer(card, Rating.GOOD, self.now)

        def log(self, kind):
            lines = [
                line for file in self.root.glob("history/*.jsonl") for line in file.read_text().splitlines()
            ]
            return [event for event in map(json.loads, lines) if event.get("event") == kind]

        def reviews(self):
            with self.open() as collection:
                return {
                    card.id: len(collection.reviews(card.id)) for card in collection.find("", now=self.now)
                }

        def problems(self, code):
            with self.open() as collection:
                return [problem for problem in collection.problems if problem.code == code]

    return Story()


def qid(question):
    return derived_id(question)


def test_an_edited_question_takes_its_history_along_and_the_log_says_so(story):
    story.write(one=deck(TENSOR))
    story.grade(qid(TENSOR[0]))
    story.write(one=deck(("What is a tensor, in short?", LONG)))
    new = qid("What is a tensor, in short?")

    assert story.reviews() == {new: 1}
    assert [(e["card"], e["to"], e["auto"]) for e in story.log("rename")] == [(qid(TENSOR[0]), new, True)]


def test_a_question_edited_and_checked_out_again_has_all_its_reviews(story):
    story.write(one=deck(TENSOR))
    story.grade(qid(TENSOR[0]))
    story.write(one=deck(("What is a tensor, in short?", LONG)))
    story.grade(qid("What is a tensor, in short?"))
    story.write(one=deck(TENSOR))

    assert story.reviews() == {qid(TENSOR[0]): 2}
    assert story.problems("orphaned-history") == []


def test_an_id_taken_away_and_written_again_and_taken_away_keeps_the_reviews(story):
    names = [(), ("mine",), (), ("mine",), ()]
    for declared in names:
        story.write(one=deck((*TENSOR, *declared)))
        story.grade(*(declared or [qid(TENSOR[0])]))

    assert story.reviews() == {qid(TENSOR[0]): len(names)}


def test_a_chain_of_edits_is_followed_to_its_end(story):
    questions = [
        "What is a tensor?",
        "What is a tensor now?",
        "What is a tensor right now?",
        "What is the tensor right now?",
    ]
    for question in questions:
        story.write(one=deck((question, "numbers")))
        story.grade(qid(question))

    assert story.reviews() == {qid(questions[-1]): 4}


def test_a_note_that_lost_its_id_is_known_by_its_text_from_then_on(story):
    story.write(one=deck(("What is a tensor?", "numbers", "mine")))
    story.grade("mine")
    story.write(one=deck(("What is a tensor?", "numbers")))
    story.reviews()
    story.write(one=deck(("What is a tesnor?", "numbers")))

    assert story.reviews() == {qid("What is a tesnor?"): 1}


def test_a_copy_with_its_id_is_a_new_card_and_both_places_are_named(story):
    story.write(two=deck((*TENSOR, "mine")))
    story.grade("mine")
    copy = ("What is a scalar?", "one number alone", "mine")
    story.write(one=deck(copy))

    assert story.reviews() == {qid(copy[0]): 0, "mine": 1}
    (problem,) = story.problems("duplicate-id")
    assert (problem.file, problem.line) == ("cards/one.yaml", 2)
    assert "two.yaml:2" in problem.message


@pytest.mark.parametrize("file", ["one", "two"])
def test_the_history_stays_when_original_and_copy_are_edited_bit_by_bit(story, file):
    copy = ("What is a scalar?", "one number alone", "mine")
    decks = {"two": [(*TENSOR, "mine")], "one": []}
    story.write(two=deck(*decks["two"]))
    story.grade("mine")
    for question, answer in (
        TENSOR,
        ("What is a tensor then?", LONG),
        ("What is a tensor then?", "an array"),
    ):
        decks = {"one": [], "two": [(question, answer, "mine")]}
        decks[file] = [copy, *decks[file]]
        story.write(**{name: deck(*notes) for name, notes in decks.items()})
        reviews = story.reviews()

        assert reviews == {qid(copy[0]): 0, "mine": 1}
        with story.open() as collection:
            assert collection.row("mine").card.question == question


def test_a_new_index_tells_copy_and_original_apart_as_the_old_one_did(story):
    story.write(two=deck(TENSOR))
    story.grade(qid(TENSOR[0]))
    story.write(two=deck((*TENSOR, "mine")))
    story.reviews()
    copy = ("What is a scalar?", "one number alone", "mine")
    story.write(one=deck(copy), two=deck((*TENSOR, "mine")))
    for path in cache_folder().glob("*"):
        path.unlink()

    assert story.reviews() == {qid(copy[0]): 0, "mine": 1}
    with story.open() as collection:
        assert collection.row("mine").card.question == TENSOR[0]


@pytest.mark.parametrize("other", ["one", "two"])
def test_an_exact_copy_is_named_and_takes_nothing(story, other):
    decks = {"one": [TENSOR], "two": []}
    story.write(**{name: deck(*notes) for name, notes in decks.items()})
    story.grade(qid(TENSOR[0]))
    decks[other] = [*decks[other], TENSOR]
    story.write(**{name: deck(*notes) for name, notes in decks.items()})

    assert story.reviews() == {qid(TENSOR[0]): 1}
    (problem,) = [*story.problems("duplicate-id"), *story.problems("same-question")]
    assert (problem.file, problem.line) == (f"cards/{other}.yaml", 4 if other == "one" else 2)
    assert "line 2" in problem.message or "one.yaml:2" in problem.message


def test_two_candidates_are_asked_about_and_relink_decides(story):
    story.write(one=deck(TENSOR))
    story.grade(qid(TENSOR[0]))
    story.write(one=deck(("Tensors hold what?", LONG), ("What do tensors hold?", LONG)))
    first, second = qid("Tensors hold what?"), qid("What do tensors hold?")

    assert story.reviews() == {first: 0, second: 0}
    (problem,) = story.problems("orphaned-history")
    assert f'"{first}" (one.yaml:2)' in problem.message
    assert f'"{second}" (one.yaml:4)' in problem.message
    with story.open() as collection:
        collection.relink(qid(TENSOR[0]), second, story.now)
        assert [problem.code for problem in collection.problems] == []
    assert story.reviews() == {first: 0, second: 1}


def test_reviews_of_another_machine_that_still_has_the_old_question_come_along(story):
    story.write(one=deck(TENSOR))
    story.grade(qid(TENSOR[0]))
    story.write(one=deck(("What is a tesnor?", LONG)))
    story.reviews()
    line = {"at": "2026-03-05T09:00:00.000+01:00", "card": qid(TENSOR[0]), "rating": 3, "due": "2026-03-09"}
    (story.root / "history" / "2026-other-abcd.jsonl").write_text(json.dumps(line) + "\n")

    story.day = 6
    assert story.reviews() == {qid("What is a tesnor?"): 2}


def test_a_new_note_that_asks_what_an_edited_one_once_asked_keeps_its_reviews_to_itself(story):
    edited, new = ("What is a tensor in code?", LONG), ("What is a tensor?", "a multilinear map")
    story.write(one=deck(TENSOR))
    story.grade(qid(TENSOR[0]))
    story.write(one=deck(edited))
    story.reviews()
    story.write(one=deck(edited, new))
    story.grade(qid(new[0]))
    assert story.reviews() == {qid(edited[0]): 1, qid(new[0]): 1}
    story.write(one=deck(edited, ("What is a tensor in geometry?", new[1])))

    assert story.reviews()[qid(edited[0])] == 1
    assert qid(new[0]) in story.problems("orphaned-history")[0].message


def test_a_relink_goes_only_from_a_card_that_is_gone_to_one_that_is_there(story):
    story.write(one=deck((*TENSOR, "mine"), ("What is a scalar?", "one number", "other")))
    story.grade("mine", "other")
    with story.open() as collection:
        for old, new, error in [
            ("mine", "other", RequestError), ("nobody", "other", UnknownCardError), ("nobody", "mine", UnknownCardError),
        ]:  # fmt: skip
            with pytest.raises(error):
                collection.relink(old, new, story.now)
    story.write(one=deck((*TENSOR, "mine")))
    with story.open() as collection, pytest.raises(UnknownCardError):
        collection.relink("other", "nobody", story.now)

    assert story.reviews() == {"mine": 1}


def test_forgetting_a_card_that_is_gone_lets_its_history_go_and_undo_brings_it_back(story):
    story.write(one=deck(("Term", "x", "mine")))
    story.grade("mine")
    story.write(one=deck(("Another question altogether?", "y")))

    assert len(story.problems("orphaned-history")) == 1
    with story.open() as collection:
        collection.forget("mine", story.now)
        assert collection.problems == []
        assert collection.undo(story.now).kind == "forget"
        assert [problem.code for problem in collection.problems] == ["orphaned-history"]


def test_a_forgotten_card_that_is_gone_stays_forgotten_when_a_like_one_comes(story):
    story.write(one=deck(TENSOR))
    story.grade(qid(TENSOR[0]))
    story.write(one=deck(("Who?", "x")))
    with story.open() as collection:
        collection.forget(qid(TENSOR[0]), story.now)
    story.write(one=deck(("What is a tesnor?", LONG)))

    assert story.reviews() == {qid("What is a tesnor?"): 0}
    assert story.log("rename") == []


def test_undo_passes_over_renames_logged_unasked(story):
    story.write(one=deck(TENSOR))
    story.grade(qid(TENSOR[0]))
    story.write(one=deck(("What is a tesnor?", LONG)))
    new = qid("What is a tesnor?")
    assert story.reviews() == {new: 1}
    with story.open() as collection:
        assert collection.undo(story.now).rating is Rating.GOOD
        assert collection.undo(story.now) is None
        assert collection.memory(new) is None

    assert story.reviews() == {new: 0}


def test_undo_takes_back_a_relink(story):
    story.write(one=deck(("Term", "x", "mine")))
    story.grade("mine")
    story.write(one=deck(("Another question altogether?", "y", "other")))
    with story.open() as collection:
        collection.relink("mine", "other", story.now)
        assert collection.memory("other").reps == 1
        assert collection.undo(story.now).kind == "rename"
        assert collection.memory("other") is None

    assert [problem.severity for problem in story.problems("orphaned-history")] == ["warning"]


def test_nothing_is_renamed_while_a_deck_cannot_be_read_and_all_is_when_it_can(story):
    story.write(one=deck(TENSOR), two=deck(("Who?", "x")))
    story.grade(qid(TENSOR[0]))
    story.write(one=deck(("What is a tesnor?", LONG)), two="cards:\n  - q: What: is it?\n    a: x\n")
    assert story.reviews() == {qid("What is a tesnor?"): 0}
    assert story.log("rename") == []
    story.write(two=deck(("Who?", "x")))

    assert story.reviews() == {qid("What is a tesnor?"): 1, qid("Who?"): 0}


def test_a_card_in_a_deck_that_is_broken_for_a_while_keeps_its_history(story):
    broken = "cards:\n  - q: What is a tensor?\n    a: x: y: z\n  - q: Who?\n    a: x\n"
    story.write(one=deck(TENSOR, ("Who?", "x")))
    story.grade(qid(TENSOR[0]), qid("Who?"))
    story.write(one=broken)
    assert story.reviews() == {qid("Who?"): 1}
    assert story.problems("orphaned-history") == []
    story.write(one=deck(TENSOR, ("Who?", "x")))

    assert story.reviews() == {qid(TENSOR[0]): 1, qid("Who?"): 1}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("What is a rank-0 tensor?", "one number"), ("What is a rank-1 tensor?", "many numbers")),
        (
            ("What does max give?", "the largest of all numbers"),
            ("What does min give?", "the smallest of all numbers"),
        ),
        (("What if it increases?", "short"), ("What if it decreases?", "short")),
        (("What is the row rank?", "short"), ("What is the column rank?", "short")),
    ],
)
def test_a_look_alike_in_the_place_of_a_note_is_asked_about(story, old, new):
    story.write(one=deck(old))
    story.grade(qid(old[0]))
    story.write(one=deck(new))

    assert story.reviews() == {qid(new[0]): 0}
    assert qid(old[0]) in story.problems("orphaned-history")[0].message


def test_all_cards_of_a_term_and_of_a_cloze_go_along(story):
    term, cloze = "Temperature", "A {{c1::rank-0}} tensor is a {{c2::scalar}}."
    text = "cards:\n  - term: {}\n    means: Divides the logits before the softmax.\n  - cloze: '{}'\n"
    story.write(one=text.format(term, cloze))
    story.grade(qid(term), f"{qid(term)}.r", qid(cloze), f"{qid(cloze)}.2")
    term, cloze = "Sampling temperature", "A {{c1::rank-0}} tensro is a {{c2::scalar}}."
    story.write(one=text.format(term, cloze))

    assert set(story.reviews()) == {qid(term), f"{qid(term)}.r", qid(cloze), f"{qid(cloze)}.2"}
    assert set(story.reviews().values()) == {1}


def test_a_card_that_its_note_no_longer_makes_is_named_and_can_be_relinked(story):
    text = "cards:\n  - q: How?\n    id: mine\n    steps: [forward pass, {}, optimiser step]\n"
    story.write(one=text.format("backward pass"))
    with story.open() as collection:
        old = collection.find("")[1].id
    story.grade(old)
    story.write(one=text.format("backwards pass"))

    (problem,) = story.problems("orphaned-history")
    assert old in problem.message
    with story.open() as collection:
        new = collection.find("")[1].id
        collection.relink(old, new, story.now)
        assert collection.problems == []
        assert len(collection.reviews(new)) == 1
