"""Deletions are Anki's own, whatever Markdown stands around and within them."""

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
            '<pre class="code"><code class="language-python">x = {{c1::1}}</code></pre>',
        ),
        ("- {{c1::a}}\n- b", "<ul>\n<li>{{c1::a}}</li>\n<li>b</li>\n</ul>"),
        ("std::vector {{c1::x}}", "std:<!-- -->:vector {{c1::x}}"),
        ("{{c1::x}} $\\frac{1}{\\frac{a}{b}}$", r"{{c1::x}} \(\frac{1}{\frac{a}{b} }\)"),
    ],
)
def test_deletions_are_ankis_own(text, expected):
    assert cloze_html(text) == expected


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
