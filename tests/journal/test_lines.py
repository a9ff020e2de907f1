"""What stands in the history's files, seen through a collection: every line counts or is reported."""

import pytest

FILE = "cards/history/2026-desk-abcd.jsonl"
AT = '"at":"2026-11-20T09:00:00.000+01:00"'


def test_every_file_of_the_history_counts(write, line, look):
    write(line("card0"), name="2024-old-abcd.jsonl")
    write(line("card1"), name="2026-phone-wxyz.jsonl")
    write(line("card2"), name="notes.jsonl")

    assert look() == ({"card0": 1, "card1": 1, "card2": 1}, [])


def test_a_conflict_copy_adds_what_only_it_has(write, line, look):
    both, ours, theirs = (line(at=f"2026-11-20T08:0{n}:00.000+01:00") for n in range(3))
    write(both, ours)
    write(both, theirs, name="2026-desk-abcd.sync-conflict-20261120-080200-ABCDEFG.jsonl")

    assert look() == ({"card0": 3}, [])


def test_equal_events_count_once_whatever_else_their_lines_say(write, line, look):
    write(line(took=1.0), line(took=2.0), line(took=2.0), line(at="2026-11-20T07:00:00Z", took=3.0))

    assert look() == ({"card0": 1}, [])


def test_another_rating_at_the_same_instant_is_another_event(write, line, look):
    write(line(rating=3), line(rating=1))

    assert look() == ({"card0": 2}, [])


def test_a_whole_last_line_without_its_end_counts(write, line, look):
    write(line("card0"), line("card1").encode())

    assert look() == ({"card0": 1, "card1": 1}, [])


def test_a_torn_last_line_is_reported_and_the_others_count(write, line, look):
    write(line("card0"), line("card1")[:-9].encode())

    assert look() == ({"card0": 1}, [(FILE, 2, "torn-line")])


def test_a_torn_line_that_another_follows_is_reported_as_such(write, line, look):
    torn = line("card1")[:-9]
    write(line("card0"), torn.encode())
    look()
    write(line("card0"), torn, line("card2"))

    assert look() == ({"card0": 1, "card2": 1}, [(FILE, 2, "torn-line")])


def test_a_last_line_counts_once_when_its_end_comes_later(write, line, look):
    write(line("card0"), line("card1").encode())
    look()
    write(line("card0"), line("card1"), "", line("card2"))

    assert look() == ({"card0": 1, "card1": 1, "card2": 1}, [])


def test_a_line_cut_short_within_itself_counts_whole_once_it_is_there(write, line, look):
    write(line("card0"), line("card1")[:40].encode())
    look()
    write(line("card0"), line("card1"))

    assert look() == ({"card0": 1, "card1": 1}, [])


def test_a_whole_last_line_that_grows_is_read_anew(write, line, look):
    write(line("card0").encode())
    look()
    write(line("card0") + "x", line("card1"))

    assert look() == ({"card1": 1}, [(FILE, 1, "torn-line")])


@pytest.mark.parametrize(
    "bad",
    [
        b"\xff\xfe\xfa\n",
        b"\x00\n",
        b"<<<<<<< HEAD\n",
        b"x" * 3_000_000 + b"\n",
        b"[" * 200_000 + b"\n",
        b'{"a":' * 5_000 + b"\n",
        b'{"at":' + b"9" * 100_000 + b"}\n",
        b'{"at":"2026-11-20\\ud80009:00:00+01:00","card":"card0","rating":3}\n',
        f'{{{AT},"card":"card0","rating":3,"due":"2026-11-30\\udc0009:00:00+01:00"}}\n'.encode(),
        f'{{{AT},"card":"card0","event":"note","hash":"\\ud800"}}\n'.encode(),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_reported_and_the_others_count(bad, write, line, look):
    write(line("card0"), bad, line("card1"))

    for now in ("2026-11-22T08:00", "2026-11-23T08:00"):
        counted, [(file, number, code)] = look(now)

        assert (counted, file, number) == ({"card0": 1, "card1": 1}, FILE, 2)
        assert code == ("torn-line" if bad.startswith(b"{") and b"}" not in bad else "bad-line")


@pytest.mark.parametrize(
    "more",
    [
        '"x":NaN',
        '"x":[Infinity,-Infinity]',
        f'"x":{"[" * 700}{"]" * 700}',
        '"x":"\\ud800\\u0000"',
        f'"x":"{"y" * 2_000_000}"',
        '"x":1e999',
        '"auto":"\\ud800"',
        '"q":"\\ud800","a":["\\udfff"]',
        '"auto":[],"q":{},"a":1',
    ],
)
def test_what_a_line_holds_beside_its_event_does_no_harm(more, write, line, look):
    events = (
        '"event":"note","hash":"abc"',
        '"event":"rename","to":"card1"',
        '"event":"suspend"',
        '"rating":4',
    )
    write(*[f'{{{AT},"card":"gone",{event},{more}}}' for event in events], line("card0"))

    counted, problems = look()

    assert counted == {"card0": 1, "card1": 1}
    assert problems == []


def test_blank_lines_and_lines_of_another_system_are_no_problem(write, line, look):
    write("", line("card0") + "\r", "  ", "\r", line("card1"))

    assert look() == ({"card0": 1, "card1": 1}, [])


def test_events_of_a_newer_version_are_kept_and_each_kind_noted_once(write, line, look):
    write(
        line("card0"),
        f'{{{AT},"event":"teleport","card":"card0"}}',
        f'{{{AT},"event":"teleport","card":"card1"}}',
        f'{{{AT},"event":"dream"}}',
    )
    write(f'{{{AT},"event":"teleport","card":"card2"}}', name="2027-phone-wxyz.jsonl")

    assert look() == ({"card0": 1}, [(FILE, 2, "unknown-event"), (FILE, 4, "unknown-event")])


def test_events_far_ahead_are_set_aside_and_reported_until_their_time(write, line, look):
    write(
        line("card0"),
        line("card0", at="2026-11-25T08:00:00.000+01:00"),
        line("card1", at="2026-11-23T07:59:00.000+01:00"),
    )

    assert look("2026-11-22T08:00") == ({"card0": 1, "card1": 1}, [("cards/history/", 1, "future-events")])
    assert look("2026-11-24T08:00") == ({"card0": 2, "card1": 1}, [])
    assert look("2026-11-22T08:00") == ({"card0": 1, "card1": 1}, [("cards/history/", 1, "future-events")])
