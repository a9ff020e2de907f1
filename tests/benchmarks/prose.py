"""Sentences of realistic length from invented words, for made collections that weigh what real ones do."""

import random

_COMMON = tuple(
    "a about after all also an and any are as at be because before both but by can case each end every "
    "first for from has have how if in into is it its less like made many may more most much must no "
    "not of on one only or other over part same set several small so some step such than that the their "
    "then there these they this time to two under up use used value very was way what when where which "
    "while why with without work".split()
)
_ONSETS = tuple("b br c ch cl d dr f fl g gl gr h j k l m n p pl pr qu r s sh sl st t th tr v w z".split())
_VOWELS = tuple("a e i o u a e i o u ai ea ee io oa ou".split())
_CODAS = ("", "", "", "l", "m", "n", "r", "s", "t", "nd", "rm", "st")
_OPENINGS = ("What", "Why", "How", "When", "Which", "Where")
_ORNAMENTS = ("`{}()`", "**{}**", "$x_{{{}}}$", "*{}*")


class Prose:
    """A vocabulary of 2,000 invented words, mixed with common ones, and the sentences made of it."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        words: dict[str, None] = {}
        while len(words) < 2000:
            word = "".join(self._syllable() for _ in range(rng.choice((1, 1, 2, 2, 2, 3))))
            if len(word) > 2 and word not in _COMMON:
                words[word] = None
        self.rare = tuple(words)
        self._all = self.rare + _COMMON
        self._weights = _running_total([1.0] * len(self.rare) + [30.0] * len(_COMMON))

    def words(self, shortest: int, longest: int) -> list[str]:
        """So many words, none of them marked up."""
        count = self._rng.randint(shortest, longest)
        return self._rng.choices(self._all, cum_weights=self._weights, k=count)

    def question(self) -> str:
        """Four to fourteen words and a question mark; the rare words keep it from being asked twice."""
        words = [self._rng.choice(_OPENINGS), *self.words(2, 11), *self._rng.sample(self.rare, 2)]
        return " ".join(self._ornamented(words, 0.15)) + "?"

    def sentence(self, shortest: int, longest: int) -> str:
        """A sentence of so many words, at times with a word in code, bold, italics or mathematics."""
        words = self._ornamented(self.words(shortest, longest), 0.25)
        return " ".join([words[0].capitalize(), *words[1:]]) + "."

    def paragraph(self) -> str:
        """A long answer: two to four sentences, one to a line."""
        return "\n".join(self.sentence(8, 18) for _ in range(self._rng.randint(2, 4)))

    def phrase(self, shortest: int, longest: int) -> str:
        """Words without a mark or a full stop, the last a rare one."""
        return " ".join([*self.words(shortest, longest)[1:], self._rng.choice(self.rare)])

    def _ornamented(self, words: list[str], share: float) -> list[str]:
        if len(words) > 1 and self._rng.random() < share:
            place = self._rng.randrange(1, len(words))
            words[place] = self._rng.choice(_ORNAMENTS).format(words[place])
        return words

    def _syllable(self) -> str:
        return "".join(self._rng.choice(part) for part in (_ONSETS, _VOWELS, _CODAS))


def _running_total(weights: list[float]) -> list[float]:
    total, totals = 0.0, []
    for weight in weights:
        total += weight
        totals.append(total)
    return totals
