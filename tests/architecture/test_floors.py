"""The floors hold, and a breach of each contract is seen."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from architecture.tree import ROOT, SOURCE

LINT = "from importlinter.cli import lint_imports_command as lint; lint()"
# What is planted: file, its text, and the contract that must break.
BREACHES = {
    "a room without a floor": ("engine/attic/__init__.py", "", "engine-floors"),
    "a part of the package without a floor": ("shed/__init__.py", "", "package-floors"),
    "a lower room that imports a higher one": (
        "engine/core/planted.py",
        "import biotoop.engine.effects",
        "engine-floors",
    ),
    "rooms of one floor that import each other": (
        "engine/evidence/planted.py",
        "import biotoop.engine.effects",
        "engine-floors",
    ),
    "an engine that imports the command line": (
        "engine/reports/planted.py",
        "import biotoop.cli",
        "package-floors",
    ),
    "an engine that imports Django": (
        "engine/reports/planted.py",
        "import django.db",
        "pure-engine",
    ),
    "an engine that imports click": ("engine/recipes/planted.py", "import click", "pure-engine"),
    "a form that opens the engine past the bridge": (
        "web/fieldwork/forms.py",
        "import biotoop.engine.core",
        "one-door",
    ),
    "a lower app of the workplace that imports a higher one": (
        "web/shared/queries.py",
        "import biotoop.web.accounts",
        "web-floors",
    ),
    "an app of the workplace without a floor": ("web/attic/__init__.py", "", "web-floors"),
    "a model that imports an action": (
        "web/accounts/models/people.py",
        "import biotoop.web.accounts.actions",
        "web-rooms",
    ),
    "a room without a name": ("web/shared/helpers.py", "", "web-rooms"),
    "two files that import each other": (
        "engine/core/planted_a.py",
        "import biotoop.engine.core.planted_b",
        "no-circles",
    ),
}


def lint(root: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [part for contract in contracts for part in ("--contract", contract)]
    command = [sys.executable, "-c", LINT, "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONUTF8": "1"}
    return subprocess.run(
        [*command, *chosen],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Copy the rooms of the package, all empty, with a web and a command line beside them."""
    rooms = [folder.parent for folder in SOURCE.rglob("__init__.py")]
    named = ["cli", "web/fieldwork", "engine/effects", "engine/evidence", "engine/recipes"]
    rooms += [SOURCE / name for name in [*named, "engine/reports", "engine/core"]]
    for room in rooms:
        for folder in (room, *room.parents):
            if folder.is_relative_to(SOURCE):
                copy = tmp_path / "biotoop" / folder.relative_to(SOURCE) / "__init__.py"
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.touch()
    return tmp_path


def plant(house: Path, file: str, text: str) -> None:
    path = house / "biotoop" / file
    for folder in reversed(path.relative_to(house).parents):
        (house / folder).mkdir(exist_ok=True)
        if folder.parts:
            (house / folder / "__init__.py").touch()
    path.write_text(text + "\n")


def test_the_house_keeps_every_contract():
    checked = lint(SOURCE.parent)

    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "7 kept, 0 broken" in checked.stdout


@pytest.mark.parametrize("breach", BREACHES)
def test_the_contracts_see(house: Path, breach: str):
    file, text, contract = BREACHES[breach]
    before = lint(house, contract)
    plant(house, file, text)
    if contract == "no-circles":
        plant(house, "engine/core/planted_b.py", "import biotoop.engine.core.planted_a")

    after = lint(house, contract)

    assert before.returncode == 0, before.stdout + before.stderr
    assert after.returncode == 1, after.stdout + after.stderr
    assert "1 broken" in after.stdout


def test_the_contract_about_rooms_knows_every_app():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    [rooms] = [c for c in contracts["contracts"] if c["id"] == "web-rooms"]
    apps = {f"biotoop.web.{path.parent.name}" for path in SOURCE.glob("web/*/apps.py")}

    assert set(rooms["containers"]) == apps - {"biotoop.web.config"}


def test_a_bridge_and_a_command_may_open_the_engine(house: Path):
    plant(house, "web/fieldwork/bridge.py", "import biotoop.engine.core")
    plant(house, "cli/score.py", "import biotoop.engine.core")

    checked = lint(house)

    assert checked.returncode == 0, checked.stdout + checked.stderr
