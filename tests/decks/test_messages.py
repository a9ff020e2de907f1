import pytest

# Card (from line 4 of its deck on); then line, column, code and a part of the message.
CARDS = [
    ("  - q: What: is it?\n    a: y\n", 4, 12, "colon", "needs quotes"),
    ("  - q: What?\n    a: note: this\n", 5, 12, "colon", "needs quotes"),
    ("  - q:What?\n    a: y\n", 4, 5, "colon", 'space after "q:"'),
    ("  - q:What?\n", 4, 5, "not-a-card", 'space after "q:"'),
    ("  - q: x\n\ta: y\n", 5, 1, "tab", "use spaces"),
    ("  - q: @x\n    a: y\n", 4, 8, "needs-quotes", '"@" needs quotes'),
    ("  - q: `x`\n    a: y\n", 4, 8, "needs-quotes", '"`" needs quotes'),
    ("  - q: %x\n    a: y\n", 4, 8, "needs-quotes", '"%" needs quotes'),
    ("  - q: *x* is\n    a: y\n", 4, 8, "needs-quotes", '"*" needs quotes'),
    ("  - q: * x\n    a: y\n", 4, 8, "needs-quotes", '"*" needs quotes'),
    ("  - q: & x\n    a: y\n", 4, 8, "needs-quotes", '"&" needs quotes'),
    ("  - q: &x is\n    a: y\n", 4, 8, "needs-quotes", '"&" needs quotes'),
    ("  - q: !x is\n    a: y\n", 4, 8, "tag", '"!" needs quotes'),
    ("  - q: x\n    a: !!binary aGk=\n", 5, 8, "tag", "needs quotes"),
    ("  - q: x\n    a: !!python/name:os.system y\n", 5, 8, "tag", "needs quotes"),
    ("  - !!set {q, a}\n", 4, 5, "tag", "delete it"),
    ("  - q: - x\n    a: y\n", 4, 8, "needs-quotes", '"-" needs quotes'),
    ("  - q: ? x\n    a: y\n", 4, 8, "needs-quotes", '"?" needs quotes'),
    ("  - q: x\n    choices: [b: c, d]\n    a: d\n", 5, 15, "not-text", '": " in it needs quotes'),
    ("  - q: x\n    a: >=5\n", 5, 8, "block-text", "needs quotes"),
    ("  - q: , x\n    a: y\n", 4, 8, "needs-quotes", '"," needs quotes'),
    ("  - q: |x\n      a\n    a: y\n", 4, 8, "block-text", "next line"),
    ("  - cloze: {{c1::x}} is\n", 4, 12, "needs-quotes", '"{{" needs quotes'),
    ("  - cloze: {{c1::x}}\n", 4, 12, "not-text", '"{{" here is taken for a map'),
    ("  - q: [x] y\n    a: y\n", 4, 8, "needs-quotes", '"[" needs quotes'),
    ("  - q: [x\n    a: y\n", 4, 8, "unclosed-list", '"]"'),
    ("  - {q: x, a: y\n", 4, 5, "unclosed-list", '"}"'),
    ("  - q: 'abc\n    a: y\n", 4, 8, "unclosed-quote", "never closed"),
    ('  - q: "What" is it?\n    a: y\n', 4, 8, "needs-quotes", "closing quote"),
    ("  - q: 'it's'\n    a: y\n", 4, 8, "needs-quotes", "closing quote"),
    ('  - q: "\\qed"\n    a: y\n', 4, 9, "backslash", "single quotes"),
    ('  - q: "$\\frac12$"\n    a: y\n', 4, 8, "backslash", "single quotes"),
    ('  - q: "$\\theta$"\n    a: y\n', 4, 8, "backslash", "single quotes"),
    ("  - q: x\n     a: y\n", 5, 7, "indentation", "under them"),
    ("  - q: x\n   a: y\n", 5, 4, "indentation", "indent it"),
    ("  - q: x\n    a\n", 5, 5, "no-key", '"|"'),
    ("   - q: x\n     a: y\n", 4, 4, "indentation", "other cards' dashes"),
    (" - q: x\n   a: y\n", 4, 2, "indentation", "other cards' dashes"),
    ("  - foo\n", 4, 5, "not-a-card", '"q:"'),
    ("  -\n", 4, 4, "not-a-card", "delete it"),
    ("  - []\n", 4, 5, "not-a-card", "no list"),
    ("  - q: x\n    a: [b, c]\n", 5, 5, "not-text", '"steps:"'),
    ("  - q: x\n    a: {b: c}\n", 5, 8, "not-text", '"{" needs quotes'),
    ("  - q: x\n    a:\n      b: c\n", 6, 7, "not-text", "quotes"),
    ("  - q: [x]\n    a: y\n", 4, 8, "not-text", '"[" needs quotes'),
    ("  - q:\n      - x\n    a: y\n", 5, 7, "not-text", "not a list"),
    ("  - q: x\n    a: y\n    tags: {b: c}\n", 6, 11, "not-text", "quotes"),
    ("  - q: x\n    a: y\n    tags: [b, [c]]\n", 6, 15, "not-text", "not a list"),
    ("  - q: x\n    a: y\n    tags:\n      - b\n      -\n", 8, 8, "empty-text", "empty entry"),
    ("  - q: x\n", 4, 5, "no-answer", 'this card has a question and no answer; add "a:"'),
    ("  - a: x\n", 4, 5, "no-question", 'this card has an answer and no question; add "q:"'),
    ("  - term: x\n", 4, 5, "no-meaning", 'add "means:"'),
    ("  - means: x\n", 4, 5, "no-term", 'add "term:"'),
    ("  - q: x\n    choices: [b, c]\n", 4, 5, "no-answer", 'add "a:"'),
    ("  - q:\n    a: x\n", 4, 5, "empty-text", '"q" is empty'),
    ("  - q: x\n    a: '  '\n", 5, 5, "empty-text", '"a" is empty'),
    ("  - tags: [x]\n", 4, 5, "empty-card", '"q:"'),
    ("  - q: x\n    a: y\n    accept: z\n", 6, 5, "mixed-kinds", '"type: true"'),
    ("  - q: x\n    steps: [b]\n    a: y\n", 6, 5, "mixed-kinds", "two cards"),
    ("  - q: x\n    means: z\n    a: y\n", 5, 5, "mixed-kinds", "two cards"),
    ("  - cloze: '{{c1::x}}'\n    q: y\n", 5, 5, "mixed-kinds", "two cards"),
    ("  - q: x\n    a: y\n    type: yes\n", 6, 11, "not-true", '"type: true"'),
    ("  - q: x\n    answer: y\n", 5, 5, "unknown-key", 'did you mean "a"?'),
    ("  - q: x\n    a: y\n    hnit: z\n", 6, 5, "unknown-key", 'did you mean "hint"?'),
    ("  - q: x\n    a: y\n    zzzzz: z\n", 6, 5, "unknown-key", "may have q, a,"),
    ("  - q: x\n    a: y\n    <<: {}\n", 6, 5, "unknown-key", "no merging"),
    ("  - q: x\n    a: y\n    [b]: c\n", 6, 5, "unknown-key", '"q"'),
    ("  - q: x\n    a: y\n    a: z\n", 6, 5, "duplicate-key", "first in line 5"),
    ("  - q: x\n    choices: [b]\n    a: b\n", 5, 5, "few-choices", "add another"),
    ("  - q: x\n    choices: [b, c, b]\n    a: b\n", 5, 5, "repeated-choice", '"b" stands twice'),
    ("  - q: x\n    choices: [b, c]\n    a: d\n", 6, 5, "answer-not-a-choice", '"d" is not among'),
    ("  - q: x\n    choices: b\n    a: b\n", 5, 14, "not-a-list", "[one, two]"),
    ("  - q: x\n    steps: b\n", 5, 12, "not-a-list", "[one, two]"),
    ("  - cloze: x\n", 4, 5, "bad-cloze", "no deletion"),
    ("  - cloze: 'a {{c1::x'\n", 4, 5, "bad-cloze", "no end"),
    ("  - q: x\n    a: y\n    id: a.b\n", 6, 5, "bad-id", "letters"),
    ("  - q: x\n    a: y\x07z\n", 5, 9, "control-character", "U+0007"),
    ("  - q: x\n    a: y\0z\n", 5, 9, "control-character", "U+0000"),
    ("  - q: x\n    a: y\u2028z\n", 5, 9, "control-character", "U+2028"),
    ("---\n", 4, 1, "several-documents", "one document"),
    ("  - q: x\n    a: " + "[" * 900 + "\n", 5, 106, "too-deep", "quotes"),
    ("  - q: x\n    a: " + "y" * 100_001 + "\n", 5, 8, "too-long", "100,000"),
    ("  - q: x\n    steps: [" + "y, " * 501 + "]\n", 5, 12, "too-long", "500"),
]


