"""The texts of a card as they come from a command line: options, standard input, the learner's editor."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypedDict, TypeVar

import click

from quizapp.decks.draft import Draft, draft_of
from quizapp.decks.note import Kind
from quizapp.errors import QuizappError, RequestError
from quizapp.external_editor import command, named

STDIN = "-"  # in the place of a text: it stands on standard input

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Texts(TypedDict):
    """The options that `text_options` gives a command."""

    question: str | None
    answer: tuple[str, ...]
    kind: str | None
    choice: tuple[str, ...]
    cloze: str | None
    accept: tuple[str, ...]
    hint: str | None
    extra: str | None
    source: str | None


def text_options(decorated: _Command) -> _Command:
    """Options for every text of a card."""
    options = (
        click.option("-q", "--question", metavar="TEXT", help="The question, or the term; - reads it from stdin."),
        click.option(
            "-a", "--answer", metavar="TEXT", multiple=True,
            help="The answer; - reads it from stdin. Several for steps, and where several choices are right.",
        ),
        click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="How the card asks."),
        click.option("--choice", metavar="TEXT", multiple=True, help="What to choose from, the right ones with it."),
        click.option("--cloze", metavar="TEXT", help="A text with gaps, such as 'A {{c1::tensor}} has a shape.'"),
        click.option("--accept", metavar="TEXT", multiple=True, help="Another typed answer that is right."),
        click.option("--hint", metavar="TEXT", help="Shown on request before the answer."),
        click.option("--extra", metavar="TEXT", help="Shown after the answer, never asked."),
        click.option("--source", metavar="TEXT", help="Where it comes from."),
    )  # fmt: skip
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


def tags_in(given: Sequence[str]) -> list[str]:
    """The tags of an option, which may be given several times and with commas."""
    return [tag.strip() for text in given for tag in text.split(",") if tag.strip()]


def is_any(texts: Texts) -> bool:
    """Whether any text was given."""
    return any(value not in (None, ()) for value in texts.values())


def with_texts(draft: Draft, texts: Texts) -> Draft:
    """The draft with what was given."""
    given: dict[str, Any] = {
        "question": _whole(texts["question"] if texts["cloze"] is None else texts["cloze"]),
        "answer": tuple(_whole(text) or "" for text in texts["answer"]) or None,
        "kind": _kind(draft, texts),
        "choices": _with_right(texts) if texts["choice"] else None,
        "accept": texts["accept"] or None,
        "hint": _whole(texts["hint"]),
        "extra": _whole(texts["extra"]),
        "source": texts["source"],
    }
    _demand_fitting(given["kind"], texts)
    return replace(draft, **{name: value for name, value in given.items() if value is not None})


def _demand_fitting(kind: Kind, texts: Texts) -> None:
    """RequestError for an option that no card of this kind has a place for."""
    if kind is Kind.CLOZE and texts["answer"]:
        raise RequestError("a cloze card has its answers in its gaps; give --extra for what is beside them")
    lists = (("choice", texts["choice"], Kind.CHOICES), ("accept", texts["accept"], Kind.TYPED))
    for option, given, holder in lists:
        if given and kind is not holder:
            raise RequestError(f"--{option} is for {holder.value} cards, not for {kind.value} ones")


def _kind(draft: Draft, texts: Texts) -> Kind:
    """The kind that was named, or that the options speak of."""
    if texts["kind"]:
        return Kind(texts["kind"])
    if texts["cloze"] is not None:
        return Kind.CLOZE
    if texts["choice"]:
        return Kind.CHOICES
    return Kind.TYPED if texts["accept"] else draft.kind


def _with_right(texts: Texts) -> tuple[str, ...]:
    """The choices, the right ones among them even if they were only given as answers."""
    return tuple(dict.fromkeys((*texts["choice"], *texts["answer"])))


def _whole(text: str | None) -> str | None:
    return read_stdin() if text == STDIN else text


def read_stdin() -> str:
    """All of standard input; RequestError if it isn't text."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RequestError(f"standard input is not UTF-8 (byte 0x{error.object[error.start]:02x})") from error


def drafts_in(text: str) -> list[Draft]:
    """The cards in a text: those written as `Q:` and `A:`, else its first paragraph asks and the rest answers."""
    from quizapp.formats.markdown import read_markdown  # noqa: PLC0415  only for text on standard input

    found = read_markdown(text)
    if found.rows:
        return [row.draft for row in found.rows]
    question, _, answer = text.strip().partition("\n")
    return [Draft(question.strip(), (answer.strip(),) if answer.strip() else ())]


# --- the learner's editor ------------------------------------------------------------------------------------

_TEMPLATE = """\
# A card for "{deck}", as it will stand in the deck. Save and close to add it; leave it empty to add none.
# Other kinds:  term: / means:    cloze: A {{{{c1::gap}}}}.    q: / choices: [..] / a:    q: / steps: [..]
cards:
{card}
"""


@contextmanager
def written_in_editor(draft: Draft, deck: str) -> Iterator[list[Draft]]:
    """What the learner makes of a card in the editor.

    If that, or what is done with it then, is refused, the text is kept, and the message says where.
    """
    import tempfile  # noqa: PLC0415  only for an editor

    from quizapp.decks.scalars import in_block  # noqa: PLC0415  loads PyYAML

    empty = ("q", "a") if draft.kind in (Kind.BASIC, Kind.TYPED) else ()
    fields = [*(dict.fromkeys(empty, "") | {**draft.fields}).items()]
    card = "\n".join(line.removesuffix(' ""') for line in in_block(fields, 2, 4))
    text = _TEMPLATE.format(deck=" ".join(deck.split()), card=card)
    with tempfile.NamedTemporaryFile(
        "w", suffix=".yaml", prefix="card-", delete=False, encoding="utf-8", errors="replace"
    ) as file:
        file.write(text)
    path = Path(file.name)
    edit_file(path, 4)
    try:
        yield _drafts_at(path, text)
    except QuizappError as error:
        raise RequestError(f"{error}; nothing was added, the text is kept in {path}") from error
    path.unlink(missing_ok=True)


def _drafts_at(path: Path, text: str) -> list[Draft]:
    """The cards in a file, none if it is still this text or empty."""
    from quizapp.decks.proof import read  # noqa: PLC0415  loads PyYAML

    content = path.read_bytes()
    if content == text.encode() or _is_empty(content):
        return []
    found = read(content)
    if found.problems:
        problem = found.problems[0]
        raise RequestError(f"line {problem.line}: {problem.message}")
    return [draft_of(note, "", ()) for note in found.notes]


def _is_empty(content: bytes) -> bool:
    """Whether a card was left without any text."""
    lines = [line.strip() for line in content.splitlines()]
    return all(line in (b"", b"cards:", b"- q:", b"a:") or line.startswith(b"#") for line in lines)


def edit_file(path: Path, line: int) -> None:
    """Open a file in the learner's editor and wait for it. RequestError if that can't be."""
    import subprocess  # noqa: PLC0415  as above

    editor = named(os.environ)
    try:
        subprocess.run(command(editor, path, line), check=False)  # noqa: S603  the learner's own choice, and no shell
    except OSError as error:
        raise RequestError(
            f"the editor {editor!r} can't be run ({error.strerror}); set $EDITOR to another"
        ) from error


def places(cards: Sequence[Any], root: Path) -> list[dict[str, Any]]:
    """Ids and places of cards for JSON; files are named from the collection's folder."""
    return [{"id": card.id, "file": f"{root.name}/{card.file}", "line": card.line} for card in cards]
