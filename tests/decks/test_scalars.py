"""Texts written as YAML: every reader takes them for the texts they are."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quizapp.decks import scalars
from quizapp.decks.composing import compose

ODD = [
    *(
        "1",
        "1.5",
        "-3",
        "+1",
        "0x1F",
        "0o17",
        "017",
        "1_000",
        "1e3",
        ".5",
        ".inf",
        "-.INF",
        ".nan",
        "12:30",
        "1:20:30.5",
    ),
    *(
        "2026-11-22",
        "2026-11-22T08:00:00Z",
        "2026-11-22 08:00",
        "true",
        "False",
        "YES",
        "no",
        "on",
        "Off",
        "y",
        "N",
    ),
    *(
        "null",
        "Null",
        "~",
        "",
        "=",
        "<<",
        "-",
        "?",
        ":",
        "- a",
        "? a",
        ": a",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "&a",
        "*a",
    ),
    *(
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "'a'",
        '"a"',
        "[a",
        "{a",
        "a]",
        "a, b",
        "{{c1::x}}",
        "it's",
        "\\n",
        "a\tb",
    ),
    *(
        "---",
        "...",
        "--- a",
        "<<: x",
        " a",
        "a ",
        "über",
        "数学",
        "🙂",
        "\ufeffa",
        "C:\\x",
        "http://example.org/#a",
    ),
]
parts = st.sampled_from([*ODD, "a", "word", " ", "  ", "\n", "\n\n", "\t"])
texts = st.one_of(
    st.sampled_from(ODD), st.lists(parts, min_size=1, max_size=6).map("".join), st.text(max_size=20)
).filter(
    lambda text: (
        text.strip()
        and not set(text) & {"\r", "\x85", "\u2028", "\u2029"}
        and all(sign in "\n\t" or (sign.isprintable() or sign == "\ufeff") for sign in text)
    )
)
styles = st.sampled_from(["", "'", '"', "|", ">"])


def as_text(read):
    return read.rstrip("\n") if isinstance(read, str) else read


@given(texts, styles, st.integers(0, 8))
def test_a_text_behind_a_key_is_the_text_for_every_reader(text, style, column):
    text = text.rstrip("\n")
    lines = scalars.pair("extra", text, column, style)
    content = "\n".join([" " * column + lines[0], *lines[1:], ""])

    assert as_text(yaml.safe_load(content)["extra"]) == text
    assert as_text(compose(content.encode()).value[0][1].value) == text


@given(st.lists(texts, min_size=1, max_size=3), st.booleans())
def test_texts_in_brackets_are_the_texts_for_every_reader(given_texts, json_text):
    content = scalars.in_braces([("q", given_texts[0]), ("tags", given_texts)], json_text=json_text)

    assert yaml.safe_load(content) == {("q"): given_texts[0], "tags": given_texts}
    (_, text), (_, several) = compose(content.encode()).value
    assert [text.value, *(node.value for node in several.value)] == [given_texts[0], *given_texts]


@given(texts, styles, st.integers(0, 4))
def test_a_text_in_a_list_is_the_text_for_every_reader(text, style, column):
    text = text.rstrip("\n")
    content = "\n".join([*scalars.item(text, column, style), f"{' ' * column}- last", ""])

    assert [*map(as_text, yaml.safe_load(content))] == [text, "last"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("plain text", ["extra: plain text"]),
        ("2026-11-22", ['extra: "2026-11-22"']),
        ("yes", ['extra: "yes"']),
        ("a: b", ['extra: "a: b"']),
        ("C:\\x: y", ["extra: 'C:\\x: y'"]),
        ('"so" it is', ["extra: '\"so\" it is'"]),
        ("it's", ["extra: it's"]),
        ("one\ntwo", ["extra: |", "  one", "  two"]),
        ("  code\nmore", ["extra: |2", "    code", "  more"]),
        ("one\n\n# no comment\n---\n\ttab", ["extra: |", "  one", "", "  # no comment", "  ---", "  \ttab"]),
    ],
)
def test_a_text_is_written_as_a_person_would(text, lines):
    assert scalars.pair("extra", text, 0) == lines


def test_a_folded_text_stays_folded_unless_folding_would_change_it():
    words = "word " * 40 + "end"
    lines = scalars.pair("extra", words, 4, ">")

    assert lines[0] == "extra: >"
    assert len(lines) > 2
    assert max(map(len, lines)) <= 106
    assert yaml.safe_load("\n".join(["    " + lines[0], *lines[1:], ""])) == {"extra": words + "\n"}
    assert scalars.pair("extra", "one\ntwo", 0, ">")[0] == "extra: |"
    assert scalars.pair("extra", "two  blanks", 0, ">")[0] == "extra: |"
