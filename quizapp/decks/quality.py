"""What makes a card hard to learn, as far as its text shows: complaints that say what to do instead.

Whether a formula can be drawn and an image is there is asked elsewhere (`study/quality.py`): a note knows
neither the ways of drawing nor the disk.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from quizapp.decks import cloze, english
from quizapp.decks.english import PLACEHOLDER
from quizapp.decks.identity import normalised
from quizapp.decks.note import Kind, Note

LONGEST_ANSWER = 60  # words
LONGEST_LIST = 5  # entries

_CLOSELY = 2000  # characters of a text whose sentences are looked at

_ASKED = (Kind.BASIC, Kind.TYPED, Kind.CHOICES, Kind.STEPS)
_TOLD = (Kind.BASIC, Kind.TERM, Kind.TYPED)

_FENCE = re.compile(r"^ *(```|~~~).*?(?:^ *\1|\Z)", re.DOTALL | re.MULTILINE)
_QUOTED = re.compile(r"(?:^ *>.*(?:\n|\Z))+", re.MULTILINE)
_INLINE = re.compile(
    r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|\$\$.+?\$\$|\$(?=\S)[^$\n]+?(?<=\S)\$(?!\d)|!\[[^\[\]]*\]\([^()]*(?:\([^()]*\)[^()]*)?\)"
    r"|\"[^\"\n]+\"|“[^“”\n]+”|„[^„“”\n]+[“”]|«[^«»\n]+»|https?://[^\s)]+",
    re.DOTALL,
)
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_SPECIAL = frozenset('`$["“„«>~/')
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)?\)")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_IMAGE = re.compile(
    r"!\[[^\[\]]*\]\(\s*(?:<([^<>\n]+)>|([^()\s<>]+(?:\([^()\s<>]*\)[^()\s<>]*)?))(?:\s+[\"'][^\"'()]*[\"'])?\s*\)"
)
_BULLET = re.compile(r"^ {0,3}(?:[-*+•]|\d{1,3}[.)])\s+\S", re.MULTILINE)
_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_LAST_SIGNS = " .:!?;,*_"


class Complaint(NamedTuple):
    """What is wrong with a card: a code of `kinds.COMPLAINTS`, and a sentence that says what to do."""

    code: str
    message: str


class Prose(NamedTuple):
    """The texts of a note as sentences: code, formulas, images and quotations are each one `▢`.

    A question that is longer than any is "", and of the answer there is `start`, too.
    """

    question: str
    answer: str

    @property
    def start(self) -> str:
        """As much of the answer as is looked at closely."""
        return self.answer[:_CLOSELY]


def complaints(note: Note) -> Iterator[Complaint]:
    """What the note's text shows to be hard to learn, but for what the note allows."""
    question = as_prose(note.question)
    prose = Prose(question if len(question) <= _CLOSELY else "", as_prose("\n".join(note.answer)))
    for code, rule in _RULES.items():
        message = rule(note, prose)
        if message and code not in note.allow:
            yield Complaint(code, message)


def as_prose(text: str) -> str:
    """The sentences of a text in Markdown, without emphasis; what is no sentence is one `▢` each."""
    if not _SPECIAL.isdisjoint(text):
        text = _FENCE.sub(f"{PLACEHOLDER}\n", text)
        text = _QUOTED.sub(f"{PLACEHOLDER}\n", text) if ">" in text else text
        text = _LINK.sub(r"\1", _INLINE.sub(PLACEHOLDER, text))
    return (_EMPHASIS.sub("", text) if "*" in text or "_" in text else text).strip()


def images(note: Note) -> Iterator[str]:
    """The paths of the images in a note's texts, but for those on the web and those in code."""
    texts = (note.question, *note.answer, *note.choices, note.hint, note.extra)
    for text in texts:
        if "](" not in text:
            continue
        for match in _IMAGE.finditer(_without_code(text)):
            path = match[1] or match[2]
            if not _REMOTE.match(path):
                yield path


def _without_code(text: str) -> str:
    return _CODE.sub("", _FENCE.sub("", text)) if "`" in text or "~~~" in text else text


# --- the rules: a message, or "" --------------------------------------------------------------------------


