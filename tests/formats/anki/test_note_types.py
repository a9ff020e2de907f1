"""Our note types in Anki: what may never change, and what a change must tell."""

import re
from hashlib import sha256

import pytest

from quizapp.decks.note import Kind
from quizapp.formats.anki.note_types import CHANGED, COMMON, NOTE_TYPES, STYLE, model
from tests.formats.anki.ours import in_anki, samples, take

FROZEN = {
    Kind.BASIC: (1786243907151, ("Question", "Answer"), ("Question",)),
    Kind.TERM: (1786243907152, ("Term", "Meaning"), ("Term", "Meaning")),
    Kind.CLOZE: (1786243907153, ("Text",), ("Cloze",)),
    Kind.CHOICES: (1786243907154, ("Question", "Choices"), ("Choices",)),
    Kind.TYPED: (1786243907155, ("Question", "Answer", "Accepted"), ("Typed",)),
    Kind.STEPS: (1786243907156, ("Question", "Steps"), ("Step",)),
}
LOOKS = (1_795_651_200, "0066a9501b34a35b")  # CHANGED, and a digest of what it was last raised for


def test_ids_fields_and_templates_are_those_of_version_1():
    assert COMMON == ("Hint", "Extra", "Source", "Id", "Quizapp", "Spare1", "Spare2")
    for kind, (number, fields, templates) in FROZEN.items():
        own = NOTE_TYPES[kind]
        assert (own.id, own.name, own.fields) == (number, f"quizapp {kind}", (*fields, *COMMON))
        assert tuple(template.name for template in own.templates) == templates
        assert own.cloze == (kind in (Kind.CLOZE, Kind.STEPS))


def test_whoever_changes_templates_or_styles_raises_their_time():
    texts = [text for own in NOTE_TYPES.values() for template in own.templates for text in template]
    digest = sha256("\x1e".join((STYLE, *texts)).encode()).hexdigest()[:16]
    assert (CHANGED, digest) == LOOKS, (
        "templates or styles changed: set CHANGED in note_types.py to today, or Anki keeps the old ones; "
        f"then LOOKS here to ({CHANGED:_}, {digest!r})"
    )


def test_nothing_in_templates_and_styles_runs_or_calls_out():
    texts = [STYLE, *(text for own in NOTE_TYPES.values() for one in own.templates for text in one)]
    for text in texts:
        assert not re.search(r"<script|javascript:|\son\w+=|https?:|//|@import|url\(|:has\(", text)


def test_our_fields_stay_closed_in_the_editor_and_the_entry_is_not_searched(tmp_path):
    col = in_anki(tmp_path, samples())
    try:
        for kind, own in NOTE_TYPES.items():
            there = col.models.get(own.id)
            fields = {one["name"]: one for one in there["flds"]}
            assert there["mod"] == CHANGED
            assert there["css"] == STYLE
            assert tuple(fields) == own.fields
            assert fields["Quizapp"]["collapsed"] and fields["Quizapp"]["excludeFromSearch"]
            assert fields["Id"]["collapsed"] and not fields[own.fields[0]]["collapsed"], kind
        assert not col.find_notes('"\\"q\\":"')
    finally:
        col.close()


def test_another_style_is_taken_over_where_its_time_is_later(tmp_path, monkeypatch):
    col = in_anki(tmp_path, samples())
    try:
        made = model(Kind.BASIC)
        monkeypatch.setattr(made, "css", STYLE + "/* new */")
        monkeypatch.setattr("quizapp.formats.anki.outgoing_tables.CHANGED", CHANGED + 1)
        log = take(col, tmp_path, samples())
        assert (len(log.updated), len(log.conflicting), len(log.duplicate)) == (0, 0, len(Kind))
        assert col.models.get(NOTE_TYPES[Kind.BASIC].id)["css"].endswith("/* new */")
    finally:
        col.close()


def _luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("place", [0, 1])
def test_all_text_stands_out_from_what_is_behind_it(place):
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", STYLE.split("}")[place]))
    pairs = [
        *((text, ground) for text in ("ink", "muted", "accent") for ground in ("paper", "raised")),
        *(("ink", ground) for ground in ("sunk", "right-soft", "accent-soft")),
        *(("muted", "sunk"), ("accent", "accent-soft"), ("right", "right-soft"), ("wrong", "wrong-soft")),
        *(("paper", "right"), ("paper", "accent")),
    ]
    for text, ground in pairs:
        light, dark = sorted((_luminance(colours[text]), _luminance(colours[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)
