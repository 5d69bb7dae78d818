"""The program ``biotoop`` and what all its commands share: language, endings, exit codes."""

import io
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

import click

from biotoop import __version__
from biotoop.cli.commands import SpeakingGroup
from biotoop.cli.console import Ending
from biotoop.cli.language import language_asked
from biotoop.cli.misunderstood import show_misunderstood
from biotoop.cli.parameters import Option, language_option
from biotoop.engine.core.messages import Language, note, render
from biotoop.engine.core.reasons import of_system

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


class Commands(SpeakingGroup):
    """The commands, in the order in which a study uses them."""

    names = COMMANDS


@click.command(cls=Commands)
@click.version_option(
    __version__, prog_name="biotoop", message="%(prog)s %(version)s", cls=Option,
    help="cli.option.version",
)  # fmt: skip
def program() -> None:
    """Go from a study folder to a substantiated answer."""


program.params.append(language_option(environment=True))


def main() -> NoReturn:
    """Run the program; whatever happens, the reader gets a sentence and never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, io.TextIOWrapper
        ):  # a console without the euro sign still gets a text
            stream.reconfigure(errors="replace")
    language = language_asked(sys.argv[1:], os.environ)
    start = partial(program.main, prog_name="biotoop", standalone_mode=False, obj=language)
    sys.exit(_run(start, language))


def _run(start: Callable[[], Any], language: Language) -> int:
    try:
        ending = start()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        click.echo(render("cli.stopped", language), err=True)
        return Ending.STOPPED
    except click.UsageError as wrong:
        show_misunderstood(wrong)
        return Ending.NOT_UNDERSTOOD
    except Exception as fault:
        if os.environ.get("BIOTOOP_TRACEBACK"):
            raise
        return _told(fault, language)
    return int(ending or Ending.DONE)


def _told(fault: Exception, language: Language) -> Ending:
    """Say what went wrong: the system that refuses a file, or a fault of our own."""
    if isinstance(fault, OSError) and fault.filename is not None:
        refusal = note("cli.system_refuses", file=str(fault.filename), reason=of_system(fault))
        click.echo(refusal.text(language), err=True)
        return Ending.REFUSED
    told = note("cli.own_fault", kind=type(fault).__name__, text=str(fault))
    click.echo(told.text(language), err=True)
    return Ending.OWN_FAULT
