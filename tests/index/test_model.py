"""Random logs over several files mean to the index what they mean to the plain model."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.collection import Collection
from quizapp.memory.schedulers import Schedulers
from quizapp.settings import load

START = datetime(2026, 11, 20, 1, tzinfo=timezone(timedelta(hours=1)))
FILES = [
    "2026-desk-abcd.jsonl",
    "2026-phone-wxyz.jsonl",
    "2026-desk-abcd (conflict).jsonl",
    "2025-old-efgh.jsonl",
]
ZONES = [timezone(timedelta(hours=hours)) for hours in (1, -8, 12)]
LAW = settings(
    max_examples=settings().max_examples * 3 // 10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

cards = st.sampled_from(["a", "b", "c", "t", "t.r", "z.2", "gone", "gone.r", "lost"])
times = st.builds(
    lambda hours, zone: (START + timedelta(hours=hours)).astimezone(zone).isoformat(timespec="milliseconds"),
    st.integers(0, 12).map(lambda steps: steps * 7) | st.integers(0, 100),
    st.sampled_from(ZONES),
)
days = st.dates(datetime(2026, 11, 19).date(), datetime(2026, 12, 9).date()).map(str)


@st.composite
def logs(draw):
    """Some lines."""
    lines = []
    for _ in range(draw(st.integers(0, 16))):
        kind = draw(
            st.sampled_from([1, 2, 3, 4, 3, 3, "undo", "undo", "forget", "rename", "due", "bury", "suspend", "resume", "mark", "unmark", "note"])
        )  # fmt: skip
        more = {}
        if isinstance(kind, int):
            due = draw(st.none() | days | times)
            more = {"due": due, "took": draw(st.integers(0, 2))} if due else {}
        elif kind == "undo":
            more = {"of": draw(times)}
        elif kind == "note":
            more = {"hash": "x" * 30}
        elif kind == "rename":
            more = {"to": draw(cards)}
        elif kind in ("due", "bury"):
            more = {{"due": "due", "bury": "until"}[kind]: draw(days)}
        lines.append((draw(cards), draw(times), kind, more))
    return lines


@pytest.fixture(params=[1, 2000], ids=["in bulk", "one by one"])
def both_ways(request, monkeypatch):
    """Many cards are folded in another way than few; both are to be right."""
    monkeypatch.setattr("quizapp.index.sync._BULK", request.param)
    monkeypatch.setattr("quizapp.index.recognise._BULK", request.param)


@pytest.fixture
def meaning(model, cards):
    """What the model says of the lines in a collection's files."""

    def meaning(root, now, cards=cards):
        lines = [
            line for path in (root / "history").glob("*.jsonl") for line in path.read_text().splitlines()
        ]
        return model.standings(lines, cards, Schedulers(load(root / "quizapp.toml")), now)

    return meaning


@pytest.fixture
def told(root):
    """What the index says."""

    def told(root, now):
        with Collection.open(root, now=now) as collection:
            rows = collection.find_rows("", now)
        return {row.card.id: (row.memory, row.suspended, row.buried, row.marked) for row in rows}

    return told


@pytest.fixture
def fresh(make_collection, root):
    """A new collection with the decks of `root`, without history."""

    def fresh():
        decks = {str(path.relative_to(root)): path.read_text() for path in root.rglob("*.yaml")}
        again = make_collection(decks, (root / "quizapp.toml").read_text())
        (again / "history").mkdir()
        return again

    return fresh


@LAW
@given(data=st.data(), log=logs(), hours=st.tuples(st.integers(0, 120), st.integers(0, 120)))
def test_memories_and_flags_are_those_of_the_model(data, log, hours, both_ways, fresh, line, meaning, told):
    root = fresh()
    lines = [line(card, at, kind, **more) for card, at, kind, more in log]
    places = data.draw(st.lists(st.sampled_from(FILES), min_size=len(lines), max_size=len(lines)))
    for name in set(places):
        here = [one for one, place in zip(lines, places, strict=True) if place == name]
        (root / "history" / name).write_text("".join(f"{one}\n" for one in here))
    for now in (START + timedelta(hours=hour) for hour in hours):  # the clock may go back
        assert told(root, now) == meaning(root, now)


@LAW
@given(data=st.data(), log=logs(), hours=st.tuples(*[st.integers(0, 120)] * 3))
def test_a_log_that_grows_bit_by_bit_means_the_same(data, log, hours, both_ways, fresh, line, meaning, told):
    root = fresh()
    lines = [line(card, at, kind, **more) for card, at, kind, more in log]
    cuts = sorted(data.draw(st.tuples(*[st.integers(0, len(lines))] * 2)))
    for part, hour in zip((lines[: cuts[0]], lines[cuts[0] : cuts[1]], lines[cuts[1] :]), hours, strict=True):
        for one in part:
            with (root / "history" / data.draw(st.sampled_from(FILES))).open("a") as file:
                file.write(f"{one}\n")
        now = START + timedelta(hours=hour)

        assert told(root, now) == meaning(root, now)


@LAW
@given(data=st.data(), log=logs(), hour=st.integers(0, 120))
def test_the_order_of_lines_and_files_changes_nothing(data, log, hour, both_ways, fresh, line, told):
    now = START + timedelta(hours=hour)
    lines = [line(card, at, kind, **more) for card, at, kind, more in log]
    found = []
    for ordered in (lines, data.draw(st.permutations(lines))):
        root = fresh()
        for one in ordered:
            with (root / "history" / data.draw(st.sampled_from(FILES))).open("a") as file:
                file.write(f"{one}\n")
        found.append(told(root, now))

    assert repr(found[0]) == repr(found[1])


@LAW
@given(data=st.data(), log=logs(), hour=st.integers(0, 120))
def test_cards_that_come_and_go_find_their_history(data, log, hour, both_ways, fresh, line, meaning, told):
    root = fresh()
    now = START + timedelta(hours=hour)
    for card, at, kind, more in log:
        with (root / "history" / data.draw(st.sampled_from(FILES))).open("a") as file:
            file.write(f"{line(card, at, kind, **more)}\n")
    for ids in data.draw(st.lists(st.sets(st.sampled_from(["a", "b", "gone"])), min_size=1, max_size=3)):
        (root / "one.yaml").write_text("cards:\n  - {q: Always?, a: yes, id: lost}\n" + "".join(
            f"  - {{q: Is it {name}?, a: '{name}', id: {name}}}\n" for name in sorted(ids)
        ))  # fmt: skip
        here = dict.fromkeys([*ids, "lost"], "one") | dict.fromkeys(["c", "z", "z.2"], "two/deep")

        assert told(root, now) == meaning(root, now, here)
