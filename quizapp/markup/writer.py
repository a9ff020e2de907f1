"""What the parser found, written as HTML for Anki."""

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from functools import cache
from html import escape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from quizapp.markup.code import highlighted
from quizapp.markup.guard import attribute, formula, guarded
from quizapp.markup.html import SOUNDS
from quizapp.markup.markdown import parser

_Env = MutableMapping[str, Any]

_BLANKS = re.compile(r"[ \t]{2,}|\t")
_LANGUAGE = re.compile(r"[\w+#.-]{1,40}")


def written(
    text: str, image: Callable[[str], str | None] | None, marks: re.Pattern[str] | None = None
) -> str:
    """Harmless text as HTML; `image` as in `html`. `marks` finds what is no part of the text, but stays in it."""
    env = {"image": image, "marks": marks}
    made: str = _writer().render(parser().parse(text), parser().options, env)
    return made


@cache
def _writer() -> "_Writer":
    return _Writer()


class _Writer(RendererHTML):
    """Writes the tags that markdown-it makes of marks, and of a text's own nothing but text.

    Its public methods are the rules by which tokens of their names are written.
    """

    def text(self, tokens: Sequence[Token], idx: int, options: Any, env: _Env) -> str:
        text = _BLANKS.sub(" ", tokens[idx].content)
        if text.endswith(" ") and idx + 1 < len(tokens) and tokens[idx + 1].tag == "br":
            text = text[:-1]
        return guarded(escape(text, quote=False))

    def softbreak(self, tokens: Sequence[Token], idx: int, options: Any, env: _Env) -> str:
        return "<br>\n"

    def hardbreak(self, tokens: Sequence[Token], idx: int, options: Any, env: _Env) -> str:
        return "<br>\n"

    def code_inline(self, tokens: Sequence[Token], idx: int, options: Any, env: _Env) -> str:
        return f"<code>{guarded(escape(tokens[idx].content, quote=False))}</code>"

    def code_block(self, tokens: Sequence[Token], idx: int, options: Any, env: _Env) -> str:
        text = tokens[idx].content.rstrip("\n")
        return f'<pre class="code"><code>{guarded(escape(text, quote=False))}</code></pre>\n'

    def fence(self, tokens: Sequence[Token], idx: int, options: Any, env: _Env) -> str:
        token = tokens[idx]
        language = match[0] if (match := _LANGUAGE.match(token.info)) else ""
        code = token.content.rstrip("\n")
        inner = highlighted(code, language, env.get("marks")) if language else None
        named = f' class="language-{language}"' if language else ""
        text = guarded(inner if inner is not None else escape(code, quote=False))
        return f'<pre class="code"><code{named}>{text}</code></pre>\n'

    def math_inline(self, tokens: Sequence[Token], idx: int, options: Any, env: _Env) -> str:
        return _mathjax(tokens[idx], "(", ")")

    def math_inline_double(self, tokens: Sequence[Token], idx: int, options: Any, env: _Env) -> str:
        return _mathjax(tokens[idx], "[", "]")

    def math_block(self, tokens: Sequence[Token], idx: int, options: Any, env: _Env) -> str:
        return f"<p>{_mathjax(tokens[idx], '[', ']')}</p>\n"

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: _Env) -> str:
        token = tokens[idx]
        alt = self.renderInlineAsText(token.children, options, env) if token.children else ""
        address = str(token.attrs.get("src", ""))
        name = _named(address, env)
        if name is None:
            shown = guarded(escape(alt or unquote(address), quote=False))
            return f'<a href="{attribute(address)}">{shown}</a>' if ":" in address else shown
        title = f' title="{attribute(str(token.attrs["title"]))}"' if token.attrs.get("title") else ""
        return f'<img src="{attribute(name)}" alt="{attribute(alt)}"{title}>'

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: _Env) -> str:
        address = str(tokens[idx].attrs.get("href", ""))
        name = _named(address, env)
        ends: list[str] = env.setdefault("ends", [])
        if ":" in address and name is None:
            ends.append("</a>")
            return f'<a href="{attribute(address)}">'
        shown, inner = unquote(address), tokens[idx + 1]
        is_same = inner.content == shown and tokens[idx + 2].type == "link_close"
        if name is not None and PurePosixPath(name).suffix.lower() in SOUNDS:
            inner.content = "" if is_same else inner.content
            sound = f"[sound:{escape(name, quote=False)}]"
            ends.append(sound if is_same else f"</span> {sound}")
            return "" if is_same else "<span>"
        ends.append(
            "" if is_same else f" ({guarded(escape(shown, quote=False))})"
        )  # a file, which has no place there
        return ""

    def link_close(self, tokens: Sequence[Token], idx: int, options: Any, env: _Env) -> str:
        end: str = env["ends"].pop()
        return end


def _mathjax(token: Token, start: str, end: str) -> str:
    """A formula between its signs for MathJax; as it was written if it is none."""
    made = formula(token.content)
    if made:
        return f"\\{start}{made}\\{end}"
    text = escape(f"{token.markup}{token.content}{token.markup}", quote=False)
    return guarded(text).replace("\n", "<br>\n")


def _named(address: str, env: Mapping[str, Any]) -> str | None:
    """The name in the package of a file that a text names, None if it is none of the collection's."""
    image: Callable[[str], str | None] | None = env.get("image")
    if ":" in address:
        return None
    if image is None:
        return unquote(address)
    name = image(address)
    return None if name is None or name == address else name
