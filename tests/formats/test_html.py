"""HTML as Anki's fields have it into Markdown: what is shown stays."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizapp.formats.html import markdown
from quizapp.markup.html import html

BITS = st.sampled_from(
    ["word", "A tensor", "*x*", "**bold**", "`a_b`", "$x^2$", "$$y$$", "\n", "\n\n", "- item", "1. one", "# head", "> quote",
     "\n|a|b|\n|-|-|\n|c|d|\n\n", "\n```python\nx=1\n```\n", "[l](http://x.y)", "<b>", "&amp;", "\\*", "*", "_", "_a_", "~~s~~",
     "5 * 3", "a_b", "$5", "!", "[x]", "(y)", "3.", "  - nested", "<http://a.b>", "..", "~", "#", "|", "\n***\n"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(BITS, max_size=7).map(" ".join))
def test_what_comes_back_from_anki_shows_the_same(text):
    def shown(made):
        return re.sub(" +", " ", made)

    made = html(text)
    assume(not made.startswith("<br>") and not made.endswith("<br>") and "$$ " not in text)
    assert shown(html(markdown(made))) == shown(made)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("<b>a<br><br>b</b>", "**a**\n\n**b**"),
        ("<b><div>x</div><div>y</div></b>", "**x**\n**y**"),
        ("<div>q</div><ul><li>a</li><li>b<br>c</li></ul>after", "q\n\n- a\n- b\n  c\n\nafter"),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "1. a\n   - b\n2. c"),
        ("H<sub>2</sub>O and x<sup>2</sup> and x<sup>ab</sup>", "H₂O and x² and x^ab"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td>x</td></tr></table>", "| a | b |\n| --- | --- |\n| 1\\|2 | x |"),
        ("<table><tr><td>only</td></tr></table>", "only"),
        ("a * b and c_d and 2*3", "a * b and c_d and 2\\*3"),
        ("<code>x`y</code>", "``x`y``"),
        ("<anki-mathjax block='true'>x&lt;y</anki-mathjax>", "$$x<y$$"),
        (r"\(a<br>b\) \[\begin{m} 1 \\[2pt] \end{m}\]", "$a\nb$ $$\\begin{m} 1 \\\\[2pt] \\end{m}$$"),
        ("<span style='font-weight: bold'>hey</span> <span style='font-style:italic'>you</span>", "**hey** *you*"),
        ("{{c1::a<br>b::hint}} {{c2::<b>x</b>}}", "{{c1::a\nb::hint}} {{c2::**x**}}"),
        ("1. no list<br>- nor this<br># nor this<br>> nor this", "1\\. no list\n\\- nor this\n\\# nor this\n\\> nor this"),
        ("it costs $5", "it costs $5"),
        ("from $5 to 6$", "from \\$5 to 6\\$"),
        ('<pre><code class="language-c"><span class="k">int</span> x;<br>y</code></pre>', "```c\nint x;\ny\n```"),
        ("<blockquote>a<br>b</blockquote>c", "> a\n> b\n\nc"),
        ("<h2>Title</h2>text", "## Title\n\ntext"),
        ('<a href="javascript:x">y</a> <a href="http://e.org/(a)">z</a>', "y [z](<http://e.org/(a)>)"),
        ("w<b>or</b>d <b>(x)</b>y", "w**or**d (x)y"),
        ("a<!-- c --><style>x</style><script>y</script>b", "ab"),
    ],
)  # fmt: skip
def test_fields_of_others_read_well(field, expected):
    assert markdown(field) == expected


@settings(deadline=None)
@given(st.lists(st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<div>", "</div>", "<ul>", "<li>", "</ul>", "<br>", "<p>", "<td>", "<tr>",
                                 "<table>", "</table>", "x", " ", "&lt;", "\\(", "\\)", "<pre>", "</pre>", "*", "<a href=x>", "</a>"]), max_size=14).map("".join))  # fmt: skip
def test_html_in_any_state_is_read(text):
    assert "\ue000" not in markdown(text)


@pytest.mark.parametrize(
    "text",
    ["<b>" * 5_000, "<ul><li>" * 5_000, "<i>a</i> " * 5_000, "*" * 50_000, "<table>" + "<tr><td>a<td>b" * 3_000, "[" * 20_000 + "](",
     "\\(" * 50_000, "\\(x" * 20_000, "<anki-mathjax>" * 900, "&" * 50_000, "`" * 50_000, "<p>a" * 5_000, "<!--" * 900],
)  # fmt: skip
def test_no_field_takes_long(text):
    assert isinstance(markdown(text), str)
