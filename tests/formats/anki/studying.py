"""A collection of the real Anki's, in which days pass as quickly as a test wants."""

import json
import random
import warnings
from contextlib import contextmanager
from datetime import datetime, timedelta

from quizapp.formats.anki.container import opened
from quizapp.memory.state import Rating

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Anki's generated modules warn when they are imported
    from anki.collection import (
        Collection,
        ExportAnkiPackageOptions,
        ImportAnkiPackageOptions,
        ImportAnkiPackageRequest,
    )
    from anki.scheduler_pb2 import CardAnswer

PARAMETERS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
_BUTTONS = dict(
    zip(Rating, (CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY), strict=True)
)


class Study:
    """One collection, with FSRS."""

    def __init__(self, folder):
        self._folder = folder
        self._exports = 0
        self._open()
        self.collection.set_config("fsrs", True)
        preset = self.collection.decks.get_config(1)
        preset["fsrsParams6"] = list(PARAMETERS)
        self.collection.decks.update_config(preset)

    def _open(self):
        self.collection = Collection(str(self._folder / "collection.anki2"))

    def add(self, kind, *fields, tags=(), deck="Default"):
        """Add a note; its id."""
        note = self.collection.new_note(self.collection.models.by_name(kind))
        note.fields = [*fields, *[""] * (len(note.fields) - len(fields))]
        note.tags = list(tags)
        self.collection.add_note(note, self.collection.decks.id(deck))
        return note.id

    def cards(self, note):
        """The ids of a note's cards."""
        return self.collection.card_ids_of_note(note)

    def press(self, card, rating):
        """Answer a card, whether it is due or not."""
        found = self.collection.get_card(card)
        found.start_timer()
        states = self.collection._backend.get_scheduling_states(card)
        answer = self.collection.sched.build_answer(card=found, states=states, rating=_BUTTONS[rating])
        self.collection.sched.answer_card(answer)

    def study(self, chance, most=100):
        """Answer what is due today."""
        for _ in range(most):
            card = self.collection.sched.getCard()
            if card is None:
                return
            self.press(card.id, chance.choices(list(Rating), (15, 10, 60, 15))[0])

    def pass_days(self, days):
        """Let all that happened be some days older."""
        seconds, db = days * 86400, self.collection.db
        db.execute("update col set crt = crt - ?", seconds)
        db.execute("update revlog set id = -(id - ?)", seconds * 1000)  # no two rows ever have one id
        db.execute("update revlog set id = -id")
        db.execute("update cards set due = due - ? where due > 1000000000", seconds)
        for card, text in db.all("select id, data from cards"):
            data = json.loads(text or "{}")
            if "lrt" in data:
                data["lrt"] -= seconds
                db.execute("update cards set data = ? where id = ?", json.dumps(data), card)
        self.collection.close()
        self._open()

    def take(self, package):
        """Import a package with its schedule."""
        options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
        request = ImportAnkiPackageRequest(package_path=str(package), options=options)
        return self.collection.import_anki_package(request).log

    def package(self):
        """A package of the collection."""
        self._exports += 1
        path = self._folder / f"{self._exports}.apkg"
        options = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, with_media=True)
        self.collection.export_anki_package(out_path=str(path), options=options, limit=None)
        return path

    @contextmanager
    def contents(self):
        """What a package of the collection holds."""
        with opened(self.package()) as contents:
            yield contents

    @property
    def zone(self):
        """The clock by which Anki counts days: the machine's, with the offset that it has now."""
        return datetime.now().astimezone().tzinfo

    @property
    def day_starts(self):
        """When Anki's days begin by that clock."""
        begins = datetime.fromtimestamp(self.collection.sched.day_cutoff, self.zone)
        return timedelta(hours=begins.hour, minutes=begins.minute)

    def day(self, number):
        """The date of one of Anki's days."""
        today = datetime.fromtimestamp(self.collection.sched.day_cutoff - 3600, self.zone) - self.day_starts
        return today.date() + timedelta(days=number - self.collection.sched.today)


def simulated(study, notes, days, seed=1):
    """Add notes and study them for some days; the ids of their cards."""
    cards = [study.cards(study.add("Basic", f"question {number}", "answer"))[0] for number in range(notes)]
    chance = random.Random(seed)
    for _ in range(days):
        study.study(chance)
        study.pass_days(1)
    return cards
