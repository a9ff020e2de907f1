"""Our note types in Anki, one for each kind of note.

Their ids, fields and templates' names are frozen: Anki calls all notes of a type that gets another field or template
conflicting, and drops what was edited. What is new goes into a spare field. Templates' texts and the style may change,
and are taken over by Anki where `CHANGED` is later than what it has.
"""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from quizapp.decks.note import Kind
from quizapp.formats.anki.contents import NoteType, Template
from quizapp.formats.anki.styles import STYLES
from quizapp.markup.code import CODE_STYLES

if TYPE_CHECKING:
    import genanki

CHANGED = 1_795_651_200  # seconds of Unix time (2026-11-26): when templates or styles were last changed

HINT, EXTRA, SOURCE, ID, ENTRY = "Hint", "Extra", "Source", "Id", "Quizapp"
COMMON = (HINT, EXTRA, SOURCE, ID, ENTRY, "Spare1", "Spare2")  # the fields at the end of each type
STYLE = STYLES + CODE_STYLES

_CLOSED = frozenset((ID, ENTRY, "Spare1", "Spare2"))  # fields that Anki's editor shows on request only

_DECK = '<div class="deck">{{Subdeck}}</div>\n'
_ASKED = '<div class="question" dir="auto">{{%s}}</div>\n'
_RULE = '<hr id="answer">\n'
_TOLD = '<div class="answer" dir="auto">{{%s}}</div>\n'
_HINT = """\
{{#Hint}}<details class="hint"><summary>Hint</summary><div dir="auto">{{Hint}}</div></details>{{/Hint}}
"""
_AFTER = """\
{{#Extra}}<div class="extra" dir="auto">{{Extra}}</div>{{/Extra}}
<div class="foot">
{{#Source}}<div class="source">{{Source}}</div>{{/Source}}
{{#Tags}}<div class="tags">{{Tags}}</div>{{/Tags}}
</div>
"""
_ACCEPTED = """\
{{#Accepted}}<div class="label">Also right</div>
<div class="accepted" dir="auto">{{Accepted}}</div>{{/Accepted}}
"""


def _template(name: str, front: str, back: str, needs: str = "") -> Template:
    """A template. `needs` is the field without which it makes no card; a cloze makes its cards otherwise."""

    def side(which: str, inner: str) -> str:
        sheet = f'<div class="sheet {which}">\n{_DECK}{inner}</div>'
        return f"{{{{#{needs}}}}}\n{sheet}\n{{{{/{needs}}}}}" if needs else sheet

    return Template(name, side("front", front + _HINT), side("back", back + _AFTER))


def _asks(name: str, asked: str, told: str) -> Template:
    """A template that asks with one field and answers with another."""
    question = _ASKED % asked
    return _template(name, question, question + _RULE + _TOLD % told, asked)


def _typed() -> Template:
    question = _ASKED % "Question"
    typing = '<div class="typed">{{type:Answer}}</div>\n'
    return _template("Typed", question + typing, question + _RULE + typing + _ACCEPTED, "Question")


def _choices() -> Template:
    question = _ASKED % "Question"
    front, back = (f'<div class="answer"{place}>{{{{Choices}}}}</div>\n' for place in ("", ' id="answer"'))
    return _template("Choices", question + front, question + back, "Question")


def _cloze() -> Template:
    front, back = (
        f'<div class="text"{place} dir="auto">{{{{cloze:Text}}}}</div>\n' for place in ("", ' id="answer"')
    )
    return _template("Cloze", front, back)


def _steps() -> Template:
    question = _ASKED % "Question"
    front, back = (f'<div class="steps"{place}>{{{{cloze:Steps}}}}</div>\n' for place in ("", ' id="answer"'))
    return _template("Step", question + front, question + back)


def _note_type(number: int, kind: Kind, fields: tuple[str, ...], *templates: Template) -> NoteType:
    is_cloze = kind in (Kind.CLOZE, Kind.STEPS)
    return NoteType(number, f"quizapp {kind}", (*fields, *COMMON), templates, is_cloze)


NOTE_TYPES: Mapping[Kind, NoteType] = {
    Kind.BASIC: _note_type(
        1786243907151,
        Kind.BASIC,
        ("Question", "Answer"),
        _asks("Question", "Question", "Answer"),
    ),
    Kind.TERM: _note_type(
        1786243907152,
        Kind.TERM,
        ("Term", "Meaning"),
        _asks("Term", "Term", "Meaning"),
        _asks("Meaning", "Meaning", "Term"),
    ),
    Kind.CLOZE: _note_type(1786243907153, Kind.CLOZE, ("Text",), _cloze()),
    Kind.CHOICES: _note_type(1786243907154, Kind.CHOICES, ("Question", "Choices"), _choices()),
    Kind.TYPED: _note_type(1786243907155, Kind.TYPED, ("Question", "Answer", "Accepted"), _typed()),
    Kind.STEPS: _note_type(1786243907156, Kind.STEPS, ("Question", "Steps"), _steps()),
}  # the first field is the one that Anki sorts by


def visible_names(kind: Kind) -> tuple[str, ...]:
    """The names of the fields that a learner sees."""
    fields = NOTE_TYPES[kind].fields
    return fields[: fields.index(ID)]


@cache
def model(kind: Kind) -> "genanki.Model":
    """The note type as genanki writes it; its time is to be `CHANGED`, whatever the notes'."""
    import genanki  # noqa: PLC0415  an eighth of a second, for exports only

    made = NOTE_TYPES[kind]
    return genanki.Model(
        made.id,
        made.name,
        fields=[_field(name) for name in made.fields],
        templates=[{"name": one.name, "qfmt": one.front, "afmt": one.back} for one in made.templates],
        css=STYLE,
        model_type=genanki.Model.CLOZE if made.cloze else genanki.Model.FRONT_BACK,
    )


def _field(name: str) -> dict[str, Any]:
    """A field as Anki keeps it: ours at the end are closed in the editor, and the entry is not searched."""
    return {
        "name": name,
        "font": "Arial",
        "size": 20,
        "collapsed": name in _CLOSED,
        "plainText": name in (ID, ENTRY),
        "excludeFromSearch": name == ENTRY,
        "preventDeletion": name in (ID, ENTRY),
    }
