"""Histories of notes that are gone, and what they may have become."""

from quizapp import Collection, Rating

OLD = "cards:\n  - {q: What is a tensor in physics?, a: It transforms.}\n"
NEW = (
    "cards:\n  - {q: What is a tensor in computing?, a: An array.}\n"
    "  - {q: Which unit has force?, a: The newton., id: force}\n"
)


def changed(make_collection, at, old=OLD, new=NEW):
    root = make_collection({"a.yaml": old})
    with Collection.open(root, now=at("2026-11-22T08:00")) as collection:
        card = collection.next(now=at("2026-11-22T08:00"))
        collection.answer(card.id, Rating.GOOD, at("2026-11-22T08:00"))
        collection.answer(card.id, Rating.GOOD, at("2026-11-22T08:15"))
    (root / "a.yaml").write_text(new)
    return root


def test_a_question_that_may_have_become_another_is_told_with_all_that_is_known(make_collection, at):
    with Collection.open(changed(make_collection, at), now=at("2026-11-23T08:00")) as collection:
        (case,) = collection.unsure()

        assert (case.question, case.answer) == ("What is a tensor in physics?", "It transforms.")
        assert case.reviews == 2
        assert case.last_review == at("2026-11-22T08:15")
        assert [(found.deck, found.question, found.line) for found in case.candidates] == [
            ("a", "What is a tensor in computing?", 2)
        ]
        assert collection.unsure_count() == 1


def test_what_is_relinked_or_forgotten_is_settled_and_undo_brings_it_back(make_collection, at):
    with Collection.open(changed(make_collection, at), now=at("2026-11-23T08:00")) as collection:
        (case,) = collection.unsure()
        collection.relink(case.id, case.candidates[0].id, at("2026-11-23T08:01"))
        relinked = collection.unsure_count()
        reviews = len(collection.reviews(case.candidates[0].id))
        collection.undo(at("2026-11-23T08:02"))
        undone = collection.unsure_count()
        collection.forget(case.id, at("2026-11-23T08:03"))
        forgotten = collection.unsure_count()
        collection.undo(at("2026-11-23T08:04"))

        assert (relinked, reviews, undone, forgotten) == (0, 2, 1, 0)
        assert collection.unsure() == [case]


def test_a_note_that_is_only_gone_is_nothing_to_settle(make_collection, at):
    with Collection.open(
        changed(make_collection, at, new="cards: []\n"), now=at("2026-11-23T08:00")
    ) as collection:
        assert collection.unsure() == []
        assert collection.unsure_count() == 0


def test_forgetting_a_note_of_several_cards_is_one_deed_that_one_undo_takes_back(make_collection, at):
    old = "cards:\n  - {cloze: 'A {{c1::tensor}} in {{c2::physics}} transforms.'}\n"
    new = "cards:\n  - {cloze: 'A {{c1::tensor}} in {{c2::computing}} is an array.'}\n"
    root = changed(make_collection, at, old, old)
    with Collection.open(root, now=at("2026-11-23T08:00")) as collection:
        for card in collection.find(""):
            collection.answer(card.id, Rating.GOOD, at("2026-11-23T08:00"))
    (root / "a.yaml").write_text(new)
    with Collection.open(root, now=at("2026-11-24T08:00")) as collection:
        (case,) = collection.unsure()
        collection.forget(case.id, at("2026-11-24T08:01"))
        collection.undo(at("2026-11-24T08:02"))
        collection.relink(case.id, case.candidates[0].id, at("2026-11-24T08:03"))

        assert len(collection.find("")) == 2
        assert all(collection.memory(card.id) for card in collection.find(""))
