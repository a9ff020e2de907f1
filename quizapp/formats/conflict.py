"""Fields of a card that were edited here and elsewhere: which they are, and what to say of them."""

from collections.abc import Collection, Sequence

from quizapp.decks.draft import Draft
from quizapp.markup.plain import shortened

_LONGEST = 200  # signs that are shown of what a field says elsewhere
FIELDS = {
    "question": ("question",),
    "answer": ("answer", "kind", "choices", "accept"),
    "hint": ("hint",),
    "extra": ("extra",),
    "source": ("source",),
    "tags": ("tags",),
}
PARTS = {"question": 3, "answer": 1, "hint": 2, "extra": 2, "source": 2, "tags": 2}  # of a hash, see `origin`
_QUESTION = frozenset((0, 3))


def values(draft: Draft, name: str) -> tuple[object, ...]:
    """All that a draft says in a field."""
    return tuple(getattr(draft, key) for key in FIELDS[name])


def differing(one: Draft, other: Draft) -> list[str]:
    """The fields in which two drafts differ."""
    return [name for name in FIELDS if values(one, name) != values(other, name)]


def whole_parts(numbers: Collection[int]) -> frozenset[int]:
    """These parts of a hash, with both of the question's if one is among them."""
    return frozenset(numbers) | (_QUESTION if _QUESTION.intersection(numbers) else frozenset())


def told(names: Sequence[str], here: Draft, place: str, there: Draft, where: str) -> str:
    """That these fields have changed here and elsewhere, and what they say there; "" if there are none."""
    if not names:
        return ""
    listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    said = [_said(name, here, there) for name in names]
    if len(names) > 1:
        said = [f"{name}: {text}" for name, text in zip(names, said, strict=True)]
    return (
        f"its {listed} {'has' if len(names) == 1 else 'have'} changed here and in {where}; {place} keeps yours;"
        f" {where}'s{' ' if len(names) > 1 else ': '}{', '.join(said)}"
    )


def _said(name: str, here: Draft, there: Draft) -> str:
    """What a field says there; of an answer with all that belongs to it what differs from here."""
    found = []
    for key in FIELDS[name]:
        text = getattr(there, key)
        if text != getattr(here, key) and key != "kind":
            text = text if isinstance(text, str) else "; ".join(text)
            found.append(f'"{shortened(text, _LONGEST)}"' if text else "none")
    return ", ".join(found) or "of another kind"
