"""Whether two questions are one question in other words, or two: the rules by which an edit is recognised.

To take one question for another is worse than to ask. So what carries the meaning must stay (numbers,
formulas, code, negations, short words), and elsewhere only slips of the finger count as the same word.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from quizapp.decks.identity import normalised

ALIKE = 0.85  # ratio of equal letters of two questions that have one answer
SHORT = 5  # shorter words have no typos, they are other words

_WORDS = 1 << 14  # words that are remembered; most questions are made of few thousand

_TOKEN = re.compile(
    r"```.*?```|`[^`]+`|\$\$.+?\$\$|\$[^$]+\$|\{\{c[0-9]+::|\}\}|(?:(?!\{\{c[0-9]|\}\}|[`$])\S)+|\S",
    re.DOTALL,
)
_EDGES = ".,;:!?\"'()[]*_“”‘’„«»…–—"  # noqa: RUF001  these are the signs of typeset text
_ARTICLES = frozenset(("a", "an", "the"))
_NEGATIONS = frozenset(
    ("no", "not", "nor", "non", "none", "never", "neither", "without", "cannot", "except", "unlike", "unless")
)
_NUMBERS = frozenset(
    (
        *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        *("eleven", "twelve", "hundred", "thousand", "million", "billion", "half", "quarter"),
        *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
        *("once", "twice", "single", "double"),
    )
)
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = frozenset(
    frozenset(pair) for row in (*_ROWS, "sz") for pair in pairwise(row)
)  # on a keyboard; s and z are two spellings of many words


@dataclass(frozen=True, slots=True)
class Wording:
    """A question in its words: without articles, case, white space and the punctuation around words."""

    words: tuple[str, ...]

    @property
    def key(self) -> str:
        """Equal for all questions that differ by slips at most."""
        return " ".join(word if is_fixed(word) else word[0] for word in self.words)

    @property
    def fixed(self) -> tuple[str, ...]:
        """What an edited question must keep, whatever else changes, in order of the alphabet."""
        return tuple(sorted(word for word in self.words if _carries_meaning(word)))


def wording(question: str) -> Wording:
    """Take a question apart."""
    return in_words(normalised(question))


def in_words(text: str) -> Wording:
    """Take a text apart that is normalised already."""
    tokens = map(_bare, _TOKEN.findall(text))
    return Wording(tuple(token for token in tokens if token and token not in _ARTICLES))


@lru_cache(_WORDS)
def _bare(token: str) -> str:
    if token[0] in "`$" or token.startswith(("{{", "}}")):
        return token
    return token.strip(_EDGES).replace("’", "'")  # noqa: RUF001  the typeset apostrophe


@lru_cache(_WORDS)
def _carries_meaning(word: str) -> bool:
    """Whether a word is a number, a formula, code or a negation."""
    if word in _NEGATIONS or word in _NUMBERS or word.endswith("n't"):
        return True
    return not word.replace("-", "").replace("'", "").isalpha()


def is_fixed(word: str) -> bool:
    """Whether another spelling of the word is another word."""
    return len(word) < SHORT or _carries_meaning(word)


def same_but_for_slips(old: Wording, new: Wording) -> bool:
    """Whether the words are the same, one by one, slips of the finger apart."""
    if len(old.words) != len(new.words):
        return False
    return all(a == b or is_slip(a, b) for a, b in zip(old.words, new.words, strict=True))


def same_but_for_additions(old: Wording, new: Wording) -> bool:
    """Whether words were only added, or only taken away, slips apart; what carries meaning is the same."""
    fewer, more = sorted((old.words, new.words), key=len)
    if old.fixed != new.fixed:
        return False
    rest = iter(more)
    return all(any(word == other or is_slip(word, other) for other in rest) for word in fewer)


def is_slip(old: str, new: str) -> bool:
    """Whether one word is the other with one letter too many, too few, swapped, or next on the keyboard.

    The first letter stays (asymmetric is no typo of symmetric), and the last is not replaced (trainee).
    """
    if is_fixed(old) or is_fixed(new) or old[0] != new[0]:
        return False
    shorter, longer = sorted((old, new), key=len)
    same = next((n for n, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(longer) == len(shorter) + 1:
        return shorter[same:] == longer[same + 1 :]
    if len(longer) > len(shorter) or same == len(shorter):
        return old == new
    swapped = shorter[same + 1 : same + 2] + shorter[same] + shorter[same + 2 :]
    if swapped == longer[same:]:
        return True
    replaced = frozenset((shorter[same], longer[same]))
    return shorter[same + 1 :] == longer[same + 1 :] != "" and replaced in _NEIGHBOURS
