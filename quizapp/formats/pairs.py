"""Questions and answers written as `Q:` and `A:`, in one paragraph or in several."""

import re
from dataclasses import dataclass, field

_MARK = (
    r"^(?:\d+[.)]\s+)?(?P<open>[*_]{{0,3}})(?:{words})(?:\s?\d+)?"
    r"(?P<close>[*_]{{0,3}})\s*:(?P<late>[*_]{{0,3}})\s*"
)
_Q = re.compile(_MARK.format(words="Q|Question"), re.IGNORECASE)
_A = re.compile(_MARK.format(words="A|Ans|Answer"), re.IGNORECASE)


@dataclass(slots=True)
class Pair:
    """A question, from `line` (from 0), with the answer as far as it is read; `end` is the line behind both."""

    line: int
    end: int
    question: list[str]
    answer: list[str] | None = None

    @property
    def texts(self) -> tuple[str, str]:
        """Question and answer."""
        return "\n".join(self.question).strip(), "\n".join(self.answer or ()).strip()


def is_marked(text: str) -> bool:
    """Whether a paragraph begins with one of the two marks."""
    return bool(_Q.match(text) or _A.match(text))


@dataclass(slots=True)
class Pairs:
    """The pairs of a text, taken block by block. `done` are those that have ended, `lost` answers to nothing."""

    done: list[Pair] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    _open: Pair | None = None

    def paragraph(self, text: str, start: int, end: int) -> bool:
        """Take a paragraph, if it belongs to a pair."""
        if not is_marked(text):
            return self.block(text, start, end)
        for number, line in enumerate(text.split("\n"), start):
            self._line(line, number)
        if self._open:
            self._open.end = end
        return True

    def block(self, text: str, start: int, end: int) -> bool:
        """Take another block, if it belongs to a pair.

        A question goes on until its answer. An answer takes what follows only without a blank line between, or
        if it announces more.
        """
        pair = self._open
        if pair is None:
            return False
        if pair.answer is None:
            pair.question += ["", text]
        elif start == pair.end or not pair.texts[1] or pair.texts[1].endswith(":"):
            pair.answer += [text] if start == pair.end else ["", text]
        else:
            self.close()
            return False
        pair.end = end
        return True

    def close(self) -> None:
        """Whatever follows belongs to no pair."""
        if self._open:
            self.done.append(self._open)
        self._open = None

    def _line(self, line: str, number: int) -> None:
        if match := _Q.match(line):
            self.close()
            self._open = Pair(number, number + 1, [_rest(line, match)])
        elif match := _A.match(line):
            if self._open is None or self._open.answer is not None:
                self.close()
                self.lost.append(number)
                return
            self._open.answer = [_rest(line, match)]
        elif self._open:
            (self._open.question if self._open.answer is None else self._open.answer).append(line)


def _rest(line: str, match: re.Match[str]) -> str:
    """What stands behind a mark; emphasis that began before the mark ends with the line."""
    rest = line[match.end() :]
    sign = match["open"]
    if sign and sign not in (match["close"], match["late"]):
        rest = rest.removesuffix(sign)
    return rest
