"""Anki's packages, out and in."""
