"""Notes of all types become notes of ours as their templates say: Anki's own types, and layouts as people make them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.decks import cloze
from quizapp.decks.draft import Draft
from quizapp.decks.note import Kind, card_ids
from quizapp.formats.anki.clozes import single
from quizapp.formats.anki.contents import AnkiDeck, CardRow, Contents, NoteRow, NoteType, Template
from quizapp.formats.anki.deletions import cloze_html
from quizapp.formats.anki.foreign import incoming
from quizapp.formats.anki.names import deck_name, deck_names, note_id
from quizapp.markup import formula
from quizapp.study.editor import fault_of
from tests.formats.anki.studying import Study

ANSWER = "{{FrontSide}}\n\n<hr id=answer>\n\n"


def contents(fields, templates, *notes, cloze=False, places=None, tags=(), **more):
    """A package with notes of one type. `fields` are names; `templates` fronts with backs; a note is its fields."""
    sides = tuple(Template(f"Card {n}", front, back) for n, (front, back) in enumerate(templates, 1))
    kind = NoteType(7, "Theirs", tuple(fields), sides, cloze=cloze)
    rows = [NoteRow(n, f"guid{n}", 7, 0, tuple(tags), tuple(note)) for n, note in enumerate(notes, 1)]
    places = range(len(sides)) if places is None else places
    cards = [card(10 * row.id + place, row.id, place) for row in rows for place in places]
    return Contents({7: kind}, {1: AnkiDeck(1, "Default")}, rows, more.pop("cards", cards), [], **more)


def card(number, note, place, deck=1, home=0):
    return CardRow(number, note, deck, place, 0, 0, 0, 0, 0, 0, 0, home, 0, "{}", 0)


def taken(*given, **more):
    """The drafts of a package's notes; none is passed over."""
    found = incoming(contents(*given, **more), "file")
    assert not found.passed
    return [one.draft for one in found.notes]


def one(fields, front, back, *values, **more):
    """The draft of one note with one card."""
    (draft,) = taken(fields, [(front, back)], values, **more)
    return draft


# --- Anki's own types ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stock(tmp_path_factory):
    """Notes of the types that Anki has by itself, read from a package of it, by their first field."""
    study = Study(tmp_path_factory.mktemp("anki"))
    study.add("Basic", "<b>basic</b> &lt;1&gt;", "one<br>two", tags=["a::b", "Marked", "leech"])
    study.add("Basic (and reversed card)", "reversed", "back", deck="日本語::文法")
    study.add("Basic (optional reversed card)", "optional with", "back", "y")
    study.add("Basic (optional reversed card)", "optional without", "back")
    study.add("Basic (type in the answer)", "typed", "<i>two</i> words")
    study.add("Cloze", r"cloze {{c1::one::hint}}, {{c3::three {{c2::two}}}}, {{c2::\(x^{2} \)}}", "more")
    study.add("Cloze", "many {{c1,3::both::where}}")
    study.add("Image Occlusion", "{{c1::image-occlusion:rect:left=.1:top=.2}}", '<img src="x.png">')
    study.add("Basic", "heard [sound:a b.mp3]", "[sound:x.mp3]")
    study.add("Basic", "seen", '<video src="x.mp4" controls></video>')
    with study.contents() as read:
        found = incoming(read, "my file")
        fields = {line: note.fields for line, note in enumerate(read.notes, 1)}
        places = {card.id: (card.note, card.place) for card in read.cards}
    study.collection.close()
    return found, fields, places


def note_of(stock, begins):
    """The notes that came of the one whose first field begins so."""
    found, fields, _ = stock
    return next(one for one in found.notes if fields[one.line][0].startswith(begins))


def test_a_basic_note_is_a_basic_card(stock):
    assert note_of(stock, "<b>basic").draft == Draft("**basic** <1>", ("one\ntwo",), tags=("a::b", "leech"))


def test_a_note_with_its_reverse_is_a_term(stock):
    for begins in ("reversed", "optional with"):
        note = note_of(stock, begins)

        assert note.draft == Draft(begins, ("back",), Kind.TERM)
        assert list(note.cards.values()) == [note.note, f"{note.note}.r"]


