"""HTML, as Anki's fields have it, into Markdown that shows the same."""

import re
from collections.abc import Callable, Iterator
from html import unescape

from quizapp.formats.html_formulas import MATHS, formula
from quizapp.formats.html_tree import BLOCKS, PLAYED, Node, tree
from quizapp.formats.html_words import CLOSE, HELD, OPEN, held, replaced, written

_TAG = re.compile(
    r"</?(?:br|b|i|u|strong|em|div|p|img|code|pre|span|ul|ol|li|a|sub|sup|font|table|h[1-6])\b[^<>]*>|&\w+;",
    re.IGNORECASE,
)
_MOST_OPEN = (
    1_000  # signs that open a tag and don't: text with more is no HTML, and would be read for minutes
)
_MOST_TAGS = 10_000  # a field with more is no text that someone wrote
_ANY_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_BREAK = re.compile(r"<br\b[^<>]*>|</(?:div|p|li|tr|h[1-6])\b[^<>]*>", re.IGNORECASE)
_MARKS = {"b": "b", "strong": "b", "i": "i", "em": "i", "s": "s", "del": "s", "strike": "s"}
_BOLD = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style:\s*italic", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SCHEMES = re.compile(r"https?:|mailto:", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SENTENCE = re.compile(
    r"[^\W\d_][^\\`*_\[\]<>&$~!\x00-\x1f\x7f-\xa0\ue000-\ue015]*"
)  # in which nothing means anything
_BREAKS = re.compile(r"[ \t\r\f]*\n\s*")
_LANGUAGE = re.compile(r"(?:language|lang)-([\w+#.-]+)")
_ALIGN = re.compile(r"text-align:\s*(left|center|right)", re.IGNORECASE)

Block = tuple[str, str]  # what it is ("line", "list -", "table" …) and its text


def looks_like_html(text: str) -> bool:
    """Whether a text has tags or entities that are hardly meant as they stand."""
    return bool(_TAG.search(text))


def markdown(html: str) -> str:
    """The Markdown of a field in HTML. What has no counterpart is left out, its text stays."""
    if _SENTENCE.fullmatch(html) and "  " not in html and not html[-1].isspace():
        return html
    if html.count("<") - html.count(">") > _MOST_OPEN:
        return html
    if html.count("<") > _MOST_TAGS:
        return unescape(_ANY_TAG.sub("", _BREAK.sub("\n", html))).strip()
    kept: list[str] = []
    html = HELD.sub("", html)
    if "\\" not in html and "math" not in html:
        return _joined(_blocks(tree(html), kept)).strip("\n")
    sources = [match[0] for match in MATHS.finditer(html)]
    read = tree(MATHS.sub(lambda match: held(formula(match), kept), html))
    _spell_out(read, [unescape(_ANY_TAG.sub("", source)) for source in sources])
    return _joined(_blocks(read, kept)).strip("\n")


def _spell_out(node: Node, sources: list[str], *, is_code: bool = False) -> None:
    """Put the text of formulas back where none is meant: in code, and in attributes."""
    is_code = is_code or node.tag in ("code", "pre")
    node.attributes = {name: replaced(value, sources) for name, value in node.attributes.items()}
    for place, child in enumerate(node.children):
        if isinstance(child, Node):
            _spell_out(child, sources, is_code=is_code)
        elif is_code:
            node.children[place] = replaced(child, sources)


def _joined(blocks: list[Block]) -> str:
    """The blocks below each other: lines as lines, all else with a blank line between, and so where there is a gap."""
    parts: list[str] = []
    before = ""
    for kind, text in blocks:
        if kind != "gap":
            parts += ["\n" if before == kind == "line" else "\n\n"] * bool(parts)
            parts.append(text)
        before = kind
    return "".join(parts)


def _blocks(node: Node, kept: list[str]) -> list[Block]:
    """What a node holds, as blocks."""
    found: list[Block] = []
    words: list[str] = []

    def flush(kind: str) -> None:
        line = "".join(words)
        found.extend((kind, text) for text in written(line, kept))
        if "\v" in line and not line.strip():
            found.append(("gap", ""))
        words.clear()

    for child in node.children:
        if isinstance(child, str) or not (child.tag in BLOCKS or child.has_blocks):
            words += _words(child, kept)
        else:
            flush("line")
            found += _block(child, kept, found[-1][0] if found else "")
    flush("text" if node.tag == "p" else "line")
    return found


def _block(node: Node, kept: list[str], before: str) -> list[Block]:
    tag = node.tag
    if tag in ("ul", "ol"):
        return _list(node, kept, before)
    if made := _SPECIAL.get(tag):
        return made(node, kept)
    if mark := _mark(node):  # around blocks
        node = _pushed(node, mark)
    return _blocks(node, kept)


def _code_block(node: Node, kept: list[str]) -> list[Block]:
    if node.holds("img"):
        return _blocks(node, kept)
    return [("code", _fence(node))]


