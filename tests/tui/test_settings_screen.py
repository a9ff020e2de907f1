"""The settings screen: made from the schema, and writing quizapp.toml without touching anything else."""

from quizapp.settings import SCHEMA

BEFORE = "# mine\n[study]\nnew_per_day = 2  # few\n"


async def test_every_setting_shows_with_its_value_and_its_explanation(opened):
    async with opened(settings=BEFORE, size=(80, 40)) as at:
        await at.press(",")
        rows = [" ".join(row.split()) for row in at.rows()]
        explained = set()
        for _ in SCHEMA:
            explained |= {
                line.explanation for line in SCHEMA if line.explanation in " ".join(at.text().split())
            }
            await at.press("j")

    assert any(row.startswith("› new_per_day 2 ") for row in rows)
    assert any(row.startswith("learning_steps 1m 10m") for row in rows)
    assert {line.explanation for line in SCHEMA if line.key != "parameters"} <= explained


async def test_a_number_is_typed_and_holds_at_once(opened, tmp_path):
    async with opened(settings=BEFORE) as at:
        before = at.text()
        await at.press(",", "enter", "backspace", "1", "enter", "escape")
        await at.pilot.pause()

        assert "2 new" in before
        assert "1 new" in at.text()
    assert (tmp_path / "cards" / "quizapp.toml").read_text() == BEFORE.replace("2", "1", 1)


async def test_what_makes_no_sense_is_refused_and_can_be_given_up(opened, tmp_path):
    async with opened(settings=BEFORE) as at:
        await at.press(",", "enter", "x", "enter")
        refused = at.text()
        await at.press("escape")
        given_up = at.text()
        await at.press("escape")

        assert "! new_per_day wants a whole number, 0 or more" in refused
        assert "› new_per_day       2" in given_up
        assert "all decks" in at.text()
    assert (tmp_path / "cards" / "quizapp.toml").read_text() == BEFORE


async def test_a_switch_turns_and_a_choice_goes_round(opened):
    async with opened(settings=BEFORE) as at:
        await at.press(",", "j", "j", "j", "enter")
        first = at.collection.settings.study.order
        await at.press("enter", "enter", "j", "j", "space")

        assert first == "recall"
        assert at.collection.settings.study.order == "due"
        assert at.collection.settings.study.mix is False


async def test_settings_open_in_a_session_and_its_card_stays(opened, logged):
    async with opened(review=True, settings="[fsrs]\nfuzz = false\n") as at:
        await at.press("space", ",", "end", "up", "up", "up", "enter")
        for _ in range(8):
            await at.press("backspace")
        await at.press("5", "m", "enter", "escape")
        await at.pilot.pause()
        text = at.text()
        await at.press("1")

        assert "What is a tensor?" in text
        assert " 5 min " in text
    assert logged() == [("tensor", 1)]


async def test_a_file_that_another_program_broke_is_not_written_to(opened, make_cards, tmp_path):
    async with opened(settings=BEFORE) as at:
        await at.press(",")
        make_cards({}, "[study\n")
        await at.press("j", "j", "j", "enter")

        assert "! " in at.text()
    assert (tmp_path / "cards" / "quizapp.toml").read_text() == "[study\n"


async def test_a_narrow_terminal_cuts_explanations_and_not_values(opened):
    async with opened(size=(60, 18)) as at:
        await at.press(",")
        rows = at.rows()

    assert any("day_starts" in row and "04:00" in row for row in rows)
    assert len(rows) == 18
