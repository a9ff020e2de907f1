"""A note in the fields of the form, and back."""

from hypothesis import given
from hypothesis import strategies as st

from quizapp.decks.draft import Draft, tidied
from quizapp.decks.note import Kind
from quizapp.tui.note_text import Typed, answer_of_choices, draft, filled, lacks

LINES = st.text("ab \n*,{}:é漢\u202e", max_size=20)
DRAFTS = st.builds(
    Draft,
    question=LINES,
    answer=st.lists(LINES, max_size=3).map(tuple),
    kind=st.sampled_from(Kind),
    choices=st.lists(LINES, max_size=4).map(tuple),
    accept=st.lists(LINES, max_size=3).map(tuple),
    hint=LINES,
    extra=LINES,
    source=LINES,
    tags=st.lists(LINES, max_size=3).map(tuple),
)


@given(DRAFTS)
def test_a_note_that_is_only_looked_at_stays_as_it_was_to_the_last_letter(found):
    typed = filled(found, "deck")

    assert draft(typed, (typed, found)) == found


@given(DRAFTS, st.sampled_from(["question", "hint", "extra", "source"]))
def test_a_field_that_is_changed_leaves_the_others_as_they_were(found, name):
    typed = filled(found, "deck")
    changed = Typed(**{field: getattr(typed, field) for field in Typed.__slots__} | {name: "something else"})

    after = draft(changed, (typed, found))

    for field in Draft.__slots__:
        assert getattr(after, field) == ("something else" if field == name else getattr(found, field))


def test_choices_stand_one_a_line_and_a_star_marks_the_right_ones():
    found = draft(Typed(kind=Kind.CHOICES, question="Which?", answer="one\n* two\n\n* three\n"))

    assert found.choices == ("one", "two", "three")
    assert found.answer == ("two", "three")


def test_a_star_without_a_blank_is_part_of_a_choice():
    assert draft(Typed(kind=Kind.CHOICES, answer="*args\n* **kwargs")).choices == ("*args", "**kwargs")


def test_choices_of_which_none_is_marked_are_named():
    assert "marked as right" in lacks(Typed(kind=Kind.CHOICES, question="Which?", answer="one\ntwo"))
    assert not lacks(Typed(kind=Kind.CHOICES, question="Which?", answer="* one\ntwo"))


def test_of_choices_the_right_ones_are_the_answer_of_another_kind():
    assert answer_of_choices("cat\n* dog\ncow") == "dog"
    assert answer_of_choices("* cat\n* dog\ncow") == "cat\ndog"
    assert answer_of_choices("cat\ndog") == "cat\ndog"


def test_steps_stand_one_a_line_and_an_indented_line_goes_on():
    found = draft(Typed(kind=Kind.STEPS, question="How?", answer="first\n  and more\nsecond"))

    assert found.answer == ("first\nand more", "second")
    assert filled(found, "deck").answer == "first\n  and more\nsecond"


def test_typed_answers_have_others_that_are_right_too():
    found = draft(Typed(kind=Kind.TYPED, question="Which?", answer="zero_grad()", accept="a()\nb()"))

    assert (found.answer, found.accept) == (("zero_grad()",), ("a()", "b()"))


def test_a_cloze_has_no_answer_beside_its_text():
    found = draft(Typed(kind=Kind.CLOZE, question="A {{c1::word}}", answer="left over"))

    assert tidied(found).answer == ()


def test_tags_are_parted_by_commas_and_may_hold_blanks():
    assert draft(Typed(tags=" linear algebra,  hard,, hard ")).tags == ("linear algebra", "hard")