def _rule(_node: Node, _kept: list[str]) -> list[Block]:
    return [("rule", "___")]


def _quote(node: Node, kept: list[str]) -> list[Block]:
    lines = _joined(_blocks(node, kept)).split("\n")
    return [("quote", "\n".join(f"> {line}".rstrip() for line in lines))]


def _heading(node: Node, kept: list[str]) -> list[Block]:
    text = re.sub(r"(?<!\\)(#+)$", r"\\\1", _BREAKS.sub(" ", _joined(_blocks(node, kept))).strip(" "))
    return [("heading", f"{'#' * int(node.tag[1:])} {text}".rstrip())]


def _pushed(node: Node, mark: str) -> Node:
    """A mark around blocks as one around the words of each."""
    children: list[Node | str] = []
    for child in node.children:
        if isinstance(child, Node) and (child.tag in BLOCKS or child.has_blocks):
            inner = _pushed(child, mark) if child.tag not in ("pre", "table") else child
            children.append(inner)
        else:
            children.append(Node(mark, {}, [child]))
    return Node(node.tag if node.tag in BLOCKS else "div", {}, children)


def _words(node: Node | str, kept: list[str]) -> Iterator[str]:
    """What stands within a line: text, signs for marks, and what is held back from them."""
    if isinstance(node, str):
        yield node
    elif node.tag == "br":
        yield "\v"
    elif node.tag == "code" and not node.holds("img"):
        yield held(_code(node.text), kept)
    elif node.tag == "img":
        yield held(_image(node), kept)
    elif node.tag == "a":
        yield from _link(node, kept)
    elif file := _played(node):
        yield from _link(Node("a", {"href": file}, [file]), kept)
    elif node.tag in ("sub", "sup") and not node.holds("img"):
        yield _shifted(node)
    elif node.tag == "rp":
        return
    elif node.tag == "rt":  # how the sign before it is read
        yield f"({node.text.strip()})" if node.text.strip() else ""
    else:
        inner = [word for child in node.children for word in _words(child, kept)]
        mark = _mark(node)
        yield from [OPEN[mark], *inner, CLOSE[mark]] if mark else inner


def _mark(node: Node) -> str:
    style = node.get("style")
    if node.tag in _MARKS:
        return _MARKS[node.tag]
    if node.tag in ("span", "font", "div", "p"):
        return "b" if _BOLD.search(style) else "i" if _ITALIC.search(style) else ""
    return ""


def _code(text: str) -> str:
    text = " ".join(text.split("\n"))
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = (
        " "
        if text.startswith("`") or text.endswith("`") or (text.strip() and text[0] == text[-1] == " ")
        else ""
    )
    return f"{fence}{space}{text}{space}{fence}" if text else ""


def _fence(node: Node) -> str:
    code = next((child for child in node.children if isinstance(child, Node) and child.tag == "code"), node)
    language = _LANGUAGE.search(f"{code.get('class')} {node.get('class')}")
    text = node.text.replace("\xa0", " ").rstrip("\n")
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * max(3, longest + 1)
    lines = (f"{fence}{language[1] if language else ''}", *([text] if text else []), fence)
    return "\n".join(lines)


def _image(node: Node) -> str:
    alt = re.sub(r"[\[\]\\]", "", " ".join(node.get("alt").split()))
    title = " ".join(node.get("title").split()).replace('"', "'")
    source = node.get("src").strip()
    named = f' "{title}"' if title else ""
    return f"![{alt}]({_address(source)}{named})" if source else alt


def _link(node: Node, kept: list[str]) -> Iterator[str]:
    inner = [word for child in node.children for word in _words(child, kept)]
    target = node.get("href").strip()
    if not target or (_SCHEME.match(target) and not _SCHEMES.match(target)):
        yield from inner
    elif "".join(inner).strip() == target and _SCHEMES.match(target) and not re.search(r"[\s<>]", target):
        yield held(f"<{target}>", kept)
    else:
        yield from [held("[", kept), *inner, held(f"]({_address(target)})", kept)]


def _played(node: Node) -> str:
    """The file that is played in a node's place, "" if none is: a link to it is what stays of it."""
    if node.tag not in PLAYED:
        return ""
    named = [
        node.get(PLAYED[node.tag]),
        *(child.get("src") for child in node.nodes() if child.tag == "source"),
    ]
    file = next(filter(None, map(str.strip, named)), "")
    return "" if _SCHEME.match(file) and not _SCHEMES.match(file) else file


def _address(text: str) -> str:
    """An address as Markdown can hold it."""
    text = re.sub(r"[\n\r<>]", "", text)
    return f"<{text}>" if re.search(r"[\s()]", text) or not text else text


def _shifted(node: Node) -> str:
    """Raised or lowered text: small signs where there are such, else behind `^` or `_`."""
    text = node.text.strip()
    small = text.translate(_RAISED if node.tag == "sup" else _LOWERED)
    if not text or not set(small) & set(text):
        return small
    sign = "^" if node.tag == "sup" else "_"
    return f"{sign}{text}" if text.isalnum() else f"{sign}({text})"


