"""Notes of a deck's file made to say something else: only the texts that differ are written.

Where that isn't possible the whole entry is written anew, and whatever comes out is read again (`proof`).
"""

import re
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from quizapp.decks import lists, scalars
from quizapp.decks.composing import Node
from quizapp.decks.draft import Draft, Value, draft_of
from quizapp.decks.lines import Lines, Splice, entries, is_alias, last_line, last_line_of_text, spliced
from quizapp.decks.list_of_texts import place_of_text, texts_of_list, with_lines_below
from quizapp.decks.lists import Item
from quizapp.decks.note import Note
from quizapp.decks.proof import CannotSpliceError, in_deck, is_as_meant, read
from quizapp.decks.reading import Deck

_ALIAS = re.compile(rb"\s*:\s*(\*[^\s,\]}]+)")
KEPT = ("id", "added", "allow")  # keys of an entry that are no part of what it says
_SAID = ("kind", "question", "answer", "choices", "accept", "hint", "extra", "source", "tags")


class _OddError(Exception):
    """An entry written in a way that single texts can't be changed in."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a note, as it was read, is to say from now on; with `note_id` one without an id gets this one."""

    note: Note
    draft: Draft
    note_id: str | None = None


def changed(content: bytes, changes: Sequence[Change]) -> bytes:
    """The file in which these notes say what their drafts do."""
    before = read(content)
    lines = Lines(content)
    items = find_entries(content, [change.note for change in changes])
    plans = [
        _Plan(item, change, draft_of(change.note, before.source, before.tags), before)
        for item, change in zip(items, changes, strict=True)
    ]
    plans = [plan for plan in plans if plan.keys]
    if not plans:
        return content
    for ways in ((_texts_changed, _written_anew), (_written_anew,)):
        with suppress(ValueError):
            after = spliced(content, [splice for plan in plans for splice in _first_way(ways, plan, lines)])
            if is_as_meant(before, read(after), _all_meant(before, plans)):
                return after
    if len(plans) == 1:
        raise CannotSpliceError(
            f"the card in line {plans[0].change.note.line} can't be changed without changing others;"
            " edit the file itself"
        )
    lowest_first = sorted(changes, key=lambda change: (change.note.line, change.note.column), reverse=True)
    for change in lowest_first:  # those further up stay where they are
        content = changed(content, [change])
    return content


@dataclass(frozen=True, slots=True)
class _Plan:
    """A change with its entry, and what the note says before it."""

    item: Item
    change: Change
    old: Draft
    deck: Deck

    @property
    def keys(self) -> dict[str, Value | None]:
        """The keys that differ, with what shall stand behind them; None for a key that goes."""
        before, after = self.old.fields, self.change.draft.fields
        names = [*after, *(key for key in before if key not in after)]
        found = {key: after.get(key) for key in names if before.get(key) != after.get(key)}
        if self.change.note_id and self.change.note.declared is None:
            found["id"] = self.change.note_id
        return found

    @property
    def meant(self) -> Note:
        """The note as it shall be read."""
        note = self.change.note
        said = in_deck(self.change.draft.note(), self.deck)
        texts = {name: getattr(said, name) for name in _SAID}
        return replace(note, declared=note.declared or self.change.note_id, **texts)


_Way = Callable[[_Plan, Lines], list[Splice]]


def _first_way(ways: Sequence[_Way], plan: _Plan, lines: Lines) -> list[Splice]:
    """The splices by the first of these ways that can be gone."""
    for way in ways:
        with suppress(_OddError):
            return way(plan, lines)
    raise ValueError("no way")


def _all_meant(deck: Deck, plans: Sequence[_Plan]) -> list[Note]:
    """The notes as they shall be. Of two that are one by an alias only one is meant, so that can't come out."""
    meant = {(plan.change.note.line, plan.change.note.column): plan.meant for plan in plans}
    return [meant.pop((note.line, note.column), note) for note in deck.notes]


def find_entries(content: bytes, notes: Sequence[Note]) -> list[Item]:
    """The entries of notes. CannotSpliceError for one that isn't where it was."""
    found = {
        (node.start_mark.line + shift + 1, node.start_mark.column + 1): Item(node, shift)
        for node, shift in entries(content)
    }
    try:
        return [found[note.line, note.column] for note in notes]
    except KeyError as error:
        raise CannotSpliceError("a card is not where it was; try again") from error


# --- text by text --------------------------------------------------------------------------------------------


def _texts_changed(plan: _Plan, lines: Lines) -> list[Splice]:
    item, old, new = plan.item, plan.old, plan.change.draft
    if old.kind is not new.kind:
        raise _OddError
    found: list[Splice] = []
    keys = [key.value for key, _ in item.node.value]
    for name, value in plan.keys.items():
        if name not in keys:
            if value is not None:
                found.append(_inserted(item, name, value, lines))
        elif value is None:
            found.append(_removed(item, keys.index(name), lines))
        else:
            number = keys.index(name)
            texts = _with_repeated(item.node.value[number][1], old, new) if name == "tags" else value
            found += _replaced(item, number, texts, lines)
    return found


def _with_repeated(node: Node, old: Draft, new: Draft) -> tuple[str, ...]:
    """The tags to be written: those there but for what was taken away, then the new ones.

    A tag of the deck that the card repeats is in neither draft and stays.
    """
    there = [entry.value for entry in node.value] if node.id == "sequence" else [node.value]
    gone = set(old.tags) - set(new.tags)
    return (*(tag for tag in there if tag not in gone), *(tag for tag in new.tags if tag not in there))


