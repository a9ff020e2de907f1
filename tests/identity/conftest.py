"""A learner who keeps notes in files and edits them by hand, with slips, and knows which note is which."""

import json
import random
import re
from dataclasses import dataclass, field, replace
from itertools import count, pairwise
from pathlib import Path

import pytest

from quizapp.decks.identity import derived_id, normalised

TEXTS = Path(__file__).parent / "notes.txt"
ASKS = {"term": "term", "cloze": "cloze"}
FILES = [
    "basics.yaml",
    "maths/algebra.yaml",
    "maths/calculus.yaml",
    "deep/layers.yaml",
    "deep/text/models.yaml",
]
PROTECTED = re.compile(r"`[^`]*`|\$[^$]*\$|\{\{c\d+::|\}\}|[^\W\d_]+\(\)")
NEIGHBOURS = {a: b for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for a, b in pairwise(row)}
OTHER_WORDS = ["kernel", "gradient", "sampler", "tokenizer", "matrix", "posterior", "scheduler", "residual"]
JUNK = ["    hint: [open", "    extra: So: it: goes", "\thint: a tab", '    hint: "never closed']


@dataclass(eq=False)
class Note:
    """A note as the learner thinks of it: `key` stays whatever is done to the text."""

    key: int
    kind: str
    question: str
    answer: list[str]
    choices: list[str] = field(default_factory=list)
    id: str | None = None
    twin: "Note | None" = None
    junk: str = ""

    @property
    def effective(self):
        return self.id or derived_id(self.question)

    def lines(self):
        fields = {ASKS.get(self.kind, "q"): self.question}
        if self.kind == "steps":
            fields["steps"] = self.answer
        elif self.kind != "cloze":
            fields["means" if self.kind == "term" else "a"] = self.answer[0]
        fields |= {"choices": self.choices} if self.choices else {}
        fields |= {"type": True} if self.kind == "typed" else {}
        written = [f"    {name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
        written[0] = "  - " + written[0].lstrip()
        return written + [f"    id: {self.id}"] * bool(self.id) + [self.junk] * bool(self.junk)


def alternatives(line):
    """The look-alikes of a line of the notes, each with its fields."""
    pattern = re.compile(r"<([^<>]*\|[^<>]*)>")
    size = max((len(found.split("|")) for found in pattern.findall(line)), default=1)
    for n in range(size):
        yield pattern.sub(lambda found, n=n: found[1].split("|")[n], line).split(" :: ")


def typo(text, rng):
    """The text with one slip of the finger in a word, code and formulas left alone."""
    safe = [
        n for n in range(len(text)) if not any(m.start() <= n < m.end() for m in PROTECTED.finditer(text))
    ]
    places = [n for n in safe if n + 1 in safe and text[n].isalpha() and text[n + 1].isalpha()]
    if not places:
        return text
    n = rng.choice(places)
    one, two = text[n], text[n + 1]
    return (
        text[:n]
        + rng.choice([two + one, one, two, one + one + two, NEIGHBOURS.get(one, "e") + two])
        + text[n + 2 :]
    )


def in_other_words(text, rng):
    """The same text, said otherwise."""
    if rng.random() < 0.5:
        return rng.choice(["In short: ", "Remember: ", "In your own words: "]) + text
    for old, new in (
        ("What is", "How would you define"),
        ("Which", "What"),
        (" does ", " would "),
        ("How ", "In what way "),
    ):
        if old in text:
            return text.replace(old, new, 1)
    return text.rstrip("?.") + rng.choice([", usually?", " in practice?", ", and why?"])


class Learner:
    """The files, and the hand that edits them. Each edit returns the note it was about, or None if it can't be done."""

    def __init__(self, root, seed):
        self.root = root
        self.rng = random.Random(seed)
        self.keys = count()
        self.decks = {file: [] for file in FILES}
        self.deleted = []
        self.spare_ids = (f"own-{n}" for n in count())
        for line in TEXTS.read_text(encoding="utf-8").splitlines():
            for kind, question, *rest in alternatives(line):
                answer, choices = (rest[:1], rest[1:]) if kind != "steps" else (rest, [])
                note = Note(next(self.keys), kind, question, answer, choices)
                note.id = next(self.spare_ids) if self.rng.random() < 0.4 else None
                self.decks[self.rng.choice(FILES)].append(note)
        self.write()

    @property
    def notes(self):
        return [note for notes in self.decks.values() for note in notes]

    @property
    def broken(self):
        """Whether some deck can't be read whole: a broken note, or two with one id in one file."""
        doubled = [
            notes for notes in self.decks.values() if any(note.twin in notes for note in notes if note.twin)
        ]
        return bool(doubled) or any(note.junk for note in self.notes)

    def write(self):
        """Put all decks on disk; what is where is in `places`."""
        self.places = {}
        for path in self.root.rglob("*.yaml"):
            if str(path.relative_to(self.root)) not in self.decks:
                path.unlink()
        for file, notes in self.decks.items():
            lines = [f"title: {Path(file).stem}", f"tags: [{Path(file).stem}]", "cards:"]
            for note in notes:
                self.places[file, len(lines) + 1] = note
                lines += note.lines()
            path = self.root / file
            path.parent.mkdir(parents=True, exist_ok=True)
            text = "\n".join(lines) + "\n"
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")

    def file_of(self, note):
        return next(file for file, notes in self.decks.items() if note in notes)

    def edit(self):
        """Do something to the files; what was done, and to which note."""
        edits = [
            (self.typo_in_question, 20), (self.typo_in_answer, 12), (self.reword_question, 14), (self.reword_answer, 8),
            (self.reorder, 4), (self.move, 8), (self.rename_file, 3), (self.rename_folder, 2), (self.strip_id, 5),
            (self.write_id, 3), (self.copy, 4), (self.settle_copy, 5), (self.delete, 4), (self.restore, 2),
            (self.add_similar, 6), (self.edit_step, 3), (self.break_note, 2), (self.mend_note, 3),
        ]  # fmt: skip
        functions, weights = zip(*edits, strict=True)
        while True:
            function = self.rng.choices(functions, weights)[0]
            note = function()
            if note is not None:
                return function.__name__, note

    # --- the edits ---------------------------------------------------------------------------------------------

    def pick(self, condition=lambda _: True):
        """A note that can be edited: not broken, and in no unsettled pair of copies."""
        twins = {note.twin for note in self.notes if note.twin}
        fit = [n for n in self.notes if not n.junk and not n.twin and n not in twins and condition(n)]
        return self.rng.choice(fit) if fit else None

    def ask(self, note, question):
        """Give a note another question, unless that is some other note's."""
        others = {normalised(other.question) for other in self.notes + self.deleted if other is not note}
        taken = derived_id(question) in {
            other.id for other in self.notes
        }  # once asked by a note that has its id written
        if not question.strip() or normalised(question) in others or taken or question == note.question:
            return None
        note.question = question
        return note

    def typo_in_question(self):
        note = self.pick()
        return self.ask(note, typo(note.question, self.rng))

    def reword_question(self):
        note = self.pick()
        return self.ask(note, in_other_words(note.question, self.rng))

    def answers(self, note, answer):
        if note is None or note.answer == [answer]:
            return None
        note.choices = [answer if choice == note.answer[0] else choice for choice in note.choices]
        note.answer = [answer]
        return note

    def typo_in_answer(self):
        note = self.pick(lambda note: note.kind not in ("cloze", "steps", "choices"))
        return self.answers(note, typo(note.answer[0], self.rng))

    def reword_answer(self):
        note = self.pick(lambda note: note.kind not in ("cloze", "steps"))
        return self.answers(note, in_other_words(note.answer[0], self.rng))

    def edit_step(self):
        note = self.pick(lambda note: note.kind == "steps")
        n = self.rng.randrange(len(note.answer)) if note else 0
        step = typo(note.answer[n], self.rng) if note else ""
        if not step.strip() or step in note.answer:
            return None
        note.answer = [*note.answer[:n], step, *note.answer[n + 1 :]]
        return note

    def reorder(self):
        notes = self.rng.choice(list(self.decks.values()))
        self.rng.shuffle(notes)
        return notes[0] if notes else None

    def move(self):
        note = self.pick()
        self.decks[self.file_of(note)].remove(note)
        notes = self.rng.choice(list(self.decks.values()))
        notes.insert(self.rng.randint(0, len(notes)), note)
        return note

    def rename_file(self):
        file = self.rng.choice([*self.decks])
        return self._renamed(
            {file: f"{Path(file).parent}/{self.rng.choice('abcdef')}{len(self.decks[file])}.yaml"}
        )

    def rename_folder(self):
        file = self.rng.choice([file for file in self.decks if "/" in file] or [""])
        folder, new = file.partition("/")[0] + "/", self.rng.choice(["x", "y", "z/w", "v"])
        return self._renamed(
            {f: f"{new}/{f.removeprefix(folder)}" for f in self.decks if file and f.startswith(folder)}
        )

    def _renamed(self, names):
        names = {old: new.removeprefix("./") for old, new in names.items()}
        if not names or set(names.values()) & set(self.decks):
            return None
        self.decks = {names.get(file, file): notes for file, notes in self.decks.items()}
        notes = self.decks[next(iter(names.values()))]
        return notes[0] if notes else None

    def strip_id(self):
        note = self.pick(lambda note: note.id is not None)
        note.id = None
        return note

    def write_id(self):
        note = self.pick(lambda note: note.id is None)
        note.id = next(self.spare_ids)
        return note

    def copy(self):
        """A note is copied with all it has, and the copy made another note."""
        note = self.pick(lambda note: note.kind not in ("choices", "steps", "cloze"))
        copied = replace(note, key=next(self.keys), twin=note if note.id else None)
        notes = self.rng.choice(list(self.decks.values()))
        notes.insert(self.rng.randint(0, len(notes)), copied)
        if self.ask(copied, self.alike(note.question)) is None:
            notes.remove(copied)
            return None
        copied.answer = [self.another_answer()]
        return copied

    def settle_copy(self):
        """A copy gets an id of its own, or none."""
        copies = [note for note in self.notes if note.twin and not note.junk]
        if not copies:
            return None
        note = self.rng.choice(copies)
        note.id = next(self.spare_ids) if self.rng.random() < 0.5 else None
        note.twin = None
        return note

    def delete(self):
        note = self.pick()
        self.decks[self.file_of(note)].remove(note)
        self.deleted.append(note)
        return note

    def restore(self):
        """A deleted note comes back, as from version control."""
        if not self.deleted:
            return None
        note = self.deleted.pop(self.rng.randrange(len(self.deleted)))
        self.rng.choice(list(self.decks.values())).append(note)
        return note

    def add_similar(self):
        like = self.pick(lambda note: note.kind in ("basic", "typed", "term"))
        note = Note(next(self.keys), like.kind, like.question, [self.another_answer()])
        if self.ask(note, self.alike(like.question)) is None:
            return None
        self.rng.choice(list(self.decks.values())).append(note)
        return note

    def break_note(self):
        note = self.pick() if not self.broken else None
        if note:
            note.junk = self.rng.choice(JUNK)
        return note

    def mend_note(self):
        broken = [note for note in self.notes if note.junk]
        for note in broken:
            note.junk = ""
        return broken[0] if broken else None

    def alike(self, question):
        """A question that looks like this one and is another."""
        pairs = (
            "rank-0 rank-3",
            "max sum",
            "increases varies",
            "row null",
            "rows columns",
            "not never",
            "is isn't",
            "5 9",
        )
        for old, new in (pair.split() for pair in self.rng.sample(pairs, len(pairs))):
            if old in question.split() and self.rng.random() < 0.7:
                return question.replace(old, new, 1)
        words = [word for word in re.findall(r"[a-zA-Z]{4,}", question) if f"`{word}" not in question]
        return question.replace(self.rng.choice(words or [question]), self.rng.choice(OTHER_WORDS), 1)

    def another_answer(self):
        one, two = self.rng.sample(OTHER_WORDS, 2)
        return self.rng.choice(
            [one, f"It takes {self.rng.randint(10, 10**6)} times the {one} of each {two}."]
        )


@pytest.fixture
def learner(tmp_path):
    """A learner with a collection of 150 notes in five files, made from a seed."""

    def make(seed):
        root = tmp_path / "cards"
        root.mkdir()
        return Learner(root, seed)

    return make
