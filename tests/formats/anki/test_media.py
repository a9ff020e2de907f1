"""Files of a package find their places, nothing leaves the collection's folder, and what is missing is said."""

import re
from unicodedata import normalize
from urllib.parse import unquote

import pytest

from quizapp.decks.draft import Draft
from quizapp.formats.anki.media import PackageMedia, package_name
from quizapp.formats.images import put
from quizapp.formats.rows import FormatError


@pytest.fixture
def media(tmp_path):
    """The media of a package on their way: `media({"a.png": b"…"})`, with what a text becomes by them in `text`."""
    root = tmp_path / "cards"
    root.mkdir()

    def make(files):
        made = PackageMedia(
            {name: (lambda content=content: content) for name, content in files.items()}, root
        )

        def text(question):
            draft = made.placed(Draft(question, ("a",)))
            return draft.question, {name: read() for name, read in made.copies_for([draft]).items()}

        return made, text

    make.root = root
    return make


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("media/a.png", "a.png"),
        ("media/A_b-1.PNG", "A_b-1.PNG"),
        ("images/a.png", None),
        ("media", None),
        ("media/../a.png", None),
        ("media/%2e%2e/a.png", None),
        ("media/.hidden", None),
        ("/media/a.png", None),
        ("https://example.org/media/a.png", None),
        ("media\\a.png", None),
    ],
)
def test_only_files_below_media_have_a_name_in_a_package(address, name):
    assert package_name(address) == name


def test_names_of_folders_and_odd_signs_differ_and_are_plain():
    names = [
        package_name(f"media/{path}") for path in ("a/b.png", "a-b.png", "a b.png", "a%20b.png", "ä:b.png")
    ]
    assert names[2] == names[3]
    assert len(set(names)) == 4
    assert all(name.isprintable() and "/" not in name and " " not in name for name in names)


def test_files_go_to_media_and_the_text_names_them_there(media):
    _, text = media({"my dog.png": b"dog", "bark.mp3": b"bark"})
    assert text("![](<my dog.png>) [bark.mp3](bark.mp3)") == (
        "![](media/my-dog.png) [bark.mp3](media/bark.mp3)",
        {"my-dog.png": b"dog", "bark.mp3": b"bark"},
    )
    assert text("![](my%20dog.png)")[0] == "![](media/my-dog.png)"


@pytest.mark.parametrize(
    "code",
    [
        "`![](a.png)`",
        "``[a`](a.png)``",
        "```\n![](a.png)\n```",
        "~~~md\n![](a.png)\n\n[x](a.png)\n~~~",
        "```\n![](a.png)",
        "- item\n\n  ```\n  ![](a.png)\n  ```",
        "Text:\n\n    ![](a.png)",
        "\t![](a.png)",
    ],
)
def test_code_stays_to_the_letter_whatever_it_names(media, code):
    made, text = media({"a.png": b"a"})
    assert text(code) == (code, {})
    after = "\n```" if code == "```\n![](a.png)" else ""
    both = f"![](a.png)\n\n{code}{after}\n\nand ![](a.png)"
    assert text(both)[0] == f"![](media/a.png)\n\n{code}{after}\n\nand ![](media/a.png)"
    assert not made.missing


@pytest.mark.parametrize(
    "text",
    [
        "a ` b ![]({}) c",
        "\\`![]({})`",
        "`code` ![]({}) `code`",
        "``a` ![]({})",
        "one `\n\n![]({}) two `",
        "- list\n    - ![]({})",
        "> quoted\r\n>     ![]({})",
        "[`code`]({})",
        "~~~\ncode\n~~~\r\n![]({})",
    ],
)
def test_what_only_looks_like_code_names_files(media, text):
    assert media({"a.png": b"a"})[1](text.format("a.png"))[0] == text.format("media/a.png")


