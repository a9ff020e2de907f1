"""Adding, changing, removing and moving notes: the file says what was meant, and no other byte of it changes.

Each law is tried some hundred times, and some thousand with the long tests.
"""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from quizapp.decks import composing
from quizapp.decks.adding import added
from quizapp.decks.changing import Change, changed
from quizapp.decks.draft import Draft, draft_of, tidied
from quizapp.decks.identity import normalised
from quizapp.decks.moving import Move, moved
from quizapp.decks.note import Kind
from quizapp.decks.proof import CannotSpliceError, in_deck, placeless, read
from quizapp.decks.removing import removed
from tests.decks.generated import deck, line, text

often = pytest.mark.parametrize("examples", [10, pytest.param(3000, marks=pytest.mark.long)])

sound_deck = deck().filter(lambda content: not read(content).problems)


def holds(law, examples, *strategies):
    """Try a law on that many examples."""
    tried = settings(
        max_examples=examples, suppress_health_check=[HealthCheck.too_slow], deadline=None, database=None
    )
    tried(given(*strategies)(law))()


def drafts():
    def made(kind, question, answers, extra, tags, hint):
        texts = tuple(dict.fromkeys(answer.strip() for answer in answers))
        if kind is Kind.CLOZE:
            return Draft(f"{{{{c1::{question}}}}}", (), kind, (), (), hint, extra, "", tags)
        if kind is Kind.CHOICES:
            texts = (*texts, "something else", "and more")
            return Draft(question, texts[:1], kind, tuple(dict.fromkeys(texts)), (), hint, extra, "", tags)
        accept = texts[1:] if kind is Kind.TYPED else ()
        answer = texts if kind is Kind.STEPS else texts[:1]
        return Draft(question, answer, kind, (), accept, hint, extra, "", tags)

    return st.builds(
        made,
        st.sampled_from([Kind.BASIC, Kind.BASIC, *Kind]),
        text.map(lambda text: f"{text} new"),
        st.lists(text, min_size=1, max_size=3),
        st.one_of(st.just(""), text),
        st.lists(line, max_size=2, unique=True).map(tuple),
        st.one_of(st.just(""), line),
    ).map(tidied)


@st.composite
def edited(draw, note, deck):
    """What a note may say after an edit of one field, of several, or of all."""
    old = draft_of(note, deck.source, deck.tags)
    field = draw(st.sampled_from(["question", "answer", "hint", "extra", "tags", "source", "several", "all"]))
    new_text = draw(text)
    draft = old
    if field == "all":
        draft = draw(drafts())
    elif field in ("question", "several"):
        question = f"{new_text} other"
        draft = replace(old, question=f"{question} {{{{c3::x}}}}" if old.kind is Kind.CLOZE else question)
        if field == "several":
            draft = replace(draft, hint=draw(text), tags=("t",), extra="")
    elif field == "answer" and old.kind is Kind.STEPS:
        steps = draw(st.permutations([*old.answer, new_text]))
        draft = replace(old, answer=tuple(steps)[: draw(st.integers(1, 4))])
    elif field == "answer" and old.kind is Kind.CHOICES:
        choices = tuple(dict.fromkeys(draw(st.permutations([*old.choices, new_text.strip()]))))
        draft = replace(old, choices=choices, answer=choices[: draw(st.integers(1, 2))])
    elif field == "answer" and old.kind is not Kind.CLOZE:
        draft = replace(old, answer=(new_text,))
    elif field == "tags":
        kept = [tag for tag in old.tags if draw(st.booleans())]
        draft = replace(old, tags=(*kept, *draw(st.lists(line, max_size=2, unique=True))))
    elif field not in ("answer", "all"):
        draft = replace(old, **{field: draw(st.one_of(st.just(""), text))})
    draft = tidied(draft)
    draft = replace(draft, tags=tuple(tag for tag in draft.tags if tag not in deck.tags))
    return replace(draft, source="") if draft.source == deck.source else draft


def regions(content):
    """Where each entry of the list of cards begins and ends, in bytes.

    In block style that is from the dash's line to the last line that belongs to it and isn't blank.
    """
    text = content.decode()
    skipped = text.startswith("\ufeff")
    root = composing.compose(content.removeprefix(composing.BOM))
    found = []
    cards = (
        next((value for key, value in root.value if key.value == "cards"), None)
        if root and root.value
        else None
    )
    for node in cards.value if cards and cards.id == "sequence" else ():
        if node.flow_style:
            start, stop = node.start_mark.index + skipped, node.end_mark.index + skipped
        else:
            start, stop = _block(text, node.start_mark.index + skipped, cards.start_mark.column)
        found.append((len(text[:start].encode()), len(text[:stop].encode())))
    return found


def _block(text, index, dash):
    start = max(
        match.start()
        for match in re.finditer(rf"^\ufeff? {{{dash}}}-", text, re.MULTILINE)
        if match.start() <= index
    )
    below = re.compile(rf"^ {{0,{dash}}}[^\s#]", re.MULTILINE)
    first = text.index("\n", index) if "\n" in text[index:] else len(text)
    following = below.search(text, first)
    block = text[start : following.start() if following else len(text)]
    stays_behind = re.compile(rf"\s*(^ {{0,{dash}}}#.*\s*)*\Z", re.MULTILINE)
    return start, start + stays_behind.search(block).start()