def test_an_optional_reverse_that_is_not_there_leaves_a_basic_card(stock):
    note = note_of(stock, "optional without")

    assert note.draft == Draft("optional without", ("back",))
    assert list(note.cards.values()) == [note.note]


def test_a_typed_answer_is_plain_text(stock):
    assert note_of(stock, "typed").draft == Draft("typed", ("two words",), Kind.TYPED)


def test_a_cloze_keeps_its_numbers_hints_and_formulas(stock):
    note = note_of(stock, "cloze")

    assert note.draft.question == "cloze {{c1::one::hint}}, {{c3::three {{c2::two}}}}, {{c2::$x^{2}$}}"
    assert (note.draft.kind, note.draft.extra) == (Kind.CLOZE, "more")
    assert [stock[2][theirs][1] for theirs in note.cards] == [0, 1, 2]
    assert list(note.cards.values()) == [note.note, f"{note.note}.2", f"{note.note}.3"]
    assert tuple(note.cards.values()) == card_ids(note.draft.note(), note.note)


def test_a_deletion_with_several_numbers_becomes_one_within_another(stock):
    note = note_of(stock, "many")

    assert note.draft.question == "many {{c1::{{c3::both::where}}::where}}"
    assert list(note.cards.values()) == [note.note, f"{note.note}.3"]


def test_hidden_images_are_named_and_passed_over(stock):
    found, fields, _ = stock

    assert [(fields[one.line][0][:7], one.reason) for one in found.passed] == [
        ("{{c1::i", "image occlusion is not taken over")
    ]


def test_sounds_are_links_to_their_files(stock):
    draft = note_of(stock, "heard").draft

    assert (draft.question, draft.answer) == ("heard [a b.mp3](<a b.mp3>)", ("[x.mp3](x.mp3)",))
    assert note_of(stock, "seen").draft.answer == ("[x.mp4](x.mp4)",)


def test_decks_keep_the_letters_of_their_names_and_the_default_one_is_named_after_the_file(stock):
    assert note_of(stock, "reversed").deck == "日本語/文法"
    assert note_of(stock, "typed").deck == "my file"


def test_every_note_and_card_is_accounted_for(stock):
    found, fields, places = stock
    lines = [one.line for one in found.notes] + [one.line for one in found.passed]

    assert sorted(lines) == sorted(fields)
    assert len(places) == sum(len(one.cards) for one in found.notes) + 1
    assert all(not fault_of(one.draft) for one in found.notes)


# --- layouts ---------------------------------------------------------------------------------------------------


def test_words_of_the_template_belong_to_the_question():
    draft = one(
        ("Country", "Capital"),
        "What is the capital of <i>{{Country}}</i>?",
        ANSWER + "{{Capital}}",
        "Peru",
        "Lima",
    )

    assert draft == Draft("What is the capital of *Peru*?", ("Lima",))


@pytest.mark.parametrize(
    "back",
    [
        ANSWER + "{{B}}",
        "{{FrontSide}}<hr>{{B}}",
        "{{A}}<hr id=answer>{{B}}",
        "<div>{{A}}</div><hr>{{B}}",
        "{{A}}\n<br>{{B}}",
        "{{A}}{{B}}",
        "{{B}}",
    ],
)
def test_the_answer_is_what_the_back_adds_to_the_front(back):
    assert one("AB", "{{A}}", back, "front", "back") == Draft("front", ("back",))


def test_a_front_that_is_repeated_in_other_words_stays():
    assert one("AB", "{{A}}", "{{A}} means {{B}}", "front", "back").answer == ("front means back",)


def test_several_fields_of_a_back_are_the_answer_together():
    fields = ("Word", "Meaning", "Example")
    draft = one(fields, "{{Word}}", ANSWER + "{{Meaning}}<br>{{Example}}", "chat", "cat", "le chat")

    assert draft.answer == ("cat\nle chat",)


@pytest.mark.parametrize(
    ("back", "extra"),
    [
        ("{{Back}}<br>{{Notes}}", "more"),
        ("{{Back}}<div>{{Notes}}</div>", "more"),
        ("{{Back}}{{#Notes}}<p><b>Notes:</b> {{Notes}}</p>{{/Notes}}", "more"),
        ("{{Back}}<div class=label>Notes</div><div>{{Notes}}</div>", "more"),
        ("{{Back}}<br>Remember: {{Notes}}", "Remember: more"),
        ("{{Back}}{{hint:Notes}}", "more"),
    ],
)
def test_a_field_of_notes_by_itself_is_extra(back, extra):
    draft = one(("Front", "Back", "Notes"), "{{Front}}", ANSWER + back, "front", "back", "more")

    assert draft == Draft("front", ("back",), extra=extra)


