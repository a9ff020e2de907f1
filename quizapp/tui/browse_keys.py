"""The keys of the browser, and when each makes sense: while a query is typed, or among the cards that were found."""

from textual.binding import Binding

from quizapp.tui.keys import moving

TYPING = frozenset({"enter_table", "leave_typing"})

BINDINGS = (
    Binding(
        "down,enter", "enter_table", "to the cards", tooltip="go to the cards that were found", priority=True
    ),
    Binding("escape", "leave_typing", "leave", tooltip="leave the browser", priority=True),
    Binding("enter", "show", "show", tooltip="show the whole card"),
    Binding("space", "choose", "select", tooltip="select the card, or not"),
    Binding("shift+down", "choose_on('down')", "select on", tooltip="select on the way down", show=False),
    Binding("shift+up", "choose_on('up')", "select on", tooltip="select on the way up", show=False),
    Binding("ctrl+a", "choose_all", "all", tooltip="select all that were found, or none"),
    Binding("at", "suspend", "suspend", tooltip="suspend the cards, or resume them"),
    Binding("minus", "bury", "bury", tooltip="bury the cards until tomorrow"),
    Binding("asterisk", "mark", "mark", tooltip="mark the cards, or take the marks away"),
    Binding("m", "move_notes", "move", tooltip="move the notes to another deck"),
    Binding("t", "tag", "tag", tooltip="add tags to the notes, or take some away"),
    Binding("d,delete", "delete", "delete", tooltip="delete the notes"),
    Binding("e", "edit", "edit", tooltip="edit the card"),
    Binding("i", "why", "why", tooltip="see why the card comes now"),
    Binding("u", "undo", "undo", tooltip="take back what was done last"),
    Binding("slash", "type", "query", tooltip="go back to the query", priority=True),
    Binding("escape", "type", "query", tooltip="go back to the query", show=False, priority=True),
    Binding("q", "leave", "leave", tooltip="leave the browser"),
    Binding("question_mark", "app.help", "help", tooltip="show the keys"),
    *moving(),
)
