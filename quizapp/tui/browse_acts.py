"""What can be done in the browser: to the cards that are selected, else to the one under the cursor."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from quizapp.decks.folding import folded
from quizapp.decks.identity import base
from quizapp.errors import QuizappError
from quizapp.study.wording import cards
from quizapp.tui import words
from quizapp.tui.slices import in_slices

if TYPE_CHECKING:
    from datetime import datetime

    from quizapp.tui.app import QuizApp
    from quizapp.tui.card_table import CardTable
    from quizapp.tui.notice import Notice
    from quizapp.tui.plan import Plan

_TAG = re.compile(r'([+-]?)(?:"([^"]*)"|(\S+))')


class Tags(NamedTuple):
    """Tags to be given and to be taken away."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


class Acts:
    """The part of the browser that acts; each act says what it did, and `u` takes it back."""

    app: "QuizApp"
    _plan: "Plan"
    _table: "CardTable"
    _notice: "Notice"
    run_worker: Callable[..., Any]
    refresh_bindings: Callable[[], None]

    def __init__(self) -> None:
        super().__init__()
        self.chosen: dict[str, None] = {}  # ids, in the order in which they were chosen
        self._tags: dict[str, None] = {}

    def find_again(self) -> None:
        """Find what the query finds by now; the browser's own."""
        raise NotImplementedError

    def tell(self) -> None:
        """Say how many cards there are; the browser's own."""
        raise NotImplementedError

    @property
    def query_typed(self) -> str:
        """The query that is typed; the browser's own."""
        raise NotImplementedError

    # --- choosing -------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Choose the card under the cursor, or not any more."""
        if row := self._table.row:
            if row.card.id in self.chosen:
                del self.chosen[row.card.id]
            else:
                self.chosen[row.card.id] = None
            self.tell()

    def action_choose(self) -> None:
        """Choose the card, or not, and go on to the next."""
        self.choose()
        self._table.move("down")
        self.tell()

    def action_choose_on(self, where: str) -> None:
        """Choose the card and the next one in this direction."""
        for step in ("", where):
            if step:
                self._table.move(step)
            if row := self._table.row:
                self.chosen[row.card.id] = None
        self.tell()

    def action_choose_all(self) -> None:
        """Choose all cards that were found; none, if all are chosen."""
        try:
            found = self._plan.collection.find_ids(self.query_typed, self._plan.clock())
        except QuizappError as error:
            self._notice.say(str(error), error=True)
            return
        self.chosen = {} if len(self.chosen) == len(found) else dict.fromkeys(found)
        self.tell()

    def _targets(self) -> list[str]:
        """The ids of the cards that are meant."""
        row = self._table.row
        return list(self.chosen) or ([row.card.id] if row else [])

    def _notes(self) -> str:
        """The notes of these cards, in words."""
        count = len({base(card) for card in self._targets()})
        return "1 note" if count == 1 else f"{count} notes"

    # --- acting ---------------------------------------------------------------------------------------------

    def _act(self, do: "Callable[[list[str], datetime], str]", *, anew: bool = False) -> None:
        """Do something, and say what was done. The same rows stay, unless decks were changed: then find `anew`."""
        try:
            said = do(self._targets(), self._plan.clock())
        except QuizappError as error:
            self._notice.say(str(error), error=True)
            return
        self._notice.say(said)
        if anew:
            self.find_again()
        else:
            self._table.renew()
            self.tell()

    def action_suspend(self) -> None:
        """Suspend the cards; resume them if all are suspended or buried."""
        self._act(self._suspend)

    def _suspend(self, ids: list[str], now: "datetime") -> str:
        collection = self._plan.collection
        away = {*collection.find_ids("is:suspended", now), *collection.find_ids("is:buried", now)}
        if away.issuperset(ids):
            collection.resume_cards(ids, now)
            return f"{_are(ids)} resumed. u takes it back."
        rest = [card for card in ids if card not in set(collection.find_ids("is:suspended", now))]
        collection.suspend_cards(rest, now)
        return f"{_are(rest)} suspended. u takes it back."

    def action_bury(self) -> None:
        """Leave the cards out until tomorrow."""
        self._act(self._bury)

    def _bury(self, ids: list[str], now: "datetime") -> str:
        self._plan.collection.bury_cards(ids, now)
        return f"{_are(ids)} buried until tomorrow. u takes it back."

    def action_mark(self) -> None:
        """Mark the cards; take the marks away if all are marked."""
        self._act(self._mark)

    def _mark(self, ids: list[str], now: "datetime") -> str:
        marked = set(self._plan.collection.find_ids("is:marked", now))
        if marked.issuperset(ids):
            self._plan.collection.mark_cards(ids, now, on=False)
            return f"{_are(ids)} no longer marked. u takes it back."
        rest = [card for card in ids if card not in marked]
        self._plan.collection.mark_cards(rest, now)
        return f"{_are(rest)} marked. u takes it back."

    def action_undo(self) -> None:
        """Take back what was done last."""
        self._act(self._undo, anew=True)

    def _undo(self, _ids: list[str], now: "datetime") -> str:
        plan = self._plan
        return words.undone(plan.collection.take_back(now), plan.card, plan.collection.happened_to)

    # --- changing decks -------------------------------------------------------------------------------------

    def action_move_notes(self) -> None:
        """Ask for a deck, and move the notes there."""
        names = self._plan.collection.deck_names()

        def fitting(typed: str) -> Sequence[str]:
            return [name for name in names if folded(typed.strip()) in folded(name)]

        self._ask(
            f"move {self._notes()} to which deck?",
            "A name that no deck has makes a new deck.",
            fitting,
            lambda deck: self._act(lambda ids, now: self._move(ids, deck, now), anew=True),
        )

    def _move(self, ids: list[str], deck: str, now: "datetime") -> str:
        count = self._plan.collection.move(ids, deck, now)
        return f"{_notes(count)} moved to {deck}. u takes it back." if count else "That is where they are."

    def action_tag(self) -> None:
        """Ask for tags, and give or take them."""
        self.run_worker(in_slices(self._gather_tags(), self.app), group="tags", exclusive=True)

        def fitting(typed: str) -> Sequence[str]:
            last = folded(typed.rpartition(" ")[2].lstrip("+-"))
            return sorted(tag for tag in self._tags if last in folded(tag))

        self._ask(
            f"tag {self._notes()}",
            'A name adds a tag, -name takes it away; several with spaces between them, "two words" in quotes.',
            fitting,
            lambda typed: self._act(lambda ids, now: self._tag(ids, read_tags(typed), now), anew=True),
            last_word=True,
        )

    def _gather_tags(self) -> Iterable[None]:
        overview = self._plan.collection.overview(self._plan.clock())
        for deck in overview.decks():
            self._tags |= dict.fromkeys(tag for tag, _ in overview.tags(deck))
            yield

    def _tag(self, ids: list[str], tags: Tags, now: "datetime") -> str:
        count = self._plan.collection.tag(ids, tags.add, tags.remove, now)
        done = [f"{sign}{tag}" for sign, names in (("+", tags.add), ("-", tags.remove)) for tag in names]
        return f"{_notes(count)} tagged: {' '.join(done)}. u takes it back."

    def _ask(
        self,
        title: str,
        hint: str,
        suggest: Callable[[str], Sequence[str]],
        then: Callable[[str], None],
        *,
        last_word: bool = False,
    ) -> None:
        from quizapp.tui.ask import AskScreen  # noqa: PLC0415  not before someone asks

        def answered(typed: str | None) -> None:
            if typed:
                then(typed)

        self.app.push_screen(AskScreen(title, hint, suggest, last_word=last_word), answered)

    def action_delete(self) -> None:
        """Ask whether to, and take the notes out of their decks."""
        from quizapp.tui.ask import SureScreen  # noqa: PLC0415  as above

        def answered(sure: bool | None) -> None:
            if sure:
                self._act(self._delete, anew=True)

        self.app.push_screen(
            SureScreen(
                f"Delete {self._notes()}, with all cards made of {'it' if self._notes() == '1 note' else 'them'}?\n\n"
                "What leaves the decks' files is gone from them; the history of its reviews is kept in the log."
            ),
            answered,
        )

    def _delete(self, ids: list[str], now: "datetime") -> str:
        count = self._plan.collection.delete(ids, now)
        self.chosen = {}
        return f"{_notes(count)} deleted; the history is kept. u takes it back."

    def action_edit(self) -> None:
        """Open the note in the form."""
        from quizapp.tui.note_form import NoteScreen  # noqa: PLC0415  as above

        if row := self._table.row:
            screen = NoteScreen(self._plan, card_id=row.card.id)
            self.app.push_screen(screen, lambda _: self.find_again())

    # --- looking --------------------------------------------------------------------------------------------

    def action_show(self) -> None:
        """Show the whole card."""
        from quizapp.tui.card_text import card_text  # noqa: PLC0415  as above
        from quizapp.tui.text_screen import TextScreen  # noqa: PLC0415  as above

        if row := self._table.row:
            self.app.push_screen(TextScreen(words.deck_path(row.card.deck), card_text(row)))

    def action_why(self) -> None:
        """See why the card comes now."""
        from quizapp.tui.text_screen import TextScreen  # noqa: PLC0415  as above
        from quizapp.tui.why import why  # noqa: PLC0415  as above

        if row := self._table.row:
            try:
                text = why(self._plan.collection.story(row.card.id, self._plan.clock()))
            except QuizappError as error:
                self._notice.say(str(error), error=True)
                return
            self.app.push_screen(TextScreen(f"why now: {words.quoted(row.card.question)}", text))


def _are(ids: Sequence[str]) -> str:
    return f"{cards(len(ids))} {'is' if len(ids) == 1 else 'are'}"


def _notes(count: int) -> str:
    return "1 note is" if count == 1 else f"{count} notes are"


def read_tags(typed: str) -> Tags:
    """The tags in a line: `name` or `+name` to be given, `-name` to be taken away."""
    found = [(match[1], match[2] or match[3] or "") for match in _TAG.finditer(typed)]
    names = [(sign, name) for sign, name in found if name.strip("+- ")]
    return Tags(
        tuple(name for sign, name in names if sign != "-"), tuple(name for sign, name in names if sign == "-")
    )
