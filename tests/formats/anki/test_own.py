"""Our own notes come back from Anki as they were written, with what was changed there."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.decks import cloze
from quizapp.decks.draft import Draft, tidied
from quizapp.decks.note import Kind, card_ids
from quizapp.formats.anki.contents import NoteType
from quizapp.formats.anki.note_types import NOTE_TYPES
from quizapp.formats.anki.own import incoming, kind_of
from tests.formats.anki.ours import SAMPLES, home, in_anki, outgoing, rows, sent

BASIC = Draft("What is **a**?", ("*one*\n- two  \n- three",), tags=("two words", "Rest"))
CHOICES = Draft("Which?", ("b",), Kind.CHOICES, ("a", "*b*", "b", "c"))
STEPS = Draft("How?", ("*first*", "second", "third"), Kind.STEPS)
TYPED = Draft("Type", ("`f(a * b)`",), Kind.TYPED, accept=("`g`", "h"))


def test_what_anki_has_comes_back_as_it_was_written(tmp_path):
    notes = {f"{kind}note": draft for kind, draft in SAMPLES.items()}
    col = in_anki(tmp_path, [sent(draft, note_id=name) for name, draft in notes.items()])
    try:
        back = [incoming(1, row, kind, "maths/sets", cards) for row, kind, cards in rows(col)]
    finally:
        col.close()

    assert len(back) == len(notes)
    for one in back:
        draft = notes[one.note]
        assert one.draft == one.base == draft
        assert sorted(one.cards.values()) == sorted(card_ids(draft.note(), one.note))


_text = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",)) | st.sampled_from("*_`$<>&[]{}:|\\\n -")
)
_tags = st.lists(st.text('aB é"\u3000:', min_size=1, max_size=4), max_size=3, unique=True).map(tuple)


@st.composite
def _drafts(draw):
    kind = draw(st.sampled_from(Kind))
    texts = st.lists(_text.filter(str.strip), min_size=2, max_size=4, unique=True).map(tuple)
    many = draw(texts)
    answer = many if kind is Kind.STEPS else () if kind is Kind.CLOZE else many[:1]
    question = draw(_text.filter(str.strip))
    draft = Draft(
        f"{{{{c1::{question}}}}} {{{{c20::x}}}}" if kind is Kind.CLOZE else question,
        many[: draw(st.integers(1, 2))] if kind is Kind.CHOICES else answer,
        kind,
        many if kind is Kind.CHOICES else (),
        draw(texts) if kind is Kind.TYPED else (),
        draw(_text),
        draw(_text),
        draw(_text),
        draw(_tags),
    )
    return draft if kind is Kind.CLOZE and not cloze.fault(draft.question) else tidied(draft)


@settings(max_examples=40)
@given(_drafts(), st.sampled_from(["", "2026-11-26"]))
def test_every_note_comes_back_as_it_was_written(draft, added):
    out = sent(draft, added=added)
    back = home(out)

    assert back.draft == back.base == draft
    assert (back.added, back.note, back.deck) == (added, "abcdefghij", "maths/sets")
    assert tuple(back.cards.values()) == out.cards


@pytest.mark.long
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_drafts(), min_size=100, max_size=100))
def test_all_notes_come_back_from_anki_itself(tmp_path_factory, drafts):
    notes = {f"n{place}": draft for place, draft in enumerate(drafts)}
    sending = [sent(draft, note_id=name) for name, draft in notes.items()]
    col = in_anki(tmp_path_factory.mktemp("anki"), sending)
    try:
        back = [incoming(1, row, kind, "maths/sets", cards) for row, kind, cards in rows(col)]
        checked = col.fix_integrity()
        again = [incoming(1, row, kind, "maths/sets", cards) for row, kind, cards in rows(col)]
    finally:
        col.close()

    assert checked[1], checked[0]
    assert len(back) == len(notes)
    assert {one.note: one.draft for one in back} == {one.note: one.draft for one in again} == notes
    cards = {card for note in sending for card in note.cards}
    assert {card for one in back for card in one.cards.values()} == cards


@settings(max_examples=20)
@given(_drafts())
def test_a_note_without_its_entry_still_comes_back_as_a_note(draft):
    back = home(sent(draft), Quizapp="")

    assert back.base is None
    assert back.draft.kind is draft.kind
    assert back.draft == tidied(back.draft)


@pytest.mark.parametrize("kind", Kind)
def test_without_its_entry_a_note_says_what_its_fields_say(kind):
    draft = replace(SAMPLES[kind], extra="", tags=("c::d",))
    back = home(sent(draft), Quizapp="{broken")

    assert back.base is None
    assert (back.draft.source, back.draft.hint, back.draft.tags) == (draft.source, draft.hint, draft.tags)
    assert set(back.draft.choices) == set(draft.choices)
    if kind is Kind.STEPS:
        assert back.draft.answer[2] == draft.answer[2]
    elif kind is not Kind.TYPED:
        assert [one.split() for one in back.draft.answer] == [one.split() for one in draft.answer]
    assert list(back.cards.values()) == list(card_ids(back.draft.note(), back.note))


def test_what_an_editor_adds_unseen_changes_nothing():
    note = sent(BASIC)
    question = f"<div>{note.fields[0].replace(' ', '&nbsp;', 1)}</div><br>"
    entry = note.fields[-3].replace("&lt;", "<") + "<br>"

    assert home(note, Question=question, Quizapp=entry).draft == BASIC


def test_only_what_was_changed_there_comes_from_the_field():
    note = sent(replace(BASIC, hint="a *hint*", extra="more", source="https://example.org/"))
    back = home(
        note, Question="Why <b>b</b>?", Extra="", Source='<a href="https://example.com/?a&amp;b">x</a>'
    )

    assert back.base == replace(BASIC, hint="a *hint*", extra="more", source="https://example.org/")
    assert back.draft == replace(
        back.base, question="Why **b**?", extra="", source="https://example.com/?a&b"
    )


def test_images_of_a_changed_field_are_where_the_deck_had_them():
    note = sent(Draft("![a](media/my%20pics/x.png) b", ("c",)))
    back = home(note, Question=note.fields[0] + ' and <img src="new.png">')

    assert back.draft.question == "![a](media/my%20pics/x.png) b and ![](new.png)"


def test_sounds_of_a_changed_field_are_where_the_deck_had_them():
    note = sent(Draft("Say [the word](media/a.mp3)", ("c",)))
    back = home(note, Question=note.fields[0] + " and [sound:new.mp3]")

    assert back.draft.question == "Say [the word](media/a.mp3) and [new.mp3](new.mp3)"


def test_choices_keep_their_order_and_their_words():
    note = sent(CHOICES)
    assert home(note, Choices=note.fields[1].replace("</li>", "</li>\n")).draft == CHOICES

    more = home(note, Choices=note.fields[1].replace("</ol>", '<li class="right"><b>d</b></li></ol>'))
    assert more.draft.choices == (*CHOICES.choices, "**d**")
    assert more.draft.answer == ("b", "**d**")

    fewer = home(note, Choices=note.fields[1].replace("<li>a</li>", ""))
    assert fewer.draft == replace(CHOICES, choices=CHOICES.choices[1:])


def test_steps_are_changed_added_and_taken_away_one_by_one():
    note = sent(STEPS)
    _, second, third = (f"{{{{c{place + 1}::" for place in note.places)
    field = note.fields[1]

    changed = home(note, Steps=field.replace("second", "two"))
    assert changed.draft == replace(STEPS, answer=("*first*", "two", "third"))
    assert tuple(changed.cards.values()) == note.cards

    other = next(number for number in range(1, 9) if number - 1 not in note.places)
    added = home(note, Steps=f"{field}{{{{c{other}::fourth}}}}")
    assert added.draft.answer == (*STEPS.answer, "fourth")

    gone = home(note, Steps=field[: field.index(second)] + field[field.index(third) :])
    assert gone.draft.answer == ("*first*", "third")


def test_a_step_added_in_anki_has_the_id_of_its_text():
    note = sent(STEPS)
    number = next(number for number in range(1, 9) if number - 1 not in note.places)
    grown = note._replace(places=(*note.places, number - 1))
    back = home(grown, Steps=f"{note.fields[1]}{{{{c{number}::fourth}}}}")

    assert list(back.cards.values()) == [*note.cards, card_ids(back.draft.note(), back.note)[3]]


def test_typed_answers_are_words_without_marks():
    note = sent(TYPED)
    assert home(note, Accepted=note.fields[2].replace("<ul>", "<ul> ")).draft == TYPED

    back = home(note, Answer="f(a&nbsp;* c)", Accepted="<ul><li>g</li><li><b>i</b></li></ul>")
    assert back.draft == replace(TYPED, answer=("f(a * c)",), accept=("`g`", "i"))


@pytest.mark.parametrize(
    ("there", "back"),
    [
        (("rest", "Two_words"), ("two words", "Rest")),
        (("two_words",), ("two words",)),
        (("two_words", "Rest", "new", "marked", "leech"), ("two words", "Rest", "new")),
        ((), ()),
    ],
)
def test_tags_are_ankis_in_the_words_of_the_deck(there, back):
    assert home(sent(BASIC), tags=there).draft.tags == back


def test_a_renamed_note_comes_back_under_the_id_that_it_had_when_it_left():
    out = outgoing(STEPS, "newname")
    note = sent(STEPS, note_id="newname", first="oldname", first_cards=card_ids(STEPS.note(), "oldname"))
    back = home(note)

    assert (note.guid, back.note) == ("oldname", "newname")
    assert tuple(back.cards.values()) == out.cards


def test_an_id_that_is_none_gives_way_to_the_guid():
    note = sent(BASIC, first="thefirst")
    assert home(note, Id="no id!").note == "thefirst"
    assert home(note, Id="<div>still</div>").note == "still"
    made = home(note._replace(guid="q;X#"), Id="").note
    assert made == home(note._replace(guid="q;X#"), Id="").note != home(note._replace(guid="q;X"), Id="").note


def test_our_types_are_known_by_number_or_by_name_and_fields():
    own = NOTE_TYPES[Kind.BASIC]

    assert kind_of(own) is Kind.BASIC
    assert kind_of(NoteType(5, "quizapp basic-a1b2c", own.fields, ())) is Kind.BASIC
    assert kind_of(NoteType(own.id, "My cards", (*own.fields, "Mine"), ())) is Kind.BASIC
    assert kind_of(NoteType(5, "Basic", own.fields, ())) is None
    assert kind_of(NoteType(5, "quizapp basic", ("Front", "Back"), ())) is None
    assert kind_of(NoteType(own.id, "quizapp basic", ("Front", "Back"), ())) is None
