"""What the commands say: faults by file and line, progress, json; and how they end."""

import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Any

import click

from biotoop.engine.core.messages import Language, Note, render
from biotoop.engine.core.problems import Problem, Severity, errors_in


class Ending(IntEnum):
    """Exit codes, as documented in the reference."""

    DONE = 0
    FAULTS = 1
    NOT_UNDERSTOOD = 2
    REFUSED = 3
    OWN_FAULT = 4
    STOPPED = 130


def say(code: str, language: Language, **params: Any) -> None:  # noqa: ANN401 - any parameter
    """Say a sentence of the catalogue."""
    click.echo(render(code, language, params))


def show_json(value: object) -> None:
    """Print plain data as json, for programs that read along."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True))


def show_problems(problems: Sequence[Problem], language: Language) -> None:
    """Print every fault: file and line first, errors before warnings of the same file."""
    file: str | None = None
    for item in sorted(problems, key=_reading_order):
        if item.file != file:
            file = item.file
            click.secho(f"\n{file or '-'}", bold=True)
        mark = render(f"cli.severity.{item.severity.value}", language)
        colour = "red" if item.severity is Severity.ERROR else "yellow"
        line = f"{item.line:>5}" if item.line else "    -"
        click.echo(f"{line}  {click.style(mark, fg=colour)}  {item.note.text(language)}")


def refuse(
    problems: Sequence[Problem], folder: Path, language: Language, *, as_json: bool
) -> Ending:
    """Tell the errors for which nothing was computed or written."""
    errors = errors_in(problems)
    if as_json:
        show_json({"faults": plain_problems(errors, language)})
        return Ending.FAULTS
    show_problems(errors, language)
    click.echo()
    say("cli.run.faults", language, count=len(errors), folder=str(folder))
    return Ending.FAULTS


def _reading_order(item: Problem) -> tuple[str, int, str]:
    return (item.file or "", item.line or 0, item.severity.value)


def pointer(where: Sequence[str | int]) -> str:
    """Write a place as a JSON pointer (RFC 6901): items of lists are counted from 0."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in where)
    return "".join(f"/{step}" for step in steps)


def plain_problems(problems: Sequence[Problem], language: Language) -> list[dict[str, object]]:
    """Give the faults as plain data."""
    return [
        {
            "code": item.note.code,
            "severity": item.severity.value,
            "file": item.file,
            "line": item.line,
            "where": pointer(item.where),
            "message": item.note.text(language),
        }
        for item in sorted(problems, key=_reading_order)
    ]


@contextmanager
def store() -> Iterator[Path]:
    """Give a folder for tables that is gone afterwards: what is in it is microdata."""
    with tempfile.TemporaryDirectory(prefix="biotoop-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


class Progress:
    """Tells on standard error what is being done and how long the last step took."""

    def __init__(self, language: Language, *, silent: bool) -> None:
        self.language = language
        self.silent = silent
        self.steps: list[tuple[str, float]] = []
        self._started = time.perf_counter()

    def __call__(self, step: Note) -> None:
        """Note that a step begins."""
        now = time.perf_counter()
        self.steps.append((step.code, round(now - self._started, 3)))
        if not self.silent:
            click.echo(f"  {now - self._started:5.1f} s  {step.text(self.language)}", err=True)

    @property
    def seconds(self) -> float:
        """Time since the start."""
        return time.perf_counter() - self._started
