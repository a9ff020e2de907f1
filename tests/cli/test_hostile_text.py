"""Whatever a deck from a stranger holds, no command sends it to the terminal as a command."""

import unicodedata

import pytest

SPEECH = {
    "brackets": "[bold]x[/bold] [link=http://example.org]y[/link] {0} %s",
    "bidi": "user \u202eevil\u202c \u2066a\u2069 \u200f\u061c mark",
    "zero-width": "a\u200bb\u200cc\u2060d\ufeffe",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 é ẛ̣",
    "breaks": "one\u2028two\u2029three\u0085four",
    "long": "x" * 10_000,
    "wide": "数学" * 500,
    "tabs": "a\tb",
}
CONTROL = {
    "escape": "\x1b[31mred\x1b]8;;http://example.org\x07link\x1b]52;c;eHh4\x07",
    "c1": "\x9b31m",
    "bell": "\x07\x08\x7f",
}
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def assert_harmless(result):
    for sign in set(result.out + result.err):
        assert sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp"), ascii(sign)
        assert sign not in BIDI, ascii(sign)


def quoted(text):
    """A text in YAML's double quotes, every unusual sign escaped."""
    return (
        '"'
        + "".join(
            c if c.isascii() and c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text
        )
        + '"'
    )


@pytest.fixture
def hostile(make_collection):
    """A collection of cards that hold all of it, everywhere; those with control characters are problems."""
    lines = ["title: " + quoted(SPEECH["bidi"]), "cards:"]
    for n, text in enumerate([*SPEECH.values(), *CONTROL.values()]):
        names = ("a", "hint", "extra", "source")
        fields = [f"    {name}: {quoted(text)}" for name in names]
        lines += [f"  - q: {quoted(f'Card {n} {text}')}", *fields, f"    tags: [{quoted(text)}]"]
    lines += [f"  - {{q: Which?, choices: [{quoted(SPEECH['bidi'])}, b], a: b}}"]
    lines += [f"  - {quoted(text)}: {quoted(text)}" for text in (*SPEECH.values(), *CONTROL.values())]
    decks = {
        f"{text[:40]}.yaml": f"cards: [{{q: In {n}?, a: x}}]"
        for n, text in enumerate([*CONTROL.values(), SPEECH["bidi"]])
    }
    decks = {name.replace("/", ":"): text for name, text in decks.items()}
    return make_collection({"hostile.yaml": "\n".join(lines) + "\n"} | decks, "[study]\nnew_per_day = 100\n")


@pytest.mark.parametrize(
    "words",
    [
        ("due",),
        ("due", "--json"),
        ("find",),
        ("find", "--json"),
        ("check",),
        ("check", "--json"),
        ("due", "hostle"),
        ("due", "red"),
        (),
    ],
)
def test_no_command_prints_a_control_character(call, hostile, words):
    result = call(*words, root=hostile)

    assert len(result.out + result.err) > 20
    assert_harmless(result)


def test_a_session_over_hostile_cards_prints_no_control_character(call, hostile):
    result = call("review", "--plain", root=hostile, stdin="h\n\n4\n" * 30)

    assert result.out.count("Question ") >= len(SPEECH)
    assert "x" * 10_000 in result.out
    assert "[bold]x[/bold]" in result.out
    assert SPEECH["emoji"] in result.out
    assert_harmless(result)


@pytest.mark.parametrize(
    "words", [["{}"], ["import", "a.md", "{}"], ["due", "--{}"], ["add", "--kind", "{}"]]
)
def test_a_word_that_is_not_understood_is_repeated_harmlessly(call, hostile, words):
    odd = "x\x1b]0;title\x07\x9b31m"
    result = call(*(word.format(odd) for word in words), root=hostile)

    assert result.code == 2
    assert_harmless(result)


def test_info_of_hostile_cards_prints_no_control_character(call, hostile):
    for card in call("find", "--json", root=hostile).json():
        assert_harmless(call("info", card["id"], root=hostile))
        assert_harmless(call("info", card["id"], "--json", root=hostile))


def test_json_gives_every_text_as_it_is(call, hostile):
    questions = {card["question"] for card in call("find", "--json", root=hostile).json()}

    assert {f"Card {n} {text}" for n, text in enumerate(SPEECH.values()) if "\u0085" not in text} <= questions


def test_a_collection_in_a_folder_with_a_hostile_name_is_named_harmlessly(call, tmp_path):
    assert_harmless(call("due", root=tmp_path / "no\x1b[31m\u202efolder"))
    (tmp_path / "odd\x1b[31m\u202e").mkdir()
    (tmp_path / "odd\x1b[31m\u202e" / "quizapp.toml").write_text("[study")
    assert_harmless(call("due", root=tmp_path / "odd\x1b[31m\u202e"))
