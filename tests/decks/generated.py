"""Decks as people write them: odd indentation, comments, every style of text, brackets, anchors."""

from hypothesis import strategies as st

WORDS = [
    "What",
    "is",
    "a",
    "tensor",
    "größer",
    "déjà",
    "数学",
    "no",
    "2017",
    "12:30",
    "$x^2$",
    "it's",
    '"so"',
    "a: b",
    "#1",
    "[x]",
    "{y}",
    "- z",
    "\\frac",
    "🙂",
    "yes",
    "a,b",
    "?",
    "*bold*",
]

word = st.sampled_from(WORDS)
line = st.lists(word, min_size=1, max_size=6).map(" ".join)
several = (
    st.lists(st.one_of(line, line.map(lambda text: "  " + text), st.just("")), min_size=2, max_size=4)
    .map("\n".join)
    .map(str.strip)
    .filter(bool)
)
text = st.one_of(line, line, several)


def _single(text):
    return "'" + text.replace("'", "''") + "'"


def _double(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _plain(text):
    odd = set("-?:,[]{}#&*!|>'\"%@`")
    return text[0] not in odd and ": " not in text and " #" not in text and not text.endswith(":")


@st.composite
def scalar(draw, text, column):
    """One text behind a key in block style, in one of the ways to write it."""
    ways = ["double"]
    if "\n" in text:
        ways += ["literal", "literal"]
        if not text.startswith(" "):
            ways += ["keep"]
    else:
        ways += ["single", "folded", "literal"]
        if _plain(text):
            ways += ["plain", "plain", "wrapped"]
    way = draw(st.sampled_from(ways))
    inner = column + draw(st.integers(1, 4))
    blanks = " " * inner
    comment = draw(st.sampled_from(["", "", "  # note"]))
    if way == "plain":
        return f" {text}{comment}"
    if way == "wrapped":
        return (
            " " + text.replace(" ", "\n" + blanks, 1) if _plain(text.partition(" ")[2] or "x") else f" {text}"
        )
    if way == "single":
        return f" {_single(text)}{comment}"
    if way == "double":
        return f" {_double(text)}{comment}"
    header = {"literal": "|", "keep": "|+", "folded": ">-"}[way]
    body = "\n".join(blanks + part if part else "" for part in text.split("\n"))
    if text.startswith(" "):
        return f" {_double(text)}"
    tail = draw(st.sampled_from(["", "\n", "\n\n"]))
    return f" {header}{comment}\n{body}{tail}"


@st.composite
def texts_list(draw, texts, column):
    if draw(st.booleans()):
        return " [" + ", ".join(map(_double, texts)) + "]"
    dash = column + draw(st.integers(0, 3))
    return "\n" + "\n".join(f"{' ' * dash}- {_double(text)}" for text in texts)


@st.composite
def entry(draw, number, dash, anchors):
    """One card in block style; sometimes with an anchor, or an alias of an earlier one."""
    column = dash + draw(st.integers(2, 4))
    question = f"{draw(text)} {number}"
    pairs = [("q", draw(scalar(question, column)))]
    kind = draw(st.sampled_from(["basic", "basic", "basic", "steps", "choices", "typed"]))
    if kind == "basic" and anchors and draw(st.booleans()):
        pairs.append(("a", f" *{draw(st.sampled_from(anchors))}"))
    elif kind == "basic" and draw(st.integers(0, 5)) == 0:
        anchors.append(f"x{number}")
        pairs.append(("a", f" &x{number} {_double(draw(line))}"))
    elif kind in ("basic", "typed"):
        pairs.append(("a", draw(scalar(draw(text), column))))
        if kind == "typed":
            pairs.append(("type", " true"))
    elif kind == "steps":
        pairs.append(("steps", draw(texts_list(draw(st.lists(line, min_size=1, max_size=3)), column))))
    else:
        choices = draw(st.lists(line, min_size=2, max_size=3, unique=True))
        pairs += [("choices", draw(texts_list(choices, column))), ("a", f" {_double(choices[0])}")]
    for key in draw(st.lists(st.sampled_from(["hint", "extra", "source"]), unique=True, max_size=2)):
        pairs.append((key, draw(scalar(draw(text), column))))
    if draw(st.booleans()):
        pairs.append(
            ("tags", draw(texts_list(draw(st.lists(line, min_size=1, max_size=3, unique=True)), column)))
        )
    if draw(st.booleans()):
        pairs.append(("id", f" id{number}"))
    pairs = draw(st.permutations(pairs))
    lines = []
    for place, (key, value) in enumerate(pairs):
        if place:
            lines += draw(st.sampled_from([[], [], [], [f"{' ' * column}# within"], [""]]))
        lines.append(f"{' ' * column}{key}:{value}")
    first = lines[0][column:]
    if draw(st.integers(0, 5)) == 0:
        lines[0] = f"{' ' * dash}-  # the dash alone\n{' ' * column}{first}"
    else:
        lines[0] = f"{' ' * dash}-{' ' * (column - dash - 1)}{first}"
    return "\n".join(lines)


@st.composite
def flow_entry(draw, number):
    pairs = [
        f"q: {_double(f'{draw(line)} {number}')}",
        f"a: {draw(st.sampled_from([_single, _double]))(draw(line))}",
    ]
    if draw(st.booleans()):
        pairs.append(f"tags: [{_double(draw(word))}]")
    if draw(st.booleans()):
        pairs.append(f"id: id{number}")
    if draw(st.booleans()):
        pairs.append(f"hint: {_single(draw(line))}")
    pairs = draw(st.permutations(pairs))
    comma = draw(st.sampled_from(["", "", ", "]))
    return "{" + ", ".join(pairs) + comma + "}"


@st.composite
def deck(draw):
    """The bytes of a deck."""
    head = draw(
        st.lists(
            st.sampled_from(
                [
                    "title: Ein Titel\n",
                    "tags: [déjà, x]\n",
                    "source: https://example.org/notes\n",
                    "# a comment\n",
                    "\n",
                ]
            ),
            unique=True,
        )
    )
    tail = draw(st.sampled_from(["", "", "", "\n", "# the end\n", "requires: [other]\n"]))
    count = draw(st.integers(0, 4))
    style = draw(st.sampled_from(["block", "block", "block", "mixed", "flow", "json"]))
    gap = draw(st.sampled_from(["", "", "\n", "\n\n", "# between\n", "   # between, indented\n"]))
    if style == "json":
        cards = [f'{{"q": {_double(f"{draw(line)} {n}")}, "a": {_double(draw(line))}}}' for n in range(count)]
        made = '{"title": "Titel", "cards": [' + draw(st.sampled_from([", ", ",\n  "])).join(cards) + "]}\n"
    elif style == "flow" or count == 0:
        cards = [draw(flow_entry(n)) for n in range(count)]
        glue = draw(st.sampled_from([", ", ",\n  ", ",  # one\n  "]))
        end = draw(st.sampled_from(["]", ",\n]"] if cards else ["]"]))
        brackets = draw(
            st.sampled_from(
                [f"cards: [{glue.join(cards)}{end}  # so\n", f"cards: [{glue.join(cards)}{end}\n"]
                + ([] if cards else ["cards:\n", "cards:  # none\n", ""])
            )
        )
        made = "".join(head) + brackets + tail
    else:
        dash = draw(st.sampled_from([0, 1, 2, 2, 2, 4]))
        anchors: list[str] = []
        cards = []
        for number in range(count):
            if style == "mixed" and draw(st.booleans()):
                cards.append(f"{' ' * dash}- {draw(flow_entry(number))}")
            else:
                cards.append(draw(entry(number, dash, anchors)))
        made = "".join(head) + "cards:\n" + ("\n" + gap).join(cards) + "\n" + tail
    if draw(st.integers(0, 3)) == 0:
        made = made.rstrip("\n")
    content = made.encode()
    if draw(st.integers(0, 3)) == 0:
        content = content.replace(b"\n", b"\r\n")
    if draw(st.integers(0, 9)) == 0:
        content = b"\xef\xbb\xbf" + content
    return content