@pytest.mark.parametrize(
    ("back", "answer"),
    [
        ("{{Back}} ({{Notes}})", "back (more)"),
        ("{{Back}}{{Notes}}", "backmore"),
        ("{{Back}}<br>see {{Notes}}", "back\nsee more"),
        ("{{Back}}<br>{{Notes}}, then", "back\nmore, then"),
        ("{{Notes}}", "more"),
    ],
)
def test_a_field_of_notes_within_other_words_stays_in_the_answer(back, answer):
    draft = one(("Front", "Back", "Notes"), "{{Front}}", ANSWER + back, "front", "back", "more")

    assert draft == Draft("front", (answer,))


@pytest.mark.parametrize(
    "front", ["{{Front}}<br>{{Hint}}", "{{Front}}{{hint:Hint}}", "{{Front}}<p>Hint: {{Hint}}</p>"]
)
def test_a_hint_on_the_front_is_the_hint(front):
    draft = one(("Front", "Back", "Hint"), front, ANSWER + "{{Back}}", "front", "back", "think")

    assert draft == Draft("front", ("back",), hint="think")


def test_a_hint_on_the_back_gives_nothing_away():
    draft = one(
        ("Front", "Back", "Hint"), "{{Front}}", ANSWER + "{{Back}}<br>{{Hint}}", "front", "back", "think"
    )

    assert draft == Draft("front", ("back",), extra="think")


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("A book, page 3", "A book, page 3"),
        ('<a href="https://example.org/a">here</a>', "https://example.org/a"),
        ("https://example.org/a", "https://example.org/a"),
    ],
)
def test_a_field_that_names_the_source_is_the_source(written, source):
    back = ANSWER + "{{Back}}<br>Source: {{Source}}"
    draft = one(("Front", "Back", "Source"), "{{Front}}", back, "front", "back", written)

    assert draft == Draft("front", ("back",), source=source)


def test_a_source_that_says_more_than_a_line_stays():
    back = ANSWER + "{{Back}}<br>{{Source}}"
    draft = one(("Front", "Back", "Source"), "{{Front}}", back, "front", "back", "one<br>two")

    assert (draft.answer, draft.source) == (("back\none\ntwo",), "")


def test_tags_and_decks_on_a_card_are_no_part_of_it():
    front = "<div>{{Deck}}</div>{{Front}}<div>Tags: {{Tags}}</div>"

    assert one(("Front", "Back"), front, ANSWER + "{{Back}}", "front", "back", tags=["x"]) == Draft(
        "front", ("back",), tags=("x",)
    )


def test_a_typed_card_with_more_on_its_back_has_that_as_extra():
    draft = one(
        ("Front", "Back", "Sound"), "{{Front}} {{type:Back}}", ANSWER + "{{type:Back}}<br>{{Back}}<br>{{Sound}}",
        "front", "back", "[sound:x.mp3]",
    )  # fmt: skip

    assert draft == Draft("front", ("back",), Kind.TYPED, extra="[x.mp3](x.mp3)")


def test_what_can_not_be_typed_is_asked_plainly():
    draft = one(("Front", "Back"), "{{Front}} {{type:Back}}", "{{type:Back}}", "front", "<img src=x.png>")

    assert draft == Draft("front", ("![](x.png)",))


def test_what_is_only_spoken_is_written():
    assert one("AB", "{{tts en_US:A}}", ANSWER + "{{B}}", "front", "back") == Draft("front", ("back",))
    assert one("AB", "{{A}}{{tts en_US:A}}", ANSWER + "{{B}}", "front", "back") == Draft("front", ("back",))


def test_mathematics_in_old_marks_is_mathematics():
    draft = one(
        "AB", "{{A}}", "{{B}}", "[$]x^2[/$] and [latex]$y$ too[/latex]", "[$$]z[/$$] [latex]\\alpha[/latex]"
    )

    assert draft == Draft("$x^2$ and $y$ too", ("$$z$$ $$\\alpha$$",))


