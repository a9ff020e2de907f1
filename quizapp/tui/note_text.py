"""A note as it stands in the form's fields, and the draft that this means. Pure text, no screen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from quizapp.decks.draft import Draft
from quizapp.decks.note import Kind
from quizapp.markup.plain import one_line, visible

RIGHT = "* "  # before a choice that is right
_ON = "  "  # before a line that belongs to the entry above it
_KEYS = {"q": "question", "term": "question", "cloze": "question", "a": "answer", "means": "answer",
         "choices": "answer", "steps": "answer"}  # fmt: skip
_NAMED = re.compile(r'"(q|term|cloze|a|means|choices|steps|accept|hint|extra|source|tags):?"')


@dataclass(frozen=True, slots=True)
class Words:
    """What a field is called, and what stands in it while it is empty. Without a name there is no field."""

    name: str = ""
    example: str = ""


QUESTIONS: Mapping[Kind, Words] = {
    Kind.TERM: Words("term", "asked both ways"),
    Kind.CLOZE: Words("cloze", "A {{c1::rank-0}} tensor is a {{c2::scalar}}."),
}
ANSWERS: Mapping[Kind, Words] = {
    Kind.TERM: Words("means"),
    Kind.CLOZE: Words(),
    Kind.CHOICES: Words("choices", f"one a line, with “{RIGHT}” before each that is right"),
    Kind.STEPS: Words("steps", "one a line, in their order"),
    Kind.TYPED: Words("answer", "what is to be typed"),
}
QUESTION, ANSWER = Words("question"), Words("answer")
ACCEPT = Words("or also", "other answers that are right, one a line")


@dataclass(frozen=True, slots=True)
class Typed:
    """The text of each field. Choices and steps stand in `answer`, an entry a line."""

    deck: str = ""
    kind: Kind = Kind.BASIC
    question: str = ""
    answer: str = ""
    accept: str = ""
    hint: str = ""
    extra: str = ""
    tags: str = ""
    source: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is there that would be missed: deck, kind and tags are kept anyway."""
        texts = (self.question, self.answer, self.accept, self.hint, self.extra, self.source)
        return not any(text.strip() for text in texts)

    @property
    def emptied(self) -> "Typed":
        """The fields for the next note."""
        return Typed(deck=self.deck, kind=self.kind, tags=self.tags)


def draft(typed: Typed, before: tuple[Typed, Draft] | None = None) -> Draft:
    """What was typed as a draft. `before` are the fields as they were filled, and the draft they were filled from.

    A field that was not touched means what it was filled from: to the last blank.
    """
    found = _draft(typed)
    if before is None:
        return found
    filled, original = before
    same = {
        field.name for field in fields(Typed) if getattr(typed, field.name) == getattr(filled, field.name)
    }
    kept = same & {"question", "hint", "extra", "tags", "source"}
    if {"answer", "kind"} <= same:
        kept |= {"answer", "choices"}
    if {"accept", "kind"} <= same:
        kept.add("accept")
    return replace(found, **{name: getattr(original, name) for name in kept})


def _draft(typed: Typed) -> Draft:
    kind = typed.kind
    answer: tuple[str, ...] = (typed.answer,)
    choices: tuple[str, ...] = ()
    if kind is Kind.STEPS:
        answer = entries(typed.answer)
    elif kind is Kind.CHOICES:
        answer, choices = _choices(entries(typed.answer))
    elif kind is Kind.CLOZE or not typed.answer.strip():
        answer = ()
    return Draft(
        question=typed.question,
        answer=answer,
        kind=kind,
        choices=choices,
        accept=entries(typed.accept) if kind is Kind.TYPED else (),
        hint=typed.hint,
        extra=typed.extra,
        source=typed.source,
        tags=tuple(dict.fromkeys(tag for part in typed.tags.split(",") if (tag := part.strip()))),
    )


def filled(found: Draft, deck: str) -> Typed:
    """The fields for a draft, with nothing in them that could drive a terminal."""
    if found.kind is Kind.CHOICES:
        right = set(found.answer)
        answer = _lines([f"{RIGHT if choice in right else ''}{choice}" for choice in found.choices])
    else:
        answer = _lines(found.answer) if found.kind is Kind.STEPS else "\n".join(found.answer)
    return Typed(
        deck=one_line(deck),
        kind=found.kind,
        question=visible(found.question),
        answer=visible(answer),
        accept=visible(_lines(found.accept)),
        hint=one_line(found.hint),
        extra=visible(found.extra),
        tags=one_line(", ".join(found.tags)),
        source=one_line(found.source),
    )


def answer_of_choices(lines: str) -> str:
    """What is left of marked choices for a note of another kind: the right ones; all if none is marked."""
    right, _ = _choices(entries(lines))
    return _lines(right) or lines


def entries(text: str) -> tuple[str, ...]:
    """An entry a line; a line that begins with two blanks goes on with the one above it."""
    found: list[str] = []
    for line in text.split("\n"):
        if found and line.startswith(_ON):
            found[-1] += "\n" + line.removeprefix(_ON)
        elif line.strip():
            found.append(line.strip())
    return tuple(found)


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(text.replace("\n", f"\n{_ON}") for text in texts)


def _choices(lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The right choices, and all of them."""
    marked = [(line.removeprefix(RIGHT).strip(), line.startswith(RIGHT)) for line in lines]
    return tuple(text for text, right in marked if right), tuple(text for text, _ in marked)


def lacks(typed: Typed) -> str:
    """What the form itself misses, which a deck's reader would call by other names; "" for nothing."""
    if typed.kind is Kind.CHOICES and typed.answer.strip() and not _draft(typed).answer:
        return f'none of the choices is marked as right; write "{RIGHT}" before it'
    return ""


def meant(message: str, typed: Typed) -> str:
    """The field that a message is about, as far as it tells."""
    if not typed.question.strip():
        return "question"
    if named := _NAMED.search(message):
        return _KEYS.get(named[1], named[1])
    if typed.kind is Kind.CLOZE:
        return "question"
    return "answer" if not typed.answer.strip() or "choice" in message else ""
