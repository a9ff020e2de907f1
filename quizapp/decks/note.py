"""A note as the learner wrote it, and the cards it makes: pure data and the rules of card ids."""

from base64 import b32encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizapp.decks import cloze, identity


class Kind(StrEnum):
    """How a note asks."""

    BASIC = "basic"
    TERM = "term"
    CLOZE = "cloze"
    CHOICES = "choices"
    TYPED = "typed"
    STEPS = "steps"


@dataclass(frozen=True, slots=True)
class Note:
    """One entry of a deck.

    `declared` is the file's `id:`. `question` is the text of q, term or cloze as written; `answer` holds
    one text, or several (right choices, steps), or none (cloze). `source` and `tags` include the deck's.
    `added` is an ISO date or "". `line` and `column` are where the note begins, from 1. `allow` are the codes of
    complaints that this note is not to get.
    """

    kind: Kind
    declared: str | None
    question: str
    answer: tuple[str, ...]
    choices: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    hint: str = ""
    extra: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()
    added: str = ""
    line: int = 1
    column: int = 1
    allow: tuple[str, ...] = ()

    @property
    def derived(self) -> str:
        """The id that the question gives."""
        return identity.derived_id(self.question)

    @property
    def hash(self) -> str:
        """What the note says, in 40 letters: ten each of question, answer, all the rest, and question to the letter.

        Base32 of SHA-256. The first counts the question as derived ids do; id, deck, place and `allow` do not count.
        """
        answer = (self.kind.value, _joined(self.answer), _joined(self.choices), _joined(self.accept))
        rest = (self.hint, self.extra, self.source, _joined(self.tags))
        parts = (
            identity.normalised(self.question),
            "\x1f".join(answer),
            "\x1f".join(rest),
            self.question,
        )
        encoded = b32encode(b"".join(map(identity.digest, parts))).decode().lower()
        return encoded[:10] + encoded[16:26] + encoded[32:42] + encoded[48:58]


@dataclass(frozen=True, slots=True)
class Card:
    """One question with its answer, as it is studied. `note` is its note's id; texts are Markdown.

    A card that asks for a step says which, from 1, and of how many; else both are 0.
    """

    id: str
    note: str
    deck: str
    kind: Kind
    question: str
    answer: str
    tags: tuple[str, ...] = ()
    source: str = ""
    hint: str = ""
    extra: str = ""
    choices: tuple[str, ...] = ()
    added: str = ""
    file: str = ""
    line: int = 1
    step: int = 0
    steps: int = 0


def cards(note: Note, note_id: str, deck: str, file: str = "") -> tuple[Card, ...]:
    """The cards of a note, in the order in which they are learned."""
    steps = len(note.answer) if note.kind is Kind.STEPS else 0
    return tuple(
        Card(
            id=card_id,
            note=note_id,
            deck=deck,
            kind=note.kind,
            question=question,
            answer=answer,
            tags=note.tags,
            source=note.source,
            hint=note.hint,
            extra=note.extra,
            choices=note.choices,
            added=note.added,
            file=file,
            line=note.line,
            step=number if steps else 0,
            steps=steps,
        )
        for number, (card_id, (question, answer)) in enumerate(
            zip(card_ids(note, note_id), _faces(note), strict=True), 1
        )
    )


def card_ids(note: Note, note_id: str) -> tuple[str, ...]:
    """The ids of the cards that `cards` gives, in the same order, without building them."""
    if note.kind is Kind.TERM:
        return note_id, f"{note_id}.r"
    if note.kind is Kind.CLOZE:
        numbers = cloze.parse(note.question).numbers
        return tuple(note_id if number == 1 else f"{note_id}.{number}" for number in numbers)
    if note.kind is Kind.STEPS:
        return tuple(f"{note_id}.s{suffix}" for suffix in _step_suffixes(note.answer))
    return (note_id,)


def _faces(note: Note) -> Iterator[tuple[str, str]]:
    """Question and answer of each card."""
    answer = "\n".join(note.answer)
    if note.kind is Kind.TERM:
        yield note.question, answer
        yield answer, note.question
    elif note.kind is Kind.CLOZE:
        parsed = cloze.parse(note.question)
        yield from ((parsed.question(number), parsed.answer(number)) for number in parsed.numbers)
    elif note.kind is Kind.STEPS:
        shown = [note.question]
        for number, step in enumerate(note.answer, 1):
            yield "\n".join(shown), step
            shown.append(f"{number}. {step}")
    else:
        yield note.question, answer


def _step_suffixes(steps: Sequence[str]) -> list[str]:
    """Four letters for each step, from its own text.

    A repeated text counts its occurrences. If two texts have the same letters, the one that comes first
    in the alphabet keeps them; so the order of the steps changes nothing.
    """
    texts = [identity.normalised(step) for step in steps]
    suffixes = [""] * len(steps)
    taken: set[str] = set()
    for text, place in sorted((text, place) for place, text in enumerate(texts)):
        ordinal = 1
        suffix = identity.letters(text, 4)
        while suffix in taken:
            ordinal += 1
            suffix = identity.letters(f"{text}\n{ordinal}", 4)
        taken.add(suffix)
        suffixes[place] = suffix
    return suffixes


def _joined(texts: Sequence[str]) -> str:
    return "\x1e".join(texts)
