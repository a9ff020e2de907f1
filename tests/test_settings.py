"""quizapp.toml: whatever it holds is read, or refused with its line."""

import pytest

from quizapp.collection import Collection
from quizapp.errors import RequestError, SettingsError
from quizapp.settings import SCHEMA, parse
from quizapp.settings_text import amended, as_text, default, from_text, in_force, setting


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (f'learning_steps = ["{"9" * 400}d"]', "learning_steps wants a list of durations"),
        ('learning_steps = ["0.1s"]', "learning_steps wants a list of durations"),
        (f"parameters = [{', '.join(['1' + '0' * 400] * 21)}]", "parameters wants a list of 21 numbers"),
        (f"parameters = [{', '.join(['nan'] * 21)}]", "parameters wants a list of 21 numbers"),
        (
            f"maximum_interval = {10**9 + 1}",
            "maximum_interval wants a whole number, 1 or more, at most 1000000000",
        ),
        (f"maximum_interval = {'9' * 5000}", "this number is too long"),
        (f"parameters = {'[' * 3000}{']' * 3000}", "this is nested too deeply"),
        (f"parameters = {'[' * 3000}", "this is nested too deeply"),
    ],
)
def test_values_beyond_all_bounds_are_refused_with_their_line(value, words):
    with pytest.raises(SettingsError) as caught:
        parse(f"# one\n[fsrs]\nfuzz = true\n{value}\n[study]\nmix = true\n")

    assert str(caught.value).startswith("quizapp.toml:4: ")
    assert words in str(caught.value)


@pytest.mark.parametrize("key", ["new_per_day", "reviews_per_day", "leech_lapses"])
def test_counts_are_bounded(key):
    assert getattr(parse(f"[study]\n{key} = {10**9}").study, key) == 10**9
    with pytest.raises(SettingsError, match="at most 1000000000"):
        parse(f"[study]\n{key} = {10**30}")


def test_a_decks_name_may_have_slashes_around_it_and_any_form_of_unicode():
    found = parse('[decks."/a/b/"]\nnew_per_day = 1\n[decks."u\u0308ber"]\nnew_per_day = 2\n')

    assert found.decks == {"a/b": {"new_per_day": 1}, "über": {"new_per_day": 2}}
    assert found.lines == {"a/b": 1, "über": 3}


def test_two_tables_of_one_deck_are_refused():
    with pytest.raises(SettingsError, match=r'quizapp\.toml:2: the deck "a" has a table already'):
        parse('[decks.a]\n[decks."a/"]\n')


@pytest.mark.parametrize(
    ("table", "key", "typed", "written"),
    [
        ("study", "new_per_day", "25", "new_per_day = 25"),
        ("study", "day_starts", "05:30", 'day_starts = "05:30"'),
        ("study", "order", "recall", 'order = "recall"'),
        ("study", "mix", "false", "mix = false"),
        ("fsrs", "retention", "0.85", "retention = 0.85"),
        ("fsrs", "learning_steps", "1m, 10m 1d", 'learning_steps = ["1m", "10m", "1d"]'),
        ("fsrs", "relearning_steps", "", "relearning_steps = []"),
    ],
)
def test_what_is_typed_is_written_and_every_other_line_stays(table, key, typed, written):
    text = "# mine\n[study] # days\nnew_per_day = 5 # few\n\n# last\n[fsrs]\nretention = 0.9  # as Anki\n"
    line = setting(table, key)

    changed = amended(text, line, from_text(line, typed))

    assert written in changed
    old = [row for row in text.splitlines() if not row.startswith(f"{key} =")]
    assert [row for row in changed.splitlines() if row in old] == old
    assert as_text(in_force(parse(changed), line)) == as_text(line.read(from_text(line, typed)))


@pytest.mark.parametrize("line", SCHEMA, ids=lambda line: line.key)
def test_every_default_can_be_typed_as_it_is_shown(line):
    assert line.read(from_text(line, as_text(default(line)))) == default(line)


@pytest.mark.parametrize(
    ("key", "typed", "wants"),
    [
        ("new_per_day", "-1", "a whole number"),
        ("new_per_day", "many", "a whole number"),
        ("mix", "perhaps", "true or false"),
        ("order", "fast", "due or recall or random"),
        ("day_starts", "25:00", "a time"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_is_wanted(key, typed, wants):
    with pytest.raises(RequestError, match=f"{key} wants .*{wants}"):
        from_text(setting("study", key), typed)


def test_a_setting_is_changed_through_the_collection_and_holds_at_once(make_collection, at):
    root = make_collection({"a.yaml": "cards:\n  - {q: One?, a: x}\n  - {q: Two?, a: y}\n"}, "# mine\n")
    with Collection.open(root, now=at("2026-11-22T08:00")) as collection:
        collection.set("study", "new_per_day", "1", at("2026-11-22T08:00"))

        assert collection.counts(now=at("2026-11-22T08:00")).new == 1
    assert (root / "quizapp.toml").read_text().startswith("# mine\n")


def test_line_ends_of_windows_stay():
    line = setting("study", "new_per_day")

    assert amended("# mine\r\n[study]\r\n", line, 3) == "# mine\r\n[study]\r\nnew_per_day = 3\r\n"


def test_settings_that_are_broken_are_not_written_to(make_collection, at):
    root = make_collection({})
    with Collection.open(root, now=at("2026-11-22T08:00")) as collection:
        (root / "quizapp.toml").write_text("[study\n")

        with pytest.raises(SettingsError, match=r"quizapp\.toml:1"):
            collection.set("study", "new_per_day", "1", at("2026-11-22T08:00"))
    assert (root / "quizapp.toml").read_text() == "[study\n"


def test_a_table_that_stands_twice_is_named_in_words_and_with_its_line():
    with pytest.raises(SettingsError, match=r"quizapp\.toml:3:7: \[study\] stands twice"):
        parse("[study]\nmix = true\n[study]\n")


def test_a_file_that_ends_too_early_is_named_with_its_last_line():
    with pytest.raises(SettingsError, match=r"quizapp\.toml:3:1: "):
        parse("[study]\nmix = true\nx = [")
