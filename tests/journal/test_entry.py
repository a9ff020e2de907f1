import json
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.journal.entry import event, parse, read_due, review, stamp
from quizapp.journal.instant import instant, to_milliseconds
from quizapp.memory.state import Rating

AT = '"at":"2026-11-22T08:03:04.123+01:00"'
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=ZONES).map(to_milliseconds)


def test_a_review_is_one_line_with_its_fields_in_a_fixed_order(at):
    entry = review(at("2026-11-22T08:03:04.123"), "k7f3q9x2ma", Rating.GOOD, 5.43, date(2026, 12, 1))

    assert entry.line == (
        '{"at":"2026-11-22T08:03:04.123+01:00","card":"k7f3q9x2ma","rating":3,"took":5.4,"due":"2026-12-01"}'
    )


def test_an_undo_names_the_event_before_its_card(at):
    entry = event(at("2026-11-22T08:03:20.007"), "k7f3q9x2ma", "undo", of="2026-11-22T08:03:04.123+01:00")

    assert entry.line == (
        '{"at":"2026-11-22T08:03:20.007+01:00","event":"undo","of":"2026-11-22T08:03:04.123+01:00","card":"k7f3q9x2ma"}'
    )


@pytest.mark.parametrize(("took", "kept"), [(None, None), (0, 0.0), (59.96, 60.0), (3600, 60.0), (-5, 0.0)])
def test_the_time_taken_counts_up_to_a_minute(took, kept, at):
    entry = review(at("2026-11-22T08:00"), "one", Rating.EASY, took, date(2026, 12, 1))

    assert parse(entry.line).took == kept


@given(TIMES, st.sampled_from(Rating), st.one_of(st.dates(date(1970, 1, 1), date(8999, 1, 1)), TIMES))
def test_a_review_reads_back_as_it_was_written(at, rating, due):
    entry = review(at, "card.r", rating, 12.3, due)

    assert parse(entry.line) == entry
    assert (entry.time, entry.rating, read_due(entry.due)) == (at, rating, due)


@given(TIMES)
def test_an_instant_is_the_same_in_every_offset(at):
    elsewhere = at.astimezone(timezone(timedelta(hours=-9, minutes=-30)))

    assert (
        instant(at)
        == instant(elsewhere)
        == parse(f'{{"at":"{stamp(elsewhere)}","card":"a","rating":1}}').instant
    )


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("", "not a JSON object"),
        ("[1, 2]", "not a JSON object"),
        ('"text"', "not a JSON object"),
        ("null", "not a JSON object"),
        (f"{{{AT}", "not a JSON object"),
        (f'{{{AT},"card":"a","rating":1}} {{}}', "not a JSON object"),
        (f'{{{AT},"card":"a","rating":{"1" * 5000}}}', "not a JSON object"),
        (f'{{{AT},"card":"a","rating":1,"x":{"[" * 100_000}{"]" * 100_000}}}', "not an event: nested too deeply"),
        ('{"card":"a","rating":1}', '"at" is not a time with its offset'),
        ('{"at":12,"card":"a","rating":1}', '"at" is not a time with its offset'),
        ('{"at":"2026-11-22T08:00:00","card":"a","rating":1}', '"at" is not a time with its offset'),
        ('{"at":"2026-13-22T08:00:00Z","card":"a","rating":1}', '"at" is not a time with its offset'),
        ('{"at":"0001-01-01T00:00:00+14:00","card":"a","rating":1}', '"at" is not a time with its offset'),
        ('{"at":"9999-12-31T23:59:59-14:00","card":"a","rating":1}', '"at" is not a time with its offset'),
        (f'{{{AT},"card":"a"}}', 'neither an "event" nor a "rating" from 1 to 4'),
        (f'{{{AT},"card":"a","rating":0}}', 'neither an "event" nor a "rating" from 1 to 4'),
        (f'{{{AT},"card":"a","rating":5}}', 'neither an "event" nor a "rating" from 1 to 4'),
        (f'{{{AT},"card":"a","rating":true}}', 'neither an "event" nor a "rating" from 1 to 4'),
        (f'{{{AT},"card":"a","rating":NaN}}', 'neither an "event" nor a "rating" from 1 to 4'),
        (f'{{{AT},"card":"a","rating":"3"}}', 'neither an "event" nor a "rating" from 1 to 4'),
        (f'{{{AT},"card":"a","event":"3"}}', '"event" is not a name'),
        (f'{{{AT},"card":"a","event":null}}', '"event" is not a name'),
        (f'{{{AT},"rating":1}}', "\"card\" is not a card's id"),
        (f'{{{AT},"card":"","rating":1}}', "\"card\" is not a card's id"),
        (f'{{{AT},"card":"a b","rating":1}}', "\"card\" is not a card's id"),
        (f'{{{AT},"card":"a\\n","rating":1}}', "\"card\" is not a card's id"),
        (f'{{{AT},"card":"\\ud800","rating":1}}', "\"card\" is not a card's id"),
        (f'{{{AT},"card":"{"a" * 201}","rating":1}}', "\"card\" is not a card's id"),
        (f'{{{AT},"card":"a","rating":1,"due":"soon"}}', '"due" is not a day or a time with its offset'),
        (f'{{{AT},"card":"a","rating":1,"due":5}}', '"due" is not a day or a time with its offset'),
        (f'{{{AT},"card":"a","rating":1,"due":"2026-11-22T09:00"}}', '"due" is not a day or a time with its offset'),
        (f'{{{AT},"card":"a","rating":1,"due":"0001-01-01"}}', '"due" is not a day or a time with its offset'),
        (f'{{{AT},"card":"a","event":"due"}}', '"due" is not a day or a time with its offset'),
        (f'{{{AT},"card":"a","event":"bury"}}', '"until" is not a day or a time with its offset'),
        (f'{{{AT},"card":"a","event":"undo"}}', '"of" is not a time with its offset'),
        (f'{{{AT},"card":"a","event":"rename"}}', "\"to\" is not a card's id"),
        (f'{{{AT},"card":"a","event":"rename","to":"b/c"}}', "\"to\" is not a card's id"),
        (f'{{{AT},"card":"a","event":"note"}}', '"hash" is missing'),
    ],
)  # fmt: skip
def test_what_is_no_event_is_refused_with_the_reason(line, what):
    with pytest.raises(ValueError) as caught:
        parse(line)

    assert str(caught.value) == what


