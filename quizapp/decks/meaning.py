"""Whether an edited note may mean something else, so that what was learned of it may not hold any more."""

from difflib import SequenceMatcher

from quizapp.decks.draft import Draft
from quizapp.decks.note import Note, card_ids
from quizapp.decks.wording import same_but_for_additions, same_but_for_slips, wording


def means_another(old: Draft, new: Draft) -> bool:
    """Whether a question or an answer is another but for slips of the finger and added or dropped words.

    Numbers, formulas, code and negations must stay. What belongs to a note beside (hints, tags, wrong choices)
    means nothing here.
    """
    if len(old.answer) != len(new.answer):
        return True
    pairs = zip((old.question, *old.answer), (new.question, *new.answer), strict=True)
    return any(_is_another(before, after) for before, after in pairs)


def _is_another(before: str, after: str) -> bool:
    if " ".join(before.split()) == " ".join(after.split()):
        return False
    old, new = wording(before), wording(after)
    if not old.words or not new.words:
        return True
    return not (same_but_for_slips(old, new) or same_but_for_additions(old, new))


def reworded_steps(old: Note, new: Note, note_id: str) -> list[tuple[str, str]]:
    """The ids of steps before and after an edit that gave them another text in the same place."""
    before, after = card_ids(old, note_id), card_ids(new, note_id)
    changes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [
        (before[i + n], after[k + n])
        for action, i, j, k, m in changes
        if action == "replace" and j - i == m - k
        for n in range(j - i)
    ]
