"""Which note of the log lives on under another id: edited questions, recognised as Git recognises renames.

Wrong attachment is worse than asking, so a rename is certain only where no other is possible.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizapp.decks import wording
from quizapp.decks.identity import normalised

WORDS = 4  # an answer of so many words stands for its question
SUGGESTED = 5  # candidates named at most when it must be asked

_PART = 10  # letters of each part of a note's hash
_CROWD = 2000  # notes with one answer; beyond this the answer says nothing
_COMMON = 50  # notes with one word; beyond this the word says nothing
_PLAUSIBLE = 0.6  # ratio of equal letters from which a candidate is worth naming

Edges = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Text:
    """What is known of a note: its id, its hash, and its texts ("" when only the hash is known)."""

    id: str
    hash: str
    question: str
    answer: str


def close(old: Text, new: Text) -> bool:
    """Whether the new question is the old one, edited.

    Equal questions are close. With the same answer words may be added or taken away as long as 85 % of the
    letters agree; with another answer only slips of the finger and articles may differ. Numbers, formulas,
    code and negations stay in any case.
    """
    if _same_part(old, new, 0):
        return True
    if not old.question or not new.question:
        return False
    old_words, new_words = wording.wording(old.question), wording.wording(new.question)
    if not old_words.words or not new_words.words:
        return normalised(old.question) == normalised(new.question)
    if wording.same_but_for_slips(old_words, new_words):
        return True
    if not _equal_answer(old, new) or not wording.same_but_for_additions(old_words, new_words):
        return False
    return _ratio(normalised(old.question), normalised(new.question)) >= wording.ALIKE


def same_answer(old: Text, new: Text) -> bool:
    """Whether the answers are equal and long enough to stand for their question."""
    return len(new.answer.split()) >= WORDS and _equal_answer(old, new)


def recognise(
    gone: Sequence[Text], unknown: Sequence[Text]
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Match notes that only the log has with notes that only the decks have.

    Gives the certain renames (old id to new id; no new id twice), and for the other old ones that have
    candidates the ids of these, the likeliest first. The order of the arguments' items does not matter.
    """
    olds = {text.id: text for text in sorted(gone, key=_order)}
    news = {text.id: text for text in sorted(unknown, key=_order) if text.id not in olds}
    matching = _Matching(olds, news)
    matching.take(_by_hash(matching, 2 * _PART))
    matching.take(_by_hash(matching, _PART))
    matching.take(_by_likeness(matching))
    for old, candidates in _plausible(matching).items():
        matching.asked.setdefault(old, candidates)
    asked = {old: _likeliest(olds[old], ids, news) for old, ids in matching.asked.items()}
    return matching.certain, asked


class _Matching:
    """What is settled so far. A new note that several old ones claim is contested for good."""

    def __init__(self, olds: Mapping[str, Text], news: Mapping[str, Text]) -> None:
        self.olds = dict(olds)
        self.news = dict(news)
        self.certain: dict[str, str] = {}
        self.asked: Edges = {}
        self.contested: set[str] = set()

    def take(self, edges: Edges) -> None:
        """Settle every old note that has a candidate here: certain if each is the other's only one."""
        claims: dict[str, int] = defaultdict(int)
        for candidates in edges.values():
            for new in candidates:
                claims[new] += 1
        for old, candidates in edges.items():
            only = next(iter(candidates))
            if len(candidates) == 1 and claims[only] == 1 and only not in self.contested:
                self.certain[old] = only
            else:
                self.asked[old] = candidates
        for old in edges:
            del self.olds[old]
            if old in self.certain:
                del self.news[self.certain[old]]
        self.contested.update(*(self.asked[old] for old in edges if old in self.asked))


def _by_hash(matching: _Matching, length: int) -> Edges:
    """Old notes with the new ones whose hash begins with the same letters."""
    wanted = {text.hash[:length] for text in matching.olds.values() if len(text.hash) >= length}
    return _joined(
        matching, lambda text: (text.hash[:length],) if text.hash[:length] in wanted else (), _always
    )


def _by_likeness(matching: _Matching) -> Edges:
    """Old notes with the new ones that have a close question or the same answer."""
    alike = _joined(matching, _answer_keys, lambda old, new: same_answer(old, new) or close(old, new))
    for old, candidates in _joined(matching, _wording_keys, close).items():
        alike.setdefault(old, set()).update(candidates)
    return alike


def _joined(
    matching: _Matching, keys: Callable[[Text], Iterable[str]], fits: Callable[[Text, Text], bool]
) -> Edges:
    """Old notes with those new ones that share a key and fit."""
    buckets: dict[str, list[Text]] = {key: [] for old in matching.olds.values() for key in keys(old)}
    if not buckets:
        return {}
    for new in matching.news.values():
        for key in keys(new):
            if key in buckets:
                buckets[key].append(new)
    edges: Edges = {}
    for old in matching.olds.values():
        for bucket in (buckets[key] for key in keys(old)):
            if len(bucket) <= _CROWD:
                fitting = {new.id for new in bucket if fits(old, new)}
                edges.setdefault(old.id, set()).update(fitting)
    return {old: candidates for old, candidates in edges.items() if candidates}


def _answer_keys(text: Text) -> tuple[str, ...]:
    part = text.hash[_PART : 2 * _PART]
    return (f"#{part}",) if not text.answer else (f"#{part}", f"={normalised(text.answer)}")


def _wording_keys(text: Text) -> tuple[str, ...]:
    return (wording.wording(text.question).key,) if text.question else ()


def _always(_old: Text, _new: Text) -> bool:
    return True


def _plausible(matching: _Matching) -> Edges:
    """Old notes with no better candidate and the new ones that share a rare word and most letters."""
    texts = {old.id: normalised(old.question) for old in matching.olds.values() if old.question}
    sharing: dict[str, list[str]] = {word: [] for text in texts.values() for word in text.split()}
    found: dict[str, str] = {}
    for new in matching.news.values() if sharing else ():
        found[new.id] = normalised(new.question)
        for word in sharing.keys() & set(found[new.id].split()):
            sharing[word].append(new.id)
    edges: Edges = {}
    for old, text in texts.items():
        rare = {word for word in text.split() if len(sharing[word]) <= _COMMON}
        near = {new for word in rare for new in sharing[word]}
        likely = {new for new in near if _ratio(text, found[new]) >= _PLAUSIBLE}
        if likely:
            edges[old] = likely
    return edges


def _likeliest(old: Text, candidates: Iterable[str], news: Mapping[str, Text]) -> tuple[str, ...]:
    """The best of the candidates, by the likeness of their questions."""
    text = normalised(old.question)
    scored = sorted((-_ratio(text, normalised(news[new].question)), new) for new in candidates)
    return tuple(new for _, new in scored[:SUGGESTED])


def _same_part(old: Text, new: Text, part: int) -> bool:
    """Whether a part of the two hashes is the same."""
    ours = old.hash[part * _PART : (part + 1) * _PART]
    return len(ours) == _PART and ours == new.hash[part * _PART : (part + 1) * _PART]


def _equal_answer(old: Text, new: Text) -> bool:
    if not new.answer.strip():
        return False
    return _same_part(old, new, 1) or normalised(old.answer) == normalised(new.answer)


def _ratio(old: str, new: str) -> float:
    """The share of letters, from 0 to 1, that two texts have in common in order."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415  18 ms, needed only when a note is gone

    return ratio(old, new) / 100


def _order(text: Text) -> tuple[str, str, str, str]:
    return text.id, text.hash, text.question, text.answer
