"""``biotoop export``: the data of a study, long and wide, with codebook, for other programs."""

from pathlib import Path

import click

from biotoop.cli.commands import Speaking
from biotoop.cli.console import Ending, Progress, refuse, say, store
from biotoop.cli.parameters import out_option, path_argument, several_option
from biotoop.engine.core.errors import EngineError
from biotoop.engine.core.messages import Language

FORMATS = ("csv", "parquet", "sav", "dta")
SHAPES = ("long", "wide")


@click.command(cls=Speaking)
@path_argument("folder")
@out_option("out_data", required=True)
@several_option("--format", "formats", FORMATS, FORMATS, meaning="format_data")
@several_option("--shape", "shapes", SHAPES, SHAPES[:1], meaning="shape")
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
        checked = check_folder(folder, store=tables, report=progress)
        if not checked.sound:
            return refuse(checked.problems, folder, language, as_json=False)
        try:
            written = export_data(checked, out, formats=formats, shapes=shapes, language=language)
        except EngineError as refusal:
            click.echo(refusal.note.text(language), err=True)
            return Ending.REFUSED
    for remark in written.remarks:
        click.echo(f"  {remark.text(language)}")
    say("cli.export.done", language, count=len(written.files), folder=str(out))
    return Ending.DONE
