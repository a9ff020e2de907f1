"""`quizapp schema`: the JSON Schema of decks, for editors."""

import click

from quizapp.decks.schema_file import schema_text


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of decks; in each collection it is deck.schema.json."""
    click.echo(schema_text(), nl=False)
