"""What of a card's quality shows in English words only: in other languages these rules keep silent.

Every rule is narrow. A warning at a good card costs more than none at a bad one: whoever is warned in vain
turns the warnings off. Texts come as prose: code, formulas, images and quotations are each one `▢`.
"""
# ruff: noqa: RUF001  typeset dashes and apostrophes are meant

import re

PLACEHOLDER = "▢"

_ASKING = r"what|which|who|whom|whose|when|where|why|how"
_BE = r"is|are|was|were"
_AUXILIARY = rf"{_BE}|do|does|did|can|could|should|would|will|has|have|had|may|might|must|am"
_VERB = rf"{_BE}|has|have|had|can|could|will|does|do|did|means|consists|contains|uses|needs|gives|makes"
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _with_signs(words: str) -> frozenset[str]:
    """The words as they stand in a text that is split at its blanks: looked up quicker than searched for."""
    return frozenset(
        begin + word + end for word in words.split() for begin in ("", "(") for end in ("", *"?,.;:!)")
    )


# --- yes or no ---------------------------------------------------------------------------------------------

_CLOSED = _pattern(rf"(?:^|[.!?:;,\n]\s*|\b(?:then|so|but|and)\s+)(?:{_AUXILIARY})(?:n't|n’t)?\s[^?]*\?\s*$")
_VERDICT = _pattern(r"^(?:true or false|yes or no|right or wrong)\b|\b(?:true or false|yes or no)\s*\?\s*$")
_OPEN = _pattern(r"\b(?:or|how so|explain)\b|(?:\band|,)\s+(?:why|when|how|what|which|where|who)\b")
_YES_NO = _pattern(
    r"^\W*(?:yes|no)(?:\s*$|\s*[.,;:!)–—-]|\s+(?:because|since|as|but|it|they|the|this|that|if|only)\b)"
)
_TRUE_FALSE = _pattern(r"^\W*(?:yes|no|true|false|right|wrong)\b")


def is_yes_no(question: str, answer: str) -> bool:
    """Whether the question is one that yes or no answers, and the answer is that."""
    if not _TRUE_FALSE.match(answer):
        return False
    if _VERDICT.search(question):
        return True
    closed = _CLOSED.search(question)
    return closed is not None and not _OPEN.search(closed[0]) and bool(_YES_NO.match(answer))


# --- no subject --------------------------------------------------------------------------------------------

_REST = r"(?P<rest>[^?]*)\?*\s*$"
_IT = _pattern(
    rf"^(?:(?:{_ASKING})(?:\s+(?:often|long|much|many|far|fast))?\s+)?(?:{_AUXILIARY})\s+(?:it|they)\b{_REST}"
)
_RESOLVED = _pattern(
    r"\b(?:to|that|when|if|for|in|on|with|whether|of|about|between|while|because|from|at|by|as|than|like|until"
    r"|without|against|where|who|which|take|takes|cost|time|possible|rain|snow|so)\b|[,;:–—▢]"
)
_BARE_THIS = _pattern(
    rf"^(?:(?:{_ASKING})\s+)?(?:{_AUXILIARY})\s+(?:this|that|these|those)"
    r"(?:\s+(?:do|does|done|called|named|used|mean|work|works|return|print|happen|matter|important|useful|true|so"
    r"|necessary|needed|correct|wrong|bad|good|better|a problem|the case|for|about|good for|used for)){0,2}\s*\?*\s*$"
)
_AT_THE_END = _pattern(
    rf"^(?:{_ASKING})\s+(?:\w+\s+){{1,5}}(?:this|these)\s*\?*\s*$|^(?:who|what)\s+\w+\s+(?:it|them|that|those)\s*\?*\s*$"
)
_THINGS = (
    "function|code|example|figure|image|picture|diagram|formula|equation|table|program|snippet|case|step|paper|chapter"
    "|section|text|book|lecture|video|course|slide|statement|theorem|proof|plot|command|line|sentence|expression"
    "|result|approach|method|technique|algorithm|graph|error|page|exercise"
)
_THIS_THING = _pattern(
    rf"^(?:[\w'-]+\s+){{1,6}}?(?:this|these)\s+(?:{_THINGS})s?(?:\s+[\w'-]+){{0,4}}\s*\?*\s*$"
)
_ABOVE = _pattern(
    r"\b(?:the above(?:[-\s]mentioned)?|(?:mentioned|shown|described|given|listed) (?:above|below|before|earlier)"
    r"|the (?:previous|preceding) (?:card|question|example|section|chapter|slide|exercise|figure|formula|equation)"
    r"|the (?:last|next) (?:card|question|slide|exercise|example)"
    r"|aforementioned)\b"
)
_POINTERS = _with_signs(
    "it they them this that these those above below before earlier previous preceding last next following"
    " above-mentioned aforementioned"
)
_OF_THESE = _pattern(r"\b(?:of these|of the following|the following|of those)\b")
_SUBJECTLESS = _pattern(
    rf"^(?:it|this|that|they|these|those)\s+(?:{_BE})\s+(?:also\s+)?(?:called|known as|named|used)\b"
)
_EXPLAINED = _pattern(r"\b(?:when|if|that|to)\b")
_DEICTIC = _pattern(r"\b(?:it|they|them|this|that|these|those)\b")
_SENTENCE = re.compile(r"[.!?:]\s+\S")


