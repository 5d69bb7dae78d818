"""Measure the sizes of files, functions and templates.

See what is past its soft limit with ``python -m architecture.sizes`` and ``tests`` on the path.
"""

import ast
import tomllib
from functools import cache
from pathlib import Path

from architecture.tree import ROOT, functions, length, ours, relative

TEMPLATES = {".html", ".j2", ".jinja", ".typ"}
SOFT = {"file": 250, "function": 25, "test": 25, "template": 150}
HARD = {"file": 400, "function": 50, "test": 25, "template": 150}


def sizes(path: Path, name: str) -> dict[tuple[str, str], int]:
    """Measure one file: (kind, place) to a number of lines."""
    text = path.read_text("utf-8")
    if path.suffix in TEMPLATES:
        return {("template", name): len(text.splitlines())}
    found = {("file", name): len(text.splitlines())}
    for function, node in functions(ast.parse(text)).items():
        is_test = Path(name).name.startswith("test_") and function.startswith("test_")
        found["test" if is_test else "function", f"{name}::{function}"] = length(node)
    return found


@cache
def measured() -> dict[tuple[str, str], int]:
    """Measure everything of ours, but the migrations: those are written by Django."""
    found: dict[tuple[str, str], int] = {}
    for path in ours():
        written = path.suffix == ".py" and path.parent.name != "migrations"
        if written or path.suffix in TEMPLATES:
            found |= sizes(path, relative(path))
    return found


def past(limits: dict[str, int]) -> dict[str, int]:
    """Keep what is past its limit."""
    return {place: lines for (kind, place), lines in measured().items() if lines > limits[kind]}


def exceptions() -> dict[str, str]:
    """Read the argued exceptions: place to reason."""
    return tomllib.loads((ROOT / "tests/architecture/exceptions.toml").read_text("utf-8"))


if __name__ == "__main__":
    for place, lines in sorted(past(SOFT).items(), key=lambda item: -item[1]):
        print(f"{lines:5}  {place}")  # noqa: T201