# --- several cards ---------------------------------------------------------------------------------------------

TWO = [("{{A}}", ANSWER + "{{B}}"), ("{{B}}", ANSWER + "{{A}}")]


def test_two_cards_that_ask_differently_are_two_notes():
    found = incoming(contents("AB", [TWO[0], ("What is {{B}}?", ANSWER + "{{A}}")], ("a", "b")), "file")

    assert [(one.draft.question, one.draft.answer, one.line) for one in found.notes] == [
        ("a", ("b",), 1),
        ("What is b?", ("a",), 1),
    ]
    assert [dict(one.cards) for one in found.notes] == [{10: found.notes[0].note}, {11: found.notes[1].note}]
    assert found.notes[0].note == note_id("guid1") != found.notes[1].note


def test_the_reverse_alone_is_a_basic_note_with_the_notes_id():
    found = incoming(contents("AB", TWO, ("a", "b"), places=[1]), "file")

    assert [(one.draft, one.note) for one in found.notes] == [(Draft("b", ("a",)), note_id("guid1"))]


def test_a_reverse_that_adds_something_is_a_term_with_it():
    templates = [(TWO[0][0], TWO[0][1] + "<br>{{Notes}}"), TWO[1]]
    (draft,) = taken(("A", "B", "Notes"), templates, ("a", "b", "more"))

    assert draft == Draft("a", ("b",), Kind.TERM, extra="more")


def test_a_hint_of_one_direction_alone_makes_no_term():
    templates = [("{{A}}{{hint:Hint}}", TWO[0][1]), TWO[1]]

    assert [draft.kind for draft in taken(("A", "B", "Hint"), templates, ("a", "b", "h"))] == [Kind.BASIC] * 2


def test_a_card_that_can_not_be_taken_over_is_counted_while_the_others_are():
    found = incoming(contents("ABC", [*TWO, ("{{C}}", "{{A}}")], ("a", "b", ""), ("c", "d", "")), "file")

    assert [one.draft.kind for one in found.notes] == [Kind.BASIC] * 4
    assert [one.reason for one in found.remarks] == [
        'card "Card 3" of "Theirs" was left out in 2 notes: its front is empty'
    ]


# --- clozes ----------------------------------------------------------------------------------------------------

CLOZE = ("{{cloze:Text}}", "{{cloze:Text}}<br>{{Back Extra}}")


def test_a_cloze_has_what_stands_around_it_and_the_back_adds():
    templates = [
        ("<h3>{{Title}}</h3>{{cloze:Text}}", "{{Title}}{{cloze:Text}}<hr>{{Extra}}<p>Source: {{Source}}</p>")
    ]
    values = ("On sets", "{{c1::a}}", "more", "A book")
    (draft,) = taken(("Title", "Text", "Extra", "Source"), templates, values, cloze=True, places=[0])

    assert "On sets" in draft.question
    assert draft.question.endswith("{{c1::a}}")
    assert (draft.extra, draft.source) == ("more", "A book")


def test_clozes_that_are_shown_together_are_one():
    templates = [("{{cloze:A}}<br>{{cloze:B}}", "{{cloze:A}}<br>{{cloze:B}}")]
    (draft,) = taken("AB", templates, ("{{c1::a}}", "{{c2::b}}"), cloze=True)

    assert draft == Draft("{{c1::a}}\n{{c2::b}}", (), Kind.CLOZE)


def test_a_cloze_that_is_also_typed_stays_a_cloze():
    templates = [("{{cloze:Text}}{{type:cloze:Text}}", "{{cloze:Text}}{{type:cloze:Text}}")]

    assert taken(("Text",), templates, ("{{c1::a}}",), cloze=True) == [Draft("{{c1::a}}", (), Kind.CLOZE)]


def test_formatting_and_formulas_within_deletions_are_kept():
    text = r"{{c1::<b>bold</b>}} {{c2::\(a_{1} \)}} \({{c3::x}}+1\) {{c4::<img src=x.png>}}"
    (draft,) = taken(("Text", "Back Extra"), [CLOZE], (text, ""), cloze=True, places=range(4))

    assert draft.question == r"{{c1::**bold**}} {{c2::$a_{1}$}} ${{c3::x}}+1$ {{c4::![](x.png)}}"