@pytest.mark.parametrize(("card", "line", "column", "code", "part"), CARDS, ids=range(len(CARDS)))
def test_a_broken_card_is_named_with_its_place_and_what_to_write(read_card, card, line, column, code, part):
    notes, problems = read_card(card)

    assert notes == ()
    assert [problem[:3] for problem in problems] == [(line, column, code)]
    assert part in problems[0][3]


def test_brackets_without_end_are_too_deep_wherever_the_parser_gives_up(read_card):
    _, problems = read_card("  - q: x\n    a: " + "[" * 100_000 + "\n")

    assert [(line, code) for line, _, code, _ in problems] == [(5, "too-deep")]


def test_every_error_of_a_card_is_told_at_once(read_card):
    _, problems = read_card("  - q: [x]\n    foo: y\n    tags: {z: z}\n")

    assert [problem[:3] for problem in problems] == [
        (4, 8, "not-text"),
        (5, 5, "unknown-key"),
        (6, 11, "not-text"),
    ]


def test_a_date_that_is_none_costs_a_warning_only(read):
    deck = read("cards:\n  - q: x\n    a: y\n    added: yesterday\n")

    assert [(p.line, p.code, p.severity) for p in deck.problems] == [(4, "bad-date", "warning")]
    assert deck.whole
    assert deck.notes[0].added == ""


