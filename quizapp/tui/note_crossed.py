"""What becomes of an edit when another program changes the same note meanwhile. Pure text, no screen."""

from collections.abc import Sequence
from dataclasses import fields, replace

from quizapp.decks.draft import Draft
from quizapp.tui.note_text import Typed


def crossed(base: Draft, there: Draft, wanted: Draft) -> list[str]:
    """What both changed, each in its own way."""
    return [
        name
        for name in Draft.__slots__
        if getattr(base, name) not in (getattr(there, name), getattr(wanted, name))
        and getattr(there, name) != getattr(wanted, name)
    ]


def rebased(typed: Typed, base: Typed, there: Typed) -> Typed:
    """The fields as they are there now, but those that the learner touched as they were typed."""
    touched = {
        field.name for field in fields(Typed) if getattr(typed, field.name) != getattr(base, field.name)
    }
    if touched & {"kind", "answer"} and there.kind is not base.kind:
        touched |= {"kind", "answer", "accept"}  # one says how to read the other
    elif "kind" in touched:
        touched |= {"answer", "accept"}
    return replace(there, **{name: getattr(typed, name) for name in touched})


def told(names: Sequence[str]) -> str:
    """What is said of it, and what to do."""
    return f"Another program changed this card's {' and '.join(names)} meanwhile. ctrl+s again writes yours over it."
