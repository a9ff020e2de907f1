"""Adding, changing, removing and moving notes: the file says what was meant, and no other byte of it changes."""

from dataclasses import replace

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from quizapp.decks.adding import added
from quizapp.decks.changing import Change, changed
from quizapp.decks.draft import Draft, draft_of, tidied
from quizapp.decks.moving import moved
from quizapp.decks.note import Kind
from quizapp.decks.proof import CannotSpliceError, in_deck, placeless, read
from quizapp.decks.removing import removed
from tests.decks.generated import deck, line, text

EXAMPLES = 200


def drafts():
    def made(kind, question, answers, extra, tags, hint):
        texts = tuple(dict.fromkeys(answer.strip() for answer in answers))
        if kind is Kind.CHOICES:
            texts = (*texts, "something else", "and more")
            return Draft(question, texts[:1], kind, tuple(dict.fromkeys(texts)), (), hint, extra, "", tags)
        answer = texts if kind is Kind.STEPS else texts[:1]
        return Draft(question, answer, kind, (), (), hint, extra, "", tags)

    return st.builds(
        made,
        st.sampled_from([Kind.BASIC, Kind.BASIC, Kind.TERM, Kind.TYPED, Kind.STEPS, Kind.CHOICES]),
        text.map(lambda text: f"{text} new"),
        st.lists(text, min_size=1, max_size=3),
        st.one_of(st.just(""), text),
        st.lists(line, max_size=2, unique=True).map(tuple),
        st.one_of(st.just(""), line),
    ).map(tidied)


def frame(before, after):
    """How much the two have in common at the beginning and at the end."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) and before[-1 - end] == after[-1 - end]:
        end += 1
    return start, end


def entry_bounds(content, number):
    """The bytes between the note before this one and the note after it, comments and blank lines with them."""
    notes = read(content).notes
    lines = content.splitlines(keepends=True)
    starts = [sum(map(len, lines[: note.line - 1])) for note in notes] + [len(content)]
    alone = b"".join(lines[: notes[number].line - 1]).endswith(
        (b"-  # the dash alone\n", b"-  # the dash alone\r\n")
    )
    return starts[number] - 30 * alone, starts[number + 1]


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(deck(), st.lists(drafts(), min_size=1, max_size=2, unique_by=lambda draft: draft.question))
def test_a_card_is_added_at_the_end_and_every_byte_that_was_there_stays(content, new):
    before = read(content)
    assume(not before.problems)
    fields = [
        [*draft.fields.items(), ("id", f"new{n}"), ("added", "2026-11-22")] for n, draft in enumerate(new)
    ]
    after = added(content, fields)
    deck = read(after)
    meant = [in_deck(draft.note(f"new{n}", "2026-11-22"), before) for n, draft in enumerate(new)]
    assert [*map(placeless, deck.notes)] == [*map(placeless, before.notes), *map(placeless, meant)]
    start, end = frame(content, after)
    gone = content[start : max(start, len(content) - end)].strip()
    assert gone in (b"", b"[]") or (
        gone.startswith(b"[]") and gone[2:].strip() in after
    )  # a comment in that line


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(deck(), st.data())
def test_a_change_touches_the_bytes_of_its_note_alone(content, data):
    before = read(content)
    assume(before.notes and not before.problems)
    number = data.draw(st.integers(0, len(before.notes) - 1))
    note = before.notes[number]
    old = draft_of(note, before.source, before.tags)
    field = data.draw(st.sampled_from(["question", "answer", "hint", "extra", "tags", "source", "several"]))
    new_text = data.draw(text)
    if field in ("question", "several"):
        draft = replace(old, question=f"{new_text} other")
        if field == "several":
            draft = replace(draft, hint=data.draw(text), tags=("t",), extra="")
    elif field == "answer":
        assume(note.kind is not Kind.CHOICES)
        answers = (new_text,)
        if note.kind is Kind.STEPS:
            answers = tuple(data.draw(st.permutations([*old.answer, new_text])))[
                : data.draw(st.integers(1, 4))
            ]
        draft = replace(old, answer=answers)
    elif field == "tags":
        draft = replace(old, tags=tuple(data.draw(st.lists(line, max_size=3, unique=True))))
    else:
        draft = replace(old, **{field: data.draw(st.one_of(st.just(""), text))})
    draft = tidied(draft)
    draft = replace(draft, tags=tuple(tag for tag in draft.tags if tag not in before.tags))
    if draft.source == before.source:
        draft = replace(draft, source="")
    try:
        after = changed(content, [Change(note, draft, "given")])
    except CannotSpliceError:
        event("refused")
        assert b"&" in content
        return
    now = read(after)
    meant = replace(in_deck(draft.note(note.declared or "given", note.added), before))
    assert [placeless(n) for n in now.notes] == [
        *map(placeless, before.notes[:number]),
        placeless(replace(meant, declared=now.notes[number].declared)),
        *map(placeless, before.notes[number + 1 :]),
    ]
    assert now.problems == () and (now.title, now.tags, now.source) == (
        before.title,
        before.tags,
        before.source,
    )
    start, stop = entry_bounds(content, number)
    common_start, common_end = frame(content, after)
    if content == after:
        return
    assert common_start >= min(start, len(after))
    if not (b"[" in content and b"cards: [" in content) and b'"cards"' not in content:
        assert len(content) - common_end <= stop


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(deck(), st.data())
def test_what_is_taken_out_leaves_the_others_as_they_are(content, data):
    before = read(content)
    assume(before.notes and not before.problems)
    numbers = data.draw(st.sets(st.integers(0, len(before.notes) - 1), min_size=1))
    try:
        after = removed(content, [before.notes[number] for number in numbers])
    except CannotSpliceError:
        event("refused")
        assert b"&" in content
        return
    rest = [placeless(note) for number, note in enumerate(before.notes) if number not in numbers]
    assert [*map(placeless, read(after).notes)] == rest
    if b"cards: [" not in content and b'"cards"' not in content:  # lines stay whole
        there = content.splitlines(keepends=True)
        left = iter(there)
        assert all(
            any(one.rstrip(b"\r\n") == other.rstrip(b"\r\n") for other in left) for one in after.splitlines()
        )


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(deck(), deck(), st.data())
def test_a_note_that_moves_says_the_same_in_another_deck(source, target, data):
    one, other = read(source), read(target)
    assume(one.notes and not one.problems and not other.problems)
    note = data.draw(st.sampled_from(one.notes))
    draft = replace(
        draft_of(note, "", ()),
        source=note.source if note.source != other.source else "",
        tags=tuple(tag for tag in note.tags if tag not in other.tags),
    )
    after = moved(source, note, target, draft, "given")
    meant = in_deck(replace(note, declared=note.declared or "given"), other)
    if not note.source:
        meant = replace(meant, source=other.source)
    assert [*map(placeless, read(after).notes)] == [*map(placeless, other.notes), placeless(meant)]