def lacks_subject(question: str, *, chooses: bool) -> str:
    """The word that points at nothing the question names, "" if there is none; `chooses`: choices stand below."""
    before = question.strip()
    if _POINTERS.isdisjoint(before.casefold().split()):
        return ""
    pointing = _ABOVE.search(before)
    if pointing and not _names_something(before[: pointing.start()]):
        return pointing[0]
    if not chooses and (listed := _OF_THESE.search(before)) and _is_short_of_a_list(before, listed):
        return listed[0]
    return "" if _names_something(before) else _unexplained(before)


def _unexplained(before: str) -> str:
    """The pronoun that a question of one plain sentence asks about, as if it were known; "" if there is none."""
    it = _IT.match(before)
    if it and len(it["rest"].split()) <= 4 and not _RESOLVED.search(it["rest"]):
        return _pointer(before)
    if _BARE_THIS.match(before) or _AT_THE_END.match(before) or _THIS_THING.match(before):
        return _pointer(before)
    return ""


def starts_without_subject(statement: str) -> str:
    """The pronoun that a short statement of one sentence begins with, "" if it begins otherwise."""
    found = _SUBJECTLESS.match(statement)
    if not found or len(statement.split()) > 14 or _SENTENCE.search(statement):
        return ""
    return "" if _EXPLAINED.search(statement, found.end()) else found[0].split()[0]


def _names_something(text: str) -> bool:
    """Whether there is something a later word can point at: another sentence, a list, code or a picture."""
    return PLACEHOLDER in text or "\n" in text or bool(_SENTENCE.search(text)) or "," in text or "(" in text


def _is_short_of_a_list(text: str, listed: re.Match[str]) -> bool:
    after = text[listed.end() :]
    alone = "\n" not in text and not re.search(r"[:,(▢;–—]|\bor\b|\bthat\b", after)
    return alone and not _names_something(text[: listed.start()])


def _pointer(text: str) -> str:
    found = _DEICTIC.search(text)
    return found[0] if found else ""


# --- two facts ---------------------------------------------------------------------------------------------

_ASKS_TWICE = _pattern(
    rf"^(?!.*\b(?:difference|differ|between)\b).*?\b(?:{_ASKING})\b[^?]*?"
    rf"(?:,?\s+and\s+(?:{_ASKING})\s+(?:{_AUXILIARY})\b[^?]*\?|\?\s*(?:and\s+)?(?:{_ASKING})\b[^?]*\?"
    rf"|,?\s+and\s+(?:why|when|where|how|by whom)\s*\?)"
)
_EXPLAINS = _with_signs(
    "why how explain happens happen differ differs difference differences compare contrast relate relation versus vs"
    " distinguish distinguishes if whether effect reason argument proof prove show derive"
)
_ADDS = _pattern(
    r"(?:[.!;]\s+|,\s+and\s+)(?:also|it also|they also|he also|she also|additionally|in addition|furthermore|moreover"
    rf"|besides that|another|secondly|on top of that|(?:it|they|he|she)\s+(?:{_VERB})\s+also)\b"
    r"(?!,?\s+(?:called|known|named|spelled|spelt|written|abbreviated))"
)
_SUBORDINATE = _pattern(
    r"\b(?:when|if|because|as|since|that|where|which|whose|who|whom|unless|until|while|after|before|so|for|although"
    r"|though|whenever|such|than|how|why|what|whether|given|let|suppose)\b"
)
_SECOND_CLAUSE = re.compile(
    r"(?:;\s+|,?\s+and\s+|,\s+while\s+|,\s+whereas\s+)(?:and\s+)?"
    r"(?:[Ii]t|[Tt]hey|[Hh]e|[Ss]he|(?:[Tt]he|[Ii]ts|[Tt]heir|[Aa]n?)\s+[\w-]+(?:\s+[\w-]+)?|[A-Z▢][\w-]*)\s+"
    rf"(?:{_VERB})\b"
)
_FINITE = _pattern(rf"\s(?:{_VERB})\b")
_ENGLISH = _pattern(r"\b(?:what|which|who|when|where|is|are|the|of|does)\b")
_JOINED = re.compile(r"[.!)]\s|;| and |, wh")  # without one of them there is no second fact
_NUMBERED = re.compile(r"(?:^|\s)(?:\(?1[.)]|\(?a\))\s+\S.*?\s(?:\(?2[.)]|\(?b\))\s+\S", re.DOTALL)


