"""The notes of a made collection: all six kinds, and how a deck of them is written as YAML."""

import json
import random
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from prose import Prose

from quizapp.decks.note import Kind, Note, card_ids

_SHARES = {Kind.BASIC: 70, Kind.CLOZE: 9, Kind.TERM: 7, Kind.CHOICES: 6, Kind.TYPED: 5, Kind.STEPS: 3}
_KINDS, _WEIGHTS = tuple(_SHARES), tuple(_SHARES.values())
_DECKS_PER_TOPIC = 20
_BARE = frozenset(string.ascii_letters)


@dataclass(frozen=True, slots=True)
class MadeDeck:
    """One deck file: its name (a path without the ending), its notes, and the ids of all its cards."""

    name: str
    source: str
    tags: tuple[str, ...]
    notes: tuple[Note, ...]
    cards: tuple[str, ...]


def make_decks(rng: random.Random, count: int, per_deck: int, today: date) -> Iterator[MadeDeck]:
    """Decks of `per_deck` cards each until there are exactly `count` cards."""
    maker = _NoteMaker(rng, today)
    for number in range(-(-count // per_deck)):
        topic = f"topic-{number // _DECKS_PER_TOPIC + 1:02}"
        yield maker.deck(topic, number + 1, min(per_deck, count - number * per_deck))


def deck_yaml(deck: MadeDeck) -> str:
    """The text of the deck's file."""
    lines = [
        f"title: {deck.name.rpartition('/')[2].replace('-', ' ').capitalize()}",
        f"source: {deck.source}",
        f"tags: [{', '.join(deck.tags)}]",
        "cards:",
    ]
    for note in deck.notes:
        lines += _note_lines(note, deck)
    return "\n".join(lines) + "\n"


class _NoteMaker:
    def __init__(self, rng: random.Random, today: date) -> None:
        self._rng = rng
        self._today = today
        self._prose = Prose(rng)
        self._ids: set[str] = set()
        self._questions: set[str] = set()

    def deck(self, topic: str, number: int, size: int) -> MadeDeck:
        source, tags = f"https://notes.example.org/{topic}", (topic,)
        notes: list[Note] = []
        cards: list[str] = []
        while len(cards) < size:
            note = self._note(size - len(cards))
            note = replace(note, source=source, tags=tags + note.tags)
            notes.append(note)
            cards += card_ids(note, note.declared or "")
        return MadeDeck(f"{topic}/deck-{number:04}", source, tags, tuple(notes), tuple(cards))

    def _note(self, room: int) -> Note:
        """A note of any kind that makes at most `room` cards."""
        kind = self._rng.choices(_KINDS, _WEIGHTS)[0]
        if room < 4 and kind in (Kind.TERM, Kind.CLOZE, Kind.STEPS):
            kind = Kind.BASIC
        question, answer, choices, accept = self._content(kind)
        return Note(
            kind,
            self._id(),
            question,
            answer,
            choices=choices,
            accept=accept,
            hint=self._prose.phrase(2, 4) if self._rng.random() < 0.05 else "",
            extra=self._prose.sentence(8, 20) if self._rng.random() < 0.1 else "",
            tags=(self._rng.choice(self._prose.rare),) if self._rng.random() < 0.1 else (),
            added=self._day() if self._rng.random() < 0.2 else "",
        )

    def _content(self, kind: Kind) -> tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Question, answer, choices and accepted answers of a note of this kind."""
        prose, rng = self._prose, self._rng
        if kind is Kind.TERM:
            return self._unasked(self._term), (prose.sentence(6, 16),), (), ()
        if kind is Kind.CLOZE:
            return self._unasked(self._cloze), (), (), ()
        question = self._unasked(prose.question)
        if kind is Kind.CHOICES:
            choices = tuple(rng.sample(prose.rare, rng.randint(3, 5)))
            return question, (rng.choice(choices),), choices, ()
        if kind is Kind.TYPED:
            accept = (prose.phrase(1, 2),) if rng.random() < 0.5 else ()
            return question, (prose.phrase(1, 2),), (), accept
        if kind is Kind.STEPS:
            return question, tuple(prose.phrase(3, 8) for _ in range(rng.randint(3, 4))), (), ()
        return question, (prose.paragraph() if rng.random() < 0.2 else prose.sentence(4, 24),), (), ()

    def _term(self) -> str:
        return " ".join(self._rng.sample(self._prose.rare, 2)).capitalize()

    def _cloze(self) -> str:
        prose = self._prose
        gaps = [
            f"{{{{c{number}::{prose.phrase(1, 2)}}}}}" for number in range(1, self._rng.randint(1, 2) + 1)
        ]
        pieces = [f"{' '.join(prose.words(3, 7))} {gap}" for gap in gaps]
        return " ".join([self._rng.choice(prose.rare).capitalize(), *pieces, *prose.words(1, 5)]) + "."

    def _unasked(self, make: Callable[[], str]) -> str:
        """A question text that no other note has."""
        text = make()
        while text.casefold() in self._questions:
            text = make()
        self._questions.add(text.casefold())
        return text

    def _id(self) -> str:
        while True:
            letters = self._rng.choices(string.ascii_lowercase + string.digits, k=9)
            made = self._rng.choice(string.ascii_lowercase) + "".join(letters)
            if made not in self._ids:
                self._ids.add(made)
                return made

    def _day(self) -> str:
        return (self._today - timedelta(days=self._rng.randint(1, 730))).isoformat()


def _note_lines(note: Note, deck: MadeDeck) -> list[str]:
    """The note as an item of the list `cards`."""
    lines = [*_content_lines(note)]
    lines += [f"{key}: {_scalar(text)}" for key, text in (("hint", note.hint), ("extra", note.extra)) if text]
    own = note.tags[len(deck.tags) :]
    if own:
        lines.append(f"tags: [{', '.join(own)}]")
    if note.added:
        lines.append(f"added: {note.added}")
    lines.append(f"id: {note.declared}")
    return [f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])]


def _content_lines(note: Note) -> Iterator[str]:
    if note.kind is Kind.CLOZE:
        yield f"cloze: {_scalar(note.question)}"
        return
    yield f"{'term' if note.kind is Kind.TERM else 'q'}: {_scalar(note.question)}"
    if note.choices:
        yield f"choices: [{', '.join(note.choices)}]"
    if note.kind is Kind.STEPS:
        yield "steps:"
        yield from (f"  - {_scalar(step)}" for step in note.answer)
        return
    answer_key = "means" if note.kind is Kind.TERM else "a"
    if "\n" in note.answer[0]:
        yield f"{answer_key}: |"
        yield from (f"  {line}" for line in note.answer[0].split("\n"))
    else:
        yield f"{answer_key}: {_scalar(note.answer[0])}"
    if note.kind is Kind.TYPED:
        yield "type: true"
    if note.accept:
        yield f"accept: [{', '.join(note.accept)}]"


def _scalar(text: str) -> str:
    """One line of YAML: as it is where that is safe, in double quotes (YAML reads JSON's) where it isn't."""
    plain = text[0] in _BARE and ": " not in text and " #" not in text
    return text if plain else json.dumps(text)
