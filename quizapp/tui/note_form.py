"""The form: a note is added, or one that is there is edited, with its cards beside it as the review will show them."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Container
from textual.events import Key
from textual.screen import Screen

from quizapp.decks.note import Kind
from quizapp.errors import EditError, QuizappError, RequestError
from quizapp.markup.plain import one_line
from quizapp.tui import words
from quizapp.tui.head import Head
from quizapp.tui.inputs import Completing, Line
from quizapp.tui.key_line import KeyLine
from quizapp.tui.kind_line import KindLine
from quizapp.tui.note_crossed import crossed, rebased, told
from quizapp.tui.note_fields import INBOX, Fields
from quizapp.tui.note_keys import BINDINGS, WHEN, Asked
from quizapp.tui.note_preview import preview
from quizapp.tui.note_text import Typed, draft, filled, lacks, meant
from quizapp.tui.notice import Notice
from quizapp.tui.slices import in_slices
from quizapp.tui.text_view import TextView

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Resize
    from textual.timer import Timer

    from quizapp.decks.draft import Draft
    from quizapp.decks.note import Card
    from quizapp.tui.app import QuizApp
    from quizapp.tui.plan import Plan

_PATIENCE = 1.0  # seconds that a key waits for those before it
_PAUSE = 0.1  # seconds without a key, after which the preview follows
_LONG_PAUSE = 0.4  # and after which close questions are looked for
_LETTERS = 8  # of a question, from which on others may be close to it
_WIDE = 100  # columns, from which on the preview has its place beside the fields
_ROOM = 21  # lines of a screen, from which on the preview shows below the fields unasked
_ALL = 19  # lines of all fields
_PREVIEW = 14  # lines of the preview below the fields, where there is room for more than both


class NoteScreen(Screen["Card | None"], inherit_bindings=False):
    """Without a card's id it adds one note after the other. Gives back the last card added or edited."""

    app: "QuizApp"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]
    CSS = """
    NoteScreen {
        layout: vertical;
        align-horizontal: center;
        .body { width: 100%; max-width: 72; height: 1fr; layout: vertical; margin-top: 1; }
        Fields { width: 100%; }
        TextView { height: 1fr; margin-top: 1; max-width: 72; }
        &.-covered TextView { display: none; }
        &.-wide {
            Head, Notice, KeyLine, .body { max-width: 146; }
            .body { layout: horizontal; }
            Fields { width: 1fr; }
            TextView { width: 1fr; margin-top: 0; margin-left: 2; }
        }
    }
    """

    def __init__(self, plan: "Plan", card_id: str | None = None, deck: str | None = None) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]
        self._plan = plan
        self._deck = deck
        self._card: Card | None = None
        self._original: Draft | None = None
        self._filled = Typed()
        if card_id is not None:
            self._load(plan.collection.row(card_id).card)
        self.saved: Card | None = None  # the last one added, or the one edited
        self._asked = Asked.NOTHING
        self._asked_at = ""
        self._warned = self._close = False
        self._wrong: Typed | None = None  # what the fields held when the message about them was said
        self._ready = asyncio.Event()
        self._soon: Timer | None = None
        self._later: Timer | None = None

    def _load(self, card: "Card") -> None:
        """Edit this card's note."""
        self._card, self._original = card, self._plan.collection.draft(card.id)
        self._filled = filled(self._original, card.deck)

    def compose(self) -> "ComposeResult":
        """Lay out the widgets."""
        if self._card is None:
            kept = self.app.typed or Typed()
            self._filled = replace(kept, deck=one_line(self._deck or kept.deck or INBOX))
        yield Head()
        with Container(classes="body"):
            yield Fields(self._filled)
            yield TextView()
        yield Notice()
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with the question, and find out what may be offered."""
        where = f"{self._card.file}:{self._card.line}" if self._card else self._plan.place
        self.query_one(Head).call("edit a card" if self._card else "add a card", one_line(where))
        self.files_changed()
        self._fields.go("question")
        self._share_room()
        self._ready.set()
        self.call_after_refresh(self._show_preview)
        self.run_worker(in_slices(self._gathered(), self.app))

    def _gathered(self) -> Iterator[None]:
        found: Counter[str] = Counter()
        overview = self._plan.collection.overview(self._plan.clock())
        for deck in overview.decks():
            found.update(dict(overview.tags(deck)))
            yield
        self._fields.offer_tags([tag for tag, _ in found.most_common()])

    def files_changed(self) -> None:
        """Offer the decks that there are now."""
        self._fields.offer_decks(self._plan.collection.deck_names())
        self._offer_source()

    def _offer_source(self) -> None:
        self._source = self._plan.collection.source(self._fields.typed.deck)
        self._fields.offer_source(one_line(self._source))

    @property
    def _fields(self) -> Fields:
        return self.query_one(Fields)

    @property
    def _draft(self) -> "Draft":
        """What was typed means this."""
        return draft(self._fields.typed, (self._filled, self._original) if self._original else None)

    @property
    def _unsaved(self) -> bool:
        typed = self._fields.typed
        return typed != self._filled and not (self._card is None and typed.is_empty)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which actions make sense now."""
        if self.app.busy:
            return False
        if self._asked not in WHEN.get(action, {Asked.NOTHING}):
            return False
        if action in ("fit", "take"):
            return isinstance(self.focused, Completing)
        if action == "go" and parameters == (True,):
            return not isinstance(self.focused, Completing)
        if action == "go_from_line":
            return isinstance(self.focused, Line | KindLine)
        return action != "edit_outside" or self._card is not None

    async def in_order(self) -> None:
        """Wait until the fields have taken what was typed before: a key that saves or moves must not overtake it."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ready.wait(), _PATIENCE)
            if self.focused is not None:
                taken = asyncio.Event()
                self.focused.call_later(taken.set)
                await asyncio.wait_for(taken.wait(), _PATIENCE)

    # --- what is shown --------------------------------------------------------------------------------------

    def on_resize(self, event: "Resize") -> None:
        """Find room for the preview."""
        del event
        self.call_after_refresh(self._share_room)

    def _share_room(self) -> None:
        """Show the preview beside the fields or below them; on low screens only if it was asked for."""
        width, height = self.app.size
        wide, room, chosen = width >= _WIDE, self.query_one(".body").size.height, self.app.previewed
        shown = (wide or height >= _ROOM) if chosen is None else chosen
        self.set_class(not shown, "-covered")
        if not room:  # nothing is laid out yet
            return
        below = shown and not wide
        share = max(room // 2, room - _PREVIEW) if below else room
        self._fields.styles.max_height = share
        self._fields.set_class(below and share < _ALL, "-tight")
        self._show_preview()
        if self.focused is not None:
            self.call_after_refresh(self.focused.scroll_visible, animate=False)

    def on_fields_changed(self, event: Fields.Changed) -> None:
        """Follow the typing as soon as it pauses."""
        event.stop()
        for timer in (self._soon, self._later):
            if timer:
                timer.stop()
        self._soon = self.set_timer(_PAUSE, self._show_preview)
        self._later = self.set_timer(_LONG_PAUSE, self._look_for_close)
        self._warned = False
        if self._wrong not in (None, self._fields.typed):
            self._say("")

    def _show_preview(self) -> None:
        if not self.has_class("-covered") and not self.app.busy:
            self._offer_source()
            self.query_one(TextView).show(preview(self._draft, self._source), top=False)

    def _look_for_close(self) -> None:
        """Warn of questions that ask nearly the same."""
        if self.app.busy or self._asked is not Asked.NOTHING:
            return
        question, mine = self._draft.question.strip(), self._card.note if self._card else None
        found: list[Card] = []
        if len(question) >= _LETTERS and not (mine and question == self._filled.question.strip()):
            with suppress(QuizappError):  # saving will tell
                found = self._plan.collection.close_questions(question, 3)
        near = next((card for card in found if card.note != mine), None)
        if near:
            self._say(f"Close to {words.quoted(near.question)} in {near.deck}.", warning=True)
        elif self._close:
            self._say("")
        self._close = near is not None

    def _say(self, text: str, *, error: bool = False, warning: bool = False) -> None:
        self._wrong = self._fields.typed if error else None
        self.query_one(Notice).say(text, error=error, warning=warning)

    # --- saving ---------------------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Write what was typed; if nothing is asked first."""
        if self._card is None:
            if self.saved is None or self._fields.typed != self._filled:
                self._add()
        elif not self._unsaved:
            self.dismiss(self.saved)
        elif self._means_another():
            self._ask(Asked.MEANING, "Does it ask something else now? k keeps the memory, n starts afresh.")
        else:
            self._edit(afresh=False)

    def _add(self) -> bool:
        """Add the note, and make room for the next; whether it could be."""
        typed = self._fields.typed
        try:
            self._demand(typed)
            card = self._plan.collection.add_draft(self._deck_meant(typed), self._draft, self._plan.clock())
        except QuizappError as error:
            self._refused(error)
            return False
        self.saved = card
        self._filled = typed.emptied
        self.app.typed = replace(self._filled, kind=Kind.BASIC)
        self._fields.fill(self._filled)
        self._fields.go("question")
        self.files_changed()
        self._close = False
        kept = f". Tags for the next: {', '.join(tags)}." if (tags := draft(typed).tags) else ""
        self._say(f"Added to {card.deck}: {words.quoted(card.question)}  ({card.id}){kept}")
        return True

    def _means_another(self) -> bool:
        try:
            self._demand(self._fields.typed)
            return self._card is not None and self._plan.collection.means_another(self._card.id, self._draft)
        except QuizappError:
            return False  # which the edit will tell

    def _edit(self, *, afresh: bool) -> bool:
        """Write what changed, and leave; whether it could be."""
        card, typed = self._card, self._fields.typed
        if card is None:
            return False
        collection, now, deck = self._plan.collection, self._plan.clock(), self._deck_meant(typed)
        try:
            self._demand(typed)
            if self._draft != self._original or afresh:
                card = collection.edit(card.id, self._draft, now, before=self._original, afresh=afresh)
                self.saved = card
                self._load(card)
            if deck != card.deck:
                collection.move([card.id], deck, now)
                self.saved = collection.row(card.id).card
        except QuizappError as error:
            if not (isinstance(error, EditError) and self._told_of_crossing(card)):
                self._refused(error)
            return False
        self.dismiss(self.saved)
        return True

    def _told_of_crossing(self, card: "Card") -> bool:
        """Whether another program changed the same: that is said, and the next time the learner's text wins."""
        typed, wanted, filled_before, base = self._fields.typed, self._draft, self._filled, self._original
        try:
            self._plan.collection.refresh(self._plan.clock())
            card = self._plan.collection.row(card.id).card
            there = self._plan.collection.draft(card.id)
        except QuizappError:
            return False
        both = crossed(base, there, wanted) if base else []
        if both:
            self._load(card)
            self._stop_asking()
            self._fields.fill(rebased(typed, filled_before, self._filled))
            self._say(told(both), error=True)
        return bool(both)

    def _deck_meant(self, typed: Typed) -> str:
        """The deck that is named; one whose name can't be shown as it is stays, if it is not touched."""
        untouched = typed.deck == self._filled.deck
        given = self._card.deck if self._card else self._deck
        return given if untouched and given and one_line(given) == typed.deck else typed.deck

    @staticmethod
    def _demand(typed: Typed) -> None:
        if lack := lacks(typed):
            raise RequestError(lack)

    def _refused(self, error: QuizappError) -> None:
        """Say why it can't be saved; all stays, and the cursor goes where it is wanted."""
        self._stop_asking()
        self._say(str(error), error=True)
        if field := meant(str(error), self._fields.typed):
            self._fields.go(field)

    def action_decide(self, afresh: bool) -> None:
        """Save the edit, keeping the memory or starting afresh."""
        self._edit(afresh=afresh)

    # --- leaving --------------------------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Leave; with something unsaved, ask first."""
        if self._unsaved:
            self._ask(Asked.LEAVE, "This is not saved. enter saves it, x throws it away, escape goes on.")
        else:
            self.dismiss(self.saved)

    def holds(self) -> bool:
        """Whether there is something unsaved that has not been told of: then it is told now."""
        if not self._unsaved or self._warned:
            return False
        self._warned = True
        self._say("This is not saved: ctrl+s saves it, the same key again quits without.", error=True)
        return True

    def _ask(self, what: Asked, text: str) -> None:
        self._asked, self._asked_at = what, self._fields.at
        self._say(text, warning=True)
        self.set_focus(None)
        self.refresh_bindings()

    def _stop_asking(self) -> None:
        if self._asked is not Asked.NOTHING:
            self._asked = Asked.NOTHING
            self._say("")
            self._fields.go(self._asked_at or "question")
            self.refresh_bindings()

    def on_key(self, event: Key) -> None:
        """Whoever types on while asked whether to save goes on editing, with that key."""
        if self._asked is Asked.LEAVE and event.key != "x":
            event.stop()
            self._stop_asking()
            if self.focused is not None:
                self.focused.post_message(Key(event.key, event.character))

    def on_descendant_focus(self) -> None:
        """A click into a field goes on editing, too."""
        if self._asked is not Asked.NOTHING:
            self._asked_at = self._fields.at
            self._stop_asking()
        self.refresh_bindings()

    def action_go_on(self) -> None:
        """Go on editing."""
        self._stop_asking()

    def action_save_and_leave(self) -> None:
        """Save what was typed, then leave."""
        if self._card is not None:
            self._stop_asking()
            self.action_save()
        elif self._add():
            self.dismiss(self.saved)

    def action_throw_away(self) -> None:
        """Leave without saving."""
        self.dismiss(self.saved)

    # --- other keys -----------------------------------------------------------------------------------------

    def action_go_from_line(self) -> None:
        """Enter in a line goes on to the next field."""
        self.focus_next()

    def action_go(self, on: bool) -> None:
        """Go to the next field, or to the one before."""
        self.focus_next() if on else self.focus_previous()

    def action_take(self) -> None:
        """Write out the name that is offered, and go on; enter goes on with what was typed."""
        if isinstance(self.focused, Completing):
            self.focused.take()
        self.focus_next()

    def action_fit(self, by: int) -> None:
        """Write out a name that fits what is typed."""
        if isinstance(self.focused, Completing):
            self.focused.fit(by)

    def action_turn_kind(self) -> None:
        """Take the next kind of note."""
        self._fields.turn_kind()

    def action_preview(self) -> None:
        """Show the preview, or give its room to the fields."""
        self.app.previewed = self.has_class("-covered")
        self._share_room()

    def action_move(self, where: str) -> None:
        """Scroll the preview."""
        self.query_one(TextView).move(where)

    async def action_edit_outside(self) -> None:
        """Open the deck at the note in the learner's own editor, and leave the form for what is there then."""
        if self._card is None:
            return
        if self._unsaved:
            self._say("This is not saved: ctrl+s saves it, then the editor shows it.", error=True)
            return
        from quizapp.tui.editor import edit_outside  # noqa: PLC0415  not before someone asks

        if refused := edit_outside(self.app, self._plan.collection.root, self._card):
            self._say(refused, error=True)
            return
        self.dismiss(None)  # what was done there is nothing that could be taken back here
        self.app.take_in()
