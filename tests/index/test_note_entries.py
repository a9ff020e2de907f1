"""The texts of many notes for the log: the same lines as one by one."""

from datetime import timedelta

from quizapp.collection import Collection
from quizapp.index.automatic import note_entries, note_entry
from quizapp.journal.entry import event, noted
from quizapp.memory.state import Rating

DECK = """\
cards:
  - {q: "What is „a”, and why?", a: "one\\ntwo"}
  - {q: Which is it?, choices: [x, y, z], a: [x, z]}
  - {cloze: "{{c1::One}} and {{c2::two}}."}
  - {q: And with an id?, a: it has one, id: named}
  - {term: Answered, means: and known, id: known}
  - {term: Marked, means: at that instant, id: marked}
"""


def test_many_notes_get_the_lines_that_each_would_get(make_collection, at):
    now = at("2026-11-22T09:00")
    with Collection.open(make_collection({"a.yaml": DECK}), now=now) as collection:
        collection.answer("known", Rating.GOOD, now)
        collection.mark("marked", now)
        db = collection._works.settled.db
        notes = [note for (note,) in db.execute("SELECT id FROM notes ORDER BY id")]
        found = note_entries(db, notes, now)

        assert found == [note_entry(db, note, now) for note in notes]
        assert {entry.card: entry.time - now for entry in found if entry.time != now} == {
            "known": timedelta(milliseconds=2),
            "marked": timedelta(milliseconds=1),
        }


def test_a_text_of_many_is_the_event_it_would_be_alone(at):
    text = {"hash": "a" * 40, "q": 'ä\n\u2028\x00"\\', "a": ""}
    moment = at("2026-11-22T09:00:00.123")

    assert noted(moment, "x", text) == event(moment, "x", "note", **text)


def test_an_export_of_many_notes_logs_each_once(make_collection, at, monkeypatch):
    monkeypatch.setattr("quizapp.study.keeper._MANY", 4)
    now = at("2026-11-22T09:00")
    with Collection.open(make_collection({"a.yaml": DECK}), now=now) as collection:
        for _ in range(2):
            assert len(list(collection.outgoing_notes(None, now))) == 6
        (log,) = collection.history.iterdir()

        assert len(log.read_text().splitlines()) == 6
        assert collection.problems == []
