"""Markdown notes into rows: tables of questions or terms, `Q:` and `A:`, definition lists, and headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from quizapp.decks import cloze
from quizapp.decks.draft import Draft, tidied
from quizapp.decks.note import Kind
from quizapp.decks.reading import Resource
from quizapp.formats import columns, links
from quizapp.formats.blocks import Block, blocks, raw, walk
from quizapp.formats.cells import cells
from quizapp.formats.pairs import Pairs, is_marked
from quizapp.formats.rows import Field, Found, Passed, Row
from quizapp.formats.sections import Heading, Path, descend, is_telling, scope, titles, without_number

_LISTS = ("bullet_list", "ordered_list")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A table or list of links: its lines, where it stands, and why it is passed over if no cards are near."""

    start: int
    end: int
    path: Path
    resources: tuple[Resource, ...]
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class _Card:
    """A row of the notes, the lines of the block it comes from, and the headings above."""

    row: Row
    start: int
    end: int
    path: Path


@dataclass(slots=True)
class _Notes:
    """What was found so far in a text, and where in its headings we are."""

    lines: Sequence[str]
    named: Mapping[Field, str]
    path: Path = ()
    headings: list[tuple[Heading, Path, int]] = field(default_factory=list)  # the line behind it, from 0
    cards: list[_Card] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)
    reading: list[_Reading] = field(default_factory=list)
    pairs: Pairs = field(default_factory=Pairs)

    def card(self, block: Block, line: int, draft: Draft | str) -> None:
        """Note a card that begins in this line (from 0), or why there is none."""
        if isinstance(draft, str):
            self.passed.append(Passed(line + 1, draft))
        else:
            self.cards.append(_Card(Row(line + 1, draft), block.start, block.end, self.path))

    def take_pairs(self) -> None:
        """Make cards of the pairs that have ended."""
        self.pairs.close()
        for pair in self.pairs.done:
            self.card(Block("pair", pair.line, pair.end), pair.line, _asked(*pair.texts, "A:"))
        for line in self.pairs.lost:
            self.passed.append(Passed(line + 1, 'this answer has no question; write "Q:" above it'))
        self.pairs = Pairs()


def read_markdown(text: str, named: Mapping[Field, str] | None = None, *, headings: bool = False) -> Found:
    """The rows of Markdown notes. `named` is what `--columns` says; with `headings`, those are questions, too."""
    notes = _Notes(text.split("\n"), named or {})
    found = blocks(text)
    for block in found:
        _take(notes, block)
    notes.take_pairs()
    if headings:
        _ask_headings(notes)
    return _found(notes)


def _take(notes: _Notes, block: Block) -> None:
    """Find what a block holds, and those within it."""
    if block.kind == "heading":
        notes.take_pairs()
        heading = Heading(block.level, block.text, block.start + 1)
        notes.path = descend(notes.path, heading)
        notes.headings.append((heading, notes.path, block.end))
    elif block.kind == "paragraph":
        _take_paragraph(notes, block)
    elif block.kind == "table":
        notes.pairs.close()
        _take_table(notes, block)
    elif block.kind == "dl":
        notes.pairs.close()
        _take_definitions(notes, block)
    elif block.kind in (*_LISTS, "blockquote"):
        _take_container(notes, block)
    elif block.kind == "hr":
        notes.pairs.close()
    elif notes.pairs.block(raw(notes.lines, block), block.start, block.end):
        return
    elif block.kind == "html_block" and "<table" in raw(notes.lines, block).lower():
        reason = "a table in HTML is not read; write it with pipes"
        notes.passed.append(Passed(block.start + 1, reason))


def _take_paragraph(notes: _Notes, block: Block) -> None:
    if notes.pairs.paragraph(block.text, block.start, block.end):
        return
    lines = block.text.split("\n")
    if len(lines) > 1 and all(line.startswith("|") for line in lines):
        reason = "these lines are no table yet; write a line such as |---|---| below the first"
        notes.passed.append(Passed(block.start + 1, reason))
    elif any(line.startswith(": ") for line in lines[2:]):
        reason = "a definition wants its term alone in the line above; write one term a definition"
        notes.passed.append(Passed(block.start + 1, reason))


def _take_container(notes: _Notes, block: Block) -> None:
    """A list or quotation: part of an answer, a list of links, or what holds other blocks."""
    within = list(walk(block.children))
    if not any(inner.kind == "paragraph" and is_marked(inner.text) for inner in within):
        if notes.pairs.block(raw(notes.lines, block), block.start, block.end):
            return
        if block.kind in _LISTS:
            _take_links(notes, block)
    for child in block.children:
        for inner in child.children if child.kind == "list_item" else (child,):
            _take(notes, inner)


