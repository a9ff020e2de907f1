"""One deck's file into notes and problems: whatever the bytes are, something sensible comes out."""

from dataclasses import dataclass

from quizapp.decks import composing, entry, identity, values
from quizapp.decks.composing import Node
from quizapp.decks.kinds import DECK_KEYS, RESOURCE_KEYS
from quizapp.decks.note import Note
from quizapp.decks.values import Report
from quizapp.garbage import collector_paused
from quizapp.problem import Problem, Severity

AT_ONCE = 4_000_000  # bytes; longer files are read card by card, which keeps memory low
LONGEST = 64_000_000  # bytes; longer files are refused

ODD_BREAKS = (b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xa9")  # line ends for YAML, for no editor


@dataclass(frozen=True, slots=True)
class Resource:
    """Something to study before a deck."""

    title: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class Deck:
    """What a file holds. `name` is its path without the ending, `file` as shown to the learner.

    `notes` are those without an error of their own, in the file's order; `problems` are in the order of
    their places.
    """

    name: str
    file: str
    title: str
    source: str
    tags: tuple[str, ...]
    requires: tuple[str, ...]
    read: tuple[Resource, ...]
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing in the file was lost to an error."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


@dataclass(slots=True)
class _Head:
    title: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    read: tuple[Resource, ...] = ()
    cards: Node | None = None


def read_deck(content: bytes, *, name: str, file: str) -> Deck:
    """Read a deck's file. Never raises: what can't be read is a problem with its place."""
    report = Report(file)
    content = content.removeprefix(composing.BOM)
    with collector_paused():
        head, notes = _read(content, report)
        _check_repeats(notes, report)
    return Deck(
        name=name,
        file=file,
        title=head.title or name.rpartition("/")[2],
        source=head.source,
        tags=head.tags,
        requires=head.requires,
        read=head.read,
        notes=tuple(notes),
        problems=tuple(sorted(report.problems)),
    )


def _is_readable(content: bytes, report: Report) -> bool:
    """Whether a file may be a deck at all; if not, why is reported."""
    if len(content) > LONGEST:
        message = f"this file is longer than {LONGEST // 1_000_000} MB; make several decks of it"
        report.at(1, 1, "too-long", message)
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[:4].count(0) >= 2:
        message = "this file is not in UTF-8 (it looks like UTF-16); save it as UTF-8"
        report.at(1, 1, "not-utf-8", message)
    return not report.errors


def _read(content: bytes, report: Report) -> tuple[_Head, list[Note]]:
    from yaml import YAMLError  # noqa: PLC0415  20 ms, not needed when no deck is read

    if not _is_readable(content, report):
        return _Head(), []
    if len(content) > AT_ONCE or any(odd in content for odd in ODD_BREAKS):
        return _salvage(content, None, report)
    try:
        root = composing.compose(content)
    except composing.TooManyAliasesError as error:
        from quizapp.decks import salvage  # noqa: PLC0415

        salvage.report_error(error, content, report)
        return _Head(), []
    except (YAMLError, composing.TooDeepError) as error:
        return _salvage(content, error, report)
    head = _head(root, report)
    return head, _cards(head, report)


def _salvage(content: bytes, error: Exception | None, report: Report) -> tuple[_Head, list[Note]]:
    """Read head and cards apart. If nothing is found to be wrong, the error of the whole file is reported."""
    from quizapp.decks import salvage  # noqa: PLC0415  only for what isn't YAML

    text = salvage.split(content)
    if len(text.head.content.replace(b"\n", b"")) > AT_ONCE:
        message = "this file is too long to be read at once; put each card in a line of its own after a dash"
        report.at(1, 1, "too-long", message)
        return _Head(), []
    head = _head(salvage.compose(text.head, report), report)
    notes = _cards(head, report)
    for piece in text.entries:
        node = salvage.compose_entry(piece, text.indent, report)
        if node is not None:
            note = entry.read(node, head.source, head.tags, report)
            if note is not None:
                notes.append(salvage.moved(note, piece.shift))
    report.shift = 0
    if error is not None and not report.errors:
        salvage.report_error(error, content, report)
    return head, notes


def _cards(head: _Head, report: Report) -> list[Note]:
    """The notes of the list of cards."""
    node = head.cards
    if node is None or node.value == "":
        return []
    if node.id != "sequence":
        report.error(node.start_mark, "not-a-list", '"cards" wants a list; put a dash before each card')
        return []
    if not values.plain_tag(node, report):
        return []
    source, tags = head.source, head.tags
    notes = [entry.read(item, source, tags, report) for item in node.value]
    return [note for note in notes if note is not None]


def _head(root: Node | None, report: Report) -> _Head:
    """The keys of a deck; its cards are left for later."""
    head = _Head()
    if root is None or root.value == "":
        return head
    if not values.is_map(root):
        message = 'write "cards:" in a line of its own, and below it a dash before each card'
        if not values.is_text(root):
            message = 'a deck is no list; put "cards:" in a line above it'
        report.error(root.start_mark, "not-a-deck", message)
        return head
    if not values.plain_tag(root, report):
        return head
    for key, _, value in values.entries(root, DECK_KEYS, "this deck", report):
        if key == "cards":
            head.cards = value
        elif key == "read":
            head.read = _resources(value, report)
        elif key in ("title", "source"):
            setattr(head, key, values.text(value, key, report))
        else:
            setattr(head, key, values.text_or_texts(value, key, report))
    return head


def _resources(node: Node, report: Report) -> tuple[Resource, ...]:
    """What to study: the maps behind `read`."""
    if node.id != "sequence":
        if node.value:
            report.error(node.start_mark, "not-a-list", '"read" wants a list of {title: …, url: …, kind: …}')
        return ()
    found = [_resource(item, report) for item in node.value if values.plain_tag(node, report)]
    return tuple(resource for resource in found if resource is not None)


def _resource(node: Node, report: Report) -> Resource | None:
    if not values.is_map(node) or not values.plain_tag(node, report):
        message = "a resource is written as {title: …, url: …, kind: …}"
        report.error(node.start_mark, "not-a-resource", message)
        return None
    found = {
        key: values.text(value, key, report)
        for key, _, value in values.entries(node, RESOURCE_KEYS, "this resource", report)
    }
    if not found.get("title") and not found.get("url"):
        message = 'this resource has neither "title:" nor "url:"; add them'
        report.error(node.start_mark, "not-a-resource", message)
        return None
    return Resource(found.get("title") or found["url"], found.get("url", ""), found.get("kind", ""))


def _check_repeats(notes: list[Note], report: Report) -> None:
    """Report the same id, or the same question, in two places."""
    questions: dict[str, Note] = {}
    ids: dict[str, Note] = {}
    for note in notes:
        question = identity.normalised(note.question)
        first = questions.setdefault(question, note)
        if first is not note:
            message = f"the same question stands in line {first.line}; delete one, or word them apart"
            told_apart = note.declared is not None and first.declared is not None
            severity = Severity.WARNING if told_apart else Severity.ERROR
            report.at(note.line, note.column, "same-question", message, severity)
        if note.declared is not None:
            first = ids.setdefault(note.declared, note)
            if first is not note:
                message = f'the id "{note.declared}" stands in line {first.line} too; delete one of the two'
                report.at(note.line, note.column, "duplicate-id", message)
    _check_derived(notes, ids, report)


def _check_derived(notes: list[Note], ids: dict[str, Note], report: Report) -> None:
    """Report ids that are written on one note and derived from the question of another."""
    if not any(len(declared) == 13 and declared[0] == "q" for declared in ids):
        return
    for note in notes:
        other = ids.get(note.derived) if note.declared is None else None
        if other is not None:
            message = f'line {other.line} has this question\'s id "{other.declared}"; change one of the two'
            report.at(note.line, note.column, "duplicate-id", message)
