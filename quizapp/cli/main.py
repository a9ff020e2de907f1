"""The command `quizapp`: loading the command meant, exit codes, and the one way errors go out.

Exit codes: 0 done, 1 something was found wrong or nothing was found, 2 wrong use or a file that can't be
used, 130 interrupted.
"""

import os
import sys
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import NoReturn

import click

from quizapp.cli.opening import Where
from quizapp.errors import QuizappError

COMMANDS = {
    "review": "study what is due",
    "due": "what waits, deck by deck",
    "add": "add a card",
    "edit": "edit a card",
    "find": "find cards by words, deck:, tag: and is:",
    "info": "all about one card",
    "import": "notes of other formats into the collection",
    "export": "decks for Anki: a package, or text",
    "check": "every problem of decks and history",
    "undo": "take the newest event back",
    "suspend": "leave cards out until they are resumed",
    "resume": "take suspended or buried cards in again",
    "forget": "make cards new again",
    "relink": "give the history of a card that is gone to another",
    "init": "make a new collection",
    "schema": "print the JSON Schema of decks, for editors",
}


class Commands(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import one command."""
        if name in COMMANDS:
            module = f"{name}_" if iskeyword(name) else name
            command: click.Command = import_module(f"quizapp.cli.{module}").command
            return command
        return super().get_command(ctx, name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the command meant when one is mistyped, and the argument that is no text."""
        for word in args if args[0] != "init" else ():  # a folder's name need not be text
            if any("\ud800" <= character <= "\udfff" for character in word):
                raise click.UsageError(f"{word!a} is not {sys.getfilesystemencoding().upper()}", ctx)
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib  # noqa: PLC0415  only for the unlucky

            close = difflib.get_close_matches(args[0], COMMANDS, 1)
            hint = f'; did you mean "{close[0]}"?' if close else ""
            raise click.UsageError(f'no command "{args[0]}"{hint}', ctx) from error


@click.command(
    cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option("--collection", metavar="DIR", help="The collection, if not the nearest one.")
@click.version_option(package_name="quizapp")
@click.pass_context
def quizapp(ctx: click.Context, collection: str | None) -> None:
    """Study notes as questions and answers, reviewed in the terminal. Without a command: the home screen."""
    ctx.obj = Where(collection)
    if ctx.invoked_subcommand is None:
        import_module("quizapp.cli.home").open_home(ctx.obj)


def main() -> NoReturn:
    """Run the command line; never a traceback for what a learner can cause."""
    _settle_streams()
    code = _run()
    with suppress(OSError):  # whoever read it has gone
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(
        code
    )  # everything is flushed and closed; Python's own way out would take a tenth of a short command


def _settle_streams() -> None:
    """Open those that are closed (`quizapp due >&-`), and let none fail at what its encoding doesn't know."""
    for name, mode, errors in (
        ("stdin", "r", "replace"),
        ("stdout", "w", "backslashreplace"),
        ("stderr", "w", "backslashreplace"),
    ):
        if getattr(sys, name) is None:
            nothing = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115  open to the end
            setattr(sys, name, nothing)
        getattr(sys, name).reconfigure(errors=errors)


def _run() -> int:
    try:
        result = quizapp.main(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        _show(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return 130
    except BrokenPipeError:  # the reader has seen enough: `quizapp find | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (QuizappError, OSError) as error:
        from quizapp.markup.plain import one_line  # noqa: PLC0415  only for the unlucky

        click.echo(f"quizapp: {one_line(str(error))}", err=True)
        return 2
    return result if isinstance(result, int) else 0


def _show(error: click.ClickException) -> None:
    """Say what is wrong with the words of a command, among which the odd name of a file may be."""
    from io import StringIO  # noqa: PLC0415  only for the unlucky

    from quizapp.markup.plain import visible  # noqa: PLC0415  as above

    said = StringIO()
    error.show(said)
    click.echo(visible(said.getvalue()), err=True, nl=False)
