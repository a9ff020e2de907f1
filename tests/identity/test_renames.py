"""Single stories of notes that are edited, moved, copied and lost."""

import json

import pytest

from quizapp import Collection, Rating, RequestError, UnknownCardError
from quizapp.decks.identity import derived_id

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
            lines = [line for file in self.root.glob("history/*.jsonl") for line in file.read_text().splitlines()]
            return [event for event in map(json.loads, lines) if event.get("event") == kind]

        def reviews(self):
            with self.open() as collection:
                return {card.id: len(collection.reviews(card.id)) for card in collection.find("", now=self.now)}

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
    questions = ["What is a tensor?", "What is a tensor now?", "What is a tensor right now?", "What is the tensor right now?"]
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
