"""Which columns a table of cards has, by the words of its header, and what each row makes of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from quizapp.decks import cloze
from quizapp.decks.draft import Draft, tidied
from quizapp.decks.note import Kind
from quizapp.formats.rows import Field, FormatError
from quizapp.formats.text import bare

_WORDS = {
    Field.QUESTION: "question, questions, front, prompt, q, ask, problem, card",
    Field.ANSWER: "answer, answers, back, a, solution, reply, response",
    Field.TERM: "term, terms, keyword, keywords, concept, concepts, word, words, name, vocabulary, expression,"
    " acronym, abbreviation",
    Field.EXPLANATION: "explanation, explanations, definition, definitions, meaning, meanings, description, means,"
    " translation, stands for, explained",
    Field.HINT: "hint, hints, clue",
    Field.EXTRA: "extra, extras, note, notes, comment, comments, why, remark, remarks, details, detail, example,"
    " examples, context",
    Field.SOURCE: "source, sources, link, links, url, urls, reference, references, ref, read more",
    Field.TAGS: "tags, tag, labels, label",
}
_NUMBERS = frozenset(("", "#", "no", "no.", "nr", "nr.", "number", "id", "guid"))
_ASKING = (Field.QUESTION, Field.TERM)
_ANSWERING = (Field.ANSWER, Field.EXPLANATION)
_COUNTED = ("first", "second", "third", "fourth", "fifth")


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of a table says, None for those that say nothing, and the names they have."""

    fields: tuple[Field | None, ...]
    names: tuple[str, ...]

    def named(self, field: Field) -> str:
        """How the table calls a field."""
        for found, name in zip(self.fields, self.names, strict=True):
            if found is field:
                return name
        return field.value


@cache
def _meant() -> dict[str, Field]:
    return {word.strip(): field for field, words in _WORDS.items() for word in words.split(",")}


def field_of(name: str) -> Field | None:
    """What a header's word means; None for a word that means nothing here."""
    return _meant().get(bare(name).casefold().rstrip(":?").strip())


def chosen(text: str) -> dict[Field, str]:
    """What `--columns` says: `question=Prompt,answer=2`. FormatError says how it is written."""
    found: dict[Field, str] = {}
    for part in text.split(","):
        key, sign, name = part.partition("=")
        field = next((field for field in Field if field.value == key.strip().lower()), None)
        if field is None or not sign or not name.strip():
            names = ", ".join(Field)
            message = f'"{part.strip()}" names no column; write --columns question=NAME,answer=NAME ({names})'
            raise FormatError(message)
        found[field] = name.strip()
    return found


def columns(header: Sequence[str], named: Mapping[Field, str], *, decks: bool = False) -> Columns | None:
    """The columns of a table with this header; None if it has none to ask or none to answer with.

    `named` are the names (or numbers, from 1) that `--columns` gives: where there are such columns, they go
    before what words mean. `decks` is whether a column may name the deck of its row.
    """
    fields: list[Field | None] = [None] * len(header)
    for field, name in named.items():
        place = _place(name, header)
        if place is not None:
            fields[place] = field
    for place, name in enumerate(header):
        meant = Field.DECK if decks and bare(name).casefold() == "deck" else field_of(name)
        if fields[place] is None and meant and not _is_taken(meant, fields):
            fields[place] = meant
        elif fields[place] is None and bare(name).casefold() not in _NUMBERS:
            fields[place] = Field.EXTRA
    if not _is_asking(fields):
        return None
    return Columns(tuple(fields), tuple(bare(name) for name in header))


def by_place(count: int, named: Mapping[Field, str]) -> Columns | None:
    """The columns of a table without a header: the question, the answer, and more of the answer's."""
    names = tuple(f"{_COUNTED[n]} column" if n < len(_COUNTED) else f"column {n + 1}" for n in range(count))
    if named:
        return columns(names, named)
    return Columns((Field.QUESTION, Field.ANSWER, *(Field.EXTRA for _ in range(count - 2)))[:count], names)