def _is_json(item: Item) -> bool:
    return bool(item.node.flow_style) and item.node.value[0][0].style == '"'


def _inserted(item: Item, name: str, value: Value, lines: Lines) -> Splice:
    """A key that wasn't there, after the last one."""
    node = item.node
    if not node.flow_style:
        column = node.value[0][0].start_mark.column
        first, *rest = scalars.pair(name, value, column)
        text = lines.newline.join(line.encode() for line in (" " * column + first, *rest))
        return lines.after(last_line(node, item.shift, lines), text)
    key, last = node.value[-1]
    if is_alias(key, last) or last.end_mark.index == key.end_mark.index:
        raise _OddError
    end = lines.at(last.end_mark, item.shift)
    braces = scalars.in_braces([(name, value)], json_text=_is_json(item))
    return Splice(end, end, f", {braces[1:-1]}".encode())


def _removed(item: Item, number: int, lines: Lines) -> Splice:
    """A key that goes: with its lines; the first one makes place for the second."""
    node, shift = item.node, item.shift
    key = node.value[number][0]
    start = lines.at(key.start_mark, shift)
    if len(node.value) == 1 or (node.flow_style and number == len(node.value) - 1):
        raise _OddError
    following = node.value[number + 1][0] if number + 1 < len(node.value) else None
    if following is not None and (node.flow_style or number == 0):
        return Splice(start, lines.at(following.start_mark, shift), b"")
    line = key.start_mark.line + shift
    if lines.content[lines.starts[line] : start].strip():
        raise _OddError
    return Splice(lines.starts[line], lines.end(_last_line_of(item, number, lines)), b"")


def _last_line_of(item: Item, number: int, lines: Lines) -> int:
    """The last line of one key of an entry in block style."""
    key, value = item.node.value[number]
    if is_alias(key, value):
        line: int = key.end_mark.line + item.shift
        return line
    if isinstance(value.value, list) and value.value and not value.flow_style:
        return last_line(value, item.shift, lines)
    return last_line_of_text(value, item.shift, lines)


def _replaced(item: Item, number: int, value: Value, lines: Lines) -> list[Splice]:
    """Another value behind a key."""
    key, node = item.node.value[number]
    if node.id == "sequence" and not is_alias(key, node):
        texts = (value,) if isinstance(value, str) else value
        found = texts_of_list(node, item.shift, lines, json_text=_is_json(item)).changed(texts)
        if found is None:
            raise _OddError
        return found
    if not isinstance(value, str):
        if len(value) != 1 or is_alias(key, node):
            return [_whole(item, number, value, lines)]
        (value,) = value
    return [_whole(item, number, value, lines)]


def _whole(item: Item, number: int, value: Value, lines: Lines) -> Splice:
    """Another text or list in the place of the one text behind a key."""
    key, node = item.node.value[number]
    column = item.node.value[0][0].start_mark.column
    start, stop, comment = _place(key, node, item.shift, lines)
    blank = "" if lines.content[start - 1 : start] in (b" ", b"\n", b"\r") else " "
    style = "" if is_alias(key, node) else node.style or ""
    if item.node.flow_style:
        json_text = _is_json(item)
        if isinstance(value, str):
            written = (
                value
                if key.value == "type"
                else scalars.in_one_line(value, style, brackets=True, json_text=json_text)
            )
        else:
            written = scalars.in_braces([("x", value)], json_text=json_text).partition(": ")[2][:-1]
        return Splice(start, stop, f"{blank}{written}".encode())
    first, *rest = scalars.pair(key.value, value, column, style)
    written = first.removeprefix(f"{key.value}:").removeprefix(" ")
    return with_lines_below(f"{blank if written else ''}{written}", rest, Splice(start, stop, comment), lines)


def _place(key: Node, node: Node, shift: int, lines: Lines) -> tuple[int, int, bytes]:
    """Where a text behind a key begins and ends, and the comment after its `|`."""
    if is_alias(key, node):
        match = _ALIAS.match(lines.content, lines.at(key.end_mark, shift))
        if match is None:
            raise _OddError
        return match.start(1), match.end(1), b""
    return place_of_text(node, shift, lines)


# --- the whole entry -----------------------------------------------------------------------------------------


def _written_anew(plan: _Plan, lines: Lines) -> list[Splice]:
    """The entry with all its keys; those that the drafts don't speak of come last."""
    item, old, new = plan.item, plan.old, plan.change.draft
    node = item.node
    fields = [*new.fields.items(), *other_keys(node, {*old.fields, *new.fields})]
    if "id" in plan.keys:
        fields.append(("id", str(plan.change.note_id)))
    if node.flow_style:
        start, stop = lines.at(node.start_mark, item.shift), lines.at(node.end_mark, item.shift)
        return [Splice(start, stop, scalars.in_braces(fields, json_text=_is_json(item)).encode())]
    column = node.value[0][0].start_mark.column
    dash = lists.dash_column(item, lines)
    line = lists.dash_line(item, dash, lines)
    text = lines.newline.join(part.encode() for part in scalars.in_block(fields, dash, column))
    return [Splice(lines.starts[line], lines.stops[last_line(node, item.shift, lines)], text)]


def other_keys(node: Node, said: Collection[str]) -> list[tuple[str, Value]]:
    """The keys of an entry that a draft doesn't speak of, such as its id, with their values."""
    return [
        (key.value, value.value.rstrip("\n") if value.id == "scalar" else tuple(v.value for v in value.value))
        for key, value in node.value
        if key.value in KEPT and key.value not in said
    ]
