"""Templates show what the real Anki shows."""

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.formats.anki.templates import (
    Part,
    Shown,
    conditions,
    is_empty,
    named,
    parse,
    plain,
    rendered,
    shown,
)

FIELDS = {
    "Front": "What is <b>2 + 2</b>?",
    "Back": "four",
    "Empty": "",
    "Blank": "<div><br></div> ",
    "Reading": "日本[にほん] 語[ご]を 話[はな]す[sound:x.mp3]",
    "A b": "a field with a blank",
}


@pytest.fixture(scope="module")
def anki(tmp_path_factory):
    """Ask the real Anki for the front of a card of FIELDS with this template."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from anki.collection import Collection

    collection = Collection(str(tmp_path_factory.mktemp("anki") / "collection.anki2"))
    models = collection.models
    kind = models.new("Ours")
    for name in FIELDS:
        models.add_field(kind, models.new_field(name))
    template = models.new_template("Card")
    template["qfmt"] = "{{Front}}"
    models.add_template(kind, template)
    models.add(kind)
    note = collection.new_note(models.by_name("Ours"))
    note.fields = [*FIELDS.values()]
    note.tags = ["one", "two"]
    collection.add_note(note, collection.decks.id("Above::Below"))

    def front(text):
        template = {"name": "Card", "qfmt": text, "afmt": "", "ord": 0}
        return (
            note.ephemeral_card(custom_note_type=note.note_type(), custom_template=template)
            .render_output()
            .question_text
        )

    yield front
    collection.close()


SPECIAL = {
    "Tags": "one two",
    "Deck": "Above::Below",
    "Subdeck": "Below",
    "Type": "Ours",
    "Card": "Card",
    "CardFlag": "",
}


def front(template, fields=FIELDS):
    return rendered(shown(parse(template), fields), fields)


@pytest.mark.parametrize(
    "template",
    [
        "What is the capital of {{Front}}? <i>{{Back}}</i>",
        "{{ Front }}{{A b}}",
        "{{#Front}}yes {{Back}}{{/Front}}{{^Front}}no{{/Front}}{{Front}}",
        "{{Front}}{{#Empty}}yes{{/Empty}}{{^Empty}}no{{/Empty}}",
        "{{Front}}{{#Blank}}yes{{/Blank}}{{^Blank}}no{{/Blank}}",
        "{{#Front}}a{{#Empty}}b{{/Empty}}{{^Empty}}c{{#Back}}{{Back}}{{/Back}}{{/Empty}}{{/Front}}",
        "{{text:Front}}",
        "{{kanji:Reading}}",
        "{{kana:Reading}}",
        "{{text:kana:Reading}}",
        "{{{Front}}}",
        "{{=<% %>=}}<%Front%> {{Back}} <%#Back%>x<%/Back%>",
    ],
)
def test_a_front_is_what_anki_shows(anki, template):
    assert front(template) == anki(template).replace("[anki:play:q:0]", "[sound:x.mp3]")


def test_furigana_stands_in_brackets_behind_its_word():
    assert front("{{furigana:Reading}}") == "日本(にほん)語(ご)を話(はな)す[sound:x.mp3]"


def test_brackets_without_a_word_mean_themselves():
    assert front("{{kana:F}}", {"F": "[a] b [c]"}) == "[a] b [c]"


@pytest.mark.parametrize(
    ("template", "field", "filters"),
    [
        ("{{type:Back}}", "Back", ("type",)),
        ("{{type:cloze:Text}}", "Text", ("cloze", "type")),
        ("{{hint:Back}}", "Back", ("hint",)),
        ("{{edit:cloze:Text}}", "Text", ("cloze", "edit")),
        ("{{tts en_US voices=A,B:Back}}", "Back", ("tts en_US voices=A,B",)),
        ("{{::Back}}", "Back", ()),
    ],
)
def test_filters_come_in_the_order_in_which_they_change_the_text(template, field, filters):
    assert parse(template) == (Shown(field, filters),)


def test_what_is_spoken_is_not_shown():
    assert front("{{tts en_US:Back}}{{tts en_US voices=A:Back}}x") == "x"


def test_a_filter_of_an_add_on_changes_nothing():
    assert front("{{fancy:Back}}") == "four"


def test_a_field_that_the_note_lacks_shows_nothing():
    assert front("a{{Nothing}}b{{#Nothing}}c{{/Nothing}}") == "ab"


def test_clozes_keep_their_markers_and_conditions_on_their_numbers_are_met():
    assert front("{{#c1}}{{cloze:Text}}{{/c1}}{{^c2}}x{{/c2}}", {"Text": "{{c1::a}}"}) == "{{c1::a}}"


def test_fields_of_the_collection_are_shown_if_they_are_given(anki):
    template = "{{Front}}{{Tags}} {{Deck}} {{Subdeck}} {{Type}} {{Card}} {{CardFlag}}"

    assert front(template, FIELDS | SPECIAL) == FIELDS["Front"] + "one two Above::Below Below Ours Card "


def test_comments_scripts_and_styles_are_left_out():
    template = "a<!-- {{Back}} {{#x}} -->b<SCRIPT>if (a < b) '{{Back}}'</SCRIPT >c<style>.card {}</style>d<script src=x>"

    assert front(template) == "abcd"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("a{{#Front}}b", "ab"),
        ("a{{/Front}}b", "ab"),
        ("{{#Front}}a{{#Back}}b{{/Front}}c", "abc"),
        ("a{{Front", "a{{Front"),
        ("a}}b", "a}}b"),
        ("{{}}{{ }}{{#}}{{/}}x", "x"),
        ("<!-- open {{Back}}", "<!-- open four"),
    ],
)
def test_what_is_wrong_in_a_template_costs_no_text(template, text):
    assert front(template) == text


def test_fields_and_conditions_are_named():
    nodes = parse("{{#Flag}}{{hint:A}}{{^Other}}{{B}}{{FrontSide}}{{Tags}}{{/Other}}{{/Flag}}")

    assert named(nodes) == {"A", "B"}
    assert conditions(nodes) == {"Flag", "Other"}
    assert isinstance(nodes[0], Part)


@pytest.mark.parametrize("text", ["", " \n", "<br>", "<DIV></div><br/>", "<br />"])
def test_a_field_is_empty_where_anki_takes_it_for_empty(text):
    assert is_empty(text)


def test_a_field_with_a_sound_or_an_image_is_not_empty():
    assert not is_empty("[sound:x.mp3]")
    assert not is_empty("<img src=x>")
    assert not is_empty("&nbsp;")


def test_the_words_of_html_stand_in_one_line():
    assert plain("<div>a &amp; b</div>c<br>d<!-- e --> <b>f</b>g") == "a & b c d fg"


@given(
    st.lists(
        st.sampled_from(
            ["{{", "}}", "#", "/", "^", "F", "{", ":", "<!--", "-->", "<script>", "</script>", " "]
        )
    )
)
def test_any_template_can_be_shown(pieces):
    nodes = parse("".join(pieces))

    rendered(shown(nodes, {"F": "text"}), {"F": "text"})


@pytest.mark.parametrize(
    "piece", ["{{", "{{#a}}", "<!--", "<script>", "{{a", "[", "<", "日[", "{{^a}}{{/b}}"]
)
def test_long_templates_and_fields_take_no_longer_than_long(piece):
    text = piece * 20_000
    nodes = parse(text)
    fields = {"a": text}

    rendered(shown((*nodes, Shown("a", ("text",)), Shown("a", ("kana",))), fields), fields)
    plain(text)