def missing(named: Mapping[Field, str], header: Sequence[str]) -> list[str]:
    """The names given for columns that a table does not have."""
    return [name for name in named.values() if _place(name, header) is None]


def _place(name: str, header: Sequence[str]) -> int | None:
    """Where a column of this name, or with this number, stands."""
    wanted = bare(name).casefold()
    for place, found in enumerate(header):
        if bare(found).casefold() == wanted:
            return place
    if wanted.isdecimal() and 1 <= int(wanted) <= len(header):
        return int(wanted) - 1
    return None


def _is_taken(field: Field, fields: Iterable[Field | None]) -> bool:
    """Whether another column says this already: what asks and what answers can't be two, others can."""
    if field in _ASKING:
        return any(found in _ASKING for found in fields)
    if field in _ANSWERING:
        return any(found in _ANSWERING for found in fields)
    return False


def _is_asking(fields: Sequence[Field | None]) -> bool:
    return any(field in _ASKING for field in fields) and any(field in _ANSWERING for field in fields)


def draft(table: Columns, cells: Sequence[str]) -> Draft | str:
    """What a row says, or why it makes no card. Its cells are as many as the columns at most, or it makes none."""
    if len(cells) > len(table.fields):
        count = f"{len(cells)} cells and its table {len(table.fields)} columns"
        return f"this row has {count}; write \\| for a pipe that is text"
    texts: dict[Field, list[str]] = {}
    for field, name, cell in zip(table.fields, table.names, cells, strict=False):
        if field is not None and cell.strip():
            known = field is not Field.EXTRA or field_of(name) or " column" in name
            texts.setdefault(field, []).append(cell if known else f"{name}: {cell}")
    asks, answers = ("".join(texts.get(one, [""])[0] for one in fields) for fields in (_ASKING, _ANSWERING))
    is_term = Field.TERM in table.fields
    if not asks:
        return f'this row has nothing under "{table.named(Field.TERM if is_term else Field.QUESTION)}"'
    is_cloze = bool(cloze.parse(asks).numbers) and not is_term
    if not answers and not is_cloze:
        answering = Field.ANSWER if Field.ANSWER in table.fields else Field.EXPLANATION
        return f'this row has nothing under "{table.named(answering)}"'
    more = [answers, *texts.get(Field.EXTRA, [])] if is_cloze else texts.get(Field.EXTRA, [])
    return tidied(
        Draft(
            unmarked(asks) if is_term else asks,
            () if is_cloze else (answers,),
            Kind.TERM if is_term else Kind.CLOZE if is_cloze else Kind.BASIC,
            hint=" ".join(texts.get(Field.HINT, [])),
            extra="\n\n".join(text for text in more if text),
            source=", ".join(texts.get(Field.SOURCE, [])),
            tags=tags(" ".join(texts.get(Field.TAGS, []))),
        )
    )


def deck(table: Columns, cells: Sequence[str]) -> str:
    """The deck that a row names; "" if it names none."""
    pairs = zip(table.fields, cells, strict=False)
    return next((cell for field, cell in pairs if field is Field.DECK), "")


def tags(text: str) -> tuple[str, ...]:
    """Tags as they are written in one cell: between blanks or commas; with commas, blanks join words."""
    parts = re.split(r"[,;]", text) if re.search(r"[,;]", text) else text.split()
    return tuple(dict.fromkeys(tag for part in parts if (tag := "-".join(part.split()).lstrip("#"))))


def unmarked(term: str) -> str:
    """A term without the emphasis that its whole cell has: in a table that is layout."""
    for sign in ("***", "___", "**", "__", "*", "_"):
        inner = term[len(sign) : -len(sign)]
        if (
            len(term) > 2 * len(sign)
            and term == f"{sign}{inner}{sign}"
            and sign[0] not in (inner[0], inner[-1])
        ):
            return inner if sign not in inner and inner == inner.strip() else term
    return term
