"""What changes on disk is seen, and only that is read again."""

import os

import pytest

from quizapp.collection import Collection
from quizapp.decks import reading
from quizapp.index import history
from quizapp.memory.state import Rating

NOW = "2026-11-22T08:00"


@pytest.fixture
def parsed(monkeypatch):
    """The names of the decks as they are parsed."""
    names = []
    read_deck = reading.read_deck

    def counted(*values, name, file):
        names.append(name)
        return read_deck(*values, name=name, file=file)

    monkeypatch.setattr(reading, "read_deck", counted)
    return names


@pytest.fixture
def replayed(monkeypatch):
    """The lines of the log as they are read."""
    lines = []
    parse = history.parse
    monkeypatch.setattr(history, "parse", lambda text: (lines.append(text), parse(text))[1])
    return lines


@pytest.fixture
def studied(root, line):
    """`root` with twelve lines in three files."""
    for name in ("2025-old-efgh", "2026-desk-abcd", "2026-phone-wxyz"):
        lines = [line(card, f"2026-11-1{len(name) % 10}T0{n}:00:00.000Z") for n, card in enumerate("abcb")]
        (root / "history" / f"{name}.jsonl").write_text("".join(f"{one}\n" for one in lines))
    return root


def age(root):
    """Make all decks older than the clock can be wrong."""
    for path in root.rglob("*.yaml"):
        os.utime(path, ns=(1, 1_700_000_000_000_000_000))


def questions(root, now):
    with Collection.open(root, now=now) as collection:
        return {card.id: card.question for card in collection.find("", now)}


def test_only_a_changed_deck_is_parsed_again(root, parsed, at):
    questions(root, at(NOW))
    first, parsed[:] = list(parsed), []
    questions(root, at(NOW))
    again, parsed[:] = list(parsed), []
    (root / "one.yaml").write_text((root / "one.yaml").read_text().replace("First", "Another"))
    found = questions(root, at(NOW))

    assert (first, again, parsed) == (["one", "two/deep"], [], ["one"])
    assert found["a"] == "Another question?"


def test_a_deck_only_touched_is_not_parsed_again(root, parsed, at):
    questions(root, at(NOW))
    parsed.clear()
    age(root)

    assert questions(root, at(NOW))["a"] == "First question?"
    assert parsed == []


def test_a_change_within_the_same_tick_of_the_clock_is_seen(root, at):
    path = root / "one.yaml"
    for word in ("First", "Other", "Third", "Tenth"):
        before = path.stat().st_mtime_ns
        path.write_text(path.read_text().replace(questions(root, at(NOW))["a"], f"{word} question?"))
        os.utime(path, ns=(before, before))

        assert questions(root, at(NOW))["a"] == f"{word} question?"


def test_a_deck_that_goes_takes_its_cards_and_comes_back_with_their_memory(studied, seen, at):
    before = seen(studied, at(NOW))
    text = (studied / "one.yaml").read_text()
    (studied / "one.yaml").unlink()
    without = seen(studied, at(NOW))
    (studied / "moved.yaml").write_text(text)
    after = seen(studied, at(NOW))

    assert set(without[0]) == {"c", "z", "z.2"}
    assert {card: shown[2] for card, shown in after[0].items()} == {
        card: shown[2] for card, shown in before[0].items()
    }


def test_a_card_moved_to_a_deck_with_other_settings_has_the_memory_of_a_new_index(studied, seen, rebuilt, at):
    seen(studied, at(NOW))
    one = (studied / "one.yaml").read_text()
    (studied / "one.yaml").write_text(one.replace("  - {q: Second question?, a: two, id: b}\n", ""))
    with (studied / "two/deep.yaml").open("a") as file:
        file.write("  - {q: Second question?, a: two, id: b}\n")

    assert seen(studied, at(NOW)) == rebuilt(studied, at(NOW))
    assert seen(studied, at(NOW))[0]["b"][0] == "two/deep"