def _two_facts(note: Note, prose: Prose) -> str:
    if note.kind in _ASKED and english.asks_two_things(prose.question):
        return "this question asks two things; make two cards of it"
    if note.kind is Kind.BASIC and english.holds_two_facts(prose.question, prose.start):
        return 'this answer holds two facts; make two cards, write "steps:", or move one to "extra:"'
    return ""


def _repeats_question(note: Note, prose: Prose) -> str:
    if note.kind is Kind.TERM:
        return _names_term(note.question, prose.answer)
    if note.kind not in (Kind.BASIC, Kind.TYPED):
        return ""
    question, answer = (normalised(text).strip(_LAST_SIGNS) for text in (prose.question, prose.start))
    if question == answer and normalised(note.question) == normalised("".join(note.answer)):
        return "this answer is the question again; write what is to be known"
    again = len(question.split()) >= 3 and answer.startswith(question)
    if again or english.begins_with_question(prose.question, prose.start):
        return "this answer begins with the question again; write only what comes after that"
    return ""


def _names_term(term: str, meaning: str) -> str:
    """A meaning that names its term gives away the answer of the card from meaning to term."""
    bare = as_prose(term).strip(_LAST_SIGNS)
    if len(bare) < 3 or PLACEHOLDER in bare:
        return ""
    if bare.casefold() not in meaning.casefold():
        return ""
    exactly = len(bare) < 4 or bare.isupper()
    pattern = rf"(?<![\w-]){re.escape(bare)}(?![\w-])"
    if not re.search(pattern, meaning, 0 if exactly else re.IGNORECASE):
        return ""
    return "this meaning names its term, which gives the reverse card away; say it in other words"


def _no_subject(note: Note, prose: Prose) -> str:
    if note.kind in _ASKED:
        word = english.lacks_subject(prose.question, chooses=note.kind is Kind.CHOICES)
    elif note.kind is Kind.CLOZE:
        word = english.starts_without_subject("".join(cloze.parse(prose.question).pieces))
    else:
        word = ""
    what = "nobody knows what that was when the card comes alone: name it"
    return f'this asks about "{word.lower()}"; {what}' if word else ""


def _long_answer(note: Note, prose: Prose) -> str:
    texts = note.answer if note.kind is Kind.STEPS else ("\n".join(note.answer),)
    if note.kind is Kind.CHOICES or max(map(len, texts), default=0) < 2 * LONGEST_ANSWER:
        return ""
    whole = (as_prose(text) for text in texts) if note.kind is Kind.STEPS else (prose.answer,)
    count = max(_count_words(text) for text in whole)
    if count <= LONGEST_ANSWER:
        return ""
    what = "this step has" if note.kind is Kind.STEPS else "this answer has"
    return f'{what} {count} words, more than one learns at once; make several cards, or move the rest to "extra:"'


def _count_words(text: str) -> int:
    words = text.split()
    if len(words) <= LONGEST_ANSWER:
        return len(words)
    return sum(any(sign.isalnum() for sign in word) for word in words)


def _yes_no(note: Note, prose: Prose) -> str:
    if note.kind in (Kind.BASIC, Kind.TYPED, Kind.CHOICES) and english.is_yes_no(prose.question, prose.start):
        return "yes or no is half guessed; ask what, which, when or why instead"
    return ""


def _long_list(note: Note, prose: Prose) -> str:
    if note.kind is Kind.CHOICES:
        count = len(note.answer)
    elif note.kind in _TOLD:
        bullets = len(_BULLET.findall(prose.answer)) if "\n" in prose.answer else 0
        count = bullets or english.series(prose.question, prose.start)
    else:
        return ""
    if count <= LONGEST_LIST:
        return ""
    instead = 'make several cards, or write "steps:"'
    return f"this answer is a list of {count}; more than {LONGEST_LIST} are hard to keep: {instead}"


_RULES: dict[str, Callable[[Note, Prose], str]] = {
    "two-facts": _two_facts,
    "repeats-question": _repeats_question,
    "no-subject": _no_subject,
    "long-answer": _long_answer,
    "yes-no": _yes_no,
    "long-list": _long_list,
}
