"""quizapp.toml: whatever it holds is read, or refused with its line."""

import pytest

from quizapp.errors import SettingsError
from quizapp.settings import parse


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
