"""A card on the table: the question in its place, hint and answer under it."""

from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from quizapp.markup.plain import one_line, visible
from quizapp.tui.links import link_of
from quizapp.tui.text_view import Block, TextView

if TYPE_CHECKING:
    from quizapp.decks.note import Card

_DIM = "$foreground 60%"
_SPACE = Block(Content(""))
_RULE = Block(lambda width: Content("─" * width).stylize("$foreground 30%"))


class Faces(NamedTuple):
    """The parts of a card, each laid out by itself."""

    card: "Card"
    question: Block
    hint: Block
    answer: Block


class CardView(TextView):
    """Scrolls when a card is longer than the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._faces: Faces | None = None
        self._ahead: Faces | None = None
        self._hinted = self._flipped = False

    def prepare(self, card: "Card") -> None:
        """Lay out a card that is likely to come."""
        if self._ahead is None or self._ahead.card != card:
            self._ahead = _faces(card)
            self._lay_out_ahead(self._ahead)

    def _lay_out_ahead(self, faces: Faces) -> None:
        if self.line_width:
            for block in (faces.question, faces.answer):
                block.strips(self)

    def ask(self, card: "Card") -> None:
        """Show the question."""
        ahead = self._ahead
        self._faces = ahead if ahead and ahead.card == card else _faces(card)
        self._hinted = self._flipped = False
        self._put(top=True)

    def replace(self, card: "Card") -> None:
        """Show another text of the card that is shown, as far as it is turned over."""
        self._faces = _faces(card)
        self._put(top=False)

    def lay_out_answer(self) -> None:
        """Lay out the answer before it is asked for."""
        if self._faces:
            self._lay_out_ahead(self._faces)

    def show_hint(self) -> None:
        """Show the hint under the question."""
        self._hinted = True
        self._put(top=False)

    def flip(self) -> None:
        """Show the answer; the question moves only if the answer would begin below the screen."""
        self._flipped = True
        self._put(top=False)
        self._bring_answer()

    def _bring_answer(self) -> None:
        if self._flipped and self._faces and self.size.height:
            begins = self.line_of(self._faces.answer)
            if begins + 1 >= self.scroll_offset.y + self.size.height:
                self.scroll_to(y=max(0, begins - 2), animate=False, force=True)

    def resized(self) -> None:
        """Keep the answer in view."""
        self._bring_answer()

    def _put(self, *, top: bool) -> None:
        faces = self._faces
        if faces is None:
            return
        blocks = [_SPACE, faces.question]
        if self._hinted:
            blocks += [_SPACE, faces.hint]
        if self._flipped:
            blocks += [_SPACE, _RULE, _SPACE, faces.answer]
        self.show(blocks, top=top)


def _faces(card: "Card") -> Faces:
    hint = Content(f"hint  {visible(card.hint).rstrip()}").stylize("$text-warning")
    return Faces(card, Block(question_text(card)), Block(hint), Block(answer_text(card)))


def both_sides(card: "Card") -> list[Block]:
    """A card as it shows when it is turned over, hint and all."""
    faces = _faces(card)
    hint = [_SPACE, faces.hint] if card.hint else []
    return [faces.question, *hint, _SPACE, _RULE, _SPACE, faces.answer]


def question_text(card: "Card") -> Content:
    """The question and its choices, as written; their letters are no keys, and no grades."""
    letters = ascii_lowercase + "·" * len(card.choices)
    choices = [
        f"{letter}  {visible(choice).rstrip()}" for letter, choice in zip(letters, card.choices, strict=False)
    ]
    text = visible(card.question).rstrip()
    return Content("\n".join([text, "", *choices] if choices else [text]))


def answer_text(card: "Card") -> Content:
    """The answer, with what belongs to it below."""
    step = f"{card.step}. " if card.step else ""
    parts: list[Content | tuple[str, str]] = [Content(step + visible(card.answer).rstrip())]
    if card.extra:
        parts += [("\n\nwhy   ", _DIM), (visible(card.extra).rstrip(), _DIM)]
    if card.source:
        arrow = " ↗" if link_of(card.source) else ""
        parts.append((f"\n\nfrom  {one_line(card.source)}{arrow}", _DIM))
    return Content.assemble(*parts)
