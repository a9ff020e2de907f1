"""A collection of Anki's own that takes packages in, and tells what it then has."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest


class Counts(NamedTuple):
    """How many notes Anki says it took in how; those that it left alone are its `duplicate`."""

    new: int = 0
    updated: int = 0
    duplicate: int = 0
    conflicting: int = 0


@dataclass
class AtAnki:
    """`anki.take(package)` imports; `anki.collection` is Anki's."""

    folder: Path
    collection: Collection = field(init=False)

    def __post_init__(self):
        self.folder.mkdir()
        self.collection = Collection(str(self.folder / "collection.anki2"))

    def take(self, package, *, schedule=True, presets=True):
        """Import a package; how many notes were new, updated, unchanged, conflicting."""
        options = ImportAnkiPackageOptions(with_scheduling=schedule, with_deck_configs=presets)
        request = ImportAnkiPackageRequest(package_path=str(package), options=options)
        log = self.collection.import_anki_package(request).log
        found = Counts(*(len(getattr(log, name)) for name in Counts._fields))
        assert sum(found) == log.found_notes
        return found

    def by_guid(self):
        """All notes by their guids."""
        return {
            guid: self.collection.get_note(number)
            for number, guid in self.collection.db.execute("select id, guid from notes")
        }

    def card(self, guid, place=0):
        """A card of the note with this guid."""
        sql = "select c.id from cards c join notes n on n.id = c.nid where n.guid = ? and c.ord = ?"
        return self.collection.get_card(self.collection.db.scalar(sql, guid, place))

    def new_cards(self):
        """New cards in their order, as guid and place."""
        sql = "select n.guid, c.ord from cards c join notes n on n.id = c.nid where c.type = 0 order by c.due"
        return [tuple(row) for row in self.collection.db.execute(sql)]

    def note_type(self, number):
        """A note type as Anki has it now."""
        self.collection.models._clear_cache()
        return self.collection.models.get(number)

    def rows(self, table, columns="*"):
        """The rows of a table of Anki's."""
        return [tuple(row) for row in self.collection.db.execute(f"select {columns} from {table} order by 1")]

    def due_day(self, card):
        """The study day on which a card is due."""
        today = (datetime.now().astimezone() - timedelta(hours=4)).date()
        return today + timedelta(days=card.due - self.collection.sched.today)

    def reviews(self, card):
        """The review log of a card, its oldest line first: instant, rating, interval, the last one, seconds, kind."""
        sql = "select id, ease, ivl, lastIvl, time, type from revlog where cid = ? order by id"
        return [tuple(row) for row in self.collection.db.execute(sql, card.id)]

    def answer(self, card, rating):
        """Answer a card as a learner does."""
        states = self.collection._backend.get_scheduling_states(card.id)
        card.start_timer()
        made = self.collection.sched.build_answer(card=card, states=states, rating=rating)
        self.collection.sched.answer_card(made)