def test_a_formula_that_ends_in_a_deletion_is_one_here_and_in_anki_again():
    (draft,) = taken(("Text", "Back Extra"), [CLOZE], (r"\( {{c1::\frac{1}{2} }} \)", ""), cloze=True)

    assert draft.question == r"${{c1::\frac{1}{2} }}$"
    assert not formula.fault("".join(cloze.parse(draft.question).pieces))
    assert cloze_html(draft.question) == r"\({{c1::\frac{1}{2} }}\)"


def test_a_card_whose_deletion_is_gone_has_no_id():
    (note,) = incoming(
        contents(("Text", "Back Extra"), [CLOZE], ("{{c2::b}}", ""), cloze=True, places=[0, 1]), "f"
    ).notes

    assert note.cards == {11: f"{note.note}.2"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [("no deletion", "has no deletion"), ("{{c1::}}", "holds no text"), ("{{c1::a", "has no end")],
)
def test_a_cloze_that_asks_nothing_is_passed_over_with_the_reason(text, reason):
    found = incoming(contents(("Text", "Back Extra"), [CLOZE], (text, ""), cloze=True), "file")

    assert not found.notes
    assert reason in found.passed[0].reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{c1::a}} {{c2::b::h}}", "{{c1::a}} {{c2::b::h}}"),
        ("{{c1,2::a}}", "{{c1::{{c2::a}}}}"),
        ("{{c2,1,2::a::h}}", "{{c1::{{c2::a::h}}::h}}"),
        ("{{c3::x {{c1,2::a}} y::h}}", "{{c3::x {{c1::{{c2::a}}}} y::h}}"),
        ("{{c1,2::a {{c3::b}}::h}} }}", "{{c1::{{c2::a {{c3::b}}::h}}::h}} }}"),
        ("{{c1,2,3::a}}", "{{c1::{{c2::{{c3::a}}}}}}"),
    ],
)
def test_deletions_of_several_numbers_become_nested(text, expected):
    assert single(text) == expected


# --- what is passed over ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (("front", ""), "its back is empty"),
        (("", "back"), "its front is empty"),
        (("<br>&nbsp;", "back"), "its front is empty"),
        (("front", "x" * 100_001), "it is too long; a card may hold 100,000 characters and 500 tags"),
    ],
)
def test_what_no_deck_can_hold_is_passed_over_with_the_reason(fields, reason):
    found = incoming(contents("AB", [TWO[0]], fields), "file")

    assert not found.notes
    assert [one.reason for one in found.passed] == [reason]


def test_a_note_without_type_or_cards_is_passed_over():
    package = contents("AB", [TWO[0]], ("a", "b"), cards=[card(1, 1, 5)])
    lost = NoteRow(2, "guid2", 8, 0, (), ("x",))
    found = incoming(Contents(package.note_types, {}, [*package.notes, lost], package.cards, []), "file")

    assert [one.reason for one in found.passed] == ["it has no card", "its note type is missing"]


def test_the_add_on_for_hidden_images_is_known():
    fields = ("ID", "Header", "Image", "Question Mask", "Original Mask")
    found = incoming(contents(fields, [("{{Image}}", "{{Image}}")], ("1", "", "<img src=x>", "", "")), "file")

    assert [one.reason for one in found.passed] == ["image occlusion is not taken over"]


def test_signs_that_nobody_sees_are_left_out():
    assert one("AB", "{{A}}", ANSWER + "{{B}}", "a\x08b\x00\ufeff", "c\x0bd", tags=["t\x07"]).tags == ("t",)


def test_fields_that_no_card_shows_are_named_once():
    notes = [("a", "b", "secret"), ("c", "d", ""), ("e", "f", "other")]
    found = incoming(contents("ABC", [("{{A}}{{#B}} {{/B}}", "{{A}}<hr>x{{B}}")], *notes), "file")

    assert [(one.line, one.reason) for one in found.remarks] == [
        (1, 'field "C" of "Theirs" was left out in 2 notes: it is on no card')
    ]


