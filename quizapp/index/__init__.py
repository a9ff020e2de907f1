"""The SQLite cache of parsed decks and folded reviews: derived, never the truth, rebuilt at any doubt."""
