from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quizapp.decks.identity import base, normalised
from quizapp.decks.note import Kind, Note, card_ids, cards

words = st.text("abcäß AB", min_size=1, max_size=4).filter(str.strip)
clozes = st.lists(st.integers(1, 12), min_size=1, max_size=5).map(
    lambda numbers: " ".join(f"{{{{c{number}::w}}}}" for number in numbers)
)


@st.composite
def notes(draw):
    kind = draw(st.sampled_from(Kind))
    question = draw(clozes if kind is Kind.CLOZE else words)
    answer = () if kind is Kind.CLOZE else tuple(draw(st.lists(words, min_size=1, max_size=9)))
    return Note(kind, None, question, answer)


def test_a_basic_note_makes_one_card(basic):
    note = basic("Q", "A", tags=("t",), source="s", hint="h", extra="e", added="2026-11-22", line=7)
    (card,) = cards(note, "n1", "maths/sets", "maths/sets.yaml")

    assert (card.id, card.note, card.deck, card.kind) == ("n1", "n1", "maths/sets", Kind.BASIC)
    assert (card.question, card.answer, card.tags, card.source) == ("Q", "A", ("t",), "s")
    assert (card.hint, card.extra, card.added, card.file, card.line) == (
        "h",
        "e",
        "2026-11-22",
        "maths/sets.yaml",
        7,
    )


def test_a_term_is_asked_both_ways():
    there, back = cards(Note(Kind.TERM, None, "set", ("a collection",)), "n1", "d")

    assert (there.id, there.question, there.answer) == ("n1", "set", "a collection")
    assert (back.id, back.question, back.answer) == ("n1.r", "a collection", "set")


def test_a_cloze_makes_a_card_for_each_number_even_without_the_first():
    note = Note(Kind.CLOZE, None, "{{c10::a}} {{c3::b}} {{c10::c}}", ())
    third, tenth = cards(note, "n1", "d")

    assert (third.id, third.question, third.answer) == ("n1.3", "a […] c", "b")
    assert (tenth.id, tenth.question, tenth.answer) == ("n1.10", "[…] b […]", "a, c")


def test_choices_stay_apart_from_question_and_answer():
    (card,) = cards(Note(Kind.CHOICES, None, "Q", ("a", "b"), choices=("a", "b", "c")), "n1", "d")

    assert (card.question, card.answer, card.choices) == ("Q", "a\nb", ("a", "b", "c"))


def test_a_step_shows_the_steps_before_it():
    _, _, third = cards(Note(Kind.STEPS, None, "Steps?", ("forward", "backward", "step")), "n1", "d")

    assert third.question == "Steps?\n1. forward\n2. backward"
    assert third.answer == "step"


def test_the_ids_of_steps_are_pinned_for_ever():
    note = Note(Kind.STEPS, None, "Steps?", ("forward pass", "backward pass", "forward  Pass"))

    assert card_ids(note, "n1") == ("n1.si6r5", "n1.skd7s", "n1.s6vem")


@given(st.lists(words, min_size=1, max_size=9), st.randoms())
def test_a_steps_id_does_not_depend_on_the_order_of_the_steps(steps, source):
    shuffled = steps.copy()
    source.shuffle(shuffled)

    def ids(answer):
        found = card_ids(Note(Kind.STEPS, None, "Q", tuple(answer)), "n")
        return sorted((normalised(step), card_id) for step, card_id in zip(answer, found, strict=True))

    assert ids(steps) == ids(shuffled)


@given(notes())
def test_card_ids_are_those_of_the_cards_and_distinct(note):
    ids = card_ids(note, "n1")

    assert ids == tuple(card.id for card in cards(note, "n1", "d"))
    assert len(set(ids)) == len(ids) > 0
    assert {base(card_id) for card_id in ids} == {"n1"}


def test_steps_whose_letters_collide_keep_apart():
    many = tuple(f"step {n}" for n in range(3000))  # 20 bits: a few of these collide
    ids = card_ids(Note(Kind.STEPS, None, "Q", many), "n")
    back = card_ids(Note(Kind.STEPS, None, "Q", many[::-1]), "n")

    assert len(set(ids)) == 3000
    assert ids == back[::-1]


def test_the_hash_has_four_parts_of_ten_letters(basic):
    note = basic("What is it?", "A set.", tags=("t",))
    parts = _parts(note)

    assert len(note.hash) == 40
    assert _parts(replace(note, question="what  IS it?"))[:3] == parts[:3]
    assert _parts(replace(note, question="what  IS it?"))[3] != parts[3]
    assert _parts(replace(note, question="Other?"))[1:3] == parts[1:3]
    assert _parts(replace(note, answer=("An other.",)))[2:] == parts[2:]
    assert _parts(replace(note, answer=("An other.",)))[1] != parts[1]
    assert _parts(replace(note, kind=Kind.TERM))[1] != parts[1]
    hinted = _parts(replace(note, hint="h"))
    assert hinted[2] != parts[2]
    assert (hinted[:2], hinted[3]) == (parts[:2], parts[3])
    assert replace(note, declared="x", line=9, column=9, added="2026-11-22").hash == note.hash


def _parts(note):
    return [note.hash[n : n + 10] for n in range(0, len(note.hash), 10)]


def test_the_hash_is_pinned_for_ever(basic):
    assert basic("What is it?", "A set.", tags=("t",)).hash == "ugjk7ogmb3u6kknayumicemcvayoiuxp7xxggw3j"


@given(notes(), notes())
def test_the_first_part_of_the_hash_is_equal_when_the_derived_ids_are(one, other):
    assert (one.hash[:10] == other.hash[:10]) == (one.derived == other.derived)
