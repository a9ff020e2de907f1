"""HTML as Anki's fields have it into Markdown: what is shown stays."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizapp.formats.anki.field_text import as_markdown
from quizapp.formats.html import markdown
from quizapp.markup.html import html

SHIPPED = "".join(
    path.read_text() for path in sorted(Path(__file__).parents[2].glob("cards/llm-fasttrack/*.yaml"))
)
BITS = st.sampled_from(
    ["word", "A tensor", "*x*", "**bold**", "`a_b`", "$x^2$", "$$y$$", "\n", "\n\n", "- item", "1. one", "# head", "> quote",
     "\n|a|b|\n|-|-|\n|c|d|\n\n", "\n```python\nx=1\n```\n", "[l](http://x.y)", "<b>", "&amp;", "\\*", "*", "_", "_a_", "~~s~~",
     "5 * 3", "a_b", "$5", "$", "!", "[x]", "(y)", "3.", "  - nested", "<http://a.b>", "..", "~", "#", "|", "\n***\n", "`", "\\", "\\\\(x\\\\)",
     "![alt](m.png)", "[x.mp3](x.mp3)", "[f](a.md)", "\n$$\na\n- b\n$$\n", "{{c1::x}}", "[sound:x]", "`\\(x\\)`", "\t", "` \t `", "$b$1", "`` a`b ``", "\n> - a\n> - b\n"]
)  # fmt: skip
TWICE = re.compile(
    r"</(em|strong|s)><\1>|<(em|strong|s)>(?:(?!</\2>).)*<\2>", re.DOTALL
)  # emphasis beside or within its own kind


def assert_the_same_comes_back(text):
    """What is outside the law: emphasis of one kind twice, lines in a heading, and a break before all text."""
    made = html(text)
    assume(
        not TWICE.search(made)
        and not re.search(r"<h\d>.*?<br>.*?</h\d>|(?:^|<li>|<p>|<br>\n)<br>", made, re.DOTALL)
    )
    assert html(as_markdown(made)) == made


@settings(deadline=None)
@given(st.lists(BITS, max_size=7).map(" ".join))
def test_what_comes_back_from_anki_shows_the_same(text):
    assert_the_same_comes_back(text)


@pytest.mark.long
@settings(deadline=None, max_examples=10_000)
@given(st.lists(BITS, max_size=7).map(" ".join))
def test_whatever_comes_back_from_anki_shows_the_same(text):
    assert_the_same_comes_back(text)


def test_all_texts_of_the_shipped_decks_come_back_the_same():
    texts = re.findall(r"(?:q|a|extra|means|cloze|term): (?!\|)(.+)|^ {6,}- (.+)$", SHIPPED, re.MULTILINE)
    assert len(texts) > 100
    for text in map("".join, texts):
        assert html(as_markdown(html(text))) == html(text)


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
        ("a * b and c_d and 2*3", "a * b and c_d and 2*3"),
        ("2*3 and 4*5", "2\\*3 and 4\\*5"),
        (r"\( {{c1::\frac{1}{2} }} \) \({{c2:: x }} \)", r"${{c1::\frac{1}{2} }}$ ${{c2::x}}$"),
        (r"\({{c1::{{c2::\sqrt{2}   }}}}\) \(x_{\text{ a }}\)", r"${{c1::{{c2::\sqrt{2} }}}}$ $x_{\text{ a }}$"),
        (r"\({{c1::\sqrt{2} ::a root}} \) \[{{c1::a\ }}\]", r"${{c1::\sqrt{2}::a root}}$ $${{c1::a\ }}$$"),
        ("<b>x</b> and 2*3", "**x** and 2\\*3"),
        ("it`s ~5 of C:\\dir\\", "it`s ~5 of C:\\dir\\"),
        ("***", "\\***"),
        ("!<a href='http://x.y'>l</a>", "\\![l](http://x.y)"),
        ("<b>a\\</b>", "**a\\\\**"),
        ("<i>a</i><i>b</i>", "*ab*"),
        ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
        ("$b$1 <code>$b$1</code>", r"\$b\$1 `$b$1`"),
        (r"\(10^3\)2 and \(a $ b\)", r"$10^32$ and $a \$ b$"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", "漢(かん)"),
        ("<table><tr><th>one</th></tr><tr><td>a</td></tr></table>", "| one |\n| --- |\n| a |"),
        ("<ul>before<li>a</li><b>be</b>tween<li>b</li></ul>", "- before\n- a\n- **be**tween\n- b"),
        ("<ol>no item</ol>", "1. no item"),
        ("<table>above<caption>name</caption><tr>in <td>a<td>b</table>", "above\nname\nin\n\n| a | b |\n| --- | --- |"),
        ("<ruby>漢<rp>(<rt>かん<rp>)</ruby> and on", "漢(かん) and on"),
        ("x<sup><img src=a.png></sup> <code>y<img src=b.png></code><pre>z<img src=c.png></pre>", "x![](a.png) y![](b.png)\nz![](c.png)"),
        (r"<code>\(x&lt;y\)</code> <img src=a.png alt='\(x\)'> \(y\)", r"`\(x<y\)` ![(x)](a.png) $y$"),
        (r"<pre>\(\)<br>\[x\]</pre>", "```\n\\(\\)\n\\[x\\]\n```"),
        (r"<code>\(</code> and <code>\)</code>", r"`\(` and `\)`"),
        ("<h1>a<br>b <code>\t</code></h1>", "# a b `\t`"),
        ("<code>x`y</code>", "``x`y``"),
        ("<anki-mathjax block='true'>x&lt;y</anki-mathjax>", "$$x<y$$"),
        (r"\(a<br>b\) \[\begin{m} 1 \\[2pt] \end{m}\]", "$a\nb$ $$\\begin{m} 1 \\\\[2pt] \\end{m}$$"),
        ("<span style='font-weight: bold'>hey</span> <span style='font-style:italic'>you</span>", "**hey** *you*"),
        ("{{c1::a<br>b::hint}} {{c2::<b>x</b>}}", "{{c1::a\nb::hint}} {{c2::**x**}}"),
        ("1. no list<br>- nor this<br># nor this<br>> nor this", "1\\. no list\n\\- nor this\n\\# nor this\n\\> nor this"),
        ("it costs $5, not $6", "it costs $5, not $6"),
        ("from $5 to 6$", "from \\$5 to 6\\$"),
        ('<pre><code class="language-c"><span class="k">int</span> x;<br>y</code></pre>', "```c\nint x;\ny\n```"),
        ("<blockquote>a<br>b</blockquote>c", "> a\n> b\n\nc"),
        ("<h2>Title</h2>text", "## Title\n\ntext"),
        ('<a href="javascript:x">y</a> <a href="http://e.org/(a)">z</a>', "y [z](<http://e.org/(a)>)"),
        ("w<b>or</b>d <b>(x)</b>y", "w**or**d (x)y"),
        ('see <video src="v.mp4" controls></video> it', "see [v.mp4](v.mp4) it"),
        ('<audio controls><source src="a.mp3"><source src="a.ogg"><p>Too old</p></audio>', "[a.mp3](a.mp3)"),
        ('<object data="d e.pdf">a file</object><embed src=x.webm>', "[d e.pdf](<d e.pdf>)[x.webm](x.webm)"),
        ('<video></video><object data="data:x,y">its text</object>', "its text"),
        ("<table><tr><td><pre>1\n2</pre></td><td><pre>x=1\ny=2</pre></td></tr></table>", "```\nx=1\ny=2\n```"),
        ("<table><tr><td>before<td><pre>x\ny</pre></td></tr><tr><td>1<td>2</table>", "before\n\n```\nx\ny\n```\n\n1\n2"),
        ("<table><tr><td>one<td><pre>x\n</pre></table>", "| one | ``` x ``` |\n| --- | --- |"),
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
    begun = time.process_time()
    assert isinstance(markdown(text), str)
    assert time.process_time() - begun < 3


@pytest.mark.long
@pytest.mark.parametrize(
    "sign", ["<", "<b>", "<p>", "<b>a<br><br>", "<ul><li>", "<!--", "\\(", "\\(a", "*", "_", "$", "&", "[", "<td>", "<span style='", "<br>", "</b>"]
)  # fmt: skip
def test_no_large_field_takes_long(sign):
    begun = time.process_time()
    assert isinstance(markdown(sign * (1_000_000 // len(sign))), str)
    assert time.process_time() - begun < 10
