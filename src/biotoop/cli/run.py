"""``biotoop run``: from a study folder to findings, tables, charts and the report."""

from pathlib import Path

import click

from biotoop.cli.check import tracked_by_git
from biotoop.cli.console import (
    Ending,
    Language,
    Progress,
    plain_problems,
    say,
    show_json,
    show_problems,
    store,
)
from biotoop.engine.core.errors import EngineError
from biotoop.engine.core.problems import Problem, errors_in

FORMATS = ("html", "pdf", "xlsx", "csv", "svg")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for findings, tables and report; made when it is not there.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    default=FORMATS,
    show_default=True,
    help="What to make; may be repeated.",
)
@click.option(
    "--edition",
    type=click.Choice(["readers", "team"]),
    default="readers",
    show_default=True,
    help="For readers after disclosure control, or for the team.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as json.")
@click.pass_obj
def run(
    language: Language,
    folder: Path,
    out: Path,
    formats: tuple[str, ...],
    edition: str,
    *,
    as_json: bool,
) -> Ending:
    """Run the study in FOLDER and write findings.json, run.json, tables and the report."""
    from biotoop.cli.outcome import finish, write_all
    from biotoop.engine.recipes.checking import check_folder
    from biotoop.engine.recipes.running import run_study

    progress = Progress(language, silent=as_json)
    with store() as tables:
        checked = check_folder(
            folder,
            store=tables,
            tracked=tracked_by_git(folder),
            language=language,
            report=progress,
        )
        errors = errors_in(checked.problems)
        if not checked.sound:
            _refuse(errors, folder, language, as_json=as_json)
            return Ending.FAULTS
        try:
            findings = run_study(checked, report=progress)
            written = write_all(
                findings,
                out,
                language=language,
                formats=formats,
                edition=edition,
                progress=progress,
            )
        except EngineError as refusal:
            click.echo(refusal.note.text(language), err=True)
            return Ending.REFUSED
    finish(written, progress, language, as_json=as_json)
    return Ending.DONE


def _refuse(
    errors: tuple[Problem, ...], folder: Path, language: Language, *, as_json: bool
) -> None:
    if as_json:
        show_json({"faults": plain_problems(errors, language)})
        return
    show_problems(errors, language)
    click.echo()
    say("cli.run.faults", language, count=len(errors), folder=str(folder))
