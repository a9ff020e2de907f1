"""Decks: YAML text into notes, notes into cards, and the few edits that the app makes to the text."""