@pytest.mark.parametrize(
    "line",
    [
        '{"at":"2026-11-22\\ud80008:00:00+01:00","card":"a","rating":1}',
        f'{{{AT},"card":"a","rating":1,"due":"2026-11-22\\ud80009:00:00+01:00"}}',
        f'{{{AT},"card":"a","event":"undo","of":"2026-11-22\\udfff08:00:00+01:00"}}',
        f'{{{AT},"card":"a","event":"note","hash":"\\ud800"}}',
    ],
)
def test_half_a_character_where_the_app_writes_none_is_refused(line):
    with pytest.raises(ValueError):
        parse(line)


@pytest.mark.parametrize(
    "took", ["NaN", "Infinity", "-Infinity", "-1", "1e400", '"5"', "null", "[]", "true", "9" * 400]
)
def test_a_time_taken_that_makes_no_sense_is_left_out_and_the_review_counts(took):
    entry = parse(f'{{{AT},"card":"a","rating":2,"took":{took}}}')

    assert (entry.rating, entry.took) == (Rating.HARD, None)


def test_keys_of_a_newer_version_are_kept():
    line = f'{{{AT},"card":"a","rating":2,"mood":"fresh"}}'

    assert parse(line).line == line
    assert parse(line).data["mood"] == "fresh"


@pytest.mark.parametrize("line", ['"event":"read"', '"event":"quiz"', '"event":"teleport"'])
def test_an_event_about_no_card_needs_none(line):
    assert parse(f"{{{AT},{line}}}").card == ""


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
def test_no_text_at_all_brings_the_reader_down(text):
    for line in (
        text,
        json.dumps({"at": text, "card": text, "event": text, "due": text}),
        f'{{{AT},"card":{text}}}',
    ):
        with pytest.raises(ValueError):
            parse(line)


@given(
    st.dictionaries(
        st.sampled_from(["at", "card", "event", "rating", "due", "until", "of", "to", "hash", "took"]),
        st.sampled_from(["2026-11-22T08:00:00+01:00", "2026-11-22", "a", "undo", "note", "bury", "rename", "due"])
        | st.integers(-1, 5) | st.floats() | st.none() | st.booleans() | st.text(max_size=3)
        | st.lists(st.integers(), max_size=2),
    )
)  # fmt: skip
def test_an_object_is_an_event_or_a_reason(found):
    try:
        entry = parse(json.dumps(found))
    except ValueError as error:
        assert len(str(error)) > 5
    else:
        assert entry.instant == instant(entry.time)
        assert entry.due is None or read_due(entry.due)
