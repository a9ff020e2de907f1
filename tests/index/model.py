"""What a log means, in the plainest words there are: slow, obvious, and the measure for the index."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from quizapp.memory.state import Rating

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def standings(lines, cards, schedulers, now):
    """The memory and flags of each card: `(memory, suspended, buried until, marked)`.

    `lines` is every line of every file, `cards` maps the decks' cards to their decks.
    """
    histories = owned(counting(lines, now), set(cards))
    return {card: fold(card, histories.get(card, []), schedulers.of(deck)) for card, deck in cards.items()}


def counting(lines, now):
    """The events that count, in order."""
    found = {}
    for line in lines:
        event = json.loads(line)
        event["kind"] = event.get("event") or event["rating"]
        event["instant"] = (datetime.fromisoformat(event["at"]) - EPOCH) // timedelta(microseconds=1)
        event["line"] = line.encode()
        key = event["instant"], event["card"], event["kind"]
        if key not in found or event["line"] < found[key]["line"]:  # equal events count once
            found[key] = event
    events = sorted(found.values(), key=lambda event: (event["instant"], event["line"]))
    horizon = (now + timedelta(days=1) - EPOCH) // timedelta(microseconds=1)
    events = [event for event in events if event["instant"] <= horizon]
    undone = {
        (event["card"], (datetime.fromisoformat(event["of"]) - EPOCH) // timedelta(microseconds=1))
        for event in events
        if event["kind"] == "undo"
    }
    return [
        event
        for event in events
        if event["kind"] in ("undo", "note") or (event["card"], event["instant"]) not in undone
    ]


def owned(events, cards):
    """Card -> the events that count for it, after renames."""
    notes = {card.split(".")[0] for card in cards}
    histories, moved = {}, {}
    for event in events:
        if event["kind"] == "rename":
            old, new = event["card"], event["to"]
            for card in [card for card in histories if follows(card, old)]:
                histories.setdefault(arrived(card, old, new), []).extend(histories.pop(card))
            moved.pop(new, None)
            if old != new:
                moved[old] = new
        else:
            if event["kind"] == "note":  # a note has this id again
                moved.pop(event["card"], None)
            card, seen = event["card"], []
            while card not in seen:
                seen.append(card)
                old = card if card in moved else card.split(".")[0]
                if old in moved and old not in notes | cards:
                    card = arrived(card, old, moved[old])
            histories.setdefault(card, []).append(event)
    for history in histories.values():
        history.sort(key=lambda event: (event["instant"], event["line"]))
    return histories


def follows(card, old):
    """Whether a rename of `old` moves a card: a note's name holds for all its cards."""
    return card == old or card.split(".")[0] == old


def arrived(card, old, new):
    """Where it goes."""
    return new if card == old else new.split(".")[0] + "." + card.split(".", 1)[1]


def fold(card, events, scheduler):
    """One card's events, one after the other."""
    memory, suspended, buried, marked = None, False, 0, False
    for event in events:
        kind = event["kind"]
        if kind in (1, 2, 3, 4):
            due = day_or_time(event.get("due"))
            memory = scheduler.replay(card, memory, Rating(kind), datetime.fromisoformat(event["at"]), due)
        elif kind == "forget":
            memory = None
        elif kind == "due" and memory:
            memory = replace(memory, due=day_or_time(event["due"]))
        elif kind == "suspend":
            suspended = True
        elif kind == "resume":
            suspended, buried = False, 0
        elif kind == "bury":
            buried = date.fromisoformat(event["until"]).toordinal()
        elif kind in ("mark", "unmark"):
            marked = kind == "mark"
    return memory, suspended, buried, marked


def day_or_time(text):
    """A `due` of the log."""
    if text is None:
        return None
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
