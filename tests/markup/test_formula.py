"""Formulas are found in card text, and those that can't be drawn are named with their mending."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.markup.formula import fault, formulas

SOUND = [
    "a balance of $1,000 gives \\alpha",
    "$M without an end\n\nand \\alpha",
    r"$\mathrm{softmax}(QK^\top/\sqrt{d_k})V$",
    r"$\det\begin{pmatrix} a & b \\ c & d \end{pmatrix}$",
    r"$\begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}$",
    r"$\{1, 2\}$",
    r"$\left( x \right.$",
    r"$\left\{ x \right\}$",
    r"$$\frac12$$",
    r"$\frac{1}{\sqrt 2}$",
    r"$\sqrt[3]{x}$",
    r"$a_{i_j}$, $x^2_3$ and $x'^2$",
    r"$f: \mathbb{R}^n \to \mathbb R$",
    r"$\|x\|_2$",
    r"$\mathbf{x}^{(i)}$",
    r"$e^{\frac{1}{2}x^2}$",
    r"$5\%$ of $\$5$",
    r"$\text{a & b}$",
    r"$\max_\text{i} x^{\text{th}}$",
    r"$\operatorname{rank}\left[A \mid b\right]$",
    "it costs $5 or $10, and US$5-$10",
    "the shell's $PATH and $HOME, and its $$",
    r"`$\frac{` is code",
    "```\n$\\frac{\n```",
    r"\$\frac is no formula",
]
BROKEN = [
    (r"$\frac{1}{2$", 'a "{" has no end'),
    (r"$}$", 'a "}" too many'),
    (r"$\frac{1}$", r"\frac wants 2 pairs of braces, 1 are there"),
    (r"$\hat$", r"\hat wants braces after it"),
    (r"$\left( x$", r"each \left wants its \right"),
    (r"$\begin{pmatrix} a$", r"\begin{pmatrix} has no end"),
    (r"$\end{matrix}$", r"\end{matrix} ends what was not begun"),
    (r"$\begin{a}\begin{b}\end{a}\end{b}$", r"\end{a} ends what was not begun"),
    ("$x^$", 'nothing stands after "^"'),
    ("$x_{a_}$", 'nothing stands after "_"'),
    ("$x^a^b$", '"^" stands twice'),
    ("$a & b$", '"&" belongs into a table'),
    ("$$ $$", "it is empty"),
    (r"$\frac{1}{2} is half", 'has no end; close it with "$"'),
    (r"$$x^2 = 1", 'has no end; close it with "$$"'),
    (r"$x$ is sound, $x^$ is not", 'the formula "x^" can\'t be drawn'),
]


@pytest.mark.parametrize("text", SOUND)
def test_what_can_be_drawn_is_no_fault(text):
    assert fault(text) == ""


@pytest.mark.parametrize(("text", "reason"), BROKEN)
def test_what_can_not_be_drawn_is_named_with_its_reason(text, reason):
    assert reason in fault(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$a$ and $$b$$", ["a", "b"]),
        ("$5 and $6", []),
        ("`$a$` $b$", ["b"]),
        ("~~~\n$a$\n~~~\n$b$", ["b"]),
        ("$a\nb$", ["a\nb"]),
        ("$a\n\nb$", []),
        (r"$a\$b$", [r"a\$b"]),
        ("$$a\n\nb$$", ["a\n\nb"]),
    ],
)
def test_formulas_stand_between_dollars_and_not_in_code(text, found):
    assert formulas(text) == found


@given(st.text(alphabet="$\\{}^_&ab frcleti[]`\n", max_size=60))
def test_any_text_can_be_looked_at(text):
    assert isinstance(fault(text), str)


@pytest.mark.parametrize(
    "piece", ["$", "{", r"\frac{", r"\hat{x}", r"\sqrt[", "^", r"\begin{a}", "$$", r"$\a", "a_"]
)
def test_even_the_longest_formula_can_be_looked_at(piece):
    many = piece * (100_000 // len(piece))

    for text in (f"${many}$", f"${many}" + "}" * (many.count("{") - many.count("}")) + "$", many):
        assert isinstance(fault(text), str)
