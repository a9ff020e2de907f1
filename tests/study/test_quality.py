"""The quality of a whole collection: what it takes the disk, the drawing and all questions together to see."""

import pytest

from quizapp import Collection


@pytest.fixture
def judge(make_collection):
    """The warnings of a new collection, each as file:line and code."""

    def judge(decks, files=()):
        root = make_collection(decks)
        for name in files:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(b"")
        with Collection.open(root) as collection:
            found = collection.quality()
        assert {problem.severity for problem in found} <= {"warning"}
        return [(f"{problem.file}:{problem.line}", problem.code) for problem in found]

    return judge


def _deck(*cards):
    return "cards:\n" + "".join(f"  - {card}\n" for card in cards)


def test_a_card_is_named_with_file_and_line(judge):
    decks = {
        "maths/sets.yaml": _deck("{q: What is a set?, a: A collection.}", "{q: Is a set ordered?, a: No.}")
    }

    assert judge(decks) == [("cards/maths/sets.yaml:3", "yes-no")]


def test_images_that_are_not_there_are_named(judge):
    decks = {
        "a.yaml": _deck(
            "{q: What is shown?, a: '![](media/there.png)'}",
            "{q: What is drawn?, a: '![](media/gone.png) ![](media/gone-too.png)'}",
            "{q: What is blue?, a: '![](media/a%20b.png)', hint: '![](https://example.org/c.png)'}",
            "{q: What is red?, a: x, extra: '![](../outside.png)'}",
            "{q: What is green?, a: x, extra: '![](/etc/outside.png)'}",
            "{q: What is grey?, a: x, extra: '![](pictures/./in/../in/d.png)'}",
        )
    }
    files = ["media/there.png", "media/a b.png", "../outside.png", "pictures/in/d.png"]

    assert judge(decks, files) == [(f"cards/a.yaml:{line}", "dead-image") for line in (3, 5, 6)]


def test_a_folder_or_an_impossible_name_is_no_image(judge):
    decks = {"a.yaml": _deck("{q: A?, a: '![](media)'}", f"{{q: B?, a: '![](media/{'x' * 300}.png)'}}")}

    assert [code for _, code in judge(decks, ["media/a.png"])] == ["dead-image", "dead-image"]


def test_formulas_are_judged_without_the_markers_of_deletions(judge):
    decks = {
        "a.yaml": _deck(
            r"{q: 'What is $\frac{1}{2$?', a: x}",
            r"cloze: '$x^{ {{c1::2}} }$ and {{c2::$\frac{1}{2}$}}'",
            r"cloze: '{{c1::$\frac{1}$}}'",
            r"{q: What is a half?, a: $\frac12$, extra: $x^$}",
            r"cloze: 'Is it ${{c1::\frac{1}{2} }}$ or $x = {{c2::\sqrt{2} ::a root}}$?'",
        )
    }

    assert judge(decks) == [(f"cards/a.yaml:{line}", "bad-formula") for line in (2, 4, 5)]


def test_near_duplicates_are_found_across_decks_and_kinds(judge):
    decks = {
        "a.yaml": _deck(
            "{q: What is a tensor in PyTorch?, a: An array.}", "{q: Why is a tensor typed?, a: Speed.}"
        ),
        "b/c.yaml": _deck(
            "{q: What is a PyTorch tensor?, a: Numbers.}", "{term: PyTorch tensor, means: An array.}"
        ),
    }

    assert judge(decks) == [("cards/b/c.yaml:2", "near-duplicate"), ("cards/b/c.yaml:3", "near-duplicate")]


def test_equal_questions_are_told_of_once(make_collection):
    root = make_collection({
        "a.yaml": _deck("{q: What is a tensor?, a: An array., id: one}"),
        "b.yaml": _deck("{q: what is  a TENSOR?, a: Numbers., id: two}", "{q: Twice?, a: b}", "{q: Twice?, a: b}"),
    })  # fmt: skip
    with Collection.open(root) as collection:
        told = [(problem.line, problem.code) for problem in collection.problems]

        assert sorted(told) == [(2, "same-question"), (4, "same-question")]
        assert collection.quality() == []


@pytest.mark.parametrize("place", [0, 1])
def test_either_of_two_cards_may_allow_the_other(judge, place):
    cards = ["{q: What is a tensor?, a: An array", "{q: Define tensor, a: An array"]
    ends = ["}", "}"]
    ends[place] = ", allow: near-duplicate}"

    assert judge({"a.yaml": _deck(*(card + end for card, end in zip(cards, ends, strict=True)))}) == []


def test_every_complaint_can_be_allowed(judge):
    cards = [
        r"q: 'Is it $x^$ or so? ![](media/a.png)'",
        "q: How does it work and why is it used?",
        "q: Is it good?",
    ]
    answers = ["x", f"{'word ' * 61}", "Yes."]
    deck = [f"{{{card}, a: '{answer}'}}" for card, answer in zip(cards, answers, strict=True)]
    codes = {code for _, code in judge({"a.yaml": _deck(*deck)})}
    allowed = [f"{card[:-1]}, allow: [{', '.join(sorted(codes))}]}}" for card in deck]

    assert codes == {"bad-formula", "dead-image", "two-facts", "long-answer", "no-subject", "yes-no"}
    assert judge({"a.yaml": _deck(*allowed)}) == []


def test_allowing_changes_no_id_and_no_memory(make_collection, at):
    root = make_collection({"a.yaml": _deck("{q: Is a set ordered?, a: No.}")})
    with Collection.open(root, now=at("2026-11-22T08:00")) as collection:
        (card,) = collection.find("")
        collection.answer(card.id, 3, now=at("2026-11-22T08:00"))
        before = collection.memory(card.id)
        lines = [path.read_text() for path in (root / "history").iterdir()]
        (root / "a.yaml").write_text(_deck("{q: Is a set ordered?, a: No., allow: yes-no}"))
        collection.refresh(at("2026-11-22T09:00"))

        assert [found.id for found in collection.find("", now=at("2026-11-22T09:00"))] == [card.id]
        assert collection.memory(card.id) == before
        assert collection.quality() == []
        assert [path.read_text() for path in (root / "history").iterdir()] == lines


def test_progress_is_told_while_cards_are_judged(make_collection):
    told = []
    with Collection.open(make_collection({"a.yaml": _deck("{q: A?, a: b}")})) as collection:
        collection.quality(lambda *state: told.append(state))

    assert told == [("cards", 0, 1), ("questions", 0, 1)]
