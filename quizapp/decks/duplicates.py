"""Questions that are asked twice in nearly the same words, found through the words that few questions share.

Two questions of one pattern about two subjects ("the derivative of sin", "… of cos") are none: what is told
apart by a word of its own is another question. So all words but the smallest must be the same, in the same
order, numbers and formulas too; only slips of the finger and, before the same answer, additions are passed over.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from quizapp.decks import wording
from quizapp.decks.identity import normalised
from quizapp.decks.wording import Wording
from quizapp.garbage import collector_paused

RAREST = 3  # words of a question that are looked up
RARE = 10  # questions with a word, beyond which it is looked up only together with another
CROWD = 30  # questions in one place of the index; the others there are not compared
ALIKE = 80  # of 100: letters in common, words in order of the alphabet
_SAME_ANSWER = 60  # of 100, before which a slip of the finger counts as one
STANDS_FOR = 4  # words of an answer that stands for its question, and of a question that may be added to
_STEP = 2000  # questions between two reports of progress

# Small words, without which a question stays what it is. Those that tell a direction ("from", "than") are none,
# nor are those that ask for something else ("why", "when").
_SMALL = frozenset(
    (
        *("what", "which", "what's", "is", "are", "was", "were", "be", "been", "do", "does", "did", "there"),
        *("in", "of", "for", "at", "you", "we", "your", "our", "please", "exactly", "actually", "really"),
        *("called", "mainly", "usually", "briefly"),
    )
)
_DIRECTIONS = frozenset(
    (
        *("from", "to", "into", "onto", "than", "by", "before", "after", "over", "under", "above", "below"),
        *("with", "through", "against", "of", "if", "when", "then", "on", "off", "minus", "per", "as"),
    )
)
_SWAPPABLE = frozenset(("and", "or", "between", "in", "vs", "versus"))
_WITHIN = re.compile(r"(in [^,?]+), (.+)", re.DOTALL)  # a place that may as well stand at the end
_DEFINING = re.compile(
    r"^(?:define|what (?:is|are) (?:the )?(?:definition|meaning) of|what (?:is|are) meant by)\s+"
    r"|(?<=^what does )(.+?) mean(?=\W*$)|(?<=^what do )(.+?) mean(?=\W*$)"
)

Progress = Callable[[int, int], None]


class Asked(NamedTuple):
    """What a note asks, with its answer; `choices` are there when it is to be chosen from them."""

    question: str
    answer: str = ""
    choices: tuple[str, ...] = ()


class Pair(NamedTuple):
    """Two places in a sequence of questions, the earlier one first."""

    first: int
    second: int


class _Question(NamedTuple):
    """A question in its words that count, all its words, and what must not differ."""

    words: tuple[str, ...]
    distinct: frozenset[str]
    small: frozenset[str]
    fixed: tuple[str, ...]


def near_duplicates(asked: Sequence[Asked], progress: Progress = lambda _done, _total: None) -> list[Pair]:
    """Each question that is nearly an earlier one, once, with the first such; in the order of the questions."""
    with collector_paused():
        questions = [_taken_apart(one.question) for one in asked]
        shared = _shared(questions)
        places: dict[object, list[int]] = defaultdict(list)
        found: list[Pair] = []
        for place, question in enumerate(questions):
            if place % _STEP == 0:
                progress(place, len(asked))
            there = [places[key] for key in _keys(question, shared)] if question.words else []
            for other in sorted(set().union(*there)):
                if _is_near(questions[other], question) and _is_one(
                    asked[other], asked[place], questions[other], question
                ):
                    found.append(Pair(other, place))
                    break
            for others in there:
                if len(others) < CROWD:
                    others.append(place)
        return found


def _shared(questions: Sequence[_Question]) -> dict[str, tuple[int, str]]:
    """The words that several questions have: how many, and the word, which puts the rarest first."""
    counted = Counter(word for question in questions for word in question.distinct)
    return {word: (count, word) for word, count in counted.items() if count > 1}


def nearest(question: str, candidates: Sequence[str], limit: int) -> list[int]:
    """The places of those candidates that ask nearly what a question asks, the nearest first."""
    if not candidates:
        return []
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415  18 ms, not for every command

    typed = _taken_apart(question)
    found = []
    for place, candidate in enumerate(candidates):
        other = _taken_apart(candidate)
        alike = ratio(normalised(question), normalised(candidate))
        if typed.words and (_is_close(other, typed) or (alike >= ALIKE and _is_within(other, typed))):
            found.append((-alike, place))
    return [place for _, place in sorted(found)[:limit]]


def telling_words(question: str) -> list[str]:
    """The words of a question by which others like it can be found: not the small ones, each once."""
    return list(
        dict.fromkeys(word for word in _taken_apart(question).words if "{{" not in word and word != "}}")
    )


def _taken_apart(question: str) -> _Question:
    text = normalised(question)
    if text.startswith("in ") and (within := _WITHIN.match(text)):
        text = f"{within[2].rstrip(' ?.')} {within[1]}"
    if text.startswith(("what ", "define ")):
        text = _DEFINING.sub(lambda match: match[1] or match[2] or "", text)
    taken = wording.in_words(text)
    words = tuple(word for word in taken.words if word not in _SMALL)
    if taken.words[-1:] in (("do",), ("does",)):  # what something does is not what it is
        words += ("do",)
    small = _SMALL.intersection(taken.words)
    return _Question(words, frozenset(words), small, Wording(words).fixed)


def _keys(question: _Question, shared: Mapping[str, tuple[int, str]]) -> list[object]:
    """What a question is looked up by: its rarest words that others have too, and all its words together.

    Words that are not rare enough count in pairs. What must not differ belongs to each key, so that a table of a
    hundred numbers is a hundred small buckets.
    """
    known = sorted(shared[word] for word in question.distinct if word in shared)[: RAREST + 1]
    rare = [word for count, word in known[:RAREST] if count <= RARE]
    keys: list[object] = [(word, question.fixed) for word in rare]
    if len(rare) < RAREST:
        keys += [(one, other, question.fixed) for (_, one), (_, other) in combinations(known, 2)]
    keys.append(tuple(sorted(question.words)))
    return keys


def _is_near(one: _Question, other: _Question) -> bool:
    """Whether the words may be those of one question; what else must hold is asked by `_is_one`."""
    if one.words == other.words:
        return True
    most = len(one.words) - len(other.words)
    if one.fixed != other.fixed or not -2 <= most <= 2:
        return False
    if len(one.distinct & other.distinct) < min(len(one.distinct), len(other.distinct)) - 1:
        return False
    from rapidfuzz.fuzz import token_sort_ratio  # noqa: PLC0415  as above

    return token_sort_ratio(" ".join(one.words), " ".join(other.words)) >= ALIKE


def _is_close(one: _Question, other: _Question) -> bool:
    """Whether a question that is being typed is nearly another, of which the answer is not known yet."""
    if one.words == other.words or _is_swapped(one, other):
        return True
    few, many = sorted((one, other), key=lambda question: len(question.words))
    if one.fixed != other.fixed or len(many.words) - len(few.words) > 1 or len(few.words) < STANDS_FOR - 1:
        return False
    return wording.same_but_for_additions(Wording(few.words), Wording(many.words))


def _is_within(one: _Question, other: _Question) -> bool:
    """Whether one of two questions has all words of the other, and one more that isn't the last still to be typed."""
    few, many = sorted((one, other), key=lambda question: len(question.words))
    if many.words[: len(few.words)] == few.words:
        return False
    return few.fixed == many.fixed and few.distinct <= many.distinct and len(many.words) <= len(few.words) + 1


