"""Deletions that begin within a tag and end outside, or the reverse.

What Anki hides would take the tag's end along, and all that follows would look like what the tag makes of it. So the
tag is ended before the mark and begun again behind it.
"""

from collections.abc import Sequence

from quizapp.formats.anki.pieces import Piece

_WITHIN_LINES = frozenset(("a", "code", "em", "s", "span", "strong", "\\(", "\\["))
_ENDS = {"\\(": "\\)", "\\[": "\\]"}


def uncrossed(found: Sequence[Piece], begins: Sequence[bool]) -> Sequence[Piece]:
    """The pieces, so that none but blocks crosses an edge. `begins` tells which marks are where a deletion begins."""
    crossing = _crossing(found, begins)
    if not any(crossing.values()):
        return found
    made: list[Piece] = []
    for place, piece in enumerate(found):
        tags = [found[tag] for tag in crossing.get(place, ())]
        made += [_end(tag) for tag in reversed(tags)]
        made.append(piece._replace(inside="") if tags else piece)
        made += tags
    return made


def _crossing(found: Sequence[Piece], begins: Sequence[bool]) -> dict[int, Sequence[int]]:
    """The places of the tags that cross an edge, by the place of its mark."""
    crossing: dict[int, Sequence[int]] = {}
    open_tags: list[int] = []
    waiting: list[tuple[int, Sequence[int]]] = []
    for place, piece in enumerate(found):
        if piece.kind != "mark":
            if piece.ends:
                open_tags.pop()
            elif piece.name:
                open_tags.append(place)
        elif begins[piece.number]:
            waiting.append((place, tuple(open_tags)))
        else:
            start, before = waiting.pop()
            common = sum(1 for one, other in zip(before, open_tags, strict=False) if one == other)
            crossing[start] = _last(found, before[common:])
            crossing[place] = _last(found, open_tags[common:])
    return crossing


def _last(found: Sequence[Piece], tags: Sequence[int]) -> Sequence[int]:
    """Those of the open tags that are within lines, up to the innermost block."""
    blocks = [n for n, tag in enumerate(tags) if found[tag].name not in _WITHIN_LINES]
    return tags[blocks[-1] + 1 :] if blocks else tags


def _end(tag: Piece) -> Piece:
    return tag._replace(text=_ENDS.get(tag.name, f"</{tag.name}>"))