# Whole decks: content; then line, column, code and a part of the message.
DECKS = [
    ("- q: x\n  a: y\n", 1, 1, "not-a-deck", 'put "cards:"'),
    ("foo\n", 1, 1, "not-a-deck", '"cards:"'),
    ("cards: foo\n", 1, 8, "not-a-list", "dash"),
    ("cards: {q: x, a: y}\n", 1, 8, "not-a-list", "dash"),
    ("cards:\n  q: x\n  a: y\n", 2, 3, "not-a-list", "dash"),
    ("card: []\n", 1, 1, "unknown-key", 'did you mean "cards"?'),
    ("title: [a]\n", 1, 8, "not-text", "list"),
    ("title: a: b\n", 1, 9, "colon", "quotes"),
    ("title: a\ntitle: b\n", 2, 1, "duplicate-key", "line 1"),
    ("read: x\n", 1, 7, "not-a-list", "title"),
    ("read: [x]\n", 1, 8, "not-a-resource", "url"),
    ("read: [{kind: x}]\n", 1, 8, "not-a-resource", "url"),
    ("read: [{titel: x, url: y}]\n", 1, 9, "unknown-key", '"title"'),
    ("!x {}\n", 1, 1, "tag", "delete it"),
    ("a: 1\n---\nb: 2\n", 2, 1, "several-documents", '"---"'),
    ("%YAML 3.0\n---\ncards: []\n", 1, 1, "not-yaml", ""),
    (b"\xff\xfea\0", 1, 1, "not-utf-8", "UTF-16"),
    ("cards: []".encode("utf-16-le"), 1, 1, "not-utf-8", "UTF-16"),
    ("cards: []".encode("utf-32"), 1, 1, "not-utf-8", "save it as UTF-8"),
    (b"title: caf\xe9\n", 1, 11, "not-utf-8", "0xe9"),
    ("cards: &a [*a]\n", 1, 1, "aliases", "1,000,000"),
]


@pytest.mark.parametrize(("content", "line", "column", "code", "part"), DECKS, ids=range(len(DECKS)))
def test_a_broken_deck_is_named_with_its_place_and_what_to_write(read, content, line, column, code, part):
    deck = read(content)

    assert deck.notes == ()
    assert not deck.whole
    problem = deck.problems[0]
    assert (problem.line, problem.column, problem.code) == (line, column, code)
    assert part in problem.message