def asks_two_things(question: str) -> bool:
    """Whether the question holds two questions."""
    joined = ("?" in question and " and " in question) or question.count("?") > 1
    return joined and bool(_ASKS_TWICE.search(question))


def holds_two_facts(question: str, answer: str) -> bool:
    """Whether the answer to a question for one thing says two: clauses of their own, or things counted up.

    An answer that explains (why, how, what differs) may need several clauses for one fact.
    """
    if not _JOINED.search(answer) or not _ENGLISH.search(
        question
    ):  # "also" and "a)" are found elsewhere, too
        return False
    if not _EXPLAINS.isdisjoint(question.casefold().split()):
        return False
    if ("1" in answer or "a)" in answer) and "\n" not in answer.strip() and _NUMBERED.search(answer):
        return True
    if _ADDS.search(answer):
        return True
    return any(_has_two_clauses(sentence) for sentence in re.split(r"(?<=[.!?])\s+|\n+", answer))


def _has_two_clauses(sentence: str) -> bool:
    if ";" not in sentence and " and " not in sentence and ", wh" not in sentence:
        return False
    for join in _SECOND_CLAUSE.finditer(sentence):
        first = sentence[: join.start()]
        if _FINITE.search(first) and not _SUBORDINATE.search(first):
            return True
    return False


# --- the question again --------------------------------------------------------------------------------------

_WHAT_IS = _pattern(rf"^(?:what|which|who|where|when)\s+(?P<be>{_BE})\s+(?P<what>[^?,;:]+)\?\s*$")
_INVERTED = _pattern(rf"^(?:why|when|how|where)\s+(?:{_AUXILIARY})\s+(?P<what>[^?,;:]+)\?\s*$")
_PREPOSITIONS = frozenset(("of", "in", "on", "to", "for", "between", "with", "from", "at", "by"))
_SHORT_WORDS = frozenset(
    ("the", "a", "an", "of", "in", "on", "to", "for", "and", "is", "are", "was", "were", "be")
)


def begins_with_question(question: str, answer: str) -> bool:
    """Whether the answer first says again what was asked. `A stack is a list …` may begin so, as a definition."""
    if asked := _WHAT_IS.match(question):
        return _tells_again(_words(asked["what"]), _words(answer))
    if asked := _INVERTED.match(question):
        what = [word for word in _words(asked["what"]) if word not in _SHORT_WORDS]
        begin = [word for word in _words(answer) if word not in _SHORT_WORDS][: len(what)]
        long = sum(word.isalpha() and len(word) > 2 for word in what)
        return (
            long >= 3 and len(begin) == len(what) < len(_words(answer)) and all(map(_same_stem, what, begin))
        )
    return False


def _tells_again(what: list[str], answer: list[str]) -> bool:
    """Whether an answer begins with the words of `What is …?` and a form of `be`, but not as a definition does."""
    skipped = answer[:1] in (["the"], ["a"], ["an"]) and answer[:1] != what[:1]
    begun, rest = answer[skipped : len(what) + skipped], answer[len(what) + skipped :]
    if (
        begun != what
        or rest[:1] not in (["is"], ["are"], ["was"], ["were"])
        or rest[1:2] in (["a"], ["an"], ["one"])
    ):
        return False
    narrow = what[0] == "the" or not _PREPOSITIONS.isdisjoint(what)
    return narrow and len([word for word in what if word not in _SHORT_WORDS]) >= 2


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _same_stem(one: str, other: str) -> bool:
    """Whether two words differ by an ending at most, such as that of `reduce` and `reduces`."""
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter[: max(3, len(shorter) - 1)]) and len(longer) - len(shorter) <= 3


# --- lists ---------------------------------------------------------------------------------------------------

_ASKS_LIST = _pattern(
    r"^(?:name|list|enumerate)\b|\b(?:what|which)\s+(?:are|were)\b|\b(?:what|which)\s+(?!does\b|is\b|was\b|has\b)\w{2,}s"
    r"\s+(?:are|were|do|did|does|has|have|had|can|must|should|make|make up|in|of|on|to)\b"
)
_ENTRY = re.compile(r"\s*(?:,\s*(?:and|or)\s+|;\s*(?:and\s+)?|,\s*|\s+and\s+)")


def series(question: str, answer: str) -> int:
    """How many things an answer in one sentence counts up, when the question asks for them; else 0."""
    if (
        answer.count(",") + answer.count(";") < 4
        or not _ASKS_LIST.search(question)
        or re.search(r"[.!?]\s+\S", answer.strip())
    ):
        return 0
    entries = [entry for entry in _ENTRY.split(answer.strip().rstrip(".")) if entry.strip()]
    return len(entries) if all(len(entry.split()) <= 4 for entry in entries) else 0
