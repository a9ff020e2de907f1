"""Notes of ours as Anki's fields, and the cards that Anki makes of them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.decks.draft import Draft
from quizapp.decks.note import Kind
from quizapp.formats.anki.fields import anki_note, safe_tags, source_html
from quizapp.formats.anki.note_types import NOTE_TYPES
from tests.formats.anki.ours import SAMPLES, in_anki, outgoing, samples, sent


@pytest.fixture(scope="module")
def col(tmp_path_factory):
    made = in_anki(tmp_path_factory.mktemp("anki"), samples())
    yield made
    made.close()


def _cards(col, kind):
    return [
        (card.ord, card.render_output())
        for card in map(col.get_card, col.find_cards(f'"note:quizapp {kind}"'))
    ]


def _words(html):
    """What a learner reads."""
    text = re.sub(r"<!--.*?-->|<(style|details).*?</\1>", "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^<>]*>", " ", text).split())


@pytest.mark.parametrize("kind", Kind)
def test_every_card_shows_itself_without_a_mark_left_over(col, kind):
    note = sent(SAMPLES[kind], note_id=f"{kind}note")
    cards = _cards(col, kind)

    assert sorted(place for place, _ in cards) == sorted(note.places)
    for _, made in cards:
        for side in (made.question_text, made.answer_text):
            assert side.count('<div class="sheet') == 1
            assert "{{" not in side
            assert not re.search(r"\*\*|`|\||\$\$|&amp;(?:lt|gt|amp)|has no cloze|found", _words(side))
            assert not re.search(r"<script|<b>\?", side)
        assert "two_words" in made.answer_text
        assert 'href="https://example.org/a?b=1&amp;c=2"' in made.answer_text
        assert "<summary>Hint</summary>" in made.question_text
        assert "Hint" not in made.answer_text


def test_terms_are_asked_both_ways(col):
    (_, there), (_, back) = sorted(_cards(col, Kind.TERM), key=lambda card: card[0])

    assert _words(there.question_text) == "sets Term"
    assert _words(back.question_text) == "sets its meaning"
    assert "Term" in _words(back.answer_text)


def test_a_cloze_asks_for_one_number_at_a_time(col):
    cards = dict(_cards(col, Kind.CLOZE))

    assert _words(cards[0].question_text).startswith(r"sets A [...] and \(x^{2}\) and [...]")
    assert _words(cards[2].question_text) == "sets A b and [a hint] and d &lt;b&gt; ."


def test_choices_look_alike_until_the_back_marks_the_right_ones(col):
    ((_, made),) = _cards(col, Kind.CHOICES)

    assert '<div class="sheet front">' in made.question_text
    assert '<div class="sheet back">' in made.answer_text
    assert made.answer_text.count('<li class="right">') == 2
    assert '<ol class="choices several">' in made.question_text


def test_choices_are_shuffled_by_the_note_and_by_nothing_else():
    draft = Draft("q", ("a",), Kind.CHOICES, tuple("abcdefgh"))
    turned = Draft("q", ("a",), Kind.CHOICES, tuple("hgfedcba"))
    fewer = Draft("q", ("a",), Kind.CHOICES, tuple("abcdefg"))

    def order(draft, note_id):
        return re.findall(r">(\w)</li>", sent(draft, note_id=note_id).fields[1])

    assert sorted(order(draft, "n1")) == list("abcdefgh") != order(draft, "n1")
    assert order(draft, "n1") == order(turned, "n1") != order(draft, "n2")
    assert [one for one in order(draft, "n1") if one != "h"] == order(fewer, "n1")


def test_a_typed_answer_is_compared_as_it_is_written(col):
    note = sent(SAMPLES[Kind.TYPED])

    assert "&lt;code&gt;" not in col.compare_answer(note.fields[1], "f(a * b) < c")
    assert "typeBad" not in col.compare_answer(note.fields[1], "f(a * b) < c")
    assert "typeBad" in col.compare_answer(note.fields[1], "f(a * b) > c")
    ((_, made),) = _cards(col, Kind.TYPED)
    assert "[[type:Answer]]" in made.question_text
    assert _words(made.answer_text).startswith("sets Type it [[type:Answer]] Also right g h")
    assert "Also right" not in made.question_text


def test_steps_stand_side_by_side_so_that_a_style_can_hide_the_later_ones(col):
    cards = dict(_cards(col, Kind.STEPS))
    note = sent(SAMPLES[Kind.STEPS], note_id="stepsnote")

    for step, place in enumerate(note.places):
        front = cards[place].question_text
        inner = front[front.index('<div class="steps">') : front.index("<details")]
        kinds = re.findall(r'<span class="(cloze|cloze-inactive)"', inner)
        assert kinds == ["cloze-inactive"] * step + ["cloze"] + ["cloze-inactive"] * (4 - step)
        depth, depths = 0, set()
        for tag in re.finditer(r"<(/?)(?:span|div|pre|code)\b(?: class=\"(cloze\S*)\")?", inner):
            if tag[2]:
                depths.add(depth)
            depth += -1 if tag[1] else 1
        assert depths == {1}
        assert "std::x" in re.sub(r"<!--.*?-->|<[^<>]*>", "", cards[place].answer_text)


def test_steps_have_the_numbers_that_they_were_given():
    draft = Draft("q", ("a", "b", "c"), Kind.STEPS)
    note = outgoing(draft)

    assert anki_note(note._replace(numbers=(7, 3, 0))).places == (6, 2)
    assert anki_note(note).places == (9, 19, 29)


def test_more_steps_than_anki_counts_are_shown_but_not_asked():
    note = sent(Draft("q", tuple(map(str, range(501))), Kind.STEPS))

    assert len(note.places) == len(note.cards) == len(set(note.places)) == 500
    assert len(re.findall(r'<div class="step">', note.fields[1])) == 501


def test_the_guid_is_the_oldest_id_and_every_field_is_there():
    for kind, draft in SAMPLES.items():
        note = sent(draft, first="oldest")
        assert (note.guid, note.deck, note.modified) == ("oldest", "maths/sets", 1_790_000_000)
        assert len(note.fields) == len(NOTE_TYPES[kind].fields)
        assert note.fields[-4] == "abcdefghij"


def test_images_are_named_as_the_package_names_them():
    note = sent(Draft("![a](media/my%20pics/x.png)", ("![b](https://example.org/y.png)",)))

    (name,) = note.media
    assert note.media == {name: "media/my pics/x.png"}
    assert f'src="{name}"' in note.fields[0]
    assert "<img" not in note.fields[1]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("https://www.example.org/a/?b=<c>", None),
        (
            "https://www.example.org/a/?b=1&c",
            '<a href="https://www.example.org/a/?b=1&amp;c">example.org/a/?b=1&amp;c</a>',
        ),
        (
            f"http://example.org/{'a' * 60}",
            f'<a href="http://example.org/{"a" * 60}">example.org/{"a" * 31}…</a>',
        ),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("Bishop, <i>chapter</i> 1", "Bishop, &lt;i&gt;chapter&lt;/i&gt; 1"),
        ("", ""),
    ],
)
def test_a_source_on_the_web_is_a_link_and_another_is_text(source, shown):
    made = source_html(source)
    assert made == shown if shown is not None else "<a" not in made


def test_tags_have_no_blanks_and_are_told_apart_by_more_than_their_letters_case(tmp_path):
    tags = ("two words", "LLM", "llm", "a\u3000b", 'say "x"', '"', "c::d", "tab\there")
    made = safe_tags(tags)
    assert made == ("two_words", "LLM", "a_b", "say_x", "c::d", "tab_here")

    col = in_anki(tmp_path, [sent(Draft("q", ("a",), tags=tags))])
    try:
        assert sorted(col.get_note(col.find_notes("")[0]).tags) == sorted(made)
    finally:
        col.close()


@settings(max_examples=20)
@given(st.text(st.sampled_from("a\x1f\x1e\x1c<&*`$\n{}:_[]()é\u2028\0")))
def test_no_text_puts_a_separator_into_fields(text):
    for kind, draft in SAMPLES.items():
        answer = draft.answer and (f"x{text}", *draft.answer[1:])
        made = sent(
            Draft(f"{{{{c1::x{text}}}}}", answer, kind, (*draft.choices, f"x{text}"), hint=text, source=text)
        )
        assert not any(re.search("[\x00-\x08\x1f\x7f]", field) for field in made.fields)
