"""One entry of a deck's list of cards: from YAML nodes to a note, or to what is wrong with it."""

import re
from collections.abc import Mapping
from typing import Any

from quizapp.decks import cloze, kinds, values
from quizapp.decks.composing import Node
from quizapp.decks.identity import ID, LONGEST_ID
from quizapp.decks.kinds import CARD_KEYS, COMPLAINTS, Holds, Shape
from quizapp.decks.note import Kind, Note
from quizapp.decks.values import Report

_DATE = re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]")
_GLUED = re.compile(rf"({'|'.join(CARD_KEYS)}):")
_CALLED = {
    "q": "a question",
    "a": "an answer",
    "choices": "choices",
    "steps": "steps",
    "type": "type",
    "accept": "accepted answers",
    "term": "a term",
    "means": "a meaning",
    "cloze": "a cloze text",
}
_TEXT_KEYS = frozenset(key.name for key in CARD_KEYS.values() if key.holds is Holds.TEXT)


def read(node: Node, source: str, tags: tuple[str, ...], report: Report) -> Note | None:
    """The note of one entry, with the deck's source and tags; None if there is an error (reported)."""
    if not values.is_map(node):
        report.error(node.start_mark, "not-a-card", _not_a_card(node))
        return None
    if not values.plain_tag(node, report):
        return None
    before = report.errors
    places: dict[str, Node] = {}
    found: dict[str, Any] = {}
    for key, place, value in values.entries(node, CARD_KEYS, "this card", report):
        places[key] = place
        content = values.text(value, key, report) if key in _TEXT_KEYS else _content(key, value, report)
        if content and (content.__class__ is not str or not content.isspace()):
            found[key] = content
    if report.errors > before:
        return None
    shape = kinds.shape(frozenset(places))
    if shape is None:
        report.error(node.start_mark, "empty-card", 'this card asks nothing; add "q:" and "a:"')
        return None
    _check_keys(shape, places, found, node, report)
    if report.errors == before:
        _check_content(shape, places, found, report)
    return None if report.errors > before else _note(shape, found, source, tags, node)


def _content(key: str, value: Node, report: Report) -> tuple[str, ...]:
    """What a key other than of one text holds; () if it is missing or reported."""
    holds = CARD_KEYS[key].holds
    if holds is Holds.TEXTS:
        return values.texts(value, key, report)
    if holds is Holds.TEXT_OR_TEXTS:
        return values.text_or_texts(value, key, report)
    if values.is_text(value) and value.value in ("true", "True", "TRUE"):
        return ("true",)
    message = f'"{key}" can only be "true"; write "{key}: true" or delete it'
    report.error(value.start_mark, "not-true", message)
    return ()


def _check_keys(
    shape: Shape, places: Mapping[str, Node], found: Mapping[str, Any], node: Node, report: Report
) -> None:
    """Report what the card lacks, and what doesn't belong to its kind."""
    for key in shape.needs:
        if key in found:
            continue
        missing = _CALLED[key].removeprefix("an ").removeprefix("a ")
        if key in places:
            message = f'"{key}" is empty; write the {missing} after it, in quotes if it begins with a sign'
            report.error(places[key].start_mark, "empty-text", message)
        else:
            has = next((f"{_CALLED[other]} and " for other in _CALLED if other in found), "")
            message = f'this card has {has}no {missing}; add "{key}:"'
            report.error(node.start_mark, f"no-{missing.replace(' ', '-')}", message)
    for key in kinds.strangers(shape, frozenset(places)):
        report.error(places[key].start_mark, "mixed-kinds", _stranger(key, shape))
    if shape.kind is not Kind.CHOICES and len(found.get("a", ())) > 1:
        message = '"a" wants one text here; a list is for a card with "choices", or write "steps:" instead'
        report.error(places["a"].start_mark, "not-text", message)


def _stranger(key: str, shape: Shape) -> str:
    if key == "accept":
        return '"accept" goes with "type: true"; add that, or delete it'
    by = " and ".join(f'"{name}"' for name in shape.by)
    return f'"{key}" does not go with {by}; delete one of them, or make two cards'


def _check_content(shape: Shape, places: Mapping[str, Node], found: dict[str, Any], report: Report) -> None:
    """Report texts that can't be what they are meant to be."""
    if not ID.fullmatch(found.get("id", "x")) or len(found.get("id", "")) > LONGEST_ID:
        letters = f'the letters a to z, digits, "-" and "_", {LONGEST_ID} at most'
        message = f"an id is made of {letters}; write another, or delete it"
        report.error(places["id"].start_mark, "bad-id", message)
    if shape.kind is Kind.CLOZE and (fault := cloze.fault(found["cloze"])):
        report.error(places["cloze"].start_mark, "bad-cloze", fault)
    if shape.kind is Kind.CHOICES:
        _check_choices(places, found, report)
    if "added" in found and not is_date(found["added"]):
        report.warning(places["added"].start_mark, "bad-date", '"added" wants a date, such as 2026-11-22')
        del found["added"]
    for code in found.get("allow", ()):
        if code not in COMPLAINTS:
            report.warning(places["allow"].start_mark, "unknown-allow", _no_complaint(code))


def is_date(text: str) -> bool:
    """Whether a text is a day as `added` wants it."""
    return _DATE.fullmatch(text) is not None


def _no_complaint(code: str) -> str:
    import difflib  # noqa: PLC0415  only for the unlucky

    close = difflib.get_close_matches(code[:40].lower(), COMPLAINTS, 1)
    hint = f'did you mean "{close[0]}"?' if close else f"there are {', '.join(COMPLAINTS)}"
    return f'"allow" knows no "{values.shown(code)}"; {hint}'


def _check_choices(places: Mapping[str, Node], found: Mapping[str, Any], report: Report) -> None:
    choices, answers = found["choices"], found["a"]
    if len(choices) < 2:
        report.error(places["choices"].start_mark, "few-choices", "one choice is none; add another")
    for key, listed in (("choices", choices), ("a", answers)):
        for repeated in sorted({text for text in listed if listed.count(text) > 1}):
            message = f'"{values.shown(repeated)}" stands twice in "{key}"; delete one'
            report.error(places[key].start_mark, "repeated-choice", message)
    for answer in answers:
        if answer not in choices:
            message = f'"{values.shown(answer)}" is not among the choices; write it as it stands there'
            report.error(places["a"].start_mark, "answer-not-a-choice", message)


def _note(shape: Shape, found: Mapping[str, Any], source: str, tags: tuple[str, ...], node: Node) -> Note:
    kind = shape.kind
    asks = "q" if "q" in found else shape.by[0]
    if kind is Kind.TERM:
        answer = (found["means"],)
    else:
        answer = found["steps"] if kind is Kind.STEPS else found.get("a", ())
    return Note(
        kind,
        found.get("id"),
        found[asks],
        answer,
        found.get("choices", ()),
        found.get("accept", ()),
        found.get("hint", ""),
        found.get("extra", ""),
        found.get("source", source),
        tuple(dict.fromkeys((*tags, *found["tags"]))) if "tags" in found else tags,
        found.get("added", ""),
        node.start_mark.line + 1,
        node.start_mark.column + 1,
        found.get("allow", ()),
    )


def _not_a_card(node: Node) -> str:
    if not values.is_text(node):
        return 'a card is no list; write its keys, such as "q:" and "a:", after the dash'
    if not node.value:
        return "there is no card after this dash; delete it"
    if glued := _GLUED.match(node.value):
        return f'write a space after "{glued[0]}"'
    return f'"{values.shown(node.value)}" is no card; write "q:" before a question and "a:" before its answer'