def test_only_new_lines_are_read(studied, replayed, line, at):
    questions(studied, at(NOW))
    first, replayed[:] = len(replayed), []
    questions(studied, at(NOW))
    again, replayed[:] = len(replayed), []
    new = line("c", "2026-11-21T08:00:00.000Z")
    with (studied / "history/2026-phone-wxyz.jsonl").open("a") as file:
        file.write(f"{new}\n")
    questions(studied, at(NOW))

    assert (first, again, replayed) == (12, 0, [new])


def test_what_the_app_writes_itself_is_not_read_again(studied, replayed, at):
    with Collection.open(studied, now=at(NOW)) as collection:
        collection.answer("a", Rating.GOOD, at("2026-11-22T07:00"))
        collection.counts(None, at(NOW))  # by now it has read its own, new file once
        replayed.clear()
        for minute in range(40):
            collection.answer("abc"[minute % 3], Rating.GOOD, at(f"2026-11-22T08:{minute:02}"))
    questions(studied, at(NOW))

    assert replayed == []


def _shuffle(history):
    for path in history.iterdir():
        path.write_text("".join(sorted(path.read_text().splitlines(keepends=True), key=hash)))


def _merge(history):
    text = "".join(path.read_text() for path in sorted(history.iterdir()))
    for path in history.iterdir():
        path.unlink()
    (history / "all.jsonl").write_text(text)


def _split(history):
    for path in list(history.iterdir()):
        for number, one in enumerate(path.read_text().splitlines()):
            (history / f"{path.stem}-{number}.jsonl").write_text(one)
        path.unlink()


def _rename(history):
    names = sorted(history.iterdir())
    for path in names:
        path.rename(history / f"x{path.name}")


def _swap(history):
    one, two, _ = sorted(history.iterdir())
    one.rename(history / "between")
    two.rename(one)
    (history / "between").rename(two)


def _edit(history):
    path = history / "2026-desk-abcd.jsonl"
    path.write_text(path.read_text().replace('"rating": 3', '"rating": 1', 1))


def _shorten(history):
    path = history / "2026-desk-abcd.jsonl"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:2]))


def _cut(history):
    path = history / "2026-desk-abcd.jsonl"
    path.write_bytes(path.read_bytes()[:-20])


def _remove_one(history):
    (history / "2026-desk-abcd.jsonl").unlink()


def _remove_all(history):
    for path in history.iterdir():
        path.unlink()


def _empty_all(history):
    for path in history.iterdir():
        path.write_text("")


def _remove_folder(history):
    _remove_all(history)
    history.rmdir()


@pytest.mark.parametrize(
    "change",
    [_shuffle, _merge, _split, _rename, _swap, _edit, _shorten, _cut, _remove_one, _remove_all, _empty_all, _remove_folder],
)  # fmt: skip
def test_a_history_changed_behind_the_index_gives_what_a_new_index_gives(change, studied, seen, rebuilt, at):
    seen(studied, at(NOW))
    change(studied / "history")
    after = seen(studied, at(NOW))

    assert after == rebuilt(studied, at(NOW))


@pytest.mark.parametrize("change", [_shuffle, _merge, _split, _rename, _swap])
def test_where_a_line_stands_changes_nothing(change, studied, seen, at):
    before = seen(studied, at(NOW))
    change(studied / "history")

    assert seen(studied, at(NOW)) == before


def test_a_card_loses_a_review_that_a_rename_gave_it_when_the_review_is_undone(root, seen, rebuilt, line, at):
    log = root / "history/2026-desk-abcd.jsonl"
    review = line("b", "2026-11-20T08:00:00.000Z")
    log.write_text(f"{review}\n{line('b', '2026-11-20T09:00:00.000Z', 'rename', to='a')}\n")
    before = seen(root, at(NOW))[0]
    with log.open("a") as file:
        file.write(line("b", "2026-11-20T10:00:00.000Z", "undo", of="2026-11-20T08:00:00.000Z") + "\n")
    after = seen(root, at(NOW))

    assert ("reps=1" in before["a"][2], after[0]["a"][2]) == (True, "None")
    assert after == rebuilt(root, at(NOW))
