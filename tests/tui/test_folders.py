"""Folders on the home screen: their rows say what enter brings."""

import re

CARDS = "cards:\n" + "".join(f"  - {{q: In %s what is {n}?, a: x{n}}}\n" for n in range(6))


async def test_a_folders_row_heeds_its_own_cap(opened):
    decks = {f"f/{name}.yaml": CARDS.replace("%s", name) for name in "xy"} | {"z.yaml": CARDS}
    async with opened(decks, settings="[decks.f]\nnew_per_day = 3\n") as at:
        rows = [re.sub(" +", " ", row).strip() for row in at.rows()]

        assert any(row.startswith("▾ f 3 · · ") for row in rows)
        await at.press("down", "enter")
        assert "1 of 3" in at.text()
