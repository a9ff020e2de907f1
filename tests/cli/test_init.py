"""Making a collection, and finding it again."""

import json

import pytest

from quizapp.cli.init import shipped_decks
from quizapp.places import config_file, find_collection


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder, and in it."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def content(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_init_makes_a_collection_that_is_found_from_any_folder(run, here, tmp_path):
    result = run("init", "--no-decks", cwd=here)

    assert (result.code, result.err) == (0, "")
    assert str(here / "cards") in result.out
    assert (here / "cards" / "history").is_dir()
    (here / "cards" / "one.yaml").write_text("cards: [{q: What?, a: That.}]")
    (tmp_path / "elsewhere").mkdir()
    assert run("due", "--json", cwd=tmp_path / "elsewhere").json()["new"] == 1


def test_init_copies_the_decks_that_come_along_and_no_history(call, here):
    result = call("init", "--decks")
    copied = {name for name in content(here / "cards") if name.endswith(".yaml")}

    assert copied == {str(path.relative_to(shipped_decks())) for path in shipped_decks().rglob("*.yaml")}
    assert f"with {len(copied)} decks" in result.out
    assert not list((here / "cards" / "history").iterdir())
    assert call("check").code == 0


def test_init_on_a_pipe_asks_nothing(run, here):
    assert run("init", "mine", cwd=here).code == 0
    assert (here / "mine" / "quizapp.toml").is_file()


def test_init_twice_changes_nothing(call, here):
    call("init")
    before = content(here)

    assert call("init").code == 0
    assert content(here) == before


def test_init_leaves_files_that_are_there_as_they_are(call, here):
    deck = min(path.relative_to(shipped_decks()) for path in shipped_decks().rglob("*.yaml"))
    for name, text in (("quizapp.toml", "[study]\nnew_per_day = 3\n"), (deck, "cards: [{q: Mine?, a: yes}]")):
        (here / "cards" / name).parent.mkdir(parents=True, exist_ok=True)
        (here / "cards" / name).write_text(text)
    before = content(here / "cards")

    assert call("init", "--decks").code == 0
    assert content(here / "cards") | before == content(here / "cards")


@pytest.mark.parametrize("way", ["cards", "cards/history"])
def test_a_file_in_the_way_is_named(call, here, way):
    (here / way).parent.mkdir(exist_ok=True)
    (here / way).write_text("mine")
    result = call("init")

    assert (result.code, result.out) == (2, "")
    assert way in result.err
    assert "is a file" in result.err
    assert (here / way).read_text() == "mine"
    assert not config_file().exists()


def test_a_folder_below_a_file_is_refused(call, here):
    (here / "file").write_text("")
    result = call("init", "file/cards")

    assert result.code == 2
    assert "file" in result.err


def test_init_keeps_the_rest_of_the_config(call, here):
    config_file().parent.mkdir(parents=True)
    config_file().write_text(
        '# mine\ncollection = "/old"\n\n[history]\n"/public/cards" = "/private/history"\n'
    )
    call("init")

    assert config_file().read_text() == (
        f'# mine\ncollection = "{here / "cards"}"\n\n[history]\n"/public/cards" = "/private/history"\n'
    )


@pytest.mark.parametrize("name", ['qu"ote\\', "größe", "📚 cards", "tab\there", "del\x7f"])
def test_a_folder_of_any_name_can_be_a_collection(call, here, name):
    assert call("init", name).code == 0
    assert call("due").code == 0
    assert find_collection(None, {}, here) == here / name


def test_a_folder_whose_name_is_no_text_is_refused(call, here):
    result = call("init", "no\udcfftext")

    assert result.code == 2
    assert "UTF-8" in result.err
    assert not list(here.iterdir())
    assert not config_file().exists()


def test_the_config_is_utf_8_whatever_the_locale_says(run, here):
    variables = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    config_file().parent.mkdir(parents=True)
    config_file().write_text(f'# größe\ncollection = "{here}"\n', encoding="utf-8")

    assert run("due", **variables).code == 0
    assert run("init", "other", cwd=here, **variables).code == 0
    assert config_file().read_text(encoding="utf-8") == f'# größe\ncollection = "{here / "other"}"\n'


def test_the_collection_is_the_one_given_else_the_variables_else_the_nearest_else_the_configs(
    call, make_collection, here, monkeypatch
):
    roots = {
        name: make_collection({"a.yaml": f"cards: [{{q: In {name}?, a: x}}]"})
        for name in ("given", "variable", "config")
    }
    config_file().parent.mkdir(parents=True)
    config_file().write_text(f"collection = {json.dumps(str(roots['config']))}")
    deep = here / "a" / "b"
    (deep / "cards").mkdir(parents=True)  # holds neither settings nor a history: no collection
    (here / "cards" / "history").mkdir(parents=True)
    (here / "cards" / "a.yaml").write_text("cards: [{q: In nearest?, a: x}]")

    def asked(cwd, root=None, variable=None):
        with monkeypatch.context() as patch:
            patch.chdir(cwd)
            if variable:
                patch.setenv("QUIZAPP_COLLECTION", str(variable))
            return call("find", "--json", root=root).json()[0]["question"]

    assert asked(deep, root=roots["given"], variable=roots["variable"]) == "In given?"
    assert asked(deep, variable=roots["variable"]) == "In variable?"
    assert asked(deep) == "In nearest?"
    assert asked(here / "cards" / "history") == "In nearest?"
    assert asked(here.parent) == "In config?"


def test_a_collections_history_can_lie_elsewhere(call, make_collection, tmp_path):
    root = make_collection({"a.yaml": "cards: [{q: What?, a: That., id: one}]"})
    config_file().parent.mkdir(parents=True)
    config_file().write_text(f'[history]\n"{root}" = "{tmp_path / "private"}"\n')
    (tmp_path / "private").mkdir()

    assert call("suspend", "one", root=root).code == 0
    assert not (root / "history").exists()
    assert len(list((tmp_path / "private").glob("*.jsonl"))) == 1


def test_init_puts_the_schema_for_editors_into_the_collection(call, here):
    call("init", "--no-decks")
    schema = (here / "cards" / "deck.schema.json").read_text("utf-8")

    assert schema == call("schema").out
    assert json.loads(schema)["title"] == "A deck of quizapp"


def test_init_leaves_a_schema_of_the_learner_as_it_is(call, here):
    (here / "cards").mkdir()
    (here / "cards" / "deck.schema.json").write_text("{}")
    call("init", "--no-decks")

    assert (here / "cards" / "deck.schema.json").read_text() == "{}"
