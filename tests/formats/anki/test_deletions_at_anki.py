"""The real Anki asks for deletions as quizapp does, and takes no text for a sign of its own."""

import html as entities
import re

import pytest
from anki.collection import Collection
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizapp.decks import cloze
from quizapp.formats.anki.deletions import cloze_html
from quizapp.markup.html import html
from quizapp.markup.plain import one_line, visible

PIECES = st.lists(
    st.sampled_from(
        ["{{c1::", "{{c2::", "{{c3::", "}}", "}}", "::", "word", " ", "{", "}", ":", "\n", "image-occlusion:", "[", "]",
         "sound:x.mp3", "latex", "a", "<b>", "{{c0::", "{{c501::", "{{c1,2::", "(", "\u2e55", "\ue000", "\x00", "\u202e"]
    ),
    max_size=16,
).map("".join)  # fmt: skip
SIGN = r"\[(?:sound:|anki:|/?latex\]|/?\$\$?\]|\[type:)"
MARKDOWN = re.compile(r"\n\s*\n|^\s*[>#+-]|^ {4}|\n {4}")


class Shown:
    """What Anki shows of a field."""

    def __init__(self, folder):
        self.collection = Collection(str(folder / "collection.anki2"))

    def note(self, kind, field):
        note = self.collection.new_note(self.collection.models.by_name(kind))
        note.fields[0] = field
        return note

    def numbers(self, field):
        return tuple(
            sorted(
                self.collection._backend.cloze_numbers_in_note(self.note("Cloze", field)._to_backend_note())
            )
        )

    def sides(self, kind, field, number=1):
        made = self.note(kind, field).ephemeral_card(ord=number - 1).render_output()
        assert not made.question_av_tags
        assert not made.answer_av_tags
        for side in (made.question_text, made.answer_text):
            assert not re.search(SIGN, side, re.IGNORECASE)
            assert not self.collection._backend.extract_latex(text=side, svg=False, expand_clozes=False).latex
            assert "<img class=latex" not in side
        return made.question_text, made.answer_text


@pytest.fixture(scope="module")
def anki(tmp_path_factory):
    shown = Shown(tmp_path_factory.mktemp("anki"))
    yield shown
    shown.collection.close()


def words(side):
    """A side as one reads it."""
    side = re.sub(r"<style>.*?</style>|<!--.*?-->", "", side, flags=re.DOTALL)
    text = entities.unescape(re.sub(r"<[^<>]*>", "", re.sub(r"<br>\n?", "\n", side)))
    return " ".join(text.replace("[...]", "[…]").split())


def unspaced(text):
    """A text without its blanks: those at the edges of hints and lines are not kept."""
    return "".join(text.split())


def assert_the_same(anki, text):
    parsed = cloze.parse(text)
    depths = [sum(o.start <= d.start and d.end <= o.end for o in parsed.deletions) for d in parsed.deletions]
    assume(max(depths, default=0) <= 10)
    assume(all(one_line(d.hint) or not d.hint for d in parsed.deletions))  # a hint that shows nothing is none
    field = cloze_html(text)
    assert anki.numbers(field) == parsed.numbers
    for number in parsed.numbers:
        question, answer = anki.sides("Cloze", field, number)
        if not any(map(MARKDOWN.search, (parsed.question(number), "".join(parsed.pieces)))):
            assert unspaced(words(question)) == unspaced(visible(parsed.question(number)))
            assert unspaced(words(answer)) == unspaced(visible("".join(parsed.pieces)))


@settings(deadline=None)
@given(PIECES)
def test_anki_asks_for_deletions_as_quizapp_does(anki, text):
    assert_the_same(anki, text)


@pytest.mark.long
@settings(deadline=None, max_examples=5_000)
@given(PIECES)
def test_anki_asks_for_all_deletions_as_quizapp_does(anki, text):
    assert_the_same(anki, text)


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        ("$x = {{c1::\\frac{a}{b} }}$", r"\(x = […]\)", r"\(x = \frac{a}{b} \)"),
        ("**a {{c1::b** c}} d", "a […] d", "a b c d"),
        ("- {{c1::a}}\n- b", "[…]\nb", "a\nb"),
        ("`f({{c1::x}})`", "f([…])", "f(x)"),
        ("{{c1::std:\\:vector}}", "[…]", "std::vector"),
        ("{{c1::x::$y$}}", r"[\(y\)]", "x"),
        ("$[{{c1::sound:x.mp3]}}$", "\\([[…]\\)", "\\([sound:x.mp3]\\)"),
        ("{{c1::a::sound:b.mp3}}", "[sound:b.mp3]", "a"),
        ("{{c1::a::$}} b {{c2::c::/$}}", "[$] b c", "a b c"),
    ],
)
def test_anki_shows_what_stands_around_and_within_deletions(anki, text, question, answer):
    sides = anki.sides("Cloze", cloze_html(text))
    assert [words(side) for side in sides] == [" ".join(one.split()) for one in (question, answer)]


@pytest.mark.parametrize(
    "text",
    ["[sound:x.mp3]", "[SOUND:x]", "[latex]x[/latex]", "[$]x[/$]", "[$$]x[/$$]", "[anki:tts lang=en_US]x[/anki:tts]", "[anki:play:q:0]",
     "[[type:Back]]", "{{c1::x}}", "{{Back}}", "{{#Back}}", "`[sound:x.mp3]`", "![[sound:x.mp3]](a.png)", '![x](a.png "[latex]x[/latex]")',
     "$[sound:x.mp3]$", "*[*sound:x.mp3]", "\\[sound:x.mp3]", "&#91;sound:x.mp3]", "```\n[latex]x[/latex]\n```", "<http://a.b/[sound:x.mp3]>",
     "\\\\(x\\\\)", "\\\\[x\\\\]"],
)  # fmt: skip
def test_no_text_is_a_sign_to_anki(anki, text):
    field = html(text)
    question, answer = anki.sides("Basic", field)
    assert words(question) == words(field)
    assert "$" in text or not re.search(r"\\\(|\\\[", re.sub(r"<[^<>]*>", "\n", question))
    assert "data-cloze" not in question + answer
