"""The schema for editors agrees with how decks are read, and lies where new decks say it does."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator, FormatChecker

from quizapp.decks import schema, schema_file
from quizapp.decks.kinds import CARD_KEYS, COMPLAINTS, DECK_KEYS

CARDS = Path(__file__).parents[2] / "cards"
KINDS = {
    "basic": "q: What?\n    a: That.",
    "term": "term: A\n    means: b",
    "cloze": 'cloze: "{{c1::a}} b"',
    "choices": "q: Which?\n    choices: [a, b]\n    a: a",
    "several choices": "q: Which?\n    choices: [a, b, c]\n    a: [a, b]",
    "typed": "q: What?\n    a: x\n    type: true\n    accept: [y, z]",
    "typed, one accepted": "q: What?\n    a: x\n    type: true\n    accept: y",
    "steps": "q: How?\n    steps: [one, two]",
}
TEXTS = ["2017", "no", "12:30", "1e5", "0x1F", "~", "null", "3.14", "'quoted'", "yes"]
COMMON = (
    "id: k7f3q9x2ma\n    tags: [a, b]\n    hint: h\n    extra: 5\n    source: https://example.org\n"
    "    added: 2026-11-22\n    allow: [yes-no, long-answer]"
)


def _errors(text):
    document = json.loads(json.dumps(yaml.safe_load(text), default=str))
    validator = Draft7Validator(schema.deck_schema(), format_checker=FormatChecker())
    return [error.message for error in validator.iter_errors(document)]


def _card(text):
    return f"cards:\n  - {text}\n"


def test_the_schema_is_one():
    Draft7Validator.check_schema(schema.deck_schema())


@pytest.mark.parametrize("path", sorted(CARDS.rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_deck_passes(path):
    assert _errors(path.read_text("utf-8")) == []


@pytest.mark.parametrize("card", KINDS.values(), ids=KINDS)
def test_each_kind_of_card_passes_for_editor_and_app(card, read):
    for text in (_card(card), _card(f"{card}\n    {COMMON}")):
        assert _errors(text) == []
        assert not read(text).problems


@pytest.mark.parametrize("text", TEXTS)
def test_text_that_looks_like_something_else_is_text(text, read):
    deck = _card(f"q: When?\n    a: {text}\n    tags: [{text}]")

    assert _errors(deck) == []
    assert not read(deck).problems


@pytest.mark.parametrize(
    "card",
    [
        "q: What?",
        "a: That.",
        "q: What?\n    answer: That.",
        "term: A",
        "term: A\n    a: b",
        "q: What?\n    a: b\n    means: c",
        "q: What?\n    a: [b, c]",
        "q: Which?\n    choices: one\n    a: one",
        "q: How?\n    steps: one",
        "q: What?\n    a: b\n    accept: c",
        "q: What?\n    a: b\n    type: no",
        "q: What?\n    a: {b: c}",
        "q: What?\n    a: b\n    id: a.b",
        "q: What?\n    a: b\n    tags: {c: d}",
        "just a text",
        "[q, a]",
    ],
)
def test_what_the_app_refuses_the_editor_underlines(card, read):
    text = _card(card)

    assert read(text).problems
    assert _errors(text) != []


@pytest.mark.parametrize(
    "card",
    [
        "q: What?\n    a: b\n    allow: yes-know",
        "q: What?\n    a: b\n    allow: [long]",
        "q: What?\n    a: b\n    added: soon",
    ],
)
def test_what_the_app_warns_of_the_editor_underlines_too(card, read):
    assert [problem.severity for problem in read(_card(card)).problems] == ["warning"]
    assert _errors(_card(card)) != []


@pytest.mark.parametrize(
    "deck",
    [
        "",
        "cards:\n",
        "title: 2017\ntags: maths\nrequires: [a]\nread:\n  - {title: T, url: U, kind: book}\ncards: []\n",
    ],
)
def test_the_head_of_a_deck_passes(deck, read):
    assert _errors(deck) == []
    assert not read(deck).problems


@pytest.mark.parametrize(
    "deck",
    ["card: []\n", "- q: a\n", "cards: {q: a}\n", "read:\n  - {kind: book}\n", "read: T\n", "title: [a]\n"],
)
def test_a_wrong_head_is_underlined(deck, read):
    assert read(deck).problems
    assert _errors(deck) != []


def test_every_key_and_code_is_explained():
    document = schema.deck_schema()
    definitions = document["definitions"]

    assert {name: value["description"] for name, value in document["properties"].items()} == {
        name: key.explanation for name, key in DECK_KEYS.items()
    }
    assert {name: definitions[f"card.{name}"]["description"] for name in CARD_KEYS} == {
        name: key.explanation for name, key in CARD_KEYS.items()
    }
    assert {code["const"] for code in definitions["complaint"]["anyOf"]} == set(COMPLAINTS)


def test_the_committed_schema_is_what_the_app_writes():
    assert (CARDS / schema.FILE).read_text("utf-8") == schema_file.schema_text(), (
        "run quizapp schema > cards/deck.schema.json"
    )


@pytest.mark.parametrize(
    ("deck", "path"),
    [
        ("inbox", "deck.schema.json"),
        ("maths/sets", "../deck.schema.json"),
        ("a/b/c", "../../deck.schema.json"),
    ],
)
def test_a_deck_names_the_schema_as_seen_from_its_folder(deck, path):
    line = schema.first_line(deck)

    assert line == f"# yaml-language-server: $schema={path}"
    assert (Path("/root") / f"{deck}.yaml").parent.joinpath(path).resolve() == Path("/root/deck.schema.json")
    assert _errors(f"{line}\ncards: []\n") == []


def test_the_schema_is_written_once(tmp_path):
    assert schema_file.ensure_schema(tmp_path)
    assert (tmp_path / "deck.schema.json").read_text("utf-8") == schema_file.schema_text()
    assert not schema_file.ensure_schema(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["deck.schema.json"]


def test_an_older_schema_of_ours_is_renewed(tmp_path):
    older = {
        "$comment": f"{schema.OURS} 0; a newer one replaces it, so change nothing here.",
        "type": "object",
    }
    (tmp_path / schema.FILE).write_text(json.dumps(older))

    assert schema_file.ensure_schema(tmp_path)
    assert (tmp_path / schema.FILE).read_text("utf-8") == schema_file.schema_text()


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "object"}',
        "",
        "no JSON",
        f'{{"$comment": "{schema.OURS} {schema.VERSION + 1}; a newer one replaces it"}}',
        "\xff",
    ],
)
def test_a_schema_of_others_or_of_a_newer_version_stays(tmp_path, text):
    (tmp_path / schema.FILE).write_text(text, "latin-1")

    assert not schema_file.ensure_schema(tmp_path)
    assert (tmp_path / schema.FILE).read_text("latin-1") == text