def _take_links(notes: _Notes, block: Block) -> None:
    firsts = [next((inner.text for inner in item.children if inner.text), "") for item in block.children]
    if 2 * sum(map(links.has_link, firsts)) > len(firsts):
        found = links.of_items(firsts)
        notes.reading.append(_Reading(block.start, block.end, notes.path, found))


def _take_table(notes: _Notes, block: Block) -> None:
    header = cells(block.lines[0])
    rows = [cells(line, len(header)) for line in block.lines[2:]]
    found = columns.columns(header, notes.named)
    if found is None:
        names = ", ".join(f'"{name}"' for name in header) or "no names"
        reason = f"this table ({names}) has no columns of questions and answers; --columns can name them"
        if links.is_link_table(rows):
            resources = links.of_table(header, rows)
            notes.reading.append(_Reading(block.start, block.end, notes.path, resources, reason))
        else:
            notes.passed.append(Passed(block.start + 1, reason))
        return
    for line, row in enumerate(rows, block.start + 2):
        if any(row):
            notes.card(block, line, columns.draft(found, row))


def _take_definitions(notes: _Notes, block: Block) -> None:
    terms: list[Block] = []
    meanings: list[str] = []
    for child in [*block.children, Block("dt", block.end, block.end)]:
        if child.kind == "dd":
            parts = [
                inner.text if inner.kind == "paragraph" else raw(notes.lines, inner).lstrip(": ")
                for inner in child.children
            ]
            meanings.append("\n\n".join(part for part in parts if part))
            continue
        if meanings:
            for term in terms:
                draft = Draft(columns.unmarked(term.text), ("\n".join(meanings),), Kind.TERM)
                notes.card(block, term.start, tidied(draft))
            terms, meanings = [], []
        terms.append(child)


def _ask_headings(notes: _Notes) -> None:
    """Make a card of each heading with text of its own and no other card below."""
    taken = {card.row.line - 1 for card in notes.cards}
    ends = [heading.line - 1 for heading, _, _ in notes.headings[1:]] + [len(notes.lines)]
    for (heading, path, start), end in zip(notes.headings, ends, strict=False):
        asks = heading.level > 1 or heading.title.endswith("?")
        if not asks or not is_telling(heading.title) or any(line in taken for line in range(start, end)):
            continue
        answer = "\n".join(notes.lines[start:end]).strip("\n")
        if answer.strip():
            block = Block("heading", heading.line - 1, end)
            notes.path = path[:-1]
            notes.card(block, heading.line - 1, _asked(without_number(heading.title), answer, ""))


def _asked(question: str, answer: str, mark: str) -> Draft | str:
    """The card of a question and an answer that stand by themselves."""
    is_cloze = bool(cloze.parse(question).numbers)
    if not question:
        return "there is no question here"
    if not answer and not is_cloze:
        return f'this question has no answer; begin a line below it with "{mark}"'
    kind = Kind.CLOZE if is_cloze else Kind.BASIC
    return tidied(Draft(question, () if is_cloze else (answer,), kind, extra=answer if is_cloze else ""))


def _found(notes: _Notes) -> Found:
    """All of it in order, with what should be read for each card; links that no card is near are passed over."""
    first = notes.headings[0][0] if notes.headings else None
    whole = first if first and [h.level for h, _, _ in notes.headings].count(1) == first.level == 1 else None
    used: set[_Reading] = set()
    near: dict[tuple[int, int, Path], tuple[Resource, ...]] = {}
    rows = []
    for card in sorted(notes.cards, key=lambda card: card.row.line):
        place = card.start, card.end, card.path
        if place not in near:
            nearest = _nearest(notes.reading, card)
            used.update(nearest)
            near[place] = tuple(resource for reading in nearest for resource in reading.resources)
        rows.append(replace(card.row, headings=titles(card.path, whole), read=near[place]))
    unused = [Passed(r.start + 1, r.otherwise) for r in notes.reading if r.otherwise and r not in used]
    passed = sorted((*notes.passed, *unused), key=lambda passed: passed.line)
    return Found(tuple(rows), tuple(passed), whole.title if whole else "")


def _nearest(reading: Sequence[_Reading], card: _Card) -> list[_Reading]:
    """The links nearest to a card, of those in its section; the later of two that are as near."""
    section = scope(card.path)
    near = [
        (max(one.start - card.end, card.start - one.end), -one.start, one)
        for one in reading
        if one.path[: len(section)] == section and not card.start <= one.start < card.end
    ]
    return [min(near, key=lambda found: found[:2])[2]] if near else []
