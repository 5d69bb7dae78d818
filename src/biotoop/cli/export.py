"""``biotoop export``: the data of a study, long and wide, with codebook, for other programs."""

from pathlib import Path

import click

from biotoop.cli.console import Ending, Language, Progress, say, show_problems, store
from biotoop.engine.core.errors import EngineError
from biotoop.engine.core.problems import errors_in


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for the tables. They hold data of persons: keep them with the team.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(["csv", "parquet", "sav", "dta"]),
    multiple=True,
    default=("csv", "parquet", "sav", "dta"),
    show_default=True,
    help="File formats; may be repeated.",
)
@click.option(
    "--shape",
    "shapes",
    type=click.Choice(["long", "wide"]),
    multiple=True,
    default=("long",),
    show_default=True,
    help="A row for each moment (long), or for each person (wide); may be repeated.",
)
@click.pass_obj
def export(
    language: Language,
    folder: Path,
    out: Path,
    formats: tuple[str, ...],
    shapes: tuple[str, ...],
) -> Ending:
    """Write every dataset of FOLDER with its scores, labels and missing codes."""
    from biotoop.engine.recipes.checking import check_folder
    from biotoop.engine.recipes.exporting import export_data

    progress = Progress(language, silent=False)
    with store() as tables:
        checked = check_folder(folder, store=tables, language=language, report=progress)
        errors = errors_in(checked.problems)
        if not checked.sound:
            show_problems(errors, language)
            say("cli.run.faults", language, count=len(errors), folder=str(folder))
            return Ending.FAULTS
        try:
            written = export_data(checked, out, formats=formats, shapes=shapes, language=language)
        except EngineError as refusal:
            click.echo(refusal.note.text(language), err=True)
            return Ending.REFUSED
    for remark in written.remarks:
        click.echo(f"  {remark.text(language)}")
    say("cli.export.done", language, count=len(written.files), folder=str(out))
    return Ending.DONE
