import base64
import hashlib
import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from quizapp.decks.identity import ID, base, derived_id, normalised, renamed

ids = st.from_regex(ID, fullmatch=True)
suffixes = st.sampled_from(["", ".r", ".2", ".sabcd"])


def test_white_space_case_and_composition_do_not_count():
    assert normalised("  Was  ist\tein\nMaß e\u0301? ") == "was ist ein mass é?"


def test_a_derived_id_is_pinned_for_ever():
    assert derived_id("What is a tensor?") == "qzsltqqmp2iwj"


@given(st.text())
def test_a_derived_id_follows_its_published_rule(question):
    text = " ".join(unicodedata.normalize("NFC", question).casefold().split())
    digest = hashlib.sha256(text.encode()).digest()

    assert derived_id(question) == "q" + base64.b32encode(digest).decode().lower()[:12]
    assert ID.fullmatch(derived_id(question))


@given(st.text())
def test_normalising_twice_is_normalising_once(text):
    once = normalised(text)
    assume(unicodedata.is_normalized("NFC", once))  # casefolding a few rare letters takes them apart

    assert normalised(once) == once


@given(st.text("aA äÄ\n\tß", max_size=6), st.text("aA äÄ\n\tß", max_size=6))
def test_derived_ids_are_equal_exactly_when_the_normalised_texts_are(one, other):
    assert (derived_id(one) == derived_id(other)) == (normalised(one) == normalised(other))


@given(ids, suffixes)
def test_the_base_of_a_card_id_is_its_notes_id(note_id, suffix):
    assert base(note_id + suffix) == note_id


@given(ids, ids, suffixes)
def test_a_renamed_notes_cards_keep_their_suffixes(old, new, suffix):
    assert renamed(old + suffix, old, new) == new + suffix


@given(ids, ids, ids, suffixes)
def test_other_notes_cards_keep_their_ids(old, new, other, suffix):
    assume(old != other)

    assert renamed(other + suffix, old, new) == other + suffix


def test_a_card_can_be_renamed_alone():
    assert renamed("abc.r", "abc.r", "xyz") == "xyz"
    assert renamed("abc", "abc.r", "xyz") == "abc"
    assert renamed("abc.2", "abc.r", "xyz") == "abc.2"


def test_a_note_renamed_to_a_card_gives_its_other_cards_the_notes_name():
    assert renamed("abc", "abc", "xyz.2") == "xyz.2"
    assert renamed("abc.r", "abc", "xyz.2") == "xyz.r"
