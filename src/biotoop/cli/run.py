"""``biotoop run``: from a study folder to findings, tables, charts and the report."""

import datetime as dt
from pathlib import Path

import click

from biotoop.cli.check import tracked_by_git
from biotoop.cli.commands import Speaking
from biotoop.cli.console import (
    Ending,
    Progress,
    refuse,
    store,
)
from biotoop.cli.parameters import (
    OneOf,
    json_option,
    option,
    out_option,
    path_argument,
    several_option,
)
from biotoop.engine.core.errors import EngineError
from biotoop.engine.core.messages import Language

FORMATS = ("html", "pdf", "xlsx", "csv", "svg")
EDITIONS = ("readers", "team")


@click.command(cls=Speaking)
@path_argument("folder")
@out_option("out_results", required=True)
@several_option("--format", "formats", FORMATS, FORMATS, meaning="format_results")
@option(
    "--edition", type=OneOf(EDITIONS), default=EDITIONS[0], show_default=True, meaning="edition"
)
@option("--release", meaning="release")
@option("--reviewer", "reviewers", multiple=True, meaning="reviewer")
@json_option("json_outcome")
@click.pass_obj
def run(
    language: Language,
    folder: Path,
    out: Path,
    formats: tuple[str, ...],
    edition: str,
    release: str | None,
    reviewers: tuple[str, ...],
    *,
    as_json: bool,
) -> Ending:
    """Run the study in FOLDER and write findings.json, run.json, tables and the report."""
    from biotoop.cli.outcome import finish, refuse_out, write_all
    from biotoop.engine.recipes.checking import check_folder
    from biotoop.engine.recipes.editions import edition_of
    from biotoop.engine.recipes.releases import read_releases, refuse_name, write_down
    from biotoop.engine.recipes.running import run_study

    progress = Progress(language, silent=as_json)
    with store() as tables:
        checked = check_folder(
            folder,
            store=tables,
            tracked=tracked_by_git(folder),
            report=progress,
        )
        if not checked.sound:
            return refuse(checked.problems, folder, language, as_json=as_json)
        try:
            refuse_out(out, folder)
            if release is not None:
                refuse_name(read_releases(folder), release, edition)
            findings = run_study(checked, report=progress)
            made = edition_of(findings, edition, folder, release)
            written = write_all(
                made.findings,
                out,
                language=language,
                formats=formats,
                edition=edition,
                progress=progress,
            )
            if release is not None:
                write_down(folder, made, release, reviewers, dt.datetime.now(dt.UTC).date())
        except EngineError as refusal:
            click.echo(refusal.note.text(language), err=True)
            return Ending.REFUSED
    finish(written, progress, language, as_json=as_json)
    return Ending.DONE
