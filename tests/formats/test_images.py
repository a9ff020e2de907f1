"""Images that notes name: where they go, and where they never go."""

import pytest

from quizapp.decks.draft import Draft
from quizapp.formats.images import Images, images_in, put


@pytest.fixture
def place(tmp_path):
    """A folder of notes with pictures, and a collection; texts with their images placed."""
    notes, root = tmp_path / "notes", tmp_path / "cards"
    (notes / "images").mkdir(parents=True)
    (root / "media").mkdir(parents=True)
    (notes / "images/row.png").write_bytes(b"row")
    (notes / "images/my picture.PNG").write_bytes(b"mine")
    (notes / "row.png").write_bytes(b"another row")
    images = Images(notes, root)

    def place(text):
        return images.placed(Draft(text, ("a",))).question

    place.images, place.notes, place.root = images, notes, root
    return place


def test_an_image_goes_to_media_and_its_text_names_it_there(place):
    assert place('See ![a row](images/row.png "Row") here') == 'See ![a row](media/row.png "Row") here'
    assert place.images.copies == {"row.png": place.notes / "images/row.png"}


def test_every_text_of_a_note_is_looked_at(place):
    image, placed = "![](images/row.png)", "![](media/row.png)"
    draft = place.images.placed(Draft(image, (image,), hint=image, extra=image))

    assert draft == Draft(placed, (placed,), hint=placed, extra=placed)
    assert [*images_in(draft)] == ["media/row.png"] * 4


@pytest.mark.parametrize("named", ["images/my%20picture.PNG", "<images/my picture.PNG>"])
def test_names_with_blanks_become_plain_ones(place, named):
    assert place(f"![]({named})") == "![](media/my-picture.png)"


def test_two_images_of_one_name_stay_two(place):
    first, second = place("![](images/row.png)"), place("![](row.png)")

    assert first == "![](media/row.png)"
    assert second.startswith("![](media/row-")
    assert len(place.images.copies) == 2
    assert place("![](images/row.png)") == first


def test_a_file_of_that_name_in_media_is_never_written_over(place):
    (place.root / "media/row.png").write_bytes(b"the learner's")
    text = place("![](images/row.png)")
    (name,) = place.images.copies

    assert text == f"![](media/{name})"
    assert name != "row.png"
    assert put(b"row", place.root, "row.png") is False
    assert put(b"row", place.root, name) is True
    assert (place.root / "media/row.png").read_bytes() == b"the learner's"
    assert (place.root / "media" / name).read_bytes() == b"row"


def test_the_same_image_there_already_is_the_same(place):
    (place.root / "media/row.png").write_bytes(b"row")

    assert place("![](images/row.png)") == "![](media/row.png)"


def test_an_image_that_is_not_there_is_named_and_its_place_is_kept(place):
    assert place("![](images/none.png)") == "![](media/none.png)"
    assert place.images.missing == {"images/none.png": "media/none.png"}


def test_an_image_that_is_not_there_takes_no_other_images_name(place):
    (place.root / "media/none.png").write_bytes(b"other")

    assert place("![](images/none.png)") == "![](images/none.png)"
    assert place.images.missing == {"images/none.png": "images/none.png"}


@pytest.mark.parametrize(
    "text",
    [
        "![](https://example.org/x.png)",
        "![](//example.org/x.png)",
        "![](data:image/png;base64,AAAA)",
        "![](notes.txt)",
        "[no image](images/row.png)",
        "![broken](images/row.png",
    ],
)
def test_what_is_no_image_file_stays(place, text):
    (place.notes / "notes.txt").write_text("secret")

    assert place(text) == text
    assert place.images.copies == {}


def test_no_name_leads_out_of_media(place):
    (place.notes.parent / "up.png").write_bytes(b"up")

    assert place("![](../up.png)") == "![](media/up.png)"
    assert place("![](.hidden.png)") == "![](media/hidden.png)"


def test_an_image_of_the_collections_media_stays_there(place):
    (place.root / "media/sub").mkdir()
    (place.root / "media/sub/x.png").write_bytes(b"x")

    assert place("![](media/sub/x.png)") == "![](media/sub/x.png)"
    assert place.images.copies == {}
