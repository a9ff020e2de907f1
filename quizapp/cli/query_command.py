"""Commands whose arguments are a query: a term may begin with `-`, which is no option then."""

import re
from collections.abc import Sequence

import click

_NEGATED = re.compile(r"(?!-h$)-[^-]")


class QueryCommand(click.Command):
    """A command without short options but `-h`: `-tag:x` is a term of its query."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what begins with one `-` as terms; every term must hold, so their order says nothing."""
        valued = {name for option in self.params if _wants_value(option) for name in option.opts}
        end = args.index("--") if "--" in args else len(args)
        negated: list[str] = []
        others: list[str] = []
        for before, word in zip(["", *args], args[:end], strict=False):
            is_term = _NEGATED.match(word) and before not in valued
            (negated if is_term else others).append(word)
        return super().parse_args(ctx, [*others, "--", *negated, *args[end + 1 :]])


def _wants_value(option: click.Parameter) -> bool:
    return isinstance(option, click.Option) and not option.is_flag


def as_query(words: Sequence[str]) -> str:
    """The arguments as one query."""
    return " ".join(words)
