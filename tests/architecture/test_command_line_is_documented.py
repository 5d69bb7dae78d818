"""The command line and its page in the reference name the same commands and options."""

import re

import click
import pytest

from architecture.tree import ROOT
from biotoop.cli.program import COMMANDS, program

PAGE = ROOT / "docs" / "reference" / "command-line.md"


def flags(command: click.Command, outer: click.Context) -> set[str]:
    """Give the options that a command takes, by their long names."""
    ctx = click.Context(command, info_name=command.name, parent=outer)
    options = [p for p in command.get_params(ctx) if isinstance(p, click.Option)]
    return {name for option in options for name in option.opts if name.startswith("--")}


def known() -> dict[str, set[str]]:
    """Give the options of every command, and of the program itself."""
    outer = click.Context(program, info_name="biotoop", obj="en")
    found = {name: flags(program.get_command(outer, name), outer) for name in COMMANDS}
    return {**found, "": flags(program, outer)}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_reference_names_each_command_with_all_its_options(name: str):
    page = PAGE.read_text("utf-8").partition(f"\n## {name}\n")[2].partition("\n## ")[0]

    assert f"biotoop {name}" in page
    assert {flag for flag in known()[name] if not re.search(rf"{flag}\b", page)} == set()


def test_the_reference_names_no_option_that_is_not_there():
    page = PAGE.read_text("utf-8")

    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page)) <= set().union(*known().values())
