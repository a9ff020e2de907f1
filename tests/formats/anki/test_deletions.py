"""Deletions are Anki's own, whatever Markdown stands around and within them."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.decks import cloze
from quizapp.formats.anki.deletions import cloze_html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A {{c1::rank-0}} tensor", "A {{c1::rank-0}} tensor"),
        ("{{c2::scalar::one number}}", "{{c2::scalar::one number}}"),
        (
            "{{c1::**bold**}} and **{{c2::x}}**",
            "{{c1::<strong>bold</strong>}} and <strong>{{c2::x}}</strong>",
        ),
        ("{{c1::a {{c2::b}} c}}", "{{c1::a {{c2::b}} c}}"),
        ("$x = {{c1::\\frac{a}{b} }}$", r"\(x = {{c1::\frac{a}{b} }}\)"),
        ("`{{c1::code}}` <b>", "<code>{{c1::code}}</code> &lt;b&gt;"),
        (
            "```python\nx = {{c1::1}}\n```",
            '<pre class="code"><code class="language-python">x = {{c1::<span class="n">1</span>}}</code></pre>',
        ),
        ("- {{c1::a}}\n- b", "<ul>\n<li>{{c1::a}}</li>\n<li>b</li>\n</ul>"),
        ("std::vector {{c1::x}}", "std::vector {{c1::x}}"),
        ("{{c1::std:\\:vector}}", "{{c1::std:<!-- -->:vector}}"),
        ("{{c1::x}} $\\frac{1}{\\frac{a}{b}}$", r"{{c1::x}} \(\frac{1}{\frac{a}{b}}\)"),
        ("{{c1::_it_}} **{{c1::b}}**s", "{{c1::<em>it</em>}} <strong>{{c1::b}}</strong>s"),
        ("{{c1::x::*h* & $y$}}", r"{{c1::x::<em>h</em> &amp; \(y\)}}"),
        ("$x {{c1::y::a $z$}}$", r"\(x {{c1::y::a z}}\)"),
        ("**a {{c1::b** c}} d", "<strong>a </strong>{{c1::<strong>b</strong> c}} d"),
        ("`a {{c1::b` c}}", "<code>a </code>{{c1::<code>b</code> c}}"),
        ("$a {{c1::b$ c}}", r"\(a \){{c1::\(b\) c}}"),
        ("{{c1::\n```\ncode\n```\n}}", '{{c1::<pre class="code"><code>code</code></pre>\n}}'),
        ("[x](http://{{c1::a}}) *y*", "[x](http://{{c1::a}}) *y*"),
        ("<http://a.b/{{c1::a}}>", "&lt;http://a.b/{{c1::a}}&gt;"),
        ("![{{c1::x}}](a.png)", "![{{c1::x}}](a.png)"),
        ("[{{c1::a}}]: b", "[{{c1::a}}]: b"),
        ("{{c0::z}} {{c501::y}} {{c1::x}}", "z y {{c1::x}}"),
        ("{{c1::a}} {{c1,2::b", "{{c1::a}} {<!-- -->{c1,2::b"),
        ("{{c1::a}} {{c1::b", "{{c1::a}} {<!-- -->{c1::b"),
        ("{{c1::image-occlusion:rect}}", "{{c1::<!-- -->image-occlusion:rect}}"),
        ("{{c1::image-occlusion::rect}}", "{{c1::<!-- -->image-occlusion::rect}}"),
        ("{{c1::a::sound:b.mp3}}", "{{c1::a::<!-- -->sound:b.mp3}}"),
        ("{{c1::a::$}}", "{{c1::a::<!-- -->$}}"),
        ("{{c1::a::latex]}}", "{{c1::a::<!-- -->latex]}}"),
        ("\ue000\u2e55{{c1::*x*}}", "\ue000\u2e55{{c1::<em>x</em>}}"),
    ],
)
def test_deletions_are_ankis_own(text, expected):
    assert cloze_html(text) == expected


def test_deletions_stand_in_tables_and_lists():
    assert "<td>{{c1::x}}</td>" in cloze_html("| a | b |\n|-|-|\n| {{c1::x}} | y |")
    assert "<li>{{c2::x}}</li>" in cloze_html("- {{c2::x}}\n- y")


def test_code_around_a_deletion_keeps_its_colours():
    found = cloze_html("```python\ndef {{c1::f}}(x): return 'a{{c2::b'}}\n```")
    assert '<span class="k">def</span> {{c1::<span class="f">f</span>}}(x)' in found
    assert '<span class="s">\'a</span>{{c2::<span class="s">b\'</span>}}' in found


def test_deletions_too_deep_for_anki_are_text():
    found = cloze_html("{{c1::" * 12 + "x" + "}}" * 12)
    assert found == "{{c1::" * 10 + "x" + "}}" * 10


@pytest.mark.parametrize(
    "sign", ["{{c1::", "{{c1::a}}", "*{{c1::*", "{{c1::a::b}}**", "}}", "$\\{{c1::a}}$", "`{{c1::`}}"]
)
def test_no_cloze_takes_long(sign):
    begun = time.process_time()
    cloze_html(sign * (10_000 // len(sign)))
    assert time.process_time() - begun < 3


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["{{c1::", "{{c2::", "}}", "::", "word", " ", "{", "}", ":", "**", "$", "`", "\n"]),
        max_size=14,
    ).map("".join)
)
def test_deletions_begin_and_end_where_quizapp_has_them(text):
    if cloze.fault(text):
        return
    assert cloze.parse(cloze_html(text)).numbers == cloze.parse(text).numbers
