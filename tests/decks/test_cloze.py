import html
import random
import re

import pytest

from quizapp.decks import cloze


def test_a_deletion_is_shown_as_dots_and_the_others_as_text():
    parsed = cloze.parse("A {{c1::rank-0}} tensor is a {{c2::scalar}}.")

    assert parsed.numbers == (1, 2)
    assert parsed.question(1) == "A […] tensor is a scalar."
    assert parsed.answer(1) == "rank-0"
    assert parsed.question(2) == "A rank-0 tensor is a […]."


def test_a_hint_is_shown_in_the_place_of_its_text():
    assert cloze.parse("a {{c1::scalar::one number}}").question(1) == "a [one number]"
    assert cloze.parse("a {{c1::scalar::one number}}").answer(1) == "scalar"


def test_deletions_with_one_number_are_asked_together():
    parsed = cloze.parse("{{c1::a}} and {{c2::b}} and {{c1::c}}")

    assert parsed.question(1) == "[…] and b and […]"
    assert parsed.answer(1) == "a, c"


def test_a_deletion_may_lie_within_another():
    parsed = cloze.parse("x {{c1::a {{c2::b::hint}} c}} y")

    assert parsed.question(1) == "x […] y"
    assert parsed.answer(1) == "a b c"
    assert parsed.question(2) == "x a [hint] c y"
    assert parsed.answer(2) == "b"


def test_braces_of_formulas_are_text():
    parsed = cloze.parse(r"$\frac{a}{b^{2}}$ is {{c1::x}}")

    assert parsed.question(1) == r"$\frac{a}{b^{2}}$ is […]"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        (r"${{c1::\frac{1}{2} }}$", r"$\frac{1}{2}$"),
        (r"$x = {{c1::{{c2::\sqrt{2} }}}}$ and {{c3::y}}", r"$x = \sqrt{2}$ and y"),
        (r"${{c1::\sqrt{2} ::a root}}$", r"$\sqrt{2}$"),
        ("{{c1::{a} }}$5", "{a} $5"),
        ("$x$ {{c1::{a} }} $y$", "$x$ {a}  $y$"),
    ],
)
def test_the_blank_between_the_braces_of_a_formula_and_of_its_deletion_is_no_part_of_it(text, bare):
    assert "".join(cloze.parse(text).pieces) == bare


def test_deep_nesting_does_no_harm():
    parsed = cloze.parse("{{c1::" * 50_000 + "x" + "}}" * 50_000)

    assert parsed.question(1) == "[…]"
    assert parsed.answer(1) == "x"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("no deletion", "no deletion"),
        ("{{c1::a", "no end"),
        ("{{c1:a}}", "{{c1::text}}"),
        ("{{C1::a}}", "{{c1::text}}"),
        ("{{1::a}}", "{{c1::text}}"),
        ("{{c::a}}", "{{c1::text}}"),
        ("{{c1 ::a}}", "{{c1::text}}"),
        ("{{c0::a}}", "from c1"),
        ("{{c501::a}}", "to c500"),
        ("{{c1000::a}} {{c1::b}}", "{{c1::text}}"),
        ("{{c1::}}", "no text"),
        ("{{c1::::hint}}", "no text"),
        (r"{{c1::$\frac{a}{b^{2}}$}}", '"} }"'),
    ],
)
def test_what_is_wrong_with_a_cloze_is_said(text, word):
    assert word in cloze.fault(text)


@pytest.mark.parametrize(
    "text", ["{{c1::a}}", "{{c2::a::b}}", "{{c500::a}}", "{{ x }} {{c1::{}}", "}} {{c3::a}}"]
)
def test_a_good_cloze_has_no_fault(text):
    assert cloze.fault(text) == ""


@pytest.mark.long
def test_anki_shows_the_same_questions(tmp_path):
    from anki.collection import Collection

    source = random.Random(4)
    tokens = ["{{c1::", "{{c2::", "{{c3::", "}}", "}}", "a", "b ", "::", "hint", "{", "x y"]
    collection = Collection(str(tmp_path / "collection.anki2"))
    compared = 0
    for _ in range(6000):
        text = "".join(source.choices(tokens, k=source.randint(3, 14)))
        if cloze.fault(text):
            continue
        note = collection.new_note(collection.models.by_name("Cloze"))
        note["Text"] = text
        collection.add_note(note, 1)
        theirs = {card.ord + 1: _plain(card.question()) for card in note.cards()}
        parsed = cloze.parse(text)
        compared += 1

        assert {n: parsed.question(n).replace("[…]", "[...]") for n in parsed.numbers} == theirs
    collection.close()

    assert compared > 200


def _plain(page):
    text = html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", "", page, flags=re.DOTALL))
    return text.replace("[]", "[...]")  # Anki shows an empty hint as [], we as dots
