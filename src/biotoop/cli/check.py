"""``biotoop check``: tell every fault of a study folder at once, with file and line."""

import subprocess
from pathlib import Path

import click

from biotoop.cli.commands import Speaking
from biotoop.cli.console import (
    Ending,
    Progress,
    plain_problems,
    say,
    show_json,
    show_problems,
    store,
)
from biotoop.cli.parameters import json_option, path_argument
from biotoop.engine.core.messages import Language, note, render
from biotoop.engine.core.problems import Problem, errors_in


@click.command(cls=Speaking)
@path_argument("folder")
@json_option("json_faults")
@click.pass_obj
def check(language: Language, folder: Path, *, as_json: bool) -> Ending:
    """Look through FOLDER and tell every fault: what, where, what is allowed, what to do."""
    from biotoop.engine.recipes.checking import check_folder

    progress = Progress(language, silent=as_json)
    with store() as tables:
        result = check_folder(folder, store=tables, tracked=tracked_by_git(folder), report=progress)
    errors = errors_in(result.problems)
    warnings = len(result.problems) - len(errors)
    if as_json:
        show_json(
            {
                "faults": plain_problems(result.problems, language),
                "errors": len(errors),
                "warnings": warnings,
            }
        )
    else:
        show_problems(result.problems, language)
        say_outcome(result.problems, folder, language)
    return Ending.FAULTS if errors else Ending.DONE


def say_outcome(problems: tuple[Problem, ...], folder: Path, language: Language) -> None:
    """Close with one sentence: what stands in the way, and what to do next."""
    errors = len(errors_in(problems))
    warnings = len(problems) - errors
    click.echo()
    if errors:
        say("cli.check.faults", language, errors=errors, warnings=warnings, folder=str(folder))
        return
    told = note("cli.check.warnings", warnings=warnings) if warnings else note("cli.check.sound")
    registered = (folder / "registration.json").is_file()
    step = "run_next" if registered else "register_next"
    further = render(f"cli.check.{step}", language, {"folder": str(folder)})
    click.echo(f"{told.text(language)} {further}")


def tracked_by_git(folder: Path) -> frozenset[str]:
    """Give the files of the folder that git tracks; none when it is no git checkout."""
    command = ["git", "-C", str(folder), "ls-files", "-z"]
    try:
        found = subprocess.run(command, capture_output=True, check=True, timeout=20)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(found.stdout.decode("utf-8", "replace").split("\0")) - {""}