def frame(before, after):
    """How much the two have in common at the beginning and at the end."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) and before[-1 - end] == after[-1 - end]:
        end += 1
    return start, end


def rest_is_the_same(content, after, touched):
    """Whether the bytes outside these regions are what they were; what stands in the regions' places now."""
    pieces, done = [], 0
    for start, stop in sorted(touched):
        pieces.append(content[done:start])
        done = stop
    pattern = b"(.*)".join(map(re.escape, [*pieces, content[done:]]))
    match = re.fullmatch(pattern, after, re.DOTALL)
    return match and match.groups()


def is_in_brackets(content):
    return bool(re.search(rb"^(\xef\xbb\xbf)?\"?cards\"?: \[|\"cards\": \[", content, re.MULTILINE))


@often
def test_a_card_is_added_at_the_end_and_every_byte_that_was_there_stays(examples):
    def law(content, new):
        before = read(content)
        fields = [
            [*draft.fields.items(), ("id", f"new{n}"), ("added", "2026-11-22")] for n, draft in enumerate(new)
        ]
        try:
            after = added(content, fields)
        except CannotSpliceError:
            event("refused")
            assert b"..." in content and not before.notes
            return
        deck = read(after)
        meant = [in_deck(draft.note(f"new{n}", "2026-11-22"), before) for n, draft in enumerate(new)]
        assert [*map(placeless, deck.notes)] == [*map(placeless, before.notes), *map(placeless, meant)]
        start, end = frame(content, after)
        gone = content[start : max(start, len(content) - end)].strip()
        assert gone in (b"", b"[]") or (gone.startswith(b"[]") and gone[2:].strip() in after)

    holds(
        law,
        examples,
        sound_deck,
        st.lists(drafts(), min_size=1, max_size=2, unique_by=lambda new: new.question),
    )


@often
def test_a_change_touches_the_bytes_of_its_notes_alone(examples):
    def law(content, data):
        before = read(content)
        assume(before.notes)
        numbers = data.draw(st.sets(st.integers(0, len(before.notes) - 1), min_size=1, max_size=3))
        new = {number: data.draw(edited(before.notes[number], before)) for number in sorted(numbers)}
        questions = [normalised(draft.question) for draft in new.values()]
        assume(len(set(questions)) == len(questions))
        changes = [Change(before.notes[number], draft, f"given{number}") for number, draft in new.items()]
        try:
            after = changed(content, changes)
        except CannotSpliceError:
            event("refused")
            assert b"&" in content
            return
        now = read(after)
        meant = list(before.notes)
        for number, draft in new.items():
            note = before.notes[number]
            given_id = note.declared or f"given{number}"
            meant[number] = in_deck(draft.note(given_id, note.added), before)
        assert now.problems == ()
        assert [*map(placeless, now.notes)] == [
            placeless(replace(note, declared=now.notes[n].declared) if note.declared == f"given{n}" else note)
            for n, note in enumerate(meant)
        ]
        assert (now.title, now.tags, now.source) == (before.title, before.tags, before.source)
        places = regions(content)
        assert rest_is_the_same(content, after, [places[number] for number in numbers]) is not None

    holds(law, examples, sound_deck, st.data())


@often
def test_what_is_taken_out_leaves_the_others_as_they_are(examples):
    def law(content, data):
        before = read(content)
        assume(before.notes)
        numbers = data.draw(st.sets(st.integers(0, len(before.notes) - 1), min_size=1))
        try:
            after = removed(content, [before.notes[number] for number in numbers])
        except CannotSpliceError:
            event("refused")
            assert b"&" in content
            return
        rest = [placeless(note) for number, note in enumerate(before.notes) if number not in numbers]
        assert [*map(placeless, read(after).notes)] == rest
        places = regions(content)
        if is_in_brackets(content):
            kept = [content[start:stop] for n, (start, stop) in enumerate(places) if n not in numbers]
            pattern = b".*".join(
                map(re.escape, [content[: places[0][0]].rstrip(), *kept, content[content.rindex(b"]") :]])
            )
            assert re.fullmatch(pattern, after, re.DOTALL)
            return
        lines = []
        for number in numbers:  # with their lines
            start, stop = places[number]
            start = max(content.rfind(b"\n", 0, start) + 1, 3 * content.startswith(composing.BOM))
            end = content.find(b"\n", stop)
            lines.append((start, len(content) if end < 0 else end + 1))
        left = rest_is_the_same(content, after, lines)
        assert left is not None
        assert all(line.strip()[:1] in (b"", b"#") for part in left for line in part.splitlines())

    holds(law, examples, sound_deck, st.data())


@often
def test_a_note_that_moves_says_the_same_in_another_deck(examples):
    def law(source, target, data):
        one, other = read(source), read(target)
        assume(one.notes)
        note = data.draw(st.sampled_from(one.notes))
        draft = replace(
            draft_of(note, "", ()),
            source=note.source if note.source != other.source else "",
            tags=tuple(tag for tag in note.tags if tag not in other.tags),
        )
        try:
            after = moved([(source, Move(note, draft, "given"))], target)
        except CannotSpliceError:
            event("refused")
            assert b"..." in target and not other.notes
            return
        meant = in_deck(replace(note, declared=note.declared or "given"), other)
        if not note.source:
            meant = replace(meant, source=other.source)
        assert [*map(placeless, read(after).notes)] == [*map(placeless, other.notes), placeless(meant)]

    holds(law, examples, sound_deck, sound_deck, st.data())
