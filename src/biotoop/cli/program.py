"""The program ``biotoop`` and what all its commands share: language, endings, exit codes."""

import importlib
import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import click

from biotoop import __version__
from biotoop.cli.console import Ending, Language

COMMANDS = (
    "new",
    "check",
    "register",
    "run",
    "export",
    "diff",
    "schema",
    "completion",
)


class Commands(click.Group):
    """Commands that are imported only when they are used, so that help comes at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"biotoop.cli.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=(
        "Exit codes: 0 done; 1 faults were found and told; 2 the command was not understood; "
        "3 the engine refused; 4 a fault in Biotoop itself; 130 stopped by you."
    ),
)
@click.version_option(__version__, prog_name="biotoop")
@click.option(
    "--lang",
    type=click.Choice(["nl", "en"]),
    default=lambda: os.environ.get("BIOTOOP_LANG", "nl"),
    show_default="nl, or BIOTOOP_LANG",
    help="Language of messages and report.",
)
@click.pass_context
def program(ctx: click.Context, lang: Language) -> None:
    """Go from a study folder to a substantiated answer."""
    ctx.obj = lang


def main() -> NoReturn:
    """Run the program; whatever happens, the reader gets a sentence and never a traceback."""
    sys.exit(_run(lambda: program.main(standalone_mode=False)))


def _run(start: Callable[[], Any]) -> int:
    try:
        ending = start()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        click.echo("Gestopt. / Stopped.", err=True)
        return Ending.STOPPED
    except click.ClickException as wrong:
        wrong.show()
        return Ending.NOT_UNDERSTOOD
    except Exception as fault:
        if os.environ.get("BIOTOOP_TRACEBACK"):
            raise
        click.echo(
            "Er ging iets mis in Biotoop zelf; dit is niet jouw fout. Zet BIOTOOP_TRACEBACK=1 "
            "voor de opdracht en stuur de uitvoer mee met je melding.\n"
            "Something went wrong inside Biotoop. Set BIOTOOP_TRACEBACK=1 and report the output.\n"
            f"({type(fault).__name__}: {fault})",
            err=True,
        )
        return Ending.OWN_FAULT
    return int(ending or Ending.DONE)
