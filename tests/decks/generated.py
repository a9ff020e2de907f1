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
    "~",
    "1e3",
    "---",
    "...",
    "x:",
    "<<",
    "!t",
    "&a",
    "%d",
    "|",
    ">",
    "null",
]

word = st.sampled_from(WORDS)
line = st.lists(word, min_size=1, max_size=6).map(" ".join).map(str.strip).filter(bool)
long_line = st.lists(line, min_size=5, max_size=12).map(" ".join)
several = (
    st.lists(
        st.one_of(line, line.map(lambda text: f"  {text}"), line.map(lambda text: f"{text} "), st.just("")),
        min_size=2,
        max_size=4,
    )
    .map("\n".join)
    .map(lambda text: text.strip("\n").rstrip())
    .filter(lambda text: text.strip() and not text.startswith("\t"))
)
tabs = st.sampled_from(["a\tb", "if x:\n\treturn x", "a \t# b"])
text = st.one_of(line, line, long_line, several, several, tabs)


def _single(text):
    return "'" + text.replace("'", "''") + "'"


def _double(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _plain(text):
    odd = set("-?:,[]{}#&*!|>'\"%@`")
    return (
        text == text.strip()
        and text[0] not in odd
        and ": " not in text
        and " #" not in text
        and not text.endswith(":")
    )


def _folds(text):
    """Whether a text is the same when its blanks are line ends that a reader folds."""
    return "\n" not in text and "\t" not in text and text == " ".join(text.split())


def _wrapped(text, blanks, breaks, *, plain):
    """The text with line ends in the place of some of its blanks."""
    words = text.split(" ")
    lines = [words[0]]
    for word, breaks_here in zip(words[1:], breaks, strict=False):
        sound = not plain or (_plain(word) and not lines[-1].endswith(":"))
        if breaks_here and sound and word[0] != "#" and word not in ("---", "..."):
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    rest = " ".join(words[len(breaks) + 1 :])
    return f"\n{blanks}".join(lines) + (f" {rest}" if rest else "")


@st.composite
def scalar(draw, text, column):
    """One text behind a key in block style, in one of the ways to write it."""
    ways = ["double"]
    if "\n" in text:
        ways += ["literal", "literal"]
        if not text.startswith((" ", "\t")):
            ways += ["keep", "strip"]
    else:
        ways += ["single", "folded", "literal"]
        if _plain(text):
            ways += ["plain", "plain"]
        if _folds(text):
            ways += ["wrapped double", "wrapped single", "wrapped folded"]
            if _plain(text):
                ways += ["wrapped plain", "wrapped plain"]
    way = draw(st.sampled_from(ways))
    inner = column + draw(st.integers(1, 4))
    blanks = " " * inner
    comment = draw(st.sampled_from(["", "", "  # note"]))
    breaks = draw(st.lists(st.booleans(), max_size=8))
    if way == "plain":
        return f" {text}{comment}"
    if way == "single":
        return f" {_single(text)}{comment}"
    if way == "double":
        return f" {_double(text)}{comment}"
    if way == "wrapped plain":
        return f" {_wrapped(text, blanks, breaks, plain=True)}{comment}"
    if way == "wrapped double":
        return f" {_wrapped(_double(text), blanks, breaks, plain=False)}{comment}"
    if way == "wrapped single":
        return f" {_wrapped(_single(text), blanks, breaks, plain=False)}{comment}"
    signs = {"literal": "|", "keep": "|+", "strip": "|-", "folded": ">-", "wrapped folded": ">"}
    if way == "wrapped folded":
        text = _wrapped(text, "", breaks, plain=False)
    header = signs[way]
    if text.startswith((" ", "\t")):
        header = f"{header}{inner - column}"
    body = "\n".join(blanks + part if part else "" for part in text.split("\n"))
    tail = draw(st.sampled_from(["", "\n", "\n\n"]))
    return f" {header}{comment}\n{body}{tail}"


@st.composite
def texts_list(draw, texts, column):
    way = draw(st.sampled_from(["brackets", "brackets", "wrapped", "dashes", "dashes", "scalars"]))
    if way == "brackets":
        return " [" + ", ".join(map(_double, texts)) + "]"
    if way == "wrapped":
        blanks = " " * (column + 2)
        end = draw(st.sampled_from(["]", ",]", f"\n{blanks}]", f",  # last\n{blanks}]"]))
        return f" [\n{blanks}" + f",\n{blanks}".join(map(_double, texts)) + end
    dash = column + draw(st.integers(0, 3))
    if way == "scalars":
        return "\n" + "\n".join(f"{' ' * dash}-{draw(scalar(text, dash))}" for text in texts)
    return "\n" + "\n".join(f"{' ' * dash}- {_double(text)}" for text in texts)


@st.composite
def asked(draw, number, column, anchors):
    """The keys of a card that make it one of its kind, with what stands behind them."""
    kind = draw(st.sampled_from(["basic", "basic", "basic", "steps", "choices", "typed", "term", "cloze"]))
    if kind == "cloze":
        hidden = f"{draw(line)} {{{{c1::{draw(word).strip() or 'x'}}}}} and {{{{c2::{number}}}}}"
        return [("cloze", draw(scalar(hidden, column)))]
    question = draw(scalar(f"{draw(text)} {number}", column))
    if kind == "term":
        return [("term", question), ("means", draw(scalar(draw(text), column)))]
    pairs = [("q", question)]
    if kind == "basic" and anchors and draw(st.booleans()):
        pairs.append(("a", f" *{draw(st.sampled_from(anchors))}"))
    elif kind == "basic" and draw(st.integers(0, 5)) == 0:
        anchors.append(f"x{number}")
        pairs.append(("a", f" &x{number} {_double(draw(line))}"))
    elif kind in ("basic", "typed"):
        pairs.append(("a", draw(scalar(draw(text), column))))
        if kind == "typed":
            pairs.append(("type", " true"))
            if draw(st.booleans()):
                accepted = draw(st.lists(line, min_size=1, max_size=2, unique=True))
                pairs.append(("accept", draw(texts_list(accepted, column))))
    elif kind == "steps":
        pairs.append(("steps", draw(texts_list(draw(st.lists(line, min_size=1, max_size=3)), column))))
    else:
        choices = draw(st.lists(line, min_size=2, max_size=3, unique=True))
        pairs += [("choices", draw(texts_list(choices, column))), ("a", f" {_double(choices[0])}")]
    return pairs


@st.composite
def entry(draw, number, dash, anchors):
    """One card in block style; sometimes with an anchor, or an alias of an earlier one."""
    column = dash + draw(st.integers(2, 4))
    pairs = draw(asked(number, column, anchors))
    for key in draw(st.lists(st.sampled_from(["hint", "extra", "source"]), unique=True, max_size=2)):
        pairs.append((key, draw(scalar(draw(text), column))))
    if draw(st.booleans()):
        pairs.append(
            ("tags", draw(texts_list(draw(st.lists(line, min_size=1, max_size=3, unique=True)), column)))
        )
    if draw(st.booleans()):
        pairs.append(("id", f" id{number}"))
    if draw(st.integers(0, 3)) == 0:
        pairs.append(("added", draw(st.sampled_from([" 2026-11-01", ' "2026-11-01"  # so']))))
    pairs = draw(st.permutations(pairs))
    between = [
        [],
        [],
        [],
        [f"{' ' * column}# within"],
        [""],
        ["# at the edge"],
        ["   "],
        ["", f"{' ' * dash}# x"],
    ]
    lines = []
    for place, (key, value) in enumerate(pairs):
        if place:
            lines += draw(st.sampled_from(between))
        name = draw(st.sampled_from([key, key, key, key, f'"{key}"', f"{key} "]))
        lines.append(f"{' ' * column}{name}:{value}")
    first = lines[0][column:]
    if draw(st.integers(0, 5)) == 0:
        lines[0] = f"{' ' * dash}-  # the dash alone\n{' ' * column}{first}"
    else:
        lines[0] = f"{' ' * dash}-{' ' * (column - dash - 1)}{first}"
    return "\n".join(lines)


@st.composite
def flow_entry(draw, number):
    asks, answers = draw(st.sampled_from([("q", "a"), ("q", "a"), ("term", "means")]))
    pairs = [
        f"{asks}: {_double(f'{draw(line)} {number}')}",
        f"{answers}: {draw(st.sampled_from([_single, _double]))(draw(line))}",
    ]
    if draw(st.booleans()):
        pairs.append(f"tags: [{_double(draw(word))}]")
    if draw(st.booleans()):
        pairs.append(f"id: id{number}")
    if draw(st.booleans()):
        pairs.append(f"hint: {_single(draw(line))}")
    pairs = draw(st.permutations(pairs))
    comma = draw(st.sampled_from(["", "", ", "]))
    glue = draw(st.sampled_from([", ", ", ", ",\n      ", ",  # so\n      ", " ,"]))
    return draw(st.sampled_from(["{", "{ "])) + glue.join(pairs) + comma + draw(st.sampled_from(["}", " }"]))


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
    if draw(st.integers(0, 9)) == 0:
        head = [draw(st.sampled_from(["---\n", "--- # deck\n", "%YAML 1.1\n---\n"])), *head]
    tail = draw(
        st.sampled_from(
            ["", "", "", "\n", "# the end\n", "   # the end, indented\n", "requires: [other]\n", "...\n"]
        )
    )
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
        for anchor in anchors:
            if f"*{anchor}" not in made:  # one that nobody names is taken for a mistake
                made = made.replace(f"&{anchor} ", "")
    if draw(st.integers(0, 3)) == 0:
        made = made.rstrip("\n")
    content = made.encode()
    if draw(st.integers(0, 3)) == 0:
        content = content.replace(b"\n", b"\r\n")
    if draw(st.integers(0, 9)) == 0:
        content = b"\xef\xbb\xbf" + content
    return content
