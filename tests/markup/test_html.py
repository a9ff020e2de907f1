"""Card text as HTML for Anki: what it means is shown, and nothing of it becomes more than text."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.markup.code import CODE_STYLES, highlighted
from quizapp.markup.html import html, plain
from quizapp.markup.plain import visible
from quizapp.markup.writer import written

TABLE = (
    '<table>\n<thead>\n<tr>\n<th style="text-align:center">a</th>\n</tr>\n</thead>\n'
    '<tbody>\n<tr>\n<td style="text-align:center">1</td>\n</tr>\n</tbody>\n</table>'
)


def placed(address):
    return address.removeprefix("media/") if address.startswith("media/") else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An array of numbers.", "An array of numbers."),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("one\ntwo", "one<br>\ntwo"),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("*a* **b** ~~c~~ `d<e`", "<em>a</em> <strong>b</strong> <s>c</s> <code>d&lt;e</code>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("$x < y$ and $$z$$", r"\(x &lt; y\) and \[z\]"),
        ("$n$ is 5", r"\(n\) is 5"),
        ("10$\\mu$m", r"10\(\mu\)m"),
        ("from $5 to $6", "from $5 to $6"),
        ("$$\n\\begin{matrix} a \\\\[2pt] b \\end{matrix}\n$$", r"\[\begin{matrix} a \\[2pt] b \end{matrix}\]"),
        ("[text](https://example.org/?a=1&b=2)", '<a href="https://example.org/?a=1&amp;b=2">text</a>'),
        ("![a row](media/row.png)", '<img src="row.png" alt="a row">'),
        ("![a row](https://example.org/row.png)", '<a href="https://example.org/row.png">a row</a>'),
        ("[listen](media/a.mp3)", "<span>listen</span> [sound:a.mp3]"),
        ("[a.mp3](media/a.mp3)", "<span>a.mp3</span> [sound:a.mp3]"),
        ("[other](notes.md)", "other (notes.md)"),
        ("[Note]: see below", "[Note]: see below"),
        ("[1]: see", "[1]: see"),
        ("text\n$$\na\n- b\n$$\nmore", "<p>text</p>\n<p>\\[a\n- b\\]</p>\n<p>more</p>"),
        ("$$\na\n\nb", "<p>$$<br>\na</p>\n<p>b</p>"),
        ("a set ${ x$ or $y$", r"a set ${ x$ or \(y\)"),
        ("two  blanks\tand a tab", "two blanks and a tab"),
        ("| a |\n|:-:|\n| 1 |", TABLE),
    ],
)  # fmt: skip
def test_markdown_is_shown_as_what_it_means(text, expected):
    assert html(text, image=placed) == expected


def test_code_is_told_apart_by_classes_alone():
    found = html('```python\ndef f(x):\n    return "a<b"  # why\n```')
    assert '<span class="k">def</span>' in found
    assert '<span class="s">"a&lt;b"</span>' in found
    assert not re.search("style=|<script", found)
    assert set(re.findall('class="([a-z])"', found)) <= set(re.findall(r"\.code \.([a-z])\b", CODE_STYLES))


def test_code_can_be_read_in_light_and_dark():
    rules = re.findall(r"^(\.night\S+ )?\.code \.\w \{ color: (#\w{6}); \}$", CODE_STYLES, re.MULTILINE)
    assert len(rules) == 18
    for dark, colour in rules:
        assert contrast(colour, "#2b2b2b" if dark else "#f0f0f0") >= 4.5


def contrast(one, other):
    """How much two colours differ in lightness, as WCAG counts it."""
    lights = []
    for colour in (one, other):
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    return max(lights) / min(lights)


def test_code_of_a_language_that_nobody_knows_is_shown_as_it_is():
    assert (
        html("```nonesuch\nx<y\n```")
        == '<pre class="code"><code class="language-nonesuch">x&lt;y</code></pre>'
    )
    assert highlighted("x", "nonesuch") is None


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


HARMLESS = {
    "a": {"href"}, "img": {"src", "alt", "title"}, "code": {"class"}, "pre": {"class"}, "span": {"class"}, "th": {"style"},
    "td": {"style"}, "ol": {"start"},
}  # fmt: skip
PIECES = st.sampled_from(
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "[a](JaVaScRiPt:x)",
     '![x](" onerror="alert(1))', "[a](data:text/html,x)", '<http://x"onclick=y>', "![x](media/a.png)", "$\\href{javascript:x}{y}$",
     "$\\mmlToken{mi}[href=javascript:x]{y}$", "$\\bbox[{]}background:url(x)]{y}$", "[[type:Back]]", "![[sound:x.mp3]](media/a.png)",
     '![x](media/a.png "[sound:x.mp3]")', "[sound:x.mp3]", "[latex]\\input{/etc/passwd}[/latex]", "[$]x[/$]", "[anki:tts]", "\\\\(x\\\\)", "`", "```python\n", "\n\n", "- ",
     "*", "$", "&lt;script&gt;", "&#60;script>", "\x1b[31m", "\x00", "\u202e", "{{c1::x}}", "{{Front}}", "x", " ", "|"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=60))
def test_no_text_becomes_a_tag_an_attribute_or_a_sign_of_ankis(text):
    found = html(text, image=placed)
    tags = _Tags()
    tags.feed(found)
    for tag, attributes in tags.found:
        assert tag in {"p", "br", "ul", "li", "em", "strong", "s", "table", "thead", "tbody", "tr", "hr", "blockquote",
                       "h1", "h2", "h3", "h4", "h5", "h6", *HARMLESS}  # fmt: skip
        assert set(attributes) <= HARMLESS.get(tag, set())
        assert re.match(r"https?:|mailto:|[^:]*$", attributes.get("href") or attributes.get("src") or "")
        assert re.fullmatch(r"(text-align:(left|center|right))?", attributes.get("style", ""))
    assert not re.search(r"\[(sound:|anki:|latex\]|\$\$?\]|\[type:)", found)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", found)
    for formula in re.findall(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", found, re.DOTALL):
        assert not re.search(r"\\(href|style|class|require|mmlToken|bbox(?!\{))\b", "".join(formula))


SIGNS = [
    "[",
    "*",
    "$",
    "_",
    "`",
    "{{c1::",
    "<",
    "![",
    "> ",
    "- ",
    "|a|\n|-|\n",
    "$$\n",
    "$$a\n",
    "a\n$$\n",
    "[a](",
    "&",
    "\\",
]


@pytest.mark.parametrize("sign", SIGNS)
def test_no_text_takes_long(sign):
    assert_soon(sign, 5_000, seconds=3)


@pytest.mark.long
@pytest.mark.parametrize("sign", SIGNS)
def test_no_large_text_takes_long(sign):
    assert_soon(sign, 100_000, seconds=30)


def assert_soon(sign, length, seconds):
    text = sign * (length // len(sign))
    begun = time.process_time()
    assert html(text) is not None
    assert time.process_time() - begun < seconds


@given(
    st.text(st.sampled_from("ab1 .)(-+=:|#>_*<&;[]!\n\t\"'{}\\`~^@/\u3000é²"), max_size=12)
    | st.text(max_size=20)
)
def test_prose_that_needs_no_parser_reads_as_the_parser_has_it(text):
    found = written(visible(text), None).strip()
    if found.startswith("<p>") and found.endswith("</p>") and found.count("<p>") == 1:
        found = found[3:-4]
    assert html(text) == found


def test_a_typed_answer_is_what_is_to_be_typed():
    assert plain("`torch.float32`") == "torch.float32"
    assert plain("optimizer.zero_grad()") == "optimizer.zero_grad()"
    assert plain("2 * x * y < 3") == "2 * x * y &lt; 3"
