"""Choosing what to study by tag or query."""

DECKS = {
    "a.yaml": "tags: [linear algebra]\ncards:\n  - {q: What is a tensor?, a: x, id: tensor, tags: [hard]}\n"
    "  - {q: What is a scalar?, a: y, id: scalar}\n",
    "b.yaml": "cards:\n  - {q: Which unit has force?, a: newton, id: force, tags: [physics, hard]}\n",
}


async def test_tags_are_listed_with_how_many_notes_have_them_and_narrowed_while_typing(opened):
    async with opened(DECKS) as at:
        await at.press("f")
        await at.pilot.pause(0.1)
        every = at.text()
        await at.press(*"phy")
        await at.pilot.pause()

        for line in ("hard  2", "linear algebra  2", "physics  1"):
            assert line in every
        assert "physics" in at.text()
        assert "linear algebra" not in at.text()


async def test_a_tag_is_chosen_and_studied(opened, logged):
    async with opened(DECKS) as at:
        await at.press("f")
        await at.pilot.pause(0.1)
        await at.press("down", "enter")
        await at.pilot.pause()
        await at.press("space", "4", "space", "4")

        assert "Nothing is left here." in at.text()
    assert logged() == [("tensor", 4), ("force", 4)]


async def test_a_click_on_a_tag_studies_it(opened):
    async with opened(DECKS) as at:
        await at.press("f")
        await at.pilot.pause(0.1)
        y = next(y for y, row in enumerate(at.rows()) if "physics" in row)
        await at.pilot.click(offset=(10, y))
        await at.pilot.pause(0.1)

        assert "Which unit has force?" in at.text()


async def test_a_query_is_counted_while_typing_and_studied(opened, logged):
    async with opened(DECKS) as at:
        await at.press("f", *"unit")
        await at.pilot.pause(0.3)
        counted = at.text()
        await at.press("enter")
        await at.pilot.pause()
        await at.press("space", "3")

        assert "1 card found." in counted
    assert logged() == [("force", 3)]


async def test_a_query_without_sense_or_without_a_card_is_told_and_stays(opened):
    async with opened(DECKS) as at:
        await at.press("f", "i", "s", "colon", "x", "enter")
        nonsense = at.text()
        for _ in range(4):
            await at.press("backspace")
        await at.press(*"zzz", "enter")
        nothing = at.text()
        await at.press("escape")

        assert '! "is:x" is not known' in nonsense
        assert "No card is found." in nothing
        assert "all decks" in at.text()


async def test_what_a_query_finds_is_asked_though_other_cards_come_first(opened):
    async with opened(DECKS) as at:
        await at.press("f", *"scalar", "enter")
        await at.pilot.pause()

        assert "What is a scalar?" in at.text()
        assert "1 of 1" in at.text()
