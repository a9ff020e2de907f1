"""In and out: notes in other formats become drafts of notes, and are taken into a collection."""
