"""Run the program as a reader would, in a process of its own or inside this one."""

import sys
from pathlib import Path

import pytest

from biotoop.cli import program

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def biotoop(capsys, monkeypatch):
    """Give a call that returns exit code, output and errors."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["biotoop", *map(str, arguments)])
        with pytest.raises(SystemExit) as ending:
            program.main()
        out, err = capsys.readouterr()
        return int(ending.value.code or 0), out, err

    return call