def _list(node: Node, kept: list[str], before: str) -> list[Block]:
    items = list(_items(node))
    number = int(start) if (start := node.get("start")).isdecimal() and len(start) < 9 else 1
    kind = f"list {'.' if node.tag == 'ol' else '-'}"
    other = before == kind  # the list above would go on
    found: list[str] = []
    is_loose = any(isinstance(c, Node) and c.tag == "p" for item in items for c in item.children)
    for item in items:
        sign = f"{number}{')' if other else '.'}" if node.tag == "ol" else "*" if other else "-"
        inner = _blocks(item, kept) if item.tag == "li" else _block(item, kept, "")
        text = _joined(inner) if is_loose else _tight(inner)
        indent = " " * (len(sign) + 1)
        lines = [f"{indent}{line}" if line else "" for line in text.split("\n")]
        found.append(f"{sign} {chr(10).join(lines)[len(indent) :]}".rstrip())
        number += 1
    return (
        [(f"{kind}{' other' if other else ''}", ("\n\n" if is_loose else "\n").join(found))] if found else []
    )


def _items(node: Node) -> Iterator[Node]:
    """What a list holds, be it no item: words between its tags are one."""
    loose: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str) or not (child.tag in BLOCKS or child.has_blocks):
            loose.append(child)
            continue
        yield from _item(loose)
        loose = []
        yield child
    yield from _item(loose)


def _item(words: list[Node | str]) -> Iterator[Node]:
    if any(isinstance(one, Node) or one.strip() for one in words):
        yield Node("li", {}, words)


def _tight(blocks: list[Block]) -> str:
    """The blocks of an item without blank lines, where that says the same."""
    return (
        "\n".join(text for _, text in blocks)
        if all(k == "line" or k.startswith("list") for k, _ in blocks)
        else _joined(blocks)
    )


def _table(node: Node, kept: list[str]) -> list[Block]:
    outside: list[Node | str] = []
    rows = [row for row in _rows(node, outside) if row]
    around = _blocks(Node("div", {}, outside), kept)
    width = max(map(len, rows), default=0)
    if _is_layout(rows):
        cells = (cell for row in rows for cell in _without_line_numbers(row))
        return [*around, *(block for cell in cells for block in _blocks(cell, kept))]
    aligns = [
        _ALIGN.search(cell.get("style") or f"text-align:{cell.get('align')}") for cell in max(rows, key=len)
    ]
    signs = {"left": ":--", "center": ":-:", "right": "--:"}
    rule = [signs[align[1].lower()] if align else "---" for align in aligns]
    lines = [[_cell(cell, kept) for cell in row] + [""] * (width - len(row)) for row in rows]
    text = "\n".join(f"| {' | '.join(line)} |" for line in [lines[0], rule, *lines[1:]])
    return [*around, ("table", text)]


def _is_layout(rows: list[list[Node]]) -> bool:
    """Whether a table only puts things below or beside each other: one column, or code that no row can hold."""
    cells = [cell for row in rows for cell in row]
    is_one_column = all(len(row) < 2 for row in rows) and not any(cell.tag == "th" for cell in cells)
    return is_one_column or any(map(_has_long_code, cells))


def _has_long_code(node: Node) -> bool:
    """Whether code of several lines stands within it."""
    return any(
        (one.tag == "pre" and "\n" in one.text.strip("\n")) or _has_long_code(one) for one in node.nodes()
    )


def _without_line_numbers(row: list[Node]) -> list[Node]:
    """The cells of a row, but for those that only count the lines of code beside them."""
    others = [cell for cell in row if not _counts(cell.text.split())]
    return others if any(map(_has_long_code, others)) else row


def _counts(words: list[str]) -> bool:
    """Whether these words are numbers, each the next one."""
    first = int(words[0]) if words and words[0].isdecimal() and len(words[0]) < 9 else None
    return first is not None and words == [str(first + n) for n in range(len(words))]


def _rows(node: Node, outside: list[Node | str]) -> Iterator[list[Node]]:
    """The cells of a table, row by row; what stands outside of them, as a caption does, is added to `outside`."""
    for child in node.children:
        if isinstance(child, Node) and child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child, outside)
        elif isinstance(child, Node) and child.tag == "tr":
            yield [cell for cell in child.nodes() if cell.tag in ("td", "th")]
            outside += [one for one in child.children if isinstance(one, str) or one.tag not in ("td", "th")]
        else:
            outside.append(child)


def _cell(node: Node, kept: list[str]) -> str:
    text = _BREAKS.sub(" ", _joined(_blocks(node, kept))).strip(" ")
    return re.sub(r"(?<!\\)\|", r"\\|", text)


_SPECIAL: dict[str, Callable[[Node, list[str]], list[Block]]] = {
    "pre": _code_block,
    "hr": _rule,
    "blockquote": _quote,
    "table": _table,
    **{f"h{level}": _heading for level in range(1, 7)},
}
