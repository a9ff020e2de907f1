"""What stands behind a key: texts and lists of them, each as written, and the complaints about all else."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from quizapp.decks.composing import UNUSED_ANCHOR, Mark, Node
from quizapp.decks.kinds import Key
from quizapp.problem import Problem, Severity

LONGEST = 100_000  # characters of a text, or of the texts of a list
MOST = 500  # entries of a list of texts

BACKSLASH = "a backslash in double quotes makes another character; use single quotes, or double it"

_PLAIN_TAGS = frozenset(("", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"))
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
ILLEGAL = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # for YAML
_MEANT = {
    "answer": "a",
    "answers": "a",
    "back": "a",
    "definition": "means",
    "front": "q",
    "meaning": "means",
    "note": "extra",
    "notes": "extra",
    "options": "choices",
    "question": "q",
    "text": "cloze",
}


@dataclass(slots=True)
class Report:
    """The problems found in a file. `shift` is how many lines of the file lie before the text being read."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    shift: int = 0
    errors: int = 0

    def error(self, place: Mark, code: str, message: str) -> None:
        """Note an error at a mark of PyYAML (which counts from 0)."""
        self.at(place.line + 1, place.column + 1, code, message)

    def at(
        self, line: int, column: int, code: str, message: str, severity: Severity = Severity.ERROR
    ) -> None:
        """Note an error, or what loses nothing, at a line and column that count from 1."""
        self.errors += severity is Severity.ERROR
        self.problems.append(Problem(self.file, line + self.shift, column, code, message, severity))

    def warning(self, place: Mark, code: str, message: str) -> None:
        """Note what loses nothing."""
        line = place.line + 1 + self.shift
        self.problems.append(Problem(self.file, line, place.column + 1, code, message, Severity.WARNING))


def shown(text: str) -> str:
    """The text as it fits into a message: short, in one line, and harmless for a terminal."""
    line = " ".join(text[:200].split())
    line = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in line)
    return line if len(line) <= 60 else f"{line[:59]}…"


def is_text(node: Node) -> bool:
    """Whether the node is a scalar."""
    return node.value.__class__ is str


def entries(
    node: Node, known: Mapping[str, Key], what: str, report: Report
) -> Iterator[tuple[str, Node, Node]]:
    """The known keys of a map with their own and their values' nodes; the others are reported."""
    first: dict[str, int] = {}
    for key_node, value in node.value:
        key = key_node.value
        if not is_text(key_node) or key_node.tag:
            report.error(key_node.start_mark, "unknown-key", f"{what} has keys such as {_some(known)}")
        elif key in first:
            line = first[key] + report.shift
            message = f'"{key}" stands twice in {what}, first in line {line}; delete one'
            report.error(key_node.start_mark, "duplicate-key", message)
        elif key not in known:
            report.error(key_node.start_mark, "unknown-key", unknown(key, known, what))
        else:
            first[key] = key_node.start_mark.line + 1
            yield key, key_node, value


def unknown(key: str, known: Collection[str], what: str) -> str:
    """The complaint about a key that isn't known, with what was probably meant."""
    if key == "<<":
        return 'there is no merging here; write the keys out instead of "<<"'
    import difflib  # noqa: PLC0415  only for the unlucky

    short = key[:40].lower()
    names = {
        **{name: name for name in known},
        **{name: meant for name, meant in _MEANT.items() if meant in known},
    }
    close = [names[name] for name in difflib.get_close_matches(short, names, 1)]
    hint = f'did you mean "{close[0]}"?' if close else f"{what} may have {', '.join(known)}"
    return f'unknown key "{shown(key)}"; {hint}'


def text(node: Node, name: str, report: Report) -> str:
    """The text of a node as written, without final newlines; "" if it is missing or reported."""
    if node.value.__class__ is not str or node.tag:
        return _odd_text(node, name, report)
    value: str = node.value.rstrip("\n")
    if node.style == '"' and not _escapes_fit(node, value, report):
        return ""
    if len(value) > LONGEST:
        report.error(node.start_mark, "too-long", _long(name))
        return ""
    return value


def texts(node: Node, name: str, report: Report) -> tuple[str, ...]:
    """The texts of a list; () if it is missing or reported."""
    if is_text(node):
        if node.value:
            message = f'"{name}" wants a list, such as [one, two]'
            report.error(node.start_mark, "not-a-list", message)
        return ()
    return _listed(node, name, report)


def text_or_texts(node: Node, name: str, report: Report) -> tuple[str, ...]:
    """One text, or the texts of a list; () if it is missing or reported."""
    if is_text(node):
        value = text(node, name, report)
        return (value,) if value.strip() else ()
    return _listed(node, name, report)


def _listed(node: Node, name: str, report: Report) -> tuple[str, ...]:
    if is_map(node):
        report.error(node.start_mark, "not-text", _not_a_map(node, name))
        return ()
    if not plain_tag(node, report):
        return ()
    before = report.errors
    found = []
    for item in node.value:
        value = text(item, name, report)
        if not value.strip() and report.errors == before:
            report.error(item.start_mark, "empty-text", f'"{name}" has an empty entry; delete it')
        found.append(value)
    if len(found) > MOST or sum(map(len, found)) > LONGEST:
        report.error(node.start_mark, "too-long", _long(name))
    return tuple(found) if report.errors == before else ()


def is_map(node: Node) -> bool:
    """Whether the node is a map."""
    return node.id == "mapping"


def plain_tag(node: Node, report: Report) -> bool:
    """Whether the node has no tag, or one that says what is plain anyway; another one is reported."""
    if node.tag in _PLAIN_TAGS:
        return True
    if node.tag == UNUSED_ANCHOR:
        report.error(node.start_mark, "needs-quotes", 'text that begins with "&" needs quotes')
        return False
    message = 'text that begins with "!" needs quotes' if is_text(node) else "delete it"
    report.error(node.start_mark, "tag", f"YAML takes this for a tag; {message}")
    return False


def _odd_text(node: Node, name: str, report: Report) -> str:
    """Text with a tag, or no text at all."""
    if not plain_tag(node, report):
        return ""
    if is_text(node):
        return str(node.value).rstrip("\n")
    message = _not_a_map(node, name) if is_map(node) else _not_a_list(node, name)
    report.error(node.start_mark, "not-text", message)
    return ""


def _not_a_map(node: Node, name: str) -> str:
    if not node.flow_style:
        return f'"{name}" wants text and holds keys of its own; put the text in quotes, or after "|"'
    if node.value and is_map(node.value[0][0]) and node.value[0][0].flow_style:
        return f'the "{{{{" here is taken for a map; put the text of "{name}" in quotes'
    if node.value and node.value[0][0].start_mark.index == node.start_mark.index:
        return f'"{name}" wants text; text with ": " in it needs quotes'
    return f'"{name}" wants text; text that begins with "{{" needs quotes'


def _not_a_list(node: Node, name: str) -> str:
    if node.flow_style:
        return f'"{name}" wants one text, not a list; text that begins with "[" needs quotes'
    return f'"{name}" wants one text, not a list; begin it with "|" to write dashes within it'


def _escapes_fit(node: Node, value: str, report: Report) -> bool:
    """Whether a text in double quotes holds nothing that only a mistaken backslash brings in."""
    if not _CONTROL.search(value) and not ("$" in value and "\t" in value):
        return True
    report.error(node.start_mark, "backslash", BACKSLASH)
    return False


def _long(name: str) -> str:
    return f'"{name}" is too long; a card may hold {LONGEST:,} characters and {MOST} entries'


def _some(known: Collection[str]) -> str:
    return ", ".join(f'"{key}"' for key in list(known)[:3])
