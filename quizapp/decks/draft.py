"""What a note is to say, before it is written into a deck: made by forms, commands and imports."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.decks.note import Card, Kind, Note, cards

Value = str | tuple[str, ...]

_ASKS = {Kind.TERM: "term", Kind.CLOZE: "cloze"}
_ANSWERS = {Kind.TERM: "means", Kind.STEPS: "steps"}


@dataclass(frozen=True, slots=True)
class Draft:
    """The texts of a note: those of `Note`, of `source` and `tags` only its own, not the deck's."""

    question: str
    answer: tuple[str, ...] = ()
    kind: Kind = Kind.BASIC
    choices: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    hint: str = ""
    extra: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()

    @property
    def fields(self) -> Mapping[str, Value]:
        """The keys of a deck's entry with what stands behind each, in the order in which they are written.

        A list is a tuple; `type` is "true". Empty ones are left out.
        """
        answer: Value = self.answer
        if self.kind is not Kind.STEPS and len(self.answer) < 2:
            answer = "".join(self.answer)
        found: dict[str, Value] = {
            _ASKS.get(self.kind, "q"): self.question,
            "choices": self.choices if self.kind is Kind.CHOICES else (),
            _ANSWERS.get(self.kind, "a"): answer if self.kind is not Kind.CLOZE else "",
            "type": "true" if self.kind is Kind.TYPED else "",
            "accept": self.accept if self.kind is Kind.TYPED else (),
            "hint": self.hint,
            "extra": self.extra,
            "source": self.source,
            "tags": self.tags,
        }
        return {key: value for key, value in found.items() if value}

    def note(self, note_id: str | None = None, added: str = "") -> Note:
        """The note that this becomes in a deck without source and tags."""
        return Note(
            kind=self.kind,
            declared=note_id,
            question=self.question,
            answer=() if self.kind is Kind.CLOZE else self.answer,
            choices=self.choices if self.kind is Kind.CHOICES else (),
            accept=self.accept if self.kind is Kind.TYPED else (),
            hint=self.hint,
            extra=self.extra,
            source=self.source,
            tags=self.tags,
            added=added,
        )

    def cards(self, deck: str = "") -> tuple[Card, ...]:
        """The cards that this makes, for a preview."""
        note = self.note()
        return cards(note, note.derived, deck)


def draft_of(note: Note, source: str, tags: tuple[str, ...]) -> Draft:
    """What a note says itself, in a deck with this source and these tags."""
    return Draft(
        note.question,
        note.answer,
        note.kind,
        note.choices,
        note.accept,
        note.hint,
        note.extra,
        note.source if note.source != source else "",
        tuple(tag for tag in note.tags if tag not in tags),
    )


def tidied(draft: Draft) -> Draft:
    """The draft as a deck can hold it: line ends as in Unix, no blank edges, no empty or repeated entries of lists."""

    def text(given: str) -> str:
        lines = given.replace("\r\n", "\n").replace("\r", "\n")
        for odd in "\x85\u2028\u2029":
            lines = lines.replace(odd, "\n")
        lines = lines.removeprefix("\ufeff").rstrip()
        return lines[len(lines) - len(lines.lstrip("\n")) :]

    def texts(given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(found for one in given if (found := text(one).strip())))

    answer = tuple(found for one in draft.answer if (found := text(one)).strip())
    return Draft(
        text(draft.question),
        answer,
        draft.kind,
        texts(draft.choices),
        texts(draft.accept),
        text(draft.hint),
        text(draft.extra),
        text(draft.source).strip(),
        texts(draft.tags),
    )
