"""The command line and its page in the reference name the same commands and options."""

import ast
import re
from pathlib import Path

import pytest

from architecture.tree import ROOT, SOURCE

PAGE = ROOT / "docs" / "reference" / "command-line.md"
FILES = sorted((SOURCE / "cli").glob("*.py"))


def decorators(path: Path, kind: str) -> list[ast.Call]:
    """Find the uses of ``@click.command``, ``@click.option`` or ``@click.argument``."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    calls = [d for f in functions for d in f.decorator_list if isinstance(d, ast.Call)]
    return [call for call in calls if getattr(call.func, "attr", "") == kind]


def flags(path: Path) -> set[str]:
    """Give the options that a command takes, by their long names."""
    words = [arg.value for call in decorators(path, "option") for arg in call.args[:1]]
    return {word for word in words if word.startswith("--")}


@pytest.mark.parametrize(
    "path", [p for p in FILES if decorators(p, "command")], ids=lambda p: p.stem
)
def test_the_reference_names_each_command_with_all_its_options(path):
    page = PAGE.read_text("utf-8")
    options = {flag for flag in flags(path) if not re.search(rf"{flag}\b", page)}

    assert path.stem == "program" or f"biotoop {path.stem}" in page
    assert options == set()


def test_the_reference_names_no_option_that_is_not_there():
    known = {flag for path in FILES for flag in flags(path)} | {"--help", "--version"}
    page = PAGE.read_text("utf-8") if FILES else ""

    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page)) <= known
