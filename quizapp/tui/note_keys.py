"""The keys of the form, and when each makes sense.

Most have priority: the app then acts upon them in the order in which they are pressed, however fast.
"""

from enum import Enum, auto

from textual.binding import Binding


class Asked(Enum):
    """What the form wants to know before it goes on."""

    NOTHING = auto()
    LEAVE = auto()  # with text that is not saved
    MEANING = auto()  # whether the memory is to be kept


WHEN = {
    "save_and_leave": {Asked.LEAVE},
    "throw_away": {Asked.LEAVE},
    "decide": {Asked.MEANING},
    "go_on": {Asked.LEAVE, Asked.MEANING},
}

BINDINGS = (
    Binding("ctrl+s,enter", "save_and_leave", "save", tooltip="save and leave", priority=True),
    Binding("ctrl+s", "save", "save", tooltip="save the note", priority=True),
    Binding("x", "throw_away", "throw away", tooltip="throw away what was typed"),
    Binding("k", "decide(False)", "keep the memory", tooltip="keep the memory of the card"),
    Binding("n", "decide(True)", "start afresh", tooltip="start afresh with the card"),
    Binding("enter", "go_from_line", "next", tooltip="next field", show=False, priority=True),
    Binding("tab", "take", "take the name", tooltip="take the name that is offered", priority=True),
    Binding("tab", "go(True)", "next", tooltip="next field", priority=True),
    Binding("shift+tab", "go(False)", "previous", tooltip="previous field", show=False, priority=True),
    Binding("down", "fit(1)", "complete", tooltip="next name that fits"),
    Binding("up", "fit(-1)", "complete", tooltip="previous name that fits", show=False),
    Binding("ctrl+k", "turn_kind", "kind", tooltip="next kind of note", priority=True),
    Binding("ctrl+o", "preview", "preview", tooltip="show or hide the preview", priority=True),
    Binding("ctrl+down", "move('page_down')", "scroll", tooltip="scroll the preview down", show=False),
    Binding("ctrl+up", "move('page_up')", "scroll", tooltip="scroll the preview up", show=False),
    Binding("ctrl+e", "edit_outside", "editor", tooltip="open the deck in $EDITOR", priority=True),
    Binding("escape", "go_on", "go on editing", tooltip="go on editing", priority=True),
    Binding("escape", "leave", "leave", tooltip="leave the form", priority=True),
)
