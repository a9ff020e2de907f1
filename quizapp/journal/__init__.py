"""The log on disk: what happened, one JSON line an event, appended and never changed."""
