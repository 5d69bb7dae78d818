"""``biotoop completion``: print the script that completes commands in a shell."""

import click
from click.shell_completion import get_completion_class

from biotoop.cli.commands import Speaking
from biotoop.cli.console import Ending, say
from biotoop.cli.parameters import OneOf, argument
from biotoop.engine.core.messages import Language


@click.command(cls=Speaking)
@argument("shell", type=OneOf(["bash", "zsh", "fish"]))
@click.pass_obj
def completion(language: Language, shell: str) -> Ending:
    """Print the completion script for SHELL."""
    from biotoop.cli.program import program

    kind = get_completion_class(shell)
    if kind is None:
        say("cli.completion.none", language, shell=shell)
        return Ending.REFUSED
    click.echo(kind(program, {}, "biotoop", "_BIOTOOP_COMPLETE").source())
    return Ending.DONE
