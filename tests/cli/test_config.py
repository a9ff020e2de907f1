"""The user's config: where it points, and what is said when it points nowhere."""

import pytest


@pytest.fixture
def config(tmp_path):
    """Write the user's config; its folder."""

    def write(text):
        folder = tmp_path / "config" / "quizapp"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.toml").write_text(text)
        return folder

    return write


def test_paths_count_from_the_configs_own_folder(call, config, cards, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = config(f'collection = "mine"\n[history]\n"mine" = "log"\n"{tmp_path}" = "~/log"\n')
    (folder / "mine").symlink_to(cards)
    (folder / "log").mkdir()

    assert call("suspend", "tensor").code == 0
    assert len(list((folder / "log").glob("*.jsonl"))) == 1
    assert not (cards / "history").exists()


def test_a_history_that_lies_nowhere_is_named(call, config, cards):
    folder = config(f'[history]\n"{cards}" = "log"\n')
    result = call("due", root=cards)

    assert result.code == 2
    assert f"{folder}/log does not exist" in result.err
    assert "config.toml" in result.err
    assert not (folder / "log").exists()


@pytest.mark.parametrize(
    "text",
    [
        'collection = "~nobody-here/cards"',
        '[history]\n"~nobody-here" = "x"',
        "[history]\nx = 5",
        'collection = "a\\u0000"',
        "x = " + "[" * 3000,
    ],
)
def test_a_config_that_makes_no_sense_is_refused_in_a_sentence(call, config, tmp_path, monkeypatch, text):
    monkeypatch.chdir(tmp_path)
    config(text)
    result = call("due")

    assert (result.code, result.out) == (2, "")
    assert len(result.err.strip().splitlines()) == 1