def _is_one(one: Asked, other: Asked, first: _Question, second: _Question) -> bool:
    """Whether two questions with like words are one question, seen with their answers."""
    if one.choices and other.choices and set(one.choices) != set(other.choices):
        return False
    if first.words == second.words or _is_swapped(first, second):
        return True
    if wording.same_but_for_slips(Wording(first.words), Wording(second.words)):
        return _alike_enough(one.answer, other.answer, len(second.words))
    few, many = sorted((first, second), key=lambda question: len(question.words))
    return (
        len(few.words) >= STANDS_FOR
        and len(many.words) - len(few.words) <= 2
        and len(one.answer.split()) >= STANDS_FOR
        and normalised(one.answer) == normalised(other.answer)
        and wording.same_but_for_additions(Wording(few.words), Wording(many.words))
    )


def _alike_enough(one: str, other: str, words: int) -> bool:
    """Whether answers are so alike that words which differ by a slip are one word.

    Among few words (`Katze`, `Katzen`) a letter more is another form, which is learned for itself.
    """
    from rapidfuzz.fuzz import token_sort_ratio  # noqa: PLC0415  as above

    short = min(len(one.split()), len(other.split()))
    if words < 3 and short < 3:
        return False
    return token_sort_ratio(normalised(one), normalised(other)) >= _SAME_ANSWER


def _is_swapped(one: _Question, other: _Question) -> bool:
    """Whether the same words stand in another order that asks the same: `A or B`, `a tensor in PyTorch`."""
    if sorted(one.words) != sorted(other.words) or any("{{" in word for word in one.words):
        return False
    words = {*one.words, *one.small, *other.small}
    if words & _DIRECTIONS:
        return False
    if words & (_SWAPPABLE - {"in"}):
        return True
    rotated = {one.words[turn:] + one.words[:turn] for turn in range(len(one.words))}
    return "in" in words and other.words in rotated
