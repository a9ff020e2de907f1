"""The keys of a session, and when each makes sense."""

from enum import StrEnum

from textual.binding import Binding

from quizapp.tui.keys import QUIT_KEYS, moving

_GRADES = Binding.Group("grade")


class Phase(StrEnum):
    """Where the learner is with a card, or that there is none."""

    QUESTION = "question"
    ANSWER = "answer"
    OVER = "over"


_ON_A_CARD = {Phase.QUESTION, Phase.ANSWER}
PHASES = {
    "flip": {Phase.QUESTION},
    "hint": {Phase.QUESTION},
    "grade": {Phase.ANSWER},
    "put_away": _ON_A_CARD,
    "mark": _ON_A_CARD,
    "why": _ON_A_CARD,
    "open_source": _ON_A_CARD,
    "edit": _ON_A_CARD,
    "leave": _ON_A_CARD,
    "go_on": {Phase.OVER},
    "take_more": {Phase.OVER},
    "back": {Phase.OVER},
}

BINDINGS = (
    # With priority, since they need not go through the widgets first: a millisecond less.
    Binding("space,enter", "flip", "show", tooltip="show the answer", priority=True),
    Binding("space,enter", "grade(3)", "good", tooltip="good", priority=True),
    Binding("1", "grade(1)", "again", group=_GRADES, priority=True),
    Binding("2", "grade(2)", "hard", group=_GRADES, priority=True),
    Binding("3", "grade(3)", "good", group=_GRADES, priority=True),
    Binding("4", "grade(4)", "easy", group=_GRADES, priority=True),
    Binding("h", "hint", "hint", tooltip="show the hint"),
    Binding("space", "go_on", "go on", tooltip="go on with a card that came back"),
    Binding("n", "take_more", "more new cards", tooltip="take in ten more new cards"),
    Binding("u", "undo", "undo", tooltip="take back what was done last"),
    Binding("e", "edit", "edit", tooltip="edit the card", priority=True),
    Binding("a", "add", "add", tooltip="add a card", priority=True),
    Binding("slash", "browse", "find", tooltip="find cards", priority=True),
    Binding("i", "why", "why now", tooltip="see why the card comes now"),
    Binding("o", "open_source", "source", tooltip="open the source"),
    Binding("minus", "put_away(True, False)", "bury", tooltip="bury the card until tomorrow"),
    Binding(
        "equals_sign",
        "put_away(True, True)",
        "bury note",
        tooltip="bury the note until tomorrow",
        show=False,
    ),
    Binding("at", "put_away(False, False)", "suspend", tooltip="suspend the card"),
    Binding(
        "exclamation_mark",
        "put_away(False, True)",
        "suspend note",
        tooltip="suspend the note",
        show=False,
    ),
    Binding("asterisk", "mark", "mark", tooltip="mark the card, or take the mark away"),
    Binding(f"enter,{QUIT_KEYS}", "back", "back", tooltip="leave the session"),
    Binding(QUIT_KEYS, "leave", "leave", tooltip="leave the session"),
    Binding("question_mark", "app.help", "help", tooltip="show the keys"),
    *moving(),
    Binding("super+c,ctrl+shift+c", "screen.copy_text", "copy", tooltip="copy the selected text", show=False),
)
