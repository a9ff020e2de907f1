"""The tables of the index.

Days are ordinals of the proleptic Gregorian calendar, instants are microseconds of Unix time. `out` of an
event: 0 it counts, 1 undone, 2 set aside because it lies in the future. `owner` is the card it counts for
when a rename has moved it, else NULL. `known` are the notes with events: `orphan` if no deck has them, `stale` if
their text is no longer the one last logged; `matches` say which note an orphan may have become. The words of
cards are in `texts`, by their note; the names of `tags` are folded (decks/folding.py).
"""

VERSION = 4  # raise it with any change of these tables or of what is put into them

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE decks (
  num INTEGER PRIMARY KEY, name TEXT NOT NULL, file TEXT NOT NULL UNIQUE, rank INTEGER NOT NULL,
  cards INTEGER NOT NULL,
  size INTEGER NOT NULL, mtime INTEGER NOT NULL, read_at INTEGER NOT NULL, digest TEXT NOT NULL,
  header TEXT NOT NULL, whole INTEGER NOT NULL, problems TEXT NOT NULL
) STRICT;
CREATE INDEX decks_in_order ON decks (rank);

CREATE TABLE notes (
  num INTEGER PRIMARY KEY, deck INTEGER NOT NULL, position INTEGER NOT NULL,
  claim TEXT NOT NULL, id TEXT, derived TEXT NOT NULL, hash TEXT NOT NULL,
  line INTEGER NOT NULL, col INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE texts USING fts5 (
  question, answer, tokenize = "unicode61 remove_diacritics 2", prefix = "1 2"
);
INSERT INTO texts (texts, rank) VALUES ('hashsize', 33554432);

CREATE TABLE tags (name TEXT NOT NULL, note INTEGER NOT NULL, PRIMARY KEY (name, note)) STRICT, WITHOUT ROWID;

CREATE TABLE cards (
  num INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, note INTEGER NOT NULL, deck INTEGER NOT NULL,
  place INTEGER NOT NULL, siblings INTEGER NOT NULL, added TEXT NOT NULL, fresh INTEGER NOT NULL DEFAULT 1,
  state INTEGER NOT NULL DEFAULT 0, stability REAL, difficulty REAL,
  due TEXT, due_day INTEGER, due_at INTEGER, reps INTEGER NOT NULL DEFAULT 0, lapses INTEGER NOT NULL DEFAULT 0,
  last TEXT, last_day INTEGER, step INTEGER NOT NULL DEFAULT 0, interval INTEGER NOT NULL DEFAULT 0,
  suspended INTEGER NOT NULL DEFAULT 0, buried INTEGER NOT NULL DEFAULT 0, marked INTEGER NOT NULL DEFAULT 0,
  first_day INTEGER, review_day INTEGER
) STRICT;
CREATE INDEX cards_of_deck ON cards (deck, place, note);
CREATE INDEX cards_of_note ON cards (note, deck, place);

CREATE TABLE files (
  name TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
  consumed INTEGER NOT NULL, crc INTEGER NOT NULL, lines INTEGER NOT NULL, torn TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  card TEXT NOT NULL, instant INTEGER NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, due TEXT, took REAL,
  of INTEGER, line TEXT NOT NULL, out INTEGER NOT NULL DEFAULT 0, owner TEXT,
  PRIMARY KEY (card, instant, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX events_ahead ON events (instant) WHERE out = 2;
CREATE INDEX events_owned ON events (owner) WHERE owner IS NOT NULL;
CREATE INDEX events_undoing ON events (card, of) WHERE kind = 'undo';
CREATE INDEX events_of_notes ON events (instant) WHERE kind = 'note';
CREATE INDEX events_renaming ON events (instant) WHERE kind = 'rename';

CREATE TABLE lines (
  file TEXT NOT NULL, line INTEGER NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL
) STRICT;
CREATE TABLE known (
  id TEXT PRIMARY KEY, hash TEXT, orphan INTEGER NOT NULL DEFAULT 0, stale INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX orphans ON known (id) WHERE orphan;
CREATE INDEX stale ON known (id) WHERE stale;
CREATE TABLE matches (old TEXT PRIMARY KEY, new TEXT NOT NULL, certain INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""

# Indexes are made after the bulk of a rebuild, which they would slow down.
NOTE_INDEXES = """
CREATE INDEX IF NOT EXISTS notes_of_deck ON notes (deck);
CREATE INDEX IF NOT EXISTS notes_by_claim ON notes (claim);
CREATE INDEX IF NOT EXISTS notes_unsettled ON notes (num) WHERE id IS NOT claim;
CREATE INDEX IF NOT EXISTS notes_by_id ON notes (id);
CREATE INDEX IF NOT EXISTS notes_by_question ON notes (derived);
CREATE INDEX IF NOT EXISTS tags_of_note ON tags (note);
"""

CARD_INDEXES = """
CREATE INDEX IF NOT EXISTS cards_waiting ON cards (state, due_day, deck, suspended, buried, siblings, due_at, note);
CREATE INDEX IF NOT EXISTS cards_reviewed ON cards (last_day) WHERE last_day IS NOT NULL;
CREATE INDEX IF NOT EXISTS cards_fresh ON cards (num) WHERE fresh;
"""

EVENT_INDEXES = """
CREATE INDEX IF NOT EXISTS events_by_instant ON events (instant);
"""