def test_another_file_of_that_name_is_not_written_over(media):
    (media.root / "media").mkdir()
    (media.root / "media/a.png").write_bytes(b"the learner's")
    _, text = media({"a.png": b"another"})
    question, copies = text("![](a.png)")
    assert question != "![](media/a.png)"
    assert list(copies.values()) == [b"another"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x.png", "X.png"),
        ("stra\u00dfe.png", "STRASSE.png"),
        ("e\u0301.png", "\u00e9.png"),
        ("\u00c5.png", "a\u030a.png"),
    ],
)
@pytest.mark.parametrize("is_there", [False, True], ids=["in one package", "in the collection"])
def test_no_two_files_have_names_that_a_disk_may_take_for_one(media, one, other, is_there):
    if is_there:
        (media.root / "media").mkdir()
        (media.root / "media" / one).write_bytes(b"first")
    _, text = media({one: b"first", other: b"second"})
    question, copies = text(f"![]({one}) ![]({other})")
    there = copies | ({one: b"first"} if is_there else {})
    named = [unquote(name) for name in re.findall(r"media/([^)]+)", question)]
    assert [there[name] for name in named] == [b"first", b"second"]
    assert len({normalize("NFC", normalize("NFC", name).casefold()) for name in there}) == len(there)


def test_a_file_that_is_there_with_other_capitals_is_not_copied(media):
    (media.root / "media").mkdir()
    (media.root / "media/x.png").write_bytes(b"same")
    _, text = media({"X.png": b"same"})
    assert text("![](X.png)") == ("![](media/x.png)", {})


def test_the_same_file_is_not_copied_again(media):
    (media.root / "media").mkdir()
    (media.root / "media/a.png").write_bytes(b"same")
    _, text = media({"a.png": b"same"})
    assert text("![](a.png)") == ("![](media/a.png)", {})


def test_our_own_files_come_back_to_where_they_were(media):
    name = package_name("media/deep/er/a.png")
    _, text = media({name: b"deep", "b.png": b"flat"})
    assert text("![](media/deep/er/a.png) ![](media/b.png)") == (
        "![](media/deep/er/a.png) ![](media/b.png)",
        {"deep/er/a.png": b"deep", "b.png": b"flat"},
    )


@pytest.mark.parametrize(
    "named", ["../../x.png", "/etc/x.png", "..%2f..%2fx.png", "C:x.png", "a/../../x.png"]
)
def test_no_file_is_put_outside_of_media(media, named):
    _, text = media({named: b"evil", "x.png": b"good"})
    _, copies = text(f"![]({named})")
    assert all("/" not in name and not name.startswith(".") for name in copies)


def test_what_is_not_in_the_package_is_said_and_looked_for_in_media(media):
    made, text = media({})
    assert text("![](gone.png) [x](gone.mp3) [page](other.md) ![](https://example.org/x.png)") == (
        "![](media/gone.png) [x](media/gone.mp3) [page](other.md) ![](https://example.org/x.png)",
        {},
    )
    assert made.missing == {"media/gone.png", "media/gone.mp3"}


def test_a_file_that_can_not_be_read_is_missing(media):
    made, text = media({"a.png": b""})

    def broken():
        raise FormatError("it is torn")

    made.files["a.png"] = broken
    assert text("![](a.png)") == ("![](media/a.png)", {})
    assert made.missing == {"media/a.png"}


@pytest.mark.parametrize(
    "long", ["a" * 300 + ".png", "/".join(["a" * 200] * 30) + ".png", "ä" * 121 + ".png"]
)
def test_a_file_that_no_disk_takes_is_missing(media, long):
    address = f"media/{long}"
    (media.root / "media").mkdir()
    for files in ({}, {package_name(address): b"x"}):
        made, text = media(files)
        assert text(f"![]({address})") == (f"![]({address})", {})
        assert made.missing == {address}


@pytest.mark.parametrize("name", ["日" * 90 + ".png", "é" * 200 + ".png", "a." + "é" * 300])
def test_a_name_that_is_too_long_for_a_disk_is_cut(media, name):
    _, text = media({name: b"x"})
    ((place, content),) = text(f"![]({name})")[1].items()
    assert put(content, media.root, place)


def test_no_file_goes_below_another(media):
    below, folder, other = "media/a.png/b.png", "media/c", "media/c/d.png"
    made, text = media({package_name(one): b"x" for one in ("media/a.png", below, folder, other)})
    addresses = ("media/a.png", below, other, folder)
    assert text(" ".join(f"![]({one})" for one in addresses))[1] == {"a.png": b"x", "c/d.png": b"x"}
    assert made.missing == {below, folder}

    (media.root / "media").mkdir()
    (media.root / "media" / "a.png").write_bytes(b"x")
    assert media({package_name(below): b"x"})[1](f"![]({below})")[1] == {}
