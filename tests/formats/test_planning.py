"""What an import is to do with each row, known what the collection has."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.decks.draft import Draft
from quizapp.formats.planning import Act, Wanted, plan
from quizapp.study.imports import Imported, Known, PlacedNote

TENSOR = Draft("What is a tensor?", ("An array of numbers of one type.",))
SCALAR = Draft("What is a scalar?", ("A single number.",), extra="Its rank is 0.")
VECTOR = Draft("What is a vector?", ("A row of numbers.",))


def wanted(draft, line=1, **more):
    return Wanted(line, draft.note().hash, "notes", draft, **more)


def imported(draft, now="same", note="n1", written=None):
    standing = (
        None
        if now is None
        else PlacedNote(note, "notes", f"cards/notes.yaml:{note[1:]}", draft if now == "same" else now)
    )
    return Imported(note, draft.note().hash, written or draft.note().hash, standing)


def known(*imports, others=()):
    standing = [*(one.standing for one in imports if one.standing), *others]
    return Known(imports, {one.draft.note().derived: one for one in standing}, {})


def steps(rows, has, faults=lambda drafts: [""] * len(drafts)):
    return plan(
        [wanted(row, line) if isinstance(row, Draft) else row for line, row in enumerate(rows, 1)],
        has,
        faults,
    )


def acts(rows, has):
    return [step.act for step in steps(rows, has)]


def test_rows_that_the_collection_has_nothing_of_are_added():
    first, second = steps([TENSOR, SCALAR], known())

    assert (first.act, first.draft, first.written) == (Act.ADD, TENSOR, TENSOR.note().hash)
    assert (second.act, second.draft) == (Act.ADD, SCALAR)


def test_a_row_that_was_imported_is_unchanged_whatever_the_learner_did_to_its_card():
    mine = replace(TENSOR, answer=("Something else.",), tags=("mine",))

    assert acts([TENSOR], known(imported(TENSOR))) == [Act.UNCHANGED]
    assert acts([TENSOR], known(imported(TENSOR, now=mine))) == [Act.UNCHANGED]


@pytest.mark.parametrize(
    "changes",
    [
        {"answer": ("A grid of numbers.",)},
        {"extra": "more"},
        {"question": "WHAT is a tensor?"},
        {"question": "What is a PyTorch tensor?"},
        {"source": "https://example.org"},
    ],
)
def test_a_row_that_changed_updates_its_card(changes):
    changed = replace(TENSOR, **changes)
    (step,) = steps([changed], known(imported(TENSOR)))

    assert (step.act, step.note, step.draft, step.written) == (Act.UPDATE, "n1", changed, changed.note().hash)


def test_a_row_and_a_card_that_changed_in_different_parts_come_together():
    row = replace(SCALAR, answer=("One number.",))
    mine = replace(SCALAR, tags=("mine",))
    (step,) = steps([row], known(imported(SCALAR, now=mine)))

    assert (step.act, step.draft) == (Act.UPDATE, replace(mine, answer=("One number.",)))

    now = Imported("n1", row.note().hash, step.written, PlacedNote("n1", "notes", "x", step.draft))
    later = steps([replace(row, extra="new")], known(now))
    assert later[0].act is Act.SKIP  # the tag is still the learner's


def test_where_the_learner_changed_the_same_the_learners_stays():
    row = replace(TENSOR, answer=("From the notes.",))
    mine = replace(TENSOR, answer=("Mine.",))
    (step,) = steps([row], known(imported(TENSOR, now=mine)))

    assert step.act is Act.SKIP
    assert step.reason == (
        'its answer has changed here and in the file; cards/notes.yaml:1 keeps yours; the file\'s: "From the notes."'
    )


def test_where_both_changed_one_part_the_others_come_and_that_one_is_named_each_time():
    row = replace(SCALAR, answer=("From the notes.",), extra="From there, too.")
    mine = replace(SCALAR, answer=("Mine.",))
    (step,) = steps([row], known(imported(SCALAR, now=mine)))

    assert (step.act, step.draft) == (Act.UPDATE, replace(mine, extra="From there, too."))
    assert step.reason.startswith(
        "its answer has changed here and in the file; cards/notes.yaml:1 keeps yours;"
    )

    now = Imported("n1", step.wanted.row, step.written, PlacedNote("n1", "notes", "x", step.draft))
    (later,) = steps([row], known(now))
    assert (later.act, later.reason[:30]) == (Act.SKIP, step.reason[:30])


def test_of_a_card_that_changed_in_all_its_parts_every_field_is_named():
    row = replace(SCALAR, answer=(), extra="", hint="small")
    mine = replace(SCALAR, answer=("Mine.",), extra="Mine, too.")
    (step,) = steps([row], known(imported(SCALAR, now=mine)))

    assert step.act is Act.SKIP
    assert step.reason == (
        "its answer, hint and extra have changed here and in the file; cards/notes.yaml:1 keeps yours;"
        ' the file\'s answer: none, hint: "small", extra: none'
    )


def test_where_both_changed_to_the_same_only_the_log_learns_of_it():
    row = replace(TENSOR, answer=("Both.",))

    assert acts([row], known(imported(TENSOR, now=row))) == [Act.ADOPT]


def test_what_the_import_itself_wrote_does_not_count_as_the_learners():
    draft = Draft("Which? ![](images/x.png)", ("This.",))
    as_written = replace(draft, question="Which? ![](media/x.png)", tags=("topic",))
    has = known(imported(draft, now=as_written, written=as_written.note().hash))
    changed = replace(draft, answer=("That.",))
    target = replace(as_written, answer=("That.",))
    row = Wanted(1, changed.note().hash, "notes", target, given=("topic",))

    (step,) = steps([row], has)
    assert (step.act, step.draft) == (Act.UPDATE, target)


def test_tags_that_headings_gave_stay_when_the_rows_own_change():
    draft = replace(TENSOR, tags=("old",))
    as_written = replace(TENSOR, tags=("topic", "old"))
    has = known(imported(draft, now=as_written, written=as_written.note().hash))
    changed = replace(TENSOR, tags=("new",))

    (step,) = steps(
        [Wanted(1, changed.note().hash, "notes", replace(changed, tags=("new", "topic")), ("topic",))], has
    )
    assert step.draft.tags == ("topic", "new")


def test_a_reworded_question_keeps_its_card():
    row = replace(TENSOR, question="How would you explain tensors?")
    (step,) = steps([SCALAR, row], known(imported(TENSOR), imported(SCALAR, note="n2")))[1:]

    assert (step.act, step.note, step.draft) == (Act.UPDATE, "n1", row)


def test_another_question_with_another_answer_is_another_card():
    row = Draft("How fast is light in vacuum?", ("About 300,000 kilometres a second.",))

    assert acts([row], known(imported(TENSOR))) == [Act.ADD]


def test_a_question_that_two_lost_cards_may_have_been_is_added():
    twin = replace(TENSOR, question="Tell me what tensors are.")
    row = replace(TENSOR, question="How would you explain tensors?")

    assert acts([row], known(imported(TENSOR), imported(twin, note="n2"))) == [Act.ADD]


def test_a_card_that_the_collection_has_already_is_taken_for_the_row():
    mine = PlacedNote("m1", "mine", "cards/mine.yaml:3", replace(TENSOR, tags=("mine",)))
    (step,) = steps([TENSOR], known(others=[mine]))

    assert (step.act, step.note) == (Act.ADOPT, "m1")


def test_a_question_that_the_collection_answers_otherwise_is_passed_over_with_its_place():
    mine = PlacedNote("m1", "mine", "cards/mine.yaml:3", replace(TENSOR, answer=("Mine.",)))
    (step,) = steps([TENSOR], known(others=[mine]))

    assert step.act is Act.SKIP
    assert (
        step.reason
        == "its question stands in cards/mine.yaml:3 with another answer; that card stays as it is"
    )


def test_a_question_changed_to_one_that_the_collection_has_changes_nothing():
    mine = PlacedNote("m1", "mine", "cards/mine.yaml:3", SCALAR)
    row = replace(TENSOR, question="What is a SCALAR tensor?")
    rival = PlacedNote(
        "m1", "mine", "cards/mine.yaml:3", replace(SCALAR, question="What is a scalar tensor?")
    )

    assert acts([row], known(imported(TENSOR), others=[mine])) == [Act.UPDATE]
    assert acts([row], known(imported(TENSOR), others=[rival])) == [Act.SKIP]


def test_a_card_that_was_deleted_stays_deleted():
    has = known(imported(TENSOR, now=None), imported(SCALAR, note="n2"))

    first, second = steps([TENSOR, SCALAR], has)
    assert (first.act, first.reason) == (Act.SKIP, "you have deleted its card; it stays deleted")
    assert second.act is Act.UNCHANGED


def test_when_all_of_them_were_deleted_they_are_added_again():
    has = known(imported(TENSOR, now=None), imported(SCALAR, now=None, note="n2"))

    assert acts([TENSOR, SCALAR], has) == [Act.ADD, Act.ADD]


def test_a_question_that_stands_twice_is_taken_once():
    first, second = steps([TENSOR, replace(TENSOR, answer=("Other.",))], known())

    assert first.act is Act.ADD
    assert second.reason == "the same question stands in line 1; delete one, or word them apart"


def test_what_no_deck_can_hold_is_passed_over_with_the_readers_words():
    (step,) = steps([TENSOR], known(), lambda drafts: ["no"] * len(drafts))

    assert (step.act, step.reason) == (Act.SKIP, "no")


WORDS = st.sampled_from(["tensor", "scalar", "vector", "rank", "TENSOR"])
DRAFT = st.builds(
    lambda asks, answer, extra: Draft(f"What is a {asks} {answer[0]}?", (answer,), extra=extra),
    WORDS, st.sampled_from(["a number", "b number", "c number and more words"]), st.sampled_from(["", "x"]),
)  # fmt: skip


def _carried_out(imports, found):
    """What the collection has after an import, as far as this file is concerned."""
    by_note = {one.note: one for one in imports}
    for step in found:
        if step.act in (Act.ADD, Act.UPDATE, Act.ADOPT):
            note = step.note or f"n{len(by_note) + 1}"
            draft = step.draft or by_note[note].standing.draft
            by_note[note] = Imported(
                note, step.wanted.row, step.written, PlacedNote(note, "notes", note, draft)
            )
    return list(by_note.values())


@given(st.lists(DRAFT, max_size=6), st.lists(DRAFT, max_size=6))
def test_importing_the_same_file_twice_changes_nothing(before, after):
    imports = _carried_out([], steps(before, known()))
    imports = _carried_out(imports, steps(after, known(*imports)))

    again = steps(after, known(*imports))

    assert {step.act for step in again} <= {Act.UNCHANGED, Act.SKIP}


@given(st.lists(DRAFT, max_size=6), st.lists(DRAFT, max_size=6))
def test_no_import_makes_two_cards_of_one_question(before, after):
    imports = _carried_out([], steps(before, known()))
    imports = _carried_out(imports, steps(after, known(*imports)))

    questions = [one.standing.draft.note().derived for one in imports]
    assert len(questions) == len(set(questions))
