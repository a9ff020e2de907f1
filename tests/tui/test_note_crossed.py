"""An edit in the form that another program crossed."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quizapp.decks.draft import Draft
from quizapp.decks.note import Kind
from quizapp.tui.note_crossed import crossed, rebased
from quizapp.tui.note_text import Typed

BASE = Draft("Why?", ("So.",), hint="think")
TEXTS = st.sampled_from(["", "a", "b"])
TYPED = st.builds(Typed, kind=st.sampled_from(Kind), question=TEXTS, answer=TEXTS, accept=TEXTS, hint=TEXTS)


def test_only_what_both_changed_differently_is_crossed():
    theirs = replace(BASE, question="Why not?", answer=("Theirs.",), hint="alike")
    mine = replace(BASE, answer=("Mine.",), hint="alike", extra="mine alone")

    assert crossed(BASE, theirs, mine) == ["answer"]


@given(TYPED, TYPED, TYPED)
def test_what_the_learner_typed_stays(mine, base, theirs):
    after = rebased(mine, base, theirs)

    for name in Typed.__slots__:
        if getattr(mine, name) != getattr(base, name):
            assert getattr(after, name) == getattr(mine, name)


@given(TYPED, TYPED)
def test_a_form_in_which_nothing_was_typed_shows_what_is_there(base, theirs):
    assert rebased(base, base, theirs) == theirs


def test_an_answer_is_not_taken_over_for_a_kind_it_was_not_written_for():
    base = Typed(kind=Kind.BASIC, answer="dog")
    theirs = Typed(kind=Kind.BASIC, answer="cow")

    assert rebased(replace(base, kind=Kind.TERM), base, theirs).answer == "dog"
