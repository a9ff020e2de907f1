"""What `import quizapp` gives, and what it costs."""

import json
import subprocess
import sys
from importlib import import_module

import pytest

import quizapp

LOADED = (
    "import json, sys; before = set(sys.modules); {}; print(json.dumps(sorted(set(sys.modules) - before)))"
)


def newly_loaded(statement):
    script = LOADED.format(statement)
    out = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    return json.loads(out)


@pytest.mark.parametrize("name", quizapp.__all__)
def test_every_public_name_can_be_imported_and_says_what_it_is(name):
    thing = getattr(quizapp, name)

    assert thing.__module__.startswith("quizapp.")
    assert getattr(import_module(thing.__module__), name) is thing
    assert thing.__doc__


def test_the_public_names_are_those_of_the_documentation():
    assert {"Collection", "Rating", "Card", "Counts", "Memory", "Problem", "CollectionError"} <= set(
        quizapp.__all__
    )
    assert list(quizapp.__all__) == sorted(quizapp.__all__)


def test_another_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nonsense"):
        quizapp.nonsense  # noqa: B018  the look-up is what is tested


def test_every_error_is_a_quizapp_error():
    errors = [getattr(quizapp, name) for name in quizapp.__all__ if name.endswith("Error")]

    assert len(errors) >= 7
    assert all(issubclass(error, quizapp.QuizappError) for error in errors)


def test_importing_the_package_loads_nothing_else_of_it():
    loaded = newly_loaded("import quizapp")

    assert [name for name in loaded if name.startswith("quizapp")] == ["quizapp"]
    assert not {"dataclasses", "sqlite3", "datetime", "click", "yaml", "json.decoder"} & set(loaded)


def test_the_errors_load_nothing_but_themselves():
    loaded = newly_loaded("from quizapp import CollectionError")

    assert [name for name in loaded if name.startswith("quizapp")] == ["quizapp", "quizapp.errors"]
