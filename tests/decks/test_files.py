import os

import pytest

from quizapp.decks.files import deck_files


@pytest.fixture
def root(tmp_path):
    for name in (
        "b.yaml", "a/z.yml", "a/10-x/deep.YAML", "quizapp.toml", "a/notes.md", ".hidden.yaml", ".git/x.yaml",
        "history/x.yaml", "media/x.yaml", "a/history/kept.yaml", ".yaml", "a/two.dots.yaml",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("cards: []\n")
    return tmp_path


def names(root):
    return [file.name for file in deck_files(root)[0]]


def test_decks_are_named_by_their_paths_and_sorted(root):
    files, problems = deck_files(root)

    assert [file.name for file in files] == ["a/10-x/deep", "a/history/kept", "a/two.dots", "a/z", "b"]
    assert problems == []
    assert files[-1].path == root / "b.yaml"
    assert files[-1].stat.st_size == 10


def test_two_files_with_one_name_are_a_problem(root):
    (root / "b.yml").write_text("cards: []\n")
    files, (problem,) = deck_files(root)

    assert [file.path.name for file in files if file.name == "b"] == ["b.yaml"]
    assert (problem.file, problem.code) == ("b.yml", "same-deck")
    assert "b.yaml" in problem.message


def test_links_are_followed_once_and_loops_do_no_harm(root):
    (root / "a" / "loop").symlink_to(root)
    (root / "0-link").symlink_to(root / "a" / "10-x")
    (root / "c.yaml").symlink_to(root / "b.yaml")

    assert names(root) == ["a/10-x/deep", "a/history/kept", "a/two.dots", "a/z", "b", "c"]


def test_a_linked_folder_elsewhere_is_read(root, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "x.yaml").write_text("")
    (root / "linked").symlink_to(other)

    assert "linked/x" in names(root)


def test_a_link_to_nothing_is_reported(root):
    (root / "gone.yaml").symlink_to(root / "nowhere")
    files, (problem,) = deck_files(root)

    assert len(files) == 5
    assert (problem.file, problem.code) == ("gone.yaml", "unreadable")


def test_a_missing_folder_is_reported(tmp_path):
    files, (problem,) = deck_files(tmp_path / "nowhere")

    assert files == []
    assert problem.code == "unreadable"


def test_a_name_that_is_no_text_is_reported(root):
    with open(os.fsencode(root) + b"/caf\xe9.yaml", "w"):
        pass
    files, (problem,) = deck_files(root)

    assert len(files) == 5
    assert problem.file == r"caf\udce9.yaml"


def test_a_pipe_is_no_deck(root):
    os.mkfifo(root / "pipe.yaml")

    assert deck_files(root)[1] == []
    assert "pipe" not in names(root)


def test_names_are_composed_whatever_the_file_system_does(tmp_path):
    (tmp_path / "u\u0308ber.yaml").write_text("")

    assert names(tmp_path) == ["über"]