def test_types_of_ours_are_left_to_others():
    found = incoming(contents("AB", [TWO[0]], ("a", "b")), "file", lambda kind: kind.id == 7)

    assert not found.notes
    assert not found.passed


def test_the_mark_of_anki_is_no_tag():
    assert one("AB", "{{A}}", "{{B}}", "a", "b", tags=["Marked", "leech", "a::b"]).tags == ("leech", "a::b")


_PIECES = (
    "{{A}}|{{B}}|{{FrontSide}}|{{type:B}}|{{hint:Hint}}|{{cloze:A}}|{{#A}}|{{/A}}|{{^B}}|{{Source}}|{{Tags}}"
    "|{{kana:A}}|<hr id=answer>|<br>|<div>|</div>| |Notes:|<pre>"
)
_TEXTS = (
    "a|b |<br>|{{c1::|{{c1,3::|::|}}|<b>|</b>|\n|- |&amp;|\x00|\r|[sound:x]|<img src=x>|\\(x\\)|$|[latex]|[/latex]"
    "|\u2028|<ul><li>|日[に]|\ud800|#|<a href=x>"
)


def made_of(pieces):
    return st.lists(st.sampled_from(pieces.split("|")), max_size=8).map("".join)


@given(
    st.lists(st.tuples(made_of(_PIECES), made_of(_PIECES)), min_size=1, max_size=2),
    st.tuples(*[made_of(_TEXTS)] * 4),
    st.booleans(),
)
def test_whatever_a_note_looks_like_it_is_passed_over_or_a_deck_can_hold_it(templates, fields, cloze):
    found = incoming(contents(("A", "B", "Hint", "Source"), templates, fields, cloze=cloze), "file")

    assert len({one.line for one in found.notes}) + len(found.passed) == 1
    assert [fault_of(one.draft) for one in found.notes] == [""] * len(found.notes)


# --- names -----------------------------------------------------------------------------------------------------


def test_an_id_comes_from_the_guid_alone():
    first = incoming(contents("AB", [TWO[0]], ("a", "b"), ("c", "d")), "file").notes
    second = incoming(contents("AB", [TWO[0]], ("other", "words")), "file").notes

    assert first[0].note == second[0].note != first[1].note


@given(st.text())
def test_an_id_is_ten_letters_and_digits_a_letter_first(guid):
    assert re.fullmatch(r"[a-z][a-z0-9]{9}", note_id(guid))


def test_two_notes_with_one_guid_get_two_ids():
    package = contents("AB", [TWO[0]], ("a", "b"), ("c", "d"))
    notes = [row._replace(guid="same") for row in package.notes]
    found = incoming(Contents(package.note_types, {}, notes, package.cards, []), "file").notes

    assert found[0].note == note_id("same") != found[1].note


def test_a_note_goes_where_its_first_card_is_at_home():
    decks = {1: AnkiDeck(1, "Default"), 2: AnkiDeck(2, "Home::Sub"), 3: AnkiDeck(3, "Cram", filtered=True)}
    package = contents("AB", TWO, ("a", "b"), cards=[card(11, 1, 1, 1), card(10, 1, 0, 3, home=2)])
    (note,) = incoming(Contents(package.note_types, decks, package.notes, package.cards, []), "file").notes

    assert note.deck == "Home/Sub"


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Spanish::Verbs", "Spanish/Verbs"),
        ("日本語::文法", "日本語/文法"),
        ("Français & co", "français-and-co"),
        ("हिन्दी::ไทย", "हिन्दी/ไทย"),
        ("History::Rome", "History-notes/Rome"),
        ("media", "media-notes"),
        ("::", ""),
        ("☃", ""),
        ("../../etc::.hidden", "etc/hidden"),
        ("x" * 500, "x" * 60),
        ("a::" * 20 + "z", "/".join("a" * 10)),
    ],
)
def test_decks_get_names_that_files_can_have(theirs, ours):
    assert deck_name(theirs) == ours


def test_decks_whose_names_become_one_are_one():
    decks = [AnkiDeck(n, name) for n, name in enumerate(("A-b", "A b", "a-B", "Default", "☃"), 1)]
    names = deck_names(decks, "file")

    assert len({names[1], names[2], names[3]}) == 1
    assert names[4] == names[5] == "file"
