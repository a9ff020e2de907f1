"""Makes the pictures of docs/anki.md: cards of the shipped decks as Anki draws them, photographed by Chromium.

python docs/anki_pictures.py     # needs `anki`, `pillow`, and a browser called chromium
"""

import shutil
import subprocess
import tempfile
from html import escape
from pathlib import Path

from anki.collection import Collection as Anki
from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
from PIL import Image

from quizapp import Collection
from quizapp.formats.anki.exporting import export

HERE = Path(__file__).parent
PICTURES = {"desktop": ("zp34tant7k", 2, 840, 722), "phone": ("r5c52ejhwi", 0, 360, 640)}  # note, card, size
SCALE = 1.5
COLOURS = 64  # of a picture, to keep its file small
PAGE = """<!doctype html><html><head><meta charset="utf-8"><style>body {{ margin: 20px; overflow-wrap: break-word }}
hr {{ height: 1px }} li {{ text-align: start }} {css}</style></head>
<body class="card card1 {night}"><div id="qa">{side}</div></body></html>"""
FRAME = '<body style="margin: 0"><iframe style="border: 0; width: {}px; height: {}px" srcdoc="{}"></iframe>'


def in_anki(folder: Path) -> Anki:
    """A collection of Anki's that has the shipped decks."""
    root = folder / "cards"
    shutil.copytree(HERE.parent / "cards" / "llm-fasttrack", root / "llm-fasttrack")
    (root / "quizapp.toml").touch()
    with Collection.open(root) as collection:
        export(collection, None, folder / "all.apkg")
    anki = Anki(str(folder / "collection.anki2"))
    anki.import_anki_package(
        ImportAnkiPackageRequest(package_path=str(folder / "all.apkg"), options=ImportAnkiPackageOptions())
    )
    return anki


def photograph(html: str, picture: Path, width: int, height: int) -> None:
    """Let the browser draw a page. A frame gives it its width: no window is as narrow as a phone."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(FRAME.format(width, height, escape(html)), encoding="utf-8")
        browser = shutil.which("chromium") or "chromium"
        options = [
            f"--window-size={width},{height}",
            f"--force-device-scale-factor={SCALE}",
            f"--screenshot={picture}",
        ]
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--hide-scrollbars", *options, page.as_uri()], check=True
        )
    Image.open(picture).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
        picture, optimize=True
    )


def main() -> None:
    """Draw the back of each card, light and dark."""
    with tempfile.TemporaryDirectory() as folder:
        anki = in_anki(Path(folder))
        for name, (guid, step, width, height) in PICTURES.items():
            (note_id,) = anki.find_notes(f"Id:{guid}")
            cards = sorted(anki.get_note(note_id).cards(), key=lambda card: card.due)
            made = cards[step].render_output()
            for theme, night in (("light", ""), ("dark", "nightMode night_mode")):
                page = PAGE.format(css=made.css, night=night, side=made.answer_text)
                photograph(page, HERE / f"anki-{name}-{theme}.png", width, height)
        anki.close()


if __name__ == "__main__":
    main()
